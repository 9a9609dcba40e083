import { daysBetween, type PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { amountInMail, dayInMail, nearestLanguage } from "../../integrations/email/mail-language";
import { writeReminderMail } from "../../integrations/email/reminder-mail";
import { organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { customersById } from "../customer";
import {
  attemptDelivery,
  insertDelivery,
  messageIdOf,
  nameOfFirst,
  outcomeOf,
  recipientsByDelivery,
  type SendParts,
  templateFor,
} from "../delivery";
import { failed, type ItemOutcome, type Operation, type Performers, skipped, succeeded } from "../operation";
import { loadOrganization, type Organization } from "../organization";
import { type CustomerToRemind, planReminders } from "./plan-reminders";
import type { OpenInvoice } from "./reminder";
import {
  debtorsByInvoice,
  insertReminder,
  lockCustomerToRemind,
  operationInvoicesOf,
  releaseFailed,
  remindersByInvoice,
} from "./reminder.store";

/** A mail with more files than this is refused by many. */
const FILES_MOST = 10;

/** Reminds customers of invoices: one mail for a customer, about all that the operation is about. */
export function remindPerformer(parts: SendParts): Pick<Performers, "remind"> {
  return {
    remind: {
      batchSize: 5,
      reach: "world",
      subjectType: "invoice",
      perform: async (invoiceIds, operation) => {
        const debtors = await debtorsByInvoice(invoiceIds);
        const outcomes: ItemOutcome[] = [];
        for (const id of invoiceIds) {
          const customerId = debtors.get(id);
          outcomes.push(
            customerId
              ? await remind({ invoiceId: id, customerId }, operation, parts)
              : failed("INVOICE_NOT_FOUND", "This invoice no longer exists."),
          );
        }
        return outcomes;
      },
    },
  };
}

type Subject = { readonly invoiceId: string; readonly customerId: string };

async function remind(subject: Subject, operation: Operation, parts: SendParts): Promise<ItemOutcome> {
  const planned = await inTransaction(() => plan(subject, operation, parts));
  if (typeof planned !== "string") return planned;
  const delivery = await attemptDelivery(planned, operation.id, parts);
  const outcome = outcomeOf(delivery, (await recipientsByDelivery([delivery.id])).get(delivery.id) ?? []);
  return outcome.status === "succeeded"
    ? succeeded("REMINDED", outcome.message.replace("Sent to", "Reminded"))
    : outcome;
}

/** Under the customer's lock: the mail of this operation that tells of the invoice, a new one, or why there is none. */
async function plan(
  { invoiceId, customerId }: Subject,
  operation: Operation,
  { clock, publicUrl }: SendParts,
): Promise<string | ItemOutcome> {
  await lockCustomerToRemind(customerId);
  const earlier = (await remindersByInvoice([invoiceId])).get(invoiceId) ?? [];
  const ofThisOperation = earlier.find(({ operationId }) => operationId === operation.id);
  if (ofThisOperation) return ofThisOperation.deliveryId;

  const organization = await loadOrganization();
  const scope = organizationTime(clock, organization);
  const wanted = await operationInvoicesOf(operation.id, customerId);
  await releaseFailed(wanted);
  const { customers, excluded } = await planReminders(scope, {
    customerIds: [customerId],
    invoiceIds: new Set(wanted),
  });
  const [customer] = customers;
  if (!customer?.invoices.some(({ invoice }) => invoice.id === invoiceId)) {
    const why = excluded.find(({ invoice }) => invoice.id === invoiceId);
    if (!why) return skipped("NOTHING_DUE", "Nothing of it is due.");
    const isToMend = why.code === "NO_RECIPIENT" || why.code === "ADDRESS_BOUNCED";
    return isToMend ? failed(why.code, why.message) : skipped(why.code, why.message);
  }
  return queueReminder(customer, { organization, operation, publicUrl, ...scope });
}

type Queueing = {
  readonly organization: Organization;
  readonly operation: Operation;
  readonly publicUrl: string;
  readonly now: Date;
  readonly today: PlainDate;
};

async function queueReminder(toRemind: CustomerToRemind, queueing: Queueing): Promise<string> {
  const { customerId, level, invoices, recipients } = toRemind;
  const { organization, operation, now, today } = queueing;
  const [id, deliveryId] = [newId(), newId()];
  const mail = await composeReminder(toRemind, queueing);
  await insertDelivery(
    {
      id: deliveryId,
      purpose: "reminder",
      customerId,
      invoiceId: null,
      messageId: messageIdOf(organization, `reminder.${id}`),
      ...mail,
      attachments: invoices
        .slice(0, FILES_MOST)
        .map(({ invoice }) => ({ kind: "invoice_pdf", invoiceId: invoice.id }) as const),
      reason: null,
      requestedBy: operation.requestedBy,
      recipients,
    },
    now,
  );
  await insertReminder(
    {
      id,
      customerId,
      deliveryId,
      operationId: operation.id,
      level: level.level,
      remindedOn: today,
      items: invoices.map(({ invoice, level: own, daysOverdue }) => ({
        invoiceId: invoice.id,
        level: own.level,
        dueAmount: invoice.due,
        daysOverdue,
      })),
    },
    now,
  );
  return deliveryId;
}

async function composeReminder(
  { customerId, level, invoices, alsoOverdue, balances, recipients }: CustomerToRemind,
  { organization, today }: Queueing,
) {
  const customer = (await customersById([customerId])).get(customerId);
  if (!customer) throw new Error(`there is no customer ${customerId}`);
  const language = nearestLanguage(customer.language);
  const listed: OpenInvoice[] = [...invoices.map(({ invoice }) => invoice), ...alsoOverdue].sort((one, other) =>
    `${one.dueOn} ${one.number}` < `${other.dueOn} ${other.number}` ? -1 : 1,
  );
  const amount = (figure: string, code: OpenInvoice["currency"]) => amountInMail(figure, currency(code), language);
  const totals = [...groupBy(listed, (invoice) => invoice.currency)].map(([code, own]) =>
    amount(own.reduce((sum, { due }) => sum.plus(due), ZERO).toFixed(), code),
  );
  return writeReminderMail({
    level: level.level,
    language: customer.language,
    template: await templateFor("reminder", level.level, customer.language),
    sellerName: organization.legalName,
    customerName: customer.legalName,
    totals,
    invoices: listed.map(({ number, dueOn, due, currency: code }) => ({
      number,
      dueOn: dayInMail(dueOn, language),
      daysOverdue: daysBetween(dueOn, today),
      amount: amount(due, code),
    })),
    attached: invoices.slice(0, FILES_MOST).map(({ invoice }) => `${invoice.number}.pdf`),
    balances: balances
      .filter(({ currency: code }) => listed.some((invoice) => invoice.currency === code))
      .map(({ amount: figure, currency: code }) => amount(new Decimal(figure).toFixed(), code)),
    values: { contactName: nameOfFirst(recipients) },
    brandColour: organization.brandColor,
  });
}
