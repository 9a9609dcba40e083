import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import { organizationId, query } from "../../platform/database/transaction";
import type { LedgerScope } from "./receivable";
import type { NewRefund, Refund } from "./refund";

/** A batch: refunds by id. */
export async function refundsById(ids: readonly string[]): Promise<ReadonlyMap<string, Refund>> {
  const { rows } = await query<Refund>({
    name: "refunds-by-id",
    text: `SELECT id, customer_id AS "customerId", currency, amount, paid_on AS "paidOn", method, reference, reason,
             recorded_by AS "recordedBy", recorded_at AS "recordedAt"
           FROM refund WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function insertRefund(
  refund: Omit<NewRefund, "creditNoteId" | "currency"> & {
    readonly id: string;
    readonly currency: CurrencyCode;
    readonly accountingOn: PlainDate;
  },
  { now, recordedBy }: LedgerScope,
): Promise<void> {
  await query(
    `INSERT INTO refund (organization_id, id, customer_id, currency, amount, paid_on, accounting_on, method, reference, reason, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      organizationId(),
      refund.id,
      refund.customerId,
      refund.currency,
      refund.amount.toFixed(),
      refund.paidOn,
      refund.accountingOn,
      refund.method,
      refund.reference,
      refund.reason,
      recordedBy,
      now,
    ],
  );
}
