import { loadCurrentVersion, type Quote } from "../quote";
import { type SigningScope, withSigners } from "./lock-signing";
import { withdrawRequest } from "./withdraw-request";

/** Takes back what is asked of signers for the current version of a quote that is locked, such as one that expires. */
export async function withdrawSignatures(quote: Quote, reason: string, scope: SigningScope): Promise<void> {
  await withdrawRequest(await withSigners(quote, await loadCurrentVersion(quote)), reason, scope);
}
