import { body, type Desk, ink, leftText, type Style } from "./desk";
import type { LaidOutPage } from "./draw-pages";
import { fitInto, imageFactsOf } from "./image-facts";
import type { Mark } from "./paginate";
import { fieldAt, type SignatureField, signatureArea, signatureBlock, signatureFields } from "./signature-block";
import type { Signature, SignerRecord } from "./signature-record";

const writing = {
  x: signatureArea.x + 8,
  width: signatureArea.width - 16,
  baseline: signatureArea.y + signatureArea.height - 15,
};
const largest = 34;

/** What is put on a signer's block: the signature, and the fields that were left blank. */
export const layOutStamp = (
  desk: Desk,
  signer: Pick<SignerRecord, "name" | "title" | "signature">,
  { day, blanks }: { day: string; blanks: ReadonlySet<SignatureField> },
): LaidOutPage => {
  const values = { name: signer.name, title: signer.title ?? "", date: day };
  const fields = signatureFields.flatMap((field, index): Mark[] => {
    const at = fieldAt(index);
    const [line] = blanks.has(field) ? desk.clamped(values[field], body, at.width, 1) : [];
    return line ? [leftText(line, body, at.x, at.y, null)] : [];
  });
  const { width, height } = signatureBlock;
  return { width, height, watermark: null, marks: [signatureMark(desk, signer.signature), ...fields] };
};

/** As large as its line allows, standing on it. */
export function signatureMark(desk: Desk, signature: Signature): Mark {
  const { x, width, baseline } = writing;
  if (signature.kind === "drawn") {
    const facts = imageFactsOf(signature.png) ?? { width: 1, height: 1 };
    const size = fitInto(facts, { width, height: signatureArea.height - 16 });
    return { type: "image", x, y: baseline + 4 - size.height, ...size, content: signature.png, element: null };
  }
  const style = (size: number): Style => ({ size, weight: "signing", colour: ink, leading: size });
  const size = Math.min(largest, (largest * width) / desk.line(signature.text, style(largest)).width);
  const line = desk.line(signature.text, style(size));
  return { type: "text", x, y: baseline, line, size, weight: "signing", colour: ink, element: null };
}
