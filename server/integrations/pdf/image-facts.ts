export type ImageFacts = { contentType: "image/png" | "image/jpeg"; width: number; height: number };

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What a picture is by its own bytes, whatever it is called; null: neither PNG nor JPEG, or cut off before its size. */
export const imageFactsOf = (content: Buffer): ImageFacts | null => {
  if (content.subarray(0, 8).equals(PNG_SIGNATURE)) {
    if (content.length < 24 || content.toString("latin1", 12, 16) !== "IHDR") return null;
    return sized("image/png", content.readUInt32BE(16), content.readUInt32BE(20));
  }
  return content[0] === 0xff && content[1] === 0xd8 ? jpegFactsOf(content) : null;
};

const sized = (contentType: ImageFacts["contentType"], width: number, height: number): ImageFacts | null =>
  width > 0 && height > 0 ? { contentType, width, height } : null;

/** The size stands in the frame header, behind any number of other segments. */
const jpegFactsOf = (content: Buffer): ImageFacts | null => {
  let at = 2;
  while (at + 9 < content.length && content[at] === 0xff) {
    const marker = content[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      // Grey, colour, or the four inks of print: others cannot be drawn.
      const isDrawable = [1, 3, 4].includes(content[at + 9] ?? 0);
      return isDrawable ? sized("image/jpeg", content.readUInt16BE(at + 7), content.readUInt16BE(at + 5)) : null;
    }
    at += 2 + content.readUInt16BE(at + 2);
  }
  return null;
};

/** As large as fits, and never larger than it is at 96 dots an inch. */
export const fitInto = (
  { width, height }: Pick<ImageFacts, "width" | "height">,
  most: { width: number; height: number },
): { width: number; height: number } => {
  const scale = Math.min(most.width / width, most.height / height, 0.75);
  return { width: width * scale, height: height * scale };
};
