import { block, hairline, ink, quiet, rightText, type Style } from "./desk";
import { formatDay, formatPeriod } from "./format-day";
import type { InvoiceDesk } from "./invoice-desk";
import { isPayable } from "./invoice-desk";
import type { Block, Mark } from "./paginate";
import { type PanelEntry, panelOf } from "./panel";
import { factColumn, partyColumn } from "./party-columns";
import { sellerMark } from "./seller-mark";

/** The seller's mark on the left, what this is on the right. */
export const masthead = (desk: InvoiceDesk): Block => {
  const { document, words } = desk;
  const { seller } = document;
  const title: Style = { size: 22, weight: "semibold", colour: ink, leading: 26 };
  const number: Style = { size: 10, weight: "regular", colour: quiet, leading: 14 };
  const marks = sellerMark(desk, { name: seller.logoText ?? seller.legalName, brandColour: seller.brandColour });

  marks.push(rightText(desk.line(words.kind[document.kind], title), title, desk.right, -1, desk.element("H1")));
  let y = 27;
  const numberElement = desk.element("P");
  for (const line of document.number ? desk.clamped(document.number, number, 200, 2) : []) {
    marks.push(rightText(line, number, desk.right, y, numberElement));
    y += number.leading;
  }
  if (document.mark) {
    const chip: Style = { size: 8, weight: "semibold", colour: ink, leading: 16 };
    const line = desk.line(words.mark[document.mark], chip);
    const width = line.width + 14;
    marks.push({ type: "box", x: desk.right - width, y: y + 3, width, height: 16, colour: hairline, radius: 4 });
    marks.push(rightText(line, chip, desk.right - 7, y + 3, desk.element("P")));
    y += 21;
  }
  return block(Math.max(y, 40) + 20, marks);
};

/** Who pays, who is paid, and the facts of the document, in three columns. */
export const parties = (desk: InvoiceDesk): Block => {
  const { document, words } = desk;
  const marks: Mark[] = [];
  const columns = { customer: desk.left, seller: desk.left + 176, facts: desk.left + 330 };
  const widths = { customer: 160, seller: 136, facts: desk.right - columns.facts };

  const { customer, seller } = document;
  const heights = [
    partyColumn(desk, marks, { ...customer, x: columns.customer, width: widths.customer, title: words.billedTo }, [
      ["", customer.contact],
      [words.taxId, customer.taxId],
    ]),
    partyColumn(desk, marks, { ...seller, x: columns.seller, width: widths.seller, title: words.from }, [
      [words.taxNumber, seller.taxNumber],
    ]),
  ];

  const day = (text: string | null) => text && formatDay(text, words);
  const facts: readonly (readonly [string, string | null])[] = [
    [words.issuedOn, day(document.issuedOn)],
    [words.taxPointOn, day(document.taxPointOn)],
    [words.dueOn, day(document.dueOn)],
    [words.servicePeriod, document.servicePeriod && formatPeriod(document.servicePeriod, words)],
    [words.corrects, document.correctedNumbers.join(", ") || null],
    [words.correctedOn, day(document.correctedOn ?? null)],
    [words.reason, reasonOf(document, words)],
    [words.replaces, document.replacedNumber ?? null],
    [words.poNumber, document.poNumber],
    [words.amendedOn, day(document.amendedOn ?? null)],
    [words.currency, document.currency.code],
  ];
  heights.push(factColumn(desk, marks, { x: columns.facts, width: widths.facts }, facts));
  return block(Math.max(...heights) + 18, marks);
};

/** "Price corrected: 0.08 was agreed" */
const reasonOf = ({ reason, reasonText }: InvoiceDesk["document"], words: InvoiceDesk["words"]): string | null =>
  [reason ? words.reasons[reason] : null, reasonText].filter((part) => part).join(": ") || null;

/** The answer to the reader's first question: how much, until when. */
export const duePanel = (desk: InvoiceDesk): Block => {
  const { document, words } = desk;
  const { totals, dueOn, number } = document;
  const isDue = isPayable(document);
  const amount = totals.amountDue ?? totals.gross;
  const title = totals.amountDue === null ? words.amountCredited : words.amountDue;
  const entries: PanelEntry[] = [{ title, value: desk.amountWithSign(amount), aside: document.currency.code }];
  if (isDue && dueOn) entries.push({ title: words.dueOn, value: formatDay(dueOn, words), aside: null });
  if (!isDue && totals.amountDue !== null)
    entries.push({ title: words.payment, value: words.nothingToPay, aside: null });
  if (isDue && number) entries.push({ title: words.reference, value: number, aside: null });
  return panelOf(desk, document.seller.brandColour, entries);
};
