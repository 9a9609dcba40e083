import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Line, ProposedInvoice } from "../../domain/invoice/line";
import type { DraftContent } from "./draft";
import type { DraftToWrite } from "./draft.store";
import type { Invoice } from "./invoice";
import { creditNoteContent, type Original } from "./rebill";

/** A draft that should exist, with what tells it from the contract's other drafts. */
export type WantedDraft = Pick<
  DraftToWrite,
  | "documentKind"
  | "correctsInvoiceId"
  | "reissuesInvoiceId"
  | "currency"
  | "billsOn"
  | "billingMonth"
  | "serviceStartsOn"
  | "serviceEndsBefore"
> & { readonly isOfCorrections: boolean; readonly content: DraftContent };

/** An adjustment, or a line that joins it because its own day is billed already. */
export const isLate = ({ kind, dueOn }: Line, billsOn: PlainDate): boolean => kind === "adjustment" || dueOn < billsOn;

/** A credit note stands in the month, and serves the days, of what it takes back. */
export function creditNoteDraft(original: Original): WantedDraft {
  const { id, currency, billsOn, billingMonth, serviceStartsOn, serviceEndsBefore } = original.invoice;
  return {
    currency,
    billsOn,
    billingMonth,
    serviceStartsOn,
    serviceEndsBefore,
    documentKind: "credit_note",
    correctsInvoiceId: id,
    reissuesInvoiceId: null,
    isOfCorrections: false,
    content: creditNoteContent(original),
  };
}

export function invoiceDraft(proposed: ProposedInvoice, original: Original | null, content: DraftContent): WantedDraft {
  return {
    documentKind: "invoice",
    correctsInvoiceId: null,
    reissuesInvoiceId: original?.invoice.id ?? null,
    currency: proposed.currency.code,
    billsOn: proposed.billsOn,
    billingMonth: proposed.billingMonth,
    serviceStartsOn: proposed.servicePeriod.startsOn,
    serviceEndsBefore: proposed.servicePeriod.endsBefore,
    isOfCorrections: proposed.lines.every((line) => isLate(line, proposed.billsOn)),
    content,
  };
}

/**
 * The draft that a document continues: of the same original; else of the same day. Corrections alone, which are proposed
 * for whatever day it is, continue the draft that no due day claims.
 */
export function draftToContinue(document: WantedDraft, left: ReadonlySet<Invoice>): Invoice | undefined {
  const { correctsInvoiceId, reissuesInvoiceId, billsOn, isOfCorrections } = document;
  const alike = [...left].filter(
    (draft) => draft.correctsInvoiceId === correctsInvoiceId && draft.reissuesInvoiceId === reissuesInvoiceId,
  );
  if (correctsInvoiceId !== null || reissuesInvoiceId !== null) return alike[0];
  return alike.find((draft) => draft.billsOn === billsOn) ?? (isOfCorrections ? alike.at(-1) : undefined);
}
