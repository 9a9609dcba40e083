import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { readPdf } from "../integrations/read-pdf";
import { codesOf, type LateWorld, lateWorld } from "../invoice/late-usage-world";
import { crediting, firstInvoice } from "./credit-note-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** October is billed and paid, 120.00; then 36.00 of it are given back. */
async function creditedWorld(): Promise<LateWorld & { readonly note: Answer }> {
  const world = await lateWorld(api, "NEXT_INVOICE");
  const invoice = await firstInvoice(world);
  await world.finance.done("recordPayment", "payment { id }", {
    customerId: world.acme,
    amount: "120.00",
    currency: "GBP",
    receivedOn: "2026-11-03",
    method: "BANK_TRANSFER",
    allocations: [{ invoiceId: invoice.id, amount: "120.00" }],
  });
  const note = await crediting(world).credit(invoice.id, [{ lineId: invoice.lines[0].id, amount: "30.00" }]);
  expect(codesOf(await world.finalize([note.id]))).toEqual(["FINALIZED"]);
  return { ...world, note };
}

const balanceOf = async (world: LateWorld): Promise<string> => {
  const { customer } = await world.finance.data(
    "query ($id: ID!) { customer(id: $id) { balances { balance { amount } } } }",
    { id: world.acme },
  );
  return customer.balances[0]?.balance.amount ?? "0.00";
};

describe("a refund", () => {
  const refund = (world: LateWorld, input: object): Promise<Answer> =>
    world.finance.command(
      "recordRefund",
      "refund { amount { amount currency } paidOn method reference customer { id } }",
      {
        paidOn: "2026-11-03",
        method: "BANK_TRANSFER",
        reference: "Refund CN-2026-00001",
        reason: "The customer asked for it",
        ...input,
      },
    );

  it("pays out what is left of a credit note, and no more", async () => {
    const world = await creditedWorld();
    expect(await balanceOf(world)).toBe("36.00");
    const { id: creditNoteId } = world.note;
    expect(await refund(world, { creditNoteId, amount: "36.01" })).toMatchObject({ code: "MORE_THAN_LEFT" });
    expect(await refund(world, { creditNoteId, amount: "30.00" })).toMatchObject({
      refund: { amount: { amount: "30.00", currency: "GBP" }, customer: { id: world.acme } },
    });
    expect(await balanceOf(world)).toBe("6.00");
    expect(await refund(world, { creditNoteId, amount: "6.01" })).toMatchObject({ code: "MORE_THAN_LEFT" });
    expect(await refund(world, { customerId: world.acme, currency: "GBP", amount: "6.00" })).toMatchObject({
      __typename: "RecordRefundSuccess",
    });
    expect(await balanceOf(world)).toBe("0.00");
  });

  it("is of one thing, in its currency, once it is issued", async () => {
    const world = await creditedWorld();
    const { id: creditNoteId } = world.note;
    const codeOf = async (input: object) => (await refund(world, { amount: "1.00", ...input })).code;
    expect(await codeOf({})).toBe("REFUND_OF_ONE");
    expect(await codeOf({ creditNoteId, customerId: world.acme })).toBe("REFUND_OF_ONE");
    expect(await codeOf({ customerId: world.acme })).toBe("CURRENCY_MISSING");
    expect(await codeOf({ creditNoteId, currency: "EUR" })).toBe("OTHER_CURRENCY");
    expect(await codeOf({ creditNoteId: world.acme })).toBe("CREDIT_NOTE_NOT_FOUND");
    const { id, lines } = await firstInvoice(world);
    const draft = await crediting(world).credit(id, [{ lineId: lines[0].id, amount: "1.00" }]);
    expect(await codeOf({ creditNoteId: draft.id })).toBe("CREDIT_NOTE_NOT_ISSUED");
  });
});

describe("the PDF of a credit note over a part", () => {
  it("names the invoice, its day and the reason, and what of which line is credited", async () => {
    const world = await creditedWorld();
    const { text } = await readPdf(await world.pdf(world.note));
    for (const said of [
      "Credits invoice INV-2026-00001",
      "Invoice date 3 November 2026",
      "Reason Goodwill: Sorry for the outage",
      "Amount credited £36.00 GBP",
      "billed: net 100.00, tax 20.00",
      "Net total 30.00",
      "VAT 20% on 30.00 6.00",
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toMatch(/credited in full|-30\.00|1,000/);
  });
});
