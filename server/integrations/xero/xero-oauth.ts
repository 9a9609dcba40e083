import { createHash, randomBytes } from "node:crypto";
import type { Outcome, Undone } from "./accounting-ledger";

export type XeroAddresses = {
  readonly authorize: string;
  readonly token: string;
  readonly revocation: string;
  readonly connections: string;
  readonly api: string;
};

const XERO: XeroAddresses = {
  authorize: "https://login.xero.com/identity/connect/authorize",
  token: "https://identity.xero.com/connect/token",
  revocation: "https://identity.xero.com/connect/revocation",
  connections: "https://api.xero.com/connections",
  api: "https://api.xero.com/api.xro/2.0",
};

/** Xero's own addresses, or those of one server that stands in for all of it. */
export const xeroAddresses = (url: string | null): XeroAddresses =>
  url === null
    ? XERO
    : {
        authorize: `${url}/identity/connect/authorize`,
        token: `${url}/connect/token`,
        revocation: `${url}/connect/revocation`,
        connections: `${url}/connections`,
        api: `${url}/api.xro/2.0`,
      };

export type Tokens = { readonly accessToken: string; readonly refreshToken: string; readonly expiresAt: Date };
export type Tenant = { readonly id: string; readonly name: string };

/** Who may act for us at Xero: OAuth 2 with code, state and PKCE. Nothing that it says holds a token. */
export type XeroOAuth = {
  /** Where a person allows the connection; the verifier is to be kept, for `redeem`. */
  authorization(state: string, redirectUrl: string): { readonly url: string; readonly verifier: string };
  redeem(code: string, verifier: string, redirectUrl: string): Promise<Outcome<Tokens>>;
  /** The old refresh token is good no more: keep the new ones before anything else. */
  refresh(refreshToken: string): Promise<Outcome<Tokens>>;
  revoke(refreshToken: string): Promise<Outcome<null>>;
  /** The books that the connection reaches. */
  tenants(accessToken: string): Promise<Outcome<readonly Tenant[]>>;
};

export const XERO_SCOPES = "offline_access accounting.transactions accounting.contacts accounting.settings.read";

/** OAuth at Xero over plain fetch. */
export function createXeroOAuth(settings: {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
  readonly addresses: XeroAddresses;
  readonly timeoutMs: number;
  readonly now: () => Date;
}): XeroOAuth {
  const { clientId, clientSecret, scopes, addresses, timeoutMs, now } = settings;
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString("base64")}`;

  const ask = async <T>(url: string, init: RequestInit, read: (body: unknown) => T): Promise<Outcome<T>> => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
      text = await response.text();
    } catch {
      return temporary("Xero could not be reached.");
    }
    if (response.status === 400 || response.status === 401 || response.status === 403) {
      return { outcome: "denied", reason: WORDS[errorIn(text)] ?? "Xero no longer allows the connection." };
    }
    if (!response.ok) return temporary(`Xero's sign-in is out of order (${response.status}).`);
    try {
      return { outcome: "done", value: read(text === "" ? {} : JSON.parse(text)) };
    } catch {
      return temporary("Xero's sign-in answered something that could not be read.");
    }
  };
  const post = <T>(url: string, form: Readonly<Record<string, string>>, read: (body: unknown) => T) =>
    ask(
      url,
      {
        method: "POST",
        headers: { authorization: basic, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
      },
      read,
    );
  const tokensIn = (body: unknown): Tokens => {
    const { access_token, refresh_token, expires_in } = body as Readonly<Record<string, unknown>>;
    if (typeof access_token !== "string" || typeof refresh_token !== "string" || typeof expires_in !== "number") {
      throw new Error("no tokens");
    }
    const expiresAt = new Date(now().getTime() + expires_in * 1000);
    return { accessToken: access_token, refreshToken: refresh_token, expiresAt };
  };

  return {
    authorization(state, redirectUrl) {
      const verifier = randomBytes(32).toString("base64url");
      const url = new URL(addresses.authorize);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUrl,
        scope: scopes,
        state,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      }).toString();
      return { url: url.href, verifier };
    },
    redeem: (code, code_verifier, redirect_uri) =>
      post(addresses.token, { grant_type: "authorization_code", code, redirect_uri, code_verifier }, tokensIn),
    refresh: (refresh_token) => post(addresses.token, { grant_type: "refresh_token", refresh_token }, tokensIn),
    revoke: (token) => post(addresses.revocation, { token }, () => null),
    tenants: (accessToken) =>
      ask(addresses.connections, { headers: { authorization: `Bearer ${accessToken}` } }, (body) => {
        if (!Array.isArray(body)) throw new Error("no connections");
        return body
          .filter(({ tenantType }) => tenantType === "ORGANISATION")
          .map(({ tenantId, tenantName }) => ({ id: String(tenantId), name: String(tenantName) }));
      }),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  invalid_grant: "Xero no longer accepts the connection: it was revoked, or not used for 60 days.",
  invalid_client: "Xero does not accept XERO_CLIENT_ID and XERO_CLIENT_SECRET. An administrator has to set them again.",
  unauthorized_client: "The Xero app of XERO_CLIENT_ID may not do this. An administrator has to look at its settings.",
};

function errorIn(text: string): string {
  try {
    return String((JSON.parse(text) as { error?: unknown }).error);
  } catch {
    return "";
  }
}

const temporary = (reason: string): Undone => ({
  outcome: "temporary",
  reason,
  retryAfterSeconds: null,
  mayHaveHappened: true,
});
