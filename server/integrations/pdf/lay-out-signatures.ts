import { block, space, strong } from "./desk";
import { type OfferDesk, paragraphs, sectionHeading } from "./offer-desk";
import type { Block } from "./paginate";
import { blankSignatureBlock, signatureBlock } from "./signature-block";
import { titledRows, valueLines } from "./titled-rows";

/** The page on which the parties sign, always one of its own; two blocks beside each other. */
export const signatureBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  const { signers, number, version, title } = document;
  if (signers.length === 0) return [];
  const section = desk.element("Sect");
  const heading = { ...sectionHeading(desk, words.signatures, section), startsPage: true };
  const statement = paragraphs(desk, words.signatureStatement(number, version, title), 420, section);
  const rows = Math.ceil(signers.length / 2);
  const blocks = Array.from({ length: rows }, (_, row) => {
    const marks = signers.slice(2 * row, 2 * row + 2).flatMap((signer, column) =>
      blankSignatureBlock(desk, words, {
        signer,
        ordinal: 2 * row + column + 1,
        x: column === 0 ? desk.left : desk.right - signatureBlock.width,
        element: section,
      }),
    );
    return block(signatureBlock.height + signatureBlock.gap, marks);
  });
  const summary = document.highlights.map(({ label, value }) => ({
    title: label,
    value: valueLines(desk, [value], strong),
  }));
  return [heading, ...statement, ...titledRows(desk, section, summary), space(22), ...blocks];
};
