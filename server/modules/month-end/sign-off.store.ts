import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import { organizationId, query } from "../../platform/database/transaction";

/** A sign-off as it was given; revoked ones stay for the record. */
export type StoredSignOff = {
  readonly id: string;
  readonly rowId: string;
  readonly customerId: string;
  readonly varianceHash: string;
  readonly note: string;
  readonly signedBy: string;
  readonly signedAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
};

const COLUMNS = `id, row_id AS "rowId", customer_id AS "customerId", variance_hash AS "varianceHash", note, signed_by AS "signedBy",
  signed_at AS "signedAt", revoked_by AS "revokedBy", revoked_at AS "revokedAt"`;

/** Those of a month that stand. */
export async function signOffsOfMonth(month: PlainMonth): Promise<StoredSignOff[]> {
  const { rows } = await query<StoredSignOff>({
    name: "sign-offs-of-month",
    text: `SELECT ${COLUMNS} FROM variance_sign_off WHERE month = $1 AND revoked_at IS NULL`,
    values: [firstDayOf(month)],
  });
  return rows;
}

/** All of some rows of a month, the latest first, revoked ones among them. */
export async function signOffHistory(month: PlainMonth, rowIds: readonly string[]): Promise<StoredSignOff[]> {
  const { rows } = await query<StoredSignOff>({
    name: "sign-off-history",
    text: `SELECT ${COLUMNS} FROM variance_sign_off WHERE month = $1 AND row_id = ANY ($2::text[]) ORDER BY signed_at DESC, id`,
    values: [firstDayOf(month), rowIds],
  });
  return rows;
}

/** Those that stand, kept from other writers until the transaction ends. */
export async function lockSignOffs(month: PlainMonth, rowIds: readonly string[]): Promise<StoredSignOff[]> {
  const { rows } = await query<StoredSignOff>(
    `SELECT ${COLUMNS} FROM variance_sign_off WHERE month = $1 AND row_id = ANY ($2::text[]) AND revoked_at IS NULL ORDER BY id FOR UPDATE`,
    [firstDayOf(month), rowIds],
  );
  return rows;
}

export async function insertSignOffs(
  month: PlainMonth,
  signOffs: readonly Pick<StoredSignOff, "id" | "rowId" | "customerId" | "varianceHash">[],
  { note, signedBy, signedAt }: Pick<StoredSignOff, "note" | "signedBy" | "signedAt">,
): Promise<void> {
  await query(
    `INSERT INTO variance_sign_off (organization_id, id, row_id, customer_id, month, variance_hash, note, signed_by, signed_at)
     SELECT $1, id, row_id, customer_id, $2, variance_hash, $3, $4, $5
     FROM unnest($6::uuid[], $7::text[], $8::uuid[], $9::text[]) AS given (id, row_id, customer_id, variance_hash)`,
    [
      organizationId(),
      firstDayOf(month),
      note,
      signedBy,
      signedAt,
      signOffs.map(({ id }) => id),
      signOffs.map(({ rowId }) => rowId),
      signOffs.map(({ customerId }) => customerId),
      signOffs.map(({ varianceHash }) => varianceHash),
    ],
  );
}

export async function revokeSignOffRows(ids: readonly string[], revokedBy: string, revokedAt: Date): Promise<void> {
  await query("UPDATE variance_sign_off SET revoked_by = $2, revoked_at = $3 WHERE id = ANY ($1::uuid[])", [
    ids,
    revokedBy,
    revokedAt,
  ]);
}

/** Signing waits for others that sign the same month, so that each row is signed once. */
export async function lockSigning(month: PlainMonth): Promise<void> {
  await query("SELECT pg_advisory_xact_lock(hashtextextended('variance_sign_off' || $1 || $2, 0))", [
    organizationId(),
    month,
  ]);
}
