import { signersOnTurn } from "../../domain/quote/signing";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { lockVersion, shownChange, startVersion, type VersionToStart } from "../quote";
import { type Signing, type SigningScope, withSigners } from "./lock-signing";
import type { Signer } from "./signing";
import { formatInstant } from "./signing-words";
import { withdrawRequest } from "./withdraw-request";

export type QuoteVersionToStart = VersionToStart & {
  readonly quoteId: string;
  /** The ordinal of the version that is followed: the current one. */
  readonly versionOrdinal: number;
};

/** What the new version means for somebody who was to sign the one before. */
export type SignerOutcome = {
  readonly signerId: string;
  readonly name: string;
  readonly outcome: "signature_lapsed" | "told" | "never_asked" | "declined";
  readonly message: string;
};

/**
 * Lets a draft follow a version that was sent: with edits, if there are any, all or none. The version before is superseded,
 * signatures that are still asked for are taken back, and the answer says of each signer what that means.
 */
export const startQuoteVersion = command({
  name: "startQuoteVersion",
  permission: "change_quotes",
  run: async ({ quoteId, versionOrdinal, ...toStart }: QuoteVersionToStart, { caller, now, today, note }) => {
    const problems = new InputProblems();
    problems.checkOptionalText(toStart.note, "The note", 1_000, "note");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const locked = await lockVersion({ quoteId, versionOrdinal, revision: null });
    if (!locked.ok) return locked;
    const { quote, version } = locked.value;
    const signing = await withSigners(quote, version);
    const started = await startVersion({ quote, version }, toStart, { caller, now, today, note });
    if (!started.ok) return started;

    const { timeZone } = await loadOrganization();
    const scope: SigningScope = { actor: caller.actor, now, timeZone, note };
    const next = started.value.version.ordinal;
    await withdrawRequest(signing, `Version ${next} takes the place of version ${versionOrdinal}.`, scope);
    const { changed, undo, problems: incomplete, warnings } = started.value;
    return ok({
      quoteId,
      applied: changed.map(shownChange),
      undo,
      problems: incomplete,
      warnings,
      signers: outcomesOf(signing, next, timeZone),
    });
  },
});

function outcomesOf({ version, request, signers }: Signing, next: number, timeZone: string): readonly SignerOutcome[] {
  const isPending = request?.status === "sent" || request?.status === "queued";
  const asked = new Set(isPending ? signersOnTurn(signers).map(({ id }) => id) : []);
  return signers.map((signer) => {
    const { id: signerId, name } = signer;
    const from = `version ${version.ordinal}`;
    if (signer.status === "signed" && signer.signedAt) {
      const message = `${name} signed ${from} on ${formatInstant(signer.signedAt, timeZone)}; the signature does not hold for version ${next}.`;
      return { signerId, name, outcome: "signature_lapsed", message };
    }
    if (signer.status === "declined") {
      return { signerId, name, outcome: "declined", message: `${name} declined ${from}${becauseOf(signer)}.` };
    }
    return asked.has(signerId)
      ? { signerId, name, outcome: "told", message: `${name} was asked to sign ${from} and is told that it is off.` }
      : { signerId, name, outcome: "never_asked", message: `${name} was not asked to sign ${from} yet.` };
  });
}

const becauseOf = ({ declineReason }: Signer): string => (declineReason === null ? "" : `: ${declineReason}`);
