import { saveReminded } from "./signature-request.store";
import type { Signer } from "./signing";
import { queueSigningMail } from "./signing-mail.store";

/** Mails each of these signers a link to sign by. `remindedAt` counts the first mail too, so that no reminder follows at once. */
export async function askToSign(
  signers: readonly Signer[],
  now: Date,
  kind: "invitation" | "reminder" = "invitation",
): Promise<void> {
  for (const { id: signerId, email } of signers) {
    if (email !== null) await queueSigningMail({ signerId, kind, recipient: email }, now);
  }
  await saveReminded(
    signers.map(({ id }) => id),
    now,
  );
}
