/** What somebody is told of. */
export type NotificationKind =
  | "approval_requested"
  | "approved"
  | "rejected"
  | "viewed"
  | "signer_signed"
  | "signed"
  | "declined"
  | "expiring"
  | "expired";

/** What a member is told of one event, once, in words. */
export type Notification = {
  readonly id: string;
  readonly memberId: string;
  readonly eventId: string;
  readonly quoteId: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly text: string;
  /** The way to it within an application, such as quotes/<id>. */
  readonly link: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  readonly mailedAt: Date | null;
  /** Why the mail did not leave, or whom it did not reach. */
  readonly mailError: string | null;
};
