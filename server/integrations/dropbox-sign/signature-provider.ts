/** A document that a provider of electronic signatures is to have signed. */
export type SignatureOrder = {
  /** Ours, and unlike any other: by it the provider's request is found again when an answer got lost. */
  readonly reference: string;
  /** What people see the document called. */
  readonly title: string;
  readonly subject: string;
  readonly message: string;
  readonly signers: readonly (SignatureParty & {
    /** From 0; those at the same position sign at once, the others one after the other. */
    readonly position: number;
  })[];
  readonly pdf: Buffer;
  readonly fileName: string;
  /** After which nobody can sign any more; null: until it is cancelled. */
  readonly expiresAt: Date | null;
  /** Comes back with every event; no secrets. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Signed for practice: without legal value, and free. */
  readonly isTest: boolean;
  /** True: signers come through our page and the provider sends no mail; false: the provider mails them. */
  readonly isEmbedded: boolean;
};

export type SignatureParty = { readonly name: string; readonly email: string };

/** A request as the provider sees it. */
export type ProviderRequest = {
  readonly id: string;
  /** Ours; null: not made by us. */
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isTest: boolean;
  readonly state: "open" | "signed" | "declined" | "expired" | "failed";
  readonly signatures: readonly ProviderSignature[];
};

export type ProviderSignature = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
  readonly state: "waiting" | "signed" | "declined" | "expired" | "failed";
  readonly signedAt: Date | null;
  readonly viewedAt: Date | null;
  /** Why the signer declined, or what went wrong with this signature. */
  readonly reason: string | null;
};

/**
 * What became of something asked of the provider. `temporary` is worth another try, not before `retryAfterSeconds` where
 * the provider said so; `mayHaveHappened` is true where no answer came that rules it out. `permanent` is not worth one
 * until somebody changes the order or the settings. `reason` is for people and holds no secrets.
 */
export type Outcome<T> = { readonly outcome: "done"; readonly value: T } | Undone;

export type Undone =
  | {
      readonly outcome: "temporary";
      readonly reason: string;
      readonly retryAfterSeconds: number | null;
      readonly mayHaveHappened: boolean;
    }
  | { readonly outcome: "permanent"; readonly reason: string };

/** A provider of electronic signatures. An expected failure is an outcome, never an exception. */
export type SignatureProvider = {
  /** Whether orders may be embedded. */
  readonly canEmbed: boolean;
  /** Has the document signed. Not idempotent: after a try that may have happened, ask `find` first. */
  send(order: SignatureOrder): Promise<Outcome<ProviderRequest>>;
  /** The request made for a reference, the first one if there are several; null: none is known (yet). */
  find(reference: string): Promise<Outcome<ProviderRequest | null>>;
  /** How a request stands; `gone`: it was taken back; `unknown`: the provider knows none, or not under this account. */
  status(requestId: string): Promise<Outcome<ProviderRequest | "gone" | "unknown">>;
  /** Mails the signer again; providers allow this about once an hour, and not where signing is embedded. */
  remind(requestId: string, signer: SignatureParty): Promise<Outcome<null>>;
  /** Takes back a request that not all have signed; done also where there is nothing left to take back. */
  cancel(requestId: string): Promise<Outcome<null>>;
  /** Where one signer signs, for a page that embeds the provider; good for minutes. */
  embeddedSignUrl(signatureId: string): Promise<Outcome<{ readonly url: string; readonly expiresAt: Date | null }>>;
  /** The document as signed so far, with the provider's own record of the signatures. */
  signedPdf(requestId: string): Promise<Outcome<Buffer>>;
  /** What the provider posted to us, if it was the provider. */
  readEvent(message: string): ReadEvent;
};

export type ReadEvent =
  | { readonly kind: "event"; readonly event: ProviderEvent }
  /** Not by who knows the API key. */
  | { readonly kind: "forged" }
  | { readonly kind: "unreadable" };

/** What happened at the provider, as its message says. Only type and time are vouched for: ask `status` for the rest. */
export type ProviderEvent = {
  readonly hash: string;
  readonly type: string;
  readonly at: Date;
  /** null: about something else than a request, such as a test of the address. */
  readonly requestId: string | null;
  /** Of the one signer whom it is about. */
  readonly signatureId: string | null;
  /** Ours, of the request; null: not made by us. */
  readonly reference: string | null;
  /** In words, such as why an address bounced. */
  readonly message: string | null;
  /** What we gave the request to carry. */
  readonly metadata: Readonly<Record<string, string>>;
};
