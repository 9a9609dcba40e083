import type { LinkRefusal } from "../../domain/quote/signing";
import { html } from "../../integrations/pages/html";
import { noticePage } from "../../integrations/pages/notice-page";
import { renderOfferHtml } from "../../integrations/pages/render-offer-html";
import type { HostedPage } from "../../integrations/pages/send-page";
import type { OpenedLink } from "./open-link";
import { scriptTag, stylesLink } from "./page-assets";
import { offerOfRequest } from "./signature-request.store";
import { type FilledForm, signingForms, stickyBar } from "./signing-form";
import { standingBanner } from "./standing-banner";

/** The page of a link that leads somewhere: the offer with what can be done now, or why there is none to see. */
export async function offerPage(
  opened: OpenedLink,
  page: { readonly token: string; readonly filled: FilledForm | null },
): Promise<HostedPage> {
  const { signing, standing } = opened;
  if (!signing.request) throw new Error(`the version ${signing.version.id} has a link and was not sent`);
  const document = await offerOfRequest(signing.request.id);
  const isRefused = page.filled !== null;
  if (standing.kind === "superseded" || standing.kind === "voided" || standing.kind === "withdrawn") {
    return noticePage({ status: isRefused ? 409 : 200, ...GONE[standing.kind], seller: document.seller });
  }
  const isToSign = standing.kind === "to_sign";
  return {
    status: isRefused ? (page.filled.refusal === null ? 422 : 409) : 200,
    render: (nonce) =>
      renderOfferHtml(document, {
        nonce,
        banner: html`${stylesLink}${standingBanner(opened, page)}`,
        actions: isToSign ? signingForms(opened, page) : null,
        footer: html`${isToSign ? stickyBar(opened, document) : null}${scriptTag}`,
        pdfUrl: `/q/${page.token}/offer.pdf`,
        script: null,
      }),
  };
}

const GONE = {
  superseded: {
    title: "This version was replaced",
    text: "There is a newer version of this offer, so this one can no longer be signed. Look for a newer mail with its link, or ask whoever sent you this one.",
  },
  voided: {
    title: "This offer was taken back",
    text: "It can no longer be signed, and nothing is agreed by it. If you did not expect this, ask whoever sent it to you.",
  },
  withdrawn: {
    title: "This offer is not to be signed at present",
    text: "It was taken back for the moment. If you are to sign it again, you will get a new mail.",
  },
} as const;

/** The page of a link that leads nowhere. It says nothing of any offer. */
export function deadLinkPage({ code }: LinkRefusal | { readonly code: "LINK_UNKNOWN" }): HostedPage {
  switch (code) {
    case "LINK_UNKNOWN":
      return noticePage({
        status: 404,
        title: "There is nothing at this address",
        text: "The link may be incomplete: open it straight from the mail, or copy the whole of it into your browser.",
      });
    case "LINK_REVOKED":
      return noticePage({
        status: 410,
        title: "This link was taken back",
        text: "It no longer leads to the offer. If you still need it, ask whoever sent it to you for a new link.",
      });
    case "LINK_EXPIRED":
      return noticePage({
        status: 410,
        title: "This link has expired",
        text: "Links lead to an offer for a limited time. If you still need it, ask whoever sent it to you for a new link.",
      });
  }
}
