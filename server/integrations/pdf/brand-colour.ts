export type BrandColours = {
  /** As the seller gave it, for the band and the mark. */
  brand: string;
  /** Readable on top of it. */
  onBrand: string;
};

const plainBrand = "#1F2A44";

/** Contrast as WCAG 2.2 defines relative luminance. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** A colour that is not "#RRGGBB" is replaced by a quiet blue: a typing mistake in settings must not stop an invoice. */
export const brandColours = (given: string | null): BrandColours => {
  const brand = given && /^#[0-9a-f]{6}$/i.test(given) ? given : plainBrand;
  return { brand, onBrand: luminance(brand) > 0.36 ? "#14181F" : "#FFFFFF" };
};

/** Black or white, whichever is easier to read on the colour: at least 4.5 to 1, as small text asks for. */
export const readableOn = (colour: string): "#000000" | "#FFFFFF" =>
  luminance(colour) + 0.05 > Math.sqrt(1.05 * 0.05) ? "#000000" : "#FFFFFF";
