import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../testkit/api";
import { tellStory } from "./billing-kit";

/** Contracts that were billed elsewhere, that began before they were entered, and that end together with others. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ACME = { alias: "acme", type: "api_call" };

/** Prices by the month in advance and in arrears, and by the year in advance. */
async function companyOn(now: string) {
  const story = await tellStory(api, { now: `${now}T12:00:00Z` });
  const platformId = await story.product("PLATFORM", "Platform");
  const apiId = await story.product("API", "API calls");
  const metricId = await story.metric("api_call", { aggregation: "COUNT" });
  return {
    story,
    platform: await story.price(platformId, "Platform", "IN_ADVANCE", { terms: { flat: { fee: "500.00" } } }),
    support: await story.price(await story.product("SUPPORT", "Support"), "Support", "IN_ADVANCE", {
      cadence: "ANNUAL",
      terms: { flat: { fee: "1200.00" } },
    }),
    audit: await story.price(await story.product("AUDIT", "Audit"), "Audit", "IN_ADVANCE", {
      cadence: "ANNUAL",
      proration: "WHOLE_MONTHS_THEN_DAYS",
      terms: { flat: { fee: "2400.00" } },
    }),
    calls: await story.price(apiId, "API calls", "IN_ARREARS", { metricId, terms: { perUnit: { unitPrice: "2.50" } } }),
    customerId: await story.customer("Acme Ltd", { aliases: ["acme"] }),
  };
}

describe("a contract that another system billed through 31 May 2027", () => {
  it("is billed from there on: in advance what starts later, in arrears what ends later", async () => {
    const { story, platform, support, calls, customerId } = await companyOn("2027-06-10");
    await story.contract(customerId, {
      startsOn: "2026-09-01",
      endsBefore: "2027-09-01",
      billedThroughOn: "2027-05-31",
      charges: [{ priceId: platform.id }, { priceId: support.id }, { priceId: calls.id }],
    });
    await story.use(ACME, [["2027-05-31"], ["2027-06-01"], ["2027-06-30"], ["2027-06-30T22:59:59Z"]]);
    // Support for the year was billed in September 2026, and May's call elsewhere; three calls fell on days of June.
    expect(await story.bill("2027-07-01")).toEqual([
      { billsOn: "2027-06-01", net: "500.00", lines: ["CHARGE Platform (2027-06-01 to 2027-06-30) 500.00"] },
      {
        billsOn: "2027-07-01",
        net: "507.50",
        lines: [
          "CHARGE Platform (2027-07-01 to 2027-07-31) 500.00",
          "CHARGE API calls (2027-06-01 to 2027-06-30) 7.50",
        ],
      },
    ]);
    // What comes late for days that were billed elsewhere is not ours.
    await story.use(ACME, [["2027-05-30"]]);
    expect(await story.bill("2027-07-02")).toEqual([]);
    expect((await story.bill("2027-09-01")).map(({ billsOn, net }) => [billsOn, net])).toEqual([
      ["2027-08-01", "500.00"],
      ["2027-09-01", "0.00"],
    ]);
  });

  it("in the middle of a month, bills the whole period in arrears that ends after it", async () => {
    const { story, platform, calls, customerId } = await companyOn("2027-06-20");
    await story.contract(customerId, {
      startsOn: "2027-01-01",
      billedThroughOn: "2027-06-15",
      charges: [{ priceId: platform.id }, { priceId: calls.id }],
    });
    await story.use(ACME, [["2027-06-14"], ["2027-06-16"]]);
    expect(await story.bill("2027-07-01")).toEqual([
      {
        billsOn: "2027-07-01",
        net: "505.00",
        lines: [
          "CHARGE Platform (2027-07-01 to 2027-07-31) 500.00",
          "CHARGE API calls (2027-06-01 to 2027-06-30) 5.00",
        ],
      },
    ]);
  });
});

describe("a contract that began before it was entered", () => {
  it("has a draft for each day on which something fell due, with the usage of then", async () => {
    const { story, platform, support, calls, customerId } = await companyOn("2027-04-20");
    await story.use(ACME, [["2027-01-31"], ["2027-03-10"], ["2027-03-11"], ["2027-04-19"]]);
    await story.contract(customerId, {
      startsOn: "2027-01-15",
      charges: [{ priceId: platform.id }, { priceId: support.id }, { priceId: calls.id }],
    });
    expect(await story.bill("2027-04-20")).toEqual([
      {
        billsOn: "2027-01-15",
        net: "1700.00",
        lines: [
          "CHARGE Platform (2027-01-15 to 2027-02-14) 500.00",
          "CHARGE Support (2027-01-15 to 2028-01-14) 1200.00",
        ],
      },
      {
        billsOn: "2027-02-15",
        net: "502.50",
        lines: [
          "CHARGE Platform (2027-02-15 to 2027-03-14) 500.00",
          "CHARGE API calls (2027-01-15 to 2027-02-14) 2.50",
        ],
      },
      {
        billsOn: "2027-03-15",
        net: "505.00",
        lines: [
          "CHARGE Platform (2027-03-15 to 2027-04-14) 500.00",
          "CHARGE API calls (2027-02-15 to 2027-03-14) 5.00",
        ],
      },
      {
        billsOn: "2027-04-15",
        net: "500.00",
        lines: [
          "CHARGE Platform (2027-04-15 to 2027-05-14) 500.00",
          "CHARGE API calls (2027-03-15 to 2027-04-14) 0.00",
        ],
      },
    ]);
    const issued = await story.invoices({ status: ["FINALIZED"] });
    expect(issued.map(({ billingMonth }: { billingMonth: string }) => billingMonth)).toEqual([
      "2027-01",
      "2027-02",
      "2027-03",
      "2027-04",
    ]);
  });
});

describe("a line that is added in the middle of a term", () => {
  it("ends with the contract, and pays the days that are left of its first and last period", async () => {
    const { story, platform, support, audit, customerId } = await companyOn("2027-01-01");
    const contract = await story.contract(customerId, {
      startsOn: "2027-01-01",
      endsBefore: "2028-07-01",
      charges: [{ priceId: platform.id }],
    });
    await story.bill("2027-09-01");
    await story.clock("2027-09-12");
    await contract.amend("2027-09-10", [
      { addCharge: { charge: { priceId: support.id } } },
      { addCharge: { charge: { priceId: audit.id } } },
    ]);
    // Years begin on 1 January, with the contract. 10 Sep to 31 Dec 2027 are 113 of 365 days: 1,200 × 113/365 = 371.5068.
    // By whole months: October to December and 21 of the 30 days of September are 3.7 of 12 months: 2,400 × 3.7/12.
    expect(await story.bill("2027-09-12")).toEqual([
      {
        billsOn: "2027-09-10",
        net: "1111.51",
        lines: ["CHARGE Support (2027-09-10 to 2027-12-31) 371.51", "CHARGE Audit (2027-09-10 to 2027-12-31) 740.00"],
      },
    ]);
    expect((await story.bill("2027-12-31")).map(({ net }) => net)).toEqual(["500.00", "500.00", "500.00"]);
    // 1 Jan to 30 Jun 2028 are 182 of 366 days: 1,200 × 182/366 = 596.7213; six of twelve months are 1,200.00.
    expect(await story.bill("2028-01-01")).toEqual([
      {
        billsOn: "2028-01-01",
        net: "2296.72",
        lines: [
          "CHARGE Platform (2028-01-01 to 2028-01-31) 500.00",
          "CHARGE Support (2028-01-01 to 2028-06-30) 596.72",
          "CHARGE Audit (2028-01-01 to 2028-06-30) 1200.00",
        ],
      },
    ]);
    expect((await story.bill("2028-12-31")).map(({ billsOn, net }) => [billsOn, net])).toEqual([
      ["2028-02-01", "500.00"],
      ["2028-03-01", "500.00"],
      ["2028-04-01", "500.00"],
      ["2028-05-01", "500.00"],
      ["2028-06-01", "500.00"],
    ]);
  });

  it("runs on with the contract when that is extended", async () => {
    const { story, platform, support, customerId } = await companyOn("2027-01-01");
    const contract = await story.contract(customerId, {
      startsOn: "2027-01-01",
      endsBefore: "2027-07-01",
      charges: [{ priceId: platform.id }],
    });
    await contract.amend("2027-03-01", [{ addCharge: { charge: { priceId: support.id } } }]);
    // 1 Mar to 30 Jun 2027 are 122 of 365 days: 1,200 × 122/365 = 401.0959.
    expect((await story.bill("2027-03-01")).at(-1)?.lines).toEqual([
      "CHARGE Platform (2027-03-01 to 2027-03-31) 500.00",
      "CHARGE Support (2027-03-01 to 2027-06-30) 401.10",
    ]);
    await story.bill("2027-06-01");
    await contract.amend("2027-06-15", [{ extend: { endsBefore: "2027-09-01" } }]);
    // 184 of 365 days, 604.9315 → 604.93, of which 401.10 was billed.
    const extended = await story.bill("2027-07-01");
    expect(extended.flatMap(({ lines }) => lines.map((line) => line.slice(line.lastIndexOf(" ") + 1)))).toEqual([
      "500.00",
      "203.83",
    ]);
    expect((await story.bill("2027-12-31")).map(({ net }) => net)).toEqual(["500.00"]);
  });
});
