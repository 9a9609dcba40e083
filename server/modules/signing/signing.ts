import type { SignatureKind, SignatureRequestStatus, SignerStatus, SigningProvider } from "../../domain/quote/signing";

/** The signatures that are asked for on one version. Completed, it never changes. */
export type SignatureRequest = {
  readonly id: string;
  readonly quoteId: string;
  readonly versionId: string;
  readonly versionOrdinal: number;
  readonly provider: SigningProvider;
  readonly status: SignatureRequestStatus;
  /** The offer as it was sent, and the hash of its bytes that everybody signs. */
  readonly documentId: string;
  readonly documentSha256: string;
  /** In the mail to the signers. */
  readonly message: string | null;
  /** Why it was declined or withdrawn. */
  readonly statusReason: string | null;
  readonly providerRequestId: string | null;
  /** Why the provider did not take it. */
  readonly failure: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly completedAt: Date | null;
};

/** Who signs. Signed or declined, it never changes. */
export type Signer = {
  readonly id: string;
  readonly requestId: string;
  readonly position: number;
  readonly name: string;
  /** null: signed on paper, and nobody wrote it down */
  readonly email: string | null;
  readonly title: string | null;
  /** For whom they sign. */
  readonly party: SignerParty;
  readonly status: SignerStatus;
  readonly signatureKind: SignatureKind | null;
  readonly signatureText: string | null;
  /** The very words that were agreed to. */
  readonly consent: string | null;
  readonly documentSha256: string | null;
  readonly signedAt: Date | null;
  readonly ip: string | null;
  readonly browser: string | null;
  readonly declinedAt: Date | null;
  readonly declineReason: string | null;
  readonly remindedAt: Date | null;
  readonly providerSignatureId: string | null;
};

export type SignerParty = "customer" | "seller";

export type LinkPurpose = "view" | "sign";

/** By which somebody without an account sees a version, or signs it. */
export type QuoteLink = {
  readonly id: string;
  readonly quoteId: string;
  readonly versionId: string;
  readonly purpose: LinkPurpose;
  readonly signerId: string | null;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** The page, the PDF, the signed PDF, or an attempt to sign or to decline. */
export type ViewedWhat = "page" | "offer" | "signed" | "sign" | "decline";

export type QuoteView = {
  readonly id: string;
  readonly linkId: string;
  readonly what: ViewedWhat;
  readonly viewedAt: Date;
  readonly ip: string | null;
  readonly browser: string | null;
};

export type SigningMailKind = "invitation" | "reminder" | "signed" | "withdrawn";

export type SigningMail = {
  readonly id: string;
  readonly signerId: string;
  readonly kind: SigningMailKind;
  readonly recipient: string;
  /** dropped: it had become untrue before it was sent */
  readonly status: "queued" | "sent" | "failed" | "dropped";
  readonly error: string | null;
  readonly queuedAt: Date;
  readonly sentAt: Date | null;
};
