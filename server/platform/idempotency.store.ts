import { query } from "./database/transaction";

type Kept<A> = { readonly action: string; readonly inputHash: string; readonly answer: A };

/** Waits for a running command with the same key, then answers what that command answered, if it did. */
export async function findAnswer<A>(key: string): Promise<Kept<A> | null> {
  await query("SELECT pg_advisory_xact_lock(hashtextextended(current_setting('billgrid.organization_id') || $1, 1))", [
    key,
  ]);
  const { rows } = await query<Kept<A>>(
    `SELECT action, input_hash AS "inputHash", answer FROM idempotency_key WHERE key = $1`,
    [key],
  );
  return rows[0] ?? null;
}

export async function insertAnswer(kept: Kept<object> & { readonly key: string }): Promise<void> {
  await query(
    `INSERT INTO idempotency_key (organization_id, key, action, input_hash, answer)
     VALUES (current_setting('billgrid.organization_id')::uuid, $1, $2, $3, $4)`,
    [kept.key, kept.action, kept.inputHash, JSON.stringify(kept.answer)],
  );
}
