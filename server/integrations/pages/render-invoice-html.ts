import { formatAmount, formatAmountWithSign, formatPercent } from "../pdf/format-amount";
import { formatDay, formatPeriod } from "../pdf/format-day";
import type { InvoiceDocument, InvoiceLine, InvoiceLineGroup } from "../pdf/invoice-document";
import { type InvoiceWords, invoiceWords } from "../pdf/invoice-words";
import { type Html, html, NOTHING } from "./html";
import { renderPage } from "./render-page";

/** How the customer stands with a document. Amounts are decimal text in its currency. */
export type InvoiceStanding =
  | { readonly kind: "due"; readonly due: string; readonly settled: string }
  | { readonly kind: "overdue"; readonly due: string; readonly settled: string; readonly days: number }
  | { readonly kind: "paid" | "nothing_to_pay" | "void" }
  | { readonly kind: "replaced"; readonly creditNoteNumbers: readonly string[] };

export type InvoicePage = {
  readonly document: InvoiceDocument;
  readonly standing: InvoiceStanding;
  /** Issued over it since, with amounts above zero. */
  readonly creditNotes: readonly { readonly number: string; readonly issuedOn: string; readonly gross: string }[];
  /** Of lines that bill usage; figures ready to print. */
  readonly usage: readonly UsageTable[];
  readonly pdfUrl: string;
  /** The usage as a file; null: there is none. */
  readonly usageUrl: string | null;
  /** Of the response; the content security policy lets nothing inline pass but what bears it. */
  readonly nonce: string;
};

export type UsageTable = {
  readonly title: string;
  readonly rows: readonly { readonly day: string; readonly quantity: string; readonly events: string }[];
  readonly total: string | null;
  /** Said under the table. */
  readonly remark: string | null;
};

/** The whole page of an issued invoice or credit note: the content of its PDF, and where it stands today. */
export const renderInvoiceHtml = (page: InvoicePage): string => {
  const { document, standing, pdfUrl, usageUrl, nonce } = page;
  const words = invoiceWords[document.locale];
  const { seller } = document;
  const title = `${words.kind[document.kind]} ${document.number}`;
  return renderPage({
    title,
    locale: document.locale,
    seller: { legalName: seller.logoText ?? seller.legalName, brandColour: seller.brandColour, logo: null },
    aside: html`<nav class="no-print" aria-label="Document"><a class="button" href="${pdfUrl}">Download PDF</a></nav>`,
    skip: { label: "Skip to the document", to: "main" },
    main: html`${bannerOf(standing, document, words)}
<article class="paper" aria-labelledby="title">
<header>
<p class="overline">${words.kind[document.kind]}${document.mark ? html` <span class="chip">${words.mark[document.mark]}</span>` : NOTHING}</p>
<h1 id="title" class="number"><bdi>${document.number}</bdi></h1>
${parties(document, words)}
${highlights(page, words)}
</header>
${lines(document, words)}
${totals(page, words)}
${creditNotes(page, words)}
${payment(page, words)}
${usage(page.usage, usageUrl)}
${document.memo?.trim() ? html`<section><h2>${words.memo}</h2><p class="text" dir="auto">${document.memo}</p></section>` : NOTHING}
</article>`,
    footer: html`<p><bdi>${seller.legalName}</bdi>${seller.taxNumber ? ` · ${words.taxNumber} ${seller.taxNumber}` : ""}</p>`,
    nonce,
    script: null,
  });
};

const money = (amount: string, { currency }: InvoiceDocument, words: InvoiceWords): string => {
  const text = formatAmountWithSign(amount, currency, words);
  return /\p{Sc}/u.test(text) ? text : `${currency.code} ${text}`;
};

const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

// ── Where it stands ──────────────────────────────────────────────────────────────────────────────────────────────────

function bannerOf(standing: InvoiceStanding, document: InvoiceDocument, words: InvoiceWords): Html {
  const settledSo = (settled: string) =>
    /[1-9]/.test(settled) ? ` ${money(settled, document, words)} is settled already.` : "";
  switch (standing.kind) {
    case "due":
      return /[1-9]/.test(standing.settled)
        ? notice(
            "",
            "Partly paid",
            `${money(standing.due, document, words)} is still due.${settledSo(standing.settled)}`,
          )
        : NOTHING;
    case "overdue":
      return notice(
        "bad",
        `Overdue for ${days(standing.days)}`,
        `${money(standing.due, document, words)} was due on ${document.dueOn ? formatDay(document.dueOn, words) : ""}.${settledSo(standing.settled)} If you have paid in the meantime, there is nothing more to do.`,
      );
    case "paid":
      return notice("good", "Paid", "Thank you: nothing is left to pay for this invoice.");
    case "void":
      return notice("bad", "Void", "This document was withdrawn. Do not pay it; its number is not used again.");
    case "replaced":
      return notice(
        "",
        "Credited in full",
        `Credit note ${standing.creditNoteNumbers.join(", ")} takes this invoice back, so nothing is to be paid for it.`,
      );
    case "nothing_to_pay":
      return NOTHING;
  }
}

const notice = (tone: "good" | "bad" | "", title: string, text: string): Html =>
  html`<section class="notice ${tone}" aria-labelledby="standing"><h2 id="standing">${title}</h2><p>${text}</p></section>`;

const highlights = ({ document, standing }: InvoicePage, words: InvoiceWords): Html => {
  const { totals: sums, dueOn, number, kind } = document;
  const isOwed = standing.kind === "due" || standing.kind === "overdue";
  const entries: [string, string | null][] = [
    kind === "credit_note"
      ? [words.amountCredited, money(sums.gross, document, words)]
      : [words.amountDue, money(isOwed ? standing.due : "0", document, words)],
    [words.dueOn, isOwed && dueOn ? formatDay(dueOn, words) : null],
    [words.reference, isOwed ? number : null],
  ];
  return html`<dl class="highlights">${entries.map(([label, value]) =>
    value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : NOTHING,
  )}</dl>`;
};

// ── Head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const parties = (document: InvoiceDocument, words: InvoiceWords): Html => {
  const { customer, seller } = document;
  const day = (on: string | null | undefined) => (on ? formatDay(on, words) : null);
  const facts: readonly (readonly [string, string | null])[] = [
    [words.issuedOn, day(document.issuedOn)],
    [words.taxPointOn, document.taxPointOn === document.issuedOn ? null : day(document.taxPointOn)],
    [words.servicePeriod, document.servicePeriod && formatPeriod(document.servicePeriod, words)],
    [words.corrects, document.correctedNumbers.join(", ") || null],
    [words.reason, reasonOf(document, words)],
    [words.replaces, document.replacedNumber ?? null],
    [words.poNumber, document.poNumber],
    [words.amendedOn, day(document.amendedOn)],
  ];
  return html`<div class="columns">
<div><h2 class="label">${words.billedTo}</h2><div class="name"><bdi>${customer.legalName}</bdi></div>${textLines(customer.addressLines)}
<div class="quiet small">${textLines([customer.contact, customer.taxId && `${words.taxId} ${customer.taxId}`])}</div></div>
<div><h2 class="label">${words.from}</h2><div class="name"><bdi>${seller.legalName}</bdi></div>${textLines(seller.addressLines)}
<div class="quiet small">${textLines([seller.taxNumber && `${words.taxNumber} ${seller.taxNumber}`])}</div></div>
<dl class="facts compact">${facts.map(([label, value]) =>
    value ? html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>` : NOTHING,
  )}</dl>
</div>`;
};

const reasonOf = ({ reason, reasonText }: InvoiceDocument, words: InvoiceWords): string | null =>
  [reason ? words.reasons[reason] : null, reasonText ?? null].filter((text) => text !== null).join(": ") || null;

const textLines = (texts: readonly (string | null)[]): readonly Html[] =>
  texts.map((line) => (line ? html`<div><bdi>${line}</bdi></div>` : NOTHING));

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const lines = (document: InvoiceDocument, words: InvoiceWords): Html => {
  const { groups, currency } = document;
  return html`<section><h2 id="lines">Charges</h2>
<table class="charges stack" role="table" aria-labelledby="lines">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.description}</th><th role="columnheader" scope="col" class="figure quantity">${words.quantity}</th><th role="columnheader" scope="col" class="figure price">${words.unitPrice}</th><th role="columnheader" scope="col" class="figure tax">${words.tax}</th><th role="columnheader" scope="col" class="figure amount">${words.net} ${currency.code}</th></tr></thead>
${
  groups.length === 0
    ? html`<tbody role="rowgroup"><tr role="row"><td role="cell" colspan="5" class="quiet">${words.noLines}</td></tr></tbody>`
    : groups.map((group) => groupOf(group, document, words))
}</table></section>`;
};

const groupOf = (group: InvoiceLineGroup, document: InvoiceDocument, words: InvoiceWords): Html => {
  const isSaidByItsLine = group.lines.length === 1 && group.lines[0]?.description === group.title;
  const title =
    group.title && !isSaidByItsLine
      ? html`<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="5"><bdi>${group.title}</bdi>${
          group.net === null
            ? NOTHING
            : html` <span class="quiet">· ${formatAmount(group.net, document.currency, words)}</span>`
        }</th></tr>`
      : NOTHING;
  return html`<tbody role="rowgroup">${title}${group.lines.map((line) => lineOf(line, document, words))}</tbody>`;
};

const lineOf = (line: InvoiceLine, { currency }: InvoiceDocument, words: InvoiceWords): Html => {
  const figure = (label: string, text: string | null) =>
    text === null
      ? html`<td role="cell"></td>`
      : html`<td role="cell" class="figure" data-label="${label}">${text}</td>`;
  return html`<tr role="row">
<th role="rowheader" scope="row"><span class="item"><bdi>${line.description}</bdi></span>${
    line.servicePeriod ? html`<div class="quiet small">${formatPeriod(line.servicePeriod, words)}</div>` : NOTHING
  }${
    line.explanation.length > 0
      ? html`<ul class="why small">${line.explanation.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
      : NOTHING
  }</th>
${figure(words.quantity, line.quantity)}${figure(words.unitPrice, line.unitPrice)}${figure(
  words.tax,
  line.taxPercent === null ? null : formatPercent(line.taxPercent, words),
)}${figure(words.net, formatAmount(line.net, currency, words))}
</tr>`;
};

// ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const totals = ({ document, standing }: InvoicePage, words: InvoiceWords): Html => {
  const { totals: sums, currency } = document;
  const rows: { label: string; amount: string; note?: string | null; isTotal?: boolean }[] = [
    { label: words.netTotal, amount: formatAmount(sums.net, currency, words) },
    ...sums.taxes.map(({ name, percent, taxable, amount, note }) => ({
      label: words.taxOn(name, formatPercent(percent, words), formatAmount(taxable, currency, words)),
      amount: formatAmount(amount, currency, words),
      note,
    })),
    { label: `${words.gross} ${currency.code}`, amount: money(sums.gross, document, words), isTotal: true },
  ];
  const { taxInBase } = sums;
  if (taxInBase) {
    rows.push({
      label: words.taxInBase(taxInBase.name, taxInBase.currency.code),
      amount: formatAmount(taxInBase.amount, taxInBase.currency, words),
      note: words.rate(
        currency.code,
        taxInBase.currency.code,
        taxInBase.rate,
        taxInBase.source,
        formatDay(taxInBase.rateOn, words),
      ),
    });
  }
  if ((standing.kind === "due" || standing.kind === "overdue") && /[1-9]/.test(standing.settled)) {
    rows.push({ label: "Settled so far", amount: formatAmount(`-${standing.settled}`, currency, words) });
    const amount = money(standing.due, document, words);
    rows.push({ label: `${words.amountDue} ${currency.code}`, amount, isTotal: true });
  }
  return html`<section><h2 id="totals">Totals</h2>
<table class="sums" aria-labelledby="totals"><tbody>${rows.map(
    ({ label, amount, note, isTotal }) =>
      html`<tr${isTotal ? html` class="total"` : NOTHING}><th scope="row">${label}${note ? html`<div class="quiet small">${note}</div>` : NOTHING}</th><td class="figure">${amount}</td></tr>`,
  )}</tbody></table></section>`;
};

const creditNotes = ({ creditNotes: shown, document }: InvoicePage, words: InvoiceWords): Html =>
  shown.length === 0
    ? NOTHING
    : html`<section><h2 id="notes">Credit notes</h2>
<table class="sums" aria-labelledby="notes"><thead><tr><th scope="col">Credit note</th><th scope="col" class="figure">${words.amountCredited}</th></tr></thead>
<tbody>${shown.map(
        ({ number, issuedOn, gross }) =>
          html`<tr><th scope="row"><span class="item">${number}</span><div class="quiet small">${formatDay(issuedOn, words)}</div></th><td class="figure">${money(gross, document, words)}</td></tr>`,
      )}</tbody></table></section>`;

const payment = ({ document, standing }: InvoicePage, words: InvoiceWords): Html => {
  const isOwed = standing.kind === "due" || standing.kind === "overdue";
  if (!isOwed) return NOTHING;
  const facts = document.seller.bankDetails.map((line) => {
    const [, label, value] = /^([^:]{1,32}):\s+(.+)$/s.exec(line) ?? [];
    return label && value ? { label, value: inFours(value) } : { label: "Bank", value: line };
  });
  const all = [
    ...facts,
    { label: words.reference, value: document.number ?? "" },
    { label: words.amountDue, value: money(standing.due, document, words) },
  ];
  return html`<section class="how-to-pay"><h2>${words.paymentDetails}</h2>
<dl class="facts">${all.map(({ label, value }) => html`<div><dt>${label}</dt><dd class="item"><bdi>${value}</bdi></dd></div>`)}</dl></section>`;
};

/** An IBAN as people read it, so that it wraps where it may. */
const inFours = (value: string): string =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(value) ? value.replace(/(.{4})(?=.)/g, "$1 ") : value;

const usage = (tables: readonly UsageTable[], url: string | null): Html =>
  tables.length === 0
    ? NOTHING
    : html`<section><h2>Usage by day</h2><div>${tables.map(
        ({ title, rows, total, remark }, index) => html`<details>
<summary><span id="usage-${index}">${title}</span> <span class="quiet">${total === null ? NOTHING : `${total} on `}${days(rows.length)}</span></summary>
<table class="usage" aria-labelledby="usage-${index}"><thead><tr><th scope="col">Day</th><th scope="col" class="figure">Quantity</th><th scope="col" class="figure">Events</th></tr></thead>
<tbody>${rows.map(
          ({ day, quantity, events }) =>
            html`<tr><th scope="row">${day}</th><td class="figure">${quantity}</td><td class="figure">${events}</td></tr>`,
        )}</tbody></table>
${remark ? html`<p class="remarks">${remark}</p>` : NOTHING}</details>`,
      )}</div>${url ? html`<p class="no-print more"><a class="button" href="${url}">Download usage (CSV)</a></p>` : NOTHING}</section>`;
