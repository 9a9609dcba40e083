import { brandColours } from "./brand-colour";
import { type Desk, ink, leftText, margin, type Style, stack } from "./desk";
import type { Mark } from "./paginate";

export type SellerMark = {
  /** The name that customers know. */
  name: string;
  brandColour: string | null;
};

/** A strip in the seller's colour along the upper edge of the page. */
export const brandBand = (desk: Desk, brandColour: string | null, y: number): Mark => {
  const { brand } = brandColours(brandColour);
  return { type: "box", x: 0, y, width: desk.width, height: 5, colour: brand, radius: 0 };
};

/** The band at the head of the first page, and the seller's initial with the name beside it. */
export const sellerMark = (desk: Desk, { name, brandColour }: SellerMark): Mark[] => {
  const { brand, onBrand } = brandColours(brandColour);
  const marks: Mark[] = [brandBand(desk, brandColour, -margin)];
  const logo: Style = { size: 14, weight: "semibold", colour: ink, leading: 18 };
  const text = name.trim();
  const initial = /\p{L}|\p{N}/u.exec(text)?.[0]?.toUpperCase() ?? "";
  const letter: Style = { size: 13, weight: "semibold", colour: onBrand, leading: 26 };
  const initialLine = desk.line(initial, letter);
  marks.push({ type: "box", x: desk.left, y: 0, width: 26, height: 26, colour: brand, radius: 6 });
  marks.push(leftText(initialLine, letter, desk.left + 13 - initialLine.width / 2, 0, null));
  const lines = desk.clamped(text, logo, 240, 2);
  const top = lines.length > 1 ? 0 : 4;
  stack(marks, lines, logo, { x: desk.left + 36, y: top, element: desk.element("P") });
  return marks;
};
