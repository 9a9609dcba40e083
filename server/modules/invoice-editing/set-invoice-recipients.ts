import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { REASON_LENGTH } from "./check-manual-line";
import { type InvoiceRecipient, recipientsByInvoice, replaceRecipients, touchIssued } from "./issued.store";
import { type InvoiceSeen, takeIssued } from "./take-issued";

const RECIPIENTS_MAXIMUM = 20;
const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;

/** Who gets this invoice in place of the customer's contacts; none: the contacts again. */
export const setInvoiceRecipients = command({
  name: "setInvoiceRecipients",
  permission: "run_billing",
  run: async (
    {
      invoiceId,
      version,
      recipients,
      reason,
    }: InvoiceSeen & {
      readonly recipients: readonly Omit<InvoiceRecipient, "invoiceId">[];
      readonly reason: string;
    },
    scope,
  ) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", REASON_LENGTH, "reason");
    if (recipients.length > RECIPIENTS_MAXIMUM) {
      problems.report("TOO_MANY_RECIPIENTS", `Up to ${RECIPIENTS_MAXIMUM} people get an invoice.`, "recipients");
    }
    recipients.forEach(({ name, email }, index) => {
      problems.checkText(name, "The name", 100, "recipients", String(index), "name");
      if (!EMAIL.test(email) || email.length > 254) {
        const message = `"${email}" is not an e-mail address.`;
        problems.report("EMAIL_MALFORMED", message, "recipients", String(index), "email");
      }
    });
    if (!problems.isEmpty) return invalidInput(problems.found);
    const taken = await takeIssued(invoiceId, version);
    if (!taken.ok) return taken;
    const before = (await recipientsByInvoice([invoiceId])).get(invoiceId) ?? [];
    await replaceRecipients(invoiceId, recipients);
    await touchIssued(invoiceId, scope.now);
    const after = { recipients, reason };
    scope.note({
      action: "invoice.recipients_set",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: { recipients: before },
      after,
    });
    return ok({ invoiceId });
  },
});
