import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFObjectCopier,
  PDFPage,
  type PDFPageLeaf,
  PDFRef,
} from "@cantoo/pdf-lib";

const name = (text: string): PDFName => PDFName.of(text);

/** The tree that a screen reader follows: its root, the element of the whole document, the index from content to elements. */
function structureOf(pdf: PDFDocument) {
  const root = pdf.catalog.lookup(name("StructTreeRoot"), PDFDict);
  const index = root.lookup(name("ParentTree"), PDFDict);
  const [document] = refsIn(root.lookup(name("K"), PDFArray));
  if (!document) throw new Error("a document without structure");
  return { root, document, index, numbers: index.lookup(name("Nums"), PDFArray) };
}

/** A key of the index, and what stands behind it. */
function entriesOf(numbers: PDFArray): [number, PDFArray][] {
  return Array.from({ length: numbers.size() / 2 }, (_, index) => [
    numbers.lookup(2 * index, PDFNumber).asNumber(),
    numbers.lookup(2 * index + 1, PDFArray),
  ]);
}

/** Adds a picture to what the page holds; answers the number by which its content has to name it. */
export function markAsFigure(page: PDFPage, alternative: string): number {
  const pdf = page.doc;
  const { document, numbers } = structureOf(pdf);
  const key = page.node.lookup(name("StructParents"), PDFNumber).asNumber();
  const contents = entriesOf(numbers).find(([at]) => at === key)?.[1];
  if (!contents) throw new Error(`page ${key} is not in the structure`);
  const contentId = contents.size();
  const figure = pdf.context.register(
    pdf.context.obj({
      S: "Figure",
      P: document,
      Pg: page.ref,
      K: [contentId],
      Alt: PDFHexString.fromText(alternative),
    }),
  );
  contents.push(figure);
  kidsOf(pdf, document).push(figure);
  return contentId;
}

/** The children of an element, which may be one or many. */
function kidsOf(pdf: PDFDocument, element: PDFRef): PDFArray {
  const dict = pdf.context.lookup(element, PDFDict);
  const kids = dict.lookup(name("K"));
  if (kids instanceof PDFArray) return kids;
  const list = pdf.context.obj(kids ? [dict.get(name("K")) as PDFRef] : []);
  dict.set(name("K"), list);
  return list;
}

/** Adds the pages of another document with what they hold, and their structure, so that they are read aloud like the others. */
export function appendPages(pdf: PDFDocument, source: PDFDocument): void {
  const [own, other] = [structureOf(pdf), structureOf(source)];
  const elements = kidsOf(source, other.document);
  // Cut off from their old tree, the elements do not drag it along.
  for (const element of refsIn(elements)) source.context.lookup(element, PDFDict).delete(name("P"));

  const copier = PDFObjectCopier.for(source.context, pdf.context);
  const firstKey = Math.max(-1, ...entriesOf(own.numbers).map(([key]) => key)) + 1;
  for (const page of source.getPages()) {
    const ref = copier.copy(page.ref);
    const leaf = pdf.context.lookup(ref) as PDFPageLeaf;
    const key = leaf.lookup(name("StructParents"), PDFNumber).asNumber();
    leaf.set(name("StructParents"), PDFNumber.of(firstKey + key));
    pdf.addPage(PDFPage.of(leaf, ref, pdf));
  }
  const kids = kidsOf(pdf, own.document);
  for (const element of refsIn(elements)) {
    const ref = copier.copy(element);
    pdf.context.lookup(ref, PDFDict).set(name("P"), own.document);
    kids.push(ref);
  }
  const entries = entriesOf(other.numbers);
  for (const [key, contents] of entries) {
    own.numbers.push(PDFNumber.of(firstKey + key));
    own.numbers.push(copier.copy(contents));
  }
  // A reader that trusts the limits would not look for the new keys.
  own.index.set(name("Limits"), pdf.context.obj([0, firstKey + entries.length - 1]));
  own.root.set(name("ParentTreeNextKey"), PDFNumber.of(firstKey + entries.length));
}

const refsIn = (array: PDFArray): PDFRef[] => array.asArray().filter((it): it is PDFRef => it instanceof PDFRef);
