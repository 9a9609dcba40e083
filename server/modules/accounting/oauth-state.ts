import { createHash, randomBytes } from "node:crypto";
import { isId } from "../../platform/ids";

/**
 * What Xero hands back with a person: names its organization, so that it is looked up there and nowhere else, and 256
 * random bits, of which the hash alone is kept.
 */
export function newState(organizationId: string): { readonly state: string; readonly hash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { state: `${organizationId}.${secret}`, hash: hashOf(secret) };
}

/** null for text that cannot be one. */
export function readState(state: string): { readonly organizationId: string; readonly hash: string } | null {
  const [organizationId = "", secret = "", more] = state.split(".");
  return more === undefined && isId(organizationId) && secret !== "" ? { organizationId, hash: hashOf(secret) } : null;
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
