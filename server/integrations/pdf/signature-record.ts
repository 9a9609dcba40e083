import type { OfferDocument, OfferSeller } from "./offer-document";

/** How an offer came to be signed, as its audit page says. */
export type SignatureRecord = Pick<OfferDocument, "locale" | "paper" | "number" | "version" | "title"> & {
  seller: Pick<OfferSeller, "legalName" | "brandColour">;
  /** Of the offer's very bytes, in hexadecimal. */
  offerSha256: string;
  /** Whatever else identifies it: "Quote", "0192…"; "Signature request", "0192…". */
  ids: readonly { label: string; value: string }[];
  /** In the order of the offer's own signers: the first fills the first block. */
  signers: readonly SignerRecord[];
  /** What happened, the first first: sent, viewed, signed. */
  events: readonly { at: Date; what: string }[];
  /** IANA name, in which instants are written. */
  timeZone: string;
  /** When the last one signed. */
  completedAt: Date;
};

export type SignerRecord = {
  order: number;
  name: string;
  title: string | null;
  company: string | null;
  email: string;
  signature: Signature;
  /** The very words that were agreed to. */
  consent: string;
  signedAt: Date;
  ip: string | null;
  browser: string | null;
  /** "By the link sent to ada@acme.example" */
  identifiedBy: string;
};

export type Signature = { kind: "typed"; text: string } | { kind: "drawn"; png: Buffer };

/**
 * The offer's very bytes followed by an update that puts the signatures on its last page and adds an audit page: the first
 * bytes of the file are the offer as it was sent, and anybody can check their hash.
 */
export type AppendSignatures = (offerPdf: Buffer, record: SignatureRecord) => Promise<Buffer>;
