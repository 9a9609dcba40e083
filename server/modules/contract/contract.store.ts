import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { RenewalRule } from "../../domain/contract/renewal";
import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import { percent } from "../../domain/money/percent";
import { dayOrNullTo, dayTo } from "../../platform/database/day";
import { prisma } from "../../platform/database/prisma";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import { type AgreedContract, storedPriceOf } from "./agreed-contract";
import type { BillingScheduleStatus, Charge, Contract, Phase, ScheduleRevision, SpendBound } from "./contract";
import { type NewContract, renewalRuleOf } from "./new-contract";
import {
  contractDiscountFrom,
  discountFrom,
  type StoredContractDiscount,
  type StoredDiscount,
  storedContractDiscount,
  storedDiscount,
} from "./stored-discounts";

// ── Contracts with their schedules ───────────────────────────────────────────────────────────────────────────────────

const CONTRACT = `
  SELECT contract.id, contract.number, contract.name, contract.customer_id AS "customerId", contract.currency,
    contract.starts_on AS "startsOn", contract.ends_before AS "endsBefore", contract.po_number AS "poNumber",
    contract.payment_terms_kind AS "termsKind", contract.payment_terms_days AS "termsDays",
    contract.billed_through_on AS "billedThroughOn", contract.rolls_up_usage AS "rollsUpUsage",
    contract.late_usage AS "lateUsage", contract.renewal_months AS "renewalMonths",
    contract.renewal_notice_days AS "renewalNoticeDays", contract.renewal_uplift_percent AS "renewalUpliftPercent",
    contract.version,
    contract.created_at AS "createdAt", contract.updated_at AS "updatedAt",
    schedule.id AS "scheduleId", schedule.status, schedule.anchor_on AS "anchorOn", schedule.first_period AS "firstPeriod",
    schedule.revision
  FROM contract
  JOIN billing_schedule schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id`;

type ContractRow = Omit<Contract, "paymentTerms" | "renewal" | "schedule"> & {
  readonly renewalMonths: number | null;
  readonly renewalNoticeDays: number | null;
  readonly renewalUpliftPercent: string | null;
  readonly termsKind: PaymentTerms["kind"] | null;
  readonly termsDays: number | null;
  readonly scheduleId: string;
  readonly status: BillingScheduleStatus;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
  readonly revision: number;
};

function toContract({
  termsKind,
  termsDays,
  renewalMonths,
  renewalNoticeDays,
  renewalUpliftPercent,
  scheduleId,
  status,
  anchorOn,
  firstPeriod,
  revision,
  ...row
}: ContractRow): Contract {
  return {
    ...row,
    paymentTerms: termsKind && termsDays !== null ? { kind: termsKind, days: termsDays } : null,
    renewal:
      renewalMonths === null || renewalNoticeDays === null
        ? { kind: "none" }
        : {
            kind: "automatic",
            months: renewalMonths,
            noticeDays: renewalNoticeDays,
            upliftPercent: renewalUpliftPercent === null ? null : percent(renewalUpliftPercent),
          },
    schedule: { id: scheduleId, status, anchorOn, firstPeriod, revision },
  };
}

/** A batch: contracts by id. */
export async function contractsById(ids: readonly string[]): Promise<ReadonlyMap<string, Contract>> {
  const { rows } = await query<ContractRow>({
    name: "contracts-by-id",
    text: `${CONTRACT} WHERE contract.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, toContract(row)]));
}

/** A batch: contracts by customer, in the order of their numbers. */
export async function contractsByCustomer(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Contract[]>> {
  const { rows } = await query<ContractRow>({
    name: "contracts-by-customer",
    text: `${CONTRACT} WHERE contract.customer_id = ANY ($1::uuid[]) ORDER BY contract.number`,
    values: [ids],
  });
  return groupBy(rows.map(toContract), ({ customerId }) => customerId);
}

export type ContractFilter = { readonly customerId: string | null; readonly status: BillingScheduleStatus | null };

/** A page in the order of the numbers. */
export async function listContracts(page: Page, { customerId, status }: ContractFilter): Promise<Contract[]> {
  const [number] = page.after ?? [];
  const { rows } = await query<ContractRow>({
    name: "list-contracts",
    text: `${CONTRACT}
           WHERE ($1::uuid IS NULL OR contract.customer_id = $1) AND ($2::text IS NULL OR schedule.status = $2)
             AND ($3::text IS NULL OR contract.number > $3)
           ORDER BY contract.number LIMIT $4`,
    values: [customerId, status, number ?? null, page.limit],
  });
  return rows.map(toContract);
}

/** What billing drafts invoices for, in the order of the numbers. */
export async function activeContractIds(): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "active-contract-ids",
    text: `SELECT contract.id
           FROM billing_schedule schedule
           JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
           WHERE schedule.status = 'active' ORDER BY contract.number`,
  });
  return rows.map(({ id }) => id);
}

/** The contract as it is now and stays until the transaction ends: nobody else changes it, and nobody calculates its drafts. */
export async function lockContract(id: string): Promise<Contract | null> {
  const { rows } = await query<ContractRow>(`${CONTRACT} WHERE contract.id = $1 FOR UPDATE`, [id]);
  return rows[0] ? toContract(rows[0]) : null;
}

// ── What a schedule bills ────────────────────────────────────────────────────────────────────────────────────────────

type RevisionOf = { readonly scheduleId: string; readonly revision: number };

/** One revision of one schedule, as a batch names it. */
export const revisionKey = ({ scheduleId, revision }: RevisionOf): string => `${scheduleId} ${revision}`;

/** The asked revisions as columns of a statement. */
const revisionValues = (keys: readonly string[]) => {
  const asked = keys.map((key) => key.split(" "));
  return [asked.map(([scheduleId]) => scheduleId), asked.map(([, revision]) => Number(revision))];
};
const ASKED_REVISIONS = "unnest($1::uuid[], $2::int[]) AS asked (schedule_id, revision)";

/** A batch: revisions of schedules by revisionKey. */
export async function revisionsByKey(keys: readonly string[]): Promise<ReadonlyMap<string, ScheduleRevision>> {
  type Row = Omit<ScheduleRevision, "discounts"> & { readonly discounts: readonly StoredContractDiscount[] };
  const { rows } = await query<Row>({
    name: "schedule-revisions",
    text: `SELECT revision.schedule_id AS "scheduleId", revision.revision, revision.amendment_id AS "amendmentId",
             revision.starts_on AS "startsOn", revision.ends_before AS "endsBefore", revision.discounts, contract.currency
           FROM ${ASKED_REVISIONS}
           JOIN schedule_revision revision ON revision.schedule_id = asked.schedule_id AND revision.revision = asked.revision
           JOIN billing_schedule schedule ON schedule.organization_id = revision.organization_id AND schedule.id = revision.schedule_id
           JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id`,
    values: revisionValues(keys),
  });
  return new Map(rows.map((row) => [revisionKey(row), { ...row, discounts: row.discounts.map(contractDiscountFrom) }]));
}

/** A batch: phases by revisionKey, in their order. */
export async function phasesByRevision(keys: readonly string[]): Promise<ReadonlyMap<string, readonly Phase[]>> {
  const { rows } = await query<Phase & RevisionOf>({
    name: "phases-by-revision",
    text: `SELECT phase.id, phase.schedule_id AS "scheduleId", phase.revision, phase.name, phase.starts_on AS "startsOn",
             phase.ends_before AS "endsBefore"
           FROM ${ASKED_REVISIONS}
           JOIN phase ON phase.schedule_id = asked.schedule_id AND phase.revision = asked.revision
           ORDER BY phase.schedule_id, phase.revision, phase.ordinal`,
    values: revisionValues(keys),
  });
  return groupBy(rows, revisionKey);
}

type ChargeRow = Omit<Charge, "quantity" | "discounts"> & {
  readonly quantity: string;
  readonly discounts: readonly StoredDiscount[];
};

/** A batch: charges by phase, in their order. */
export async function chargesByPhase(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Charge[]>> {
  const { rows } = await query<ChargeRow>({
    name: "charges-by-phase",
    text: `SELECT charge.id, charge.phase_id AS "phaseId", charge.price_id AS "priceId", price.product_id AS "productId",
             coalesce(charge.lineage_id, price.lineage_id) AS "lineageId", charge.description, price.currency,
             charge.quantity, charge.discounts, charge.is_free_trial AS "isFreeTrial"
           FROM charge JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
           WHERE charge.phase_id = ANY ($1::uuid[]) ORDER BY charge.phase_id, charge.ordinal`,
    values: [ids],
  });
  const charges = rows.map((row) => ({
    ...row,
    quantity: new Decimal(row.quantity),
    discounts: row.discounts.map(discountFrom),
  }));
  return groupBy(charges, ({ phaseId }) => phaseId);
}

type BoundRow = Omit<SpendBound, "amount" | "lineageIds"> &
  RevisionOf & { readonly amount: string; readonly lineageIds: readonly string[] };

/** A batch: minimums and maximums by revisionKey. */
export async function boundsByRevision(keys: readonly string[]): Promise<ReadonlyMap<string, readonly SpendBound[]>> {
  const { rows } = await query<BoundRow>({
    name: "bounds-by-revision",
    text: `SELECT bound.id, bound.schedule_id AS "scheduleId", bound.revision, bound.bound, bound.description, bound.amount,
             contract.currency, bound.cadence, bound.starts_on AS "startsOn", bound.ends_before AS "endsBefore",
             bound.proration, bound.lineage_ids AS "lineageIds", bound.product_id AS "productId"
           FROM ${ASKED_REVISIONS}
           JOIN spend_bound bound ON bound.schedule_id = asked.schedule_id AND bound.revision = asked.revision
           JOIN billing_schedule schedule ON schedule.organization_id = bound.organization_id AND schedule.id = bound.schedule_id
           JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
           ORDER BY bound.schedule_id, bound.revision, bound.id`,
    values: revisionValues(keys),
  });
  const bounds = [...groupBy(rows, revisionKey)];
  return new Map(
    bounds.map(([key, own]) => [
      key,
      own.map(({ amount, lineageIds, scheduleId: _schedule, revision: _revision, ...row }) => ({
        ...row,
        amount: new Decimal(amount),
        lineageIds: lineageIds.length > 0 ? lineageIds : "all",
      })),
    ]),
  );
}

/** A batch: which schedules have prices with the tax in them; the prices of a contract agree in that. */
export async function schedulesThatIncludeTax(scheduleIds: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await query<{ scheduleId: string }>({
    name: "schedules-including-tax",
    text: `SELECT DISTINCT phase.schedule_id AS "scheduleId"
           FROM billing_schedule schedule
           JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id
             AND phase.revision = schedule.revision
           JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
           JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
           WHERE schedule.id = ANY ($1::uuid[]) AND price.tax_inclusive`,
    values: [scheduleIds],
  });
  return new Map(rows.map(({ scheduleId }) => [scheduleId, true]));
}

// ── Changes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One contract at a time gets its number: whoever comes second waits until the first is stored or given up. */
export async function lockNumbers(): Promise<void> {
  await query("SELECT contract_counter FROM organization WHERE id = $1 FOR UPDATE", [organizationId()]);
}

/** The organization's next number that no contract has taken for itself. Call lockNumbers first. */
export async function nextNumber(): Promise<string> {
  for (;;) {
    const { rows } = await query<{ counter: number }>(
      "UPDATE organization SET contract_counter = contract_counter + 1 WHERE id = $1 RETURNING contract_counter - 1 AS counter",
      [organizationId()],
    );
    const number = `C-${String(rows[0]?.counter).padStart(5, "0")}`;
    if (!(await isNumberTaken(number))) return number;
  }
}

export async function isNumberTaken(number: string): Promise<boolean> {
  return (await prisma().contract.count({ where: { number } })) > 0;
}

export type ContractToInsert = {
  readonly agreed: AgreedContract;
  readonly scheduleId: string;
  readonly number: string;
  readonly head: Pick<NewContract, "customerId" | "name" | "poNumber" | "paymentTerms" | "rollsUpUsage" | "renewal">;
};

/** Stores a contract with its schedule, in draft; what the schedule bills comes with insertRevision. */
export async function insertContract(
  { agreed: { contract }, scheduleId, number, head }: ContractToInsert,
  now: Date,
): Promise<void> {
  const organization = { organizationId: organizationId() };
  await prisma().contract.create({
    data: {
      ...organization,
      id: contract.id,
      number,
      name: head.name,
      customerId: head.customerId,
      currency: contract.currency.code,
      startsOn: dayTo(contract.startsOn),
      endsBefore: dayOrNullTo(contract.endsBefore),
      poNumber: head.poNumber,
      ...termsColumns(head.paymentTerms),
      billedThroughOn: dayOrNullTo(contract.billedThrough),
      rollsUpUsage: head.rollsUpUsage,
      ...renewalColumns(renewalRuleOf(head.renewal)),
      lateUsage: contract.lateUsage,
      createdAt: now,
      updatedAt: now,
    },
  });
  await prisma().billingSchedule.create({
    data: {
      ...organization,
      id: scheduleId,
      contractId: contract.id,
      status: "draft",
      anchorOn: dayTo(contract.anchorOn),
      firstPeriod: contract.firstPeriod,
    },
  });
}

export type RevisionToInsert = {
  readonly agreed: AgreedContract;
  readonly scheduleId: string;
  readonly revision: number;
  readonly amendmentId: string | null;
};

/** Stores what a schedule bills: the term, the discounts, the phases with their charges, the bounds. Ids are stored ids. */
export async function insertRevision(
  { agreed, scheduleId, revision, amendmentId }: RevisionToInsert,
  now: Date,
): Promise<void> {
  const { contract, productOfBound, phaseNames } = agreed;
  const ofRevision = { organizationId: organizationId(), scheduleId, revision };
  await prisma().scheduleRevision.create({
    data: {
      ...ofRevision,
      amendmentId,
      startsOn: dayTo(contract.startsOn),
      endsBefore: dayOrNullTo(contract.endsBefore),
      discounts: contract.discounts.map(storedContractDiscount),
      recordedAt: now,
    },
  });
  const phases = contract.phases.map((phase, ordinal) => ({ ...phase, ordinal, storedId: newId() }));
  await prisma().phase.createMany({
    data: phases.map(({ storedId, ordinal, startsOn, endsBefore }) => ({
      ...ofRevision,
      id: storedId,
      ordinal,
      name: phaseNames[ordinal] ?? `Phase ${ordinal + 1}`,
      startsOn: dayTo(startsOn),
      endsBefore: dayOrNullTo(endsBefore),
    })),
  });
  await prisma().charge.createMany({
    data: phases.flatMap(({ storedId, charges }) =>
      charges.map((charge, ordinal) => {
        const price = storedPriceOf(agreed, charge);
        return {
          organizationId: ofRevision.organizationId,
          id: charge.id,
          phaseId: storedId,
          ordinal,
          priceId: price.id,
          lineageId: charge.lineageId === price.lineageId ? null : charge.lineageId,
          description: charge.description,
          quantity: charge.quantity.toFixed(),
          discounts: charge.discounts.map(storedDiscount),
          isFreeTrial: charge.isFreeTrial,
        };
      }),
    ),
  });
  const bounds = [
    ...contract.minimums.map((terms) => ({ bound: "minimum", terms })),
    ...contract.maximums.map((terms) => ({ bound: "maximum", terms })),
  ];
  await prisma().spendBound.createMany({
    data: bounds.map(({ bound, terms }) => ({
      ...ofRevision,
      id: terms.id,
      bound,
      description: terms.description,
      amount: terms.amount.toFixed(),
      cadence: terms.cadence,
      startsOn: dayOrNullTo(terms.startsOn),
      endsBefore: dayOrNullTo(terms.endsBefore),
      proration: terms.proration,
      lineageIds: terms.lineageIds === "all" ? [] : [...terms.lineageIds],
      productId: mustHave(productOfBound, terms.id),
    })),
  });
}

function mustHave<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing is stored beside ${String(key)}`);
  return value;
}

const renewalColumns = (rule: RenewalRule) =>
  rule.kind === "none"
    ? { renewalKind: null, renewalMonths: null, renewalNoticeDays: null, renewalUpliftPercent: null }
    : {
        renewalKind: rule.kind,
        renewalMonths: rule.months,
        renewalNoticeDays: rule.noticeDays,
        renewalUpliftPercent: rule.upliftPercent?.toFixed() ?? null,
      };

const termsColumns = (terms: PaymentTerms | null) => ({
  paymentTermsKind: terms?.kind ?? null,
  paymentTermsDays: terms?.days ?? null,
});

/** The contract is locked (lockContract), and at `version`. */
export async function setScheduleStatus(
  { id, version }: Pick<Contract, "id" | "version">,
  status: BillingScheduleStatus,
  now: Date,
): Promise<void> {
  await prisma().billingSchedule.updateMany({ where: { contractId: id }, data: { status } });
  await prisma().contract.updateMany({ where: { id }, data: { version: version + 1, updatedAt: now } });
}

/** The contract is locked (lockContract), and at `version`. */
export async function updateContractRow(
  {
    id,
    version,
    name,
    poNumber,
    paymentTerms,
    lateUsage,
    renewal,
  }: Pick<Contract, "id" | "version" | "name" | "poNumber" | "paymentTerms" | "lateUsage" | "renewal">,
  now: Date,
): Promise<void> {
  await prisma().contract.updateMany({
    where: { id },
    data: {
      name,
      poNumber,
      ...termsColumns(paymentTerms),
      lateUsage,
      ...renewalColumns(renewal),
      version: version + 1,
      updatedAt: now,
    },
  });
}
