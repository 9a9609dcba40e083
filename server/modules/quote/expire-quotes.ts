import { formatDay } from "../../domain/calendar/format";
import { addDays, type PlainDate } from "../../domain/calendar/plain-date";
import { type ExpiryWarning, expiryWarningDue, statusOn } from "../../domain/quote/quote-life";
import { type Change, insertAuditEvents } from "../../platform/audit.store";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { loadOrganization } from "../organization";
import type { Quote, QuoteEvent } from "./quote";
import { lockQuote, saveQuote } from "./quote.store";
import { eventsByQuote, insertQuoteEvent } from "./quote-event.store";
import { isAnyToExpire, lookForExpiryNextHour, quotesEndingBy } from "./quote-expiry.store";

const SYSTEM = { kind: "system", id: null, name: "Billgrid" } as const;

/** Takes back the signatures that a quote still asks for, in its transaction; it is locked. */
export type WithdrawSignatures = (quote: Quote, reason: string, scope: SystemScope) => Promise<void>;
export type SystemScope = {
  readonly actor: typeof SYSTEM;
  readonly now: Date;
  readonly timeZone: string;
  note(change: Change): void;
};

const WARNED_DAYS_AHEAD = 7;

/**
 * Writes down which quotes have expired in the organization's day, and which are about to, and looks again every hour for
 * as long as any may. Doing it twice does nothing twice. Nobody depends on it having run: see statusOn.
 */
export async function expireQuotes(clock: Clock, withdrawSignatures: WithdrawSignatures): Promise<void> {
  const { timeZone, ...organization } = await loadOrganization();
  const { now, today } = organizationTime(clock, { ...organization, timeZone });
  // A quote is a transaction: what keeps one from expiring keeps no other.
  for (const id of await quotesEndingBy(addDays(today, WARNED_DAYS_AHEAD))) {
    await inTransaction(async () => {
      const changes: Change[] = [];
      const scope = { actor: SYSTEM, now, timeZone, note: (change: Change) => void changes.push(change) };
      const quote = await lockQuote(id);
      if (quote) await lookAt(quote, today, scope, withdrawSignatures);
      if (changes.length > 0) await insertAuditEvents(SYSTEM, newId(), changes);
    });
  }
  if (await isAnyToExpire()) await lookForExpiryNextHour();
}

async function lookAt(
  quote: Quote,
  today: PlainDate,
  scope: SystemScope,
  withdrawSignatures: WithdrawSignatures,
): Promise<void> {
  if (quote.expiresOn === null) return;
  if (quote.status !== "expired" && statusOn(quote, today) === "expired") {
    return expire(quote, quote.expiresOn, scope, withdrawSignatures);
  }
  const warning = expiryWarningDue(quote, await warningsGiven(quote), today);
  if (warning !== null) {
    const facts = { warning, expiresOn: quote.expiresOn };
    await insertQuoteEvent({ ...eventOf(quote, scope.now), kind: "expiring", reason: null, facts });
  }
}

async function expire(
  quote: Quote,
  expiresOn: PlainDate,
  scope: SystemScope,
  withdrawSignatures: WithdrawSignatures,
): Promise<void> {
  const reason = `Its last day was ${formatDay(expiresOn)}.`;
  if (quote.status === "sent") await withdrawSignatures(quote, reason, scope);
  await saveQuote({ ...quote, status: "expired", statusReason: reason }, scope.now);
  const facts = { status: quote.status, expiresOn };
  await insertQuoteEvent({ ...eventOf(quote, scope.now), kind: "expired", reason, facts });
  scope.note({
    action: "quote.expired",
    subjectType: "quote",
    subjectId: quote.id,
    before: { status: quote.status },
    after: { status: "expired", expiresOn },
  });
}

const eventOf = (quote: Quote, happenedAt: Date) => ({
  quoteId: quote.id,
  versionOrdinal: quote.currentVersion,
  actor: SYSTEM.name,
  happenedAt,
});

/** Of this version and this last day: whoever puts the day off is warned again. */
async function warningsGiven({ id, currentVersion, expiresOn }: Quote): Promise<ExpiryWarning[]> {
  const events: readonly QuoteEvent[] = (await eventsByQuote([id])).get(id) ?? [];
  return events.flatMap(({ kind, versionOrdinal, facts }) =>
    kind === "expiring" && versionOrdinal === currentVersion && facts["expiresOn"] === expiresOn
      ? [facts["warning"] as ExpiryWarning]
      : [],
  );
}
