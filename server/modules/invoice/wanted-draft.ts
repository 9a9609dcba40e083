import { createHash } from "node:crypto";
import type { Period } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { billingMonthOf, servicePeriodOf } from "../../domain/invoice/billing-month";
import type { DocumentLine } from "../../domain/invoice/document-line";
import { type Currency, currency } from "../../domain/money/currency";
import type { DraftContent } from "./draft";
import { contentText, type DraftToWrite } from "./draft.store";
import type { Invoice } from "./invoice";
import { creditNoteContent, type Original } from "./rebill";

/** An invoice that should exist, with all of its lines before tax and credits. */
export type DocumentToCalculate = Pick<Invoice, "contractId" | "customerId" | "billToCustomerId" | "origin"> & {
  /** What it continues; null: it is new. */
  readonly existing: Invoice | null;
  /** What it issues again. */
  readonly original: Original | null;
  readonly currency: Currency;
  readonly pricesIncludeTax: boolean;
  readonly billsOn: PlainDate;
  readonly lines: readonly DocumentLine[];
};

/** A draft that should exist, as it is to be written but for its id. */
export type WantedDraft = {
  readonly existing: Invoice | null;
  /** Whose lines it has, in order of id. */
  readonly contractIds: readonly string[];
  readonly draft: Omit<DraftToWrite, "id" | "contentHash" | "inputFingerprint">;
};

/** A credit note stands in the month, and serves the days, of what it takes back. */
export function creditNoteDraft(original: Original, existing: Invoice | null): WantedDraft {
  const { invoice, lines } = original;
  const { id, currency, billsOn, billingMonth, serviceStartsOn, serviceEndsBefore } = invoice;
  const { customerId, contractId, billToCustomerId, origin } = invoice;
  return {
    existing,
    contractIds: contractIdsOf(contractId, lines),
    draft: {
      status: "draft",
      documentKind: "credit_note",
      correctsInvoiceId: id,
      reissuesInvoiceId: null,
      origin,
      customerId,
      contractId,
      billToCustomerId,
      currency,
      billsOn,
      billingMonth,
      serviceStartsOn,
      serviceEndsBefore,
      ...creditNoteContent(original),
    },
  };
}

/** What is issued again stays in the month, and serves the days, of its original. */
export function invoiceDraft(document: DocumentToCalculate, content: DraftContent, today: PlainDate): WantedDraft {
  const { existing, original, contractId, customerId, billToCustomerId, origin, billsOn, lines } = document;
  const { billingMonth, servicePeriod } = original ? daysOf(original.invoice) : billedDays(document);
  return {
    existing,
    contractIds: contractIdsOf(contractId, lines),
    draft: {
      status: billsOn > today ? "in_progress" : "draft",
      documentKind: "invoice",
      correctsInvoiceId: null,
      reissuesInvoiceId: original?.invoice.id ?? null,
      origin,
      customerId,
      contractId,
      billToCustomerId,
      billsOn,
      billingMonth,
      currency: document.currency.code,
      serviceStartsOn: servicePeriod.startsOn,
      serviceEndsBefore: servicePeriod.endsBefore,
      ...content,
    },
  };
}

const daysOf = ({ billingMonth, serviceStartsOn, serviceEndsBefore }: Invoice) => ({
  billingMonth,
  servicePeriod: { startsOn: serviceStartsOn, endsBefore: serviceEndsBefore },
});

function billedDays({ lines, billsOn }: DocumentToCalculate): {
  readonly billingMonth: PlainMonth;
  readonly servicePeriod: Period;
} {
  const own = lines.map(({ line }) => line);
  const servicePeriod = servicePeriodOf(own);
  if (servicePeriod === null) throw new Error(`an invoice without lines on ${billsOn}`);
  return { billingMonth: billingMonthOf(own, billsOn), servicePeriod };
}

const contractIdsOf = (contractId: string | null, lines: readonly { readonly contractId: string | null }[]) =>
  [
    ...new Set([...(contractId === null ? [] : [contractId]), ...lines.flatMap((line) => line.contractId ?? [])]),
  ].sort();

/** Of all that a calculation decides: where it is equal nothing is written, not even a version. */
export function hashOfDraft({ draft: { lines, ...head } }: WantedDraft): string {
  const hash = createHash("sha256").update(JSON.stringify(head));
  for (const line of lines) hash.update("\n").update(contentText(line));
  return hash.digest("base64url");
}

/** A stored currency code as the domain has it. */
export const currencyOf = ({ currency: code }: Invoice): Currency => currency(code);
