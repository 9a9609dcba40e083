import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";
import type { Parties } from "./invoice";

/** What finalization adds to a draft, for good. */
export type Issue = {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly taxPointOn: PlainDate;
  readonly accountingOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly parties: Parties;
};

export async function issueInvoices(issues: readonly Issue[], now: Date): Promise<void> {
  await query(
    `UPDATE invoice SET status = 'finalized', number = issue.number, issued_on = issue.issued_on, tax_point_on = issue.tax_point_on,
       accounting_on = issue.accounting_on, due_on = issue.due_on, parties = issue.parties, version = version + 1, updated_at = $2
     FROM unnest($3::uuid[], $4::text[], $5::date[], $6::date[], $7::date[], $8::date[], $9::jsonb[])
       AS issue (id, number, issued_on, tax_point_on, accounting_on, due_on, parties)
     WHERE invoice.organization_id = $1 AND invoice.id = issue.id`,
    [
      organizationId(),
      now,
      issues.map(({ id }) => id),
      issues.map(({ number }) => number),
      issues.map(({ issuedOn }) => issuedOn),
      issues.map(({ taxPointOn }) => taxPointOn),
      issues.map(({ accountingOn }) => accountingOn),
      issues.map(({ dueOn }) => dueOn),
      issues.map(({ parties }) => JSON.stringify(parties)),
    ],
  );
}

export async function markSent(id: string, now: Date): Promise<void> {
  await query(
    "UPDATE invoice SET status = 'sent', sent_at = $2, version = version + 1, updated_at = $2 WHERE id = $1 AND status = 'finalized'",
    [id, now],
  );
}
