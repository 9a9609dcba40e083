import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";
import { type Story, tellStory, wordsOf } from "./billing-kit";

/** One invoice with usage of every kind, each line explained so that it can be followed by hand. */
let api: TestApi;
let story: Story;

beforeAll(async () => {
  api = await startTestApi();
  story = await tellStory(api, { now: "2027-02-01T12:00:00Z" });
  const arrears = async (name: string, metricId: string, terms: object, more: object = {}) => {
    const productId = await story.product(name.toUpperCase().replaceAll(" ", "-"), name);
    return { priceId: (await story.price(productId, name, "IN_ARREARS", { metricId, terms, ...more })).id };
  };
  const payments = await story.metric("payment", { aggregation: "SUM", property: "amount" });
  const charges = [
    await arrears(
      "Transfer",
      await story.metric("transfer", { aggregation: "SUM", property: "gigabytes", groupBy: ["region", "storage"] }),
      {
        matrix: {
          dimensions: ["region", "storage"],
          rows: [
            { values: ["eu", "hot"], unitPrice: "0.10" },
            { values: ["eu", "cold"], unitPrice: "0.05" },
            { values: ["us", "hot"], unitPrice: "0.12" },
          ],
          defaultUnitPrice: "0.20",
        },
      },
      { includedUnits: "100" },
    ),
    await arrears("Card fees", payments, {
      percentage: {
        percent: "2.9",
        fixedPerEvent: "0.25",
        minimumPerEvent: "0.50",
        maximumPerEvent: "15.00",
        includedEvents: "1",
      },
    }),
    await arrears("Marketplace fee", payments, {
      graduatedPercentage: {
        includedAmount: "45.00",
        tiers: [
          { upTo: "500.00", percent: "2" },
          { percent: "1", flatFee: "1.00" },
        ],
      },
    }),
    await arrears(
      "Mails",
      await story.metric("mail", { aggregation: "SUM", property: "count" }),
      { package: { packageSize: "1000", packagePrice: "3.00" } },
      { includedUnits: "500" },
    ),
    await arrears("Active users", await story.metric("login", { aggregation: "UNIQUE", property: "user" }), {
      perUnit: { unitPrice: "4.00" },
    }),
    await arrears("Devices", await story.metric("devices", { aggregation: "LATEST", property: "value" }), {
      perUnit: { unitPrice: "2.00" },
    }),
    await arrears("Peak load", await story.metric("load", { aggregation: "MAX", property: "value" }), {
      volume: { tiers: [{ upTo: "5", unitPrice: "10.00" }, { unitPrice: "8.00" }] },
    }),
  ];
  await story.contract(await story.customer("Acme Ltd", { aliases: ["acme"] }), { startsOn: "2027-02-01", charges });

  const acme = (type: string) => ({ alias: "acme", type });
  const gigabytes = (amount: string, more: object) => ({ gigabytes: amount, ...more });
  await story.use(acme("transfer"), [
    ["2027-02-02", gigabytes("1000", { region: "eu", storage: "hot" })],
    ["2027-02-03", gigabytes("500", { region: "eu", storage: "cold" })],
    ["2027-02-04", gigabytes("300", { region: "us", storage: "hot" })],
    ["2027-02-05", gigabytes("50", { region: "asia", storage: "hot" })],
    ["2027-02-06", gigabytes("20", { region: "eu" })],
  ]);
  await story.use(
    acme("payment"),
    ["40.00", "5.00", "100.00", "1000.00", "200.00"].map((amount, index) => [`2027-02-1${index}`, { amount }]),
  );
  await story.use(acme("mail"), [
    ["2027-02-15", { count: "1600" }],
    ["2027-02-16", { count: "1000" }],
  ]);
  await story.use(
    acme("login"),
    ["ann", "bob", "ann", 3, "3"].map((user, index) => [`2027-02-1${index}`, { user }]),
  );
  await story.use(acme("devices"), [
    ["2027-02-17", { value: "7" }],
    ["2027-02-18", { value: "5" }],
  ]);
  await story.use(acme("load"), [
    ["2027-02-17", { value: "9" }],
    ["2027-02-18", { value: "4" }],
  ]);
});
afterAll(() => api.stop());

describe("February, with usage of every kind", () => {
  let draft: Answer;
  beforeAll(async () => {
    await story.draft("2027-03-01");
    [draft] = await story.drafts();
  });

  it("explains a price by region and storage: the allowance goes to the first row, what no row names is not free", () => {
    expect(wordsOf(draft, "Transfer")).toEqual([
      "included: 100",
      "1,870 less 100 included = 1,770",
      "900 Transfer with region eu, storage hot at 0.10 = 90.00",
      "500 Transfer with region eu, storage cold at 0.05 = 25.00",
      "300 Transfer with region us, storage hot at 0.12 = 36.00",
      "70 Transfer, all others, at 0.20 = 14.00",
      "together 165.00",
      "net 165.00",
    ]);
  });

  it("explains a percentage with a fee, a least and a most per event, the first of which is free", () => {
    // 40.00 is free. 5.00 costs 0.145 + 0.25, so 0.50; 1,000.00 costs 29.25, so 15.00; 100.00 and 200.00 by percent.
    expect(wordsOf(draft, "Card fees").slice(1)).toEqual([
      "2.9 % of 300.00 = 8.70",
      "2 events at 0.25 = 0.50",
      "1 event at the minimum of 0.50 = 0.50",
      "1 event at the maximum of 15.00 = 15.00",
      "together 24.70",
      "net 24.70",
    ]);
  });

  it("explains percentages by tiers of the amount", () => {
    expect(wordsOf(draft, "Marketplace fee")).toEqual([
      "included: 45.00",
      "1,345.00 less 45.00 included = 1,300.00",
      "2 % of 500.00 = 10.00",
      "1 % of 800.00 above 500.00 plus a fee of 1.00 = 9.00",
      "together 19.00",
      "net 19.00",
    ]);
  });

  it("explains packages, distinct users, the last value and the highest", () => {
    expect(wordsOf(draft, "Mails")).toEqual([
      "included: 500",
      "2,600 less 500 included = 2,100",
      "3 packages of 1,000 at 3.00 = 9.00",
      "net 9.00",
    ]);
    // "ann" twice is one, and so are 3 and "3".
    expect(wordsOf(draft, "Active users")).toEqual(["3 Active users at 4.00 = 12.00", "net 12.00"]);
    expect(wordsOf(draft, "Devices")).toEqual(["5 Devices at 2.00 = 10.00", "net 10.00"]);
    // All at the price of the tier that the highest lies in.
    expect(wordsOf(draft, "Peak load").at(-1)).toBe("net 72.00");
  });

  it("bills them on one invoice", async () => {
    const { net, tax, gross } = draft;
    expect([net.amount, tax.amount, gross.amount]).toEqual(["311.70", "62.34", "374.04"]);
    expect(await story.bill("2027-03-01")).toEqual([
      {
        billsOn: "2027-03-01",
        net: "311.70",
        lines: [
          "CHARGE Transfer (2027-02-01 to 2027-02-28) 165.00",
          "CHARGE Card fees (2027-02-01 to 2027-02-28) 24.70",
          "CHARGE Marketplace fee (2027-02-01 to 2027-02-28) 19.00",
          "CHARGE Mails (2027-02-01 to 2027-02-28) 9.00",
          "CHARGE Active users (2027-02-01 to 2027-02-28) 12.00",
          "CHARGE Devices (2027-02-01 to 2027-02-28) 10.00",
          "CHARGE Peak load (2027-02-01 to 2027-02-28) 72.00",
        ],
      },
    ]);
  });

  it("rates it all again when events arrive late: what is first, last and distinct is judged anew", async () => {
    await story.clock("2027-03-05");
    // Before all others, so that this one is free now, and the 40.00 costs 1.16 + 0.25. Marketplace: 1 % of 60.00.
    await story.use({ alias: "acme", type: "payment" }, [["2027-02-09", { amount: "60.00" }]]);
    // Neither a new user nor the last value.
    await story.use({ alias: "acme", type: "login" }, [["2027-02-28", { user: "bob" }]]);
    await story.use({ alias: "acme", type: "devices" }, [["2027-02-17T11:00:00Z", { value: "100" }]]);
    // A correction of what was sent: 200 of the cold gigabytes were not.
    await story.use({ alias: "acme", type: "transfer" }, [
      ["2027-02-20", { gigabytes: "-200", region: "eu", storage: "cold" }],
    ]);
    await story.use({ alias: "acme", type: "load" }, [["2027-03-20", { value: "3" }]]);
    const [april] = await story.bill("2027-04-01");
    expect(april?.lines.filter((line) => line.startsWith("ADJUSTMENT"))).toEqual([
      "ADJUSTMENT Adjustment for 1–28 Feb 2027: Transfer (2027-02-01 to 2027-02-28) -10.00",
      "ADJUSTMENT Adjustment for 1–28 Feb 2027: Card fees (2027-02-01 to 2027-02-28) 1.41",
      "ADJUSTMENT Adjustment for 1–28 Feb 2027: Marketplace fee (2027-02-01 to 2027-02-28) 0.60",
    ]);
    // Nothing of March costs anything but its load: 3 × 10.00.
    expect(april?.net).toBe("22.01");
  });
});
