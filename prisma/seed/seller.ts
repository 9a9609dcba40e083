import { createHash } from "node:crypto";
import { Decimal } from "../../server/domain/money/decimal";
import { DOCUMENT_RULES, type OrganizationTerms, PAYMENT_RULES } from "../../server/modules/organization";
import { NOW } from "./timeline";

/** The company whose month-end it is. It sells software that reads, approves and pays supplier invoices. */
export const SELLER: OrganizationTerms = {
  legalName: "Brightquill Software Ltd",
  addressLines: ["Quill House", "18 Lantern Yard", "London EC1V 9ZZ"],
  country: "GB",
  taxNumber: "GB 000 1234 56",
  bankDetails: ["Bank of Lantern Yard", "IBAN GB00 DEMO 0000 0000 1234 56", "BIC DEMOGB00"],
  timeZone: "Europe/London",
  taxRounding: "per_line",
  paymentTerms: { kind: "net_days", days: 30 },
  brandColor: "#1f5f4a",
  mailFrom: "Brightquill Billing <billing@example.com>",
  varianceThresholds: { amount: new Decimal(100), percent: new Decimal(20) },
  ...DOCUMENT_RULES,
  ...PAYMENT_RULES,
};

export type DemoSize = { readonly customers: number; readonly months: number; readonly seed: number };

export const DEFAULT_SIZE: DemoSize = { customers: 60, months: 14, seed: 1 };

/** Each size and seed has an id of its own, in the shape of a UUIDv7, so that it is found again without being searched. */
export function demoOrganizationId({ customers, months, seed }: DemoSize): string {
  const time = NOW.getTime().toString(16).padStart(12, "0");
  const hash = createHash("sha256").update(`demo ${customers} ${months} ${seed}`).digest("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

/** Signs in to the demo; nobody reads its mail. */
export const ADMIN = { name: "Ada Quill", email: "demo@example.com" };
