import { createTransport } from "nodemailer";
import { findMailFault, toNodemailer } from "./compose-mail";
import type { MailOutcome, MailTransport } from "./mail";

export type SmtpSettings = {
  /** "smtp://user:password@host:587" or "smtps://…:465" */
  url: string;
  /** How long a server may take to connect, to greet, and to answer each command. */
  timeoutMs: number;
};

type SmtpProblem = Error & { code?: string; responseCode?: number };

/** The configuration is at fault, not the mail: it goes out once somebody has put that right. */
const faultsOfSetUp = new Set(["EAUTH", "ENOAUTH", "EOAUTH2", "ECONFIG"]);

/** What the mail itself is refused for, before any server has seen it. */
const faultsOfMail = new Set(["EENVELOPE", "EMESSAGE"]);

/**
 * RFC 5321, 4.2.1: 4yz passes, 5yz does not. Where no server answered, and where it refuses us rather than the mail,
 * another try is right: a bill must not be given up because a password had expired.
 */
const outcomeOf = (problem: SmtpProblem, isHandedOver: boolean): MailOutcome => {
  const { code = "", responseCode = 0, message } = problem;
  if (isHandedOver && responseCode === 0) return { accepted: false, outcome: "uncertain", reason: message };
  const isPermanent =
    !faultsOfSetUp.has(code) && (responseCode >= 500 || (responseCode === 0 && faultsOfMail.has(code)));
  return { accepted: false, outcome: isPermanent ? "permanent" : "temporary", reason: message };
};

/**
 * Sends by SMTP, one mail after the other. A server takes a mail with the dot after its last line: one that was not handed
 * over whole was not taken, and of one that was, and got no answer, nobody knows.
 */
export const createSmtpMail = ({ url, timeoutMs }: SmtpSettings): MailTransport & { close: () => void } => {
  let isHandedOver = false;
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    // Else a mail whose connection broke is sent again unasked, whether it was taken or not.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    logger: listenFor("message", () => {
      isHandedOver = true;
    }),
  });
  const send: MailTransport["send"] = async (mail) => {
    isHandedOver = false;
    try {
      const { rejected: refused } = await transport.sendMail(toNodemailer(mail));
      return { accepted: true, outcome: "sent", refused };
    } catch (problem) {
      if (problem instanceof Error) return outcomeOf(problem, isHandedOver);
      throw problem;
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    recognizesRepetition: false,
    close: () => transport.close(),
    send: (mail) => {
      const fault = findMailFault(mail);
      if (fault) return Promise.resolve({ accepted: false, outcome: "permanent", reason: fault });
      const sent = last.then(() => send(mail));
      last = sent.catch(() => undefined);
      return sent;
    },
  };
};

/** nodemailer logs each step of its conversation, and says nowhere else how far it came; "message": the body is written. */
const listenFor = (step: string, hear: () => void) => {
  const log = (entry: unknown) => {
    if (typeof entry === "object" && entry !== null && "tnx" in entry && entry.tnx === step) hear();
  };
  return { level: () => undefined, trace: log, debug: log, info: log, warn: log, error: log, fatal: log };
};
