import { drawPages, lettersOf } from "./draw-pages";
import { loadFonts } from "./fonts";
import type { RenderInvoicePdf } from "./invoice-document";
import { invoiceWords } from "./invoice-words";
import { layOutInvoice } from "./lay-out-invoice";

/** Renders with pdfkit: A4 or letter, fonts embedded, tagged for screen readers. */
export const renderInvoicePdf: RenderInvoicePdf = async (document) => {
  const fonts = await loadFonts(lettersOf(document, invoiceWords[document.locale]));
  const { title, pages } = layOutInvoice(document, fonts);
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
