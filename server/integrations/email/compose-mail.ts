import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import type Mail from "nodemailer/lib/mailer";
import type { MailAddress, Mail as OutgoingMail } from "./mail";

/** RFC 5322 allows more; what we allow is also a safe file name. */
const messageIdForm = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,150}@[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/;

/** One address alone: no list, no group, no comment, nothing that ends a header. */
const addressForm = /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u;

/** Why a mail cannot be sent as it is, or null. Every transport asks before it does anything. */
export const findMailFault = (mail: OutgoingMail): string | null => {
  if (!messageIdForm.test(mail.messageId)) return `Not a message id: ${JSON.stringify(mail.messageId)}`;
  if (mail.to.length === 0) return "The mail has no recipient";
  const addresses = [mail.from, ...mail.to, ...mail.cc, ...(mail.replyTo ? [mail.replyTo] : [])];
  const wrong = addresses.find(({ address }) => address.length > 254 || !addressForm.test(address));
  return wrong ? `Not a mail address: ${JSON.stringify(wrong.address.slice(0, 254))}` : null;
};

/** A header is one line: what would start another one becomes a space. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{C}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();

const toAddress = ({ name, address }: MailAddress) => ({ name: oneLine(name ?? ""), address });

/** Parts are divided by what the id decides, so that the same mail is the same bytes. */
const boundaryOf = (messageId: string): string => createHash("sha256").update(messageId).digest("hex").slice(0, 24);

/** The mail as nodemailer takes it. Nothing in it is a path or an address to read from. */
export const toNodemailer = (mail: OutgoingMail): Mail.Options & { baseBoundary: string } => ({
  messageId: `<${mail.messageId}>`,
  baseBoundary: boundaryOf(mail.messageId),
  date: mail.date,
  from: toAddress(mail.from),
  to: mail.to.map(toAddress),
  cc: mail.cc.map(toAddress),
  ...(mail.replyTo ? { replyTo: toAddress(mail.replyTo) } : {}),
  subject: oneLine(mail.subject),
  text: mail.text,
  ...(mail.html === null ? {} : { html: mail.html }),
  attachments: mail.attachments.map(({ filename, content, contentType }) => ({
    filename: oneLine(filename).replace(/[/\\]/g, "_"),
    content,
    contentType: oneLine(contentType),
  })),
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** The bytes of the mail, as they go over the wire or into an .eml file. */
export const composeMail = (mail: OutgoingMail): Promise<Buffer> =>
  new MailComposer(toNodemailer(mail)).compile().build();
