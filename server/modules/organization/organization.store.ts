import type { Prisma } from "../../../prisma/generated/client/client";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import { monthOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { dayFrom } from "../../platform/database/day";
import { prisma } from "../../platform/database/prisma";
import { organizationId, query } from "../../platform/database/transaction";
import type {
  NegativeDrafts,
  Organization,
  OrganizationMode,
  OrganizationTerms,
  PaymentsMaster,
  TaxRounding,
} from "./organization";

type Row = Prisma.OrganizationModel;

const toOrganization = (row: Row): Organization => ({
  id: row.id,
  legalName: row.legalName,
  addressLines: row.addressLines,
  country: row.country,
  taxNumber: row.taxNumber,
  bankDetails: row.bankDetails,
  baseCurrency: row.baseCurrency as CurrencyCode,
  timeZone: row.timeZone,
  mode: row.mode as OrganizationMode,
  testClockAt: row.testClockAt,
  lockedThrough: row.lockedThrough && monthOf(dayFrom(row.lockedThrough)),
  taxRounding: row.taxRounding as TaxRounding,
  paymentTerms: { kind: row.paymentTermsKind as PaymentTerms["kind"], days: row.paymentTermsDays },
  brandColor: row.brandColor,
  mailFrom: row.mailFrom,
  varianceThresholds: {
    amount: new Decimal(row.varianceAmount.toFixed()),
    percent: new Decimal(row.variancePercent.toFixed()),
  },
  invoicePrefix: row.invoicePrefix,
  creditNotePrefix: row.creditNotePrefix,
  allowsAmendedCopies: row.allowsAmendedCopies,
  negativeDrafts: row.negativeDrafts as NegativeDrafts,
  paymentsMaster: row.paymentsMaster as PaymentsMaster,
  smallDifference: new Decimal(row.smallDifference.toFixed()),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

const toRow = ({ paymentTerms, varianceThresholds, ...terms }: OrganizationTerms) => ({
  ...terms,
  addressLines: [...terms.addressLines],
  bankDetails: [...terms.bankDetails],
  paymentTermsKind: paymentTerms.kind,
  paymentTermsDays: paymentTerms.days,
  varianceAmount: varianceThresholds.amount.toFixed(),
  variancePercent: varianceThresholds.percent.toFixed(),
  smallDifference: terms.smallDifference.toFixed(),
});

/** A batch: of the caller's organization alone, as no other one is visible. */
export async function organizationsById(ids: readonly string[]): Promise<ReadonlyMap<string, Organization>> {
  const rows = await prisma().organization.findMany({ where: { id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, toOrganization(row)]));
}

/** The organization of `runAs`. */
export async function loadOrganization(): Promise<Organization> {
  return toOrganization(await prisma().organization.findUniqueOrThrow({ where: { id: organizationId() } }));
}

/** The last month that is closed; until this transaction ends nobody closes or reopens another one. */
export async function holdMonths(): Promise<PlainMonth | null> {
  const { rows } = await query<{ lockedThrough: PlainMonth | null }>(
    `SELECT to_char(locked_through, 'YYYY-MM') AS "lockedThrough" FROM organization WHERE id = $1 FOR SHARE`,
    [organizationId()],
  );
  return rows[0]?.lockedThrough ?? null;
}

export async function insertOrganization(
  organization: OrganizationTerms & Pick<Organization, "id" | "baseCurrency" | "mode" | "testClockAt">,
  now: Date,
): Promise<void> {
  const { id, baseCurrency, mode, testClockAt, ...terms } = organization;
  await prisma().organization.create({
    data: { id, baseCurrency, mode, testClockAt, ...toRow(terms), createdAt: now, updatedAt: now },
  });
}

/** True if the organization was still at `version`. */
export async function updateOrganizationRow(terms: OrganizationTerms, version: number, now: Date): Promise<boolean> {
  const { count } = await prisma().organization.updateMany({
    where: { id: organizationId(), version },
    data: { ...toRow(terms), version: version + 1, updatedAt: now },
  });
  return count === 1;
}

/** True where documents of the other kind have been numbered with this prefix. */
export async function isPrefixTaken(prefix: string, by: "invoice" | "credit_note"): Promise<boolean> {
  const { rows } = await query<{ isTaken: boolean }>(
    `SELECT EXISTS (SELECT FROM document_series WHERE prefix = $1 AND kind = $2) AS "isTaken"`,
    [prefix, by],
  );
  return rows[0]?.isTaken ?? false;
}

export async function saveTestClock(testClockAt: Date): Promise<void> {
  await prisma().organization.update({ where: { id: organizationId() }, data: { testClockAt } });
}

/** True once usage was recorded: its local days were counted in the time zone of then. */
export async function hasUsage(): Promise<boolean> {
  const { rows } = await query<{ hasUsage: boolean }>(`SELECT EXISTS (SELECT FROM usage_event_key) AS "hasUsage"`);
  return rows[0]?.hasUsage ?? false;
}
