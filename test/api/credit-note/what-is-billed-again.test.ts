import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { entriesInShort, linesInShort } from "../credit/credit-world";
import { codesOf, type LateWorld, lateWorld, messagesOf } from "../invoice/late-usage-world";
import { crediting, firstInvoice, totals } from "./credit-note-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const CORRECTION = { effect: "CORRECTION", category: "PRICE_ERROR", reason: "0.08 was agreed" };
const chargeOf = ({ lines }: Answer): Answer => lines.find(({ kind }: Answer) => kind === "CHARGE");

/** Everything that was issued and drafted for the customer, below zero what was given back. */
const sumOf = async (world: LateWorld): Promise<string> =>
  (await world.documents()).reduce((sum, { net }) => sum + Number(net.amount), 0).toFixed(2);

async function amendPrice(world: LateWorld, unitPrice: string): Promise<void> {
  const { contract } = await world.finance.data(
    "query ($id: ID!) { contract(id: $id) { version schedule { phases { charges { lineageId } } } } }",
    { id: world.contractId },
  );
  const { lineageId } = contract.schedule.phases[0].charges[0];
  const { price } = await world.finance.done("createPrice", "price { id }", {
    productId: world.products.api,
    name: "API calls",
    lineageId,
    currency: "GBP",
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-10-01",
    metricId: (await world.finance.data("{ usageMetrics { id } }")).usageMetrics[0].id,
    terms: { perUnit: { unitPrice } },
  });
  await world.finance.done("amendContract", "contract { id }", {
    id: world.contractId,
    version: contract.version,
    effectiveOn: "2026-10-01",
    unusedTime: "CREDIT",
    reason: "The price was typed wrong",
    changes: [{ changePrice: { lineageId, priceId: price.id } }],
  });
}

/** Credits, and issues the credit note. */
async function credited(world: LateWorld, lines: readonly object[] | undefined, more: object): Promise<Answer> {
  const { id } = await firstInvoice(world);
  const note = await crediting(world).credit(id, lines, more);
  expect(codesOf(await world.finalize([note.id]))).toEqual(["FINALIZED"]);
  return note;
}

describe("a correction", () => {
  it("of a wrong price is billed again at the right one, once the contract says so", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await credited(world, undefined, CORRECTION);
    await amendPrice(world, "0.08");
    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 10);
    await world.draft();
    const next = await world.find("INVOICE", "DRAFT");
    expect(linesInShort(next)).toEqual(["charge 0.80 + 0.16", "adjustment 80.00 + 16.00"]);
    await world.finalize();
    expect(await sumOf(world)).toBe("80.80");
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("of a part leaves the difference that is still owed, whichever comes first", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await amendPrice(world, "0.08");
    const { lineId } = { lineId: chargeOf(await firstInvoice(world)).id };
    await credited(world, [{ lineId, amount: "20.00" }], CORRECTION);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual(["charge 0.00 + 0.00"]);
    await world.finalize();
    expect(await sumOf(world)).toBe("80.00");
  });

  it("brings an adjustment that was drafted before out of date", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await amendPrice(world, "0.08");
    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 1_000);
    await world.draft();
    const draft = await world.find("INVOICE", "DRAFT");
    expect(linesInShort(draft)).toEqual(["charge 80.00 + 16.00", "adjustment -20.00 + -4.00"]);
    const lineId = chargeOf(await firstInvoice(world)).id;
    await credited(world, [{ lineId, amount: "20.00" }], CORRECTION);
    expect(await crediting(world).invoice(draft.id)).toMatchObject({ isStale: true, staleReasons: ["CREDIT_NOTE"] });
    expect(codesOf(await world.finalize([draft.id]))).toEqual(["STALE"]);
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual(["charge 80.00 + 16.00"]);
    await world.finalize();
    expect(await sumOf(world)).toBe("160.00");
  });

  it.each(["CREDIT_AND_REBILL", "IGNORE_WITH_REPORT"] as const)(
    "is billed again where late usage is met with %s, too",
    async (lateUsage) => {
      const world = await lateWorld(api, lateUsage);
      await credited(world, undefined, CORRECTION);
      await world.setClock("2026-12-01T09:00:00Z");
      await world.draft();
      await world.finalize();
      expect(await sumOf(world)).toBe("100.00");
      expect((await world.documents()).filter(({ reissues }) => reissues)).toEqual([]);
    },
  );

  it("of an adjustment for late usage is billed again as late usage is", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await world.use("acme", "2026-10-20", 50);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    await world.finalize();
    const [, second] = (await world.documents()).filter(({ status }) => status === "FINALIZED");
    const own = await crediting(world).invoice(second.id);
    const adjustment = own.lines.find(({ kind }: Answer) => kind === "ADJUSTMENT");
    expect(linesInShort(own)).toEqual(["charge 0.00 + 0.00", "adjustment 5.00 + 1.00"]);
    const note = await crediting(world).credit(own.id, [{ lineId: adjustment.id }], CORRECTION);
    await world.finalize([note.id]);
    await world.setClock("2027-01-01T09:00:00Z");
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual([
      "charge 0.00 + 0.00",
      "adjustment 5.00 + 1.00",
    ]);
    await world.finalize();
    expect(await sumOf(world)).toBe("105.00");
  });
});

describe("what is given back for good", () => {
  it("is never billed again", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    const lineId = chargeOf(await firstInvoice(world)).id;
    await credited(world, [{ lineId, amount: "50.00" }], {});
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 100);
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual(["charge 10.00 + 2.00"]);
    await world.finalize();
    expect(await sumOf(world)).toBe("60.00");
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("stays given where late usage would have the whole invoice billed again: an adjustment comes instead", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    const lineId = chargeOf(await firstInvoice(world)).id;
    await credited(world, [{ lineId, amount: "50.00" }], {});
    await world.use("acme", "2026-10-20", 50);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    expect(linesInShort(await world.find("INVOICE", "DRAFT"))).toEqual([
      "charge 0.00 + 0.00",
      "adjustment 5.00 + 1.00",
    ]);
    await world.finalize();
    expect(await sumOf(world)).toBe("55.00");
  });

  it("goes before a draft of late usage that would take the whole invoice back", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    const whole = await world.find("CREDIT_NOTE", "DRAFT");
    const lineId = chargeOf(await firstInvoice(world)).id;
    await credited(world, [{ lineId, amount: "50.00" }], {});
    expect(codesOf(await world.finalize([whole.id]))).toEqual(["STALE"]);
    await world.draft();
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    await world.finalize();
    expect(await sumOf(world)).toBe("55.00");
  });
});

describe("an invoice that people credit and have billed again", () => {
  const reissue = async (world: LateWorld, more: object = {}): Promise<Answer> => {
    const { id } = await firstInvoice(world);
    return world.finance.command(
      "creditAndReissueInvoice",
      "creditNote { id version creditEffect creditReason net { amount } } reissue { id version status net { amount } reissues { number } }",
      { invoiceId: id, category: "PRICE_ERROR", reason: "Wrong address", ...more },
    );
  };

  it("gets both drafts at once, and is issued again as it is owed by now", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await amendPrice(world, "0.08");
    const made = await reissue(world);
    expect(made).toMatchObject({
      creditNote: { creditEffect: "REISSUE", creditReason: "Wrong address", net: { amount: "-100.00" } },
      reissue: { status: "DRAFT", net: { amount: "80.00" }, reissues: { number: "INV-2026-00001" } },
    });
    expect(codesOf(await world.draft())).toEqual(["UNCHANGED"]);
    expect(messagesOf(await world.finalize([made.creditNote.id, made.reissue.id]))).toEqual([
      "Issued as CN-2026-00001, over INV-2026-00001.",
      "Issued as INV-2026-00002.",
    ]);
    expect(await sumOf(world)).toBe("80.00");
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("keeps it as it was where the draft of the credit note is deleted", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    const { creditNote } = await reissue(world);
    const { version } = await crediting(world).invoice(creditNote.id);
    await world.finance.done("deleteCreditNote", "invoice { id }", { id: creditNote.id, version });
    expect((await world.documents()).map(({ status }) => status)).toEqual(["FINALIZED"]);
  });

  it("takes over the credit note that late usage has brought, with the reason", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    const drafted = await world.find("CREDIT_NOTE", "DRAFT");
    const made = await reissue(world);
    expect(made).toMatchObject({ creditNote: { id: drafted.id }, reissue: { net: { amount: "105.00" } } });
    await world.use("acme", "2026-10-21", -50);
    await world.draft();
    expect(await crediting(world).invoice(made.reissue.id)).toMatchObject({ net: { amount: "100.00" } });
  });

  it("is refused where a part is credited already", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    const { id, lines } = await firstInvoice(world);
    await crediting(world).credit(id, [{ lineId: lines[0].id, amount: "1.00" }]);
    expect(await reissue(world)).toMatchObject({ __typename: "Conflict", code: "CREDITED_IN_PART" });
  });

  it("returns of prepaid credits what has not come back yet", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE", { prepare: (own, acme) => own.grant(acme, "60.00") });
    await world.use("acme", "2026-10-20", -500);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 2_000);
    await world.draft();
    await world.finalize();
    const ledger = async () => entriesInShort((await world.grants(world.acme))[0]);
    expect(await ledger()).toEqual(["granted 60.00", "consumed -60.00", "returned 30.00", "consumed -30.00"]);
    const made = await reissue(world);
    expect(totals(await crediting(world).invoice(made.creditNote.id))).toBe("-70.00 + -14.00 = -84.00");
    expect(codesOf(await world.finalize([made.creditNote.id, made.reissue.id]))).toEqual(["FINALIZED", "FINALIZED"]);
    expect(await ledger()).toEqual([
      "granted 60.00",
      "consumed -60.00",
      "returned 30.00",
      "consumed -30.00",
      "returned 30.00",
      "consumed -30.00",
    ]);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });
});
