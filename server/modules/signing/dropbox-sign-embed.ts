import { signersOnTurn } from "../../domain/quote/signing";
import type { RequestContext } from "../../platform/request-context";
import { findDropboxSign, NOT_SET_UP } from "./dropbox-sign";
import { isEmbedded } from "./dropbox-sign.store";
import { signatureRequestsById, signersById, signersByRequest } from "./signature-request.store";

/** An address, or why there is none. */
export type EmbeddedUrl =
  | { readonly url: string; readonly expiresAt: Date | null; readonly code: null; readonly message: null }
  | { readonly url: null; readonly expiresAt: null; readonly code: string; readonly message: string };

/** Where a signer signs now, inside a page that embeds Dropbox Sign; null: there is no such signer. */
export async function readSignerEmbeddedUrl(context: RequestContext, signerId: string): Promise<EmbeddedUrl | null> {
  context.require("change_quotes");
  const signer = (await signersById([signerId])).get(signerId);
  const request = signer && (await signatureRequestsById([signer.requestId])).get(signer.requestId);
  if (!request) return null;
  if (!(await isEmbedded(request.id))) {
    const how = "Send the quote to Dropbox Sign with isEmbeddedAtProvider.";
    return none("NOT_EMBEDDED_AT_PROVIDER", `${signer.name} does not sign inside a page of yours. ${how}`);
  }
  if (request.status === "queued")
    return none("NOT_SENT_YET", "It is on its way to Dropbox Sign. Ask again in a moment.");
  if (request.status !== "sent" || signer.status !== "waiting" || signer.providerSignatureId === null) {
    return none("NOTHING_TO_SIGN", `There is nothing to sign for ${signer.name} any more.`);
  }
  const all = (await signersByRequest([request.id])).get(request.id) ?? [];
  if (!signersOnTurn(all).some(({ id }) => id === signerId)) {
    return none("NOT_YOUR_TURN", `It is not ${signer.name}'s turn yet.`);
  }
  const provider = findDropboxSign();
  if (!provider) return none("PROVIDER_NOT_SET_UP", NOT_SET_UP);
  const found = await provider.embeddedSignUrl(signer.providerSignatureId);
  if (found.outcome === "done") return { ...found.value, code: null, message: null };
  return none(found.outcome === "temporary" ? "PROVIDER_UNAVAILABLE" : "PROVIDER_REFUSED", found.reason);
}

const none = (code: string, message: string): EmbeddedUrl => ({ url: null, expiresAt: null, code, message });
