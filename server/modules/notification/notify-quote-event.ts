import { localDayOf } from "../../domain/calendar/local-day";
import type { CurrencyCode } from "../../domain/money/currency";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { loadOrganization } from "../organization";
import {
  customerOfQuote,
  eventsByQuote,
  type Quote,
  type QuoteEvent,
  quoteEventsById,
  quotesById,
  versionsByQuote,
} from "../quote";
import type { NotificationKind } from "./notification";
import { announceNotification, insertNotifications } from "./notification.store";
import { type QuoteInWords, wordsOf } from "./quote-event-words";
import { askedBy, ownerOf } from "./recipients";

/** Tells people of an event of a quote: each once, however often the job runs. */
export async function notifyQuoteEvent(clock: Clock, eventId: string): Promise<void> {
  await inTransaction(async () => {
    const event = (await quoteEventsById([eventId])).get(eventId);
    const quote = event && (await quotesById([event.quoteId])).get(event.quoteId);
    const kind = event && kindOf(event);
    if (!event || !quote || !kind || !(await isNews(event))) return;
    const organization = await loadOrganization();
    const { now, today } = organizationTime(clock, organization);
    const told = kind === "approval_requested" ? await askedBy(event, quote, today) : await ownerOf(event, quote);
    if (told.memberIds.length === 0) return;
    const words = wordsOf(
      kind,
      event,
      { ...(await inWords(quote, event, now)), asked: told.asked },
      localDayOf(event.happenedAt, organization.timeZone),
    );
    const of = { eventId, quoteId: quote.id, kind, link: `quotes/${quote.id}` };
    for (const notification of await insertNotifications({ ...of, ...words }, told.memberIds, now)) {
      await announceNotification(notification);
    }
  });
}

/** What an event is to those who are told; null: nothing to speak of. */
function kindOf({ kind }: QuoteEvent): NotificationKind | null {
  switch (kind) {
    case "submitted":
    case "approval_given":
      return "approval_requested";
    case "approved":
    case "rejected":
    case "viewed":
    case "signer_signed":
    case "signed":
    case "declined":
    case "expiring":
    case "expired":
      return kind;
    default:
      return null;
  }
}

/** Whoever looks again at a version that they saw before is no news. */
async function isNews(event: QuoteEvent): Promise<boolean> {
  if (event.kind !== "viewed") return true;
  const events = (await eventsByQuote([event.quoteId])).get(event.quoteId) ?? [];
  const first = events.find(
    (earlier) =>
      earlier.kind === "viewed" &&
      earlier.versionOrdinal === event.versionOrdinal &&
      viewerOf(earlier) === viewerOf(event),
  );
  return first?.id === event.id;
}

const viewerOf = ({ facts, actor }: QuoteEvent): string => String(facts["signer"] ?? facts["linkId"] ?? actor);

async function inWords(quote: Quote, event: QuoteEvent, now: Date): Promise<Omit<QuoteInWords, "asked">> {
  const versions = (await versionsByQuote([quote.id])).get(quote.id) ?? [];
  const version = versions.find(({ ordinal }) => ordinal === event.versionOrdinal);
  if (!version) throw new Error(`the quote ${quote.id} has no version ${event.versionOrdinal}`);
  const { name, currency } = version.terms;
  const { legalName } = await customerOfQuote(quote, currency as CurrencyCode, now);
  return { number: quote.number, name, customerName: legalName, expiresOn: quote.expiresOn };
}
