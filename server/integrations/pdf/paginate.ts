import type { Weight } from "./fonts";
import type { Line } from "./set-text";

/** What the page is made of, in points from the top left of its block or page. */
export type Mark =
  | {
      type: "text";
      /** The baseline's start. */
      x: number;
      y: number;
      line: Line;
      size: number;
      weight: Weight;
      colour: string;
      element: Element | null;
    }
  | { type: "box"; x: number; y: number; width: number; height: number; colour: string; radius: number }
  | { type: "image"; x: number; y: number; width: number; height: number; content: Buffer; element: Element | null }
  /** A place on the page that has a name, by which programs find it and links lead to it. */
  | { type: "place"; x: number; y: number; width: number; height: number; name: string };

/** A part of the document as a screen reader sees it. Marks without one are decoration. */
export type Element = {
  type: "Document" | "H1" | "H2" | "H3" | "P" | "Sect" | "Table" | "TR" | "TH" | "TD" | "Figure";
  parent: Element | null;
  /** What a picture shows, for those who do not see it. */
  alternative?: string;
};

/** A strip across the page that is never cut. */
export type Block = {
  height: number;
  marks: readonly Mark[];
  /** Stands on the same page as the block after it, as long as they fit on one page at all. */
  keepsWithNext: boolean;
  /** Stands at the top of a page. */
  startsPage: boolean;
  /** Printed again above this block where it comes first on a later page. */
  heading: Block | null;
};

export type PageFrame = { top: number; bottom: number };

/** Moves marks down a page. */
export const shift = (marks: readonly Mark[], by: number): Mark[] => marks.map((mark) => ({ ...mark, y: mark.y + by }));

/** A heading that comes again is decoration: read aloud, it would interrupt the table. */
const repeated = (heading: Block): Mark[] =>
  heading.marks.map((mark) => (mark.type === "text" ? { ...mark, element: null } : mark));

const inClusters = (blocks: readonly Block[]): Block[][] => {
  const clusters: Block[][] = [];
  let isKept = false;
  for (const block of blocks) {
    if (isKept) clusters.at(-1)?.push(block);
    else clusters.push([block]);
    isKept = block.keepsWithNext;
  }
  return clusters;
};

const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { height }) => sum + height, 0);

/** Fills pages from the top. A cluster of blocks that belong together goes to the next page whole if it can. */
export const paginate = (blocks: readonly Block[], { top, bottom }: PageFrame): Mark[][] => {
  const pages: Mark[][] = [];
  let page: Mark[] = [];
  let y = top;
  const turn = (first: Block) => {
    pages.push(page);
    page = first.heading ? shift(repeated(first.heading), top) : [];
    y = top + (first.heading?.height ?? 0);
  };
  for (const cluster of inClusters(blocks)) {
    const [first] = cluster;
    const height = heightOf(cluster);
    const fitsOnePage = top + (first?.heading?.height ?? 0) + height <= bottom;
    const isBehindOthers = y > top;
    if (first && isBehindOthers && (first.startsPage || (fitsOnePage && y + height > bottom))) turn(first);
    for (const block of cluster) {
      if (y + block.height > bottom && y > top + (block.heading?.height ?? 0)) turn(block);
      page.push(...shift(block.marks, y));
      y += block.height;
    }
  }
  return [...pages, page];
};
