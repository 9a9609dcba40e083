import { type PlainDate, partsOf } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";
import type { DocumentKind } from "./invoice";

export type SeriesState = { readonly nextCounter: number; readonly lastIssuedOn: PlainDate | null };

/** The numbers of one kind of document with one prefix; each year begins anew. */
export type Series = { readonly kind: DocumentKind; readonly prefix: string };

/** Takes the series for this transaction: whoever issues next waits, so numbers have neither gaps nor twins. */
export async function lockSeries({ kind, prefix }: Series, on: PlainDate): Promise<SeriesState> {
  const key = [organizationId(), kind, prefix, partsOf(on).year];
  await query(
    "INSERT INTO document_series (organization_id, kind, prefix, year) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    key,
  );
  const { rows } = await query<SeriesState>(
    `SELECT next_counter AS "nextCounter", last_issued_on AS "lastIssuedOn" FROM document_series
     WHERE organization_id = $1 AND kind = $2 AND prefix = $3 AND year = $4 FOR UPDATE`,
    key,
  );
  return rows[0] as SeriesState;
}

export async function saveSeries({ kind, prefix }: Series, on: PlainDate, state: SeriesState): Promise<void> {
  await query(
    `UPDATE document_series SET next_counter = $5, last_issued_on = $6 WHERE organization_id = $1 AND kind = $2 AND prefix = $3 AND year = $4`,
    [organizationId(), kind, prefix, partsOf(on).year, state.nextCounter, state.lastIssuedOn],
  );
}
