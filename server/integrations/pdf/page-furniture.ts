import { type Desk, gap, ink, label, leftText, quiet, rightText, rule, type Style } from "./desk";
import type { Mark } from "./paginate";
import { brandBand } from "./seller-mark";

export type Furniture = {
  isFirst: boolean;
  brandColour: string | null;
  sellerName: string;
  /** What the document is. */
  title: string;
  foot: string;
  /** "Page 2 of 5" */
  page: string;
};

/** Small print at the foot of every page, and from the second on a reminder at its head of what this is. */
export const pageFurniture = (
  desk: Desk,
  { isFirst, brandColour, sellerName, title, foot, page }: Furniture,
): Mark[] => {
  const tiny: Style = { size: 7.5, weight: "regular", colour: quiet, leading: 12 };
  const y = desk.height - 42;
  const [pageLine] = desk.clamped(page, tiny, desk.contentWidth * 0.6, 1);
  const marks: Mark[] = [rule(desk.left, y, desk.contentWidth)];
  const [footLine] = desk.clamped(foot, tiny, desk.contentWidth - (pageLine?.width ?? 0) - gap, 1);
  if (footLine) marks.push(leftText(footLine, tiny, desk.left, y + 8, null));
  if (pageLine) marks.push(rightText(pageLine, tiny, desk.right, y + 8, null));
  if (isFirst) return marks;
  const [titleLine] = desk.clamped(title, label, 220, 1);
  const [nameLine] = desk.clamped(sellerName, label, 240, 1);
  marks.push(brandBand(desk, brandColour, 0));
  if (nameLine) marks.push(leftText(nameLine, { ...label, colour: ink }, desk.left, 28, null));
  if (titleLine) marks.push(rightText(titleLine, label, desk.right, 28, null));
  return marks;
};
