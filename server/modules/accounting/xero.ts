import type { AccountingSystem } from "../../integrations/xero/accounting-ledger";
import { createSecretBox, type SecretBox } from "../../integrations/xero/secret-box";
import { createXero, type XeroSession } from "../../integrations/xero/xero";
import { createXeroOAuth, XERO_SCOPES, type XeroOAuth, xeroAddresses } from "../../integrations/xero/xero-oauth";
import type { Clock } from "../../platform/clock";

/** The app at Xero through which organizations are connected. */
export type XeroAccount = {
  readonly oauth: XeroOAuth;
  readonly books: (session: XeroSession) => AccountingSystem;
  readonly secrets: SecretBox;
  /** by which Xero signs what it posts; null: it posts nothing */
  readonly webhookKey: string | null;
};

export type XeroAppSettings = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** 32 bytes, by which tokens are kept */
  readonly secretsKey: Buffer;
  readonly webhookKey: string | null;
  /** null: Xero's usual ones for this purpose */
  readonly scopes: string | null;
  /** null: Xero's own addresses */
  readonly url: string | null;
};

const TIMEOUT_MILLISECONDS = 30_000;

export function createXeroAccount(
  { clientId, clientSecret, secretsKey, webhookKey, scopes, url }: XeroAppSettings,
  { now }: Clock,
  timeoutMs = TIMEOUT_MILLISECONDS,
): XeroAccount {
  const addresses = xeroAddresses(url);
  return {
    oauth: createXeroOAuth({ clientId, clientSecret, scopes: scopes ?? XERO_SCOPES, addresses, timeoutMs, now }),
    books: createXero({ url: addresses.api, timeoutMs, now }),
    secrets: createSecretBox(secretsKey),
    webhookKey,
  };
}

let account: XeroAccount | null = null;

/** Names the app of this process, once at its start; null: no organization is connected to Xero from here. */
export function useXero(app: XeroAccount | null): void {
  account = app;
}

export const findXero = (): XeroAccount | null => account;

export const NOT_SET_UP =
  "Xero is not set up here. An administrator has to set XERO_CLIENT_ID, XERO_CLIENT_SECRET and BILLGRID_SECRETS_KEY. Until then export files.";
export const NOT_CONNECTED =
  "No accounting system is connected. Connect Xero with connectXero, or export a file with exportAccounting.";
export const SANDBOX = "Nothing leaves a sandbox. Export a file with exportAccounting.";
