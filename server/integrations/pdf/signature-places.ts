import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";
import { signatureArea, signatureBlock, signaturePlace } from "./signature-block";

/** A named place on a page, in points from its lower left corner. */
export type Place = { page: PDFRef; left: number; bottom: number; width: number; height: number };

/** The places that have names in a file: `/Names` → `/Dests`, written flat by whoever laid it out. */
export function placesIn(pdf: PDFDocument): ReadonlyMap<string, Place> {
  const names = pdf.catalog.lookupMaybe(PDFName.of("Names"), PDFDict);
  const flat = names?.lookupMaybe(PDFName.of("Dests"), PDFDict)?.lookupMaybe(PDFName.of("Names"), PDFArray);
  const places = new Map<string, Place>();
  for (let index = 0; flat && index + 1 < flat.size(); index += 2) {
    const name = flat.lookup(index);
    const target = flat.lookup(index + 1);
    if (!(name instanceof PDFString || name instanceof PDFHexString) || !(target instanceof PDFArray)) continue;
    const page = target.get(0);
    const numbers = [2, 3, 4, 5].map((at) => target.lookupMaybe(at, PDFNumber)?.asNumber() ?? Number.NaN);
    const [left, bottom, right, top] = numbers as [number, number, number, number];
    if (!(page instanceof PDFRef) || !numbers.every(Number.isFinite)) continue;
    places.set(name.decodeText(), { page, left, bottom, width: right - left, height: top - bottom });
  }
  return places;
}

/** Where the n-th party of an offer signs, in points from the upper left corner of the page. */
export type SignatureSpot = {
  ordinal: number;
  /** Counted from 1. */
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** For services that put signatures on the page by themselves. */
export function signatureSpots(pdf: PDFDocument): SignatureSpot[] {
  const places = placesIn(pdf);
  const pages = pdf.getPages();
  const spots: SignatureSpot[] = [];
  for (let ordinal = 1; ; ordinal++) {
    const place = places.get(signaturePlace(ordinal));
    if (!place) return spots;
    const index = pages.findIndex(({ ref }) => ref === place.page);
    const top = (pages[index]?.getHeight() ?? 0) - place.bottom - signatureBlock.height;
    const { x, y, width, height } = signatureArea;
    spots.push({ ordinal, page: index + 1, x: place.left + x, y: top + y, width, height: height - 10 });
  }
}
