import { formatDay } from "../../domain/calendar/format";
import { laterOf } from "../../domain/calendar/plain-date";
import { type CurrencyCode, currency, parseCurrency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money, moneyText } from "../../domain/money/money";
import { ok, type Result } from "../../domain/result";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import { customersById } from "../customer";
import { holdMonths } from "../organization";
import { checkAmount } from "./check-amount";
import { postedOn } from "./first-unlocked-on";
import type { LedgerScope } from "./receivable";
import type { NewRefund } from "./refund";
import { insertRefund } from "./refund.store";
import { Ledger } from "./settle";
import { type Account, usableCreditNotes, usableCreditNotesOf } from "./settlement.store";

type Used = Result<{ readonly settlementIds: readonly string[]; readonly amount: string }, Refusal>;

/** Pays an invoice out of what is left of the customer's payments and credit notes, the oldest first. */
export async function payFromBalance(
  {
    invoiceId,
    amount,
    balanceVersion,
  }: {
    readonly invoiceId: string;
    /** null: as much as is due and left */
    readonly amount: Decimal | null;
    readonly balanceVersion: number;
  },
  scope: LedgerScope,
): Promise<Used> {
  const notes = isId(invoiceId) ? await usableCreditNotes([invoiceId]) : [];
  const held = await holdForInvoice(invoiceId, notes, balanceVersion, scope);
  if (!held.ok) return held;
  const { ledger, account } = held.value;
  const invoice = ledger.document(invoiceId);
  const most = invoice ? Decimal.min(ledger.due(invoice), ledger.balance(account)) : new Decimal(0);
  if (amount === null && most.lte(0))
    return conflict("NOTHING_TO_APPLY", "Nothing is due of it, or nothing is left to use.");
  return settleOne(ledger, { kind: "balance", invoiceId, amount: amount ?? most });
}

/** Lets an issued credit note pay another invoice of the customer. */
export async function payFromCreditNote(
  {
    creditNoteId,
    invoiceId,
    amount,
    balanceVersion,
  }: {
    readonly creditNoteId: string;
    readonly invoiceId: string;
    /** null: as much as is due and left */
    readonly amount: Decimal | null;
    readonly balanceVersion: number;
  },
  scope: LedgerScope,
): Promise<Used> {
  const held = await holdForInvoice(invoiceId, [creditNoteId].filter(isId), balanceVersion, scope);
  if (!held.ok) return held;
  const { ledger, account } = held.value;
  const note = ledger.document(creditNoteId);
  if (note?.documentKind !== "credit_note") return notFound("credit note", creditNoteId, ["creditNoteId"]);
  if (note.number === null || note.status === "voided") {
    return conflict("CREDIT_NOTE_NOT_ISSUED", "Only an issued credit note pays.", ["creditNoteId"]);
  }
  const refused = ledger.whyOthers(creditNoteId, account, []);
  if (refused) return refused;
  const invoice = ledger.document(invoiceId);
  const most = invoice ? Decimal.min(ledger.due(invoice), ledger.left(creditNoteId)) : new Decimal(0);
  if (amount === null && most.lte(0))
    return conflict("NOTHING_TO_APPLY", "Nothing is due of it, or nothing is left to use.");
  return settleOne(ledger, { kind: "credit_note", invoiceId, creditNoteId, amount: amount ?? most });
}

async function holdForInvoice(
  invoiceId: string,
  creditNoteIds: readonly string[],
  balanceVersion: number,
  scope: LedgerScope,
): Promise<Result<{ readonly ledger: Ledger; readonly account: Account }, Refusal>> {
  const ledger = await Ledger.lock([invoiceId, ...creditNoteIds].filter(isId), scope);
  const account = ledger.accountOf(invoiceId);
  if (!account) return notFound("invoice", invoiceId, ["invoiceId"]);
  await ledger.holdBalances([account]);
  const version = ledger.balanceVersion(account);
  if (version !== balanceVersion) return staleVersion("balance", version, ["balanceVersion"]);
  return ok({ ledger, account });
}

async function settleOne(ledger: Ledger, settlement: Parameters<Ledger["settle"]>[0]): Promise<Used> {
  const refused = ledger.settle(settlement, []);
  if (refused) return refused;
  return ok({ settlementIds: await ledger.save(), amount: settlement.amount.toFixed() });
}

/**
 * Writes that money went back to a customer, out of its balance. Refused where the balance, or the credit note, does not
 * hold so much. To be called within a transaction.
 */
export async function recordRefund(
  refund: NewRefund,
  scope: LedgerScope,
): Promise<Result<{ readonly refundId: string; readonly settlementIds: readonly string[] }, Refusal>> {
  const parsed = parseCurrency(refund.currency);
  const problems = new InputProblems();
  problems.checkText(refund.reason, "The reason", 500, "reason");
  problems.checkOptionalText(refund.reference, "The reference", 500, "reference");
  if (!parsed.ok) {
    problems.report("CURRENCY_UNKNOWN", `"${refund.currency}" is not an ISO 4217 currency code.`, "currency");
  }
  checkAmount(refund.amount, parsed.ok ? parsed.value.code : null, problems, "amount");
  if (refund.paidOn > scope.today) {
    problems.report("DAY_IN_FUTURE", `${formatDay(refund.paidOn)} has not come yet.`, "paidOn");
  }
  if (!problems.isEmpty || !parsed.ok) return invalidInput(problems.found);
  const { customerId, creditNoteId, amount } = refund;
  const customer = isId(customerId) ? (await customersById([customerId])).get(customerId) : undefined;
  if (!customer) return notFound("customer", customerId, ["customerId"]);

  const account: Account = { customerId, currency: parsed.value.code };
  const ledger = await Ledger.lock(await usableCreditNotesOf([account]), scope);
  await ledger.holdBalances([account]);
  const draws = ledger.drawsFor(account, amount, creditNoteId);
  if (draws === null) {
    const left = creditNoteId === null ? ledger.balance(account) : ledger.left(creditNoteId);
    const where = creditNoteId === null ? "on the balance" : "of the credit note";
    return conflict("MORE_THAN_LEFT", `Only ${inWords(left, account.currency)} is left ${where}.`, ["amount"]);
  }
  const id = newId();
  const lockedThrough = await holdMonths();
  // What came in later than it was paid back, by the days given, is paid back when it came in.
  const accountingOn = draws
    .map(({ fund }) => fund.availableOn)
    .reduce(laterOf, postedOn(refund.paidOn, lockedThrough));
  await insertRefund({ ...refund, ...account, id, accountingOn }, scope);
  ledger.payBack(id, draws, accountingOn);
  return ok({ refundId: id, settlementIds: await ledger.save() });
}

const inWords = (amount: Decimal, code: CurrencyCode): string => `${moneyText(money(amount, currency(code)))} ${code}`;
