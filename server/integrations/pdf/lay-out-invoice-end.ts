import { block, body, gap, ink, label, leftText, rightText, rule, type Style, small, stack, strong } from "./desk";
import { formatAmount, formatPercent } from "./format-amount";
import { formatDay } from "./format-day";
import { type InvoiceDesk, isPayable } from "./invoice-desk";
import type { Block, Mark } from "./paginate";

type Side = { marks: Mark[]; height: number };

const totalsWidth = 225;

/** From net to what is to be paid. */
const totalsOf = (desk: InvoiceDesk): Side => {
  const { words, document } = desk;
  const { totals, currency } = document;
  const marks: Mark[] = [];
  const table = desk.element("Table");
  const total: Style = { size: 10.5, weight: "semibold", colour: ink, leading: 16 };
  const figures = [totals.net, totals.gross, ...totals.taxes.map((tax) => tax.amount)];
  const widest = Math.max(...figures.map((figure) => desk.line(desk.amountWithSign(figure), total).width));
  const left = desk.right - Math.min(Math.max(totalsWidth, widest + 150), desk.contentWidth);
  let y = 0;

  const put = (title: string, amount: string, style: Style, note: string | null) => {
    const row = desk.element("TR", table);
    const figure = desk.line(amount, style);
    const lines = desk.clamped(title, style, desk.right - left - figure.width - gap, 4);
    const head = desk.element("TH", row);
    const top = y;
    y = stack(marks, lines, style, { x: left, y, element: head });
    marks.push(rightText(figure, style, desk.right, top, desk.element("TD", row)));
    if (note) y = stack(marks, desk.clamped(note, small, desk.right - left, 12), small, { x: left, y, element: head });
    y += 5;
  };

  put(words.netTotal, desk.amount(totals.net), body, null);
  for (const tax of totals.taxes) {
    const percent = formatPercent(tax.percent, words);
    put(words.taxOn(tax.name, percent, desk.amount(tax.taxable)), desk.amount(tax.amount), body, tax.note);
  }
  marks.push(rule(left, y, desk.right - left, ink));
  y += 6;
  const code = ` ${currency.code}`;
  put(words.gross + code, desk.amountWithSign(totals.gross), totals.settlements.length > 0 ? strong : total, null);
  if (totals.taxInBase) {
    const { name, currency: base, amount, rate, rateOn, source } = totals.taxInBase;
    const note = words.rate(currency.code, base.code, rate, source, formatDay(rateOn, words));
    put(words.taxInBase(name, base.code), formatAmount(amount, base, words), body, note);
  }
  for (const { label: title, amount } of totals.settlements) put(title, desk.amount(amount), body, null);
  if (totals.amountDue !== null && totals.settlements.length > 0) {
    marks.push(rule(left, y, desk.right - left, ink));
    y += 6;
    put(words.amountDue + code, desk.amountWithSign(totals.amountDue), total, null);
  }
  return { marks, height: y };
};

/** How to pay: "IBAN: GB33 …" becomes a label and its value. */
const paymentDetailsOf = (desk: InvoiceDesk, width: number): Side => {
  const { document, words } = desk;
  const marks: Mark[] = [];
  const element = desk.element("Sect");
  const style: Style = { ...body, size: 8.5, leading: 13 };
  const facts = document.seller.bankDetails.slice(0, 16).map((line) => {
    const [, title, value] = /^([^:]{1,32}):\s+(.+)$/s.exec(line) ?? [];
    return title && value ? { title, value } : { title: null, value: line };
  });
  if (document.number) facts.push({ title: words.reference, value: document.number });
  const titleWidth = Math.min(
    Math.max(...facts.map(({ title }) => (title ? desk.line(title, small).width : 0))) + 12,
    width / 2,
  );
  const heading = { x: desk.left, y: 0, element: desk.element("H2", element) };
  let y = stack(marks, [desk.line(words.paymentDetails, label)], label, heading) + 3;
  for (const { title, value } of facts) {
    const paragraph = desk.element("P", element);
    if (title) {
      const [line] = desk.clamped(title, { ...small, leading: 13 }, titleWidth - 8, 1);
      if (line) marks.push(leftText(line, { ...small, leading: 13 }, desk.left, y, paragraph));
    }
    const x = title ? desk.left + titleWidth : desk.left;
    y = stack(marks, desk.clamped(value, style, desk.left + width - x, 4), style, { x, y, element: paragraph });
  }
  return { marks, height: y };
};

/** Totals and payment details side by side, never apart and never alone on a page. */
export const closing = (desk: InvoiceDesk, frame: { top: number; bottom: number }): Block[] => {
  const { document } = desk;
  const totals = totalsOf(desk);
  if (!isPayable(document) || document.seller.bankDetails.length === 0) return [block(totals.height, totals.marks)];
  const width = desk.contentWidth - totalsWidth - 2 * gap;
  const payment = paymentDetailsOf(desk, width);
  const isBeside = totals.marks.every((mark) => mark.x >= desk.left + width);
  const height = Math.max(totals.height, payment.height);
  if (isBeside && height < frame.bottom - frame.top - 100) return [block(height, [...payment.marks, ...totals.marks])];
  return [block(totals.height + 16, totals.marks), block(payment.height, payment.marks)];
};

export const memoBlocks = (desk: InvoiceDesk): Block[] => {
  const { document, words } = desk;
  const lines = desk.lines(document.memo ?? "", body, Math.min(desk.contentWidth, 400));
  if (lines.length === 0) return [];
  const section = desk.element("Sect");
  const title = leftText(desk.line(words.memo, label), label, desk.left, 20, desk.element("H2", section));
  const paragraph = desk.element("P", section);
  return [
    block(35, [title], { keepsWithNext: true }),
    ...lines.map((line, index) =>
      block(body.leading, [leftText(line, body, desk.left, 0, paragraph)], {
        keepsWithNext: index === 0 || index === lines.length - 2,
      }),
    ),
  ];
};
