import { attemptDelivery, type MailParts } from "./attempt-delivery";
import { QUEUE } from "./delivery";

/** Sends a delivery that waited for its turn, or for a mail server: the job send_delivery. */
export async function sendDelivery(id: string, parts: MailParts): Promise<void> {
  await attemptDelivery(id, QUEUE, parts);
}
