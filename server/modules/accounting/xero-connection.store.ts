import type { LedgerFacts } from "../../integrations/xero/accounting-ledger";
import { organizationId, query } from "../../platform/database/transaction";
import type { XeroConnection, XeroConnectionState } from "./accounting";

const CONNECTION = `state, message, tenant_id AS "tenantId", tenant_name AS "tenantName", tenants, facts, facts_read_at AS "factsReadAt",
  invoices_read_to AS "invoicesReadTo", credit_notes_read_to AS "creditNotesReadTo", payments_read_to AS "paymentsReadTo",
  pulled_at AS "pulledAt", connected_by AS "connectedBy", connected_at AS "connectedAt"`;

export async function findConnection(): Promise<XeroConnection | null> {
  const { rows } = await query<XeroConnection>(`SELECT ${CONNECTION} FROM xero_connection`);
  return rows[0] ?? null;
}

/** Sealed. */
export type HeldTokens = {
  readonly state: XeroConnectionState;
  readonly message: string | null;
  readonly tenantId: string | null;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly accessExpiresAt: Date | null;
};

const TOKENS = `state, message, tenant_id AS "tenantId", access_token AS "accessToken", refresh_token AS "refreshToken",
  access_expires_at AS "accessExpiresAt"`;

export async function heldTokens(): Promise<HeldTokens | null> {
  return (await query<HeldTokens>(`SELECT ${TOKENS} FROM xero_connection`)).rows[0] ?? null;
}

/** Only one may refresh: the others wait here and find it done. */
export async function lockTokens(): Promise<HeldTokens | null> {
  return (await query<HeldTokens>(`SELECT ${TOKENS} FROM xero_connection FOR UPDATE`)).rows[0] ?? null;
}

export type SealedTokens = { readonly accessToken: string; readonly refreshToken: string; readonly expiresAt: Date };

export async function saveRefreshed({ accessToken, refreshToken, expiresAt }: SealedTokens, now: Date): Promise<void> {
  await query(
    `UPDATE xero_connection SET access_token = $1, refresh_token = $2, access_expires_at = $3,
       refreshed_count = refreshed_count + 1, updated_at = $4`,
    [accessToken, refreshToken, expiresAt, now],
  );
}

/** Newly allowed; the books are chosen next. What was read of books before stays until others are chosen. */
export async function saveAuthorized(
  { accessToken, refreshToken, expiresAt }: SealedTokens,
  tenants: XeroConnection["tenants"],
  by: string,
  now: Date,
): Promise<void> {
  await query(
    `INSERT INTO xero_connection (organization_id, state, tenants, access_token, refresh_token, access_expires_at, connected_by, updated_at)
     VALUES ($1, 'choosing_tenant', $2, $3, $4, $5, $6, $7)
     ON CONFLICT (organization_id) DO UPDATE SET state = 'choosing_tenant', message = NULL, tenants = $2, access_token = $3,
       refresh_token = $4, access_expires_at = $5, connected_by = $6, updated_at = $7`,
    [organizationId(), JSON.stringify(tenants), accessToken, refreshToken, expiresAt, by, now],
  );
}

export async function saveTenant({ id, name }: XeroConnection["tenants"][number], now: Date): Promise<void> {
  await query(
    `UPDATE xero_connection SET state = 'connected', message = NULL, tenant_id = $1, tenant_name = $2, tenants = '[]',
       facts = NULL, facts_read_at = NULL, connected_at = $3, updated_at = $3`,
    [id, name, now],
  );
}

/** Of a connection that holds: it does no longer. */
export async function saveNeedsReconnect(message: string, now: Date): Promise<void> {
  await query(
    "UPDATE xero_connection SET state = 'needs_reconnect', message = $1, updated_at = $2 WHERE state = 'connected'",
    [message, now],
  );
}

export async function saveDisconnected(now: Date): Promise<void> {
  await query(
    `UPDATE xero_connection SET state = 'disconnected', message = NULL, access_token = NULL, refresh_token = NULL,
       access_expires_at = NULL, tenants = '[]', updated_at = $1`,
    [now],
  );
}

export async function saveFacts(facts: LedgerFacts, now: Date): Promise<void> {
  await query("UPDATE xero_connection SET facts = $1, facts_read_at = $2, updated_at = $2", [
    JSON.stringify(facts),
    now,
  ]);
}

export type ReadTo = {
  readonly invoices: Date | null;
  readonly creditNotes: Date | null;
  readonly payments: Date | null;
};

/** How far each was read; null leaves it. */
export async function saveReadTo({ invoices, creditNotes, payments }: ReadTo, now: Date): Promise<void> {
  await query(
    `UPDATE xero_connection SET invoices_read_to = coalesce($1, invoices_read_to),
       credit_notes_read_to = coalesce($2, credit_notes_read_to), payments_read_to = coalesce($3, payments_read_to),
       pulled_at = CASE WHEN $3::timestamptz IS NULL THEN pulled_at ELSE $4 END, updated_at = $4`,
    [invoices, creditNotes, payments, now],
  );
}

/** False where other books of ours are these. */
export async function claimTenant(tenantId: string): Promise<boolean> {
  const { rows } = await query<{ claimed: boolean }>("SELECT accounting_api.claim_xero_tenant($1) AS claimed", [
    tenantId,
  ]);
  return rows[0]?.claimed ?? false;
}

export async function releaseTenants(kept: string | null): Promise<void> {
  await query("SELECT accounting_api.release_xero_tenants($1)", [kept]);
}

/** Whose books these are; null: nobody's here. Asked outside of any organization. */
export async function organizationOfTenant(tenantId: string): Promise<string | null> {
  const { rows } = await query<{ id: string | null }>("SELECT accounting_api.organization_of_xero_tenant($1) AS id", [
    tenantId,
  ]);
  return rows[0]?.id ?? null;
}

// ── Authorizations ───────────────────────────────────────────────────────────────────────────────────────────────────

export async function insertAuthorization(
  {
    stateHash,
    verifier,
    requestedBy,
    expiresAt,
  }: {
    readonly stateHash: string;
    readonly verifier: string;
    readonly requestedBy: string;
    readonly expiresAt: Date;
  },
  now: Date,
): Promise<void> {
  await query("DELETE FROM xero_authorization WHERE expires_at < $1", [now]);
  await query(
    `INSERT INTO xero_authorization (organization_id, state_hash, verifier, requested_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [organizationId(), stateHash, verifier, requestedBy, now, expiresAt],
  );
}

/** Good once, and for a while; null: it is not. */
export async function useAuthorization(
  stateHash: string,
  now: Date,
): Promise<{ readonly verifier: string; readonly requestedBy: string } | null> {
  const { rows } = await query<{ verifier: string; requestedBy: string }>(
    `UPDATE xero_authorization SET used_at = $2 WHERE state_hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING verifier, requested_by AS "requestedBy"`,
    [stateHash, now],
  );
  return rows[0] ?? null;
}

// ── Events and jobs ──────────────────────────────────────────────────────────────────────────────────────────────────

/** False where it was told before. */
export async function insertXeroEvent(
  {
    id,
    category,
    type,
    resourceId,
    happenedAt,
  }: {
    readonly id: string;
    readonly category: string;
    readonly type: string;
    readonly resourceId: string;
    readonly happenedAt: Date;
  },
  receivedAt: Date,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO xero_event (organization_id, id, category, type, resource_id, happened_at, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [organizationId(), id, category, type, resourceId, happenedAt, receivedAt],
  );
  return rowCount === 1;
}

export type LedgerTask = "sync_ledger" | "pull_ledger";

/** Leaves something to a worker, not before `at` of the world's time. What waits under the same name gives way. */
export async function enqueueLedger(task: LedgerTask, at: Date | null = null): Promise<void> {
  await query("SELECT jobs_api.enqueue($1, $2, $3, $4)", [
    task,
    JSON.stringify({ organizationId: organizationId() }),
    `${task}:${organizationId()}`,
    at,
  ]);
}
