import { startOfLocalDay } from "../../domain/calendar/local-day";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { insertQuoteDocument, loadCurrentVersion, lockQuote } from "../quote";
import { markSigned, noteSignature, signatureElsewhere } from "./complete-signature";
import { lockRequest, type RequestedSigning, type SigningScope, withSigners } from "./lock-signing";
import { takePaperScan } from "./paper-scan.store";
import { refusalToRecord } from "./refusal-to-record";
import { insertSignatureRequest, insertSigners, offerOfRequest } from "./signature-request.store";
import type { Signer } from "./signing";
import { withdrawRequest } from "./withdraw-request";

export type PaperSigner = Pick<Signer, "name" | "title" | "party"> & { readonly signedOn: PlainDate };

export type PaperSignature = {
  readonly quoteId: string;
  /** Of the scan that was uploaded for this quote. */
  readonly scanId: string;
  readonly signers: readonly PaperSigner[];
};

const SIGNERS_MOST = 10;

/**
 * Notes that the sent version came back signed on paper, with its scan: the quote is signed. Signatures that are asked for
 * elsewhere are taken back. A day of signing decides whether the offer still stood, not the day on which it is noted.
 */
export const recordPaperSignature = command({
  name: "recordPaperSignature",
  permission: "change_quotes",
  run: async ({ quoteId, scanId, signers }: PaperSignature, { caller, now, today, note }) => {
    const quote = await lockQuote(quoteId);
    if (!quote) return notFound("quote", quoteId, ["quoteId"]);
    const signing = await withSigners(quote, await loadCurrentVersion(quote));
    const { timeZone } = await loadOrganization();
    const problems = checkPaperSigners(signers, today);
    if (problems.length > 0) return invalidInput(problems);
    const lastSignedOn = signers.reduce((last, { signedOn }) => (signedOn > last ? signedOn : last), "" as PlainDate);
    // Paper counts whatever came of the signatures that were asked for elsewhere.
    const refusal = refusalToRecord({ ...signing, request: null }, lastSignedOn);
    if (refusal) return refusal;
    const { request: earlier, version } = signing;
    if (!earlier) throw new Error(`the quote ${quoteId} was sent without a signature request`);
    const scan = await takePaperScan(scanId, quoteId);
    if (!scan) {
      const message = `There is no scan ${scanId} of this quote. Upload it first; it waits for a day.`;
      return conflict("SCAN_NOT_FOUND", message, ["scanId"]);
    }

    const actor = caller.actor;
    const scope: SigningScope = { actor, now, timeZone, note };
    await withdrawRequest(signing, "Signed on paper.", scope);
    const { fileName, contentType, content } = scan;
    const ofVersion = { quoteId, versionOrdinal: version.ordinal, createdBy: actor.name };
    await insertQuoteDocument({ ...ofVersion, kind: "paper", fileName, contentType, content }, now);
    const { documentId, documentSha256 } = earlier;
    const signatureRequestId = await insertSignatureRequest(
      {
        quoteId,
        versionId: version.id,
        provider: "paper",
        status: "sent",
        documentId,
        documentSha256,
        offer: await offerOfRequest(earlier.id),
        message: null,
        createdBy: actor.name,
      },
      now,
    );
    const people = signers.map(({ name, title, party }) => ({ name, title, party, email: null, position: 1 }));
    const ids = await insertSigners(signatureRequestId, people);
    let requested = (await lockRequest(signatureRequestId)) as RequestedSigning;
    for (const [index, { signedOn }] of signers.entries()) {
      const signedAt = startOfLocalDay(signedOn, timeZone);
      requested = await noteSignature(requested, signatureElsewhere("paper", ids[index] as string, signedAt), scope);
    }
    await markSigned(requested, startOfLocalDay(lastSignedOn, timeZone), scope);
    return ok({ quoteId, signatureRequestId });
  },
});

function checkPaperSigners(signers: readonly PaperSigner[], today: PlainDate) {
  const problems = new InputProblems();
  if (signers.length === 0) problems.report("SIGNERS_MISSING", "Say who signed: send at least one signer.", "signers");
  if (signers.length > SIGNERS_MOST) {
    problems.report("TOO_MANY_SIGNERS", `${signers.length} signers; the limit is ${SIGNERS_MOST}.`, "signers");
  }
  signers.forEach(({ name, title, signedOn }, index) => {
    const place = ["signers", String(index)];
    problems.checkText(name, "The name", 100, ...place, "name");
    problems.checkOptionalText(title, "The title", 100, ...place, "title");
    if (signedOn > today) {
      problems.report(
        "SIGNED_IN_THE_FUTURE",
        `${signedOn} is not over yet. Send today or an earlier day.`,
        ...place,
        "signedOn",
      );
    }
  });
  return problems.found;
}
