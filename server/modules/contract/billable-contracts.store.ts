import type { Cadence, RecurringCadence } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming, Charge, Contract, MinimumCommitment, Phase } from "../../domain/contract/contract";
import { groupBy } from "../../domain/group-by";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { Price, PriceModelName } from "../../domain/pricing/price";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { query } from "../../platform/database/transaction";
import { priceFromTerms, type StoredTerms } from "../catalog";
import type { BillingScheduleStatus } from "./contract";
import { discountFrom, type StoredDiscount } from "./stored-discounts";

/** A contract as the engine takes it, with what its invoices need beside that. */
export type BillableContract = {
  readonly contract: Contract;
  readonly customerId: string;
  readonly number: string;
  readonly name: string;
  readonly poNumber: string | null;
  /** null: the customer's terms */
  readonly paymentTerms: PaymentTerms | null;
  readonly status: BillingScheduleStatus;
  readonly version: number;
  /** Under which product the true-up of each minimum commitment is billed. */
  readonly productOfMinimum: ReadonlyMap<string, string>;
};

/** These contracts, in whatever state; or the active ones that have begun by a day, page by page in the order of their ids. */
export type BillableSelection =
  | { readonly contractIds: readonly string[] }
  | { readonly dueThrough: PlainDate; readonly limit: number; readonly afterId: string | null };

/** Three statements, however many contracts. */
export async function billableContracts(selection: BillableSelection): Promise<BillableContract[]> {
  const heads = await selectHeads(selection);
  if (heads.length === 0) return [];
  const scheduleIds = heads.map(({ scheduleId }) => scheduleId);
  const phases = await phasesOf(scheduleIds);
  const minimums = await minimumsOf(scheduleIds);

  return heads.map(({ scheduleId, termsKind, termsDays, ...head }) => {
    const own = minimums.get(scheduleId) ?? [];
    return {
      customerId: head.customerId,
      number: head.number,
      name: head.name,
      poNumber: head.poNumber,
      paymentTerms: termsKind && termsDays !== null ? { kind: termsKind, days: termsDays } : null,
      status: head.status,
      version: head.version,
      contract: {
        id: head.id,
        currency: currency(head.currency),
        startsOn: head.startsOn,
        endsBefore: head.endsBefore,
        anchorOn: head.anchorOn,
        firstPeriod: head.firstPeriod,
        phases: phases.get(scheduleId) ?? [],
        minimums: own.map(({ minimum }) => minimum),
        billedThrough: head.billedThrough,
      },
      productOfMinimum: new Map(own.map(({ minimum, productId }) => [minimum.id, productId])),
    };
  });
}

type Head = Pick<Contract, "id" | "startsOn" | "endsBefore" | "anchorOn" | "firstPeriod" | "billedThrough"> &
  Pick<BillableContract, "customerId" | "number" | "name" | "poNumber" | "status" | "version"> & {
    readonly currency: CurrencyCode;
    readonly scheduleId: string;
    readonly termsKind: PaymentTerms["kind"] | null;
    readonly termsDays: number | null;
  };

const HEAD = `
  SELECT contract.id, contract.customer_id AS "customerId", contract.number, contract.name, contract.po_number AS "poNumber",
    contract.payment_terms_kind AS "termsKind", contract.payment_terms_days AS "termsDays", contract.version,
    contract.currency, contract.starts_on AS "startsOn", contract.ends_before AS "endsBefore",
    contract.billed_through_on AS "billedThrough", schedule.id AS "scheduleId", schedule.status,
    schedule.anchor_on AS "anchorOn", schedule.first_period AS "firstPeriod"
  FROM contract
  JOIN billing_schedule schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id`;

async function selectHeads(selection: BillableSelection): Promise<Head[]> {
  const { rows } =
    "contractIds" in selection
      ? await query<Head>({
          name: "billable-contracts-by-id",
          text: `${HEAD} WHERE contract.id = ANY ($1::uuid[]) ORDER BY contract.id`,
          values: [selection.contractIds],
        })
      : await query<Head>({
          name: "billable-contracts-due",
          text: `${HEAD}
                 WHERE schedule.status = 'active' AND contract.starts_on <= $1 AND ($2::uuid IS NULL OR contract.id > $2)
                 ORDER BY contract.id LIMIT $3`,
          values: [selection.dueThrough, selection.afterId, selection.limit],
        });
  return rows;
}

type ChargeColumns = {
  readonly chargeId: string;
  readonly description: string;
  readonly quantity: string;
  readonly discounts: readonly StoredDiscount[];
  readonly priceId: string;
  readonly lineageId: string;
  readonly productId: string;
  readonly model: PriceModelName;
  readonly terms: StoredTerms;
  readonly metricId: string | null;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
};
type PhaseRow = Pick<Phase, "startsOn" | "endsBefore"> & { readonly scheduleId: string; readonly phaseId: string } & (
    | ChargeColumns
    | { readonly chargeId: null }
  );

/** Phases by schedule. A price that many contracts share is built once. */
async function phasesOf(scheduleIds: readonly string[]): Promise<ReadonlyMap<string, readonly Phase[]>> {
  const { rows } = await query<PhaseRow>({
    name: "billable-phases",
    text: `SELECT phase.schedule_id AS "scheduleId", phase.id AS "phaseId", phase.starts_on AS "startsOn",
             phase.ends_before AS "endsBefore", charge.id AS "chargeId", charge.description, charge.quantity,
             charge.discounts, price.id AS "priceId", price.lineage_id AS "lineageId", price.product_id AS "productId",
             price.model, price.terms, price.metric_id AS "metricId", price.cadence, price.timing, price.proration
           FROM phase
           LEFT JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
           LEFT JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
           WHERE phase.schedule_id = ANY ($1::uuid[])
           ORDER BY phase.schedule_id, phase.ordinal, charge.ordinal`,
    values: [scheduleIds],
  });
  const prices = new Map<string, Price>();
  const phases = [...groupBy(rows, ({ phaseId }) => phaseId).values()].map((ofPhase) => {
    const { scheduleId, phaseId, startsOn, endsBefore } = ofPhase[0] as PhaseRow;
    const charges = ofPhase.flatMap((row) => (row.chargeId === null ? [] : [toCharge(row, prices)]));
    return { scheduleId, phase: { id: phaseId, startsOn, endsBefore, charges } };
  });
  const bySchedule = groupBy(phases, ({ scheduleId }) => scheduleId);
  return new Map([...bySchedule].map(([id, own]) => [id, own.map(({ phase }) => phase)]));
}

function toCharge(row: ChargeColumns, prices: Map<string, Price>): Charge {
  const price = prices.get(row.priceId) ?? priceFromTerms(row.model, row.terms);
  prices.set(row.priceId, price);
  return {
    id: row.chargeId,
    lineageId: row.lineageId,
    productId: row.productId,
    description: row.description,
    price,
    quantity: new Decimal(row.quantity),
    metricId: row.metricId,
    cadence: row.cadence,
    timing: row.timing,
    proration: row.proration,
    discounts: row.discounts.map(discountFrom),
  };
}

type MinimumRow = {
  readonly id: string;
  readonly scheduleId: string;
  readonly description: string;
  readonly amount: string;
  readonly cadence: RecurringCadence;
  readonly proration: ProrationRule;
  readonly lineageIds: readonly string[];
  readonly productId: string;
};
type OwnMinimum = { readonly scheduleId: string; readonly productId: string; readonly minimum: MinimumCommitment };

async function minimumsOf(scheduleIds: readonly string[]): Promise<ReadonlyMap<string, readonly OwnMinimum[]>> {
  const { rows } = await query<MinimumRow>({
    name: "billable-minimums",
    text: `SELECT id, schedule_id AS "scheduleId", description, amount, cadence, proration,
             lineage_ids AS "lineageIds", product_id AS "productId"
           FROM minimum_commitment WHERE schedule_id = ANY ($1::uuid[]) ORDER BY schedule_id, id`,
    values: [scheduleIds],
  });
  const minimums = rows.map(
    ({ scheduleId, productId, amount, lineageIds, ...row }): OwnMinimum => ({
      scheduleId,
      productId,
      minimum: { ...row, amount: new Decimal(amount), lineageIds: lineageIds.length > 0 ? lineageIds : "all" },
    }),
  );
  return groupBy(minimums, ({ scheduleId }) => scheduleId);
}
