import { ok } from "../../domain/result";
import type { DeliveryStatusNotification } from "../../integrations/email/read-delivery-status";
import { insertAuditEvents } from "../../platform/audit.store";
import { command } from "../../platform/command";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { clearAddress, deliveryThatBounced, insertBounce, isBounceKnown, markAddressBounced } from "./bounce.store";
import type { MailBounce } from "./delivery";
import { deliveriesById, saveRecipients } from "./delivery.store";

const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u;
const DETAIL_LENGTH = 1_000;

export type BounceToRecord = {
  readonly email: string;
  readonly isPermanent: boolean;
  readonly statusCode: string | null;
  readonly detail: string;
  readonly deliveryId: string | null;
};

/** A mail that came back, as an integration with a mail service tells it. */
export const recordMailBounce = command({
  name: "recordMailBounce",
  permission: "record_bounces",
  run: async (reported: BounceToRecord, { caller, now, note }) => {
    const problems = new InputProblems();
    if (reported.email.length > 254 || !ADDRESS.test(reported.email)) {
      const text = `"${reported.email.slice(0, 254)}" is not a mail address. Send one such as "ada@example.com".`;
      problems.report("EMAIL_INVALID", text, "email");
    }
    problems.checkText(reported.detail, "The detail", DETAIL_LENGTH, "detail");
    problems.checkOptionalText(reported.statusCode, "The status code", 20, "statusCode");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const { deliveryId: named, email } = reported;
    if (named !== null && !(await deliveriesById([named])).has(named))
      return notFound("delivery", named, ["deliveryId"]);
    const deliveryId = named ?? (await deliveryThatBounced({ messageId: null, email }));
    const bounceId = await keepBounce({
      ...reported,
      deliveryId,
      source: "api",
      reportedBy: caller.actor.name,
      bouncedAt: now,
    });
    note({
      action: "mail.bounced",
      subjectType: "mail_address",
      subjectId: bounceId,
      after: { ...reported, deliveryId },
    });
    return ok({ bounceId, deliveryId });
  },
});

/** What a mail server reported of mails that it could not deliver; how many addresses that were new. */
export async function recordNotification(
  { messageId, reports }: DeliveryStatusNotification,
  now: Date,
): Promise<number> {
  return inTransaction(async () => {
    let recorded = 0;
    for (const { address: email, status: statusCode, isPermanent, detail } of reports) {
      const deliveryId = await deliveryThatBounced({ messageId, email });
      // Whoever knows the address of the route must not mark addresses to which nothing was sent.
      if (deliveryId === null || (await isBounceKnown({ deliveryId, email, statusCode }))) continue;
      const bounce = { deliveryId, email, isPermanent, statusCode, detail: detail.slice(0, DETAIL_LENGTH) };
      const id = await keepBounce({
        ...bounce,
        source: "status_notification",
        reportedBy: "Mail server",
        bouncedAt: now,
      });
      const change = { action: "mail.bounced", subjectType: "mail_address", subjectId: id, after: bounce };
      await insertAuditEvents({ kind: "system", id: null, name: "Mail server" }, newId(), [change]);
      recorded += 1;
    }
    return recorded;
  });
}

/** What will not arrive marks the address; what is only late does not. */
async function keepBounce(bounce: Omit<MailBounce, "id">): Promise<string> {
  const id = await insertBounce(bounce);
  if (!bounce.isPermanent) return id;
  await markAddressBounced(bounce.email, id);
  if (bounce.deliveryId !== null) {
    await saveRecipients(bounce.deliveryId, "bounced", { emails: [bounce.email], detail: bounce.detail });
  }
  return id;
}

/** Somebody says that an address works again. */
export const clearBouncedAddress = command({
  name: "clearBouncedAddress",
  permission: "change_customers",
  run: async ({ email, reason }: { readonly email: string; readonly reason: string }, { note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 500, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (!(await clearAddress(email))) {
      return conflict("ADDRESS_NOT_BOUNCED", `Nothing keeps mails from ${email.slice(0, 254)}.`, ["email"]);
    }
    const address = email.toLowerCase();
    note({
      action: "mail.bounce_cleared",
      subjectType: "mail_address",
      subjectId: newId(),
      after: { address, reason },
    });
    return ok({ email: address });
  },
});
