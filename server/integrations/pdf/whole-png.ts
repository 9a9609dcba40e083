import { crc32, inflateSync } from "node:zlib";

/** Values per pixel by colour type: grey, RGB, palette, grey with alpha, RGB with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE_BYTES = 8;

/**
 * Whether a PNG is what it says down to its last pixel: checksums right, every row there, not interlaced. Drawing one
 * that is not would fail when the document is half written.
 */
export function isWholePng(content: Buffer): boolean {
  let header: Buffer | null = null;
  let hasPalette = false;
  const data: Buffer[] = [];
  for (let at = SIGNATURE_BYTES; at + 12 <= content.length; ) {
    const end = at + 12 + content.readUInt32BE(at);
    if (end > content.length || crc32(content.subarray(at + 4, end - 4)) !== content.readUInt32BE(end - 4))
      return false;
    const type = content.toString("latin1", at + 4, at + 8);
    const body = content.subarray(at + 8, end - 4);
    if (type === "IHDR") header = body;
    if (type === "PLTE") hasPalette = true;
    if (type === "IDAT") data.push(body);
    if (type === "IEND") return header !== null && hasAllRows(header, Buffer.concat(data), hasPalette);
    at = end;
  }
  return false;
}

function hasAllRows(header: Buffer, data: Buffer, hasPalette: boolean): boolean {
  const [width, height, bits, colourType] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    header[8] ?? 0,
    header[9] ?? 0,
  ];
  const channels = CHANNELS[colourType];
  const isPlain = header[10] === 0 && header[11] === 0 && header[12] === 0;
  if (!channels || !isPlain || (colourType === 3 && !hasPalette) || ![1, 2, 4, 8].includes(bits)) return false;
  const rowBytes = 1 + Math.ceil((width * bits * channels) / 8);
  try {
    const rows = inflateSync(data, { maxOutputLength: rowBytes * height + 1 });
    if (rows.length !== rowBytes * height) return false;
    for (let at = 0; at < rows.length; at += rowBytes) if ((rows[at] ?? 0) > 4) return false;
    return true;
  } catch {
    return false;
  }
}
