import type { Area } from "./area";

export interface ConditionalStyle {
  fill?: string;
  color?: string;
  bold?: boolean;
  italic?: boolean;
  underline?: string;
  strikethrough?: boolean;
  numberFormat?: string;
}

export interface CellValueRule {
  readonly formula1: string;
  readonly formula2?: string;
  readonly operator: string;
}

export interface ConditionalFormat {
  readonly id: string;
  area: Area;
  readonly kind: "Custom" | "CellValue";
  /** Of a custom rule; relative to the top left cell of the area. */
  formula: string;
  rule: CellValueRule;
  readonly style: ConditionalStyle;
  stopIfTrue: boolean;
}
