import { query } from "../../server/platform/database/transaction";

/**
 * Marks issued invoices of the past as sent, those over nothing aside, which are never mailed. Their mails left by hand,
 * before this company let Billgrid mail: nobody renders hundreds of documents and fills an outbox to tell a history.
 */
export async function markSentByHand(ids: readonly string[], sentAt: Date): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `UPDATE invoice SET status = 'sent', sent_at = $2, version = version + 1, updated_at = $2
     WHERE id = ANY ($1::uuid[]) AND status = 'finalized' AND gross_total <> 0 RETURNING id`,
    [ids, sentAt],
  );
  return rows.map(({ id }) => id);
}

/**
 * Has the database plan its statements anew. In one transaction tables grow from nothing to millions of rows, and a plan
 * that was right for the empty ones, also in triggers and for foreign keys, would be kept to the end.
 */
export async function forgetPlans(): Promise<void> {
  await query("DISCARD PLANS");
}
