import { checkLink, checkSignature, type SignatureProblem, type SigningRefusal } from "../../domain/quote/signing";
import { fail, type Result } from "../../domain/result";
import { type Change, insertAuditEvents } from "../../platform/audit.store";
import { inTransaction } from "../../platform/database/transaction";
import { lockQuote } from "../quote";
import { completeSigner, declineRequest, type SigningOutcome } from "./complete-signature";
import { consentOf } from "./consent";
import type { SigningScope } from "./lock-signing";
import type { Visitor } from "./note-view";
import type { OpenedLink } from "./open-link";
import { quoteLinksById } from "./quote-link.store";
import { readDrawing } from "./read-drawing";

/** What a form of the hosted page sends, as text. */
export type SignatureForm = {
  readonly kind: "typed" | "drawn";
  readonly signature: string;
  /** The data URL of a PNG. */
  readonly drawing: string;
  readonly hasConsented: boolean;
  /** Of the offer that the page showed. */
  readonly documentSha256: string;
};

export type FormRefusal =
  | { readonly kind: "form"; readonly problems: readonly SignatureProblem[] }
  | { readonly kind: "state"; readonly refusal: SigningRefusal };

type Outcome = Promise<Result<SigningOutcome, FormRefusal>>;

/** Signs as the one to whom the link was mailed. Posted twice, it signs once. */
export async function signOffer(opened: OpenedLink, form: SignatureForm, visitor: Visitor, requestId: string): Outcome {
  const { link, signing, now } = opened;
  const { signerId } = link;
  if (signerId === null || !signing.request) return ofState({ code: "NOT_A_SIGNER" });
  if (form.documentSha256 !== signing.request.documentSha256) return ofState({ code: "DOCUMENT_CHANGED" });
  const drawing = form.kind === "drawn" ? readDrawing(form.drawing) : null;
  const problems = checkSignature({ ...form, text: form.signature, drawing });
  if (problems.length > 0 && opened.standing.kind === "to_sign") return fail({ kind: "form", problems });

  const given = {
    signerId,
    kind: form.kind,
    text: form.kind === "typed" ? form.signature.trim() : null,
    png: drawing?.png ?? null,
    consent: consentOf(signing, opened.organization),
    signedAt: now,
    ...visitor,
  };
  return asSigner(opened, requestId, (scope) => completeSigner(given, scope));
}

/** Declines as the one to whom the link was mailed. */
export async function declineOffer(
  opened: OpenedLink,
  reason: string | null,
  visitor: Visitor,
  requestId: string,
): Outcome {
  const { signerId } = opened.link;
  if (signerId === null) return ofState({ code: "NOT_A_SIGNER" });
  const declined = { signerId, reason, declinedAt: opened.now, ...visitor };
  return asSigner(opened, requestId, (scope) => declineRequest(declined, scope));
}

/** In one transaction with its audit trail, which names the signer. */
function asSigner(
  { link, organization, signing, now }: OpenedLink,
  requestId: string,
  act: (scope: SigningScope) => Promise<Result<SigningOutcome, SigningRefusal>>,
): Outcome {
  const name = signing.signers.find(({ id }) => id === link.signerId)?.name ?? "Signer";
  const actor = { kind: "signer", id: link.signerId, name } as const;
  return inTransaction(async () => {
    await lockQuote(link.quoteId);
    // Whoever takes a link back, or gives the signature to somebody else, has the quote locked as well.
    const current = (await quoteLinksById([link.id])).get(link.id);
    if (!current || !checkLink(current, now).ok) return ofState({ code: "NOT_A_SIGNER" });
    const changes: Change[] = [];
    const note = (change: Change) => void changes.push(change);
    const result = await act({ actor, now, timeZone: organization.timeZone, note });
    if (!result.ok) return ofState(result.error);
    if (changes.length > 0) await insertAuditEvents(actor, requestId, changes);
    return result;
  });
}

const ofState = (refusal: SigningRefusal) => fail<FormRefusal>({ kind: "state", refusal });
