import { createHash } from "node:crypto";

/** What was kept of a signed document when it was made. Hashes are SHA-256, in hexadecimal; sizes in bytes. */
export type KeptSignedPdf = {
  readonly offer: { readonly sha256: string; readonly size: number };
  readonly signed: { readonly sha256: string; readonly size: number };
};

export type TamperCode =
  /** no PDF at all */
  | "NOT_A_PDF"
  /** it ends too early */
  | "TRUNCATED"
  /** the first bytes are not the offer as it was sent */
  | "OFFER_CHANGED"
  /** the offer is as it was sent, the signatures and their record are not */
  | "SIGNATURES_CHANGED"
  /** the signed document is as it was, and something was added behind it */
  | "APPENDED"
  /** the offer as it was sent, without any signature */
  | "NOT_SIGNED";

export type SignedPdfCheck =
  | { readonly isIntact: true }
  | { readonly isIntact: false; readonly code: TamperCode; readonly isOfferIntact: boolean };

/** Whether a file is the signed document, byte by byte; else which part of it is not. */
export function checkSignedPdf(bytes: Uint8Array, { offer, signed }: KeptSignedPdf): SignedPdfCheck {
  if (hashOf(bytes) === signed.sha256) return { isIntact: true };
  const isOfferIntact = hashOf(bytes.subarray(0, offer.size)) === offer.sha256;
  const code = (): TamperCode => {
    if (Buffer.from(bytes.subarray(0, 1_024)).indexOf("%PDF-") < 0) return "NOT_A_PDF";
    if (!isOfferIntact) return bytes.length < offer.size ? "TRUNCATED" : "OFFER_CHANGED";
    if (bytes.length === offer.size) return "NOT_SIGNED";
    if (bytes.length < signed.size) return "TRUNCATED";
    return hashOf(bytes.subarray(0, signed.size)) === signed.sha256 ? "APPENDED" : "SIGNATURES_CHANGED";
  };
  return { isIntact: false, code: code(), isOfferIntact };
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
