import { margin, space } from "./desk";
import type { LaidOutPage } from "./draw-pages";
import type { FontBook } from "./fonts";
import { InvoiceDesk } from "./invoice-desk";
import type { InvoiceDocument } from "./invoice-document";
import { closing, memoBlocks } from "./lay-out-invoice-end";
import { duePanel, masthead, parties } from "./lay-out-invoice-head";
import { tableBlocks } from "./lay-out-invoice-table";
import { pageFurniture } from "./page-furniture";
import { paginate, shift } from "./paginate";

export type LaidOutInvoice = { title: string; pages: readonly LaidOutPage[] };

/** Decides where everything stands. Pure: the same document and fonts give the same marks. */
export const layOutInvoice = (document: InvoiceDocument, fonts: FontBook): LaidOutInvoice => {
  const desk = new InvoiceDesk(document, fonts);
  const frame = { top: 56, bottom: desk.height - 56 };
  const table = tableBlocks(desk);
  const [end, ...afterEnd] = closing(desk, frame);
  const lastRow = table.at(-1);
  const blocks = [
    masthead(desk),
    parties(desk),
    duePanel(desk),
    ...table.slice(0, -1),
    ...(lastRow ? [{ ...lastRow, keepsWithNext: true }] : []),
    space(14, true),
    ...(end ? [end] : []),
    ...afterEnd,
    ...memoBlocks(desk),
  ];
  const [first, ...rest] = blocks;
  const start = first
    ? [{ ...first, marks: shift(first.marks, margin - frame.top), height: first.height + margin - frame.top }]
    : [];
  const pages = paginate([...start, ...rest], frame);
  const { kind, number, mark, seller } = document;
  const { words, width, height } = desk;
  const title = [words.kind[kind], number].filter(Boolean).join(" ");
  const facts = [seller.legalName, seller.taxNumber && `${words.taxNumber} ${seller.taxNumber}`].filter(Boolean);
  return {
    title,
    pages: pages.map((marks, index) => ({
      width,
      height,
      watermark: mark && words.mark[mark],
      marks: [
        ...marks,
        ...pageFurniture(desk, {
          isFirst: index === 0,
          brandColour: seller.brandColour,
          sellerName: seller.logoText ?? seller.legalName,
          title,
          foot: facts.join(" · "),
          page: words.page(index + 1, pages.length),
        }),
      ],
    })),
  };
};
