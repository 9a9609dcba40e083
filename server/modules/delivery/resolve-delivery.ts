import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { operationsById } from "../operation";
import { QUEUE } from "./delivery";
import {
  deliveriesById,
  endAttempt,
  lockDelivery,
  lockInvoiceToSend,
  markInvoiceSent,
  recipientsByDelivery,
  saveDeliveryStatus,
  saveRecipients,
  saveResolution,
} from "./delivery.store";

export type DeliveryFinding = "arrived" | "not_arrived";
export type DeliveryToResolve = {
  readonly deliveryId: string;
  readonly finding: DeliveryFinding;
  readonly resolution: string;
};

/** What a person found out about a mail of which nobody could tell whether it left. */
export const resolveDelivery = command({
  name: "resolveDelivery",
  permission: "run_billing",
  run: async ({ deliveryId, finding, resolution }: DeliveryToResolve, { caller, now, note }) => {
    const problems = new InputProblems();
    problems.checkText(resolution, "What you found out", 500, "resolution");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const found = isId(deliveryId) ? (await deliveriesById([deliveryId])).get(deliveryId) : undefined;
    if (!found) return notFound("delivery", deliveryId, ["deliveryId"]);
    if (found.invoiceId !== null) await lockInvoiceToSend(found.invoiceId);
    const delivery = await lockDelivery(deliveryId);
    const { claimedBy = null, status } = delivery ?? found;
    // An operation that was cancelled after its worker died leaves its last mail as it was.
    const isLeftBehind =
      status === "sending" &&
      claimedBy !== null &&
      claimedBy !== QUEUE &&
      (await operationsById([claimedBy])).get(claimedBy)?.finishedAt !== null;
    if (status !== "uncertain" && !isLeftBehind) {
      const message = "It is certain what became of this mail, or it is still being sent. There is nothing to resolve.";
      return conflict("DELIVERY_NOT_UNCERTAIN", message, ["deliveryId"]);
    }
    if (isLeftBehind) await endAttempt(deliveryId, "interrupted", "Whoever sent it was stopped in the middle.");
    await saveResolution(deliveryId, { by: caller.actor.name, at: now, resolution });
    if (finding === "arrived") {
      const waiting = ((await recipientsByDelivery([deliveryId])).get(deliveryId) ?? []).filter(
        (recipient) => recipient.status === "pending",
      );
      await saveRecipients(deliveryId, "accepted", { emails: waiting.map(({ email }) => email), detail: null });
      await saveDeliveryStatus(deliveryId, { status: "sent", sentAt: now });
      if (found.purpose === "invoice" && found.invoiceId !== null) await markInvoiceSent(found.invoiceId, now);
    } else {
      await saveDeliveryStatus(deliveryId, { status: "failed", failure: `It did not arrive: ${resolution}` });
    }
    const change = { deliveryId, finding, resolution };
    const subject =
      found.invoiceId === null
        ? { subjectType: "delivery", subjectId: deliveryId }
        : { subjectType: "invoice", subjectId: found.invoiceId };
    note({ action: "delivery.resolved", ...subject, before: { status }, after: change });
    return ok({ deliveryId });
  },
});
