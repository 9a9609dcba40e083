import { PDFDocument, type PDFEmbeddedPage, PDFName, type PDFPage } from "@cantoo/pdf-lib";
import { appendPages, markAsFigure } from "./append-structure";
import { drawPages, lettersOf } from "./draw-pages";
import { loadFonts } from "./fonts";
import { formatInstant, formatLocalDay } from "./format-day";
import { layOutAudit } from "./lay-out-audit";
import { layOutStamp } from "./lay-out-stamp";
import { OfferDesk } from "./offer-desk";
import { offerWords } from "./offer-words";
import { fieldPlace, signatureFields, signaturePlace } from "./signature-block";
import { type Place, placesIn } from "./signature-places";
import type { AppendSignatures, SignatureRecord } from "./signature-record";

/**
 * An incremental update: the offer's bytes stay, objects that are new or changed follow them. Signatures are drawn as
 * forms on the signers' blocks; the audit page is laid out like any other and copied with its tags. The same offer and
 * record give the same bytes.
 */
export const appendSignatures: AppendSignatures = async (offerPdf, record) => {
  const pdf = await PDFDocument.load(offerPdf, { forIncrementalUpdate: true, updateMetadata: false });
  const places = placesIn(pdf);
  const { stamps, audit } = await drawUpdate(record, offerPdf.length, new Set(places.keys()));

  const forms = await pdf.embedPdf(stamps, stamps.getPageIndices());
  for (const [index, form] of forms.entries()) {
    const place = places.get(signaturePlace(index + 1));
    const page = pdf.getPages().find(({ ref }) => ref === place?.page);
    if (place && page) putOn(page, form, place, index + 1, describe(record, index));
  }
  await pdf.flush();
  appendPages(pdf, audit);
  return Buffer.from(await pdf.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false }));
};

/** What is put on the signers' blocks, a page each, and the pages that follow. */
async function drawUpdate(record: SignatureRecord, offerSize: number, places: ReadonlySet<string>) {
  const words = offerWords[record.locale];
  const signatures = record.signers.flatMap(({ signature }) => (signature.kind === "typed" ? [signature.text] : []));
  const fonts = await loadFonts(lettersOf(record, words), lettersOf(signatures));
  const facts = {
    title: record.title,
    author: record.seller.legalName,
    language: record.locale,
    createdAt: record.completedAt,
  };
  const desk = new OfferDesk(record, fonts);
  const stamps = record.signers.map((signer, index) =>
    layOutStamp(desk, signer, {
      day: formatLocalDay(signer.signedAt, record.timeZone, words),
      blanks: new Set(signatureFields.filter((field) => places.has(fieldPlace(index + 1, field)))),
    }),
  );
  const audit = layOutAudit(record, { offerSize, hasBlock: (ordinal) => places.has(signaturePlace(ordinal)) }, fonts);
  const [stampPdf, auditPdf] = await Promise.all([
    drawPages(stamps, { ...facts, isTagged: false }, fonts),
    drawPages(audit, facts, fonts),
  ]);
  return { stamps: await PDFDocument.load(stampPdf), audit: await PDFDocument.load(auditPdf) };
}

function describe({ signers, locale, timeZone }: SignatureRecord, index: number): string {
  const words = offerWords[locale];
  const signer = signers[index];
  return signer ? words.audit.signedBy(signer.name, formatInstant(signer.signedAt, timeZone, words)) : "";
}

/** Draws the form on top of the page; its own content, which leaves its coordinates behind, is put in brackets first. */
function putOn(page: PDFPage, form: PDFEmbeddedPage, place: Place, ordinal: number, alternative: string): void {
  const { context } = page.doc;
  const name = `Signature${ordinal}`;
  const contentId = markAsFigure(page, alternative);
  page.node.normalize();
  page.node.setXObject(PDFName.of(name), form.ref);
  const drawn = `/Figure <</MCID ${contentId}>> BDC q 1 0 0 1 ${place.left} ${place.bottom} cm /${name} Do Q EMC`;
  page.node.addContentStream(context.register(context.stream(drawn)));
}
