import type { Clock } from "../../platform/clock";
import { asDropboxSign, findDropboxSign, NOT_SET_UP } from "./dropbox-sign";
import { enqueueDropboxSign } from "./dropbox-sign.store";
import { pauseAfter } from "./dropbox-sign-send";
import { saveReminded, signatureRequestsById, signersById } from "./signature-request.store";
import type { Signer } from "./signing";

/** Has Dropbox Sign mail these signers again, once this transaction has committed. */
export async function askToSignAtDropboxSign(signers: readonly Signer[], now: Date): Promise<void> {
  for (const { id: signerId } of signers) await enqueueDropboxSign("remind_at_dropbox_sign", { signerId });
  await saveReminded(
    signers.map(({ id }) => id),
    now,
  );
}

export type ToRemind = { readonly signerId: string; readonly tries?: number };

const TRIES_MOST = 3;

/** Has Dropbox Sign mail a signer again, if there is still something to sign. */
export async function remindAtDropboxSign(clock: Clock, { signerId, tries = 1 }: ToRemind): Promise<void> {
  const signer = (await signersById([signerId])).get(signerId);
  const request = signer && (await signatureRequestsById([signer.requestId])).get(signer.requestId);
  if (!request || signer.status !== "waiting" || request.status !== "sent" || request.providerRequestId === null)
    return;
  const provider = findDropboxSign();
  const outcome = provider
    ? await provider.remind(request.providerRequestId, { name: signer.name, email: signer.email ?? "" })
    : ({ outcome: "permanent", reason: NOT_SET_UP } as const);
  if (outcome.outcome === "temporary" && !outcome.mayHaveHappened && tries < TRIES_MOST) {
    const at = new Date(clock.now().getTime() + pauseAfter(outcome, tries) * 1000);
    return enqueueDropboxSign("remind_at_dropbox_sign", { signerId, tries: tries + 1 }, at);
  }
  await asDropboxSign(clock, async ({ note }) =>
    note({
      action: outcome.outcome === "done" ? "quote.signer_reminded" : "quote.signer_not_reminded",
      subjectType: "quote",
      subjectId: request.quoteId,
      after: { signerId, name: signer.name, ...(outcome.outcome !== "done" && { reason: outcome.reason }) },
    }),
  );
}
