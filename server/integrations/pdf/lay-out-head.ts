import { brandColours } from "./brand-colour";
import {
  alongside,
  block,
  body,
  type Desk,
  hairline,
  ink,
  isPayable,
  label,
  leftText,
  margin,
  name,
  panel,
  quiet,
  rightText,
  rule,
  type Style,
  small,
  stack,
} from "./desk";
import { formatDay, formatPeriod } from "./format-day";
import type { Block, Mark } from "./paginate";
import type { Line } from "./set-text";

/** The seller's mark on the left, what this is on the right. */
export const masthead = (desk: Desk): Block => {
  const { document, words } = desk;
  const { brand, onBrand } = brandColours(document.seller.brandColour);
  const marks: Mark[] = [{ type: "box", x: 0, y: -margin, width: desk.width, height: 5, colour: brand, radius: 0 }];
  const logo: Style = { size: 14, weight: "semibold", colour: ink, leading: 18 };
  const title: Style = { size: 22, weight: "semibold", colour: ink, leading: 26 };
  const number: Style = { size: 10, weight: "regular", colour: quiet, leading: 14 };

  const logoText = (document.seller.logoText ?? document.seller.legalName).trim();
  const initial = /\p{L}|\p{N}/u.exec(logoText)?.[0]?.toUpperCase() ?? "";
  const letter: Style = { size: 13, weight: "semibold", colour: onBrand, leading: 26 };
  const initialLine = desk.line(initial, letter);
  marks.push({ type: "box", x: desk.left, y: 0, width: 26, height: 26, colour: brand, radius: 6 });
  marks.push(leftText(initialLine, letter, desk.left + 13 - initialLine.width / 2, 0, null));
  const logoLines = desk.clamped(logoText, logo, 240, 2);
  const logoTop = logoLines.length > 1 ? 0 : 4;
  stack(marks, logoLines, logo, { x: desk.left + 36, y: logoTop, element: desk.element("P") });

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
export const parties = (desk: Desk): Block => {
  const { document, words } = desk;
  const marks: Mark[] = [];
  const columns = { customer: desk.left, seller: desk.left + 176, facts: desk.left + 330 };
  const widths = { customer: 160, seller: 136, facts: desk.right - columns.facts };

  const party = (
    at: { x: number; width: number; title: string; legalName: string; addressLines: readonly string[] },
    facts: readonly (readonly [string, string | null])[],
  ): number => {
    const element = desk.element("Sect");
    let y = stack(marks, [desk.line(at.title, label)], label, { x: at.x, y: 0, element: desk.element("H2", element) });
    const put = (text: string, style: Style, lines: number) => {
      y = stack(marks, desk.clamped(text, style, at.width, lines), style, {
        x: at.x,
        y,
        element: desk.element("P", element),
      });
    };
    y += 3;
    put(at.legalName, name, 8);
    for (const line of at.addressLines.slice(0, 9)) put(line, body, 3);
    y += 4;
    for (const [title, value] of facts) if (value) put(title ? `${title} ${value}` : value, small, 3);
    return y;
  };

  const { customer, seller } = document;
  const heights = [
    party({ ...customer, x: columns.customer, width: widths.customer, title: words.billedTo }, [
      ["", customer.contact],
      [words.taxId, customer.taxId],
    ]),
    party({ ...seller, x: columns.seller, width: widths.seller, title: words.from }, [
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
    [words.reason, document.reason ? words.reasons[document.reason] : null],
    [words.replaces, document.replacedNumber ?? null],
    [words.poNumber, document.poNumber],
    [words.currency, document.currency.code],
  ];
  let y = 0;
  const element = desk.element("Sect");
  const valueStyle: Style = { ...body, size: 8.5, leading: 16 };
  for (const [title, value] of facts) {
    if (!value) continue;
    const paragraph = desk.element("P", element);
    const titleLine = desk.line(title, { ...small, leading: 16 });
    marks.push(leftText(titleLine, { ...small, leading: 16 }, columns.facts, y, paragraph));
    const lines = desk.clamped(value, valueStyle, widths.facts - titleLine.width - 12, 4);
    for (const [index, line] of lines.entries()) {
      marks.push(rightText(line, valueStyle, desk.right, y + index * 12, paragraph));
    }
    y += Math.max(1, lines.length - 1) * 12 + (lines.length > 1 ? 16 : 4);
    marks.push(rule(columns.facts, y - 0.4, widths.facts));
  }
  return block(Math.max(...heights, y) + 18, marks);
};

/** The answer to the reader's first question: how much, until when. */
export const duePanel = (desk: Desk): Block => {
  const { document, words } = desk;
  const { brand } = brandColours(document.seller.brandColour);
  const element = desk.element("Sect");
  const big: Style = { size: 20, weight: "semibold", colour: ink, leading: 26 };
  const middle: Style = { size: 12, weight: "semibold", colour: ink, leading: 26 };
  const height = 58;
  const marks: Mark[] = [
    { type: "box", x: desk.left, y: 0, width: desk.contentWidth, height, colour: panel, radius: 6 },
    { type: "box", x: desk.left, y: 12, width: 3, height: height - 24, colour: brand, radius: 1.5 },
  ];
  const put = (x: number, title: string, value: Line, style: Style, code: string | null) => {
    const paragraph = desk.element("P", element);
    marks.push(leftText(desk.line(title, small), small, x, 9.5, paragraph));
    marks.push(alongside(value, style, x, 22.5, big, paragraph));
    if (code) marks.push(alongside(desk.line(code, small), small, x + value.width + 6, 22.5, big, paragraph));
  };

  const amount = document.totals.amountDue ?? document.totals.gross;
  const title = document.totals.amountDue === null ? words.amountCredited : words.amountDue;
  const amountLine = desk.line(desk.amountWithSign(amount), big);
  put(desk.left + 18, title, amountLine, big, document.currency.code);

  const second = Math.max(desk.left + 190, desk.left + 18 + amountLine.width + 46);
  const isDue = isPayable(document);
  const dueLine = desk.line(isDue && document.dueOn ? formatDay(document.dueOn, words) : words.nothingToPay, middle);
  if (isDue && document.dueOn) put(second, words.dueOn, dueLine, middle, null);
  if (!isDue && document.totals.amountDue !== null) put(second, words.payment, dueLine, middle, null);
  const third = Math.max(desk.left + 342, second + dueLine.width + 24);
  if (isDue && document.number && third < desk.right - 60) {
    const reference = desk.clamped(document.number, middle, desk.right - 14 - third, 1)[0];
    if (reference) put(third, words.reference, reference, middle, null);
  }
  return block(height + 18, marks);
};
