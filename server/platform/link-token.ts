import { createHash, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;
const TOKEN = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{43})$/;

/**
 * The end of a link's address. It names its organization, so that it is looked up inside that organization and nowhere
 * else, and has 256 random bits, of which the hash alone is kept.
 */
export function newLinkToken(organizationId: string): { readonly token: string; readonly hash: string } {
  const organization = Buffer.from(organizationId.replaceAll("-", ""), "hex").toString("base64url");
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { token: organization + secret, hash: hashOf(secret) };
}

/** null for text that cannot be a token. */
export function parseLinkToken(text: string): { readonly organizationId: string; readonly hash: string } | null {
  const [, organization, secret] = TOKEN.exec(text) ?? [];
  if (!organization || !secret) return null;
  const hex = Buffer.from(organization, "base64url").toString("hex");
  return { organizationId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"), hash: hashOf(secret) };
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
