import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { Invoice } from "../invoice";
import type { LedgerEntry } from "./accounting";

/** A document as both sides have it, and in words what is not the same. */
export type ReconciledDocument = {
  readonly invoiceId: string;
  readonly number: string;
  readonly entry: LedgerEntry | null;
  readonly differences: readonly LedgerDifference[];
};

export type LedgerDifference = {
  readonly code:
    | "NOT_SYNCED"
    | "NUMBER_DIFFERS"
    | "CURRENCY_DIFFERS"
    | "TOTAL_DIFFERS"
    | "DUE_DIFFERS"
    | "VOIDED_IN_XERO"
    | "NOT_VOIDED_IN_XERO"
    | "DRAFT_IN_XERO";
  readonly message: string;
};

/** What differs between a document and its copy; nothing where there is none to have, as of what was voided in time. */
export function compareWithLedger(invoice: Invoice, due: Decimal, entry: LedgerEntry | null): ReconciledDocument {
  const number = invoice.number as string;
  const isVoided = invoice.status === "voided";
  return {
    invoiceId: invoice.id,
    number,
    entry,
    differences: entry?.externalId
      ? differences(invoice, due, { ...entry, isVoided })
      : isVoided
        ? []
        : [{ code: "NOT_SYNCED", message: notSynced(number, entry) }],
  };
}

const notSynced = (number: string, entry: LedgerEntry | null): string =>
  entry
    ? `${number} is not in Xero. ${entry.message ?? "It waits in line."}`
    : `${number} is not in Xero, and not in line: bring it there with syncInvoices.`;

function differences(
  { number, currency: code, grossTotal, documentKind }: Invoice,
  due: Decimal,
  entry: LedgerEntry & { readonly isVoided: boolean },
): LedgerDifference[] {
  const { remoteNumber, remoteStatus, remoteCurrency, remoteTotal, remoteDue, isVoided } = entry;
  const found: LedgerDifference[] = [];
  const text = (amount: Decimal | string) => `${new Decimal(amount).toFixed(currency(code).minorUnits)} ${code}`;
  if (remoteNumber !== null && remoteNumber !== number) {
    found.push({ code: "NUMBER_DIFFERS", message: `${number} is called ${remoteNumber || "nothing"} in Xero.` });
  }
  if (isVoided || remoteStatus === "voided") {
    if (isVoided && remoteStatus !== "voided") {
      found.push({
        code: "NOT_VOIDED_IN_XERO",
        message: `${number} is void here and ${remoteStatus ?? "unread"} in Xero.`,
      });
    }
    if (!isVoided) {
      const message = `${number} was voided in Xero and stands here. Void or credit it here, or enter it in Xero again.`;
      found.push({ code: "VOIDED_IN_XERO", message });
    }
    return found;
  }
  if (remoteStatus === "draft") {
    found.push({ code: "DRAFT_IN_XERO", message: `${number} is a draft in Xero. Approve it there.` });
  }
  if (remoteCurrency !== null && remoteCurrency !== code) {
    found.push({ code: "CURRENCY_DIFFERS", message: `${number} is in ${code} here and in ${remoteCurrency} in Xero.` });
    return found;
  }
  const gross = new Decimal(grossTotal).abs();
  if (remoteTotal !== null && !gross.equals(remoteTotal)) {
    found.push({
      code: "TOTAL_DIFFERS",
      message: `${number} is over ${text(gross)} here and ${text(remoteTotal)} in Xero.`,
    });
  }
  // What is left of a credit note is the customer's balance here, which is not kept by document.
  if (documentKind === "invoice" && remoteDue !== null && !due.equals(remoteDue)) {
    found.push({
      code: "DUE_DIFFERS",
      message: `Of ${number} ${text(due)} is due here and ${text(remoteDue)} in Xero.`,
    });
  }
  return found;
}
