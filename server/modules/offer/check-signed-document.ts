import { checkSignedPdf, type SignedPdfCheck, type TamperCode } from "../../integrations/pdf/check-signed-pdf";
import type { RequestContext } from "../../platform/request-context";
import { documentsByQuote, type QuoteDocument, quoteDocumentContent } from "../quote";

export type CheckedDocument = {
  readonly code: "INTACT" | "NOTHING_SIGNED" | TamperCode;
  readonly message: string;
  readonly isIntact: boolean;
  readonly isOfferIntact: boolean;
  /** With which it was compared. */
  readonly document: QuoteDocument | null;
};

const WORDS: Readonly<Record<CheckedDocument["code"], string>> = {
  INTACT: "This is the signed document, byte by byte.",
  NOTHING_SIGNED: "There is no signed document of this version to compare with.",
  NOT_A_PDF: "This is no PDF.",
  TRUNCATED: "The file ends too early: a part of it is missing.",
  OFFER_CHANGED: "The pages of the offer are not those that were sent and signed.",
  SIGNATURES_CHANGED: "The offer is as it was sent, but the signatures or their record were changed.",
  APPENDED: "The signed document is there unchanged, but something was added behind it.",
  NOT_SIGNED: "This is the offer as it was sent, without any signature.",
};

/** Compares a file with the signed document of a version; without a file, what is kept with what was noted of it. */
export async function checkSignedDocument(
  context: RequestContext,
  asked: { readonly quoteId: string; readonly ordinal: number | null; readonly content: Buffer | null },
): Promise<CheckedDocument> {
  context.require("read");
  const documents = (await context.load(documentsByQuote, asked.quoteId)) ?? [];
  const signed = documents.findLast(
    ({ kind, versionOrdinal }) => kind === "signed" && (asked.ordinal === null || versionOrdinal === asked.ordinal),
  );
  const offer = documents.find(
    ({ kind, versionOrdinal }) => kind === "offer" && versionOrdinal === signed?.versionOrdinal,
  );
  if (!signed || !offer) return checked("NOTHING_SIGNED", { isOfferIntact: false, document: null });
  const content = asked.content ?? (await quoteDocumentContent(signed.id)) ?? Buffer.alloc(0);
  const check: SignedPdfCheck = checkSignedPdf(content, { offer, signed });
  return check.isIntact
    ? checked("INTACT", { isOfferIntact: true, document: signed })
    : checked(check.code, { isOfferIntact: check.isOfferIntact, document: signed });
}

const checked = (
  code: CheckedDocument["code"],
  more: Pick<CheckedDocument, "isOfferIntact" | "document">,
): CheckedDocument => ({ code, message: WORDS[code], isIntact: code === "INTACT", ...more });
