import type { PlainDate } from "../../domain/calendar/plain-date";
import { positionsOf, type SigningProvider, signersOnTurn } from "../../domain/quote/signing";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { keepOffer, offerDocumentOf } from "../offer";
import { loadOrganization } from "../organization";
import {
  amendmentOfQuote,
  insertQuoteEvent,
  loadCurrentVersion,
  lockQuote,
  markVersionSent,
  type Quote,
  saveQuote,
  statusAfterAct,
} from "../quote";
import { askToSign } from "./ask-to-sign";
import { refusalOfDropboxSign } from "./dropbox-sign";
import { saveEmbedded } from "./dropbox-sign.store";
import {
  enqueueProviderJob,
  insertSignatureRequest,
  insertSigners,
  latestRequestOf,
  offerOfRequest,
  signersByRequest,
} from "./signature-request.store";
import type { Signer } from "./signing";

export type AskedSigner = Pick<Signer, "name" | "title" | "party"> & {
  readonly email: string;
  /** null: after those listed before */
  readonly position: number | null;
};

export type QuoteToSend = {
  readonly quoteId: string;
  readonly version: number;
  readonly provider: SigningProvider;
  /** At Dropbox Sign: inside a page that embeds it, without a mail to the signers. */
  readonly isEmbeddedAtProvider?: boolean | undefined;
  readonly signers: readonly AskedSigner[];
  readonly message: string | null;
  /** In the place of the quote's own; undefined: that */
  readonly expiresOn: PlainDate | null | undefined;
};

const SIGNERS_MOST = 10;
const MESSAGE_LENGTH = 2_000;

/** Sends the approved terms to be signed. What its provider did not take, or was withdrawn, can be sent again. */
export const sendQuote = command({
  name: "sendQuote",
  permission: "change_quotes",
  run: async (toSend: QuoteToSend, { caller, now, today, note }) => {
    const quote = await lockQuote(toSend.quoteId);
    if (!quote) return notFound("quote", toSend.quoteId, ["quoteId"]);
    if (quote.version !== toSend.version) return staleVersion("quote", quote.version);
    const problems = checkQuoteToSend(toSend, today);
    if (problems.length > 0) return invalidInput(problems);
    const isEmbedded = toSend.isEmbeddedAtProvider ?? false;
    const notOffered = toSend.provider === "dropbox_sign" ? refusalOfDropboxSign({ isEmbedded }) : null;
    if (notOffered) return notOffered;
    const expiresOn = toSend.expiresOn === undefined ? quote.expiresOn : toSend.expiresOn;
    const version = await loadCurrentVersion(quote);
    const isRepeated = quote.status === "sent" && (await mayBeSentAgain(version.id));
    const from: Quote = { ...quote, expiresOn, status: isRepeated ? "approved" : quote.status };
    const status = statusAfterAct(from, "send", today);
    if (!status.ok) return status;
    if (isRepeated && expiresOn !== quote.expiresOn) {
      const message = `The offer that was sent says until when it can be signed. Start a new version to offer ${quote.number} until another day.`;
      return conflict("QUOTE_SENT", message, ["expiresOn"]);
    }
    const { terms } = version;
    const amended = terms.kind === "amendment" ? await amendmentOfQuote(quote, terms) : null;
    // Since it was approved, the contract may have become another one.
    if (amended && !amended.ok) return invalidInput(amended.error);

    const positions = positionsOf(toSend.signers.map(({ position }) => position));
    const people = toSend.signers
      .map((signer, index) => ({ ...signer, position: positions[index] ?? 1 }))
      .sort((a, b) => a.position - b.position);
    const { legalName: seller } = await loadOrganization();
    // Names are left blank on the signers' blocks: each is filled in when it is signed, by whoever signs then.
    const signers = people.map(({ position, party }) => {
      return { position, name: null, title: null, company: party === "seller" ? seller : null };
    });
    const document = await keepOffer(from, version, signers, now);
    const earlier = await latestRequestOf(version.id);
    const offer = earlier ? await offerOfRequest(earlier.id) : await offerDocumentOf(from, version, now, { signers });
    const { provider, message } = toSend;
    const signatureRequestId = await insertSignatureRequest(
      {
        quoteId: quote.id,
        versionId: version.id,
        provider,
        status: provider === "dropbox_sign" ? "queued" : "sent",
        documentId: document.id,
        documentSha256: document.sha256,
        offer,
        message,
        createdBy: caller.actor.name,
      },
      now,
    );
    await insertSigners(signatureRequestId, people);
    if (!isRepeated) await markVersionSent(version, now);
    await saveQuote({ ...from, status: status.value, statusReason: null }, now);
    await insertQuoteEvent({
      quoteId: quote.id,
      versionOrdinal: version.ordinal,
      kind: "sent",
      actor: caller.actor.name,
      reason: null,
      facts: { signatureRequestId, provider, signers: people.map(({ name, email }) => ({ name, email })) },
      happenedAt: now,
    });
    const sent = { status: status.value, expiresOn, signatureRequestId, provider, documentSha256: document.sha256 };
    note({
      action: "quote.sent",
      subjectType: "quote",
      subjectId: quote.id,
      before: { status: quote.status, expiresOn: quote.expiresOn },
      after: { ...sent, version: version.ordinal, signers: people },
    });

    const asked = (await signersByRequest([signatureRequestId])).get(signatureRequestId) ?? [];
    if (provider === "embedded") await askToSign(signersOnTurn(asked), now);
    if (provider === "dropbox_sign") {
      if (isEmbedded) await saveEmbedded(signatureRequestId);
      await enqueueProviderJob("send_signature_request", signatureRequestId);
    }
    return ok({ quoteId: quote.id, signatureRequestId });
  },
});

async function mayBeSentAgain(versionId: string): Promise<boolean> {
  const latest = await latestRequestOf(versionId);
  return latest?.status === "failed" || latest?.status === "withdrawn";
}

function checkQuoteToSend({ provider, signers, message, expiresOn }: QuoteToSend, today: PlainDate) {
  const problems = new InputProblems();
  if (signers.length === 0 && provider !== "paper") {
    problems.report("SIGNERS_MISSING", "Say who is to sign: send at least one signer.", "signers");
  }
  if (signers.length > SIGNERS_MOST) {
    problems.report("TOO_MANY_SIGNERS", `${signers.length} signers; the limit is ${SIGNERS_MOST}.`, "signers");
  }
  signers.forEach((signer, index) => {
    const place = ["signers", String(index)];
    checkPerson(signer, problems, place);
    if (signer.position !== null && !(signer.position >= 1 && signer.position <= SIGNERS_MOST)) {
      const text = `A position is a number from 1 to ${SIGNERS_MOST}, not ${signer.position}.`;
      problems.report("POSITION_OUT_OF_RANGE", text, ...place, "position");
    }
    const isTwice = signers.slice(0, index).some(({ email }) => sameAddress(email, signer.email));
    if (isTwice) {
      const text = `${signer.email} is listed twice. Each signer needs an address of their own.`;
      problems.report("SIGNER_TWICE", text, ...place, "email");
    }
  });
  if (message !== null) {
    problems.checkText(message.replaceAll(/[\n\r\t]/g, " "), "The message", MESSAGE_LENGTH, "message");
  }
  if (expiresOn && expiresOn < today) {
    problems.report("EXPIRED_ALREADY", `${expiresOn} is over. Send today or a later day.`, "expiresOn");
  }
  return problems.found;
}

export const sameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

// One address alone, as the mail transports take it: no list, no group, no comment.
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u;

/** A signer's name, address and title, as they will stand on the document. */
export function checkPerson(
  { name, email, title }: Pick<AskedSigner, "name" | "email" | "title">,
  problems: InputProblems,
  place: readonly string[],
): void {
  problems.checkText(name, "The name", 100, ...place, "name");
  if (email.length > 254 || !ADDRESS.test(email)) {
    const text = `"${email.slice(0, 254)}" is not a mail address. Send one such as "ada@example.com".`;
    problems.report("EMAIL_INVALID", text, ...place, "email");
  }
  problems.checkOptionalText(title, "The title", 100, ...place, "title");
}
