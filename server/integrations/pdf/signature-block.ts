import { body, type Desk, hairline, ink, label, leftText, name, panel, rule, type Style, small } from "./desk";
import type { OfferSigner } from "./offer-document";
import type { OfferWords } from "./offer-words";
import type { Element, Mark } from "./paginate";

/** The block in which a party signs; empty ones and filled ones have the same places. */
export const signatureBlock = { width: 238, height: 166, gap: 26 };

/** Where within its block the signature itself goes. */
export const signatureArea = { x: 10, y: 24, width: 218, height: 66 };

const fieldTop = 101;
const fieldLeading = 19;
const fieldLeft = 52;

/** The name by which the block of the first, second … signer is found in the file. */
export const signaturePlace = (ordinal: number): string => `signature-${ordinal}`;

/** The fields of a block, from the top. */
export const signatureFields = ["name", "title", "date"] as const;
export type SignatureField = (typeof signatureFields)[number];

/** The name by which a field that was left blank is found. */
export const fieldPlace = (ordinal: number, field: SignatureField): string => `${signaturePlace(ordinal)}-${field}`;

/** Where the n-th field of a block is filled in. */
export const fieldAt = (index: number): { x: number; y: number; width: number } => ({
  x: fieldLeft,
  y: fieldTop + index * fieldLeading,
  width: signatureBlock.width - fieldLeft - 4,
});

/** A block to be signed, from its top left corner. What is known of the signer is filled in. */
export const blankSignatureBlock = (
  desk: Desk,
  words: OfferWords,
  { signer, ordinal, x, element }: { signer: OfferSigner; ordinal: number; x: number; element: Element },
): Mark[] => {
  const { width, height } = signatureBlock;
  const part = desk.element("Sect", element);
  const marks: Mark[] = [{ type: "place", x, y: 0, width, height, name: signaturePlace(ordinal) }];
  const [company] = desk.clamped(words.signedFor(signer.company), name, width, 1);
  if (company) marks.push(leftText(company, name, x, 4, desk.element("H3", part)));
  const { x: areaX, y: areaY, width: areaWidth, height: areaHeight } = signatureArea;
  marks.push({ type: "box", x, y: areaY, width, height: areaHeight, colour: panel, radius: 4 });
  marks.push(rule(x + areaX, areaY + areaHeight - 10, areaWidth, ink));
  const hint: Style = { ...small, size: 6.5, leading: 9 };
  marks.push(
    leftText(desk.line(words.signature, hint), hint, x + areaX, areaY + areaHeight - 9.5, desk.element("P", part)),
  );
  const titles = { name: words.signerName, title: words.signerTitle, date: words.signedOn };
  const values = { name: signer.name, title: signer.title, date: null };
  for (const [index, field] of signatureFields.entries()) {
    const at = fieldAt(index);
    const [title, value] = [titles[field], values[field]];
    const paragraph = desk.element("P", part);
    marks.push(leftText(desk.line(title, label), label, x, at.y + 1, paragraph));
    const [line] = value ? desk.clamped(value, body, at.width, 1) : [];
    if (line) marks.push(leftText(line, body, x + at.x, at.y, paragraph));
    marks.push(rule(x + at.x, at.y + 14, at.width, value ? hairline : ink));
    if (!value) {
      const name = fieldPlace(ordinal, field);
      marks.push({ type: "place", x: x + at.x, y: at.y, width: at.width, height: body.leading, name });
    }
  }
  return marks;
};
