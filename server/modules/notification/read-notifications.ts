import { runAs } from "../../platform/database/transaction";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { Notifications } from "../../platform/notifications";
import type { RequestContext } from "../../platform/request-context";
import { type Quote, quotesById } from "../quote";
import type { Notification } from "./notification";
import {
  countUnread,
  listNotifications,
  NOTIFICATION_CHANNEL,
  notificationsById,
  positionOf,
} from "./notification.store";

/** The member who asks; machines are told nothing. */
export function readerOf(context: RequestContext): string | null {
  const { actor } = context.require("read");
  return actor.kind === "member" ? actor.id : null;
}

export async function readNotifications(context: RequestContext, args: PageArgs, isUnreadOnly: boolean) {
  const memberId = readerOf(context);
  const page = toPage(args, ["text", "id"]);
  const rows = memberId === null ? [] : await listNotifications(memberId, { isUnreadOnly }, page);
  return toConnection(page, rows, positionOf);
}

export async function readUnreadCount(context: RequestContext): Promise<number> {
  const memberId = readerOf(context);
  return memberId === null ? 0 : countUnread(memberId);
}

export const quoteOf = (context: RequestContext, { quoteId }: Notification): Promise<Quote> =>
  context.mustLoad(quotesById, quoteId);

/** What the caller is told from now on. Whoever stops listening is let go at once, not with the next notification. */
export function watchNotifications(
  context: RequestContext,
  notifications: Notifications,
): AsyncIterableIterator<Notification> {
  const stop = new AbortController();
  const told = followNotifications(context, notifications.listen(NOTIFICATION_CHANNEL, stop.signal));
  return {
    next: () => told.next(),
    return: () => {
      stop.abort();
      return told.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* followNotifications(
  context: RequestContext,
  announced: AsyncIterable<string>,
): AsyncGenerator<Notification, undefined> {
  const { organizationId } = context.require("read");
  const memberId = readerOf(context);
  if (memberId === null) return;
  for await (const payload of announced) {
    const [recipient, id] = payload.split(":");
    if (recipient !== memberId || id === undefined) continue;
    // Each step of a generator runs for whoever asks for the next one, which is nobody in particular.
    const told = await runAs(organizationId, async () => (await notificationsById([id])).get(id));
    // What was read for the one before may have changed since.
    context.forgetLoaded();
    if (told) yield told;
  }
}
