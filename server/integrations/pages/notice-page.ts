import { html } from "./html";
import { type Page, renderPage } from "./render-page";
import type { HostedPage } from "./send-page";

/** A page with nothing but a few words. */
export function noticePage(notice: {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly seller?: Page["seller"];
}): HostedPage {
  const { status, title, text, seller = null } = notice;
  return {
    status,
    render: (nonce) =>
      renderPage({
        title,
        locale: "en-GB",
        seller,
        aside: null,
        skip: null,
        main: html`<div class="paper sentence"><h1>${title}</h1><p>${text}</p></div>`,
        footer: null,
        nonce,
        script: null,
      }),
  };
}
