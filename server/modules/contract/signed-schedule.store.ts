import type { Agreement } from "../../domain/contract/agreement";
import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { agreementFrom, type StoredAgreement, storedAgreement } from "./stored-agreement";

/** The version of a quote that a customer signed, and the revision of the schedule that execution made of it. */
export type SignedQuote = {
  readonly contractId: string;
  /** 0: the contract as first agreed. */
  readonly revision: number;
  readonly quoteId: string;
  readonly versionOrdinal: number;
};

/** With what was agreed. */
export type SignedSchedule = SignedQuote & { readonly agreement: Agreement };

const SIGNED = `contract_id AS "contractId", revision, quote_id AS "quoteId", version_ordinal AS "versionOrdinal"`;

/** A batch: which quotes were executed for contracts, the first first. */
export async function signedQuotesByContract(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SignedQuote[]>> {
  const { rows } = await query<SignedQuote>({
    name: "signed-quotes-by-contract",
    text: `SELECT ${SIGNED} FROM signed_schedule WHERE contract_id = ANY ($1::uuid[]) ORDER BY contract_id, revision`,
    values: [ids],
  });
  return groupBy(rows, ({ contractId }) => contractId);
}

/** A batch: what was signed by contract, the first first. */
export async function signedSchedulesByContract(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SignedSchedule[]>> {
  type Row = Omit<SignedSchedule, "agreement"> & { readonly agreement: StoredAgreement };
  const { rows } = await query<Row>({
    name: "signed-schedules-by-contract",
    text: `SELECT ${SIGNED}, agreement
           FROM signed_schedule WHERE contract_id = ANY ($1::uuid[]) ORDER BY contract_id, revision`,
    values: [ids],
  });
  const signed = rows.map((row) => ({ ...row, agreement: agreementFrom(row.agreement) }));
  return groupBy(signed, ({ contractId }) => contractId);
}

export async function insertSignedSchedule(
  { contractId, revision, quoteId, versionOrdinal, agreement }: SignedSchedule,
  now: Date,
): Promise<void> {
  await query(
    `INSERT INTO signed_schedule (organization_id, contract_id, revision, quote_id, version_ordinal, agreement, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [organizationId(), contractId, revision, quoteId, versionOrdinal, JSON.stringify(storedAgreement(agreement)), now],
  );
}
