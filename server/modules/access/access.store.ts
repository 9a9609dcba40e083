import type { Role } from "../../platform/access";
import { prisma } from "../../platform/database/prisma";
import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { ApiKey } from "./api-key";

/** Who a token stands for, with what is needed to know the organization's own time. */
export type TokenOwner = {
  readonly kind: "member" | "api_key";
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly sessionId: string | null;
  readonly expiresAt: Date | null;
  readonly timeZone: string;
  readonly testClockAt: Date | null;
};

/** The member of a session that is neither over nor signed out. */
export async function findSessionOwner(tokenHash: string, now: Date): Promise<TokenOwner | null> {
  const { rows } = await query<TokenOwner>({
    name: "find-session-owner",
    text: `SELECT 'member' AS kind, member.id, member.name, member.email, member.role, session.id AS "sessionId",
                  session.expires_at AS "expiresAt", organization.time_zone AS "timeZone", organization.test_clock_at AS "testClockAt"
           FROM session
           JOIN member ON member.organization_id = session.organization_id AND member.id = session.member_id
           JOIN organization ON organization.id = session.organization_id
           WHERE session.token_hash = $1 AND session.revoked_at IS NULL AND session.expires_at > $2
             AND member.deactivated_at IS NULL`,
    values: [tokenHash, now],
  });
  return rows[0] ?? null;
}

/** The API key, if it may be used; notes that it was, once a minute at the most. */
export async function findKeyOwner(tokenHash: string, now: Date): Promise<TokenOwner | null> {
  const { rows } = await query<TokenOwner>({
    name: "find-key-owner",
    text: `WITH used AS (
             UPDATE api_key SET last_used_at = $2
             WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
               AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute'))
           SELECT 'api_key' AS kind, api_key.id, api_key.name, NULL AS email, api_key.role, NULL AS "sessionId",
                  api_key.expires_at AS "expiresAt", organization.time_zone AS "timeZone", organization.test_clock_at AS "testClockAt"
           FROM api_key JOIN organization ON organization.id = api_key.organization_id
           WHERE api_key.token_hash = $1 AND api_key.revoked_at IS NULL AND (api_key.expires_at IS NULL OR api_key.expires_at > $2)`,
    values: [tokenHash, now],
  });
  return rows[0] ?? null;
}

export async function insertSession(session: {
  readonly id: string;
  readonly memberId: string;
  readonly tokenHash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}): Promise<void> {
  await prisma().session.create({ data: { ...session, organizationId: organizationId() } });
}

export async function revokeSession(id: string, now: Date): Promise<void> {
  await prisma().session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
}

export async function insertMember(member: {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
}): Promise<void> {
  await prisma().member.create({ data: { ...member, organizationId: organizationId() } });
}

const KEY_FIELDS = {
  id: true,
  name: true,
  role: true,
  hint: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

/** The newest first. */
export async function listApiKeys(): Promise<ApiKey[]> {
  const rows = await prisma().apiKey.findMany({ select: KEY_FIELDS, orderBy: { id: "desc" } });
  return rows as ApiKey[];
}

/** A batch: API keys by id. */
export async function apiKeysById(ids: readonly string[]): Promise<ReadonlyMap<string, ApiKey>> {
  const rows = await prisma().apiKey.findMany({ select: KEY_FIELDS, where: { id: { in: ids.filter(isId) } } });
  return new Map((rows as ApiKey[]).map((row) => [row.id, row]));
}

export async function insertApiKey(key: {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly tokenHash: string;
  readonly hint: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}): Promise<void> {
  await prisma().apiKey.create({ data: { ...key, organizationId: organizationId() } });
}

/** False if it was revoked before. */
export async function markKeyRevoked(id: string, now: Date): Promise<boolean> {
  const { count } = await prisma().apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  return count === 1;
}
