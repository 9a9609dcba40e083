import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { calculateDrafts } from "../../../server/modules/invoice/calculate-drafts";
import { finalizeInvoices } from "../../../server/modules/invoice/finalize-invoices";
import { inTransaction } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type CreditWorld, creditWorld, entriesInShort, linesInShort } from "../credit/credit-world";
import { codesOf, inShort, type LateWorld, lateWorld, messagesOf } from "./late-usage-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const scope = { today: plainDate("2026-11-03"), now: new Date("2026-11-03T09:00:00Z") };

/** October is billed for 1,000 calls; 50 more come to light, and drafts are made of it. */
async function rebillWorld(settings: Parameters<typeof lateWorld>[2] = {}): Promise<LateWorld> {
  const world = await lateWorld(api, "CREDIT_AND_REBILL", settings);
  await world.use("acme", "2026-10-20", 50);
  await world.draft();
  return world;
}

const short = async (world: LateWorld): Promise<string[]> => (await world.documents()).map(inShort);
const deleteDraft = ({ id }: Answer) => api.database.owner.query("DELETE FROM invoice WHERE id = $1", [id]);

const BILLED = "INVOICE FINALIZED 100.00 + 20.00";
const AGAIN = ["INVOICE FINALIZED 100.00 + 20.00", "CREDIT_NOTE FINALIZED -100.00 + -20.00"];

describe("late usage of a contract that is credited and billed again", () => {
  it("makes a draft of the credit note over the whole invoice, and one of the invoice that replaces it", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.use("acme", "2026-10-20", 50);
    const drafted = await world.draft();
    expect(messagesOf(drafted)).toEqual(["2 drafts were written."]);
    const [original, note, reissue] = await world.documents();
    expect(original).toMatchObject({ number: "INV-2026-00001", creditedBy: { id: note.id } });
    expect(note).toMatchObject({
      documentKind: "CREDIT_NOTE",
      status: "DRAFT",
      billingMonth: "2026-10",
      billsOn: original.billsOn,
      blockers: [],
      corrects: { number: "INV-2026-00001" },
      reissues: null,
      gross: { amount: "-120.00" },
      lines: [
        {
          kind: "CHARGE",
          description: "API calls",
          quantity: expect.stringMatching(/^-1000\.0+$/),
          explanationText: expect.arrayContaining(["credited in full: net −100.00"]),
        },
      ],
    });
    expect(reissue).toMatchObject({
      documentKind: "INVOICE",
      status: "DRAFT",
      billingMonth: "2026-10",
      corrects: null,
      reissues: { number: "INV-2026-00001" },
      gross: { amount: "126.00" },
      lines: [{ description: "API calls", quantity: expect.stringMatching(/^1050\.0+$/) }],
    });
  });

  it("is calculated twice as once, and gone when the usage is taken back", async () => {
    const world = await rebillWorld();
    const before = await world.documents();
    expect(codesOf(await world.draft())).toEqual(["UNCHANGED"]);
    expect(codesOf(await world.recalculate())).toEqual(["UNCHANGED", "UNCHANGED"]);
    expect(await world.documents()).toEqual(before);
    await world.use("acme", "2026-10-21", -50);
    expect((await world.documents()).map(({ isStale }) => isStale)).toEqual([false, true, true]);
    await world.draft();
    expect(await short(world)).toEqual([BILLED]);
  });

  it("is finalized in one operation, the credit note first, whatever the order given", async () => {
    const world = await rebillWorld();
    const [, note, reissue] = await world.documents();
    const finalized = await world.finalize([reissue.id, note.id]);
    expect(codesOf(finalized)).toEqual(["FINALIZED", "FINALIZED"]);
    expect(messagesOf(finalized)).toEqual([
      "Issued as CN-2026-00001, over INV-2026-00001.",
      "Issued as INV-2026-00002.",
    ]);
    expect(await world.documents()).toMatchObject([
      { number: "INV-2026-00001", creditedBy: { number: "CN-2026-00001" } },
      { number: "CN-2026-00001", dueOn: null, corrects: { number: "INV-2026-00001" }, taxPointOn: "2026-11-03" },
      { number: "INV-2026-00002", dueOn: "2026-12-03", reissues: { number: "INV-2026-00001" } },
    ]);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
    expect(codesOf(await world.finalize([reissue.id, note.id]))).toEqual(["NOT_A_DRAFT", "NOT_A_DRAFT"]);
  });

  it("refuses to issue it again before it is credited", async () => {
    const world = await rebillWorld();
    const { id } = await world.find("INVOICE", "DRAFT");
    const refused = await world.finalize([id]);
    expect(codesOf(refused)).toEqual(["CREDIT_NOTE_FIRST"]);
    expect(messagesOf(refused)).toEqual(["It replaces INV-2026-00001: finalize the credit note over that first."]);
    await world.finalize([(await world.find("CREDIT_NOTE", "DRAFT")).id]);
    expect(codesOf(await world.finalize([id]))).toEqual(["FINALIZED"]);
  });

  it("still owes the new invoice when only the credit note was issued, even where its draft is gone", async () => {
    const world = await rebillWorld();
    await world.finalize([(await world.find("CREDIT_NOTE", "DRAFT")).id]);
    const owed = await world.find("INVOICE", "DRAFT");
    expect(codesOf(await world.draft())).toEqual(["UNCHANGED"]);
    await deleteDraft(owed);
    await world.draft();
    const again = await world.find("INVOICE", "DRAFT");
    expect(again.id).not.toBe(owed.id);
    expect([again.lines, again.reissues]).toEqual([owed.lines, owed.reissues]);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED"]);
    expect(await short(world)).toEqual([...AGAIN, "INVOICE FINALIZED 105.00 + 21.00"]);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("makes either draft again that is gone before anything was issued", async () => {
    const world = await rebillWorld();
    for (const kind of ["CREDIT_NOTE", "INVOICE"] as const) {
      await deleteDraft(await world.find(kind, "DRAFT"));
      await world.draft();
      expect((await short(world)).toSorted()).toEqual([
        "CREDIT_NOTE DRAFT -100.00 + -20.00",
        "INVOICE DRAFT 105.00 + 21.00",
        BILLED,
      ]);
    }
  });

  it("follows usage that comes, or goes, between credit note and new invoice", async () => {
    const world = await rebillWorld();
    await world.finalize([(await world.find("CREDIT_NOTE", "DRAFT")).id]);
    await world.use("acme", "2026-10-21", 50);
    const stale = await world.find("INVOICE", "DRAFT");
    expect(codesOf(await world.finalize([stale.id]))).toEqual(["STALE"]);
    await world.draft();
    expect(await short(world)).toEqual([...AGAIN, "INVOICE DRAFT 110.00 + 22.00"]);
    await world.use("acme", "2026-10-22", -100);
    await world.draft();
    // What is credited is owed anew, also where it is the same again.
    expect(await short(world)).toEqual([...AGAIN, "INVOICE DRAFT 100.00 + 20.00"]);
    await world.finalize();
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("is credited and billed again once more when more comes", async () => {
    const world = await rebillWorld();
    await world.finalize();
    await world.setClock("2026-11-05T09:00:00Z");
    await world.use("acme", "2026-10-21", 50);
    await world.draft();
    const finalized = await world.finalize();
    expect(messagesOf(finalized)).toEqual([
      "Issued as CN-2026-00002, over INV-2026-00002.",
      "Issued as INV-2026-00003.",
    ]);
    expect((await short(world)).toSorted()).toEqual([
      "CREDIT_NOTE FINALIZED -100.00 + -20.00",
      "CREDIT_NOTE FINALIZED -105.00 + -21.00",
      "INVOICE FINALIZED 100.00 + 20.00",
      "INVOICE FINALIZED 105.00 + 21.00",
      "INVOICE FINALIZED 110.00 + 22.00",
    ]);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("leaves the other lines of the invoice, and later invoices, as they are", async () => {
    const world = await rebillWorld({ charges: ({ prices }) => [prices.api, prices.platform] });
    const reissue = await world.find("INVOICE", "DRAFT");
    expect(linesInShort(reissue)).toEqual(["charge 105.00 + 21.00", "charge 100.00 + 20.00"]);
    await world.finalize();
    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 100);
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual([
      "charge 10.00 + 2.00",
      "charge 100.00 + 20.00",
    ]);
  });

  it("keeps its day and month when it is billed after later months", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.setClock("2026-12-02T09:00:00Z");
    await world.use("acme", "2026-11-15", 100);
    await world.draft();
    await world.finalize();
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    await world.finalize();
    const documents = await world.documents();
    expect(documents.map(({ number, billingMonth, issuedOn }) => [number, billingMonth, issuedOn])).toEqual([
      ["INV-2026-00001", "2026-10", "2026-11-03"],
      ["CN-2026-00001", "2026-10", "2026-12-02"],
      ["INV-2026-00003", "2026-10", "2026-12-02"],
      ["INV-2026-00002", "2026-11", "2026-12-02"],
    ]);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });
});

describe("what is credited and billed again", () => {
  it("is taxed at the rates of the original, whatever they are now", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.finance.done("setTaxRate", "taxRate { id }", {
      code: "STANDARD",
      name: "VAT 25 %",
      jurisdiction: "GB",
      percent: "25",
      category: "STANDARD",
      validFromOn: "2026-12-01",
    });
    await world.setClock("2026-12-02T09:00:00Z");
    await world.use("acme", "2026-10-20", 50);
    await world.use("acme", "2026-11-15", 100);
    await world.draft();
    expect((await short(world)).toSorted()).toEqual([
      "CREDIT_NOTE DRAFT -100.00 + -20.00",
      "INVOICE DRAFT 10.00 + 2.50",
      "INVOICE DRAFT 105.00 + 21.00",
      BILLED,
    ]);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED", "FINALIZED", "FINALIZED"]);
    expect((await world.documents()).map(({ taxPointOn }) => taxPointOn)).toEqual([
      "2026-11-03",
      "2026-11-03",
      "2026-11-03",
      "2026-12-02",
    ]);
  });

  it("gives prepaid credits back, and draws them again", async () => {
    const world = await rebillWorld({ prepare: (own, acme) => own.grant(acme, "60.00") });
    const [original, note, reissue] = await world.documents();
    expect(linesInShort(original)).toEqual(["charge 100.00 + 20.00", "credit -60.00 + -12.00"]);
    expect(linesInShort(note)).toEqual(["charge -100.00 + -20.00", "credit 60.00 + 12.00"]);
    expect(linesInShort(reissue)).toEqual(["charge 105.00 + 21.00", "credit -60.00 + -12.00"]);
    const projected = (await world.grants(world.acme))[0];
    expect([projected.balance.amount, projected.projectedBalance.amount]).toEqual(["0.00", "0.00"]);
    expect(codesOf(await world.draft())).toEqual(["UNCHANGED"]);
    expect(codesOf(await world.finalize([reissue.id, note.id]))).toEqual(["FINALIZED", "FINALIZED"]);
    const [grant] = await world.grants(world.acme);
    expect(entriesInShort(grant)).toEqual(["granted 60.00", "consumed -60.00", "returned 60.00", "consumed -60.00"]);
    expect(grant.balance.amount).toBe("0.00");
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("finds its credits where the credit note is issued by itself", async () => {
    const world = await rebillWorld({ prepare: (own, acme) => own.grant(acme, "60.00") });
    const [, note, reissue] = await world.documents();
    await world.finalize([note.id]);
    expect((await world.grants(world.acme))[0].balance.amount).toBe("60.00");
    expect(await world.find("INVOICE", "DRAFT")).toEqual({ ...reissue, isStale: false });
    expect(codesOf(await world.draft())).toEqual(["UNCHANGED"]);
    expect(codesOf(await world.finalize([reissue.id]))).toEqual(["FINALIZED"]);
    expect((await world.grants(world.acme))[0].balance.amount).toBe("0.00");
  });

  it("counts in the base currency at the rate of the original", async () => {
    const world = await rebillWorld({
      currency: "EUR",
      charges: async (own) => [await newApiPrice(own, { currency: "EUR", terms: perUnit("0.0999") })],
      prepare: ({ finance }) => setRate(finance, "2026-11-02", "0.8712"),
    });
    await setRate(world.finance, "2026-11-03", "0.9");
    await world.draft();
    await world.finalize();
    const rateOf = ({ exchangeRate: { rate, on, net, tax } }: Answer) => [rate, on, net.amount, tax.amount];
    expect((await world.documents()).map(rateOf)).toEqual([
      ["0.8712", "2026-11-02", "87.03", "17.41"],
      ["0.8712", "2026-11-02", "-87.03", "-17.41"],
      ["0.8712", "2026-11-02", "91.39", "18.28"],
    ]);
  });

  it("is not held back by a rate that is missing by now", async () => {
    const world = await rebillWorld();
    await world.setClock("2026-11-20T09:00:00Z");
    await world.draft();
    expect((await world.documents()).flatMap(({ blockers }) => blockers)).toEqual([]);
  });
});

describe("an invoice that is issued again", () => {
  const bound = ({ products }: CreditWorld, amount: string) => ({
    description: "Agreed",
    amount: { amount, currency: "GBP" },
    cadence: "MONTHLY",
    productId: products.api,
  });

  it("has the cap that the late usage brings", async () => {
    const world = await rebillWorld({
      terms: (own) => ({ maximums: [bound(own, "102.00")] }),
    });
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual(["charge 105.00 + 21.00", "cap -3.00 + -0.60"]);
    expect(await short(world)).toHaveLength(3);
    await world.finalize();
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("has a smaller true-up, or none, as the late usage has it", async () => {
    const world = await rebillWorld({ terms: (own) => ({ minimums: [bound(own, "103.00")] }) });
    const [original, , reissue] = await world.documents();
    expect(linesInShort(original)).toEqual(["charge 100.00 + 20.00", "true_up 3.00 + 0.60"]);
    expect(linesInShort(reissue)).toEqual(["charge 105.00 + 21.00"]);
    await world.finalize();
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("leaves out what other invoices have billed of it since", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await amendPrice(world, "0.15");
    await world.setClock("2026-12-02T09:00:00Z");
    await world.draft();
    await world.finalize();
    expect(linesInShort((await world.documents())[1])).toEqual(["charge 0.00 + 0.00", "adjustment 50.00 + 10.00"]);
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    const reissue = await world.find("INVOICE", "DRAFT");
    // 1,050 calls at 0.15, of which 100.00 come back by the credit note and 50.00 stay on the invoice of November.
    expect(linesInShort(reissue)).toEqual(["charge 157.50 + 31.50", "adjustment -50.00 + -10.00"]);
    expect(reissue.lines[1].explanationText.slice(-2)).toEqual([
      "should be 157.50, billed 207.50",
      "difference −50.00",
    ]);
    await world.finalize();
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);

    await world.use("acme", "2026-10-21", 10);
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual([
      "charge 159.00 + 31.80",
      "adjustment -50.00 + -10.00",
    ]);
    await world.finalize();
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("keeps prices that include tax, and their tax", async () => {
    const world = await rebillWorld({
      charges: async (own) => [await newApiPrice(own, { taxInclusive: true, terms: perUnit("0.12") })],
    });
    expect((await short(world)).toSorted()).toEqual([
      "CREDIT_NOTE DRAFT -100.00 + -20.00",
      "INVOICE DRAFT 105.00 + 21.00",
      BILLED,
    ]);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED", "FINALIZED"]);
  });
});

const perUnit = (unitPrice: string) => ({ perUnit: { unitPrice } });

async function newApiPrice({ finance, products }: Pick<LateWorld, "finance" | "products">, input: object) {
  const { price } = await finance.done("createPrice", "price { id }", {
    productId: products.api,
    name: "API calls",
    currency: "GBP",
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-10-01",
    metricId: (await finance.data("{ usageMetrics { id } }")).usageMetrics[0].id,
    ...input,
  });
  return price.id as string;
}

/** Back-dated to the beginning of the contract. */
async function amendPrice(world: LateWorld, unitPrice: string): Promise<void> {
  const { contract } = await world.finance.data(
    `query ($id: ID!) { contract(id: $id) { version schedule { phases { charges { lineageId } } } } }`,
    { id: world.contractId },
  );
  const { lineageId } = contract.schedule.phases[0].charges[0];
  const priceId = await newApiPrice(world, { lineageId, terms: perUnit(unitPrice) });
  await world.finance.done("amendContract", "contract { id }", {
    id: world.contractId,
    version: contract.version,
    effectiveOn: "2026-10-01",
    unusedTime: "CREDIT",
    reason: "Agreed late",
    changes: [{ changePrice: { lineageId, priceId } }],
  });
}

const setRate = (finance: LateWorld["finance"], on: string, rate: string) =>
  finance.done("setExchangeRates", "staleInvoices", { rates: [{ from: "EUR", to: "GBP", on, rate, source: "ECB" }] });

describe("two that finalize at once", () => {
  it("leave both series without gaps or twins", async () => {
    const world = await creditWorld(api);
    const customers: string[] = [];
    for (let index = 1; index <= 6; index += 1) {
      const customer = await world.newCustomer(`customer-${index}`);
      await world.newContract(customer, [world.prices.api], { lateUsage: "CREDIT_AND_REBILL" });
      customers.push(customer);
    }
    await world.draft();
    await world.finalize();
    for (const index of customers.keys()) await world.use(`customer-${index + 1}`, "2026-10-20", 50);
    await world.draft();
    const { invoices } = await world.finance.data(
      "{ invoices(first: 200, filter: { status: [DRAFT] }) { nodes { id customer { id } } } }",
    );
    const idsOf = (customer: string): string[] =>
      invoices.nodes.filter((draft: Answer) => draft.customer.id === customer).map(({ id }: Answer) => id);
    const outcomes = await Promise.all(
      customers.map((customer) =>
        world.within(async () => await inTransaction(() => finalizeInvoices(idsOf(customer).toReversed(), scope))),
      ),
    );
    expect(new Set(outcomes.flat().map(({ code }) => code))).toEqual(new Set(["FINALIZED"]));
    const { rows } = await api.database.owner.query(
      "SELECT number FROM invoice WHERE organization_id = $1 ORDER BY number",
      [world.org.id],
    );
    const series = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}-2026-${String(index + 1).padStart(5, "0")}`);
    expect(rows.map(({ number }) => number)).toEqual([...series("CN", 6), ...series("INV", 12)]);
  });

  it("of the same drafts issue them once", async () => {
    const world = await rebillWorld();
    const [, note, reissue] = await world.documents();
    const finalize = () =>
      world.within(async () => await inTransaction(() => finalizeInvoices([reissue.id, note.id], scope)));
    const outcomes = await Promise.all([finalize(), finalize(), finalize()]);
    expect(
      outcomes
        .flat()
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(["FINALIZED", "FINALIZED", "NOT_A_DRAFT", "NOT_A_DRAFT", "NOT_A_DRAFT", "NOT_A_DRAFT"]);
  });
});

describe("a calculation that credits and bills again", () => {
  it("costs the same number of statements for one contract as for four", async () => {
    const world = await creditWorld(api);
    const contracts: string[] = [];
    for (let index = 1; index <= 4; index += 1) {
      const customer = await world.newCustomer(`customer-${index}`);
      contracts.push(await world.newContract(customer, [world.prices.api], { lateUsage: "CREDIT_AND_REBILL" }));
      await world.use(`customer-${index}`, "2026-10-15", 1_000);
    }
    await world.draft();
    await world.finalize();
    for (const index of contracts.keys()) await world.use(`customer-${index + 1}`, "2026-10-20", 50);
    const statements = async (ids: readonly string[]) => {
      const calculate = () => world.within(async () => await calculateDrafts(ids, scope));
      await calculate();
      return countStatements(calculate);
    };
    expect(await statements(contracts)).toBe(await statements(contracts.slice(0, 1)));
  });
});
