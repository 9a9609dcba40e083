import { imageFactsOf } from "../../integrations/pdf/image-facts";

export type FileType = { readonly contentType: string; readonly extension: string };

/** Acrobat takes a file whose head or tail stands in the first or last kilobyte; so do we. */
const MARGIN_BYTES = 1_024;

/** By what the bytes are, never by what somebody calls them; null: neither PDF nor PNG nor JPEG. */
export function fileTypeOf(content: Buffer): FileType | null {
  const isPdf =
    content.subarray(0, MARGIN_BYTES).includes("%PDF-") && content.subarray(-MARGIN_BYTES).includes("%%EOF");
  if (isPdf) return { contentType: "application/pdf", extension: "pdf" };
  switch (imageFactsOf(content)?.contentType) {
    case "image/png":
      return { contentType: "image/png", extension: "png" };
    case "image/jpeg":
      return { contentType: "image/jpeg", extension: "jpg" };
    default:
      return null;
  }
}

/** A name that is safe in a header and on any disk; the ending says what the file is. */
export function safeFileName(name: string, { extension }: FileType): string {
  const base =
    name
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.[^.]*$/, "") ?? "";
  const safe = base
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9 ._-]+/g, "_")
    .trim()
    .slice(0, 80);
  return `${/[A-Za-z0-9]/.test(safe) ? safe : "attachment"}.${extension}`;
}
