import { lastColumn, lastRow } from "../model/area";
import { isBlank } from "../model/cell";
import { type CellLook, lookOf } from "./cell-look";
import { paintHeaders } from "./paint-headers";
import { paintText } from "./paint-text";
import { COLORS } from "./palette";
import {
  COLUMN_HEADER_HEIGHT,
  FILTER_BUTTON_SIZE,
  frozenSize,
  line,
  type Part,
  type Picture,
  ROW_HEADER_WIDTH,
} from "./picture";

/** Draws the whole visible sheet. Cheap enough to do for every change: only what is in view is looked at. */
export function paint(context: CanvasRenderingContext2D, picture: Picture): void {
  const { width, height } = picture;
  context.fillStyle = COLORS.white;
  context.fillRect(0, 0, width, height);
  const parts = partsOf(picture);
  for (const part of parts) {
    picture.conditions.prepare(picture.sheet, part.rows, part.columns);
    paintPart(context, picture, part);
  }
  paintFrozenLines(context, picture);
  paintHeaders(context, picture, parts);
}

function partsOf(picture: Picture): Part[] {
  const { sheet, rows, columns, width, height, scrollX, scrollY } = picture;
  const frozen = frozenSize(picture);
  const bodyX = ROW_HEADER_WIDTH + frozen.width;
  const bodyY = COLUMN_HEADER_HEIGHT + frozen.height;
  const frozenRows = rows.visible(0, frozen.height).filter((row) => row < sheet.frozen.rows);
  const frozenColumns = columns.visible(0, frozen.width).filter((column) => column < sheet.frozen.columns);
  const bodyRows = rows.visible(frozen.height + scrollY, frozen.height + scrollY + height - bodyY);
  const bodyColumns = columns.visible(frozen.width + scrollX, frozen.width + scrollX + width - bodyX);
  const fixedLeft = (column: number) => ROW_HEADER_WIDTH + columns.offset(column);
  const fixedTop = (row: number) => COLUMN_HEADER_HEIGHT + rows.offset(row);
  const left = (column: number) => fixedLeft(column) - scrollX;
  const top = (row: number) => fixedTop(row) - scrollY;
  const across = [
    { x: bodyX, width: width - bodyX, columns: bodyColumns, left },
    { x: ROW_HEADER_WIDTH, width: frozen.width, columns: frozenColumns, left: fixedLeft },
  ];
  const down = [
    { y: bodyY, height: height - bodyY, rows: bodyRows, top },
    { y: COLUMN_HEADER_HEIGHT, height: frozen.height, rows: frozenRows, top: fixedTop },
  ];
  return down.flatMap((d) => across.map((a) => ({ ...a, ...d }))).filter((part) => part.width > 0 && part.height > 0);
}

function paintPart(context: CanvasRenderingContext2D, picture: Picture, part: Part): void {
  context.save();
  context.beginPath();
  context.rect(part.x, part.y, part.width, part.height);
  context.clip();
  const looks = part.rows.map((row) =>
    part.columns.map((column) => lookOf(picture.sheet, picture.tables, picture.conditions, row, column)),
  );
  const each = (
    draw: (look: CellLook, x: number, y: number, width: number, height: number, row: number, column: number) => void,
  ) => {
    part.rows.forEach((row, r) => {
      const y = part.top(row);
      const height = picture.rows.size(row);
      part.columns.forEach((column, c) => {
        const look = looks[r]?.[c];
        if (look) draw(look, part.left(column), y, picture.columns.size(column), height, row, column);
      });
    });
  };
  each((look, x, y, width, height) => {
    if (!look.fill) return;
    context.fillStyle = look.fill;
    context.fillRect(x, y, width, height);
  });
  each((look, x, y, width, height) => {
    const edge = picture.sheet.showGridlines && !look.fill ? COLORS.grid : "";
    line(context, x + width - 0.5, y, x + width - 0.5, y + height, edge);
    line(context, x, y + height - 0.5, x + width, y + height - 0.5, edge);
    line(context, x, y + 0.5, x + width, y + 0.5, look.tableLine?.top ?? "");
    line(context, x, y + height - 0.5, x + width, y + height - 0.5, look.tableLine?.bottom ?? "");
    paintBorders(context, look, x, y, width, height);
  });
  each((look, x, y, width, height, row, column) => paintText(context, picture, look, x, y, width, height, row, column));
  paintTextsFromTheLeft(context, picture, part);
  each((look, x, y, width, height) => {
    if (look.filter !== "none") paintFilterButton(context, x, y, width, height, look.filter === "active");
  });
  paintSelection(context, picture, part);
  context.restore();
}

/** A long text that begins left of this part may run on into it. */
function paintTextsFromTheLeft(context: CanvasRenderingContext2D, picture: Picture, part: Part): void {
  const [first = 0] = part.columns;
  for (const row of part.rows) {
    let column = first - 1;
    while (column > first - 20 && column >= 0 && isBlank(picture.sheet.cell(row, column))) column--;
    if (column < 0 || isBlank(picture.sheet.cell(row, column)) || picture.columns.size(column) === 0) continue;
    if (!isBlank(picture.sheet.cell(row, first))) continue;
    const look = lookOf(picture.sheet, picture.tables, picture.conditions, row, column);
    if (look.align !== "left") continue;
    paintText(
      context,
      picture,
      look,
      part.left(column),
      part.top(row),
      picture.columns.size(column),
      picture.rows.size(row),
      row,
      column,
    );
  }
}

function paintBorders(
  context: CanvasRenderingContext2D,
  { borders }: CellLook,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { EdgeTop, EdgeBottom, EdgeLeft, EdgeRight } = borders;
  const thick = (weight: string) => (weight === "Thick" ? 3 : weight === "Medium" ? 2 : 1);
  if (EdgeTop && EdgeTop.style !== "None")
    line(context, x, y - 0.5, x + width, y - 0.5, EdgeTop.color, thick(EdgeTop.weight));
  if (EdgeBottom && EdgeBottom.style !== "None")
    line(context, x, y + height - 0.5, x + width, y + height - 0.5, EdgeBottom.color, thick(EdgeBottom.weight));
  if (EdgeLeft && EdgeLeft.style !== "None")
    line(context, x - 0.5, y, x - 0.5, y + height, EdgeLeft.color, thick(EdgeLeft.weight));
  if (EdgeRight && EdgeRight.style !== "None")
    line(context, x + width - 0.5, y, x + width - 0.5, y + height, EdgeRight.color, thick(EdgeRight.weight));
}

function paintFilterButton(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  isActive: boolean,
): void {
  const size = FILTER_BUTTON_SIZE - 2;
  const left = x + width - size - 2;
  const top = y + height - size - 2.5;
  context.fillStyle = "#ffffff";
  context.strokeStyle = "#8a8a8a";
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left + 0.5, top + 0.5, size - 1, size - 1, 2);
  context.fill();
  context.stroke();
  context.fillStyle = isActive ? COLORS.accent : "#555555";
  context.beginPath();
  const centre = left + size / 2;
  const middle = top + size / 2;
  if (isActive) {
    context.moveTo(centre - 4, middle - 4);
    context.lineTo(centre + 4, middle - 4);
    context.lineTo(centre + 1, middle);
    context.lineTo(centre + 1, middle + 4);
    context.lineTo(centre - 1, middle + 3);
    context.lineTo(centre - 1, middle);
  } else {
    context.moveTo(centre - 3.5, middle - 1.5);
    context.lineTo(centre + 3.5, middle - 1.5);
    context.lineTo(centre, middle + 2.5);
  }
  context.fill();
}

function paintSelection(context: CanvasRenderingContext2D, picture: Picture, part: Part): void {
  const { selection } = picture.sheet;
  const frame = (place: typeof selection.area) => {
    const x = part.left(place.column);
    const y = part.top(place.row);
    return {
      x,
      y,
      width: part.left(Math.min(lastColumn(place) + 1, picture.columns.count)) - x,
      height: part.top(Math.min(lastRow(place) + 1, picture.rows.count)) - y,
    };
  };
  const box = frame(selection.area);
  const active = frame({ row: selection.activeRow, column: selection.activeColumn, rowCount: 1, columnCount: 1 });
  if (selection.area.rowCount * selection.area.columnCount > 1) {
    context.fillStyle = COLORS.accentSoft;
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.rect(active.x, active.y, active.width, active.height);
    context.fill("evenodd");
  }
  context.strokeStyle = COLORS.accent;
  context.lineWidth = 2;
  context.strokeRect(box.x - 0.5, box.y - 0.5, box.width, box.height);
  context.fillStyle = COLORS.accent;
  context.strokeStyle = COLORS.white;
  context.lineWidth = 1;
  context.fillRect(box.x + box.width - 4, box.y + box.height - 4, 6, 6);
  context.strokeRect(box.x + box.width - 4.5, box.y + box.height - 4.5, 7, 7);
  if (!picture.copied) return;
  const copied = frame(picture.copied);
  context.setLineDash([5, 4]);
  context.strokeStyle = COLORS.accent;
  context.lineWidth = 1.5;
  context.strokeRect(copied.x, copied.y, copied.width - 1, copied.height - 1);
  context.setLineDash([]);
}

function paintFrozenLines(context: CanvasRenderingContext2D, picture: Picture): void {
  const { sheet, width, height } = picture;
  const frozen = frozenSize(picture);
  const x = ROW_HEADER_WIDTH + frozen.width - 0.5;
  const y = COLUMN_HEADER_HEIGHT + frozen.height - 0.5;
  if (sheet.frozen.columns > 0) line(context, x, 0, x, height, COLORS.frozenLine);
  if (sheet.frozen.rows > 0) line(context, 0, y, width, y, COLORS.frozenLine);
}
