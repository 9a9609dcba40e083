import { runAs } from "../../platform/database/transaction";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization, type Organization, organizationsById } from "../organization";
import { apiKeysById, listApiKeys } from "./access.store";
import type { ApiKey } from "./api-key";
import type { Member } from "./member";
import { activeMembers } from "./member.store";

export async function readApiKeys(context: RequestContext): Promise<ApiKey[]> {
  context.require("administer");
  return listApiKeys();
}

export function apiKeyOf(context: RequestContext, { apiKeyId }: { readonly apiKeyId: string }): Promise<ApiKey> {
  return context.mustLoad(apiKeysById, apiKeyId);
}

/** Whoever has just signed in is not yet the caller of the request. */
export function organizationOfViewer(context: RequestContext, organizationId: string): Promise<Organization> {
  return context.isSignedIn && context.caller.organizationId === organizationId
    ? context.mustLoad(organizationsById, organizationId)
    : runAs(organizationId, async () => await loadOrganization());
}

export function readMembers(context: RequestContext): Promise<Member[]> {
  context.require("read");
  return activeMembers();
}
