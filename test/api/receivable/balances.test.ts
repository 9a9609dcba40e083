import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { applyIssuedCreditNotes, limitWriteOffs, recordRefund } from "../../../server/modules/receivable";
import { inTransaction } from "../../../server/platform/database/transaction";
import { conflict } from "../../../server/platform/refusal";
import { startTestApi, type TestApi } from "../../testkit/api";
import { makeCompany, operate } from "../../testkit/company";
import { type ReceivableWorld, receivableWorld } from "./receivable-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const TODAY = plainDate("2026-11-03");
const SCOPE = { now: new Date("2026-11-03T09:00:00Z"), today: TODAY, recordedBy: "Test" };
const issued = (world: ReceivableWorld, ids: string[]) =>
  world.within(() => inTransaction(async () => applyIssuedCreditNotes(ids, SCOPE)));

describe("An issued credit note", () => {
  test("settles its own invoice first, and the rest is the customer's balance", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    await world.pay(customerId, "70.00", { allocations: [{ invoiceId, amount: "70.00" }] });
    const noteId = await world.issue(customerId, "-50.00", { corrects: invoiceId });
    await issued(world, [noteId]);
    expect(await world.standing(invoiceId)).toBe("paid 100.00, due 0.00");
    expect(await world.standing(noteId)).toBe("partially_paid -30.00, due -20.00");
    expect((await world.balance(customerId)).amount).toBe("20.00");
    await issued(world, [noteId]);
    expect((await world.balance(customerId)).amount).toBe("20.00");
  });

  test("is the customer's balance, all of it, where its invoice is paid, and pays another invoice", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const [paid, other] = [await world.issue(customerId, "50.00"), await world.issue(customerId, "80.00")];
    await world.pay(customerId, "50.00", { allocations: [{ invoiceId: paid, amount: "50.00" }] });
    const creditNoteId = await world.issue(customerId, "-50.00", { corrects: paid });
    await issued(world, [creditNoteId]);
    const { amount, version: balanceVersion } = await world.balance(customerId);
    expect(amount).toBe("50.00");

    const apply = (input: object) =>
      world.finance.command("applyCreditNote", "invoice { id }", { creditNoteId, invoiceId: other, ...input });
    expect(await apply({ amount: "30.00", balanceVersion: balanceVersion - 1 })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: balanceVersion,
      path: ["balanceVersion"],
    });
    expect((await apply({ amount: "30.00", balanceVersion })).__typename).toBe("ApplyCreditNoteSuccess");
    expect(await apply({ amount: "10.00", balanceVersion })).toMatchObject({ __typename: "StaleVersion" });
    expect(await apply({ amount: "21.00", balanceVersion: balanceVersion + 1 })).toMatchObject({
      code: "MORE_THAN_LEFT",
    });
    expect(await world.standing(other)).toBe("partially_paid 30.00, due 50.00");
    const [settlement] = (await world.invoice(other)).settlements;
    expect(settlement).toMatchObject({ kind: "CREDIT_NOTE", creditNote: { number: "CN-2026-00001" }, payment: null });
  });

  test("over a paid invoice that is issued again pays the new one, and the rest is the customer's balance", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const wrong = await world.issue(customerId, "100.00");
    await world.pay(customerId, "100.00", { allocations: [{ invoiceId: wrong, amount: "100.00" }] });
    const note = await world.issue(customerId, "-100.00", { corrects: wrong, effect: "reissue" });
    const again = await world.issue(customerId, "80.00", { reissues: wrong });
    await issued(world, [note, again]);
    expect(await world.standing(again)).toBe("paid 80.00, due 0.00");
    expect((await world.balance(customerId)).amount).toBe("20.00");
  });

  test("is not paid, and pays nobody else", async () => {
    const world = await receivableWorld(api);
    const [customerId, other] = [await world.customer("Acme Ltd"), await world.customer("Other Ltd")];
    const [invoiceId, foreign] = [await world.issue(customerId, "50.00"), await world.issue(other, "50.00")];
    await world.pay(customerId, "50.00", { allocations: [{ invoiceId, amount: "50.00" }] });
    const creditNoteId = await world.issue(customerId, "-50.00", { corrects: invoiceId });
    const payment = { customerId, amount: "1.00", currency: "GBP", receivedOn: "2026-11-03", method: "CASH" };
    expect(
      await world.finance.command("recordPayment", "payment { id }", {
        ...payment,
        allocations: [{ invoiceId: creditNoteId, amount: "1.00" }],
      }),
    ).toMatchObject({ code: "CREDIT_NOTE_NOT_PAYABLE" });
    expect(
      await world.finance.command("applyCreditNote", "invoice { id }", {
        creditNoteId,
        invoiceId: foreign,
        balanceVersion: 0,
      }),
    ).toMatchObject({ code: "OTHER_CUSTOMER" });
  });

  test("does so by itself where documents are finalized; and what asks for nothing is paid at once", async () => {
    const org = await api.organization({ now: "2026-11-03T09:00:00Z" });
    const { finance } = await makeCompany(org, { customers: 1, fee: "0.00" });
    await operate(api, finance, "draftInvoices", {});
    const drafts = await finance.data("{ invoices { nodes { id } } }");
    const invoiceIds = drafts.invoices.nodes.map(({ id }: { id: string }) => id);
    await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds } });
    const { invoices } = await finance.data("{ invoices { nodes { status paymentStatus due { amount } } } }");
    expect(invoices.nodes[0]).toEqual({ status: "FINALIZED", paymentStatus: "PAID", due: { amount: "0.00" } });
  });
});

describe("A refund", () => {
  test("comes out of the balance, the oldest first, and never more than is left", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    await world.pay(customerId, "30.00", { receivedOn: "2026-10-01" });
    await world.pay(customerId, "20.00", { receivedOn: "2026-10-05" });
    const refund = (amount: string) =>
      world.within(() =>
        inTransaction(async () =>
          recordRefund(
            {
              customerId,
              currency: "GBP",
              amount: new Decimal(amount),
              paidOn: TODAY,
              method: "bank_transfer",
              reference: null,
              reason: "Paid twice",
              creditNoteId: null,
            },
            SCOPE,
          ),
        ),
      );
    const refused = await refund("50.01");
    expect(refused.ok || refused.error).toMatchObject({
      code: "MORE_THAN_LEFT",
      message: "Only 50.00 GBP is left on the balance.",
    });
    expect((await refund("35.00")).ok).toBe(true);
    expect((await world.balance(customerId)).amount).toBe("15.00");
    const { payments } = await world.finance.data(
      "{ payments { nodes { id unallocated { amount } settlements { kind amount { amount } refund { amount { amount } reason } } } } }",
    );
    expect(payments.nodes.map((each: any) => each.unallocated.amount)).toEqual(["15.00", "0.00"]);
    expect(payments.nodes[0].settlements).toEqual([
      { kind: "REFUND", amount: { amount: "5.00" }, refund: { amount: { amount: "35.00" }, reason: "Paid twice" } },
    ]);
    expect(
      await world.finance.command("reversePayment", "payment { id }", {
        paymentId: payments.nodes[0].id,
        kind: "BOUNCED",
        reason: "No funds",
      }),
    ).toMatchObject({ code: "PAYMENT_REFUNDED" });
  });
});

describe("A write-off", () => {
  test("of a bad debt makes an invoice uncollectible, until it is taken back", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    await world.pay(customerId, "40.00", { allocations: [{ invoiceId, amount: "40.00" }] });
    const { settlementId } = await world.finance.done("writeOffInvoice", "settlementId", {
      invoiceId,
      as: "BAD_DEBT",
      reason: "Insolvent",
    });
    expect(await world.standing(invoiceId)).toBe("uncollectible 100.00, due 0.00");
    await world.finance.done("reverseWriteOff", "invoice { id }", { settlementId, reason: "Paid after all" });
    expect(await world.standing(invoiceId)).toBe("partially_paid 40.00, due 60.00");
    expect(
      await world.finance.command("reverseWriteOff", "invoice { id }", { settlementId, reason: "Again" }),
    ).toMatchObject({ __typename: "NotFound" });
  });

  test("of a small difference is within the organization's limit, and leaves the invoice paid", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    const writeOff = () =>
      world.finance.command("writeOffInvoice", "invoice { id }", {
        invoiceId,
        as: "SMALL_DIFFERENCE",
        reason: "Bank charges",
      });
    await world.pay(customerId, "98.99", { allocations: [{ invoiceId, amount: "98.99" }] });
    expect(await writeOff()).toMatchObject({ code: "DIFFERENCE_NOT_SMALL", path: ["as"] });
    await world.pay(customerId, "0.01", { allocations: [{ invoiceId, amount: "0.01" }] });
    expect((await writeOff()).__typename).toBe("WriteOffInvoiceSuccess");
    expect(await world.standing(invoiceId)).toBe("paid 100.00, due 0.00");
    expect(await writeOff()).toMatchObject({ code: "NOTHING_DUE" });
  });

  test("may need a second person", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    limitWriteOffs(async ({ amount }) => (amount.gt(50) ? conflict("SECOND_PERSON_NEEDED", "Ask somebody.") : null));
    const refused = await world.finance
      .command("writeOffInvoice", "invoice { id }", { invoiceId, as: "BAD_DEBT", reason: "Gone" })
      .finally(() => limitWriteOffs(async () => null));
    expect(refused).toMatchObject({ code: "SECOND_PERSON_NEEDED" });
    expect(await world.standing(invoiceId)).toBe("unpaid 0.00, due 100.00");
  });
});

describe("An invoice that is due", () => {
  test("is disputed, and no longer", async () => {
    const world = await receivableWorld(api);
    const invoiceId = await world.issue(await world.customer("Acme Ltd"), "100.00");
    await world.finance.done("disputeInvoice", "invoice { id }", { invoiceId, reason: "Wrong quantity" });
    expect((await world.invoice(invoiceId)).dispute).toEqual({ reason: "Wrong quantity" });
    expect(
      await world.finance.command("disputeInvoice", "invoice { id }", { invoiceId, reason: "Again" }),
    ).toMatchObject({ code: "DISPUTED_BEFORE" });
    await world.finance.done("resolveDispute", "invoice { id }", { invoiceId, resolution: "It was right" });
    expect((await world.invoice(invoiceId)).dispute).toBeNull();
    expect(
      await world.finance.command("resolveDispute", "invoice { id }", { invoiceId, resolution: "Again" }),
    ).toMatchObject({ code: "NOT_DISPUTED" });
  });

  test("is promised for today or later", async () => {
    const world = await receivableWorld(api);
    const invoiceId = await world.issue(await world.customer("Acme Ltd"), "100.00", { dueOn: "2026-11-01" });
    const promise = (promisedOn: string | null) =>
      world.finance.command("recordPromise", "invoice { promisedOn daysOverdue }", { invoiceId, promisedOn });
    expect(await promise("2026-11-02")).toMatchObject({ code: "DAY_IN_PAST" });
    expect((await promise("2026-11-10")).invoice).toEqual({ promisedOn: "2026-11-10", daysOverdue: 2 });
    expect((await promise(null)).invoice.promisedOn).toBeNull();
  });
});
