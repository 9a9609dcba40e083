import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import type { SMTPServerOptions } from "smtp-server";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { createSmtpMail } from "../../../server/integrations/email/smtp-mail";
import { sampleMail, samplePdf } from "./sample-mail";

const toClose: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** A real server on a port of its own, and a transport that talks to it. */
const startServer = async (
  options: SMTPServerOptions = {},
  credentials = "",
  prepare: (server: SMTPServer) => void = () => undefined,
) => {
  const received: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onData: (stream, _, done) => {
      void simpleParser(stream).then((mail) => {
        received.push(mail);
        done();
      }, done);
    },
    ...options,
  });
  prepare(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const transport = createSmtpMail({ url: `smtp://${credentials}127.0.0.1:${port}`, timeoutMs: 5_000 });
  toClose.push(() => new Promise<void>((resolve) => server.close(() => resolve())), transport.close);
  return { transport, received };
};

test("a mail arrives whole at a real server", async () => {
  const { transport, received } = await startServer();
  expect(await transport.send(sampleMail())).toEqual({ accepted: true, outcome: "sent", refused: [] });
  const [mail] = received;
  expect(mail?.messageId).toBe("<invoice.0192f3c4-7d11@billgrid.example.com>");
  expect(mail?.text?.trim()).toBe("Please find attached the invoice.\n.\nEnd");
  expect(mail?.attachments[0]?.content.equals(samplePdf)).toBe(true);
});

test("carbon copies are recipients too", async () => {
  const recipients: string[] = [];
  const { transport } = await startServer({
    onRcptTo: ({ address }, _, done) => {
      recipients.push(address);
      done();
    },
  });
  await transport.send(sampleMail());
  expect(recipients).toEqual(["accounts@northwind.example.com", "finance@northwind.example.com"]);
});

test.each([
  [421, "temporary"],
  [450, "temporary"],
  [451, "temporary"],
  [550, "permanent"],
  [552, "permanent"],
] as const)("an answer of %i to the mail is %s", async (code, outcome) => {
  const { transport } = await startServer({
    onData: (stream, _, done) => {
      stream.resume().on("end", () => done(refusal(code, "not now")));
    },
  });
  expect(await transport.send(sampleMail())).toMatchObject({ accepted: false, outcome, reason: /not now/ });
});

test.each([
  [450, "temporary"],
  [550, "permanent"],
] as const)("an answer of %i to every recipient is %s", async (code, outcome) => {
  const { transport } = await startServer({ onRcptTo: (_, __, done) => done(refusal(code, "no such mailbox")) });
  expect(await transport.send(sampleMail())).toMatchObject({ accepted: false, outcome });
});

test("a mail that one of two recipients refuses is sent, and says who did not get it", async () => {
  const { transport, received } = await startServer({
    onRcptTo: ({ address }, _, done) => done(address.startsWith("finance") ? refusal(550, "gone") : null),
  });
  expect(await transport.send(sampleMail())).toEqual({
    accepted: true,
    outcome: "sent",
    refused: ["finance@northwind.example.com"],
  });
  expect(received).toHaveLength(1);
});

test("a refused password is worth another try and is not told", async () => {
  const { transport } = await startServer(
    { authOptional: false, onAuth: (_, __, done) => done(refusal(535, "bad credentials")) },
    "billing:s3cret-pass@",
  );
  const outcome = await transport.send(sampleMail());
  expect(outcome).toMatchObject({ accepted: false, outcome: "temporary" });
  expect(JSON.stringify(outcome)).not.toContain("s3cret-pass");
});

test("a server that is not there is worth another try", async () => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  const transport = createSmtpMail({ url: `smtp://127.0.0.1:${port}`, timeoutMs: 2_000 });
  toClose.push(transport.close);
  expect(await transport.send(sampleMail())).toMatchObject({ accepted: false, outcome: "temporary" });
});

test("a server that says nothing is given up after the timeout", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  const transport = createSmtpMail({ url: `smtp://127.0.0.1:${port}`, timeoutMs: 200 });
  toClose.push(() => void silent.close(), transport.close);
  expect(await transport.send(sampleMail())).toMatchObject({ accepted: false, outcome: "temporary" });
});

test("a wrong address is refused before any server is asked", async () => {
  const { transport, received } = await startServer();
  const to = [{ name: null, address: "a@b.example>\r\nRCPT TO:<thief@example.com" }];
  expect(await transport.send(sampleMail({ to }))).toMatchObject({ accepted: false, outcome: "permanent" });
  expect(received).toEqual([]);
});

test.each([
  ["after it has taken the mail", "data", "uncertain"],
  ["before it was given the mail", "recipient", "temporary"],
] as const)("a server that dies %s (%s) leaves it %s, and is not asked again unbidden", async (_, when, outcome) => {
  let mails = 0;
  const sockets = new Set<{ destroy(): void }>();
  const { transport } = await startServer(
    {
      onRcptTo: (_address, _session, done) => {
        if (when === "recipient") for (const socket of sockets) socket.destroy();
        else done();
      },
      onData: (stream) => {
        stream.resume().on("end", () => {
          mails += 1;
          for (const socket of sockets) socket.destroy();
        });
      },
    },
    "",
    (server) => server.server.on("connection", (socket) => sockets.add(socket)),
  );
  expect(await transport.send(sampleMail())).toMatchObject({ accepted: false, outcome });
  expect(mails).toBe(when === "data" ? 1 : 0);
});

test("the next mail after a broken connection goes out", async () => {
  const sockets = new Set<{ destroy(): void }>();
  let isBroken = true;
  const { transport } = await startServer(
    {
      onData: (stream, _session, done) => {
        stream.resume().on("end", () => {
          if (isBroken) for (const socket of sockets) socket.destroy();
          else done();
        });
      },
    },
    "",
    (server) => server.server.on("connection", (socket) => sockets.add(socket)),
  );
  expect(await transport.send(sampleMail())).toMatchObject({ outcome: "uncertain" });
  isBroken = false;
  expect(await transport.send(sampleMail())).toEqual({ accepted: true, outcome: "sent", refused: [] });
});
