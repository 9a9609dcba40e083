import type { CurrencyCode } from "../../domain/money/currency";
import type { Mail, MailTransports } from "../../integrations/email/mail";
import { writeMail } from "../../integrations/email/mail-layout";
import { type Clock, organizationTime } from "../../platform/clock";
import { membersById } from "../access";
import { loadOrganization, type Organization, parseMailSender } from "../organization";
import { customerOfQuote, loadCurrentVersion, quotesById } from "../quote";
import type { Notification } from "./notification";
import { notificationsById, saveMailOutcome } from "./notification.store";

/**
 * Mails a notification to whom it is for. The message id is made of the notification, so that what left before a crash is
 * recognized and nobody gets it twice. What may work later is thrown, so that the queue tries it again.
 */
export async function mailNotification(
  { clock, transports }: { readonly clock: Clock; readonly transports: MailTransports },
  notificationId: string,
): Promise<void> {
  const notification = (await notificationsById([notificationId])).get(notificationId);
  if (!notification || notification.mailedAt !== null) return;
  const organization = await loadOrganization();
  const outcome = await transports[organization.mode].send(await mailOf(notification, organization));
  if (outcome.accepted) {
    const { now: mailedAt } = organizationTime(clock, organization);
    const mailError = outcome.refused.length > 0 ? `Not delivered to ${outcome.refused.join(", ")}.` : null;
    return saveMailOutcome(notificationId, { mailedAt, mailError });
  }
  await saveMailOutcome(notificationId, { mailedAt: null, mailError: outcome.reason });
  if (outcome.outcome === "temporary") throw new Error(`the notification ${notificationId} waits: ${outcome.reason}`);
}

async function mailOf(notification: Notification, organization: Organization): Promise<Mail> {
  const { id, memberId, quoteId, title, text, createdAt } = notification;
  const member = (await membersById([memberId])).get(memberId);
  const quote = (await quotesById([quoteId])).get(quoteId);
  const sender = parseMailSender(organization.mailFrom);
  if (!member || !quote || !sender) throw new Error(`the notification ${id} has no member, quote or sender`);
  const { terms } = await loadCurrentVersion(quote);
  const customer = await customerOfQuote(quote, terms.currency as CurrencyCode, createdAt);
  return {
    messageId: `notification.${id}@${sender.address.split("@").at(-1)}`,
    date: createdAt,
    from: { name: sender.name ?? organization.legalName, address: sender.address },
    to: [{ name: member.name, address: member.email }],
    cc: [],
    replyTo: null,
    ...writeMail({
      subject: title,
      sellerName: organization.legalName,
      brandColour: organization.brandColor,
      headline: { label: "Quote", value: quote.number },
      rows: [
        ["Name", terms.name],
        ["Customer", customer.legalName],
      ],
      paragraphs: [`Hello ${member.name},`, text],
      action: null,
      closing: "Sent by Billgrid for",
      footnote: null,
    }),
    attachments: [],
  };
}
