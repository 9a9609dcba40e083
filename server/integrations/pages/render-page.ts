import type { OfferLocale, OfferSeller } from "../pdf/offer-document";
import { Html, html, NOTHING } from "./html";
import { pageStyle } from "./page-style";

export type Page = {
  title: string;
  locale: OfferLocale;
  /** null: a page that must not say whose it is, such as that of a link that leads nowhere */
  seller: Pick<OfferSeller, "legalName" | "brandColour" | "logo"> | null;
  /** Beside the seller's name. */
  aside: Html | null;
  skip: { label: string; to: string } | null;
  main: Html;
  footer: Html | null;
  /** The policy lets run and look only what bears it. */
  nonce: string;
  /** Runs at the end of the page. */
  script: string | null;
};

/** A whole page in the seller's colours, with nothing fetched from anywhere. */
export const renderPage = (page: Page): string => {
  const { title, locale, seller, aside, skip, main, footer, nonce, script } = page;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${seller ? `${title} · ${seller.legalName}` : title}</title>
<style nonce="${nonce}">${new Html(pageStyle(seller?.brandColour ?? null))}</style>
</head>
<body>
${skip ? html`<a class="skip" href="#${skip.to}">${skip.label}</a>` : NOTHING}
<div class="band"></div>
<header class="wrap top">${seller ? sellerName(seller) : NOTHING}${aside}</header>
<main class="wrap" id="main" tabindex="-1">${main}</main>
<footer class="wrap">${footer}</footer>
${script === null ? NOTHING : html`<script nonce="${nonce}">${new Html(inScript(script))}</script>`}
</body>
</html>
`.markup;
};

const sellerName = ({ legalName, logo }: NonNullable<Page["seller"]>): Html => {
  if (logo) {
    const address = `data:${logo.contentType};base64,${logo.content.toString("base64")}`;
    return html`<div class="seller"><img src="${address}" alt="${legalName}"></div>`;
  }
  const initial = /\p{L}|\p{N}/u.exec(legalName)?.[0]?.toUpperCase() ?? "";
  return html`<div class="seller"><span class="mark" aria-hidden="true">${initial}</span><bdi>${legalName}</bdi></div>`;
};

/** Nothing in a script can end its element. */
const inScript = (script: string): string =>
  script.replace(/<\/(?=script)|<!--/gi, (found) => found.replace("<", "\\x3c"));
