import { drawPages, lettersOf } from "./draw-pages";
import { loadFonts } from "./fonts";
import { layOutOffer } from "./lay-out-offer";
import type { RenderOfferPdf } from "./offer-document";
import { offerWords } from "./offer-words";

/** Renders with pdfkit: A4 or letter, fonts embedded, tagged for screen readers; a block for each signer at the end. */
export const renderOfferPdf: RenderOfferPdf = async (document) => {
  const fonts = await loadFonts(lettersOf(document, offerWords[document.locale]));
  const { title, pages } = layOutOffer(document, fonts);
  const { legalName } = document.seller;
  return drawPages(
    pages,
    {
      title: `${title} · ${legalName}`,
      author: legalName,
      language: document.locale,
      createdAt: document.createdAt,
    },
    fonts,
  );
};
