import type {
  OfferChange,
  OfferDocument,
  OfferFact,
  OfferLine,
  OfferPhase,
  OfferTotal,
  OfferTotals,
} from "../pdf/offer-document";
import { type OfferWords, offerWords } from "../pdf/offer-words";
import { type Html, html, NOTHING } from "./html";
import { renderPage } from "./render-page";

/**
 * What whoever serves the page adds to it. A strict content security policy lets nothing inline pass but what bears the
 * nonce, so slots have no `style` and no `on…` attributes.
 */
export type OfferPageSlots = {
  /** Of the response: `style-src 'nonce-…'; script-src 'nonce-…'; img-src data:`. */
  nonce: string;
  /** Above the offer: expired, signed, whose turn it is. */
  banner: Html | null;
  /** After the offer: the forms to sign and to decline. */
  actions: Html | null;
  /** Below everything. */
  footer: Html | null;
  /** Where the PDF can be had. */
  pdfUrl: string | null;
  /** Runs at the end of the page. */
  script: string | null;
};

/** The whole page of an offer: the content of its PDF, on a phone, a desk or paper, with nothing fetched from anywhere. */
export const renderOfferHtml = (document: OfferDocument, slots: OfferPageSlots): string => {
  const words = offerWords[document.locale];
  const { seller } = document;
  return renderPage({
    title: `${words.kind[document.kind]} ${document.number} · ${document.title}`,
    locale: document.locale,
    seller,
    aside: slots.pdfUrl
      ? html`<nav class="no-print" aria-label="${words.document}"><a class="button" href="${slots.pdfUrl}">${words.downloadPdf}</a></nav>`
      : null,
    skip: { label: words.skipToContent, to: "main" },
    main: html`${slots.banner}
<article class="paper" aria-labelledby="title">${article(document, words)}</article>
${slots.actions ? html`<div class="paper actions-slot">${slots.actions}</div>` : NOTHING}`,
    footer: html`<p><bdi>${seller.legalName}</bdi>${seller.taxNumber ? ` · ${words.taxNumber} ${seller.taxNumber}` : ""}</p>${slots.footer}`,
    nonce: slots.nonce,
    script: slots.script,
  });
};

const article = (document: OfferDocument, words: OfferWords): Html => html`
<header>
<p class="overline">${words.kind[document.kind]} ${document.number} · ${words.version(document.version)} ${
  document.mark ? html`<span class="chip">${words.mark[document.mark]}</span>` : NOTHING
}</p>
<h1 id="title"><bdi>${document.title}</bdi></h1>
${parties(document, words)}
${highlights(document)}
</header>
${document.introduction ? html`<section>${texts(document.introduction)}</section>` : NOTHING}
${facts(words.terms, document.terms)}
${changes(document.changes, words)}
${prices(document.phases, words)}
${commitments(document, words)}
${document.totals ? totals(document.totals, words) : NOTHING}
${invoices(document, words)}
${text(words.notes, document.notes)}
${text(words.closing, document.closing)}
${signers(document, words)}`;

// ── Head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const parties = (
  { customer, seller, issuedOn, validUntil, number, version }: OfferDocument,
  words: OfferWords,
): Html => {
  const lines = (texts: readonly (string | null)[]) =>
    texts.map((line) => (line ? html`<div><bdi>${line}</bdi></div>` : NOTHING));
  return html`<div class="columns">
<div><h2 class="label">${words.preparedFor}</h2><div class="name"><bdi>${customer.legalName}</bdi></div>${lines(customer.addressLines)}
<div class="quiet small">${lines([customer.contact?.name ?? null, customer.contact?.email ?? null])}${lines([customer.taxId && `${words.taxId} ${customer.taxId}`])}</div></div>
<div><h2 class="label">${words.preparedBy}</h2><div class="name"><bdi>${seller.legalName}</bdi></div>${lines(seller.addressLines)}
<div class="quiet small">${lines([seller.taxNumber && `${words.taxNumber} ${seller.taxNumber}`])}</div></div>
<dl class="facts compact">${(
    [
      [words.issuedOn, issuedOn],
      [words.validUntil, validUntil],
      [words.number, number],
      [words.versionLabel, String(version)],
    ] as const
  ).map(([label, value]) => (value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : NOTHING))}</dl>
</div>`;
};

const highlights = ({ highlights: shown }: OfferDocument): Html => {
  if (shown.length === 0) return NOTHING;
  const notes = [...new Set(shown.flatMap(({ note }) => note ?? []))];
  return html`<dl class="highlights">${shown.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${notes.map((note) => html`<p class="remarks">${note}</p>`)}`;
};

const section = (title: string, content: Html): Html => html`<section><h2>${title}</h2>${content}</section>`;

/** Paragraphs as they were written. */
const texts = (written: string): readonly Html[] =>
  written
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => html`<p class="text" dir="auto">${paragraph}</p>`);

const text = (title: string, written: string | null): Html =>
  written?.trim() ? section(title, html`<div>${texts(written)}</div>`) : NOTHING;

const facts = (title: string, shown: readonly OfferFact[]): Html =>
  shown.length === 0
    ? NOTHING
    : section(
        title,
        html`<dl class="facts">${shown.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`,
      );

// ── Prices ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const prices = (phases: readonly OfferPhase[], words: OfferWords): Html =>
  phases.length === 0
    ? NOTHING
    : section(
        words.prices,
        html`<div>${phases.map((phase, index) => phaseOf(phase, index, tableOf(phases), words))}</div>`,
      );

/** What the tables of all phases have in common. */
type PhaseTable = { readonly isOneOfSeveral: boolean /** Some line has a quantity. */; readonly isCounted: boolean };

const tableOf = (phases: readonly OfferPhase[]): PhaseTable => ({
  isOneOfSeveral: phases.length > 1,
  isCounted: phases.some(({ lines }) => lines.some(({ quantity }) => quantity !== null)),
});

const phaseOf = (
  phase: OfferPhase,
  index: number,
  { isOneOfSeveral, isCounted }: PhaseTable,
  words: OfferWords,
): Html => {
  const { name, days, lines, total } = phase;
  return html`<div class="phase">
<div class="phase-head"><h3 id="phase-${index}"><bdi>${name}</bdi></h3><span class="quiet small">${days}</span></div>
<table class="lines stack" role="table" aria-labelledby="phase-${index}">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.item}</th><th role="columnheader" scope="col" class="price">${words.price}</th>${
    isCounted ? html`<th role="columnheader" scope="col" class="figure quantity">${words.quantity}</th>` : NOTHING
  }<th role="columnheader" scope="col" class="figure amount">${words.amount}</th></tr></thead>
<tbody role="rowgroup">${
    lines.length === 0
      ? html`<tr role="row"><td role="cell" colspan="${isCounted ? 4 : 3}" class="quiet">${words.noLines}</td></tr>`
      : lines.map((line) => lineOf(line, isCounted, words))
  }
${
  total && isOneOfSeveral
    ? html`<tr role="row" class="total"><th role="rowheader" scope="row" colspan="${isCounted ? 3 : 2}">${words.phaseTotal}${
        total.list === total.net
          ? NOTHING
          : html` <span class="quiet small">${words.listAndDiscount(total.list, total.discount)}</span>`
      }</th><td role="cell" class="figure">${total.net}</td></tr>`
    : NOTHING
}</tbody>
</table>
</div>`;
};

const lineOf = (line: OfferLine, isCounted: boolean, words: OfferWords): Html => {
  const { description, price, details, quantity, amount, per, listAmount, isByUsage } = line;
  return html`<tr role="row">
<th role="rowheader" scope="row"><span class="item"><bdi>${description}</bdi></span>${details.map((detail) => html`<div class="quiet small">${detail}</div>`)}</th>
<td role="cell" data-label="${words.price}" class="price"><div>${price.map((sentence) => html`<div>${sentence}</div>`)}</div></td>
${isCounted ? quantityOf(quantity, words) : NOTHING}
<td role="cell" data-label="${words.amount}" class="figure"><div><span class="${isByUsage ? "quiet" : "item"}">${amount}</span>${
    per ? html` <span class="quiet small per">${per}</span>` : NOTHING
  }${listAmount ? html`<div class="quiet small">${words.list(listAmount)}</div>` : NOTHING}</div></td>
</tr>`;
};

const quantityOf = (quantity: string | null, words: OfferWords): Html =>
  quantity === null
    ? html`<td role="cell"></td>`
    : html`<td role="cell" data-label="${words.quantity}" class="figure">${quantity}</td>`;

const changes = (shown: readonly OfferChange[], words: OfferWords): Html =>
  shown.length === 0
    ? NOTHING
    : section(
        words.changes,
        html`<div>${shown.map(
          ({ subject, sentence, details, days }) =>
            html`<div class="change"><h3><bdi>${subject}</bdi></h3><p>${sentence}</p>${details.map(
              (detail) => html`<p>${detail}</p>`,
            )}${days ? html`<p class="quiet small">${days}</p>` : NOTHING}</div>`,
        )}</div>`,
      );

const commitments = ({ commitments: shown }: OfferDocument, words: OfferWords): Html =>
  shown.length === 0
    ? NOTHING
    : section(
        words.commitments,
        html`<dl class="facts">${shown.map(
          ({ kind, description, sentence }) =>
            html`<div><dt>${kind}</dt><dd class="item"><bdi>${description}</bdi></dd><dd>${sentence}</dd></div>`,
        )}</dl>`,
      );

// ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const totals = ({ phases, years, total, remarks }: OfferTotals, words: OfferWords): Html => {
  const figure = (label: string, amount: string) =>
    html`<td role="cell" class="figure" data-label="${label}">${amount}</td>`;
  const row = (of: OfferTotal, isTotal: boolean) => html`<tr role="row"${isTotal ? html` class="total"` : NOTHING}>
<th role="rowheader" scope="row"><bdi>${of.name}</bdi>${of.days ? html`<div class="quiet small">${of.days}</div>` : NOTHING}</th>
${figure(words.atList, of.list)}${figure(words.discount, of.discount)}${figure(words.net, of.net)}</tr>`;
  const group = (title: string, rows: readonly OfferTotal[]) =>
    rows.length < 2
      ? NOTHING
      : html`<tbody role="rowgroup"><tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="4">${title}</th></tr>${rows.map((of) => row(of, false))}</tbody>`;
  const head = (title: string) => html`<th role="columnheader" scope="col" class="figure">${title}</th>`;
  return html`<section><h2 id="totals">${words.totals}</h2>
<table class="totals stack" role="table" aria-labelledby="totals">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.period}</th>${head(words.atList)}${head(words.discount)}${head(words.net)}</tr></thead>
${group(words.byPhase, phases)}${group(words.byYear, years)}<tbody role="rowgroup">${row(total, true)}</tbody>
</table>${remarksOf(remarks)}</section>`;
};

const remarksOf = (remarks: readonly string[]): Html =>
  html`<div class="remarks">${remarks.map((remark) => html`<p>${remark}</p>`)}</div>`;

const invoices = ({ invoices: shown }: OfferDocument, words: OfferWords): Html =>
  !shown || shown.invoices.length === 0
    ? NOTHING
    : html`<section><h2 id="invoices">${words.invoices}</h2>
<table class="invoices" aria-labelledby="invoices">
<thead><tr><th scope="col">${words.invoiceOn}</th><th scope="col" class="figure">${words.amount}</th></tr></thead>
<tbody>${shown.invoices.map(
        ({ on, amount }) => html`<tr><th scope="row">${on}</th><td class="figure">${amount}</td></tr>`,
      )}</tbody>
</table>${remarksOf(shown.remarks)}</section>`;

const signers = ({ signers: shown }: OfferDocument, words: OfferWords): Html =>
  shown.every(({ name }) => name === null)
    ? NOTHING
    : section(
        words.signers,
        html`<ol class="signers">${shown.map(
          ({ name, title, company }) =>
            html`<li>${name ? html`<div class="item"><bdi>${name}</bdi></div>` : NOTHING}${
              title ? html`<div>${title}</div>` : NOTHING
            }<div class="quiet small"><bdi>${company}</bdi></div></li>`,
        )}</ol>`,
      );
