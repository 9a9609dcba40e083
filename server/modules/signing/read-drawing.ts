import type { Drawing } from "../../domain/quote/signing";
import { type Png, readPng } from "../../integrations/pdf/read-png";

const PIXELS_MOST = { width: 2_400, height: 1_200 };
const DATA_URL = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/;
/** The form's own limit is above this, so that a drawing that is too large is said to be so. */
const BYTES_READ = 400_000;

export type ReadDrawing = Drawing & { readonly png: Buffer };

/**
 * A drawing as a canvas gives it: a PNG with eight bits a channel, and alpha. Everything is looked at, down to the pixels,
 * so that what is kept can be printed, and a page that was not drawn on is no signature. null: nothing came.
 */
export function readDrawing(dataUrl: string): ReadDrawing | null {
  if (dataUrl === "") return null;
  const [, base64] = DATA_URL.exec(dataUrl) ?? [];
  const sent = Buffer.from(base64 ?? "", "base64");
  if (!base64 || sent.length > BYTES_READ) {
    return { bytes: dataUrl.length, isReadable: false, isBlank: false, png: sent };
  }
  const read = readPng(sent, PIXELS_MOST);
  const drawn = read?.bits === 8 && read.colourType === 6 ? read : null;
  return {
    bytes: sent.length,
    isReadable: drawn !== null,
    isBlank: drawn === null || isBlank(drawn),
    png: drawn?.bare ?? sent,
  };
}

/** Every filter leaves nothing but zeros of a picture that is transparent all over, and something of any other. */
function isBlank({ rows, rowBytes }: Png): boolean {
  for (let at = 0; at < rows.length; at += 1) if (at % rowBytes !== 0 && rows[at] !== 0) return false;
  return true;
}
