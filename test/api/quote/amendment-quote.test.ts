import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { execute, sign } from "../execution/signed-quote";
import { type QuoteWorld, quoteWorld, simpleQuote } from "./quote-world";
import { type Running, withRunningContract } from "./running-contract";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const running = async (more: object = {}): Promise<Running> => withRunningContract(await quoteWorld(api), more);

const moreSeats = ({ prices }: QuoteWorld, quantity = "25") => ({
  changeQuantity: { lineageId: prices.seats.lineageId, quantity },
});

const terms = (changes: object[], more: object = {}) => ({
  effectiveOn: "2026-12-01",
  reason: "More people",
  changes,
  ...more,
});

const create = (world: Running, changes: object[], more: object = {}): Promise<Answer> =>
  world.sales.command("createAmendmentQuote", "quote { id number kind status version current { ordinal revision } }", {
    contractId: world.contractId,
    terms: terms(changes, more),
  });

const preview = async (world: Running, input: object): Promise<Answer> =>
  (
    await world.sales.data(
      `query ($input: PreviewAmendmentQuoteInput!) { previewAmendmentQuote(input: $input) {
         inWords differences { kind } warnings { code path } problems { code path message }
         figures { total { before { amount } after { amount } difference { amount } } remaining { before { amount } after { amount } difference { amount } }
           monthlyRecurring { before { amount } after { amount } difference { amount } } annualRecurring { difference { amount } } }
         before { invoices { billsOn } } after { invoices { billsOn net { amount } } } difference { amount } } }`,
      { input },
    )
  ).previewAmendmentQuote;

const amend = async ({ finance, contractId }: Running, ...changes: object[]): Promise<void> => {
  const { contract } = await finance.data("query ($id: ID!) { contract(id: $id) { version } }", { id: contractId });
  const amendment = { effectiveOn: "2026-12-01", unusedTime: "CREDIT", reason: "On the phone" };
  const input = { id: contractId, version: contract.version, ...amendment, changes };
  await finance.done("amendContract", "contract { id }", input);
};

const amounts = ({ before, after, difference }: Answer) => [before.amount, after.amount, difference.amount];

const contractOf = async ({ finance, contractId }: Running): Promise<Answer> =>
  (
    await finance.data(
      `query ($id: ID!) { contract(id: $id) { endsBefore version schedule { status revision phases { startsOn charges { description quantity } } }
         amendments { reason effectiveOn unusedTime quote { number } changes { kind } } documents { kind } differencesFromQuote { inWords } quote { number } } }`,
      { id: contractId },
    )
  ).contract;

const signed = async (world: Running, changes: object[], more: object = {}): Promise<Answer> => {
  const { quote } = await create(world, changes, more);
  return sign(api, world, quote.id);
};

describe("An amendment quote", () => {
  test("is a draft to the customer of its contract, with typed changes", async () => {
    const world = await running();
    const { prices, productId } = world;
    const { quote } = await create(world, [
      moreSeats(world),
      { addLine: { line: { priceId: prices.annual.id, discounts: [{ description: "Launch", percent: "10" }] } } },
      { changePrice: { lineageId: prices.fee.lineageId, customTerms: { terms: { flat: { fee: "450" } } } } },
      {
        addMinimum: {
          key: "floor",
          description: "Floor",
          amount: { amount: "700", currency: "GBP" },
          cadence: "MONTHLY",
          productId,
        },
      },
      { addDiscount: { description: "For it", percent: "2", scope: { commitment: { key: "floor" } } } },
    ]);
    expect(quote).toMatchObject({ number: "Q-00001", kind: "AMENDMENT", status: "DRAFT" });
    const { quote: stored } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { customer { legalName } contract { id } current { terms { __typename name currency
         ... on QuoteAmendmentTerms { effectiveOn unusedTime reason contractRevision changes { kind lineageId quantity endsBefore
           line { price { name } discounts { percent } } customTerms { model } bound { description amount { amount } } discount { description percent } } } } } } }`,
      { id: quote.id },
    );
    expect(stored).toMatchObject({
      customer: { legalName: "Acme Ltd" },
      contract: { id: world.contractId },
      current: {
        terms: {
          __typename: "QuoteAmendmentTerms",
          name: "Acme 2026",
          currency: "GBP",
          effectiveOn: "2026-12-01",
          unusedTime: "CREDIT",
          reason: "More people",
          contractRevision: 0,
          changes: [
            { kind: "CHANGE_QUANTITY", lineageId: prices.seats.lineageId, quantity: "25", line: null },
            { kind: "ADD_LINE", line: { price: { name: "Support plan" }, discounts: [{ percent: "10" }] } },
            { kind: "CHANGE_PRICE", customTerms: { model: "FLAT" } },
            { kind: "ADD_MINIMUM", bound: { description: "Floor", amount: { amount: "700.00" } } },
            { kind: "ADD_DISCOUNT", discount: { description: "For it", percent: "2" } },
          ],
        },
      },
    });
  });

  test("may have no changes yet", async () => {
    const world = await running();
    expect(await create(world, [])).toMatchObject({ quote: { status: "DRAFT" } });
  });

  test("is refused with every place where it cannot be made", async () => {
    const world = await running();
    const { prices } = world;
    const refused = await create(
      world,
      [
        { changeQuantity: { lineageId: prices.calls.lineageId, quantity: "5" } },
        { addLine: { line: { priceId: prices.dollars.id, discounts: [{ description: "Too much", percent: "101" }] } } },
        { replaceLine: { lineageId: prices.fee.lineageId, line: { priceId: world.productId } } },
        { extend: { endsBefore: "2026-12-31" } },
      ],
      { reason: " " },
    );
    expect(problemsOf(refused)).toEqual([
      "TEXT_MISSING at terms.reason",
      "CURRENCY_MISMATCH at terms.changes.1.addLine.line.priceId",
      "PERCENT_OUT_OF_RANGE at terms.changes.1.addLine.line.discounts.0.percent",
      "PRICE_NOT_FOUND at terms.changes.2.replaceLine.line.priceId",
      "LINEAGE_UNKNOWN at terms.changes.0.changeQuantity.lineageId",
      "EXTENSION_NOT_LATER at terms.changes.3.extend.endsBefore",
    ]);
    const unclear = await create(world, [{ ...moreSeats(world), extend: { endsBefore: "2028-01-01" } }]);
    expect(problemsOf(unclear)).toEqual(["NOT_EXACTLY_ONE_CHANGE at terms.changes.0"]);
    const money = {
      addMinimum: { amount: { amount: "1", currency: "USD" }, cadence: "MONTHLY", productId: world.productId },
    };
    expect(problemsOf(await create(world, [money]))).toEqual([
      "CURRENCY_MISMATCH at terms.changes.0.addMinimum.amount.currency",
    ]);
    const nowhere = await create({ ...world, contractId: world.customerId }, []);
    expect(nowhere).toMatchObject({ code: "CONTRACT_NOT_FOUND", path: ["contractId"] });
  });

  test("is edited as a whole, on the revision that it was read at", async () => {
    const world = await running();
    const { quote } = await create(world, [moreSeats(world)]);
    const edit = {
      quoteId: quote.id,
      versionOrdinal: 1,
      revision: 1,
      terms: terms([moreSeats(world, "30")]),
      note: "They hired",
    };
    const { quote: edited } = await world.sales.done(
      "updateAmendmentQuote",
      "quote { current { revision edits { path note } terms { ... on QuoteAmendmentTerms { changes { quantity } } } } }",
      edit,
    );
    expect(edited.current).toEqual({
      revision: 2,
      edits: [{ path: "changes", note: "They hired" }],
      terms: { changes: [{ quantity: "30" }] },
    });
    expect(await world.sales.command("updateAmendmentQuote", "quote { id }", edit)).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 2,
    });
  });

  test("needs a note of a length that people read", async () => {
    const world = await running();
    const { quote } = await create(world, [moreSeats(world)]);
    const edit = { quoteId: quote.id, versionOrdinal: 1, revision: 1, terms: terms([moreSeats(world, "30")]) };
    const long = { ...edit, note: "x".repeat(1_001) };
    expect(problemsOf(await world.sales.command("updateAmendmentQuote", "quote { id }", long))).toEqual([
      "TEXT_TOO_LONG at note",
    ]);
  });

  test("is neither cloned nor kept as a template, and says what to do instead", async () => {
    const world = await running();
    const { quote } = await create(world, [moreSeats(world)]);
    expect(await world.sales.command("cloneQuote", "quote { id }", { quoteId: quote.id })).toMatchObject({
      code: "QUOTE_NOT_A_SALE",
      path: ["quoteId"],
      message: "Q-00001 amends a running contract; this is for new contracts. Make another with createAmendmentQuote.",
    });
    const template = { quoteId: quote.id, name: "Upgrade" };
    expect(await world.sales.command("saveQuoteAsTemplate", "template { id }", template)).toMatchObject({
      code: "QUOTE_NOT_A_SALE",
      path: ["quoteId"],
    });
    const edits = {
      quoteId: quote.id,
      versionOrdinal: 1,
      edits: [{ path: "name", base: "Acme 2026", value: "Other" }],
    };
    expect(await world.sales.command("updateQuoteTerms", "quote { id }", edits)).toMatchObject({
      code: "QUOTE_NOT_A_SALE",
      message: "Q-00001 amends a running contract; this is for new contracts. Change it with updateAmendmentQuote.",
    });
  });

  test("is not edited once it was sent", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    const edit = { quoteId: quote.id, versionOrdinal: 1, revision: 1, terms: terms([moreSeats(world, "30")]) };
    expect(await world.sales.command("updateAmendmentQuote", "quote { id }", edit)).toMatchObject({
      code: "QUOTE_SENT",
    });
  });
});

describe("A new version of an amendment quote", () => {
  test("begins with the changes of the one before, and is signed and executed like it", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    await world.sales.done("startQuoteVersion", "quote { id }", { quoteId: quote.id, versionOrdinal: 1 });
    const edit = { quoteId: quote.id, versionOrdinal: 2, revision: 1, terms: terms([moreSeats(world, "30")]) };
    await world.sales.done("updateAmendmentQuote", "quote { id }", edit);
    const { compareQuoteVersions } = await world.sales.data(
      "query ($id: ID!) { compareQuoteVersions(quoteId: $id, from: 1, to: 2) { differences { sentence } } }",
      { id: quote.id },
    );
    expect(compareQuoteVersions.differences).toEqual([{ sentence: "Change quantity, Seat, Quantity: 25 → 30" }]);
    const executed = await execute(world, await sign(api, world, quote.id));
    expect(executed).toMatchObject({ __typename: "ExecuteQuoteSuccess" });
    expect((await contractOf(world)).schedule.phases[1].charges[1]).toEqual({ description: "Seat", quantity: "30" });
  });
});

describe("The preview of an amendment quote", () => {
  test("says in words and figures what would change", async () => {
    const world = await running();
    const { quote } = await create(world, [moreSeats(world)]);
    const shown = await preview(world, { quoteId: quote.id });
    expect(shown.problems).toEqual([]);
    expect(shown.inWords).toEqual(["Seat, from 1 Dec 2026 to 31 Dec 2026: quantity 25 instead of 10."]);
    // A month of 500 + 10 × 15 becomes one of 500 + 25 × 15; eleven of twelve months are over by then.
    expect(amounts(shown.figures.total)).toEqual(["7800.00", "8025.00", "225.00"]);
    expect(amounts(shown.figures.remaining)).toEqual(["650.00", "875.00", "225.00"]);
    expect(amounts(shown.figures.monthlyRecurring)).toEqual(["650.00", "875.00", "225.00"]);
    expect(shown.figures.annualRecurring.difference.amount).toBe("2700.00");
    expect(shown.difference.amount).toBe("225.00");
    expect(shown.after.invoices.at(-1)).toEqual({ billsOn: "2026-12-01", net: { amount: "875.00" } });
  });

  test("of time that was billed for a year counts what is left of it", async () => {
    const world = await quoteWorld(api);
    const { contract } = await world.finance.done("createContract", "contract { id version }", {
      customerId: world.customerId,
      name: "Acme support",
      startsOn: "2026-01-01",
      endsBefore: "2027-01-01",
      phases: [{ startsOn: "2026-01-01", charges: [{ priceId: world.prices.annual.id }] }],
    });
    const change = {
      changePrice: { lineageId: world.prices.annual.lineageId, customTerms: { terms: { flat: { fee: "2400" } } } },
    };
    const shown = await preview(
      { ...world, contractId: contract.id },
      { contractId: contract.id, terms: terms([change], { effectiveOn: "2026-07-01" }) },
    );
    // 1,200 × 184 ÷ 365 = 604.93 is left on 1 July, and comes to twice that.
    expect(amounts(shown.figures.remaining)).toEqual(["604.93", "1209.86", "604.93"]);
    expect(amounts(shown.figures.total)).toEqual(["1200.00", "1804.93", "604.93"]);
    expect(amounts(shown.figures.monthlyRecurring)).toEqual(["100.00", "200.00", "100.00"]);
  });

  test("of a renewal raises what recurs, from the day after the present term", async () => {
    const world = await running();
    const renewal = [{ renew: { months: 12, upliftPercent: "10" } }];
    const shown = await preview(world, {
      contractId: world.contractId,
      terms: terms(renewal, { effectiveOn: "2027-01-01", reason: "Another year" }),
    });
    expect(shown.problems).toEqual([]);
    expect(shown.inWords).toEqual([
      "The term ends on 31 Dec 2027 instead of 31 Dec 2026.",
      "Platform fee is billed from 1 Jan 2027 to 31 Dec 2027: 550.00 GBP monthly.",
      "Seat is billed from 1 Jan 2027 to 31 Dec 2027: 10 × 16.50 GBP monthly.",
    ]);
    // 12 × (550 + 10 × 16.50) = 8,580.
    expect(amounts(shown.figures.remaining)).toEqual(["0.00", "8580.00", "8580.00"]);
    expect(amounts(shown.figures.monthlyRecurring)).toEqual(["650.00", "715.00", "65.00"]);
  });

  test("warns of a percent that may be a slip, and refuses what cannot be", async () => {
    const world = await running();
    const input = { contractId: world.contractId };
    const slip = await preview(world, {
      ...input,
      terms: terms([{ addDiscount: { description: "Loyalty", percent: "0.1" } }]),
    });
    expect(slip.warnings).toEqual([{ code: "PERCENT_BELOW_ONE", path: ["changes", "0", "addDiscount", "percent"] }]);
    const places = async (changes: object[], more: object = {}) =>
      (await preview(world, { ...input, terms: terms(changes, more) })).problems.map(
        ({ code, path }: Answer) => `${code} at ${path.join(".")}`,
      );
    const renew = { renew: { months: 12 } };
    expect(await places([renew])).toEqual(["RENEWAL_NOT_AT_END at terms.effectiveOn"]);
    expect(await places([{ renew: { months: 0 } }], { effectiveOn: "2027-01-01" })).toEqual([
      "RENEWAL_MONTHS_OUT_OF_RANGE at terms.changes.0.renew.months",
    ]);
    expect(await places([{ extend: { endsBefore: "2028-01-01" } }, renew], { effectiveOn: "2027-01-01" })).toContain(
      "RENEWAL_NOT_FIRST at terms.changes.1.renew",
    );
    const both = await preview(world, { contractId: world.contractId, quoteId: world.contractId });
    expect(both.problems).toMatchObject([{ code: "QUOTE_OR_CONTRACT" }]);
  });
});

describe("Executing an amendment quote", () => {
  test("records the dated amendment that was signed, once", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)], { unusedTime: "CREDIT" });
    const [executed, again] = await Promise.all([execute(world, quote), execute(world, quote)]);
    expect(executed).toMatchObject({ __typename: "ExecuteQuoteSuccess", quote: { status: "EXECUTED" } });
    expect(again.amendment.id).toBe(executed.amendment.id);
    expect(await contractOf(world)).toMatchObject({
      quote: null,
      schedule: {
        status: "ACTIVE",
        revision: 1,
        phases: [
          { startsOn: "2026-01-01", charges: [{ quantity: "1" }, { description: "Seat", quantity: "10" }] },
          { startsOn: "2026-12-01", charges: [{ quantity: "1" }, { description: "Seat", quantity: "25" }] },
        ],
      },
      amendments: [
        {
          reason: "More people",
          effectiveOn: "2026-12-01",
          unusedTime: "CREDIT",
          quote: { number: quote.number },
          changes: [{ kind: "CHANGE_QUANTITY" }],
        },
      ],
      differencesFromQuote: [],
    });
  });

  test("bills from its day on what the preview said", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    const shown = await preview(world, { quoteId: quote.id, throughOn: "2026-12-01" });
    await execute(world, quote);
    await world.organization.admin.done("setTestClock", "organization { today }", { now: "2026-12-01T08:00:00Z" });
    await world.finance.done("draftInvoices", "operation { id }", {});
    await api.work();
    const { invoices } = await world.finance.data(
      '{ invoices(filter: { month: "2026-12" }) { nodes { net { amount } lines { net { amount } } } } }',
    );
    expect(invoices.nodes).toEqual([
      { net: { amount: "875.00" }, lines: [{ net: { amount: "500.00" } }, { net: { amount: "375.00" } }] },
    ]);
    expect(shown.after.invoices.at(-1).net.amount).toBe("875.00");
  });

  test("renews with an uplift and changes what holds in the new term", async () => {
    const world = await running();
    const quote = await signed(world, [{ renew: { months: 12, upliftPercent: "10" } }, moreSeats(world)], {
      effectiveOn: "2027-01-01",
    });
    expect(await execute(world, quote)).toMatchObject({ __typename: "ExecuteQuoteSuccess" });
    expect(await contractOf(world)).toMatchObject({
      endsBefore: "2028-01-01",
      schedule: { phases: [{}, { startsOn: "2027-01-01", charges: [{}, { description: "Seat", quantity: "25" }] }] },
      amendments: [
        {
          changes: [
            { kind: "EXTEND" },
            { kind: "CHANGE_PRICE" },
            { kind: "CHANGE_PRICE" },
            { kind: "CHANGE_QUANTITY" },
          ],
        },
      ],
      differencesFromQuote: [],
    });
  });

  test("makes a commitment over the term again for the new one", async () => {
    const world = await quoteWorld(api);
    const { contract } = await world.finance.done("createContract", "contract { id version }", {
      customerId: world.customerId,
      name: "Acme 2026",
      startsOn: "2026-01-01",
      endsBefore: "2027-01-01",
      phases: [{ startsOn: "2026-01-01", charges: [{ priceId: world.prices.fee.id }] }],
      minimums: [
        {
          description: "Floor",
          amount: { amount: "9000", currency: "GBP" },
          cadence: "TERM",
          productId: world.productId,
        },
      ],
    });
    const ready = { ...world, contractId: contract.id };
    const quote = await signed(ready, [{ renew: { months: 6 } }], { effectiveOn: "2027-01-01" });
    const executed = await execute(world, quote);
    expect(executed.contract.schedule.minimums.map(({ amount }: Answer) => amount.amount).sort()).toEqual([
      "4500.00",
      "9000.00",
    ]);
    expect(executed.contract.differencesFromQuote).toEqual([]);
  });

  test("extends the term, and so does what runs to its end", async () => {
    const world = await running();
    const quote = await signed(world, [{ extend: { endsBefore: "2027-07-01" } }]);
    await execute(world, quote);
    expect(await contractOf(world)).toMatchObject({
      endsBefore: "2027-07-01",
      amendments: [{ changes: [{ kind: "EXTEND" }] }],
    });
  });

  test("of a draft that a quote became keeps it activatable, for the customer signed that too", async () => {
    const world = await quoteWorld(api);
    const sale = await sign(api, world, (await simpleQuote(world)).id);
    const { contract } = await execute(world, sale);
    const ready = { ...world, contractId: contract.id };
    await execute(world, await signed(ready, [moreSeats(world)], { effectiveOn: "2027-01-01" }));
    expect(await contractOf(ready)).toMatchObject({ differencesFromQuote: [], quote: { number: sale.number } });
    const { version } = await contractOf(ready);
    expect(
      await world.finance.command("activateContract", "contract { id }", { id: contract.id, version }),
    ).toMatchObject({ __typename: "ActivateContractSuccess" });
  });

  test("takes no contract number", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    expect(problemsOf(await execute(world, quote, { number: "X", poNumber: "Y" }))).toEqual([
      "NOT_WITH_AMENDMENT at number",
      "NOT_WITH_AMENDMENT at poNumber",
    ]);
  });
});

describe("A contract that was amended after the changes were signed", () => {
  test("is amended all the same where they mean what they meant", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    await amend(world, { addCharge: { charge: { priceId: world.prices.annual.id } } });
    expect(await execute(world, quote)).toMatchObject({ __typename: "ExecuteQuoteSuccess" });
  });

  test("is not, where they would bill something else", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    await amend(world, moreSeats(world, "20"));
    expect(await execute(world, quote)).toMatchObject({
      __typename: "Conflict",
      code: "CONTRACT_CHANGED",
      path: ["quoteId"],
      message: expect.stringContaining("quantity 25 instead of 20"),
    });
  });

  test("at the same moment is amended by one of the two, and the other is told", async () => {
    for (let round = 0; round < 3; round += 1) {
      const world = await running();
      const quote = await signed(world, [moreSeats(world)]);
      const { version } = await contractOf(world);
      const amendment = { effectiveOn: "2026-12-01", unusedTime: "CREDIT", reason: "On the phone" };
      const [executed, amended] = await Promise.all([
        execute(world, quote),
        world.finance.command("amendContract", "contract { id }", {
          id: world.contractId,
          version,
          ...amendment,
          changes: [moreSeats(world, "20")],
        }),
      ]);
      const isExecuted = executed.__typename === "ExecuteQuoteSuccess";
      if (isExecuted) expect(amended).toMatchObject({ __typename: "StaleVersion" });
      else expect(executed).toMatchObject({ code: "CONTRACT_CHANGED" });
      expect((await contractOf(world)).amendments).toHaveLength(1);
    }
  });

  test("is not, where they would come to another total", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    await amend(world, { addDiscount: { description: "Goodwill", percent: "10" } });
    expect(await execute(world, quote)).toMatchObject({
      code: "CONTRACT_CHANGED",
      message: expect.stringContaining("They would change the total by 202.50 GBP now, not by 225.00 GBP."),
    });
  });

  test("is not, where they cannot be made any more", async () => {
    const world = await running();
    const quote = await signed(world, [moreSeats(world)]);
    await amend(world, { removeCharge: { lineageId: world.prices.seats.lineageId } });
    expect(await execute(world, quote)).toMatchObject({
      code: "CONTRACT_CHANGED",
      message: expect.stringContaining("They cannot be made any more"),
    });
    expect((await contractOf(world)).amendments).toHaveLength(1);
  });

  test("has a draft that says so in its preview, until it is saved again", async () => {
    const world = await running();
    const { quote } = await create(world, [moreSeats(world)]);
    await amend(world, moreSeats(world, "20"));
    expect((await preview(world, { quoteId: quote.id })).problems).toMatchObject([{ code: "CONTRACT_CHANGED" }]);
    const edit = { quoteId: quote.id, versionOrdinal: 1, revision: 1, terms: terms([moreSeats(world)]) };
    await world.sales.done("updateAmendmentQuote", "quote { id }", edit);
    expect((await preview(world, { quoteId: quote.id })).problems).toEqual([]);
  });
});
