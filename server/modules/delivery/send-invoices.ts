import { Decimal } from "../../domain/money/decimal";
import { organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { billedCustomerId, invoicesById } from "../invoice";
import { failed, type ItemOutcome, type Operation, type Performers, skipped, succeeded } from "../operation";
import { loadOrganization, type Organization, parseMailSender } from "../organization";
import { attemptDelivery, type MailParts } from "./attempt-delivery";
import { composeInvoiceMail } from "./compose-invoice-mail";
import type { Delivery, DeliveryRecipient } from "./delivery";
import {
  countDeliveries,
  deliveriesByInvoice,
  insertDelivery,
  lockInvoiceToSend,
  recipientsByDelivery,
} from "./delivery.store";
import { loadDeliverySettings } from "./delivery-settings.store";
import { recipientsOfInvoice } from "./recipients-of";

export type SendParts = MailParts & { readonly publicUrl: string };

/** Mails what is issued, one after the other. */
export function sendPerformer(parts: SendParts): Pick<Performers, "send"> {
  return {
    send: {
      batchSize: 5,
      reach: "world",
      subjectType: "invoice",
      perform: async (invoiceIds, operation) => {
        const outcomes: ItemOutcome[] = [];
        for (const id of invoiceIds) outcomes.push(await send(id, operation, parts));
        return outcomes;
      },
    },
  };
}

async function send(invoiceId: string, operation: Operation, parts: SendParts): Promise<ItemOutcome> {
  const planned = await inTransaction(() => plan(invoiceId, operation, parts));
  if (!planned.isToSend) return planned.outcome;
  const delivery = await attemptDelivery(planned.deliveryId, operation.id, parts);
  return outcomeOf(delivery, (await recipientsByDelivery([delivery.id])).get(delivery.id) ?? []);
}

type Planned =
  | { readonly isToSend: true; readonly deliveryId: string }
  | { readonly isToSend: false; readonly outcome: ItemOutcome };
const not = (outcome: ItemOutcome): Planned => ({ isToSend: false, outcome });

/** Under the invoice's lock: the delivery that is under way, or a new one; an invoice is sent for the first time once. */
async function plan(invoiceId: string, operation: Operation, { clock, publicUrl }: SendParts): Promise<Planned> {
  await lockInvoiceToSend(invoiceId);
  const invoice = (await invoicesById([invoiceId])).get(invoiceId);
  if (!invoice) return not(failed("INVOICE_NOT_FOUND", "This invoice no longer exists."));
  if (invoice.number === null) return not(skipped("NOT_FINALIZED", "Still a draft: finalize it first."));
  if (invoice.status === "sent") return not(skipped("ALREADY_SENT", "Sent before; it was not sent again."));
  if (invoice.status === "voided") return not(skipped("VOIDED", "The invoice is void."));
  const { mailsZeroTotals } = await loadDeliverySettings();
  if (new Decimal(invoice.grossTotal).isZero() && !mailsZeroTotals) {
    return not(skipped("ZERO_TOTAL", "The total is zero: issued, but not mailed."));
  }
  const earlier = (await deliveriesByInvoice([invoiceId])).get(invoiceId) ?? [];
  const underWay = earlier.find(({ purpose, status }) => purpose === "invoice" && status !== "failed");
  if (underWay) return { isToSend: true, deliveryId: underWay.id };

  const reached = await recipientsOfInvoice(invoice);
  if (!reached.ok) return not(failed(reached.code, reached.message));
  const organization = await loadOrganization();
  const times = await countDeliveries(invoiceId, "invoice");
  const { attachments, subject, text, html } = await composeInvoiceMail(invoice, {
    publicUrl,
    contactName: nameOfFirst(reached.recipients),
  });
  const id = newId();
  const { now } = organizationTime(clock, organization);
  await insertDelivery(
    {
      id,
      purpose: "invoice",
      customerId: billedCustomerId(invoice),
      invoiceId,
      messageId: messageIdOf(organization, times === 0 ? `invoice.${invoiceId}` : `invoice.${invoiceId}.${times + 1}`),
      subject,
      text,
      html,
      attachments,
      reason: null,
      requestedBy: operation.requestedBy,
      recipients: reached.recipients,
    },
    now,
  );
  return { isToSend: true, deliveryId: id };
}

/** The same for the same mail, however often it is tried. */
export function messageIdOf({ mailFrom }: Organization, name: string): string {
  return `${name}@${parseMailSender(mailFrom)?.address.split("@").at(-1) ?? "localhost"}`;
}

export const nameOfFirst = (recipients: readonly Pick<DeliveryRecipient, "name" | "status">[]): string =>
  recipients.find(({ status }) => status !== "left_out")?.name ?? "";

/** How a delivery stands, in words for whoever asked for it. */
export function outcomeOf(delivery: Delivery, recipients: readonly DeliveryRecipient[]): ItemOutcome {
  const at = delivery.nextAttemptAt?.toISOString().slice(0, 16).replace("T", " ");
  switch (delivery.status) {
    case "sent":
      return succeeded("SENT", whomItReached(recipients));
    case "failed":
      return failed("MAIL_REFUSED", `${delivery.failure} Correct what is wrong, then send again.`);
    case "uncertain":
      return failed("MAIL_UNCERTAIN", `It is not certain whether it was sent. ${delivery.failure}`);
    case "deferred":
      return skipped("MAIL_DEFERRED", `${delivery.failure} It is tried again by itself at ${at} UTC.`);
    case "queued":
      return skipped("MAIL_QUEUED", `As many mails as may leave in a minute have left; this one follows at ${at} UTC.`);
    case "sending":
      return skipped("BEING_SENT", "It is being sent just now by another operation.");
  }
}

function whomItReached(recipients: readonly DeliveryRecipient[]): string {
  const listed = (status: DeliveryRecipient["status"]) =>
    recipients.filter((each) => each.status === status).map(({ email }) => email);
  const [accepted, refused, leftOut] = [listed("accepted"), listed("refused"), listed("left_out")];
  return [
    `Sent to ${accepted.join(", ")}.`,
    ...(refused.length > 0 ? [`Not delivered to ${refused.join(", ")}.`] : []),
    ...(leftOut.length > 0 ? [`Not sent to ${leftOut.join(", ")}: mails to it have come back before.`] : []),
  ].join(" ");
}
