import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money, moneyText } from "../../domain/money/money";
import { ok } from "../../domain/result";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import type { Caller } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import { paymentCommand } from "./payment-command";
import type { WriteOffAs } from "./receivable";
import { Ledger, unsettle } from "./settle";
import type { Account } from "./settlement.store";
import { settlementsInForce } from "./settlement.store";

export type WriteOff = Account & { readonly invoiceId: string; readonly amount: Decimal; readonly as: WriteOffAs };

/** Who judges whether a write-off needs a second person; null: it may be done. */
export type WriteOffLimit = (
  writeOff: WriteOff,
  caller: Caller,
) => Promise<{ readonly ok: false; readonly error: Refusal } | null>;

let limit: WriteOffLimit = async () => null;

/** Hands in, once for this process, what limits write-offs. */
export function limitWriteOffs(by: WriteOffLimit): void {
  limit = by;
}

/** Gives up what is left of an invoice: as a bad debt, or because it is too small to ask for. */
export const writeOffInvoice = paymentCommand({
  name: "writeOffInvoice",
  run: async (
    { invoiceId, as, reason }: { readonly invoiceId: string; readonly as: WriteOffAs; readonly reason: string },
    { scope, caller, note },
  ) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 500, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const ledger = await Ledger.lock([invoiceId].filter(isId), scope);
    const invoice = ledger.document(invoiceId);
    if (!invoice) return notFound("invoice", invoiceId, ["invoiceId"]);
    const amount = ledger.due(invoice);
    if (invoice.number !== null && amount.lte(0)) {
      return conflict("NOTHING_DUE", `Nothing is due of ${invoice.number}.`, ["invoiceId"]);
    }
    const { smallDifference } = await loadOrganization();
    if (as === "small_difference" && amount.gt(smallDifference)) {
      const [due, most] = [amount, smallDifference].map((each) => moneyText(money(each, currency(invoice.currency))));
      const message = `${due} ${invoice.currency} is more than the small difference of ${most}. Write it off as a bad debt, or collect it.`;
      return conflict("DIFFERENCE_NOT_SMALL", message, ["as"]);
    }
    const { customerId, currency: code } = invoice;
    const limited = await limit({ invoiceId, customerId, currency: code, amount, as }, caller);
    if (limited) return limited;
    const refused = ledger.settle({ kind: "write_off", invoiceId, amount, as, reason }, []);
    if (refused) return refused;
    const [settlementId] = await ledger.save();
    note({
      action: "invoice.written_off",
      subjectType: "invoice",
      subjectId: invoiceId,
      after: { amount: amount.toFixed(), as, reason },
    });
    return ok({ invoiceId, settlementId: settlementId as string });
  },
});

/** What was given up is due again, such as when the customer pays after all. */
export const reverseWriteOff = paymentCommand({
  name: "reverseWriteOff",
  run: async (
    { settlementId, reason }: { readonly settlementId: string; readonly reason: string },
    { scope, note },
  ) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 500, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const [written] = isId(settlementId) ? await settlementsInForce([settlementId]) : [];
    if (written?.kind !== "write_off" || written.invoiceId === null) {
      return notFound("write-off in force", settlementId, ["settlementId"]);
    }
    const taken = await unsettle([settlementId], { reason }, scope);
    if (!taken.ok) return taken;
    const { invoiceId, amount } = written;
    note({
      action: "invoice.write_off_reversed",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: { amount: new Decimal(amount).toFixed() },
      after: { reason },
    });
    return ok({ invoiceId });
  },
});
