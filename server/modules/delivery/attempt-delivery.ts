import type { Mail, MailOutcome, MailTransport, MailTransports } from "../../integrations/email/mail";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newLinkToken } from "../../platform/link-token";
import { currentDocument, invoicesById } from "../invoice";
import { operationsById } from "../operation";
import { loadOrganization, type Organization, parseMailSender } from "../organization";
import { bouncesByAddress } from "./bounce.store";
import { BACK_OFF_MINUTES, type Delivery, type DeliveryPart, type DeliveryRecipient, QUEUE } from "./delivery";
import {
  attemptsByDelivery,
  beginAttempt,
  countUnderWay,
  deliveriesById,
  endAttempt,
  enqueueDelivery,
  lockDelivery,
  lockInvoiceToSend,
  markInvoiceSent,
  recipientsByDelivery,
  saveDeliveryStatus,
  saveRecipients,
} from "./delivery.store";
import { lockDeliverySettings, mailFileContent } from "./delivery-settings.store";
import { linkExpiryFrom } from "./invoice-link";
import { insertInvoiceLink } from "./invoice-link.store";
import { withLinks } from "./link-in-mail";
import { usageCsv, usageFileName, usageOfInvoice } from "./usage-file";

export type MailParts = {
  readonly clock: Clock;
  readonly transports: MailTransports;
};

type Sending = {
  readonly organization: Organization;
  readonly now: Date;
  readonly transport: MailTransport;
  readonly claim: string;
};

/**
 * Tries to send a delivery, as the operation or queue that `claim` names, and answers how it stands then. The attempt is
 * noted before anything leaves, and its outcome afterwards. Whoever finds an attempt of its own without an outcome was
 * killed in the middle of it: then a transport that recognizes what it has taken is asked again; of any other nobody can
 * tell whether the mail left, so it is not sent again but left to a person.
 */
export async function attemptDelivery(id: string, claim: string, parts: MailParts): Promise<Delivery> {
  const organization = await loadOrganization();
  const { now } = organizationTime(parts.clock, organization);
  const sending: Sending = { organization, now, transport: parts.transports[organization.mode], claim };
  const planned = await loadDelivery(id);
  // A file that cannot be made must not look like a mail that may have left.
  const files = isSettled(planned) ? [] : await Promise.all(planned.attachments.map(fileOf));
  const mail = await inTransaction(() => begin(id, files, sending));
  if (mail) {
    const outcome = await sending.transport.send(mail);
    await inTransaction(() => conclude(id, outcome, sending));
  }
  return loadDelivery(id);
}

const isSettled = ({ status }: Delivery): boolean => status === "sent" || status === "failed" || status === "uncertain";

async function loadDelivery(id: string): Promise<Delivery> {
  const delivery = (await deliveriesById([id])).get(id);
  if (!delivery) throw new Error(`there is no delivery ${id}`);
  return delivery;
}

/** The mail, once its attempt is noted; null where nothing is to be sent now. */
async function begin(id: string, files: Mail["attachments"], sending: Sending): Promise<Mail | null> {
  const { invoiceId } = await loadDelivery(id);
  if (invoiceId !== null) await lockInvoiceToSend(invoiceId);
  const delivery = await lockDelivery(id);
  if (!delivery || isSettled(delivery)) return null;
  if (delivery.status === "sending") {
    if (!(await isAbandoned(delivery, sending.claim))) return null;
    await endAttempt(id, "interrupted", "Whoever sent it was gone before it had an answer.");
    if (!sending.transport.recognizesRepetition) {
      await saveDeliveryStatus(id, { status: "uncertain", failure: INTERRUPTED });
      return null;
    }
  }
  const untrue = await whyUntrue(delivery);
  if (untrue) {
    await saveDeliveryStatus(id, { status: "failed", failure: untrue });
    return null;
  }
  const recipients = await leaveOutBounced(delivery);
  if (!recipients.some(({ kind }) => kind === "to")) {
    await saveDeliveryStatus(id, { status: "failed", failure: "Mails to whom it addresses have come back since." });
    return null;
  }
  if (!sending.transport.recognizesRepetition && !(await takeTurn(delivery, sending.now))) return null;
  await beginAttempt(id, sending.claim);
  return mailOf(delivery, { recipients, files, sending });
}

const INTERRUPTED =
  "Whoever sent it was stopped in the middle, so the mail server may have taken it or not. Find out whether it arrived, then say so with resolveDelivery.";

/** Its sender is gone: one's own attempt without an outcome is of an earlier life, and an operation that is over sends nothing. */
async function isAbandoned({ claimedBy }: Delivery, claim: string): Promise<boolean> {
  if (claimedBy === claim) return true;
  if (claimedBy === null || claimedBy === QUEUE) return false;
  return (await operationsById([claimedBy])).get(claimedBy)?.finishedAt !== null;
}

/** Between the asking and now the invoice may have been voided. */
async function whyUntrue({ purpose, invoiceId }: Delivery): Promise<string | null> {
  if (invoiceId === null || purpose === "test") return null;
  const invoice = (await invoicesById([invoiceId])).get(invoiceId);
  return invoice?.status === "voided" ? "The invoice was voided before its mail left." : null;
}

async function leaveOutBounced({ id }: Delivery): Promise<readonly DeliveryRecipient[]> {
  const recipients = ((await recipientsByDelivery([id])).get(id) ?? []).filter(({ status }) => status === "pending");
  const bounces = await bouncesByAddress(recipients.map(({ email }) => email));
  if (bounces.size === 0) return recipients;
  await saveRecipients(id, "left_out", { emails: [...bounces.keys()], detail: "Mails to it came back." });
  return recipients.filter(({ email }) => !bounces.has(email.toLowerCase()));
}

/** False: the organization's pace is reached, and the delivery waits for its turn. One after the other, under one lock. */
async function takeTurn({ id }: Delivery, now: Date): Promise<boolean> {
  const { mailsPerMinute } = await lockDeliverySettings();
  if (mailsPerMinute === null) return true;
  const { recent, waiting } = await countUnderWay();
  if (recent < mailsPerMinute) return true;
  const minutes = 1 + Math.floor(waiting / mailsPerMinute);
  await saveDeliveryStatus(id, { status: "queued", nextAttemptAt: minutesAfter(now, minutes) });
  await enqueueDelivery(id, minutes);
  return false;
}

const minutesAfter = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

type ToSend = {
  readonly recipients: readonly DeliveryRecipient[];
  readonly files: Mail["attachments"];
  readonly sending: Sending;
};

async function mailOf(delivery: Delivery, { recipients, files, sending }: ToSend): Promise<Mail> {
  const { organization, now } = sending;
  const sender = parseMailSender(organization.mailFrom);
  if (!sender) throw new Error(`not a sender: ${organization.mailFrom}`);
  const tokens = await makeLinks(delivery, sending);
  const addressed = (wanted: DeliveryRecipient["kind"]) =>
    recipients.filter(({ kind }) => kind === wanted).map(({ name, email }) => ({ name: name || null, address: email }));
  return {
    messageId: delivery.messageId,
    date: now,
    from: { name: sender.name ?? organization.legalName, address: sender.address },
    to: addressed("to"),
    cc: addressed("cc"),
    replyTo: null,
    subject: delivery.subject,
    text: withLinks(delivery.text, tokens),
    html: withLinks(delivery.html, tokens),
    attachments: files,
  };
}

/** Each attempt has links of its own, as the secrets of earlier ones are known to nobody; all of them lead to the page. */
async function makeLinks(delivery: Delivery, { organization, now }: Sending): Promise<ReadonlyMap<string, string>> {
  const own = delivery.attachments.flatMap((part) => (part.kind === "invoice_pdf" ? part.invoiceId : []));
  const tokens = new Map<string, string>();
  for (const invoiceId of own) {
    if (!delivery.text.includes(`link-of-${invoiceId}`)) continue;
    const { token, hash: tokenHash } = newLinkToken(organization.id);
    const purpose = delivery.purpose === "test" ? "staff" : "customer";
    const link = { invoiceId, purpose, tokenHash, expiresAt: linkExpiryFrom(now), createdBy: "Billgrid" } as const;
    await insertInvoiceLink(link, now);
    tokens.set(invoiceId, token);
  }
  return tokens;
}

async function fileOf(part: DeliveryPart): Promise<Mail["attachments"][number]> {
  if (part.kind === "file") {
    const file = await mailFileContent(part.fileId);
    if (!file) throw new Error(`there is no file ${part.fileId}`);
    return { filename: file.fileName, content: file.content, contentType: file.contentType };
  }
  const invoice = (await invoicesById([part.invoiceId])).get(part.invoiceId);
  if (!invoice) throw new Error(`there is no invoice ${part.invoiceId}`);
  if (part.kind === "usage_csv") {
    const content = Buffer.from(`\ufeff${usageCsv(await usageOfInvoice(invoice))}`);
    return { filename: usageFileName(invoice), content, contentType: "text/csv" };
  }
  const { fileName, content } = await currentDocument(invoice);
  return { filename: fileName, content, contentType: "application/pdf" };
}

async function conclude(id: string, outcome: MailOutcome, { now }: Sending): Promise<void> {
  const { invoiceId } = await loadDelivery(id);
  if (invoiceId !== null) await lockInvoiceToSend(invoiceId);
  const delivery = await lockDelivery(id);
  if (delivery?.status !== "sending") throw new Error(`the delivery ${id} is not being sent`);
  if (outcome.accepted) {
    await endAttempt(id, "sent", outcome.outcome === "already_sent" ? "It had been taken before." : null);
    await saveRecipients(id, "refused", { emails: outcome.refused, detail: "The mail server did not take it." });
    await acceptOthers(id, outcome.refused);
    await saveDeliveryStatus(id, { status: "sent", sentAt: now });
    if (delivery.purpose === "invoice" && invoiceId !== null) await markInvoiceSent(invoiceId, now);
    return;
  }
  await endAttempt(id, outcome.outcome, outcome.reason);
  switch (outcome.outcome) {
    case "uncertain":
      return saveDeliveryStatus(id, {
        status: "uncertain",
        failure: `${outcome.reason} The mail server had been given the whole mail and did not answer. Find out whether it arrived, then say so with resolveDelivery.`,
      });
    case "permanent":
      return saveDeliveryStatus(id, { status: "failed", failure: outcome.reason });
    case "temporary": {
      const tries = (await attemptsByDelivery([id])).get(id)?.length ?? 1;
      const minutes = BACK_OFF_MINUTES[tries - 1];
      if (minutes === undefined) return saveDeliveryStatus(id, { status: "failed", failure: outcome.reason });
      await saveDeliveryStatus(id, {
        status: "deferred",
        failure: outcome.reason,
        nextAttemptAt: minutesAfter(now, minutes),
      });
      await enqueueDelivery(id, minutes);
    }
  }
}

async function acceptOthers(id: string, refused: readonly string[]): Promise<void> {
  const waiting = ((await recipientsByDelivery([id])).get(id) ?? []).filter(({ status }) => status === "pending");
  const emails = waiting.map(({ email }) => email).filter((email) => !refused.includes(email));
  await saveRecipients(id, "accepted", { emails, detail: null });
}
