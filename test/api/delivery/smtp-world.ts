import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import { createSmtpMail } from "../../../server/integrations/email/smtp-mail";

/** What the mail server does with the next mails; null: it takes them. */
export type Behaviour =
  /** takes the mail, and is gone before it says so */
  | { readonly kind: "takes_and_dies" }
  /** answers so to each mail */
  | { readonly kind: "refuses"; readonly code: number; readonly message: string }
  /** does not know these addresses */
  | { readonly kind: "does_not_know"; readonly addresses: readonly string[] };

/** A real mail server on a port of its own, whose behaviour tests set. */
export async function startMailServer() {
  const received: ParsedMail[] = [];
  const sockets = new Set<{ destroy(): void }>();
  let behaviour: Behaviour | null = null;
  let onTaken: () => void = () => undefined;
  const refusal = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code });
  const takeMail = async (stream: SMTPServerDataStream) => void received.push(await simpleParser(stream));
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, done) =>
      done(
        behaviour?.kind === "does_not_know" && behaviour.addresses.includes(address)
          ? refusal(550, "5.1.1 User unknown")
          : null,
      ),
    onData: (stream, _session, done) => {
      const now = behaviour;
      if (now?.kind === "refuses") {
        stream.resume().on("end", () => done(refusal(now.code, now.message)));
        return;
      }
      void takeMail(stream).then(() => {
        onTaken();
        if (now?.kind !== "takes_and_dies") return done();
        for (const socket of sockets) socket.destroy();
      });
    },
  });
  server.server.on("connection", (socket) => sockets.add(socket));
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const url = `smtp://127.0.0.1:${port}`;
  const transport = createSmtpMail({ url, timeoutMs: 5_000 });
  return {
    url,
    transport,
    received,
    /** From now on. */
    behave: (next: Behaviour | null) => {
      behaviour = next;
    },
    /** Whenever a mail is taken, before that is answered. */
    whenTaken: (hear: () => void) => {
      onTaken = hear;
    },
    stop: async () => {
      transport.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
