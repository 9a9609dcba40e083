import type { Cadence } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming, Charge, Contract, Phase, SpendBound } from "../../domain/contract/contract";
import { groupBy } from "../../domain/group-by";
import type { BoundKind } from "../../domain/invoice/segment";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { Price, PriceModelName } from "../../domain/pricing/price";
import { priceFromTerms, type StoredTerms } from "../../domain/pricing/price-terms";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { query } from "../../platform/database/transaction";
import type { AgreedContract, StoredPrice } from "./agreed-contract";
import type { BillingScheduleStatus } from "./contract";
import {
  contractDiscountFrom,
  discountFrom,
  type StoredContractDiscount,
  type StoredDiscount,
} from "./stored-discounts";

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
  /** Whose usage counts: the customer's, and where it rolls up that of all descendants. */
  readonly customers: readonly UsageOwner[];
  /** The amounts of its prices are what the customer pays, tax and all. */
  readonly pricesIncludeTax: boolean;
  /** Under which product the true-up of each minimum, and the cap of each maximum, is billed. */
  readonly productOfBound: ReadonlyMap<string, string>;
};
export type UsageOwner = { readonly id: string; readonly name: string };

/** These contracts, in whatever state; or the active ones that have begun by a day, page by page in the order of their ids. */
export type BillableSelection =
  | { readonly contractIds: readonly string[] }
  | { readonly dueThrough: PlainDate; readonly limit: number; readonly afterId: string | null };

/** Three statements, however many contracts, and one more where usage rolls up; always of the current revision. */
export async function billableContracts(selection: BillableSelection): Promise<BillableContract[]> {
  const heads = await selectHeads(selection);
  if (heads.length === 0) return [];
  const scheduleIds = heads.map(({ scheduleId }) => scheduleId);
  const { phases, includingTax } = await phasesOf(scheduleIds, null);
  const bounds = await boundsOf(scheduleIds, null);
  const families = await familiesOf(heads.flatMap((head) => (head.rollsUpUsage ? [head.customerId] : [])));

  return heads.map((head) => {
    const own = bounds.get(head.scheduleId) ?? [];
    return {
      customerId: head.customerId,
      number: head.number,
      name: head.name,
      poNumber: head.poNumber,
      paymentTerms: head.termsKind && head.termsDays !== null ? { kind: head.termsKind, days: head.termsDays } : null,
      status: head.status,
      version: head.version,
      contract: toContract(head, phases.get(head.scheduleId) ?? [], own),
      customers: (head.rollsUpUsage && families.get(head.customerId)) || [
        { id: head.customerId, name: head.customerName },
      ],
      pricesIncludeTax: includingTax.has(head.scheduleId),
      productOfBound: productsOf(own),
    };
  });
}

/** A contract as one of its revisions has it; it must exist. */
export async function agreedContract(contractId: string, revision: number): Promise<AgreedContract> {
  const head = await headAt(contractId, revision);
  const { phases, names, prices } = await phasesOf([head.scheduleId], revision);
  const bounds = (await boundsOf([head.scheduleId], revision)).get(head.scheduleId) ?? [];
  return {
    contract: toContract(head, phases.get(head.scheduleId) ?? [], bounds),
    prices,
    productOfBound: productsOf(bounds),
    phaseNames: names,
  };
}

function toContract(head: Head, phases: readonly Phase[], bounds: readonly OwnBound[]): Contract {
  const boundsThatAre = (kind: BoundKind) => bounds.filter(({ bound }) => bound === kind).map(({ terms }) => terms);
  return {
    id: head.id,
    currency: currency(head.currency),
    startsOn: head.startsOn,
    endsBefore: head.endsBefore,
    anchorOn: head.anchorOn,
    firstPeriod: head.firstPeriod,
    phases,
    minimums: boundsThatAre("minimum"),
    maximums: boundsThatAre("maximum"),
    discounts: head.discounts.map(contractDiscountFrom),
    billedThrough: head.billedThrough,
    lateUsage: head.lateUsage,
  };
}

const productsOf = (bounds: readonly OwnBound[]): ReadonlyMap<string, string> =>
  new Map(bounds.map(({ terms, productId }) => [terms.id, productId]));

type Head = Pick<
  Contract,
  "id" | "startsOn" | "endsBefore" | "anchorOn" | "firstPeriod" | "billedThrough" | "lateUsage"
> &
  Pick<BillableContract, "customerId" | "number" | "name" | "poNumber" | "status" | "version"> & {
    readonly currency: CurrencyCode;
    readonly customerName: string;
    readonly rollsUpUsage: boolean;
    readonly discounts: readonly StoredContractDiscount[];
    readonly scheduleId: string;
    readonly termsKind: PaymentTerms["kind"] | null;
    readonly termsDays: number | null;
  };

const headOf = (revision: string) => `
  SELECT contract.id, contract.customer_id AS "customerId", contract.number, contract.name, contract.po_number AS "poNumber",
    contract.payment_terms_kind AS "termsKind", contract.payment_terms_days AS "termsDays", contract.version,
    contract.currency, revision.starts_on AS "startsOn", revision.ends_before AS "endsBefore", revision.discounts,
    contract.billed_through_on AS "billedThrough", contract.late_usage AS "lateUsage",
    contract.rolls_up_usage AS "rollsUpUsage", customer.legal_name AS "customerName", schedule.id AS "scheduleId",
    schedule.status, schedule.anchor_on AS "anchorOn", schedule.first_period AS "firstPeriod"
  FROM contract
  JOIN customer ON customer.organization_id = contract.organization_id AND customer.id = contract.customer_id
  JOIN billing_schedule schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
  JOIN schedule_revision revision ON revision.organization_id = schedule.organization_id
    AND revision.schedule_id = schedule.id AND revision.revision = ${revision}`;
const HEAD = headOf("schedule.revision");

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

async function headAt(contractId: string, revision: number): Promise<Head> {
  const { rows } = await query<Head>({
    name: "contract-head-at",
    text: `${headOf("$2")} WHERE contract.id = $1`,
    values: [contractId, revision],
  });
  if (!rows[0]) throw new Error(`the contract ${contractId} has no revision ${revision}`);
  return rows[0];
}

type ChargeColumns = {
  readonly chargeId: string;
  readonly description: string;
  readonly quantity: string;
  readonly discounts: readonly StoredDiscount[];
  readonly isFreeTrial: boolean;
  readonly priceId: string;
  readonly lineageId: string;
  readonly priceLineageId: string;
  readonly taxInclusive: boolean;
  readonly productId: string;
  readonly model: PriceModelName;
  readonly terms: StoredTerms;
  readonly metricId: string | null;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
};
type PhaseRow = Pick<Phase, "startsOn" | "endsBefore"> & {
  readonly scheduleId: string;
  readonly phaseId: string;
  readonly name: string;
} & (ChargeColumns | { readonly chargeId: null });

type Phases = {
  readonly phases: ReadonlyMap<string, readonly Phase[]>;
  /** Of all phases, in their order. */
  readonly names: readonly string[];
  readonly prices: ReadonlyMap<Price, StoredPrice>;
  /** Schedules with prices that have the tax in them. */
  readonly includingTax: ReadonlySet<string>;
};

/** Phases by schedule, of a revision or (null) the current one. A price that many contracts share is built once. */
async function phasesOf(scheduleIds: readonly string[], revision: number | null): Promise<Phases> {
  const { rows } = await query<PhaseRow>({
    name: "billable-phases",
    text: `SELECT phase.schedule_id AS "scheduleId", phase.id AS "phaseId", phase.name, phase.starts_on AS "startsOn",
             phase.ends_before AS "endsBefore", charge.id AS "chargeId", charge.description, charge.quantity,
             charge.discounts, charge.is_free_trial AS "isFreeTrial", price.id AS "priceId",
             coalesce(charge.lineage_id, price.lineage_id) AS "lineageId", price.lineage_id AS "priceLineageId",
             price.tax_inclusive AS "taxInclusive", price.product_id AS "productId", price.model, price.terms,
             price.metric_id AS "metricId", price.cadence, price.timing, price.proration
           FROM billing_schedule schedule
           JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id
             AND phase.revision = coalesce($2, schedule.revision)
           LEFT JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
           LEFT JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
           WHERE schedule.id = ANY ($1::uuid[])
           ORDER BY phase.schedule_id, phase.ordinal, charge.ordinal`,
    values: [scheduleIds, revision],
  });
  const byId = new Map<string, Price>();
  const prices = new Map<Price, StoredPrice>();
  const includingTax = new Set<string>();
  const chargeOf = (row: PhaseRow): Charge[] => {
    if (row.chargeId === null) return [];
    const price = byId.get(row.priceId) ?? priceFromTerms(row.model, row.terms);
    byId.set(row.priceId, price);
    prices.set(price, { id: row.priceId, lineageId: row.priceLineageId, taxInclusive: row.taxInclusive });
    if (row.taxInclusive) includingTax.add(row.scheduleId);
    return [toCharge(row, price)];
  };
  const found = [...groupBy(rows, ({ phaseId }) => phaseId).values()].map((ofPhase) => {
    const { scheduleId, phaseId, name, startsOn, endsBefore } = ofPhase[0] as PhaseRow;
    return { scheduleId, name, phase: { id: phaseId, startsOn, endsBefore, charges: ofPhase.flatMap(chargeOf) } };
  });
  const bySchedule = groupBy(found, ({ scheduleId }) => scheduleId);
  return {
    phases: new Map([...bySchedule].map(([id, own]) => [id, own.map(({ phase }) => phase)])),
    names: found.map(({ name }) => name),
    prices,
    includingTax,
  };
}

function toCharge(row: ChargeColumns, price: Price): Charge {
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
    isFreeTrial: row.isFreeTrial,
  };
}

type BoundRow = Omit<SpendBound, "amount" | "lineageIds"> & {
  readonly scheduleId: string;
  readonly bound: BoundKind;
  readonly amount: string;
  readonly lineageIds: readonly string[];
  readonly productId: string;
};
type OwnBound = {
  readonly scheduleId: string;
  readonly bound: BoundKind;
  readonly productId: string;
  readonly terms: SpendBound;
};

async function boundsOf(
  scheduleIds: readonly string[],
  revision: number | null,
): Promise<ReadonlyMap<string, readonly OwnBound[]>> {
  const { rows } = await query<BoundRow>({
    name: "billable-bounds",
    text: `SELECT spend_bound.id, spend_bound.schedule_id AS "scheduleId", spend_bound.bound, spend_bound.description,
             spend_bound.amount, spend_bound.cadence, spend_bound.starts_on AS "startsOn",
             spend_bound.ends_before AS "endsBefore", spend_bound.proration, spend_bound.lineage_ids AS "lineageIds",
             spend_bound.product_id AS "productId"
           FROM billing_schedule schedule
           JOIN spend_bound ON spend_bound.organization_id = schedule.organization_id
             AND spend_bound.schedule_id = schedule.id AND spend_bound.revision = coalesce($2, schedule.revision)
           WHERE schedule.id = ANY ($1::uuid[]) ORDER BY spend_bound.schedule_id, spend_bound.id`,
    values: [scheduleIds, revision],
  });
  const bounds = rows.map(
    ({ scheduleId, bound, productId, amount, lineageIds, ...terms }): OwnBound => ({
      scheduleId,
      bound,
      productId,
      terms: { ...terms, amount: new Decimal(amount), lineageIds: lineageIds.length > 0 ? lineageIds : "all" },
    }),
  );
  return groupBy(bounds, ({ scheduleId }) => scheduleId);
}

/** Customers with all their descendants, by the customer: itself first, the others by name. */
async function familiesOf(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly UsageOwner[]>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await query<UsageOwner & { readonly rootId: string }>({
    name: "billable-families",
    // Without ALL, so that a circle of parents ends.
    text: `WITH RECURSIVE family (organization_id, root_id, id) AS (
             SELECT organization_id, id, id FROM customer WHERE id = ANY ($1::uuid[])
             UNION
             SELECT child.organization_id, family.root_id, child.id FROM family
             JOIN customer child ON child.organization_id = family.organization_id AND child.parent_customer_id = family.id
           )
           SELECT family.root_id AS "rootId", customer.id, customer.legal_name AS name
           FROM family
           JOIN customer ON customer.organization_id = family.organization_id AND customer.id = family.id
           ORDER BY family.root_id, customer.id <> family.root_id, customer.legal_name, customer.id`,
    values: [[...new Set(customerIds)]],
  });
  const families = groupBy(rows, ({ rootId }) => rootId);
  return new Map([...families].map(([id, family]) => [id, family.map(({ id, name }) => ({ id, name }))]));
}
