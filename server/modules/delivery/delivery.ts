/** `invoice`: the first sending, which makes it sent; `resend`: again; `test`: to whoever tries it out; `reminder`: of several invoices. */
export type DeliveryPurpose = "invoice" | "resend" | "test" | "reminder";

/**
 * `queued`: waits for its turn; `sending`: handed to the mail server just now; `deferred`: tried again by itself;
 * `uncertain`: handed over without an answer, so that a person has to look whether it arrived.
 */
export type DeliveryStatus = "queued" | "sending" | "deferred" | "sent" | "failed" | "uncertain";

/** Files of a delivery, by what they are made of. */
export type DeliveryPart =
  | { readonly kind: "invoice_pdf"; readonly invoiceId: string }
  | { readonly kind: "usage_csv"; readonly invoiceId: string }
  | { readonly kind: "file"; readonly fileId: string };

/** A mail to a customer. The addresses of links in it stand for links that are made when it leaves. */
export type Delivery = {
  readonly id: string;
  readonly purpose: DeliveryPurpose;
  readonly customerId: string;
  /** null: a reminder, which is about several */
  readonly invoiceId: string | null;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly DeliveryPart[];
  /** why it was sent again */
  readonly reason: string | null;
  readonly status: DeliveryStatus;
  /** the operation that sends it, or QUEUE */
  readonly claimedBy: string | null;
  readonly failure: string | null;
  readonly requestedBy: string;
  readonly queuedAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly sentAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: Date | null;
  readonly resolution: string | null;
};

/** Who sends a delivery that waited for its turn, or for the mail server. */
export const QUEUE = "queue";

/** `left_out`: mails to it have bounced before, so that it was not sent to it. */
export type RecipientStatus = "pending" | "accepted" | "refused" | "bounced" | "left_out";
export type RecipientKind = "to" | "cc";

export type DeliveryRecipient = {
  readonly deliveryId: string;
  readonly ordinal: number;
  readonly kind: RecipientKind;
  readonly name: string;
  readonly email: string;
  readonly status: RecipientStatus;
  readonly detail: string | null;
};

/** `interrupted`: whoever made it was gone before it had an answer. */
export type AttemptOutcome = "sent" | "temporary" | "permanent" | "uncertain" | "interrupted";

export type DeliveryAttempt = {
  readonly deliveryId: string;
  readonly ordinal: number;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: AttemptOutcome | null;
  readonly detail: string | null;
};

/** A mail that came back. */
export type MailBounce = {
  readonly id: string;
  readonly deliveryId: string | null;
  readonly email: string;
  readonly isPermanent: boolean;
  /** such as "5.1.1" */
  readonly statusCode: string | null;
  readonly detail: string;
  readonly source: "api" | "status_notification";
  readonly reportedBy: string;
  readonly bouncedAt: Date;
};

export type DeliverySettings = {
  /** Usage by day goes with each invoice that bills usage. */
  readonly attachesUsage: boolean;
  readonly mailsZeroTotals: boolean;
  /** null: as fast as the mail server takes them */
  readonly mailsPerMinute: number | null;
  readonly hasBounceAddress: boolean;
  readonly version: number;
};

/** Something wants to leave the house. */
export type NewDelivery = Pick<
  Delivery,
  | "id"
  | "purpose"
  | "customerId"
  | "invoiceId"
  | "messageId"
  | "subject"
  | "text"
  | "html"
  | "attachments"
  | "reason"
  | "requestedBy"
> & { readonly recipients: readonly NewRecipient[] };

export type NewRecipient = Pick<DeliveryRecipient, "kind" | "name" | "email" | "status" | "detail">;

/** After which tries it waits how long; after the last it is given up. */
export const BACK_OFF_MINUTES = [1, 5, 15, 60, 240, 720] as const;
