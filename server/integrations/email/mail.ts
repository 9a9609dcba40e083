export type MailAddress = { name: string | null; address: string };

export type MailAttachment = { filename: string; content: Buffer; contentType: string };

export type Mail = {
  /**
   * "invoice.0192f3c4@billgrid.example.com", without angle brackets. The caller derives it from what is sent, so that the
   * same mail has the same id however often it is tried.
   */
  messageId: string;
  /** Stands in the mail as its date. */
  date: Date;
  from: MailAddress;
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
  replyTo: MailAddress | null;
  subject: string;
  text: string;
  html: string | null;
  attachments: readonly MailAttachment[];
};

/**
 * What became of a mail. `temporary` is worth another try with the same message id; `permanent` is not, until somebody
 * changes the mail or an address. `uncertain`: all of it was handed over, and the answer got lost; whoever tries again may
 * send it twice. `reason` is for people; it holds no credentials. A mail that some recipients' servers took is sent,
 * because another try would reach those twice; `refused` are the addresses it did not reach.
 */
export type MailOutcome =
  | { accepted: true; outcome: "sent" | "already_sent"; refused: readonly string[] }
  | { accepted: false; outcome: "temporary" | "permanent" | "uncertain"; reason: string };

/** Hands a mail on for delivery. An expected failure is an outcome, never an exception. */
export type MailTransport = {
  send: (mail: Mail) => Promise<MailOutcome>;
  /** It knows by the message id what it has taken: trying again after a crash never makes a second mail. */
  recognizesRepetition: boolean;
};

/** Where mail goes, by the organization's mode: from a sandbox none leaves. */
export type MailTransports = { readonly live: MailTransport; readonly sandbox: MailTransport };
