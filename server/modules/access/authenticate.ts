import { type Clock, organizationTime } from "../../platform/clock";
import { runAs } from "../../platform/database/transaction";
import type { Caller } from "../../platform/request-context";
import { findKeyOwner, findSessionOwner, type TokenOwner } from "./access.store";
import { type ParsedToken, parseToken } from "./token";

/**
 * Who sends this Authorization header; null for nobody, and for a token that is unknown, over, revoked or of another
 * server, without saying which. Tokens expire by the world's clock, also in a sandbox.
 */
export async function authenticate(authorization: string | undefined, clock: Clock): Promise<Caller | null> {
  const [, text = ""] = /^Bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
  const token = parseToken(text);
  if (!token) return null;
  const owner = await runAs(token.organizationId, async () => await findOwner(token, clock.now()));
  return owner && toCaller(token.organizationId, owner, clock);
}

const findOwner = ({ kind, hash }: ParsedToken, now: Date): Promise<TokenOwner | null> =>
  kind === "session" ? findSessionOwner(hash, now) : findKeyOwner(hash, now);

export function toCaller(organizationId: string, owner: TokenOwner, clock: Clock): Caller {
  const { kind, id, name, email, role, sessionId, expiresAt } = owner;
  return {
    organizationId,
    actor: { kind, id, name, email, role },
    sessionId,
    expiresAt,
    ...organizationTime(clock, owner),
  };
}
