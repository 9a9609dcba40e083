import { type PlainDate, parsePlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { LedgerDocument, RemoteContact, RemoteDocument, RemotePayment } from "./accounting-ledger";
import { field, UnreadableAnswer } from "./undone";

const text = (value: unknown, name: string): string => {
  const found = field(value, name);
  if (typeof found !== "string" || found === "") throw new UnreadableAnswer();
  return found;
};
export const optionalText = (value: unknown, name: string): string | null => {
  const found = field(value, name);
  return typeof found === "string" && found !== "" ? found : null;
};
/** JSON numbers of money have at most fifteen digits here, which a number holds exactly. */
const amount = (value: unknown, name: string): Decimal => {
  const found = field(value, name);
  if (typeof found !== "number" || !Number.isFinite(found)) throw new UnreadableAnswer();
  return new Decimal(String(found));
};

/** "/Date(1573755038314+0000)/", or ISO 8601. */
export function instantIn(value: unknown, name: string): Date | null {
  const said = optionalText(value, name);
  if (said === null) return null;
  const milliseconds = /^\/Date\((-?\d+)/.exec(said)?.[1];
  const instant = new Date(milliseconds === undefined ? said : Number(milliseconds));
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** Days come as the instant of their midnight in UTC, or as text that begins with the day. */
export function dayIn(value: unknown, name: string): PlainDate | null {
  const said = optionalText(value, name);
  if (said === null) return null;
  const instant = said.startsWith("/Date(") ? instantIn(value, name) : null;
  const parsed = parsePlainDate((instant?.toISOString() ?? said).slice(0, 10));
  return parsed.ok ? parsed.value : null;
}

const STATUSES: Readonly<Record<string, RemoteDocument["status"]>> = {
  DRAFT: "draft",
  SUBMITTED: "draft",
  AUTHORISED: "authorised",
  PAID: "paid",
  VOIDED: "voided",
  DELETED: "voided",
};

export function documentOf(kind: LedgerDocument["kind"], value: unknown): RemoteDocument {
  const isNote = kind === "credit_note";
  const status = STATUSES[text(value, "Status")];
  if (!status) throw new UnreadableAnswer();
  return {
    externalId: text(value, isNote ? "CreditNoteID" : "InvoiceID"),
    kind,
    number: optionalText(value, isNote ? "CreditNoteNumber" : "InvoiceNumber") ?? "",
    status,
    currency: text(value, "CurrencyCode"),
    total: amount(value, "Total"),
    due: amount(value, isNote ? "RemainingCredit" : "AmountDue"),
    updatedAt: instantIn(value, "UpdatedDateUTC"),
  };
}

export const contactOf = (value: unknown): RemoteContact => ({
  externalId: text(value, "ContactID"),
  name: text(value, "Name"),
  contactNumber: optionalText(value, "ContactNumber"),
  accountNumber: optionalText(value, "AccountNumber"),
});

/** Null for payments of anything but customers' invoices. */
export function paymentOf(value: unknown): RemotePayment | null {
  if (optionalText(value, "PaymentType") !== "ACCRECPAYMENT") return null;
  const invoiceExternalId = optionalText(field(value, "Invoice"), "InvoiceID");
  const paidOn = dayIn(value, "Date");
  if (invoiceExternalId === null || paidOn === null) throw new UnreadableAnswer();
  return {
    externalId: text(value, "PaymentID"),
    isDeleted: text(value, "Status") === "DELETED",
    invoiceExternalId,
    amount: amount(value, "Amount"),
    paidOn,
    reference: optionalText(value, "Reference"),
    updatedAt: instantIn(value, "UpdatedDateUTC"),
  };
}
