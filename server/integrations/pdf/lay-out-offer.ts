import { body, margin, type Style } from "./desk";
import type { LaidOutPage } from "./draw-pages";
import type { FontBook } from "./fonts";
import { headBlocks } from "./lay-out-offer-head";
import {
  changesBlocks,
  commitmentsBlocks,
  invoiceBlocks,
  priceBlocks,
  termsBlocks,
  textBlocks,
  totalsBlocks,
} from "./lay-out-offer-sections";
import { signatureBlocks } from "./lay-out-signatures";
import { OfferDesk } from "./offer-desk";
import type { OfferDocument } from "./offer-document";
import { pageFurniture } from "./page-furniture";
import { paginate, shift } from "./paginate";

export type LaidOutOffer = { title: string; pages: readonly LaidOutPage[] };

const smallPrint: Style = { ...body, size: 8, leading: 11.5 };

/** Decides where everything stands. Pure: the same document and fonts give the same marks. */
export const layOutOffer = (document: OfferDocument, fonts: FontBook): LaidOutOffer => {
  const desk = new OfferDesk(document, fonts);
  const { words, width, height } = desk;
  const frame = { top: 56, bottom: height - 56 };
  const [first, ...rest] = [
    ...headBlocks(desk),
    ...termsBlocks(desk),
    ...changesBlocks(desk),
    ...priceBlocks(desk),
    ...commitmentsBlocks(desk),
    ...totalsBlocks(desk),
    ...invoiceBlocks(desk),
    ...textBlocks(desk, words.notes, document.notes),
    ...textBlocks(desk, words.closing, document.closing, smallPrint),
    ...signatureBlocks(desk),
  ];
  const start = first
    ? [{ ...first, marks: shift(first.marks, margin - frame.top), height: first.height + margin - frame.top }]
    : [];
  const pages = paginate([...start, ...rest], frame);
  const { number, version, seller, mark, kind, title } = document;
  const running = `${number} · ${words.version(version)}`;
  const facts = [seller.legalName, seller.taxNumber && `${words.taxNumber} ${seller.taxNumber}`].filter(Boolean);
  return {
    title: `${words.kind[kind]} ${running} · ${title}`,
    pages: pages.map((marks, index) => ({
      width,
      height,
      watermark: mark && words.mark[mark],
      marks: [
        ...marks,
        ...pageFurniture(desk, {
          isFirst: index === 0,
          brandColour: seller.brandColour,
          sellerName: seller.legalName,
          title,
          foot: facts.join(" · "),
          page: `${running} · ${words.page(index + 1, pages.length)}`,
        }),
      ],
    })),
  };
};
