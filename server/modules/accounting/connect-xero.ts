import { ok } from "../../domain/result";
import type { Tokens } from "../../integrations/xero/xero-oauth";
import { insertAuditEvents } from "../../platform/audit.store";
import type { Clock } from "../../platform/clock";
import { command } from "../../platform/command";
import { inTransaction, organizationId, runAs } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { conflict, invalid } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import type { XeroConnection } from "./accounting";
import { requeueWaiting } from "./ledger.store";
import { newState, readState } from "./oauth-state";
import { findXero, NOT_SET_UP, SANDBOX, type XeroAccount } from "./xero";
import {
  claimTenant,
  enqueueLedger,
  findConnection,
  insertAuthorization,
  lockTokens,
  releaseTenants,
  saveAuthorized,
  saveDisconnected,
  saveTenant,
  useAuthorization,
} from "./xero-connection.store";

const AUTHORIZATION_MINUTES = 15;
export const CALLBACK_PATH = "/xero/callback";

/** Where an administrator allows the connection at Xero; the address is good once, for some minutes. */
export const connectXero = (context: RequestContext, input: { readonly idempotencyKey: string }) =>
  startConnecting(context, { ...input, publicUrl: context.services.publicUrl });

const startConnecting = command({
  name: "connectXero",
  permission: "administer",
  run: async ({ publicUrl }: { readonly publicUrl: string }, { caller, now, note }) => {
    const xero = findXero();
    if (!xero) return conflict("XERO_NOT_SET_UP", NOT_SET_UP);
    if ((await loadOrganization()).mode === "sandbox") return conflict("SANDBOX_NEVER_SYNCS", SANDBOX);
    const { state, hash } = newState(caller.organizationId);
    const { url, verifier } = xero.oauth.authorization(state, publicUrl + CALLBACK_PATH);
    const expiresAt = new Date(now.getTime() + AUTHORIZATION_MINUTES * 60_000);
    await insertAuthorization(
      {
        stateHash: hash,
        verifier: xero.secrets.seal(verifier, caller.organizationId),
        requestedBy: caller.actor.name,
        expiresAt,
      },
      now,
    );
    note({
      action: "accounting.xero_connecting",
      subjectType: "organization",
      subjectId: caller.organizationId,
      after: { expiresAt },
    });
    return ok({ authorizationUrl: url, expiresAt });
  },
});

/** What a person reads who comes back from Xero. */
export type CameBack = { readonly isFine: boolean; readonly words: string };

/** Takes what Xero sent back with a person: redeems the code, and connects where there is only one choice. */
export async function completeXero(
  { code, state }: { readonly code: string; readonly state: string },
  { clock, publicUrl }: { readonly clock: Clock; readonly publicUrl: string },
): Promise<CameBack> {
  const read = readState(state);
  const xero = findXero();
  if (!read || !xero) return AGAIN;
  return runAs(read.organizationId, async () => {
    const authorization = await useAuthorization(read.hash, clock.now());
    if (!authorization) return AGAIN;
    const verifier = xero.secrets.open(authorization.verifier, organizationId());
    const redeemed = await xero.oauth.redeem(code, verifier, publicUrl + CALLBACK_PATH);
    if (redeemed.outcome !== "done") return { isFine: false, words: `${redeemed.reason} Ask for another link.` };
    const tenants = await xero.oauth.tenants(redeemed.value.accessToken);
    if (tenants.outcome !== "done") return { isFine: false, words: `${tenants.reason} Ask for another link.` };
    const [only, ...others] = tenants.value;
    if (!only)
      return { isFine: false, words: "No organization was allowed at Xero. Ask for another link and choose one." };
    return inTransaction(async () => {
      await saveAuthorized(sealed(redeemed.value, xero), tenants.value, authorization.requestedBy, clock.now());
      const { legalName } = await loadOrganization();
      if (others.length > 0) {
        return {
          isFine: true,
          words: `Xero is allowed for ${legalName}. Choose one of its ${tenants.value.length} organizations with chooseXeroOrganization.`,
        };
      }
      const isConnected = await connectTo(only, clock.now());
      if (!isConnected) return { isFine: false, words: alreadyTaken(only.name) };
      await insertAuditEvents({ kind: "system", id: null, name: authorization.requestedBy }, newId(), [
        {
          action: "accounting.xero_connected",
          subjectType: "organization",
          subjectId: organizationId(),
          after: { tenant: only.name },
        },
      ]);
      return { isFine: true, words: `${legalName} is connected to ${only.name} at Xero. You may close this page.` };
    });
  });
}

const AGAIN: CameBack = {
  isFine: false,
  words: "This link is not good any more. Ask for another one with connectXero.",
};
const alreadyTaken = (name: string) =>
  `${name} is connected to another organization of Billgrid: one legal entity has one set of books. Disconnect it there first.`;

const sealed = ({ accessToken, refreshToken, expiresAt }: Tokens, { secrets }: XeroAccount) => ({
  accessToken: secrets.seal(accessToken, organizationId()),
  refreshToken: secrets.seal(refreshToken, organizationId()),
  expiresAt,
});

/** False where another organization has these books. What waited for a connection goes on. */
async function connectTo(tenant: XeroConnection["tenants"][number], now: Date): Promise<boolean> {
  if (!(await claimTenant(tenant.id))) return false;
  await releaseTenants(tenant.id);
  await saveTenant(tenant, now);
  await requeueWaiting(now);
  await enqueueLedger("pull_ledger");
  await enqueueLedger("sync_ledger");
  return true;
}

/** Chooses the books, where the connection reaches several. */
export const chooseXeroOrganization = command({
  name: "chooseXeroOrganization",
  permission: "administer",
  run: async ({ xeroOrganizationId }: { readonly xeroOrganizationId: string }, { caller, now, note }) => {
    const connection = await findConnection();
    if (connection?.state !== "choosing_tenant") {
      return conflict("NOTHING_TO_CHOOSE", "There is nothing to choose. Start with connectXero.");
    }
    const tenant = connection.tenants.find(({ id }) => id === xeroOrganizationId);
    if (!tenant) {
      const names = connection.tenants.map(({ id, name }) => `${name} (${id})`).join(", ");
      return invalid(
        "XERO_ORGANIZATION_UNKNOWN",
        `The connection does not reach ${xeroOrganizationId}. It reaches ${names}.`,
        ["xeroOrganizationId"],
      );
    }
    if (!(await connectTo(tenant, now)))
      return conflict("XERO_ORGANIZATION_TAKEN", alreadyTaken(tenant.name), ["xeroOrganizationId"]);
    note({
      action: "accounting.xero_connected",
      subjectType: "organization",
      subjectId: caller.organizationId,
      after: { tenant: tenant.name },
    });
    return ok({ xeroOrganizationId });
  },
});

/** Forgets the tokens, and tells Xero. What is in the books stays there. */
export async function disconnectXero(context: RequestContext, input: { readonly idempotencyKey: string }) {
  const xero = findXero();
  const { organizationId: own } = context.require("administer");
  const held = await inTransaction(lockTokens);
  const result = await disconnect(context, input);
  // Ours are gone whether Xero can be told or not.
  if (result.ok && xero && held?.refreshToken) await xero.oauth.revoke(xero.secrets.open(held.refreshToken, own));
  return result;
}

const disconnect = command({
  name: "disconnectXero",
  permission: "administer",
  run: async (_input: object, { caller, now, note }) => {
    const connection = await findConnection();
    if (!connection || connection.state === "disconnected") return conflict("NOT_CONNECTED", "Xero is not connected.");
    await saveDisconnected(now);
    await releaseTenants(null);
    note({
      action: "accounting.xero_disconnected",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before: { tenant: connection.tenantName },
    });
    return ok({ organizationId: caller.organizationId });
  },
});
