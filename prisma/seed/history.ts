import { localDayOf } from "../../server/domain/calendar/local-day";
import { type PlainMonth, shiftMonth } from "../../server/domain/calendar/plain-month";
import { calculateDrafts } from "../../server/modules/invoice/calculate-drafts";
import type { NewUsageEvent } from "../../server/modules/usage/usage-event";
import { insertAuditEvents } from "../../server/platform/audit.store";
import { newId } from "../../server/platform/ids";
import type { RequestContext } from "../../server/platform/request-context";
import { contextAt, FOUNDER } from "./carry-out";
import { forgetPlans, markSentByHand, payableInvoices } from "./history.store";
import { issue } from "./issue";
import { paymentOf } from "./payments";
import type { PlantedCustomer } from "./plant-customer";
import { Random } from "./random";
import { recordDailyUsage, recordDelivery } from "./record-usage";
import { SELLER } from "./seller";
import { billedAt, MONTH_TO_CLOSE, NOW } from "./timeline";
import { eventsOf } from "./usage-events";

/** Something that happens at an instant of its own, between the monthly routine. */
export type Happening = { readonly at: Date; readonly happen: (context: RequestContext) => Promise<unknown> };

type History = {
  readonly months: readonly PlainMonth[];
  readonly customers: readonly PlantedCustomer[];
  readonly happenings: readonly Happening[];
  readonly seed: number;
  readonly onMonth: (month: PlainMonth) => void;
};

const EVENTS_IN_A_BATCH = 1_000;
const CONTRACTS_IN_A_BATCH = 200;

/**
 * Lives through the months as the company did: usage comes, on the first working day after the month drafts are
 * calculated, finalized and sent, and most of them paid when they fall due. The month to close stops at its drafts; what happens after them makes them stale.
 */
export async function liveThrough({ months, customers, happenings, seed, onMonth }: History): Promise<void> {
  const ahead = [...happenings];
  const opening = shiftMonth(months[0] ?? MONTH_TO_CLOSE, -1);
  await billMonth(opening, customers, seed);
  for (const month of months) {
    onMonth(month);
    ahead.push(...(await recordUsageOf(month, customers, seed)));
    await happenUntil(billedAt(month), ahead);
    if (month === MONTH_TO_CLOSE) await draft(customers, billedAt(month));
    else await billMonth(month, customers, seed);
  }
  await happenUntil(null, ahead);
}

/** Records the daily usage of a month, and answers the deliveries, which happen at instants of their own. */
async function recordUsageOf(
  month: PlainMonth,
  customers: readonly PlantedCustomer[],
  seed: number,
): Promise<Happening[]> {
  await forgetPlans();
  const now = billedAt(month);
  const deliveries: Happening[] = [];
  let batch: NewUsageEvent[] = [];
  for (const { plan } of customers) {
    for (const run of plan.usage(month, new Random(`${seed} usage ${plan.alias} ${month}`))) {
      const events = eventsOf(run);
      if (run.delivery) deliveries.push({ at: run.delivery.at, happen: (context) => recordDelivery(context, events) });
      else batch.push(...events);
    }
    if (batch.length >= EVENTS_IN_A_BATCH) {
      await recordDailyUsage(batch, now);
      batch = [];
    }
  }
  await recordDailyUsage(batch, now);
  return deliveries;
}

/** Lets happen what is due, in the order of time. */
async function happenUntil(instant: Date | null, ahead: Happening[]): Promise<void> {
  ahead.sort((a, b) => a.at.getTime() - b.at.getTime());
  while (ahead[0] && (instant === null || ahead[0].at <= instant)) {
    const [{ at, happen }] = ahead.splice(0, 1) as [Happening];
    await happen(contextAt(at));
  }
}

async function billMonth(month: PlainMonth, customers: readonly PlantedCustomer[], seed: number): Promise<void> {
  const now = billedAt(month);
  const plans = new Map(customers.map(({ customerId, plan }) => [customerId, plan]));
  const drafts = await draft(customers, now);
  for (const ids of inBatches(drafts, CONTRACTS_IN_A_BATCH)) {
    await issue(ids, now);
    const payments = (await payableInvoices(ids)).flatMap((invoice) => {
      const plan = plans.get(invoice.customerId);
      return (plan && paymentOf(invoice, plan, { today: localDayOf(NOW, SELLER.timeZone), seed })) ?? [];
    });
    const sent = await markSentByHand(ids, { sentAt: now, recordedBy: FOUNDER.name, payments });
    await insertAuditEvents(FOUNDER, newId(), [
      ...noted("finalize", ids),
      ...noted("send", sent),
      ...payments.map(({ paymentId, invoiceId, receivedOn }) => ({
        action: "payment.recorded",
        subjectType: "payment",
        subjectId: paymentId,
        after: { invoiceId, receivedOn },
      })),
    ]);
  }
}

const noted = (kind: string, ids: readonly string[]) =>
  ids.map((subjectId) => ({ action: `invoice.${kind}`, subjectType: "invoice", subjectId }));

/** The drafts there are then, in the order in which they get their numbers: by customer, then by day. */
async function draft(customers: readonly PlantedCustomer[], now: Date): Promise<string[]> {
  const today = localDayOf(now, SELLER.timeZone);
  const begun = customers.filter(({ plan }) => plan.contract.startsOn <= today);
  const invoiceIds: string[] = [];
  for (const some of inBatches(begun, CONTRACTS_IN_A_BATCH)) {
    await forgetPlans();
    const drafted = await calculateDrafts(
      some.map(({ contractId }) => contractId),
      { today, now },
    );
    for (const { contractId } of some) {
      invoiceIds.push(
        ...drafted.filter((outcome) => outcome.contractIds.includes(contractId)).map(({ invoiceId }) => invoiceId),
      );
    }
  }
  return invoiceIds;
}

function* inBatches<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
