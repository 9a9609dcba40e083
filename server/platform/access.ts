/** Who is asking, and for which organization. */
export type Role = "admin" | "finance" | "sales" | "analyst" | "integration";

export type Permission =
  | "read"
  | "change_customers"
  | "change_catalog"
  | "change_quotes"
  | "approve_quotes"
  | "execute_quotes"
  | "change_contracts"
  | "record_usage"
  | "run_billing"
  | "record_bounces"
  | "record_payments"
  | "close_months"
  | "change_views"
  | "administer";

/** The role decides alone. Sales may quote but not execute, activate or bill; analysts may not change anything. */
const permissions: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [
    "read",
    "change_customers",
    "change_catalog",
    "change_quotes",
    "approve_quotes",
    "execute_quotes",
    "change_contracts",
    "record_usage",
    "run_billing",
    "record_bounces",
    "record_payments",
    "close_months",
    "change_views",
    "administer",
  ],
  finance: [
    "read",
    "change_customers",
    "change_catalog",
    "change_quotes",
    "approve_quotes",
    "execute_quotes",
    "change_contracts",
    "record_usage",
    "run_billing",
    "record_bounces",
    "record_payments",
    "close_months",
    "change_views",
  ],
  sales: ["read", "change_customers", "change_quotes", "approve_quotes"],
  analyst: ["read"],
  integration: [
    "read",
    "change_customers",
    "change_catalog",
    "change_quotes",
    "change_contracts",
    "record_usage",
    "record_bounces",
  ],
};

export const isAllowed = (role: Role, permission: Permission): boolean => permissions[role].includes(permission);

export type Actor = {
  /** A signer has no account: who holds the link that was mailed to them. */
  readonly kind: "member" | "api_key" | "system" | "signer";
  readonly id: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
};
