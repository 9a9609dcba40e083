import { type Html, html, NOTHING } from "../../integrations/pages/html";
import type { OpenedLink } from "./open-link";
import type { Signer } from "./signing";
import type { FilledForm } from "./signing-form";
import { formatInstant, listed, namesOf } from "./signing-words";

type Page = { readonly token: string; readonly filled: FilledForm | null };

/** Above the offer: where it stands for whoever looks at it, and what they can do. */
export const standingBanner = (opened: OpenedLink, page: Page): Html =>
  html`${refusalOf(page)}${standingOf(opened, page)}`;

const refusalOf = ({ filled }: Page): Html =>
  filled?.refusal ? html`<p class="notice bad" role="alert" data-said>${filled.refusal}</p>` : NOTHING;

function standingOf(opened: OpenedLink, { token }: Page): Html {
  const { standing } = opened;
  switch (standing.kind) {
    case "not_your_turn":
      return notice("", `It is not your turn yet, ${standing.signer.name}`, [
        html`<p>${firstOf(standing.waitingFor)} You will get a mail with a link as soon as it is your turn.</p>`,
      ]);
    case "signed_by_you":
      return notice("good", `Thank you, ${standing.signer.name}: you have signed`, [
        html`<p>Still to sign: ${namesOf(standing.waitingFor)}. Once everybody has signed, you get the signed document by mail.</p>`,
        signatures(opened),
      ]);
    case "signed":
      return notice("good", "Everybody has signed", [
        signatures(opened),
        html`<p><a class="button" href="/q/${token}/signed.pdf">Download the signed document</a></p>`,
      ]);
    case "declined":
      return notice("bad", "This offer was declined", [
        html`<p>It can no longer be signed. If that was a mistake, ask ${opened.organization.legalName} for a new version.</p>`,
      ]);
    case "expired":
      return notice("bad", "The last day of this offer is over", [
        html`<p>It can no longer be signed. If you still want it, ask ${opened.organization.legalName} for a new version.</p>`,
      ]);
    default:
      return NOTHING;
  }
}

const firstOf = (signers: readonly { readonly name: string }[]): string =>
  `${listed(signers.map(({ name }) => name))} ${signers.length === 1 ? "signs" : "sign"} first.`;

const notice = (tone: "good" | "bad" | "", title: string, content: readonly Html[]): Html =>
  html`<section class="notice ${tone}" role="status" id="standing" tabindex="-1">
<h2>${title}</h2>
${content}
</section>`;

/** Who signed when, the first first. */
function signatures({ signing, organization }: OpenedLink): Html {
  const signed = signing.signers.filter((signer): signer is Signer & { signedAt: Date } => signer.signedAt !== null);
  const inOrder = [...signed].sort((a, b) => a.signedAt.getTime() - b.signedAt.getTime());
  const when = ({ signedAt }: { readonly signedAt: Date }) => formatInstant(signedAt, organization.timeZone);
  return html`<ul class="signed-by">${inOrder.map(
    (signer) =>
      html`<li><strong><bdi>${signer.name}</bdi></strong>${signer.title === null ? NOTHING : html`, <bdi>${signer.title}</bdi>`}<br>signed on ${when(signer)}</li>`,
  )}</ul>`;
}
