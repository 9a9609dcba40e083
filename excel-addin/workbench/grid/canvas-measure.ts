import type { Style } from "../model/style";
import { fontOf } from "./palette";

/** Widths of texts as the canvas draws them. */
export function canvasMeasure(): (text: string, style: Style) => number {
  const context = document.createElement("canvas").getContext("2d");
  return (text, style) => {
    if (!context) return text.length * 7;
    context.font = fontOf(style.fontSize, style.bold, style.italic);
    return context.measureText(text).width;
  };
}
