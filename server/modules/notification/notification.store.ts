import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import type { Notification } from "./notification";

const NOTIFICATION = `
  SELECT notification.id, notification.member_id AS "memberId", notification.event_id AS "eventId",
    notification.quote_id AS "quoteId", notification.kind, notification.title, notification.text, notification.link,
    notification.created_at AS "createdAt", notification.read_at AS "readAt", notification.mailed_at AS "mailedAt",
    notification.mail_error AS "mailError"
  FROM notification`;

/** A batch: notifications by id, whosever they are. */
export async function notificationsById(ids: readonly string[]): Promise<ReadonlyMap<string, Notification>> {
  const { rows } = await query<Notification>({
    name: "notifications-by-id",
    text: `${NOTIFICATION} WHERE notification.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A member's, those that are not read first, of these the newest first. */
export async function listNotifications(
  memberId: string,
  { isUnreadOnly }: { readonly isUnreadOnly: boolean },
  page: Page,
): Promise<Notification[]> {
  const [wasRead, id] = page.after ?? [];
  const { rows } = await query<Notification>({
    name: "list-notifications",
    text: `${NOTIFICATION}
           WHERE notification.member_id = $1 AND ($2 IS FALSE OR notification.read_at IS NULL)
             AND ($3::boolean IS NULL OR (notification.read_at IS NOT NULL) > $3
               OR ((notification.read_at IS NOT NULL) = $3 AND notification.id < $4::uuid))
           ORDER BY notification.read_at IS NOT NULL, notification.id DESC LIMIT $5`,
    values: [memberId, isUnreadOnly, wasRead === undefined ? null : wasRead === READ, id ?? null, page.limit],
  });
  return rows;
}

const READ = "read";
/** Where a notification stands in the list. */
export const positionOf = ({ readAt, id }: Notification): [string, string] => [readAt === null ? "unread" : READ, id];

export async function countUnread(memberId: string): Promise<number> {
  const { rows } = await query<{ count: number }>({
    name: "count-unread-notifications",
    text: "SELECT count(*)::int AS count FROM notification WHERE member_id = $1 AND read_at IS NULL",
    values: [memberId],
  });
  return rows[0]?.count ?? 0;
}

/** Answers those that are new: whoever was told of the event is not told again. */
export async function insertNotifications(
  told: Pick<Notification, "eventId" | "quoteId" | "kind" | "title" | "text" | "link">,
  memberIds: readonly string[],
  now: Date,
): Promise<Pick<Notification, "id" | "memberId">[]> {
  const { rows } = await query<Pick<Notification, "id" | "memberId">>(
    `INSERT INTO notification (organization_id, id, member_id, event_id, quote_id, kind, title, text, link, created_at)
     SELECT $1, recipient.id, recipient.member_id, $2, $3, $4, $5, $6, $7, $8
     FROM unnest($9::uuid[], $10::uuid[]) AS recipient (id, member_id)
     ON CONFLICT (organization_id, event_id, member_id) DO NOTHING
     RETURNING id, member_id AS "memberId"`,
    [
      organizationId(),
      told.eventId,
      told.quoteId,
      told.kind,
      told.title,
      told.text,
      told.link,
      now,
      memberIds.map(() => newId()),
      memberIds,
    ],
  );
  return rows;
}

/** Leaves the mail to a worker, and tells every server process, after commit, that somebody was told something. */
export async function announceNotification({ id, memberId }: Pick<Notification, "id" | "memberId">): Promise<void> {
  await query("SELECT jobs_api.enqueue('mail_notification', $1, $2), pg_notify($3, $4)", [
    JSON.stringify({ organizationId: organizationId(), notificationId: id }),
    `mail_notification:${id}`,
    NOTIFICATION_CHANNEL,
    `${memberId}:${id}`,
  ]);
}
export const NOTIFICATION_CHANNEL = "notification_received";

/** All of them where no ids are given; answers those that were not read before. */
export async function markRead(memberId: string, ids: readonly string[] | null, now: Date): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `UPDATE notification SET read_at = $3
     WHERE member_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY ($2)) RETURNING id`,
    [memberId, ids, now],
  );
  return rows.map(({ id }) => id);
}

export async function saveMailOutcome(
  id: string,
  { mailedAt, mailError }: Pick<Notification, "mailedAt" | "mailError">,
): Promise<void> {
  await query("UPDATE notification SET mailed_at = $2, mail_error = $3 WHERE id = $1", [id, mailedAt, mailError]);
}

/** The member who first did something to a quote, by the audit trail; null: no member ever did. */
export async function firstMemberAt(quoteId: string): Promise<string | null> {
  const { rows } = await query<{ memberId: string }>({
    name: "first-member-at-quote",
    text: `SELECT actor_id AS "memberId" FROM audit_event
           WHERE subject_id = $1 AND subject_type = 'quote' AND actor_kind = 'member'
           ORDER BY recorded_at, id LIMIT 1`,
    values: [quoteId],
  });
  return rows[0]?.memberId ?? null;
}
