import { QUEUE } from "../../server/modules/delivery/delivery";
import {
  beginAttempt,
  endAttempt,
  insertDelivery,
  saveDeliveryStatus,
  saveRecipients,
} from "../../server/modules/delivery/delivery.store";
import { newId } from "../../server/platform/ids";
import { FOUNDER } from "./carry-out";
import { contactOf } from "./customer-of-plan";
import type { PlantedCustomer } from "./plant-customer";
import { SELLER } from "./seller";

type Mailed = { readonly id: string; readonly number: string | null };

/** A mail with an invoice that left in the past, as the mail server took it; its document is not rendered for that. */
export async function plantMail(
  { plan, customerId }: PlantedCustomer,
  { id: invoiceId, number }: Mailed,
  sentAt: Date,
): Promise<{ readonly deliveryId: string; readonly email: string }> {
  const deliveryId = newId();
  const { name, email } = contactOf(plan);
  const subject = `Invoice ${number} from ${SELLER.legalName}`;
  await insertDelivery(
    {
      id: deliveryId,
      purpose: "invoice",
      customerId,
      invoiceId,
      messageId: `invoice.${invoiceId}@example.com`,
      subject,
      text: `Dear ${name},\n\nplease find invoice ${number} attached.\n\n${SELLER.legalName}\n`,
      html: `<p>Dear ${name},</p><p>please find invoice ${number} attached.</p><p>${SELLER.legalName}</p>`,
      attachments: [{ kind: "invoice_pdf", invoiceId }],
      reason: null,
      requestedBy: FOUNDER.name,
      recipients: [{ kind: "to", name, email, status: "pending", detail: null }],
    },
    sentAt,
  );
  await beginAttempt(deliveryId, QUEUE);
  await endAttempt(deliveryId, "sent", null);
  await saveRecipients(deliveryId, "accepted", { emails: [email], detail: null });
  await saveDeliveryStatus(deliveryId, { status: "sent", sentAt });
  return { deliveryId, email };
}
