import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DriverFacts } from "../../../server/domain/invoice/driver-facts";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { creditWorld } from "../credit/credit-world";
import { reading } from "../invoice-editing/editing-world";
import { billedWorld, pullGrid } from "./billed-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const API_CALLS = [{ name: "API calls" }];
const calls = (quantity: string, unitPrice = "0.5"): { readonly "API calls": DriverFacts } => ({
  "API calls": { price: ["per_unit", { unitPrice }], usage: { quantity } },
});

async function newWorld() {
  const organization = await api.organization();
  const client = organization.admin;
  return { client, ...billedWorld(organization), acme: (currency = "GBP") => acmeOf(organization, currency) };
}

/** A world with one customer and contract. */
async function acmeOf(organization: Parameters<typeof billedWorld>[0], currency: string) {
  const world = billedWorld(organization);
  const customerId = await world.customer("Acme Ltd", currency);
  return { ...world, customerId, of: await world.contract(customerId, API_CALLS, { currency }) };
}

const varianceOf = async (client: Client, input: object): Promise<Answer> => {
  const { invoiceVariance } = await client.data(
    `query ($input: InvoiceVarianceInput!) { invoiceVariance(input: $input) { previous { amount currency } current { amount } change { amount }
       drivers { driver amount { amount } } items { kind description baseline { amount } current { amount } drivers { driver amount { amount } } words } words flags } }`,
    { input },
  );
  return { ...invoiceVariance, drivers: amounts(invoiceVariance.drivers) };
};

const amounts = (drivers: readonly Answer[]) =>
  Object.fromEntries(drivers.map(({ driver, amount }: Answer) => [driver, amount.amount]));

/** Drivers by customer and document, as the grid's columns show them. */
async function gridOf(client: Client, columns: readonly string[], more: object = {}): Promise<Answer[]> {
  const { savedView } = await client.done("createSavedView", "savedView { id }", {
    name: `Columns ${crypto.randomUUID()}`,
    columns,
  });
  const { records } = await pullGrid(client, { viewId: savedView.id, ...more });
  return records.map(({ id: _, ...record }: Answer) => record);
}

describe("a line that was written without driver facts", () => {
  const explained = (quantity: string, unitPrice: string) => ({
    quantity: { source: { kind: "usage" }, measured: quantity, included: "0" },
    slices: [{ kind: "units", days: null, unitPrice, above: null, upTo: null, flatFee: "0", packageSize: null }],
    discounts: [],
  });

  test("is compared by its explanation", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    const before = { "API calls": { explanation: explained("1000", "0.5") } };
    await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", details: before });
    const id = await bill(of, "2026-10", { "API calls": "660.00" }, { facts: calls("1200", "0.55") });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      drivers: { VOLUME: "100.00", PRICE: "60.00" },
      words: "API calls 1,000 → 1,200: +100.00; unit price 0.50 → 0.55: +60.00.",
    });
  });
});

describe("invoices of several contracts, or of none", () => {
  test("are compared contract by contract where one is merged into another", async () => {
    const { client, acme } = await newWorld();
    const { bill, contract, customerId, of } = await acme();
    const other = await contract(customerId, [{ name: "Storage" }]);
    await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    await bill(other, "2026-09", { Storage: "40.00" }, { status: "sent" });
    const id = await bill(
      of,
      "2026-10",
      { "API calls": "600.00", Storage: "45.00" },
      { isMerged: true, facts: calls("1200"), details: { Storage: { contractId: other.id } } },
    );
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      previous: { amount: "540.00" },
      drivers: { VOLUME: "105.00" },
    });
    expect(await gridOf(client, ["previousNet", "volumeDriver"])).toEqual([
      { previousNet: "540.00", volumeDriver: "105.00" },
    ]);
  });

  test("are by hand where people wrote them, and no first bill of a customer that was billed before", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    await bill(of, "2026-07", { "API calls": "10.00" }, { status: "sent" });
    const known = await bill(of, "2026-10", { Workshop: "300.00" }, { isOneOff: true });
    expect(await varianceOf(client, { rowId: known })).toMatchObject({ drivers: { TIMING: "300.00" }, flags: [] });
    await bill(of, "2026-11", { Workshop: "80.00" }, { isOneOff: true, status: "sent" });
    const after = await bill(of, "2026-12", { Workshop: "100.00" }, { isOneOff: true });
    expect(await varianceOf(client, { rowId: after })).toMatchObject({
      drivers: { MANUAL: "20.00" },
      words: "Workshop set by hand: +20.00.",
    });
  });

  test("are a first bill where nothing was ever billed", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    const id = await bill(of, "2026-10", { Workshop: "300.00" }, { isOneOff: true });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      drivers: { NEW: "300.00" },
      flags: ["FIRST_BILL"],
      words: "First bill for this customer.",
    });
  });

  test("that bill a lineage which another bill is compared with are more of it, not timing", async () => {
    const { client, acme } = await newWorld();
    const { bill, contract, customerId, of } = await acme();
    await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    await bill(of, "2026-10", { "API calls": "500.00" }, { facts: calls("1000") });
    const second = await contract(customerId, API_CALLS);
    const id = await bill(second, "2026-10", { "API calls": "150.00" }, { facts: calls("300") });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      previous: { amount: "0.00" },
      drivers: { VOLUME: "150.00" },
      flags: ["SPIKE"],
    });
    expect(await gridOf(client, ["change", "volumeDriver", "timingDriver"])).toEqual([
      { change: "0.00", volumeDriver: "0.00", timingDriver: "0.00" },
      { change: "150.00", volumeDriver: "150.00", timingDriver: "0.00" },
    ]);
  });
});

describe("credit notes", () => {
  test("of a part lower the baseline, and are a row of their own in the month", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    const september = await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    const credits = { invoiceId: september, effect: "final" as const };
    await bill(of, "2026-09", { "API calls": "-80.00" }, { status: "finalized", credits });
    const id = await bill(of, "2026-10", { "API calls": "600.00" }, { status: "sent", facts: calls("1200") });
    const note = { invoiceId: id, effect: "final" as const };
    await bill(of, "2026-10", { "API calls": "-50.00" }, { status: "finalized", credits: note, billsOn: "2026-11-02" });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      previous: { amount: "420.00" },
      change: { amount: "180.00" },
      drivers: { VOLUME: "100.00", CREDIT: "80.00" },
    });
    expect(await gridOf(client, ["kind", "previousNet", "change", "volumeDriver", "creditDriver"])).toEqual([
      { kind: "INVOICE", previousNet: "420.00", change: "180.00", volumeDriver: "100.00", creditDriver: "80.00" },
      { kind: "CREDIT_NOTE", previousNet: "0.00", change: "-50.00", volumeDriver: "0.00", creditDriver: "-50.00" },
    ]);
  });

  test("in full take their invoice out of the baseline: what replaced it is compared with", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    const wrong = await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    const final = { invoiceId: wrong, effect: "final" as const };
    await bill(of, "2026-09", { "API calls": "-80.00" }, { status: "finalized", credits: final });
    const credits = { invoiceId: wrong, effect: "reissue" as const };
    await bill(of, "2026-09", { "API calls": "-420.00" }, { status: "finalized", credits });
    await bill(of, "2026-09", { "API calls": "600.00" }, { status: "sent", reissues: wrong, facts: calls("1200") });
    const id = await bill(of, "2026-10", { "API calls": "800.00" }, { facts: calls("1600") });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      previous: { amount: "600.00" },
      drivers: { VOLUME: "200.00" },
      words: "API calls 1,200 → 1,600: +200.00.",
    });
  });
});

describe("what people set", () => {
  test("is by hand what it is beside the engine's amount; manual lines are so as a whole", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    const id = await bill(
      of,
      "2026-10",
      { "API calls": "450.00", Minimum: "20.00", Goodwill: "-30.00" },
      {
        facts: calls("1200"),
        details: {
          "API calls": { engineAmount: "600.00" },
          Minimum: { kind: "true_up", engineAmount: "35.00" },
          Goodwill: { isManual: true },
        },
      },
    );
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      change: { amount: "-60.00" },
      drivers: { VOLUME: "100.00", MINIMUM: "35.00", MANUAL: "-195.00" },
      flags: [],
    });
  });

  test("is flagged until somebody confirms it, where the engine's amount has moved", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    await bill(of, "2026-09", { "API calls": "450.00" }, { status: "sent", facts: calls("900") });
    const details = { "API calls": { engineAmount: "500.00", engineAmountThen: "480.00" } };
    const id = await bill(of, "2026-10", { "API calls": "450.00" }, { facts: calls("1000"), details });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      drivers: { VOLUME: "50.00", MANUAL: "-50.00" },
      flags: ["UNCONFIRMED_OVERRIDE"],
      words: "The calculation moved beside an amount set by hand; confirm or change it.",
    });
    const [row] = await gridOf(client, ["flags"]);
    expect(row).toEqual({ flags: "UNCONFIRMED_OVERRIDE" });
  });
});

describe("bills as they are calculated, edited and credited", () => {
  /** API calls at 0.10: 1,200 in September, 1,000 in October. */
  async function calculated() {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const startsOn = "2026-09-01";
    await world.newContract(acme, [], { startsOn, phases: [{ startsOn, charges: [{ priceId: world.prices.api }] }] });
    await world.use("acme", "2026-09-15", 1_200);
    await world.use("acme", "2026-10-15", 1_000);
    await world.draft();
    const [september, october] = await reading(api, world.finance, acme).documents();
    return { world, september, october };
  }

  test("say what people set, and whether the calculation has moved beside it", async () => {
    const { world, october } = await calculated();
    await world.finance.done("setLineOverride", "override { id }", {
      lineId: october.lines[0].id,
      version: october.version,
      amount: "80.00",
      reason: "Outage in October",
    });
    expect(await varianceOf(world.finance, { rowId: october.id })).toMatchObject({
      previous: { amount: "120.00" },
      drivers: { VOLUME: "-20.00", MANUAL: "-20.00" },
      words: "API calls 1,200 → 1,000: −20.00; API calls set by hand: −20.00.",
    });
    await world.use("acme", "2026-10-16", 500);
    await world.recalculate();
    const moved = await varianceOf(world.finance, { rowId: october.id });
    expect(moved.drivers).toEqual({ VOLUME: "30.00", MANUAL: "-70.00" });
    expect(moved.flags).toContain("UNCONFIRMED_OVERRIDE");
  });

  test("are compared with what credit notes left of the month before", async () => {
    const { world, september, october } = await calculated();
    await world.finalize([september.id]);
    const { creditNote } = await world.finance.done("createCreditNote", "creditNote { id }", {
      invoiceId: september.id,
      effect: "FINAL",
      category: "GOODWILL",
      reason: "Sorry for the outage",
      lines: [{ lineId: (await readLines(world.finance, september.id))[0].id, amount: "30.00" }],
    });
    await world.finalize([creditNote.id]);
    expect(await varianceOf(world.finance, { rowId: october.id })).toMatchObject({
      previous: { amount: "90.00" },
      change: { amount: "10.00" },
      drivers: { VOLUME: "-20.00", CREDIT: "30.00" },
    });
  });

  const readLines = async (client: Client, id: string): Promise<Answer[]> =>
    (await client.data("query ($id: ID!) { invoice(id: $id) { lines { id } } }", { id })).invoice.lines;
});

describe("amounts with tax, and in the base currency", () => {
  const DRIVERS = "new timing volume mix price proration discount minimum credit manual tax".split(" ");
  const columnOf = (driver: string) => `${driver}Driver`;

  /** The worked example of the design: API calls, seats, a minimum, an annual fee, what is new, and what people did. */
  async function workedExample(world: Awaited<ReturnType<typeof newWorld>>): Promise<string> {
    const { bill, of } = await world.acme("EUR");
    const api = (quantity: string, unitPrice: string, off: string): DriverFacts => ({
      price: [
        "graduated",
        {
          tiers: [
            { upTo: "1000000", unitPrice, flatFee: "0" },
            { upTo: null, unitPrice: "0.0006", flatFee: "0" },
          ],
        },
      ],
      usage: { quantity },
      discounts: [["p", off, "off"]],
    });
    const seats = (quantity: string, days: number): DriverFacts => ({
      price: ["per_unit", { unitPrice: "15" }],
      parts: [[days, 30, quantity]],
    });
    const least = { Minimum: { kind: "true_up" as const } };
    await bill(
      of,
      "2026-09",
      { "API calls": "810.00", Minimum: "390.00", Seats: "150.00", "One-off support": "1200.00" },
      {
        status: "sent",
        taxPercent: 20,
        facts: { "API calls": api("900000", "0.0010", "10"), Seats: seats("20", 15) },
        details: { "API calls": { discount: "90.00" }, ...least },
      },
    );
    return bill(
      of,
      "2026-10",
      { "API calls": "1190.00", Minimum: "10.00", Seats: "360.00", "Audit module": "80.00", Goodwill: "-150.00" },
      {
        taxPercent: 20,
        facts: { "API calls": api("1500000", "0.0011", "15"), Seats: seats("24", 30) },
        details: { "API calls": { discount: "210.00" }, Goodwill: { isManual: true }, ...least },
      },
    );
  }

  const RATES = [
    { currency: "EUR", month: "2026-09", rate: "0.85", source: "Bank" },
    { currency: "EUR", month: "2026-10", rate: "0.87", source: "Bank" },
  ];

  test("add up to the worked example's −1,272.00, and to −1,081.20 and FX of 35.76 in pounds", async () => {
    const world = await newWorld();
    const id = await workedExample(world);
    const gross = await varianceOf(world.client, { rowId: id, isGross: true });
    expect(gross).toMatchObject({
      previous: { amount: "3060.00" },
      current: { amount: "1788.00" },
      change: { amount: "-1272.00" },
      drivers: {
        TIMING: "-1200.00",
        VOLUME: "600.00",
        MINIMUM: "-380.00",
        TAX: "-212.00",
        MIX: "-180.00",
        PRORATION: "150.00",
        MANUAL: "-150.00",
        PRICE: "90.00",
        NEW: "80.00",
        DISCOUNT: "-70.00",
      },
    });
    await world.client.done("setReportingRates", "set", { rates: RATES });
    const { drivers, ...inPounds } = await varianceOf(world.client, { rowId: id, isGross: true, isInBase: true });
    expect(inPounds).toMatchObject({
      previous: { amount: "2601.00", currency: "GBP" },
      current: { amount: "1555.56" },
      change: { amount: "-1045.44" },
    });
    const { FX, ...others } = drivers;
    const sum = Object.values(others).reduce((total: number, amount) => total + Math.round(Number(amount) * 100), 0);
    expect([FX, sum]).toEqual(["35.76", -108_120]);

    const inGrid = { isGross: true, isInBase: true };
    const [row] = await gridOf(world.client, ["change", ...DRIVERS.map(columnOf), "fx"], inGrid);
    expect(row).toMatchObject({ change: "-1045.44", fx: "35.76", taxDriver: "-180.20", volumeDriver: "510.00" });
  });

  test("are net in the currency of the bill otherwise, and stay so where a rate is missing", async () => {
    const world = await newWorld();
    const id = await workedExample(world);
    const net = await varianceOf(world.client, { rowId: id });
    expect([net.change.amount, net.drivers.TAX, net.drivers.FX]).toEqual(["-1060.00", undefined, undefined]);
    expect(await varianceOf(world.client, { rowId: id, isInBase: true })).toMatchObject({
      previous: { amount: "2550.00", currency: "EUR" },
      change: { amount: "-1060.00" },
      flags: expect.arrayContaining(["EXCHANGE_RATE_MISSING"]),
    });
  });

  test("against the mean take each month at its own rate", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme("EUR");
    const months = { "2026-07": "0.80", "2026-08": "0.90", "2026-09": "1.00", "2026-10": "1.00" };
    const rates = Object.entries(months).map(([month, rate]) => ({ currency: "EUR", month, rate, source: "Bank" }));
    await client.done("setReportingRates", "set", { rates });
    for (const [month, quantity] of [
      ["2026-07", "100"],
      ["2026-08", "90"],
      ["2026-09", "110"],
    ] as const)
      await bill(of, month, { "API calls": `${quantity}.00` }, { status: "sent", facts: calls(quantity, "1") });
    const id = await bill(of, "2026-10", { "API calls": "120.00" }, { facts: calls("120", "1") });
    // (80 + 81 + 110) ÷ 3 = 90.33; 120 is worth 108 at the rates of before.
    expect(await varianceOf(client, { rowId: id, comparison: "MEAN_OF_THREE_MONTHS", isInBase: true })).toMatchObject({
      previous: { amount: "90.33", currency: "GBP" },
      current: { amount: "120.00" },
      drivers: { VOLUME: "17.67", FX: "12.00" },
    });
  });
});

describe("a baseline", () => {
  test("that is not the month before is named in the sentence", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    await bill(of, "2025-10", { "API calls": "500.00", "One-off setup": "90.00" }, { status: "sent" });
    const id = await bill(of, "2026-10", { "API calls": "500.00" });
    const asked = { rowId: id, comparison: "SAME_MONTH_LAST_YEAR" };
    expect(await varianceOf(client, asked)).toMatchObject({ words: "One-off setup was billed in Oct 2025: −90.00." });
    expect((await varianceOf(client, asked)).items).toContainEqual(
      expect.objectContaining({ words: "One-off setup was billed in Oct 2025: −90.00." }),
    );
  });

  test("is named for a bill that is missing", async () => {
    const { client, acme } = await newWorld();
    const { bill, of, customerId } = await acme();
    await bill(of, "2025-10", { "API calls": "70.00" }, { status: "sent" });
    const missing = { rowId: `missing:${customerId}:GBP`, month: "2026-10" };
    const lastYear = await varianceOf(client, { ...missing, comparison: "SAME_MONTH_LAST_YEAR" });
    expect(lastYear.words).toBe("API calls was not billed this month; in Oct 2025 it was 70.00.");
    await bill(of, "2026-09", { "API calls": "70.00" }, { status: "sent" });
    const mean = await varianceOf(client, { ...missing, comparison: "MEAN_OF_THREE_MONTHS" });
    expect(mean.words).toBe("No bill this month, although there was one in the three months before.");
  });

  test("of three months averages amounts and drivers, also in the grid", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    await bill(of, "2026-07", { "API calls": "90.00" }, { status: "sent", facts: calls("90", "1") });
    await bill(of, "2026-08", { "API calls": "110.00" }, { status: "sent", facts: calls("100", "1.1") });
    await bill(of, "2026-09", { "API calls": "100.00" }, { status: "sent", facts: calls("100", "1") });
    await bill(of, "2026-10", { "API calls": "132.00" }, { facts: calls("120", "1.1") });
    // Volume +30, +22, +20 and price +12, 0, +12 on average; the words tell drivers, as no one month is meant.
    expect(
      await gridOf(client, ["previousNet", "volumeDriver", "priceDriver", "reason"], {
        comparison: "MEAN_OF_THREE_MONTHS",
      }),
    ).toEqual([
      { previousNet: "100.00", volumeDriver: "24.00", priceDriver: "8.00", reason: "Volume: +24.00; price: +8.00." },
    ]);
  });
});

describe("the thresholds and the population of a view", () => {
  test("hold for the variance of a row of it too", async () => {
    const { client, acme } = await newWorld();
    const { bill, contract, customerId, of } = await acme();
    await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    const id = await bill(of, "2026-10", { "API calls": "530.00" }, { facts: calls("1060") });
    const storage = await contract(customerId, [{ name: "Storage" }]);
    await bill(storage, "2026-09", { Storage: "40.00" }, { status: "sent" });
    const { savedView } = await client.done("createSavedView", "savedView { id }", {
      name: "Strict",
      filter: { contractIds: [of.id] },
      thresholdAmount: "10",
      thresholdPercent: "5",
    });
    expect(await varianceOf(client, { rowId: id })).toMatchObject({
      previous: { amount: "540.00" },
      flags: ["MISSING_CHARGE"],
    });
    expect(await varianceOf(client, { rowId: id, viewId: savedView.id })).toMatchObject({
      previous: { amount: "500.00" },
      flags: ["SPIKE"],
    });
    const { records } = await pullGrid(client, { viewId: savedView.id });
    expect(records).toMatchObject([{ previousNet: "500.00", flags: "SPIKE" }]);
  });

  test("are asked of a view that there is", async () => {
    const { client, acme } = await newWorld();
    const { bill, of } = await acme();
    const id = await bill(of, "2026-10", { "API calls": "1.00" });
    const { errors } = await client.ask(
      "query ($input: InvoiceVarianceInput!) { invoiceVariance(input: $input) { words } }",
      { input: { rowId: id, viewId: "0192f000-0000-7000-8000-000000000000" } },
    );
    expect(errors?.[0].extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("the number of statements", () => {
  /** So many customers that moved by price, so that history and contracts are read. */
  async function worldOf(count: number) {
    const { client, customer, contract, bill } = await newWorld();
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const of = await contract(await customer(`Customer ${index}`), API_CALLS);
      await bill(of, "2026-09", { "API calls": "500.00", Storage: "1.00" }, { status: "sent", facts: calls("1000") });
      ids.push(await bill(of, "2026-10", { "API calls": "700.00", Backup: "2.00" }, { facts: calls("1000", "0.7") }));
    }
    return { client, ids };
  }

  test.each([
    [
      "invoiceVariance",
      ({ client, ids }: Awaited<ReturnType<typeof worldOf>>) => varianceOf(client, { rowId: ids[0] }),
    ],
    [
      "varianceSummary",
      ({ client }: Awaited<ReturnType<typeof worldOf>>) =>
        client.data(
          `{ varianceSummary(input: { month: "2026-10" }) { flagged unsigned totals { drivers { driver } } inBase { change { amount } } } }`,
        ),
    ],
    [
      "signOffVariances",
      ({ client, ids }: Awaited<ReturnType<typeof worldOf>>) =>
        client.done("signOffVariances", "signed", { selection: { month: "2026-10", rowIds: ids }, note: "Agreed." }),
    ],
  ])("of %s does not grow with invoices", async (_, ask) => {
    const [few, many] = [await worldOf(2), await worldOf(6)];
    // Who asks is looked up once.
    for (const { client } of [few, many]) await client.data("{ organization { id } }");
    const [forFew, forMany] = [await countStatements(() => ask(few)), await countStatements(() => ask(many))];
    expect(forMany).toBe(forFew);
  });
});
