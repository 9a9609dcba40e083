import { isBlank } from "../model/cell";
import type { CellLook } from "./cell-look";
import { COLORS, fontOf } from "./palette";
import { FILTER_BUTTON_SIZE, line, type Picture } from "./picture";

/** Writes what a cell shows, cut off or running on as it would in a sheet. */
export function paintText(
  context: CanvasRenderingContext2D,
  picture: Picture,
  look: CellLook,
  x: number,
  y: number,
  width: number,
  height: number,
  row: number,
  column: number,
): void {
  if (look.text === "") return;
  const pixels = (look.fontSize * 4) / 3;
  context.font = fontOf(look.fontSize, look.isBold, look.isItalic);
  context.fillStyle = look.color;
  context.textBaseline = "alphabetic";
  const reserved = look.filter === "none" ? 0 : FILTER_BUTTON_SIZE;
  const room = width - 6 - reserved - look.indent * 9;
  let text = look.text.replaceAll(/\r?\n/g, look.isWrapped ? "\n" : " ");
  if (look.isNumber && context.measureText(text).width > room + 2) text = "#".repeat(Math.max(1, Math.floor(room / 8)));
  const textWidth = context.measureText(text).width;
  const spill = look.isNumber || textWidth <= room ? 0 : freeRoom(picture, row, column, textWidth - room);
  if (spill > 0) {
    // No grid lines through a text that runs on.
    context.fillStyle = COLORS.white;
    context.fillRect(x + width - 1, y, Math.min(spill, textWidth - room) + 1, height - 1);
    context.fillStyle = look.color;
  }
  context.save();
  context.beginPath();
  context.rect(x + 1, y, width - 2 - reserved + spill, height);
  context.clip();
  const start =
    look.align === "right"
      ? x + width - 3 - reserved - textWidth - look.indent * 9
      : look.align === "center"
        ? x + (width - reserved - textWidth) / 2
        : x + 3 + look.indent * 9;
  const lines = look.isWrapped ? wrap(context, text, room) : [text];
  const lineHeight = pixels * 1.25;
  const block = lines.length * lineHeight;
  const first =
    look.vertical === "Top"
      ? y + 2
      : look.vertical === "Center"
        ? y + (height - block) / 2
        : Math.max(y, y + height - block - 1);
  lines.forEach((part, index) => {
    const baseline = first + index * lineHeight + lineHeight * 0.78;
    const at = look.isWrapped && look.align === "left" ? x + 3 : start;
    context.fillText(part, at, baseline);
    if (look.isUnderlined)
      line(context, at, baseline + 1.5, at + context.measureText(part).width, baseline + 1.5, look.color);
    if (look.isStruck)
      line(
        context,
        at,
        baseline - pixels * 0.3,
        at + context.measureText(part).width,
        baseline - pixels * 0.3,
        look.color,
      );
  });
  context.restore();
}

function wrap(context: CanvasRenderingContext2D, text: string, room: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines = [""];
    for (const word of paragraph.split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (lines.at(-1) && context.measureText(longer).width > room) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  });
}

/** A long text runs on over empty cells to its right. */
function freeRoom({ sheet, columns }: Picture, row: number, column: number, needed: number): number {
  let room = 0;
  for (let next = column + 1; room < needed && next < columns.count; next++) {
    if (!isBlank(sheet.cell(row, next))) break;
    room += columns.size(next);
  }
  return room;
}
