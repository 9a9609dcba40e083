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
const outcomeOf = (problem: SmtpProblem): MailOutcome => {
  const { code = "", responseCode = 0, message } = problem;
  const isPermanent =
    !faultsOfSetUp.has(code) && (responseCode >= 500 || (responseCode === 0 && faultsOfMail.has(code)));
  return { accepted: false, outcome: isPermanent ? "permanent" : "temporary", reason: message };
};

/**
 * Sends by SMTP. A server may have taken a mail whose confirmation got lost; the next try carries the same message id, by
 * which mail systems recognize it.
 */
export const createSmtpMail = ({ url, timeoutMs }: SmtpSettings): MailTransport & { close: () => void } => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  });
  return {
    close: () => transport.close(),
    send: async (mail) => {
      const fault = findMailFault(mail);
      if (fault) return { accepted: false, outcome: "permanent", reason: fault };
      try {
        const { rejected: refused } = await transport.sendMail(toNodemailer(mail));
        return { accepted: true, outcome: "sent", refused };
      } catch (problem) {
        if (problem instanceof Error) return outcomeOf(problem);
        throw problem;
      }
    },
  };
};
