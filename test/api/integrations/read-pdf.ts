import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

export type ReadPdf = {
  pages: string[];
  /** All pages, one space wherever there was any white space. */
  text: string;
  info: Record<string, unknown>;
  /** Where each piece of text starts and ends, in points from the left, by page. */
  pieces: { page: number; text: string; left: number; right: number; bottom: number }[];
  /** Every type of element in the tree that a screen reader follows, in reading order. */
  structure: string[];
};

type Node = { role?: string; children?: Node[] };

const rolesOf = (node: Node | null): string[] =>
  node ? [...(node.role ? [node.role] : []), ...(node.children ?? []).flatMap(rolesOf)] : [];

/** Reads a PDF as another program would. */
export const readPdf = async (file: Buffer): Promise<ReadPdf> => {
  const task = getDocument({ data: new Uint8Array(file), useSystemFonts: false, verbosity: 0 });
  const pdf = await task.promise;
  const read: ReadPdf = { pages: [], text: "", info: {}, pieces: [], structure: [] };
  read.info = (await pdf.getMetadata()).info as Record<string, unknown>;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const texts: string[] = [];
    for (const item of items) {
      if (!("str" in item)) continue;
      texts.push(item.str);
      const left = Number(item.transform[4]);
      read.pieces.push({
        page: number,
        text: item.str,
        left,
        right: left + item.width,
        bottom: Number(item.transform[5]),
      });
    }
    read.pages.push(texts.join(" ").replace(/\s+/g, " "));
    read.structure.push(...rolesOf((await page.getStructTree()) as Node | null));
  }
  read.text = read.pages.join(" ");
  await task.destroy();
  return read;
};
