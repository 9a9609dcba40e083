import { crc32, inflateSync } from "node:zlib";
import type { Drawing } from "../../domain/quote/signing";

const HEADER = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WIDTH_MOST = 2_400;
const HEIGHT_MOST = 1_200;
const DATA_URL = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/;
/** The form's own limit is above this, so that a drawing that is too large is said to be so. */
const BYTES_READ = 400_000;

export type ReadDrawing = Drawing & { readonly png: Buffer };

/**
 * A drawing as a canvas gives it: a PNG with eight bits a channel, alpha, not interlaced. Everything is looked at, down to
 * the pixels, so that what is kept can be printed, and a page that was not drawn on is no signature. null: nothing came.
 */
export function readDrawing(dataUrl: string): ReadDrawing | null {
  if (dataUrl === "") return null;
  const [, base64] = DATA_URL.exec(dataUrl) ?? [];
  const png = Buffer.from(base64 ?? "", "base64");
  if (!base64 || png.length > BYTES_READ) return { bytes: dataUrl.length, isReadable: false, isBlank: false, png };
  const pixels = pixelsOf(png);
  return { bytes: png.length, isReadable: pixels !== null, isBlank: pixels === null || isBlank(pixels), png };
}

type Pixels = { readonly rows: Buffer; readonly rowBytes: number };

/** The filtered rows of the picture; null where the file is not such a PNG from its first byte to its last. */
function pixelsOf(png: Buffer): Pixels | null {
  if (!png.subarray(0, HEADER.length).equals(HEADER)) return null;
  let size: { readonly width: number; readonly height: number } | null = null;
  const data: Buffer[] = [];
  let isEnded = false;
  for (let at = HEADER.length; at < png.length; ) {
    if (isEnded || at + 12 > png.length) return null;
    const length = png.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > png.length) return null;
    const type = png.toString("latin1", at + 4, at + 8);
    if (crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) return null;
    const body = png.subarray(at + 8, end - 4);
    if (type === "IHDR") size = sizeOf(body);
    if (type === "IDAT") data.push(body);
    if (type === "IEND") isEnded = true;
    at = end;
  }
  if (!isEnded || size === null) return null;
  const rowBytes = 1 + size.width * 4;
  const expected = rowBytes * size.height;
  try {
    const rows = inflateSync(Buffer.concat(data), { maxOutputLength: expected + 1 });
    const isWhole = rows.length === expected && hasKnownFilters(rows, rowBytes);
    return isWhole ? { rows, rowBytes } : null;
  } catch {
    return null;
  }
}

function sizeOf(header: Buffer): { readonly width: number; readonly height: number } | null {
  if (header.length !== 13) return null;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const isPlain = header.subarray(8).equals(Buffer.from([8, 6, 0, 0, 0]));
  const fits = width > 0 && height > 0 && width <= WIDTH_MOST && height <= HEIGHT_MOST;
  return isPlain && fits ? { width, height } : null;
}

function hasKnownFilters(rows: Buffer, rowBytes: number): boolean {
  for (let at = 0; at < rows.length; at += rowBytes) if ((rows[at] ?? 0) > 4) return false;
  return true;
}

/** Every filter leaves nothing but zeros of a picture that is transparent all over, and something of any other. */
function isBlank({ rows, rowBytes }: Pixels): boolean {
  for (let at = 0; at < rows.length; at += 1) if (at % rowBytes !== 0 && rows[at] !== 0) return false;
  return true;
}
