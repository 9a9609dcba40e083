import { remindableFrom, signersOnTurn } from "../../domain/quote/signing";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, notFound } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { insertQuoteEvent, loadCurrentVersion, lockQuote } from "../quote";
import { askToSign } from "./ask-to-sign";
import { isEmbedded } from "./dropbox-sign.store";
import { askToSignAtDropboxSign } from "./dropbox-sign-remind";
import { dayOf, withSigners } from "./lock-signing";
import { refusalToRecord } from "./refusal-to-record";
import { formatInstant, namesOf } from "./signing-words";

/** Asks again whoever is to sign now; those who were asked less than an hour ago are left alone. */
export const remindSigners = command({
  name: "remindSigners",
  permission: "change_quotes",
  run: async ({ quoteId }: { readonly quoteId: string }, { caller, now, note }) => {
    const quote = await lockQuote(quoteId);
    if (!quote) return notFound("quote", quoteId, ["quoteId"]);
    const { timeZone } = await loadOrganization();
    const signing = await withSigners(quote, await loadCurrentVersion(quote));
    const refusal = refusalToRecord(signing, dayOf(now, { timeZone }));
    if (refusal) return refusal;
    const isAtDropboxSign = signing.request?.provider === "dropbox_sign" && signing.request.status === "sent";
    if (signing.request?.provider !== "embedded" && !(isAtDropboxSign && !(await isEmbedded(signing.request.id)))) {
      const message = "These signers are not asked by Billgrid, so Billgrid does not remind them.";
      return conflict("NOT_ASKED_HERE", message, ["quoteId"]);
    }
    const onTurn = signersOnTurn(signing.signers);
    const remindable = onTurn.filter(({ remindedAt }) => (remindableFrom(remindedAt) ?? now) <= now);
    if (remindable.length === 0) {
      const [from = now] = onTurn.map(({ remindedAt }) => remindableFrom(remindedAt) ?? now).sort((a, b) => +a - +b);
      const message = `${namesOf(onTurn)} had a mail less than an hour ago. Remind again from ${formatInstant(from, timeZone)}.`;
      return conflict("REMINDED_RECENTLY", message, ["quoteId"]);
    }
    if (isAtDropboxSign) await askToSignAtDropboxSign(remindable, now);
    else await askToSign(remindable, now, "reminder");
    const reminded = remindable.map(({ name, email }) => ({ name, email }));
    await insertQuoteEvent({
      quoteId,
      versionOrdinal: signing.version.ordinal,
      kind: "reminded",
      actor: caller.actor.name,
      reason: null,
      facts: { signers: reminded },
      happenedAt: now,
    });
    note({ action: "quote.signers_reminded", subjectType: "quote", subjectId: quoteId, after: { reminded } });
    return ok({ quoteId, signerIds: remindable.map(({ id }) => id) });
  },
});
