import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";
import { type Story, tellStory } from "./billing-kit";

/** Currencies without decimals and with three: whole minor units on every line, and totals that tie. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const amountsOf = ({ lines }: Answer): string[] =>
  lines.map(
    ({ kind, description, charge, discount, net, tax }: Answer) =>
      `${kind} ${description}: ${charge.amount} − ${discount.amount} = ${net.amount}, tax ${tax.amount}`,
  );
const totalsOf = ({ net, tax, gross }: Answer): string[] => [net.amount, tax.amount, gross.amount];

async function draftsOf(story: Story, day: string): Promise<Answer[]> {
  await story.draft(day);
  const drafts = await story.drafts();
  await story.finalizeAll();
  return drafts;
}

/** No amount has more or fewer decimals than the currency, and each total is the sum of its lines. */
async function expectTotalsTie(story: Story, decimals: number): Promise<void> {
  const shape = decimals === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${decimals}}$`);
  const minor = ({ amount }: Answer): bigint => {
    expect(amount).toMatch(shape);
    return BigInt(amount.replace(".", ""));
  };
  const issued = await story.invoices({ status: ["FINALIZED"] });
  expect(issued.length).toBeGreaterThan(0);
  for (const { lines, net, tax, gross } of issued) {
    const sumOf = (field: string): bigint => lines.reduce((sum: bigint, line: Answer) => sum + minor(line[field]), 0n);
    expect([sumOf("net"), sumOf("tax")]).toEqual([minor(net), minor(tax)]);
    expect(sumOf("charge") - sumOf("discount")).toBe(minor(net));
    expect(minor(net) + minor(tax)).toBe(minor(gross));
  }
}

describe("a contract in yen", () => {
  it("rounds to whole yen: part periods, percents, discounts of the contract, minimum and tax", async () => {
    const story = await tellStory(api, { now: "2027-01-15T12:00:00Z", baseCurrency: "JPY", taxPercent: "10" });
    const productId = await story.product("PLATFORM", "Platform");
    const fee = await story.price(productId, "Platform", "IN_ADVANCE", { terms: { flat: { fee: "9999" } } });
    const licences = await story.price(await story.product("LICENCE", "Licences"), "Licences", "IN_ADVANCE", {
      terms: { perUnit: { unitPrice: "1234" } },
    });
    await story.contract(await story.customer("Acme KK"), {
      startsOn: "2027-01-15",
      anchorOn: "2027-01-01",
      charges: [
        { priceId: fee.id, discounts: [{ description: "Launch", percent: "10" }] },
        { priceId: licences.id, quantity: "7" },
      ],
      minimums: [{ amount: { amount: "20000", currency: "JPY" }, cadence: "MONTHLY", productId }],
      discounts: [{ description: "Partner", percent: "3" }],
    });
    const [first] = await draftsOf(story, "2027-01-15");
    // 15 to 31 January are 17 of 31 days: 9,999 × 17/31 = 5,483.32 → 5,483 less 548.3 → 548; 8,638 × 17/31 = 4,736.97.
    // 3 % of 4,935 + 4,737 = 290.16 → 290: 148.05 and 142.11. Tax 493.5 → 494 and 473.7 → 474, less 14.8 and 14.2.
    expect(amountsOf(first)).toEqual([
      "CHARGE Platform: 5483 − 548 = 4935, tax 494",
      "CHARGE Licences: 4737 − 0 = 4737, tax 474",
      "DISCOUNT Partner: Platform: -148 − 0 = -148, tax -15",
      "DISCOUNT Partner: Licences: -142 − 0 = -142, tax -14",
    ]);
    expect(totalsOf(first)).toEqual(["9382", "939", "10321"]);

    const [second] = await draftsOf(story, "2027-02-01");
    // The minimum of January is 20,000 × 17/31 = 10,967.74 → 10,968, less 9,672 = 1,296.
    // 3 % of 8,999 + 8,638 + 1,296 = 567.99 → 568: 269.97, 259.14 and 38.88, so that 270, 259 and 39 are given.
    expect(amountsOf(second)).toEqual([
      "CHARGE Platform: 9999 − 1000 = 8999, tax 900",
      "CHARGE Licences: 8638 − 0 = 8638, tax 864",
      "TRUE_UP Minimum commitment: 1296 − 0 = 1296, tax 130",
      "DISCOUNT Partner: Platform: -270 − 0 = -270, tax -27",
      "DISCOUNT Partner: Licences: -259 − 0 = -259, tax -26",
      "DISCOUNT Partner: Minimum commitment: -39 − 0 = -39, tax -4",
    ]);
    expect(totalsOf(second)).toEqual(["18365", "1837", "20202"]);
    await expectTotalsTie(story, 0);
  });

  it("splits a month of one yen so that its parts are one yen", async () => {
    const story = await tellStory(api, { now: "2027-01-01T12:00:00Z", baseCurrency: "JPY", taxPercent: "10" });
    const productId = await story.product("PLATFORM", "Platform");
    const fee = await story.price(productId, "Platform", "IN_ADVANCE", { terms: { perUnit: { unitPrice: "1" } } });
    const phase = (startsOn: string, description: string) => ({
      startsOn,
      charges: [{ priceId: fee.id, description }],
    });
    await story.contract(await story.customer("Acme KK"), {
      startsOn: "2027-01-01",
      endsBefore: "2027-02-01",
      phases: [phase("2027-01-01", "First"), phase("2027-01-11", "Second"), phase("2027-01-21", "Third")],
    });
    // To date 10/31, 20/31 and 31/31: rounded 0, 1 and 1.
    expect(await story.bill("2027-01-21")).toEqual([
      { billsOn: "2027-01-01", net: "0", lines: ["CHARGE First (2027-01-01 to 2027-01-10) 0"] },
      { billsOn: "2027-01-11", net: "1", lines: ["CHARGE Second (2027-01-11 to 2027-01-20) 1"] },
      { billsOn: "2027-01-21", net: "0", lines: ["CHARGE Third (2027-01-21 to 2027-01-31) 0"] },
    ]);
  });
});

describe("a contract in Kuwaiti dinars", () => {
  it("rounds to a thousandth, with the tax of a rate rounded once and split over the lines", async () => {
    const story = await tellStory(api, {
      now: "2027-03-10T12:00:00Z",
      baseCurrency: "KWD",
      taxRounding: "per_rate",
      taxPercent: "5",
    });
    const fee = await story.price(await story.product("PLATFORM", "Platform"), "Platform", "IN_ADVANCE", {
      terms: { flat: { fee: "99.999" } },
    });
    const calls = await story.price(await story.product("API", "API calls"), "API calls", "IN_ARREARS", {
      metricId: await story.metric("api_call", { aggregation: "SUM", property: "quantity" }),
      minimum: "30.000",
      terms: { perUnit: { unitPrice: "0.0015" } },
    });
    await story.contract(await story.customer("Acme WLL", { aliases: ["acme"] }), {
      startsOn: "2027-03-10",
      anchorOn: "2027-01-01",
      charges: [{ priceId: fee.id, discounts: [{ description: "Launch", percent: "7.5" }] }, { priceId: calls.id }],
      discounts: [
        {
          description: "Bundle",
          amount: { amount: "0.333", currency: "KWD" },
          cadence: "MONTHLY",
          scope: { group: { lineageIds: [fee.lineageId, calls.lineageId] } },
        },
      ],
    });
    const [first] = await draftsOf(story, "2027-03-10");
    // 22 of 31 days: 99.999 × 22/31 = 70.96703 → 70.967, less 5.322525 → 5.323, less 0.333. Tax 3.26555 → 3.266.
    expect(amountsOf(first)).toEqual(["CHARGE Platform: 70.967 − 5.656 = 65.311, tax 3.266"]);
    expect(totalsOf(first)).toEqual(["65.311", "3.266", "68.577"]);

    await story.use({ alias: "acme", type: "api_call" }, [["2027-03-20", { quantity: "12345" }]]);
    const [second] = await draftsOf(story, "2027-04-01");
    // 12,345 × 0.0015 = 18.5175 → 18.518; minimum 30 × 22/31 = 21.290. Fee 99.999 − 7.500 − 0.333 = 92.166.
    // Tax 5 % of 113.456 = 5.6728 → 5.673: 4.6083, 0.9259 and 0.1386 have 4.608, 0.926 and 0.139.
    expect(amountsOf(second)).toEqual([
      "CHARGE Platform: 99.999 − 7.833 = 92.166, tax 4.608",
      "CHARGE API calls: 18.518 − 0.000 = 18.518, tax 0.926",
      "TRUE_UP Minimum: API calls: 2.772 − 0.000 = 2.772, tax 0.139",
    ]);
    expect(totalsOf(second)).toEqual(["113.456", "5.673", "119.129"]);
    await expectTotalsTie(story, 3);
  });
});
