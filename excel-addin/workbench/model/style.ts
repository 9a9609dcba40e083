export interface BorderLine {
  readonly style: string;
  readonly color: string;
  readonly weight: string;
}

export type BorderSide = "EdgeTop" | "EdgeBottom" | "EdgeLeft" | "EdgeRight";

/** How a cell looks. Frozen and shared: equal styles made in the same way are the same object. */
export interface Style {
  readonly numberFormat: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: string;
  readonly strikethrough: boolean;
  readonly color: string;
  readonly fontName: string;
  readonly fontSize: number;
  /** Empty: no fill. */
  readonly fill: string;
  readonly horizontalAlignment: string;
  readonly verticalAlignment: string;
  readonly wrapText: boolean;
  readonly indentLevel: number;
  readonly locked: boolean;
  readonly formulaHidden: boolean;
  readonly borders: Readonly<Partial<Record<BorderSide, BorderLine>>>;
}

export const DEFAULT_STYLE: Style = Object.freeze({
  numberFormat: "General",
  bold: false,
  italic: false,
  underline: "None",
  strikethrough: false,
  color: "#000000",
  fontName: "Calibri",
  fontSize: 11,
  fill: "",
  horizontalAlignment: "General",
  verticalAlignment: "Bottom",
  wrapText: false,
  indentLevel: 0,
  locked: true,
  formulaHidden: false,
  borders: {},
});

const derivedStyles = new WeakMap<Style, Map<string, Style>>();

/** The same style with something changed. The same change of the same style answers the same object, so big ranges share it. */
export function changeStyle(style: Style, change: Partial<Style>): Style {
  const key = JSON.stringify(change);
  const known = derivedStyles.get(style) ?? new Map<string, Style>();
  derivedStyles.set(style, known);
  const existing = known.get(key);
  if (existing) return existing;
  const derived = Object.freeze({ ...style, ...change });
  known.set(key, derived);
  return derived;
}
