import type { Table } from "../model/table";

/** Carlito comes along and has the widths of Calibri, so sheets look the same on every machine. */
export const FONT_FAMILY = "Calibri, Carlito, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

export const fontOf = (points: number, isBold: boolean, isItalic: boolean): string =>
  `${isItalic ? "italic " : ""}${isBold ? "700 " : ""}${(points * 4) / 3}px ${FONT_FAMILY}`;

export const COLORS = {
  accent: "#107c41",
  accentSoft: "rgba(16, 124, 65, 0.10)",
  grid: "#e1e1e1",
  header: "#f5f5f5",
  headerSelected: "#d3ebde",
  headerText: "#444444",
  headerTextSelected: "#0b5a2f",
  headerLine: "#c8c8c8",
  frozenLine: "#9a9a9a",
  white: "#ffffff",
} as const;

export interface TablePalette {
  readonly headerFill: string;
  readonly headerColor: string;
  readonly band: string;
  readonly line: string;
}

const ACCENTS = ["#000000", "#4472c4", "#ed7d31", "#a5a5a5", "#ffc000", "#5b9bd5", "#70ad47"];

/** Of the sixty styles of Excel, the seven accents in a light and a medium dress. */
export function tablePalette({ style }: Table): TablePalette | null {
  const match = /^TableStyle(Light|Medium|Dark)(\d+)$/.exec(style);
  if (!match) return null;
  const accent = ACCENTS[(Number(match[2]) - 1) % 7] ?? "#4472c4";
  if (match[1] === "Light") return { headerFill: "", headerColor: accent, band: tint(accent, 0.85), line: accent };
  return { headerFill: accent, headerColor: "#ffffff", band: tint(accent, 0.82), line: tint(accent, 0.4) };
}

/** Mixes a colour with white. */
function tint(color: string, part: number): string {
  const channel = (at: number) => Math.round(Number.parseInt(color.slice(at, at + 2), 16) * (1 - part) + 255 * part);
  return `#${[1, 3, 5].map((at) => channel(at).toString(16).padStart(2, "0")).join("")}`;
}
