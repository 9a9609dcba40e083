import { crc32, inflateSync } from "node:zlib";

export type Png = {
  readonly bits: number;
  readonly colourType: number;
  /** Its rows as they are stored: a byte that names the filter, then `rowBytes - 1` filtered ones. */
  readonly rows: Buffer;
  readonly rowBytes: number;
  /** The same picture and nothing else: no animation, no text, nothing behind its end. */
  readonly bare: Buffer;
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 13;
/** What the pixels are made of; tRNS says which of them are transparent. */
const OF_THE_PICTURE: readonly string[] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** Values per pixel by colour type: grey, RGB, palette, grey with alpha, RGB with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * A PNG that is what it says down to its last pixel: checksums right, every row there, not interlaced. null: it is not, or
 * larger than `most`. Only `bare` is to be drawn: anything else would fail, or show another picture, when the document is
 * half written.
 */
export function readPng(content: Buffer, most: { readonly width: number; readonly height: number }): Png | null {
  const chunks = chunksOf(content);
  const [header, ...others] = chunks?.filter(({ type }) => type === "IHDR") ?? [];
  if (!chunks || !header || others.length > 0 || header.body.length !== HEADER_BYTES) return null;
  const [width, height] = [header.body.readUInt32BE(0), header.body.readUInt32BE(4)];
  const [bits = 0, colourType = 0, ...rest] = header.body.subarray(8);
  const channels = CHANNELS[colourType];
  const hasPalette = chunks.some(({ type }) => type === "PLTE");
  if (width === 0 || height === 0 || width > most.width || height > most.height) return null;
  if (!channels || rest.some((byte) => byte !== 0) || ![1, 2, 4, 8].includes(bits)) return null;
  if (colourType === 3 && !hasPalette) return null;

  const rowBytes = 1 + Math.ceil((width * bits * channels) / 8);
  const data = Buffer.concat(chunks.flatMap(({ type, body }) => (type === "IDAT" ? [body] : [])));
  const rows = inflated(data, rowBytes * height);
  if (!rows || !hasKnownFilters(rows, rowBytes)) return null;
  const bare = chunks.flatMap(({ type, whole }) => (OF_THE_PICTURE.includes(type) ? [whole] : []));
  return { bits, colourType, rows, rowBytes, bare: Buffer.concat([SIGNATURE, ...bare]) };
}

type Chunk = { readonly type: string; readonly body: Buffer /** with length and checksum */; readonly whole: Buffer };

/** From the first to the one that says it is the last; null: it breaks off, or a checksum is wrong. */
function chunksOf(content: Buffer): readonly Chunk[] | null {
  if (!content.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= content.length; ) {
    const end = at + 12 + content.readUInt32BE(at);
    if (end > content.length) return null;
    if (crc32(content.subarray(at + 4, end - 4)) !== content.readUInt32BE(end - 4)) return null;
    const type = content.toString("latin1", at + 4, at + 8);
    chunks.push({ type, body: content.subarray(at + 8, end - 4), whole: content.subarray(at, end) });
    if (type === "IEND") return chunks;
    at = end;
  }
  return null;
}

function inflated(data: Buffer, bytes: number): Buffer | null {
  try {
    const rows = inflateSync(data, { maxOutputLength: bytes + 1 });
    return rows.length === bytes ? rows : null;
  } catch {
    return null;
  }
}

function hasKnownFilters(rows: Buffer, rowBytes: number): boolean {
  for (let at = 0; at < rows.length; at += rowBytes) if ((rows[at] ?? 0) > 4) return false;
  return true;
}
