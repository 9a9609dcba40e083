import type { SignatureProvider } from "../../integrations/dropbox-sign/signature-provider";
import { type Change, insertAuditEvents } from "../../platform/audit.store";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { invalid } from "../../platform/refusal";
import { loadOrganization, type Organization } from "../organization";
import type { SigningScope } from "./lock-signing";

let provider: SignatureProvider | null = null;

/** Names the account of this process, once at its start; null: quotes are not signed at Dropbox Sign. */
export function useDropboxSign(account: SignatureProvider | null): void {
  provider = account;
}

export const findDropboxSign = (): SignatureProvider | null => provider;

export const NOT_SET_UP = "Dropbox Sign is not set up here. An administrator has to set DROPBOX_SIGN_API_KEY.";

const DROPBOX_SIGN = { kind: "system", id: null, name: "Dropbox Sign" } as const;

export type ProviderScope = SigningScope & {
  /** The world's, by which a provider and workers are waited for; `now` is the organization's. */
  readonly clock: Clock;
  readonly organization: Organization;
  /** What happened at an instant of the world happened now where a test clock stands still. */
  timeOf(instant: Date): Date;
};

/** Does in one transaction what news of Dropbox Sign brings about, with its audit events. */
export async function asDropboxSign<T>(clock: Clock, work: (scope: ProviderScope) => Promise<T>): Promise<T> {
  const organization = await loadOrganization();
  const { now } = organizationTime(clock, organization);
  return inTransaction(async () => {
    const changes: Change[] = [];
    const result = await work({
      actor: DROPBOX_SIGN,
      clock,
      now,
      timeZone: organization.timeZone,
      organization,
      timeOf: (instant) => (organization.testClockAt ? now : instant),
      note: (change) => changes.push(change),
    });
    if (changes.length > 0) await insertAuditEvents(DROPBOX_SIGN, newId(), changes);
    return result;
  });
}

/** Why a quote cannot be sent to Dropbox Sign from here; null: it can. */
export function refusalOfDropboxSign({ isEmbedded }: { readonly isEmbedded: boolean }) {
  if (!provider) {
    return invalid("PROVIDER_NOT_SET_UP", `${NOT_SET_UP} Until then choose the provider EMBEDDED.`, ["provider"]);
  }
  if (isEmbedded && !provider.canEmbed) {
    const message = "Signing inside your own page needs DROPBOX_SIGN_CLIENT_ID, which is not set here.";
    return invalid("EMBEDDING_NOT_SET_UP", message, ["isEmbeddedAtProvider"]);
  }
  return null;
}
