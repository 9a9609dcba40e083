import { loadCurrentVersion, type Quote } from "../quote";
import { enqueueDropboxSign } from "./dropbox-sign.store";
import { type SigningScope, withSigners } from "./lock-signing";
import { withdrawRequest } from "./withdraw-request";

/**
 * Takes back what is asked of signers for the current version of a quote that expires; it is locked. At Dropbox Sign all may
 * have signed on the last day without our knowing: it is asked first, and what is still open there then is taken back.
 */
export async function withdrawSignatures(quote: Quote, reason: string, scope: SigningScope): Promise<void> {
  const signing = await withSigners(quote, await loadCurrentVersion(quote));
  const { request } = signing;
  if (request?.provider === "dropbox_sign" && request.status === "sent") {
    return enqueueDropboxSign("follow_signature_request", { signatureRequestId: request.id });
  }
  await withdrawRequest(signing, reason, scope);
}
