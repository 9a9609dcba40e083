import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { entriesInShort } from "../credit/credit-world";
import { codesOf, type LateWorld, lateWorld, messagesOf } from "../invoice/late-usage-world";
import { crediting, firstInvoice, inShort, totals } from "./credit-note-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** October: 1,000 calls for 100.00 and the platform fee of November for 100.00, as INV-2026-00001 and 00002. */
const billed = (settings: Parameters<typeof lateWorld>[2] = {}): Promise<LateWorld> =>
  lateWorld(api, "NEXT_INVOICE", settings);

const lineOf = ({ lines }: Answer, kind = "CHARGE"): Answer => lines.find((line: Answer) => line.kind === kind);

describe("the draft of a credit note", () => {
  it("takes back a part of a line, with its tax, and says why and how", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const line = lineOf(invoice);
    const note = await crediting(world).credit(invoice.id, [{ lineId: line.id, amount: "30.00" }]);
    expect(note).toMatchObject({
      documentKind: "CREDIT_NOTE",
      status: "DRAFT",
      number: null,
      creditEffect: "FINAL",
      creditCategory: "GOODWILL",
      creditReason: "Sorry for the outage",
      creditServiceTiming: "PAST_SERVICE",
      corrects: { number: "INV-2026-00001" },
    });
    expect(totals(note)).toBe("-30.00 + -6.00 = -36.00");
    expect(note.lines).toMatchObject([
      {
        description: "API calls",
        quantity: null,
        unitPrice: null,
        correctsLineId: line.id,
        explanationText: [
          "billed: net 100.00, tax 20.00",
          "tax to date: 20.00 × 30.00 ÷ 100.00 = 6.00",
          "credited in part: net 30.00, tax 6.00",
        ],
      },
    ]);
    const after = await crediting(world).invoice(invoice.id);
    expect(after.creditNotes).toMatchObject([{ id: note.id, status: "DRAFT" }]);
    expect([after.creditedTotal.gross.amount, after.remainingCreditable.gross.amount]).toEqual(["0.00", "84.00"]);
    expect(lineOf(after).credited).toMatchObject({ net: { amount: "0.00" } });
    expect(lineOf(after).remainingCreditable).toMatchObject({
      net: { amount: "70.00" },
      tax: { amount: "14.00" },
      gross: { amount: "84.00" },
      quantity: null,
    });
  });

  it.each([
    [{ amount: "30.00" }, "-30.00 + -6.00 = -36.00", null],
    [{ gross: "30.00" }, "-25.00 + -5.00 = -30.00", null],
    [{ quantity: "250" }, "-25.00 + -5.00 = -30.00", "-250"],
    [{ percent: "12.5" }, "-12.50 + -2.50 = -15.00", null],
    [{}, "-100.00 + -20.00 = -120.00", "-1000"],
  ])("of %o is %s", async (asked, expected, quantity) => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const note = await crediting(world).credit(invoice.id, [{ lineId: lineOf(invoice).id, ...asked }]);
    expect(totals(note)).toBe(expected);
    expect(note.lines[0].quantity === null ? null : String(Number(note.lines[0].quantity))).toBe(quantity);
  });

  it("is finalized like an invoice, in a series of its own, and settles what it credits", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const note = await crediting(world).credit(invoice.id, [{ lineId: lineOf(invoice).id, amount: "30.00" }]);
    expect(messagesOf(await world.finalize([note.id]))).toEqual(["Issued as CN-2026-00001, over INV-2026-00001."]);
    const after = await crediting(world).invoice(invoice.id);
    expect(after.creditNotes).toMatchObject([{ number: "CN-2026-00001", status: "FINALIZED" }]);
    expect(after.creditedTotal).toMatchObject({ net: { amount: "30.00" }, gross: { amount: "36.00" } });
    expect(after.paymentStatus).toBe("PARTIALLY_PAID");
  });

  it("can be changed and deleted until then, each once for a version", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const { id, version } = await crediting(world).credit(invoice.id, [
      { lineId: lineOf(invoice).id, quantity: "250" },
    ]);
    const change = (input: object) =>
      world.finance.command(
        "updateCreditNote",
        "creditNote { version creditEffect creditReason net { amount } lines { quantity } }",
        { id, version, ...input },
      );
    const changed = await change({ effect: "CORRECTION", reason: "The price was wrong", category: "PRICE_ERROR" });
    expect(changed.creditNote).toMatchObject({
      version: version + 1,
      creditEffect: "CORRECTION",
      creditReason: "The price was wrong",
      net: { amount: "-25.00" },
      lines: [{ quantity: expect.stringMatching(/^-250\b/) }],
    });
    expect(await change({ reason: "Another one" })).toMatchObject({ __typename: "StaleVersion", currentVersion: 2 });
    const more = await change({ version: version + 1, lines: null });
    expect(more.creditNote).toMatchObject({ net: { amount: "-100.00" } });
    await world.finance.done("deleteCreditNote", "invoice { creditNotes { id } }", { id, version: version + 2 });
    expect((await crediting(world).invoice(invoice.id)).creditNotes).toEqual([]);
    expect(await change({ version: version + 2, reason: "Gone" })).toMatchObject({ code: "CREDIT_NOTE_NOT_FOUND" });
  });

  it("does not change once it is issued", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const note = await crediting(world).credit(invoice.id);
    await world.finalize([note.id]);
    const { version } = await crediting(world).invoice(note.id);
    const input = { id: note.id, version };
    expect(await world.finance.command("deleteCreditNote", "invoice { id }", input)).toMatchObject({
      code: "CREDIT_NOTE_ISSUED",
    });
    expect(await world.finance.command("updateCreditNote", "creditNote { id }", input)).toMatchObject({
      code: "CREDIT_NOTE_ISSUED",
    });
  });

  it("stays as it is, whatever happens to the customer's other drafts", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const note = await crediting(world).credit(invoice.id, [{ lineId: lineOf(invoice).id, amount: "30.00" }]);
    await world.use("acme", "2026-10-20", 50);
    await world.grant(world.acme, "10.00");
    await world.draft();
    await world.recalculate([note.id]);
    expect(await crediting(world).invoice(note.id)).toMatchObject({ isStale: false, version: note.version });
    expect(codesOf(await world.finalize([note.id]))).toEqual(["FINALIZED"]);
  });

  it("is made once for an idempotency key, and leaves its trace", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const key = { idempotencyKey: "goodwill-1" };
    const lines = [{ lineId: lineOf(invoice).id, amount: "30.00" }];
    const first = await crediting(world).credit(invoice.id, lines, key);
    expect((await crediting(world).credit(invoice.id, lines, key)).id).toBe(first.id);
    const { auditEvents } = await world.finance.data(
      "query ($id: ID!) { auditEvents(subjectId: $id, first: 5) { nodes { action } } }",
      { id: first.id },
    );
    expect(auditEvents.nodes).toEqual([{ action: "credit_note.drafted" }]);
  });

  it("is not for those who only read", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const analyst = await world.org.as("analyst");
    const input = { invoiceId: invoice.id, effect: "FINAL", category: "OTHER", reason: "No", idempotencyKey: "no" };
    const { errors } = await analyst.ask(
      "mutation ($input: CreditInvoiceInput!) { creditInvoice(input: $input) { __typename } }",
      { input },
    );
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("a credit note is refused", () => {
  it("above what is left of a line, with what that is; drafts of others count", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const line = lineOf(invoice);
    await crediting(world).credit(invoice.id, [{ lineId: line.id, quantity: "400" }]);
    const refused = await crediting(world).tryToCredit(invoice.id, [{ lineId: line.id, amount: "60.01" }]);
    expect(refused).toMatchObject({
      __typename: "AboveCreditable",
      code: "CREDIT_ABOVE_LINE",
      message: 'Only 60.00 GBP and tax of 12.00 GBP of "API calls" can still be credited. Ask for that, or less.',
      path: ["lines", "0"],
      left: [{ lineId: line.id, left: { net: { amount: "60.00" }, gross: { amount: "72.00" }, quantity: "600" } }],
    });
    const rest = await crediting(world).credit(invoice.id);
    expect(totals(rest)).toBe("-60.00 + -12.00 = -72.00");
    expect(await crediting(world).tryToCredit(invoice.id)).toMatchObject({ code: "NOTHING_LEFT_TO_CREDIT" });
    expect(await crediting(world).tryToCredit(invoice.id, [{ lineId: line.id }])).toMatchObject({
      __typename: "AboveCreditable",
      code: "CREDIT_IN_FULL_ALREADY",
    });
  });

  it("over a draft, a credit note, or nothing that there is", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const { tryToCredit, credit } = crediting(world);
    const note = await credit(invoice.id, [{ lineId: lineOf(invoice).id, amount: "1.00" }]);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    const draft = await world.find("INVOICE", "DRAFT");
    expect(await tryToCredit(draft.id)).toMatchObject({ code: "INVOICE_NOT_ISSUED", path: ["invoiceId"] });
    expect(await tryToCredit(note.id)).toMatchObject({ code: "CREDIT_NOTE_NOT_CREDITABLE" });
    expect(await tryToCredit("nothing")).toMatchObject({ __typename: "NotFound", code: "INVOICE_NOT_FOUND" });
  });

  it("with everything that is wrong with its input", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const lineId = lineOf(invoice).id;
    const { tryToCredit } = crediting(world);
    const asked = [
      { lineId, amount: "1.00", percent: "10" },
      { lineId, percent: "101" },
    ];
    const refused = await tryToCredit(invoice.id, asked, { effect: "REISSUE", reason: " " });
    expect(refused.problems.map(({ code, path }: Answer) => `${path.join(".")} ${code}`)).toEqual([
      "reason TEXT_MISSING",
      "effect EFFECT_IS_REISSUE",
      "lines.0 ASKED_TWICE",
      "lines.1.lineId LINE_TWICE",
      "lines.1.percent PERCENT_OUT_OF_RANGE",
    ]);
    const codeOf = async (line: object) => (await tryToCredit(invoice.id, [line])).code;
    expect(await codeOf({ lineId: invoice.id })).toBe("LINE_NOT_FOUND");
    expect(await codeOf({ lineId, amount: "-1.00" })).toBe("CREDIT_SIGN_DIFFERS");
    expect(await codeOf({ lineId, amount: "0.001" })).toBe("CREDIT_TOO_PRECISE");
    expect(await codeOf({ lineId, quantity: "0.01" })).toBe("CREDIT_IS_NOTHING");
    expect(await codeOf({ lineId, quantity: "1000.1" })).toBe("CREDIT_ABOVE_LINE");
  });

  it("when it is issued after others took their part, and then once only", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const line = lineOf(invoice);
    const [first, second] = [
      await crediting(world).credit(invoice.id, [{ lineId: line.id, amount: "60.00" }]),
      await crediting(world).credit(invoice.id, [{ lineId: line.id, amount: "40.00" }]),
    ];
    // As if the second one had been written without looking at the first.
    await api.database.owner.query(
      "UPDATE invoice_line SET net_amount = -50, charge_amount = -50, tax_amount = -10 WHERE invoice_id = $1",
      [second.id],
    );
    await api.database.owner.query(
      "UPDATE invoice SET net_total = -50, tax_total = -10, gross_total = -60 WHERE id = $1",
      [second.id],
    );
    const outcome = await world.finalize([first.id, second.id]);
    expect(codesOf(outcome)).toEqual(["FINALIZED", "CREDIT_ABOVE_LINE"]);
    expect(messagesOf(outcome)[1]).toContain('40.00 of "API calls" on INV-2026-00001 can still be credited');
  });
});

describe("credits of one invoice at the same time", () => {
  it("never take more than there is", async () => {
    const world = await billed();
    const invoice = await firstInvoice(world);
    const line = lineOf(invoice);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => crediting(world).tryToCredit(invoice.id, [{ lineId: line.id, amount: "40.00" }])),
    );
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      "AboveCreditable",
      "AboveCreditable",
      "AboveCreditable",
      "CreateCreditNoteSuccess",
      "CreateCreditNoteSuccess",
    ]);
    expect(await crediting(world).invoice(invoice.id)).toMatchObject({
      remainingCreditable: { gross: { amount: "24.00" } },
    });
  });
});

describe("an invoice that is credited in parts", () => {
  it("ends at nothing, line by line, in total and in the base currency", async () => {
    const world = await billed({
      currency: "EUR",
      charges: async (own) => [await euroPrice(own)],
      prepare: ({ finance }) =>
        finance.done("setExchangeRates", "staleInvoices", {
          rates: [{ from: "EUR", to: "GBP", on: "2026-11-02", rate: "0.8713", source: "ECB" }],
        }),
    });
    const invoice = await firstInvoice(world);
    expect(totals(invoice)).toBe("99.90 + 19.98 = 119.88");
    const { credit } = crediting(world);
    const lineId = lineOf(invoice).id;
    const notes = [
      await credit(invoice.id, [{ lineId, amount: "33.33" }]),
      await credit(invoice.id, [{ lineId, gross: "40.00" }]),
      await credit(invoice.id),
    ];
    expect(notes.map(totals)).toEqual([
      "-33.33 + -6.67 = -40.00",
      "-33.34 + -6.66 = -40.00",
      "-33.23 + -6.65 = -39.88",
    ]);
    // Issued in another order than they were made in.
    for (const { id } of notes.toReversed()) await world.finalize([id]);
    const issued = await Promise.all(notes.map(({ id }) => crediting(world).invoice(id)));
    const after = await crediting(world).invoice(invoice.id);
    const inBase = (each: Answer) => [each.exchangeRate.net.amount, each.exchangeRate.tax.amount].map(Number);
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + Math.round(amount * 100), 0);
    expect(sum([...issued, after].map((each) => inBase(each)[0] as number))).toBe(0);
    expect(sum([...issued, after].map((each) => inBase(each)[1] as number))).toBe(0);
    expect(after.remainingCreditable).toMatchObject({ net: { amount: "0.00" }, tax: { amount: "0.00" } });
    expect(after.paymentStatus).toBe("PAID");
  });

  it("gives prepaid credits back in proportion, and in the end all of them", async () => {
    const world = await billed({ prepare: (own, acme) => own.grant(acme, "60.00") });
    const invoice = await firstInvoice(world);
    expect(inShort(invoice)).toEqual(["charge 100.00 + 20.00", "credit -60.00 + -12.00"]);
    const lineId = lineOf(invoice).id;
    const half = await crediting(world).credit(invoice.id, [{ lineId, percent: "50" }]);
    expect(inShort(half)).toEqual(["charge -50.00 + -10.00", "credit 30.00 + 6.00"]);
    expect((await world.grants(world.acme))[0].balance.amount).toBe("0.00");
    await world.finalize([half.id]);
    const rest = await crediting(world).credit(invoice.id);
    expect(inShort(rest)).toEqual(["charge -50.00 + -10.00", "credit 30.00 + 6.00"]);
    await world.finalize([rest.id]);
    const [grant] = await world.grants(world.acme);
    expect(entriesInShort(grant)).toEqual(["granted 60.00", "consumed -60.00", "returned 30.00", "returned 30.00"]);
    expect(await crediting(world).tryToCredit(invoice.id, [{ lineId: lineOf(invoice, "CREDIT").id }])).toMatchObject({
      code: "LINE_OF_CREDITS",
    });
  });

  it("gives back what is left of credits of which an adjustment gave some back before", async () => {
    const world = await billed({ prepare: (own, acme) => own.grant(acme, "60.00") });
    await world.use("acme", "2026-10-20", -500);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 2_000);
    await world.draft();
    await world.finalize();
    const invoice = await firstInvoice(world);
    const { grant } = { grant: (await world.grants(world.acme))[0] };
    const returned = entriesInShort(grant);
    const note = await crediting(world).credit(invoice.id);
    expect([returned, inShort(note)]).toEqual([
      ["granted 60.00", "consumed -60.00", "returned 30.00", "consumed -30.00"],
      ["charge -100.00 + -20.00", "credit 30.00 + 6.00"],
    ]);
    expect(codesOf(await world.finalize([note.id]))).toEqual(["FINALIZED"]);
  });
});

const euroPrice = async ({ finance, products }: Pick<LateWorld, "finance" | "products">): Promise<string> => {
  const { price } = await finance.done("createPrice", "price { id }", {
    productId: products.api,
    name: "API calls",
    currency: "EUR",
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-10-01",
    metricId: (await finance.data("{ usageMetrics { id } }")).usageMetrics[0].id,
    terms: { perUnit: { unitPrice: "0.0999" } },
  });
  return price.id;
};

describe("a preview", () => {
  it("says what a credit note would say, and saves nothing", async () => {
    const world = await billed({ prepare: (own, acme) => own.grant(acme, "60.00") });
    const invoice = await firstInvoice(world);
    const preview = async (lines: readonly object[]) =>
      (
        await world.finance.data(
          `query ($input: PreviewCreditNoteInput!) { previewCreditNote(input: $input) { __typename
             ... on PreviewCreditNoteSuccess { net { amount } tax { amount } gross { amount }
               lines { line { description } quantity net { amount } tax { amount } creditGrant { name } } }
             ... on UserError { code } } }`,
          { input: { invoiceId: invoice.id, lines } },
        )
      ).previewCreditNote;
    const lineId = lineOf(invoice).id;
    const previewed = await preview([{ lineId, quantity: "500" }]);
    expect(totals(previewed)).toBe("20.00 + 4.00 = 24.00");
    expect(previewed.lines).toMatchObject([
      { line: { description: "API calls" }, quantity: "500", net: { amount: "50.00" }, creditGrant: null },
      { quantity: null, net: { amount: "-30.00" }, tax: { amount: "-6.00" }, creditGrant: { name: "Prepayment" } },
    ]);
    expect(await preview([{ lineId, amount: "100.01" }])).toEqual({
      __typename: "AboveCreditable",
      code: "CREDIT_ABOVE_LINE",
    });
    expect((await crediting(world).invoice(invoice.id)).creditNotes).toEqual([]);
  });
});

describe("what was credited", () => {
  it("is read with the same number of statements for one invoice as for four", async () => {
    const world = await billed({ charges: ({ prices }) => [prices.api, prices.platform] });
    const issued = (await world.documents()).filter(({ status }) => status === "FINALIZED");
    expect(issued.length).toBeGreaterThan(1);
    for (const { id } of issued) {
      await crediting(world).credit(id, undefined, { reason: "First" });
    }
    const read = (ids: readonly string[]) => () =>
      world.finance.data(
        `{ ${ids
          .map(
            (id, index) => `i${index}: invoice(id: "${id}") { creditNotes { number } creditedTotal { gross { amount } }
               remainingCreditable { gross { amount } } lines { correctsLineId credited { net { amount } } remainingCreditable { quantity } } }`,
          )
          .join(" ")} }`,
      );
    const ids = issued.map(({ id }) => id);
    await read(ids)();
    expect(await countStatements(read(ids))).toBe(await countStatements(read(ids.slice(0, 1))));
  });
});
