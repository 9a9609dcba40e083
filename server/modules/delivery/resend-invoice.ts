import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { billedCustomerId, type Invoice, invoicesById } from "../invoice";
import { loadOrganization } from "../organization";
import { composeInvoiceMail } from "./compose-invoice-mail";
import type { DeliveryPurpose, NewRecipient } from "./delivery";
import {
  countDeliveries,
  deliveriesByInvoice,
  enqueueDelivery,
  insertDelivery,
  lockInvoiceToSend,
} from "./delivery.store";
import { recipientsOfInvoice } from "./recipients-of";
import { messageIdOf, nameOfFirst } from "./send-invoices";

type ToQueue = {
  readonly purpose: Extract<DeliveryPurpose, "resend" | "test">;
  readonly recipients: readonly NewRecipient[];
  readonly reason: string | null;
  readonly requestedBy: string;
  readonly publicUrl: string;
  readonly now: Date;
};

/** Puts the mail of an issued document into the queue; a worker sends it once the command has committed. */
async function queueInvoiceMail(invoice: Invoice, toQueue: ToQueue): Promise<string> {
  const { purpose, recipients, reason, requestedBy, publicUrl, now } = toQueue;
  const organization = await loadOrganization();
  const mail = await composeInvoiceMail(invoice, {
    publicUrl,
    isTest: purpose === "test",
    contactName: nameOfFirst(recipients),
  });
  const id = newId();
  const times = await countDeliveries(invoice.id, purpose);
  const name = purpose === "test" ? `test.${id}` : `invoice.${invoice.id}.again-${times + 1}`;
  const messageId = messageIdOf(organization, name);
  const customerId = billedCustomerId(invoice);
  await insertDelivery(
    { id, purpose, customerId, invoiceId: invoice.id, messageId, ...mail, reason, requestedBy, recipients },
    now,
  );
  await enqueueDelivery(id);
  return id;
}

export type InvoiceToResend = { readonly invoiceId: string; readonly reason: string };

/** Sends once more what was sent, to whom it goes now. */
export const resendInvoice = (publicUrl: string) =>
  command({
    name: "resendInvoice",
    permission: "run_billing",
    run: async ({ invoiceId, reason }: InvoiceToResend, { caller, now, note }) => {
      const problems = new InputProblems();
      problems.checkText(reason, "The reason", 500, "reason");
      if (!problems.isEmpty) return invalidInput(problems.found);
      const invoice = (await invoicesById([invoiceId])).get(invoiceId);
      if (!invoice) return notFound("invoice", invoiceId, ["invoiceId"]);
      await lockInvoiceToSend(invoiceId);
      if (invoice.status !== "sent") {
        const message = `${invoice.number ?? "A draft"} was not sent yet, or is void. Send it with sendInvoices first.`;
        return conflict("NOT_SENT", message, ["invoiceId"]);
      }
      const earlier = (await deliveriesByInvoice([invoiceId])).get(invoiceId) ?? [];
      if (earlier.some(({ purpose, status }) => purpose === "resend" && status !== "sent" && status !== "failed")) {
        const message = "It is being sent again already. Wait for that, or resolve it, before you send it once more.";
        return conflict("RESEND_UNDER_WAY", message, ["invoiceId"]);
      }
      const reached = await recipientsOfInvoice(invoice);
      if (!reached.ok) return conflict(reached.code, reached.message, ["invoiceId"]);
      const { recipients } = reached;
      const requestedBy = caller.actor.name;
      const toQueue = { purpose: "resend", recipients, reason, requestedBy, publicUrl, now } as const;
      const deliveryId = await queueInvoiceMail(invoice, toQueue);
      const after = { deliveryId, reason, recipients: recipients.map(({ email }) => email) };
      note({ action: "invoice.resent", subjectType: "invoice", subjectId: invoiceId, after });
      return ok({ deliveryId });
    },
  });

/** Sends what the customer would get to oneself; nothing else comes of it. */
export const sendTestInvoiceMail = (publicUrl: string) =>
  command({
    name: "sendTestInvoiceMail",
    permission: "run_billing",
    run: async ({ invoiceId }: { readonly invoiceId: string }, { caller, now, note }) => {
      const { name, email } = caller.actor;
      if (email === null) {
        const message = "A test goes to your own mail address, and an API key has none. Sign in as a person.";
        return conflict("NO_OWN_ADDRESS", message);
      }
      const invoice = (await invoicesById([invoiceId])).get(invoiceId);
      if (!invoice) return notFound("invoice", invoiceId, ["invoiceId"]);
      if (invoice.number === null || invoice.status === "voided") {
        const message = "Only what is issued, and not void, has a mail to try. Finalize it first.";
        return conflict("NOT_FINALIZED", message, ["invoiceId"]);
      }
      const recipients = [{ kind: "to", name, email, status: "pending", detail: null }] as const;
      const toQueue = { purpose: "test", recipients, reason: null, requestedBy: name, publicUrl, now } as const;
      const deliveryId = await queueInvoiceMail(invoice, toQueue);
      note({
        action: "invoice.mail_tested",
        subjectType: "invoice",
        subjectId: invoiceId,
        after: { deliveryId, email },
      });
      return ok({ deliveryId });
    },
  });
