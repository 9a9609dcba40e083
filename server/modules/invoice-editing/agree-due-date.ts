import { formatDay } from "../../domain/calendar/format";
import { addDays, type PlainDate } from "../../domain/calendar/plain-date";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, invalid } from "../../platform/refusal";
import { issuedDocument } from "../invoice";
import { checkReason } from "./check-reason";
import { saveDueOn } from "./issued.store";
import { type InvoiceSeen, takeIssued } from "./take-issued";

/** As late as payment terms may be, twice. */
const LATEST_DUE_DAYS = 730;

/** A due day that was agreed with the customer after the invoice was issued; the document keeps the one that it says. */
export const agreeDueDate = command({
  name: "agreeDueDate",
  permission: "run_billing",
  run: async (
    { invoiceId, version, dueOn, reason }: InvoiceSeen & { readonly dueOn: PlainDate; readonly reason: string },
    scope,
  ) => {
    const refused = checkReason(reason);
    if (refused) return refused;
    const taken = await takeIssued(invoiceId, version);
    if (!taken.ok) return taken;
    const invoice = taken.value;
    if (invoice.dueOn === null || invoice.issuedOn === null) {
      return conflict("NOTHING_DUE", "Nothing falls due on a credit note.", ["invoiceId"]);
    }
    if (dueOn <= invoice.dueOn) {
      return invalid("DUE_NOT_LATER", `It is due on ${formatDay(invoice.dueOn)}; agree on a later day.`, ["dueOn"]);
    }
    if (dueOn > addDays(invoice.issuedOn, LATEST_DUE_DAYS)) {
      return invalid("DUE_TOO_LATE", `At most ${LATEST_DUE_DAYS} days after ${formatDay(invoice.issuedOn)}.`, [
        "dueOn",
      ]);
    }
    // The document says the day of then: it is rendered before that is forgotten.
    await issuedDocument(invoice);
    await saveDueOn(invoiceId, dueOn, scope.now);
    scope.note({
      action: "invoice.due_date_agreed",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: { dueOn: invoice.dueOn },
      after: { dueOn, reason },
    });
    return ok({ invoiceId });
  },
});
