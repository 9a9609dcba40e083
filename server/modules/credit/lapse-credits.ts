import { addDays, daysBetween, type PlainDate } from "../../domain/calendar/plain-date";
import { type RolledOver, rollOver } from "../../domain/invoice/prepaid-credits";
import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { percent } from "../../domain/money/percent";
import { type Change, insertAuditEvents } from "../../platform/audit.store";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { lockSchedulesOfCustomer, markDraftsStale } from "../../platform/draft-staleness.store";
import { newId } from "../../platform/ids";
import { loadOrganization } from "../organization";
import type { CreditGrant } from "./credit";
import { insertCreditEntries } from "./credit-entry.store";
import {
  creditGrantsById,
  insertCreditGrant,
  isAnyToLapse,
  lapsedGrantIds,
  lockCreditGrants,
  lookForLapsedInAnHour,
} from "./credit-grant.store";

const SYSTEM = { kind: "system", id: null, name: "Billgrid" } as const;

/**
 * Lets expire, or roll over, what is left of grants whose time is over, and looks again in an hour for as long as
 * anything may lapse. Doing it twice does nothing twice: a lapsed grant has no balance.
 */
export async function lapseCredits(clock: Clock): Promise<void> {
  await inTransaction(async () => {
    const { now, today } = organizationTime(clock, await loadOrganization());
    const lapsed = await creditGrantsById(await lapsedGrantIds(today));
    const customerIds = new Set([...lapsed.values()].map(({ customerId }) => customerId));
    for (const customerId of customerIds) await lockSchedulesOfCustomer(customerId);
    const grants = await lockCreditGrants([...lapsed.keys()]);
    const changes: Change[] = [];
    for (const grant of grants.values()) {
      // Read again under the lock: it may have been used since, or a draft may draw on it.
      const isLeft = new Decimal(grant.balance).gt(0) && grant.balance === grant.projectedBalance;
      if (isLeft) changes.push(...(await lapse(grant, { now, today })));
    }
    if (changes.length > 0) await insertAuditEvents(SYSTEM, newId(), changes);
    if (await isAnyToLapse()) await lookForLapsedInAnHour();
  });
}

async function lapse(
  grant: CreditGrant,
  { now, today }: { readonly now: Date; readonly today: PlainDate },
): Promise<Change[]> {
  const next = successorOf(grant);
  const rest = new Decimal(grant.balance).minus(next?.amount ?? 0);
  const taken = { grantId: grant.id, effectiveOn: today, invoiceId: null, billingKey: null };
  await insertCreditEntries(
    [
      ...(next ? [{ ...taken, kind: "rolled_over" as const, amount: next.amount.negated().toFixed() }] : []),
      ...(rest.gt(0) ? [{ ...taken, kind: "expired" as const, amount: rest.negated().toFixed() }] : []),
    ],
    now,
  );
  const lapsed: Change = {
    action: next ? "credit_grant.rolled_over" : "credit_grant.expired",
    subjectType: "credit_grant",
    subjectId: grant.id,
    before: { balance: grant.balance },
    after: { balance: "0", rolledOver: next?.amount.toFixed() ?? null },
  };
  return next ? [lapsed, await grantSuccessor(grant, next, { now, today })] : [lapsed];
}

/** What rolls over goes on from the day on which the grant lapses, however late that is noticed. */
function successorOf({ rollover, ...grant }: CreditGrant): RolledOver | null {
  if (rollover === null || grant.lapsesOn === null) return null;
  return rollOver(
    {
      endsBefore: grant.endsBefore,
      balance: new Decimal(grant.balance),
      rollover: {
        percent: rollover.percent === null ? null : percent(rollover.percent),
        maximumAmount: rollover.maximumAmount === null ? null : new Decimal(rollover.maximumAmount),
        months: rollover.months,
      },
    },
    { on: grant.lapsesOn, currency: currency(grant.currency) },
  );
}

async function grantSuccessor(
  grant: CreditGrant,
  { amount, startsOn, endsBefore }: RolledOver,
  { now, today }: { readonly now: Date; readonly today: PlainDate },
): Promise<Change> {
  const { customerId, kind, name, priority, productIds, note } = grant;
  const graceDays = grant.endsBefore && grant.lapsesOn ? daysBetween(grant.endsBefore, grant.lapsesOn) : 0;
  const id = newId();
  const terms = {
    customerId,
    kind,
    name,
    priority,
    productIds,
    note,
    startsOn,
    endsBefore,
    currency: grant.currency,
    amount: amount.toFixed(),
    lapsesOn: addDays(endsBefore, graceDays),
    rollover: null,
  };
  await insertCreditGrant({ ...terms, id, rolledOverFromId: grant.id }, now);
  const granted = { kind: "granted", effectiveOn: today, invoiceId: null, billingKey: null } as const;
  await insertCreditEntries([{ ...granted, grantId: id, amount: terms.amount }], now);
  await markDraftsStale({ customerIds: [customerId], from: startsOn, before: endsBefore, reason: "credits", now });
  return {
    action: "credit_grant.granted",
    subjectType: "credit_grant",
    subjectId: id,
    after: { ...terms, rolledOverFromId: grant.id },
  };
}
