import type { Period } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { SeatReading } from "../../domain/invoice/readings";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { organizationId, query } from "../../platform/database/transaction";
import type { SeatChange } from "./contract";

/** A batch: every seat change of a contract, by lineage and day. */
export async function seatChangesByContract(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SeatChange[]>> {
  const { rows } = await query<SeatChange>({
    name: "seat-changes-by-contract",
    text: `SELECT contract_id AS "contractId", lineage_id AS "lineageId", effective_on AS "effectiveOn", seats
           FROM seat_change WHERE contract_id = ANY ($1::uuid[]) ORDER BY contract_id, lineage_id, effective_on`,
    values: [ids],
  });
  return groupBy(rows, ({ contractId }) => contractId);
}

/** The lineages of the seat prices that a contract has, or had, in any phase. */
export async function seatLineages(contractId: string): Promise<string[]> {
  const { rows } = await query<{ lineageId: string }>(
    `SELECT DISTINCT coalesce(charge.lineage_id, price.lineage_id) AS "lineageId"
     FROM billing_schedule schedule
     JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id
     JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
     JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
     WHERE schedule.contract_id = $1 AND price.model = 'seat'`,
    [contractId],
  );
  return rows.map(({ lineageId }) => lineageId);
}

/** The seats of a day; recorded again they replace the earlier ones. Answers what they were, null if nothing was. */
export async function putSeats(
  { contractId, lineageId, effectiveOn, seats }: SeatChange,
  now: Date,
): Promise<number | null> {
  const { rows } = await query<{ earlier: number | null }>(
    `WITH before AS (
       SELECT seats FROM seat_change WHERE contract_id = $2 AND lineage_id = $3 AND effective_on = $4
     ), put AS (
       INSERT INTO seat_change (organization_id, contract_id, lineage_id, effective_on, seats, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (organization_id, contract_id, lineage_id, effective_on)
         DO UPDATE SET seats = excluded.seats, recorded_at = excluded.recorded_at
     )
     SELECT (SELECT seats FROM before) AS earlier`,
    [organizationId(), contractId, lineageId, effectiveOn, seats, now],
  );
  return rows[0]?.earlier ?? null;
}

export type SeatsAsked = { readonly contractId: string; readonly lineageId: string; readonly period: Period };

/**
 * The seats of many contracts, lineages and periods, in one statement and in the order asked for: the total before the
 * period (0 where none was recorded yet) and each change in it.
 */
export async function seatReadings(
  wanted: readonly SeatsAsked[],
): Promise<(SeatReading & { readonly contractId: string })[]> {
  if (wanted.length === 0) return [];
  const { rows } = await query<{ place: number; on: PlainDate; seats: number; isBefore: boolean }>({
    name: "seat-readings",
    text: `SELECT asked.place::int AS place, change.effective_on AS "on", change.seats, change.effective_on < asked.starts_on AS "isBefore"
           FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[])
             WITH ORDINALITY AS asked (contract_id, lineage_id, starts_on, ends_before, place)
           CROSS JOIN LATERAL (
             (SELECT effective_on, seats FROM seat_change
              WHERE contract_id = asked.contract_id AND lineage_id = asked.lineage_id AND effective_on < asked.starts_on
              ORDER BY effective_on DESC LIMIT 1)
             UNION ALL
             (SELECT effective_on, seats FROM seat_change
              WHERE contract_id = asked.contract_id AND lineage_id = asked.lineage_id
                AND effective_on >= asked.starts_on AND effective_on < asked.ends_before)
           ) AS change
           ORDER BY asked.place, change.effective_on`,
    values: [
      wanted.map(({ contractId }) => contractId),
      wanted.map(({ lineageId }) => lineageId),
      wanted.map(({ period }) => period.startsOn),
      wanted.map(({ period }) => period.endsBefore),
    ],
  });
  const byPlace = groupBy(rows, ({ place }) => place);
  return wanted.map((asked, index) => {
    const found = byPlace.get(index + 1) ?? [];
    const opening = found.find(({ isBefore }) => isBefore);
    return {
      ...asked,
      openingSeats: opening ? new Decimal(opening.seats) : ZERO,
      changes: found.filter(({ isBefore }) => !isBefore).map(({ on, seats }) => ({ on, total: new Decimal(seats) })),
    };
  });
}
