import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";
import { type PriceRef, type Story, tellStory, wordsOf } from "./billing-kit";

/** A group that is billed for the calls of three subsidiaries together. Each test goes on where the last one stopped. */
let api: TestApi;
let story: Story;
let calls: PriceRef;
const ids = { group: "", east: "", north: "", south: "" };

const use = (alias: string, on: string, quantity: number): Promise<string[]> =>
  story.use({ alias, type: "api_call" }, [[on, { quantity: String(quantity) }]]);

beforeAll(async () => {
  api = await startTestApi();
  story = await tellStory(api, { now: "2027-01-01T12:00:00Z" });
  calls = await story.price(await story.product("API", "API calls"), "API calls", "IN_ARREARS", {
    metricId: await story.metric("api_call", { aggregation: "SUM", property: "quantity" }),
    includedUnits: "200",
    terms: {
      graduated: {
        tiers: [{ upTo: "1000", unitPrice: "1.00" }, { upTo: "5000", unitPrice: "0.80" }, { unitPrice: "0.50" }],
      },
    },
  });
  ids.group = await story.customer("Group plc", { aliases: ["hq"] });
  ids.north = await story.customer("North Ltd", { aliases: ["north"], parentCustomerId: ids.group });
  ids.south = await story.customer("South Ltd", { aliases: ["south"], parentCustomerId: ids.group });
  ids.east = await story.customer("East Ltd", { parentCustomerId: ids.group });
  await story.contract(ids.group, { startsOn: "2027-01-01", rollsUpUsage: true, charges: [{ priceId: calls.id }] });
});
afterAll(() => api.stop());

describe("a parent with three children", () => {
  it("is billed for all of them at the tiers that they reach together", async () => {
    await use("hq", "2027-01-05", 100);
    await use("north", "2027-01-10", 400);
    await use("south", "2027-01-20", 650);
    // Nobody has told yet whose this is.
    await use("east", "2027-01-25", 900);
    await story.draft("2027-02-01");
    const [draft] = await story.drafts();
    expect(wordsOf(draft, "API calls")).toEqual([
      "Group plc 100, North Ltd 400 and South Ltd 650, together 1,150",
      "included: 200",
      "1,150 less 200 included = 950",
      "950 API calls at 1.00 = 950.00",
      "net 950.00",
    ]);
    expect(await story.bill("2027-02-01")).toEqual([
      { billsOn: "2027-02-01", net: "950.00", lines: ["CHARGE API calls (2027-01-01 to 2027-01-31) 950.00"] },
    ]);
  });

  it("pays on the next invoice what an alias brings that is mapped after the month was issued", async () => {
    await story.clock("2027-02-10");
    await story.finance.done("mapCustomerAlias", "staleInvoices", { customerId: ids.east, alias: "east" });
    expect(await story.bill("2027-02-10")).toEqual([]);
    await use("north", "2027-02-11", 3_000);
    await use("south", "2027-02-12", 2_000);
    await use("east", "2027-02-28T23:59:59Z", 1_000);
    await story.draft("2027-03-01");
    const [draft] = await story.drafts();
    expect(wordsOf(draft, "API calls")).toEqual([
      "East Ltd 1,000, North Ltd 3,000 and South Ltd 2,000, together 6,000",
      "included: 200",
      "6,000 less 200 included = 5,800",
      "1,000 API calls at 1.00 = 1,000.00",
      "4,000 API calls above 1,000 at 0.80 = 3,200.00",
      "800 API calls above 5,000 at 0.50 = 400.00",
      "together 4,600.00",
      "net 4,600.00",
    ]);
    expect(wordsOf(draft, "Adjustment for 1–31 Jan 2027: API calls")).toEqual([
      "East Ltd 900, Group plc 100, North Ltd 400 and South Ltd 650, together 2,050",
      "included: 200",
      "2,050 less 200 included = 1,850",
      "1,000 API calls at 1.00 = 1,000.00",
      "850 API calls above 1,000 at 0.80 = 680.00",
      "together 1,680.00",
      "net 1,680.00",
      "should be 1,680.00, billed 950.00",
      "difference 730.00",
    ]);
    expect(await story.bill("2027-03-01")).toEqual([
      {
        billsOn: "2027-03-01",
        net: "5330.00",
        lines: [
          "CHARGE API calls (2027-02-01 to 2027-02-28) 4600.00",
          "ADJUSTMENT Adjustment for 1–31 Jan 2027: API calls (2027-01-01 to 2027-01-31) 730.00",
        ],
      },
    ]);
  });

  it("gets back what a child's voided usage cost in the month of then", async () => {
    const wrong = await use("south", "2027-03-10", 2_000);
    await use("north", "2027-03-10", 3_200);
    // 5,200 − 200 = 5,000: 1,000 × 1.00 + 4,000 × 0.80
    expect((await story.bill("2027-04-01")).map(({ net }) => net)).toEqual(["4200.00"]);
    await story.finance.done("voidUsageEvents", "voided", { eventIds: wrong, reason: "A test run" });
    await use("hq", "2027-04-10", 3_200);
    // March: 3,200 − 200 = 3,000: 1,000 + 2,000 × 0.80 = 2,600.00 in place of 4,200.00. April the same.
    expect(await story.bill("2027-05-01")).toEqual([
      {
        billsOn: "2027-05-01",
        net: "1000.00",
        lines: [
          "CHARGE API calls (2027-04-01 to 2027-04-30) 2600.00",
          "ADJUSTMENT Adjustment for 1–31 Mar 2027: API calls (2027-03-01 to 2027-03-31) -1600.00",
        ],
      },
    ]);
  });

  it("owes the same when an alias goes from one child to another", async () => {
    const { customer } = await story.finance.data("query ($id: ID!) { customer(id: $id) { aliases { id } } }", {
      id: ids.north,
    });
    const [{ id: aliasId }] = customer.aliases;
    await story.finance.done("endCustomerAlias", "customer { id }", { aliasId, endsBefore: "2027-03-01" });
    await story.finance.done("mapCustomerAlias", "customer { id }", {
      customerId: ids.south,
      alias: "north",
      startsOn: "2027-03-01",
    });
    expect(await story.bill("2027-05-20")).toEqual([]);
    // Nothing was used in May: the first tier is reached at zero and costs nothing.
    expect(await story.bill("2027-06-01")).toEqual([
      { billsOn: "2027-06-01", net: "0.00", lines: ["CHARGE API calls (2027-05-01 to 2027-05-31) 0.00"] },
    ]);
  });
});

describe("a child's own contract", () => {
  const contractOf = async (priceId: string): Promise<Answer> => {
    const { contract } = await story.finance.done("createContract", "contract { id version number }", {
      customerId: ids.north,
      name: "North alone",
      startsOn: "2027-06-01",
      phases: [{ startsOn: "2027-06-01", charges: [{ priceId }] }],
    });
    return story.finance.command("activateContract", "contract { id }", { id: contract.id, version: contract.version });
  };

  it("on what the parent is billed for is refused", async () => {
    expect(await contractOf(calls.id)).toMatchObject({
      __typename: "Conflict",
      code: "USAGE_BILLED_TWICE",
      message: expect.stringMatching(/api_call by the contract \S+ of Group plc from 1 Jun 2027/),
    });
  });

  it("on something else stands beside it, and has its own invoice", async () => {
    const support = await story.price(await story.product("SUPPORT", "Support"), "Support", "IN_ADVANCE", {
      terms: { flat: { fee: "75.00" } },
    });
    expect((await contractOf(support.id)).__typename).toBe("ActivateContractSuccess");
    expect(await story.bill("2027-06-02")).toEqual([
      { billsOn: "2027-06-01", net: "75.00", lines: ["CHARGE Support (2027-06-01 to 2027-06-30) 75.00"] },
    ]);
  });
});
