import { createHash, randomBytes } from "node:crypto";

/** A session belongs to a member who signed in, a key to a machine. */
export type TokenKind = "session" | "key";

const PREFIX: { readonly [Kind in TokenKind]: string } = { session: "bgs", key: "bgk" };
const SECRET_BYTES = 32;
const TOKEN = /^(bgs|bgk)_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

export type ParsedToken = { readonly kind: TokenKind; readonly organizationId: string; readonly hash: string };

/**
 * A token names its organization, so that it is looked up inside that organization and nowhere else. Only the hash of
 * its secret is kept: 256 random bits need neither salt nor a slow hash.
 */
export function newToken(kind: TokenKind, organizationId: string): { readonly token: string; readonly hash: string } {
  const organization = Buffer.from(organizationId.replaceAll("-", ""), "hex").toString("base64url");
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { token: `${PREFIX[kind]}_${organization}_${secret}`, hash: hashOf(secret) };
}

/** null for text that cannot be a token. */
export function parseToken(text: string): ParsedToken | null {
  const [, prefix, organization = "", secret = ""] = TOKEN.exec(text) ?? [];
  if (!prefix) return null;
  const hex = Buffer.from(organization, "base64url").toString("hex");
  const organizationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { kind: prefix === PREFIX.session ? "session" : "key", organizationId, hash: hashOf(secret) };
}

/** The end of a token, by which people tell keys apart. */
export const hintOf = (token: string): string => token.slice(-4);

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
