import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import { dayOrNullTo, dayTo } from "../../platform/database/day";
import { prisma } from "../../platform/database/prisma";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import type { BillingScheduleStatus, Charge, Contract, MinimumCommitment, Phase } from "./contract";
import type { DraftedContract } from "./draft-contract";
import type { NewContract } from "./new-contract";
import { discountFrom, type StoredDiscount, storedDiscount } from "./stored-discounts";

// ── Contracts with their schedules ───────────────────────────────────────────────────────────────────────────────────

const CONTRACT = `
  SELECT contract.id, contract.number, contract.name, contract.customer_id AS "customerId", contract.currency,
    contract.starts_on AS "startsOn", contract.ends_before AS "endsBefore", contract.po_number AS "poNumber",
    contract.payment_terms_kind AS "termsKind", contract.payment_terms_days AS "termsDays",
    contract.billed_through_on AS "billedThroughOn", contract.version,
    contract.created_at AS "createdAt", contract.updated_at AS "updatedAt",
    schedule.id AS "scheduleId", schedule.status, schedule.anchor_on AS "anchorOn", schedule.first_period AS "firstPeriod"
  FROM contract
  JOIN billing_schedule schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id`;

type ContractRow = Omit<Contract, "paymentTerms" | "schedule"> & {
  readonly termsKind: PaymentTerms["kind"] | null;
  readonly termsDays: number | null;
  readonly scheduleId: string;
  readonly status: BillingScheduleStatus;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
};

function toContract({
  termsKind,
  termsDays,
  scheduleId,
  status,
  anchorOn,
  firstPeriod,
  ...row
}: ContractRow): Contract {
  return {
    ...row,
    paymentTerms: termsKind && termsDays !== null ? { kind: termsKind, days: termsDays } : null,
    schedule: { id: scheduleId, status, anchorOn, firstPeriod },
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

/** A batch: phases by schedule, in their order. */
export async function phasesBySchedule(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Phase[]>> {
  const { rows } = await query<Phase>({
    name: "phases-by-schedule",
    text: `SELECT id, schedule_id AS "scheduleId", name, starts_on AS "startsOn", ends_before AS "endsBefore"
           FROM phase WHERE schedule_id = ANY ($1::uuid[]) ORDER BY schedule_id, ordinal`,
    values: [ids],
  });
  return groupBy(rows, ({ scheduleId }) => scheduleId);
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
             price.lineage_id AS "lineageId", charge.description, price.currency, charge.quantity, charge.discounts
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

type MinimumRow = Omit<MinimumCommitment, "amount" | "lineageIds"> & {
  readonly amount: string;
  readonly lineageIds: readonly string[];
};

/** A batch: minimum commitments by schedule. */
export async function minimumsBySchedule(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly MinimumCommitment[]>> {
  const { rows } = await query<MinimumRow>({
    name: "minimums-by-schedule",
    text: `SELECT minimum.id, minimum.schedule_id AS "scheduleId", minimum.description, minimum.amount, contract.currency,
             minimum.cadence, minimum.proration, minimum.lineage_ids AS "lineageIds", minimum.product_id AS "productId"
           FROM minimum_commitment minimum
           JOIN billing_schedule schedule ON schedule.organization_id = minimum.organization_id AND schedule.id = minimum.schedule_id
           JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
           WHERE minimum.schedule_id = ANY ($1::uuid[]) ORDER BY minimum.schedule_id, minimum.id`,
    values: [ids],
  });
  const minimums = rows.map(
    ({ amount, lineageIds, ...row }): MinimumCommitment => ({
      ...row,
      amount: new Decimal(amount),
      lineageIds: lineageIds.length > 0 ? lineageIds : "all",
    }),
  );
  return groupBy(minimums, ({ scheduleId }) => scheduleId);
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
  readonly draft: DraftedContract;
  readonly number: string;
  readonly head: Pick<NewContract, "customerId" | "name" | "poNumber" | "paymentTerms">;
};

/** Stores a contract with its schedule, in draft. */
export async function insertContract({ draft, number, head }: ContractToInsert, now: Date): Promise<void> {
  const organization = { organizationId: organizationId() };
  const scheduleId = newId();
  await prisma().contract.create({
    data: {
      ...organization,
      id: draft.id,
      number,
      name: head.name,
      customerId: head.customerId,
      currency: draft.currency.code,
      startsOn: dayTo(draft.startsOn),
      endsBefore: dayOrNullTo(draft.endsBefore),
      poNumber: head.poNumber,
      ...termsColumns(head.paymentTerms),
      billedThroughOn: dayOrNullTo(draft.billedThrough),
      createdAt: now,
      updatedAt: now,
    },
  });
  await prisma().billingSchedule.create({
    data: {
      ...organization,
      id: scheduleId,
      contractId: draft.id,
      status: "draft",
      anchorOn: dayTo(draft.anchorOn),
      firstPeriod: draft.firstPeriod,
    },
  });
  await prisma().phase.createMany({
    data: draft.phases.map((phase, ordinal) => ({
      ...organization,
      id: phase.id,
      scheduleId,
      ordinal,
      name: phase.name,
      startsOn: dayTo(phase.startsOn),
      endsBefore: dayOrNullTo(phase.endsBefore),
    })),
  });
  await prisma().charge.createMany({
    data: draft.phases.flatMap((phase) =>
      phase.charges.map((charge, ordinal) => ({
        ...organization,
        id: charge.id,
        phaseId: phase.id,
        ordinal,
        priceId: charge.priceId,
        description: charge.description,
        quantity: charge.quantity.toFixed(),
        discounts: charge.discounts.map(storedDiscount),
      })),
    ),
  });
  await prisma().minimumCommitment.createMany({
    data: draft.minimums.map(({ amount, lineageIds, ...minimum }) => ({
      ...organization,
      ...minimum,
      scheduleId,
      amount: amount.toFixed(),
      lineageIds: lineageIds === "all" ? [] : [...lineageIds],
    })),
  });
}

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
  }: Pick<Contract, "id" | "version" | "name" | "poNumber" | "paymentTerms">,
  now: Date,
): Promise<void> {
  await prisma().contract.updateMany({
    where: { id },
    data: { name, poNumber, ...termsColumns(paymentTerms), version: version + 1, updatedAt: now },
  });
}
