import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../testkit/api";
import { type ShownInvoice, type Story, tellStory } from "./billing-kit";

/** Full periods that begin on the 29th, 30th and 31st, through February of common and of leap years. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const firstDaysOf = (invoices: readonly ShownInvoice[], description: string): string[] =>
  linesOf(invoices, description).map((line) => /\((\S+) to/.exec(line)?.[1] ?? "");
const linesOf = (invoices: readonly ShownInvoice[], description: string): string[] =>
  invoices.flatMap(({ lines }) => lines.filter((line) => line.startsWith(`CHARGE ${description} (`)));
/** The days of a line as "12-31", by year. */
const days = (year: number, text: string): string[] => text.split(" ").map((day) => `${year}-${day}`);

/** A fee a month in advance, and support a quarter in arrears; from 15 March 2028 both cost more. */
async function startOn31January(story: Story) {
  const productId = await story.product("PLATFORM", "Platform");
  const fee = await story.price(productId, "Platform", "IN_ADVANCE", { terms: { flat: { fee: "100.00" } } });
  const support = await story.price(productId, "Support", "IN_ARREARS", {
    cadence: "QUARTERLY",
    terms: { flat: { fee: "250.00" } },
  });
  const customerId = await story.customer("Acme Ltd");
  const custom = (amount: string) => ({ customTerms: { terms: { flat: { fee: amount } } } });
  await story.contract(customerId, {
    startsOn: "2027-01-31",
    endsBefore: "2032-03-31",
    phases: [
      { startsOn: "2027-01-31", charges: [{ priceId: fee.id }, { priceId: support.id }] },
      {
        startsOn: "2028-03-15",
        charges: [
          { priceId: fee.id, ...custom("130.00") },
          { priceId: support.id, ...custom("300.00") },
        ],
      },
    ],
  });
}

describe("an anchor on the 31st, through the leap years 2028 and 2032", () => {
  let billed: ShownInvoice[];
  beforeAll(async () => {
    const story = await tellStory(api, { now: "2027-01-31T12:00:00Z" });
    await startOn31January(story);
    billed = [];
    for (const day of [
      "2027-01-31",
      "2027-12-31",
      "2028-02-29",
      "2028-03-15",
      "2028-12-31",
      "2029-12-31",
      "2030-12-31",
      "2031-12-31",
      "2032-03-31",
    ]) {
      billed.push(...(await story.bill(day)));
    }
  });

  it("begins each month on its last day or the 31st, and never slides", () => {
    expect(firstDaysOf(billed, "Platform")).toEqual([
      ...days(2027, "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
      // The new price begins in the middle of a period, and with it a line.
      ...days(2028, "01-31 02-29 03-15 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
      ...days(2029, "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
      ...days(2030, "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
      ...days(2031, "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
      ...days(2032, "01-31 02-29"),
    ]);
  });

  it("bills quarters from the same days, the last in part", () => {
    expect(linesOf(billed, "Support")).toEqual([
      "CHARGE Support (2027-01-31 to 2027-04-29) 250.00",
      "CHARGE Support (2027-04-30 to 2027-07-30) 250.00",
      "CHARGE Support (2027-07-31 to 2027-10-30) 250.00",
      "CHARGE Support (2027-10-31 to 2028-01-30) 250.00",
      // 31 Jan to 29 Apr 2028 are 1 + 29 + 31 + 29 = 90 days: 250 × 44/90 = 122.2222 → 122.22;
      // 122.2222 + 300 × 46/90 = 275.5556 → 275.56, less 122.22 = 153.34.
      "CHARGE Support (2028-01-31 to 2028-03-14) 122.22",
      "CHARGE Support (2028-03-15 to 2028-04-29) 153.34",
      "CHARGE Support (2028-04-30 to 2028-07-30) 300.00",
      "CHARGE Support (2028-07-31 to 2028-10-30) 300.00",
      "CHARGE Support (2028-10-31 to 2029-01-30) 300.00",
      "CHARGE Support (2029-01-31 to 2029-04-29) 300.00",
      "CHARGE Support (2029-04-30 to 2029-07-30) 300.00",
      "CHARGE Support (2029-07-31 to 2029-10-30) 300.00",
      "CHARGE Support (2029-10-31 to 2030-01-30) 300.00",
      "CHARGE Support (2030-01-31 to 2030-04-29) 300.00",
      "CHARGE Support (2030-04-30 to 2030-07-30) 300.00",
      "CHARGE Support (2030-07-31 to 2030-10-30) 300.00",
      "CHARGE Support (2030-10-31 to 2031-01-30) 300.00",
      "CHARGE Support (2031-01-31 to 2031-04-29) 300.00",
      "CHARGE Support (2031-04-30 to 2031-07-30) 300.00",
      "CHARGE Support (2031-07-31 to 2031-10-30) 300.00",
      "CHARGE Support (2031-10-31 to 2032-01-30) 300.00",
      // The contract ends on 30 Mar 2032: 60 of the 90 days to 29 Apr.
      "CHARGE Support (2032-01-31 to 2032-03-30) 200.00",
    ]);
  });

  it("splits the period in which the price changes so that both parts are the whole", () => {
    // 29 Feb to 30 Mar 2028 are 31 days. All of it was billed in advance only to the 14th, for the phase ends there:
    // 100 × 15/31 = 48.3871 → 48.39; 48.3871 + 130 × 16/31 = 115.4839 → 115.48, less 48.39 = 67.09.
    expect(billed.filter(({ billsOn }) => billsOn > "2028-02-01" && billsOn < "2028-05-01")).toEqual([
      { billsOn: "2028-02-29", net: "48.39", lines: ["CHARGE Platform (2028-02-29 to 2028-03-14) 48.39"] },
      {
        billsOn: "2028-03-15",
        net: "189.31",
        lines: ["CHARGE Platform (2028-03-15 to 2028-03-30) 67.09", "CHARGE Support (2028-01-31 to 2028-03-14) 122.22"],
      },
      { billsOn: "2028-03-31", net: "130.00", lines: ["CHARGE Platform (2028-03-31 to 2028-04-29) 130.00"] },
      {
        billsOn: "2028-04-30",
        net: "283.34",
        lines: [
          "CHARGE Platform (2028-04-30 to 2028-05-30) 130.00",
          "CHARGE Support (2028-03-15 to 2028-04-29) 153.34",
        ],
      },
    ]);
  });

  it("bills every other month in full, whatever its days", () => {
    const nets = linesOf(billed, "Platform").map((line) => line.slice(line.lastIndexOf(" ") + 1));
    expect(nets).toEqual([...Array(13).fill("100.00"), "48.39", "67.09", ...Array(48).fill("130.00")]);
  });

  it("comes to what the term costs", () => {
    // Platform 13 × 100 + 115.48 + 48 × 130 = 7,655.48; support 4 × 250 + 275.56 + 15 × 300 + 200 = 5,975.56.
    const cents = billed.reduce((total, { net }) => total + Math.round(Number(net) * 100), 0);
    expect(cents).toBe(1_363_104);
  });
});

describe.each([
  ["29", "2027-01-29", "01-29 02-28 03-29 04-29 05-29 06-29 07-29 08-29 09-29 10-29 11-29 12-29", "01-29 02-29 03-29"],
  ["30", "2027-01-30", "01-30 02-28 03-30 04-30 05-30 06-30 07-30 08-30 09-30 10-30 11-30 12-30", "01-30 02-29 03-30"],
])("an anchor on the %sth", (_, startsOn, common, leap) => {
  it("keeps to its day but for February", async () => {
    const story = await tellStory(api, { now: `${startsOn}T12:00:00Z` });
    const productId = await story.product("PLATFORM", "Platform");
    const fee = await story.price(productId, "Platform", "IN_ADVANCE", { terms: { flat: { fee: "100.00" } } });
    await story.contract(await story.customer("Acme Ltd"), { startsOn, charges: [{ priceId: fee.id }] });
    const billed = [...(await story.bill("2027-12-31")), ...(await story.bill("2028-03-31"))];
    expect(firstDaysOf(billed, "Platform")).toEqual([...days(2027, common), ...days(2028, leap)]);
    expect(billed.map(({ net }) => net)).toEqual(Array(15).fill("100.00"));
  });
});

describe("a contract that starts between two anchor days", () => {
  it("bills the days to the next anchor first, and shows the arithmetic", async () => {
    const story = await tellStory(api, { now: "2027-03-15T12:00:00Z" });
    const productId = await story.product("PLATFORM", "Platform");
    const fee = await story.price(productId, "Platform", "IN_ADVANCE", { terms: { flat: { fee: "100.00" } } });
    await story.contract(await story.customer("Acme Ltd"), {
      startsOn: "2027-03-15",
      anchorOn: "2027-01-31",
      charges: [{ priceId: fee.id }],
    });
    await story.draft("2027-04-30");
    const [first] = await story.drafts();
    expect(first.lines[0].explanationText).toEqual([
      "Platform = 100.00",
      // 28 Feb to 30 Mar are 31 days: 100 × 16/31 = 51.6129.
      "16 of 31 days (15–30 Mar 2027)",
      "≈ 51.61290323 rounded to 51.61",
      "net 51.61",
    ]);
    expect(await story.bill("2027-04-30")).toEqual([
      { billsOn: "2027-03-15", net: "51.61", lines: ["CHARGE Platform (2027-03-15 to 2027-03-30) 51.61"] },
      { billsOn: "2027-03-31", net: "100.00", lines: ["CHARGE Platform (2027-03-31 to 2027-04-29) 100.00"] },
      { billsOn: "2027-04-30", net: "100.00", lines: ["CHARGE Platform (2027-04-30 to 2027-05-30) 100.00"] },
    ]);
  });
});
