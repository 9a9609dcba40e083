import { addDays, type PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { type NewRecipient, recipientsOfCustomers } from "../delivery";
import { loadOrganization } from "../organization";
import { balancesByCustomer } from "../receivable";
import { judgeInvoice } from "./judge-invoice";
import type { NoReminderCode, OpenInvoice, ReminderLevel, ReminderStop, Verdict } from "./reminder";
import { loadReminderSettings, openInvoices, paymentsReadAt, remindersByInvoice, stopsInForce } from "./reminder.store";

export type JudgedInvoice = { readonly invoice: OpenInvoice; readonly verdict: Verdict };
export type InvoiceToRemind = {
  readonly invoice: OpenInvoice;
  readonly level: ReminderLevel;
  readonly daysOverdue: number;
};

/** Of what one customer is to be reminded, in one mail. */
export type CustomerToRemind = {
  readonly customerId: string;
  /** the highest, which chooses the text */
  readonly level: ReminderLevel;
  readonly invoices: readonly InvoiceToRemind[];
  /** Overdue, too, and listed with them, although their next level has not come. */
  readonly alsoOverdue: readonly OpenInvoice[];
  readonly balances: readonly { readonly currency: CurrencyCode; readonly amount: string }[];
  readonly recipients: readonly NewRecipient[];
};

export type ReminderPlan = {
  readonly customers: readonly CustomerToRemind[];
  /** Invoices of which something is due, and of which nobody is reminded. */
  readonly excluded: readonly {
    readonly invoice: OpenInvoice;
    readonly code: NoReminderCode;
    readonly message: string;
  }[];
};

type Scope = { readonly today: PlainDate; readonly now: Date };

const SYNC_HOURS_MOST = 24;

/** Who would be reminded today of what, and who not and why: of these customers, or of all. Nothing is changed. */
export async function planReminders(
  { today, now }: Scope,
  {
    customerIds = null,
    invoiceIds = null,
  }: { readonly customerIds?: readonly string[] | null; readonly invoiceIds?: ReadonlySet<string> | null } = {},
): Promise<ReminderPlan> {
  const settings = await loadReminderSettings();
  const earliest = Math.min(0, ...settings.levels.map(({ daysAfterDue }) => daysAfterDue));
  const open = await openInvoices({ customerIds, dueBy: addDays(today, -earliest) });
  const reminders = await remindersByInvoice(open.map(({ id }) => id));
  const stopOf = stopsOf(await stopsInForce());
  const outdated = await whyPaymentsAreOld(now);
  const judged = open.map((invoice): JudgedInvoice => {
    const reminded = (reminders.get(invoice.id) ?? []).filter(({ isLive }) => isLive);
    const verdict: Verdict = outdated ?? judgeInvoice(invoice, { settings, today, reminded, stop: stopOf(invoice) });
    return { invoice, verdict };
  });
  return planOf(await afterBalances(judged, today, settings.tolerance), today, invoiceIds);
}

function stopsOf(stops: readonly ReminderStop[]): (invoice: OpenInvoice) => ReminderStop | null {
  const ofAll = stops.find(({ customerId, invoiceId }) => customerId === null && invoiceId === null) ?? null;
  const ofCustomers = new Map(stops.map((stop) => [stop.customerId, stop]));
  const ofInvoices = new Map(stops.map((stop) => [stop.invoiceId, stop]));
  return ({ id, customerId }) => ofAll ?? ofInvoices.get(id) ?? ofCustomers.get(customerId) ?? null;
}

/** Where payments come from the ledger, nobody is reminded of what may have been paid since they were read. */
async function whyPaymentsAreOld(now: Date): Promise<Extract<Verdict, { isToRemind: false }> | null> {
  const { paymentsMaster } = await loadOrganization();
  if (paymentsMaster !== "xero") return null;
  const readAt = await paymentsReadAt();
  if (readAt !== null && now.getTime() - readAt.getTime() <= SYNC_HOURS_MOST * 3_600_000) return null;
  const since =
    readAt === null
      ? "were never read"
      : `were last read on ${readAt.toISOString().slice(0, 16).replace("T", " at ")} UTC`;
  return {
    isToRemind: false,
    code: "PAYMENTS_NOT_READ",
    message: `Payments ${since}, more than ${SYNC_HOURS_MOST} hours ago. Read them from Xero first.`,
  };
}

type Balances = ReadonlyMap<string, CustomerToRemind["balances"]>;

/** Who has as much with us as is overdue, in a currency, is not reminded of it. */
async function afterBalances(
  judged: readonly JudgedInvoice[],
  today: PlainDate,
  tolerance: Decimal,
): Promise<{ readonly judged: readonly JudgedInvoice[]; readonly balances: Balances }> {
  const customerIds = [
    ...new Set(judged.filter(({ verdict }) => verdict.isToRemind).map(({ invoice }) => invoice.customerId)),
  ];
  const balances: Balances =
    customerIds.length === 0
      ? new Map()
      : new Map(
          [...(await balancesByCustomer(customerIds))].map(([id, all]) => [
            id,
            all.filter(({ amount }) => new Decimal(amount).gt(0)),
          ]),
        );
  const account = ({ customerId, currency }: OpenInvoice) => `${customerId} ${currency}`;
  const overdue = groupBy(
    judged.filter(({ invoice, verdict }) => verdict.isToRemind || invoice.dueOn < today),
    ({ invoice }) => account(invoice),
  );
  const covered = judged.map((each): JudgedInvoice => {
    const { invoice, verdict } = each;
    const balance = balances.get(invoice.customerId)?.find(({ currency }) => currency === invoice.currency);
    if (!verdict.isToRemind || !balance) return each;
    const due = (overdue.get(account(invoice)) ?? []).reduce((sum, { invoice: { due } }) => sum.plus(due), ZERO);
    if (due.minus(balance.amount).gt(tolerance)) return each;
    const message = `The customer has ${new Decimal(balance.amount).toFixed()} ${balance.currency} with us that is not used yet. Use it for what is due.`;
    return { invoice, verdict: { isToRemind: false, code: "COVERED_BY_BALANCE", message } };
  });
  return { judged: covered, balances };
}

/** Overdue, and left out for no reason but that their next level has not come. */
const LISTED_ALONG: ReadonlySet<NoReminderCode> = new Set(["LEVEL_NOT_REACHED", "LEVELS_USED_UP"]);

async function planOf(
  { judged, balances }: { readonly judged: readonly JudgedInvoice[]; readonly balances: Balances },
  today: PlainDate,
  wanted: ReadonlySet<string> | null,
): Promise<ReminderPlan> {
  const customers: CustomerToRemind[] = [];
  const excluded: ReminderPlan["excluded"][number][] = [];
  const recipientsOf = await recipientsOfCustomers([
    ...new Set(judged.filter(({ verdict }) => verdict.isToRemind).map(({ invoice }) => invoice.customerId)),
  ]);
  for (const [customerId, own] of groupBy(judged, ({ invoice }) => invoice.customerId)) {
    const invoices: InvoiceToRemind[] = [];
    const alsoOverdue: OpenInvoice[] = [];
    for (const { invoice, verdict } of own) {
      if (verdict.isToRemind && (wanted === null || wanted.has(invoice.id))) {
        invoices.push({ invoice, level: verdict.level, daysOverdue: verdict.daysOverdue });
      } else if (invoice.dueOn < today && (verdict.isToRemind || LISTED_ALONG.has(verdict.code))) {
        alsoOverdue.push(invoice);
      }
      if (!verdict.isToRemind) excluded.push({ invoice, code: verdict.code, message: verdict.message });
    }
    const reached = recipientsOf.get(customerId);
    if (invoices.length === 0 || !reached) continue;
    if (!reached.ok) {
      for (const { invoice } of invoices) excluded.push({ invoice, code: reached.code, message: reached.message });
      continue;
    }
    const level = invoices.map((each) => each.level).reduce((high, each) => (each.level > high.level ? each : high));
    const { recipients } = reached;
    customers.push({ customerId, level, invoices, alsoOverdue, balances: balances.get(customerId) ?? [], recipients });
  }
  return { customers, excluded };
}
