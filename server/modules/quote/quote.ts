import type { PlainDate } from "../../domain/calendar/plain-date";
import type { QuoteStatus } from "../../domain/quote/quote-life";
import type { QuoteTerms } from "../../domain/quote/quote-terms";

export type QuoteKind = QuoteTerms["kind"];

/** Terms offered to a customer, or to somebody who is to become one. */
export type Quote = {
  readonly id: string;
  readonly number: string;
  readonly kind: QuoteKind;
  /** Of the current version. */
  readonly status: QuoteStatus;
  /** null: a prospect */
  readonly customerId: string | null;
  /** null: a customer */
  readonly prospect: Prospect | null;
  /** The contract that it amends, or that its execution made; null: not executed yet. */
  readonly contractId: string | null;
  /** The ordinal of the latest version. */
  readonly currentVersion: number;
  /** The last day on which it can be signed; null: until it is voided */
  readonly expiresOn: PlainDate | null;
  /** The member who hears of what happens to it. */
  readonly ownerId: string | null;
  /** Under which the CRM knows it; unique. */
  readonly externalId: string | null;
  /** The deal of the CRM, as people or the CRM call it. */
  readonly deal: string | null;
  readonly priceBookId: string | null;
  /** Why it was sent back, declined or voided. */
  readonly statusReason: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** Who is to become a customer when the quote is executed. */
export type Prospect = {
  readonly legalName: string;
  readonly addressLines: readonly string[];
  readonly country: string | null;
  readonly taxId: string | null;
  /** BCP 47 tag, such as en-GB */
  readonly language: string;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  /** Under which the CRM knows the company. */
  readonly externalId: string | null;
};

/** Never changed once it was sent or superseded. */
export type QuoteVersion = {
  readonly id: string;
  readonly quoteId: string;
  /** Counted from 1. */
  readonly ordinal: number;
  readonly terms: QuoteTerms;
  /** Counts its edits, from 1. */
  readonly revision: number;
  readonly sentAt: Date | null;
  readonly supersededAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** Who changed which cell, from what to what. */
export type QuoteEdit = {
  readonly id: string;
  readonly versionId: string;
  /** The revision that it led to. */
  readonly revision: number;
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly note: string | null;
  readonly editedBy: string;
  readonly editedAt: Date;
};

export type QuoteEventKind =
  | "created"
  | "version_started"
  | "submitted"
  /** by one approver; approved is the last */
  | "approval_given"
  | "approved"
  | "rejected"
  | "recalled"
  | "sent"
  | "viewed"
  | "signer_signed"
  | "signed"
  | "declined"
  | "signature_cancelled"
  | "reminded"
  | "expiring"
  | "expired"
  | "voided"
  | "executed";

/** What happened to a quote. People outside, such as signers, are actors too, by their name. */
export type QuoteEvent = {
  readonly id: string;
  readonly quoteId: string;
  readonly versionOrdinal: number;
  readonly kind: QuoteEventKind;
  readonly actor: string;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly happenedAt: Date;
};

export type QuoteDocumentKind = "offer" | "signed" | "paper" | "attachment";

/** A file of a quote; its content is read apart. */
export type QuoteDocument = {
  readonly id: string;
  readonly quoteId: string;
  readonly versionOrdinal: number;
  readonly kind: QuoteDocumentKind;
  readonly fileName: string;
  readonly contentType: string;
  readonly sha256: string;
  readonly size: number;
  readonly createdBy: string;
  readonly createdAt: Date;
};
