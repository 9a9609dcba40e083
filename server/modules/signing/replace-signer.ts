import { signersOnTurn } from "../../domain/quote/signing";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { askToSign } from "./ask-to-sign";
import { dayOf, lockRequest } from "./lock-signing";
import { revokeLinksOfSigner } from "./quote-link.store";
import { refusalToRecord } from "./refusal-to-record";
import { type AskedSigner, checkPerson, sameAddress } from "./send-quote";
import { savePerson, signersById } from "./signature-request.store";

export type ReplacedSigner = Pick<AskedSigner, "name" | "email" | "title"> & { readonly signerId: string };

/** Puts another person, or the right address, in the place of a signer who has not signed. Links sent before lead nowhere. */
export const replaceSigner = command({
  name: "replaceSigner",
  permission: "change_quotes",
  run: async ({ signerId, ...person }: ReplacedSigner, { now, note }) => {
    const problems = new InputProblems();
    checkPerson(person, problems, []);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const found = (await signersById([signerId])).get(signerId);
    const signing = found && (await lockRequest(found.requestId));
    const signer = signing?.signers.find(({ id }) => id === signerId);
    if (!signing || !signer) return notFound("signer", signerId, ["signerId"]);
    const refusal = refusalToRecord(signing, dayOf(now, await loadOrganization()));
    if (refusal) return refusal;
    if (signer.status !== "waiting") {
      return conflict("ALREADY_SIGNED", `${signer.name} has signed; a signature is not replaced.`, ["signerId"]);
    }
    if (signing.request.provider === "dropbox_sign") {
      const message = "The signers are at Dropbox Sign already. Start a new version to send it to somebody else.";
      return conflict("SIGNERS_AT_PROVIDER", message, ["signerId"]);
    }
    const isTwice = signing.signers.some(
      ({ id, email }) => id !== signerId && email !== null && sameAddress(email, person.email),
    );
    if (isTwice) return conflict("SIGNER_TWICE", `${person.email} is another signer of this quote.`, ["email"]);

    await savePerson(signerId, person);
    await revokeLinksOfSigner(signerId, now);
    if (signersOnTurn(signing.signers).some(({ id }) => id === signerId)) {
      await askToSign([{ ...signer, ...person }], now);
    }
    const { name, email, title } = signer;
    note({
      action: "quote.signer_replaced",
      subjectType: "quote",
      subjectId: signing.quote.id,
      before: { signerId, name, email, title },
      after: { signerId, ...person },
    });
    return ok({ quoteId: signing.quote.id, signerId });
  },
});
