import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";
import { type PriceRef, type Story, tellStory, wordsOf } from "./billing-kit";

/**
 * Three years of one contract, month by month: a fee that steps up by year, seats that are free for a month, calls by
 * tiers with a minimum, and a minimum per year over seats and calls. Each test goes on where the one before it stopped.
 */
let api: TestApi;
let story: Story;
let contract: Awaited<ReturnType<Story["contract"]>>;
let platform: PriceRef;
let pro: PriceRef;
let seats: PriceRef;

const ACME = { alias: "acme", type: "api_call" };
const calls = (on: string, quantity: number): Promise<string[]> =>
  story.use(ACME, [[on, { quantity: String(quantity) }]]);

beforeAll(async () => {
  api = await startTestApi();
  story = await tellStory(api, { now: "2026-12-20T12:00:00Z" });
  const platformId = await story.product("PLATFORM", "Platform");
  const proId = await story.product("PRO", "Platform Pro");
  const seatsId = await story.product("SEATS", "Seats");
  const apiId = await story.product("API", "API calls");
  const yearly = (productId: string, name: string, fee: string) =>
    story.price(productId, name, "IN_ADVANCE", { cadence: "ANNUAL", terms: { flat: { fee } } });
  platform = await yearly(platformId, "Platform", "12000.00");
  pro = await yearly(proId, "Platform Pro", "20000.00");
  seats = await story.price(seatsId, "Seats", "IN_ADVANCE", {
    terms: { seat: { strategy: "PRORATE_ALL_CHANGES", perUnit: { unitPrice: "20.00" } } },
  });
  const callsPrice = await story.price(apiId, "API calls", "IN_ARREARS", {
    metricId: await story.metric("api_call", { aggregation: "SUM", property: "quantity" }),
    includedUnits: "10000",
    minimum: "50.00",
    terms: { graduated: { tiers: [{ upTo: "40000", unitPrice: "0.010" }, { unitPrice: "0.008" }] } },
  });
  const fee = (amount: string) => ({ priceId: platform.id, customTerms: { terms: { flat: { fee: amount } } } });
  contract = await story.contract(await story.customer("Acme Ltd", { aliases: ["acme"] }), {
    name: "Acme 2027 to 2029",
    startsOn: "2027-01-01",
    endsBefore: "2030-01-01",
    charges: [
      {
        priceId: platform.id,
        ramp: [
          { afterMonths: 12, ...fee("15000.00") },
          { afterMonths: 24, ...fee("18000.00") },
        ],
      },
      { priceId: seats.id, quantity: "10", trial: { months: 1 } },
      { priceId: callsPrice.id },
    ],
    minimums: [
      {
        amount: { amount: "5400.00", currency: "GBP" },
        cadence: "ANNUAL",
        description: "Yearly minimum",
        productId: apiId,
        lineageIds: [seats.lineageId, callsPrice.lineageId],
      },
    ],
  });
});
afterAll(() => api.stop());

describe("2027: a trial, tiers and a minimum", () => {
  it("bills nothing before it starts", async () => {
    expect(await story.bill("2026-12-31")).toEqual([]);
  });

  it("bills the year's fee, and seats that are free in January", async () => {
    await story.draft("2027-01-01");
    const [draft] = await story.drafts();
    expect(wordsOf(draft, "Seats")).toContain("Free trial, 100 % off: −200.00");
    expect(await story.bill("2027-01-01")).toEqual([
      {
        billsOn: "2027-01-01",
        net: "12000.00",
        lines: ["CHARGE Platform (2027-01-01 to 2027-12-31) 12000.00", "CHARGE Seats (2027-01-01 to 2027-01-31) 0.00"],
      },
    ]);
  });

  it("bills January's calls beyond the 10,000 that are included, with February's seats", async () => {
    await calls("2027-01-20", 30_000);
    // (30,000 − 10,000) × 0.010
    expect(await story.bill("2027-02-01")).toEqual([
      {
        billsOn: "2027-02-01",
        net: "400.00",
        lines: ["CHARGE Seats (2027-02-01 to 2027-02-28) 200.00", "CHARGE API calls (2027-01-01 to 2027-01-31) 200.00"],
      },
    ]);
  });

  it("tops February up to the minimum of a month", async () => {
    await calls("2027-02-20", 12_000);
    // (12,000 − 10,000) × 0.010 = 20.00, 30.00 below the minimum
    expect(await story.bill("2027-03-01")).toEqual([
      {
        billsOn: "2027-03-01",
        net: "250.00",
        lines: [
          "CHARGE Seats (2027-03-01 to 2027-03-31) 200.00",
          "CHARGE API calls (2027-02-01 to 2027-02-28) 20.00",
          "TRUE_UP Minimum: API calls (2027-02-01 to 2027-02-28) 30.00",
        ],
      },
    ]);
  });

  it("keeps February's late calls for the next invoice, and rates all of February again", async () => {
    await story.clock("2027-03-10");
    await calls("2027-02-27", 5_000);
    await calls("2027-03-09", 48_000);
    expect(await story.bill("2027-03-10")).toEqual([]);
    // February: (17,000 − 10,000) × 0.010 = 70.00, so that no minimum is due. March: (48,000 − 10,000) × 0.010.
    expect(await story.bill("2027-04-01")).toEqual([
      {
        billsOn: "2027-04-01",
        net: "600.00",
        lines: [
          "CHARGE Seats (2027-04-01 to 2027-04-30) 200.00",
          "CHARGE API calls (2027-03-01 to 2027-03-31) 380.00",
          "ADJUSTMENT Adjustment for 1–28 Feb 2027: API calls (2027-02-01 to 2027-02-28) 50.00",
          "ADJUSTMENT Adjustment for 1–28 Feb 2027: Minimum: API calls (2027-02-01 to 2027-02-28) -30.00",
        ],
      },
    ]);
  });

  it("rates March's late calls at the tiers of March; April without calls costs its minimum", async () => {
    await story.clock("2027-04-20");
    await calls("2027-03-31", 7_000);
    expect(await story.bill("2027-04-20")).toEqual([]);
    await story.draft("2027-05-01");
    const [draft] = await story.drafts();
    // 55,000 − 10,000: 40,000 × 0.010 + 5,000 × 0.008 = 440.00, less 380.00
    expect(wordsOf(draft, "Adjustment for 1–31 Mar 2027: API calls")).toEqual([
      "included: 10,000",
      "55,000 less 10,000 included = 45,000",
      "40,000 API calls at 0.01 = 400.00",
      "5,000 API calls above 40,000 at 0.0080 = 40.00",
      "together 440.00",
      "net 440.00",
      "should be 440.00, billed 380.00",
      "difference 60.00",
    ]);
    expect(await story.bill("2027-05-01")).toEqual([
      {
        billsOn: "2027-05-01",
        net: "310.00",
        lines: [
          "CHARGE Seats (2027-05-01 to 2027-05-31) 200.00",
          "CHARGE API calls (2027-04-01 to 2027-04-30) 0.00",
          "TRUE_UP Minimum: API calls (2027-04-01 to 2027-04-30) 50.00",
          "ADJUSTMENT Adjustment for 1–31 Mar 2027: API calls (2027-03-01 to 2027-03-31) 60.00",
        ],
      },
    ]);
  });

  it("bills 300.00 a month for 10 seats and 20,000 calls", async () => {
    for (const month of ["05", "06", "07", "08", "09", "10", "11", "12"]) await calls(`2027-${month}-12`, 20_000);
    const nets = await netsOf([
      "2027-06-01",
      "2027-07-01",
      "2027-08-01",
      "2027-09-01",
      "2027-10-01",
      "2027-11-01",
      "2027-12-01",
    ]);
    expect(nets).toEqual(Array(7).fill("300.00"));
  });
});

describe("2028: the fee steps up, an upgrade and another change in one month", () => {
  it("tops the year up to its minimum beside the fee of the second year", async () => {
    // Seats 11 × 200 = 2,200.00. Calls 200 + 70 + 440 + (0 + 50) + 8 × 100 = 1,560.00. 5,400 − 3,760 = 1,640.00.
    expect(await story.bill("2028-01-01")).toEqual([
      {
        billsOn: "2028-01-01",
        net: "16940.00",
        lines: [
          "CHARGE Platform (2028-01-01 to 2028-12-31) 15000.00",
          "CHARGE Seats (2028-01-01 to 2028-01-31) 200.00",
          "CHARGE API calls (2027-12-01 to 2027-12-31) 100.00",
          "TRUE_UP Yearly minimum (2027-01-01 to 2027-12-31) 1640.00",
        ],
      },
    ]);
  });

  it("takes off the yearly minimum what December's late calls add", async () => {
    await story.clock("2028-01-10");
    await calls("2027-12-31", 5_000);
    await calls("2028-01-09", 20_000);
    // December: (25,000 − 10,000) × 0.010 = 150.00 in place of 100.00
    expect(await story.bill("2028-02-01")).toEqual([
      {
        billsOn: "2028-02-01",
        net: "300.00",
        lines: [
          "CHARGE Seats (2028-02-01 to 2028-02-29) 200.00",
          "CHARGE API calls (2028-01-01 to 2028-01-31) 100.00",
          "ADJUSTMENT Adjustment for 1–31 Dec 2027: API calls (2027-12-01 to 2027-12-31) 50.00",
          "ADJUSTMENT Adjustment for 1 Jan – 31 Dec 2027: Yearly minimum (2027-01-01 to 2027-12-31) -50.00",
        ],
      },
    ]);
  });

  it("bills an upgrade from 16 May at once, and gives back what was paid for the days after it", async () => {
    for (const month of ["02", "03", "04", "05"]) await calls(`2028-${month}-12`, 20_000);
    expect(await netsOf(["2028-03-01", "2028-04-01", "2028-05-01"])).toEqual(Array(3).fill("300.00"));
    await story.clock("2028-05-20");
    await contract.amend("2028-05-16", [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "15" } },
      { replaceCharge: { lineageId: platform.lineageId, charge: { priceId: pro.id } } },
    ]);
    // 1 Jan to 15 May are 136 of 366 days: 15,000 × 136/366 = 5,573.7705 → 5,573.77, of which 15,000.00 was paid.
    // 5,573.7705 + 20,000 × 230/366 = 18,142.0765 → 18,142.08, less 5,573.77.
    // Seats to 15 May: 200 × 15/31 = 96.7742 → 96.77; + 300 × 16/31 = 251.6129 → 251.61, less 96.77.
    expect(await story.bill("2028-05-20")).toEqual([
      {
        billsOn: "2028-05-16",
        net: "3193.69",
        lines: [
          "CHARGE Platform Pro (2028-05-16 to 2028-12-31) 12568.31",
          "CHARGE Seats (2028-05-16 to 2028-05-31) 154.84",
          "ADJUSTMENT Adjustment for 1 Jan – 31 Dec 2028: Platform (2028-01-01 to 2028-12-31) -9426.23",
          "ADJUSTMENT Adjustment for 1–31 May 2028: Seats (2028-05-01 to 2028-05-31) -103.23",
        ],
      },
    ]);
  });

  it("bills a second change in May on top of the first", async () => {
    await story.clock("2028-05-27");
    await contract.amend("2028-05-25", [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "18" } },
      { changeDiscounts: { lineageId: seats.lineageId, discounts: [{ description: "Loyalty", percent: "10" }] } },
    ]);
    // To 24 May: 96.7742 + 300 × 9/31 = 183.8710 → 183.87, less 96.77 = 87.10, of which 154.84 was billed.
    // From 25 May: 183.8710 + 360 × 7/31 = 265.1613 → 265.16, less 183.87 = 81.29; less 8.13.
    expect(await story.bill("2028-05-27")).toEqual([
      {
        billsOn: "2028-05-25",
        net: "5.42",
        lines: [
          "CHARGE Seats (2028-05-25 to 2028-05-31) 73.16",
          "ADJUSTMENT Adjustment for 16–31 May 2028: Seats (2028-05-16 to 2028-05-31) -67.74",
        ],
      },
    ]);
  });

  it("leaves May's calls in one line, with one allowance and one walk through the tiers", async () => {
    expect(await story.bill("2028-06-01")).toEqual([
      {
        billsOn: "2028-06-01",
        net: "424.00",
        // 18 × 20.00 less 10 %
        lines: ["CHARGE Seats (2028-06-01 to 2028-06-30) 324.00", "CHARGE API calls (2028-05-01 to 2028-05-31) 100.00"],
      },
    ]);
  });

  it("goes on at 424.00 a month", async () => {
    for (const month of ["06", "07", "08", "09", "10", "11", "12"]) await calls(`2028-${month}-12`, 20_000);
    const nets = await netsOf(["2028-07-01", "2028-08-01", "2028-09-01", "2028-10-01", "2028-11-01", "2028-12-01"]);
    expect(nets).toEqual(Array(6).fill("424.00"));
  });
});

describe("2029: cancelled in the third year", () => {
  it("bills the full fee of the product that took the place of the ramp", async () => {
    // Seats 4 × 200 + (96.77 + 87.10 + 73.16) + 7 × 324 = 3,325.03, calls 1,200.00: 5,400 − 4,525.03 = 874.97.
    expect(await story.bill("2029-01-01")).toEqual([
      {
        billsOn: "2029-01-01",
        net: "21298.97",
        lines: [
          "CHARGE Platform Pro (2029-01-01 to 2029-12-31) 20000.00",
          "CHARGE Seats (2029-01-01 to 2029-01-31) 324.00",
          "CHARGE API calls (2028-12-01 to 2028-12-31) 100.00",
          "TRUE_UP Yearly minimum (2028-01-01 to 2028-12-31) 874.97",
        ],
      },
    ]);
    for (const month of ["01", "02", "03", "04", "05"]) await calls(`2029-${month}-12`, 20_000);
    const nets = await netsOf(["2029-02-01", "2029-03-01", "2029-04-01", "2029-05-01", "2029-06-01"]);
    expect(nets).toEqual(Array(5).fill("424.00"));
    await calls("2029-06-12", 9_000);
  });

  it("gives unused time back where that is agreed, on a draft that is no invoice", async () => {
    await story.clock("2029-06-16");
    await contract.cancel("2029-06-16", { unusedTime: "CREDIT" });
    // 166 of 365 days: 20,000 × 166/365 = 9,095.89 of 20,000.00. Seats 360 × 15/30 less 10 % = 162.00 of 324.00.
    // Calls: 9,000 less half of 10,000 = 4,000 × 0.010. Yearly minimum 5,400 × 166/365 = 2,455.89, less seats
    // 5 × 324 + 162 and calls 5 × 100 + 40 = 2,322.00.
    expect(await story.draft("2029-06-16")).toEqual([
      {
        billsOn: "2029-06-16",
        net: "-10892.22",
        lines: [
          "CHARGE API calls (2029-06-01 to 2029-06-15) 40.00",
          "TRUE_UP Yearly minimum (2029-01-01 to 2029-06-15) 133.89",
          "ADJUSTMENT Adjustment for 1 Jan – 31 Dec 2029: Platform Pro (2029-01-01 to 2029-12-31) -10904.11",
          "ADJUSTMENT Adjustment for 1–30 Jun 2029: Seats (2029-06-01 to 2029-06-30) -162.00",
        ],
      },
    ]);
    const [draft] = await story.drafts();
    expect(draft.blockers).toEqual(["NEGATIVE_TOTAL"]);
    expect(await story.operate("finalizeInvoices", { selection: { invoiceIds: [draft.id] } })).toEqual([
      "NEGATIVE_TOTAL",
    ]);
  });

  it("leaves nothing of a cancellation that is taken back on its day", async () => {
    await contract.resume("2029-06-16");
    expect(await story.draft("2029-06-16")).toEqual([]);
    expect(await story.draftAll()).toEqual(["NOTHING_DUE"]);
  });

  it("gives nothing back where unused time is kept: what is paid runs out", async () => {
    await contract.cancel("2029-06-16", { unusedTime: "KEEP" });
    expect(await story.bill("2029-06-16")).toEqual([
      { billsOn: "2029-06-16", net: "40.00", lines: ["CHARGE API calls (2029-06-01 to 2029-06-15) 40.00"] },
    ]);
    // The minimum ends with the last charge that it covers, the seats: 5,400 × 181/365 = 2,677.81, less 6 × 324 and 540.
    expect(await story.bill("2029-07-01")).toEqual([
      { billsOn: "2029-07-01", net: "193.81", lines: ["TRUE_UP Yearly minimum (2029-01-01 to 2029-06-30) 193.81"] },
    ]);
    expect(await story.bill("2030-02-01")).toEqual([]);
  });

  it("has billed what was agreed over the three years", async () => {
    const issued = await story.invoices({ status: ["FINALIZED"] });
    const cents = issued.reduce((total: number, { net }: Answer) => total + Math.round(Number(net.amount) * 100), 0);
    // Platform 12,000 + 18,142.08 + 20,000 = 50,142.08. Seats 2,200 + 3,325.03 + 1,944 = 7,469.03.
    // Calls 1,610 + 1,200 + 540 = 3,350.00 with their minimums. Yearly minimums 1,590 + 874.97 + 193.81 = 2,658.78.
    expect(cents).toBe(6_361_989);
    expect(issued.map(({ number }: Answer) => number).sort()).toHaveLength(
      new Set(issued.map(({ id }: Answer) => id)).size,
    );
  });
});

async function netsOf(days: readonly string[]): Promise<string[]> {
  const nets: string[] = [];
  for (const day of days) for (const { net } of await story.bill(day)) nets.push(net);
  return nets;
}
