import { DRAWN_SIGNATURE_BYTES, type SignatureProblem, TYPED_SIGNATURE_LENGTH } from "../../domain/quote/signing";
import { type Html, html, NOTHING } from "../../integrations/pages/html";
import type { OfferDocument } from "../../integrations/pdf/offer-document";
import { consentOf } from "./consent";
import type { OpenedLink } from "./open-link";
import type { SignatureForm } from "./sign-offer";
import { wordsOfProblem } from "./signing-words";

/** A form as it was sent and not taken, so that nothing has to be typed twice. */
export type FilledForm = {
  /** What the whole was refused for, in words; null: its fields say why */
  readonly refusal: string | null;
  readonly signature: SignatureForm | null;
  readonly problems: readonly SignatureProblem[];
};

type Page = { readonly token: string; readonly filled: FilledForm | null };

/** The forms to sign and to decline. They work as they are; the script adds drawing, and a preview of what is typed. */
export function signingForms(opened: OpenedLink, { token, filled }: Page): Html {
  const { signing, standing } = opened;
  if (standing.kind !== "to_sign") return NOTHING;
  const { quote, version, signers } = signing;
  const title = signers.find(({ id }) => id === standing.signer.id)?.title ?? null;
  return html`<section class="sign" id="sign" aria-labelledby="sign-title" tabindex="-1">
<h2 id="sign-title">Sign this offer</h2>
<p>You sign as <strong><bdi>${standing.signer.name}</bdi></strong>${title === null ? NOTHING : html`, <bdi>${title}</bdi>`}. Your signature accepts version ${version.ordinal} of offer ${quote.number}, as it stands on this page and in <a href="/q/${token}/offer.pdf">its PDF</a>.</p>
${summary(filled?.problems ?? [])}
${signForm(opened, { token, filled })}
${declineForm(opened, token)}
</section>`;
}

function signForm({ signing, organization }: OpenedLink, { token, filled }: Page): Html {
  const sent = filled?.signature ?? null;
  const problemAt = (field: SignatureProblem["field"]) =>
    filled?.problems.find((problem) => problem.field === field) ?? null;
  const [typed, drawn, consent] = [problemAt("signature"), problemAt("drawing"), problemAt("consent")];
  const isDrawn = sent?.kind === "drawn";
  const sha256 = signing.request?.documentSha256 ?? "";
  return html`<form method="post" action="/q/${token}/sign" class="fields" data-signing novalidate>
<input type="hidden" name="documentSha256" value="${sha256}">
<input type="hidden" name="drawing" value="">
<fieldset class="kinds" data-kinds hidden>
<legend>How do you want to sign?</legend>
<div><label class="check"><input type="radio" name="kind" value="typed"${checkedIf(!isDrawn)}> <span>Type my name</span></label>
<label class="check"><input type="radio" name="kind" value="drawn"${checkedIf(isDrawn)}> <span>Draw it</span></label></div>
</fieldset>
<div data-typed>
<label for="signature">Your full name</label>
<input id="signature" name="signature" type="text" autocomplete="name" maxlength="${TYPED_SIGNATURE_LENGTH}" required value="${sent?.signature ?? ""}"${describedBy(typed, "signature-problem")}>
${fieldProblem(typed, "signature-problem")}
<p class="signature preview" data-preview aria-hidden="true"></p>
</div>
<div data-drawn hidden>
<p class="label" id="drawing-label">Draw your signature with a finger, a pen or the mouse</p>
<div class="pad"><canvas width="1000" height="450" role="img" aria-labelledby="drawing-label" data-canvas data-bytes-most="${DRAWN_SIGNATURE_BYTES}"></canvas><span aria-hidden="true" data-hint>Sign here</span></div>
<p class="actions"><button type="button" class="button" data-clear>Clear</button> <span class="quiet small" role="status" data-drawn-status></span></p>
${fieldProblem(drawn, "drawing-problem")}
<p class="quiet small">If you cannot draw, type your name instead: both count the same.</p>
</div>
<div>
<label class="check"><input type="checkbox" name="consent" value="yes" required${checkedIf(sent?.hasConsented ?? false)}${describedBy(consent, "consent-problem")}> <span>${consentOf(signing, organization)}</span></label>
${fieldProblem(consent, "consent-problem")}
</div>
<p class="actions"><button type="submit" class="button primary" data-submit>Sign offer ${signing.quote.number}</button> <span class="quiet small" role="status" data-missing></span></p>
<p class="quiet small">With your signature we keep the time, your IP address, your browser, and the fingerprint of the document (SHA-256 <span class="hash">${sha256}</span>). They stand in the record at the end of the signed document, which every signer gets.</p>
</form>`;
}

const declineForm = ({ organization }: OpenedLink, token: string): Html => html`<details>
<summary>I do not want to sign</summary>
<form method="post" action="/q/${token}/decline" class="fields">
<div><label for="reason">Why not?</label>
<p class="quiet small" id="reason-note">You need not say; <bdi>${organization.legalName}</bdi> will read it.</p>
<textarea id="reason" name="reason" rows="3" maxlength="1000" aria-describedby="reason-note"></textarea></div>
<p class="quiet small">Declining ends this version of the offer for everybody who was to sign it.</p>
<p class="actions"><button type="submit" class="button refuse">Decline the offer</button></p>
</form>
</details>`;

const checkedIf = (isChecked: boolean): Html => (isChecked ? html` checked` : NOTHING);

/** The field takes the focus, and so brings itself into view. */
const describedBy = (problem: SignatureProblem | null, id: string): Html =>
  problem ? html` aria-invalid="true" aria-describedby="${id}" autofocus` : NOTHING;

const fieldProblem = (problem: SignatureProblem | null, id: string): Html =>
  problem ? html`<p class="problem" id="${id}">${wordsOfProblem(problem)}</p>` : NOTHING;

function summary(problems: readonly SignatureProblem[]): Html {
  if (problems.length === 0) return NOTHING;
  const sentences = problems.map((problem) => html`<li>${wordsOfProblem(problem)}</li>`);
  return html`<div class="notice bad" role="alert" data-said><p><strong>Nothing is signed yet.</strong></p><ul>${sentences}</ul></div>`;
}

/** Stays at the bottom of the window while the form is not in view. */
export const stickyBar = ({ signing }: OpenedLink, { validUntil }: Pick<OfferDocument, "validUntil">): Html =>
  html`<div class="bar no-print" data-bar><div class="wrap"><p><strong>${signing.quote.number}</strong>${
    validUntil === null ? NOTHING : html`<br><span class="quiet small">until ${validUntil}</span>`
  }</p><a class="button primary" href="#sign">Sign below</a></div></div>`;
