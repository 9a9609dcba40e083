import { asText, chunkRows, numberFormatOf, type SentValue, toSent } from "./cell-content";
import { addConditionalFormats, CHUNK_BYTES, neighbours, writeFormulas } from "./create-table";
import { send } from "./excel-errors";
import { holdBack, setAll } from "./quiet-writing";
import { type PlannedRow, planRefresh, type RefreshPlan } from "./refresh-plan";
import { type ColumnRecord, settingKeyOf, type TableRecord } from "./table-record";
import type { Progress, TableColumn, TableSpecification, TitleLine } from "./workbook";

export interface Refreshed {
  readonly record: TableRecord;
  readonly plan: RefreshPlan;
}

/** Brings a table up to date where it is. Touches our columns and nothing else. */
export async function refreshTable(
  context: Excel.RequestContext,
  table: Excel.Table,
  record: TableRecord,
  specification: TableSpecification,
  onProgress: (progress: Progress) => void,
): Promise<Refreshed> {
  const columns = await matchColumns(context, table, record, specification.columns);
  const idIndex = await indexOfIdColumn(context, table, record);
  const plan = await planRows(context, table, idIndex, columns, specification);
  await makeRoom(context, table, plan);
  await writeBody(context, table, idIndex, columns, specification.columns, plan, onProgress);

  const titles = new Map(
    columns.map(({ key, columnId }) => [key, table.columns.items.find(({ id }) => id === columnId)?.name]),
  );
  await writeFormulas(context, table, specification.columns, columns, (key) => titles.get(key) ?? key);
  if (record.titleName) await rewriteTitle(context, record.titleName, specification.titleLines);
  await removeConditionalFormats(context, table, record.conditionalFormatIds);
  const conditionalFormatIds = await addConditionalFormats(
    context,
    table,
    specification.conditionalFormats ?? [],
    columns,
  );
  await sortAndFilterAgain(context, table);

  const idColumnId = table.columns.items[idIndex]?.id ?? record.idColumnId;
  const connection = specification.connection ?? record.connection;
  const updated: TableRecord = {
    ...record,
    tableId: table.id,
    tableName: table.name,
    idColumnId,
    columns,
    conditionalFormatIds,
    connection,
  };
  await send(context, () => context.workbook.settings.add(settingKeyOf(specification.tableKey), updated));
  return { record: updated, plan };
}

/** Finds our columns by Excel's id, adds those that are new or were deleted, and removes those that the view no longer has. */
async function matchColumns(
  context: Excel.RequestContext,
  table: Excel.Table,
  record: TableRecord,
  wanted: readonly TableColumn[],
): Promise<ColumnRecord[]> {
  await send(context, () => table.columns.load("items/id, items/name, items/index"));
  const present = new Set(table.columns.items.map(({ id }) => id));
  const known = new Map(
    record.columns.filter(({ columnId }) => present.has(columnId)).map((column) => [column.key, column.columnId]),
  );
  const keys = new Set(wanted.map(({ key }) => key));
  const gone = [...known].filter(([key]) => !keys.has(key)).map(([, id]) => id);
  if (gone.length > 0) {
    await send(context, () => {
      for (const id of gone) table.columns.getItem(id).delete();
    });
  }
  for (const [index, column] of wanted.entries()) {
    if (known.has(column.key)) continue;
    await send(context, () => table.columns.load("items/id, items/name, items/index"));
    const before = index === 0 ? undefined : known.get(wanted[index - 1]?.key ?? "");
    const place = table.columns.items.find(({ id }) => id === before)?.index;
    const added = await send(context, () => {
      const fresh = table.columns.add(
        place === undefined ? (null as unknown as number) : place + 1,
        undefined,
        column.title,
      );
      return fresh.load("id");
    });
    known.set(column.key, added.id);
  }
  await send(context, () => {
    table.load("id, name, showTotals");
    table.columns.load("items/id, items/name, items/index");
  });
  return wanted.map(({ key, type }) => ({ key, type, columnId: known.get(key) ?? 0 }));
}

async function indexOfIdColumn(
  context: Excel.RequestContext,
  table: Excel.Table,
  record: TableRecord,
): Promise<number> {
  const found = table.columns.items.find(({ id }) => id === record.idColumnId);
  if (found) return found.index;
  // Somebody deleted it: rows can no longer be matched, so all count as other people's, and ours are added anew.
  const added = await send(context, () => table.columns.add(0, undefined, "Billgrid id").load("id"));
  await send(context, () => {
    added.getDataBodyRange().getEntireColumn().columnHidden = true;
    table.columns.load("items/id, items/name, items/index");
  });
  return 0;
}

async function planRows(
  context: Excel.RequestContext,
  table: Excel.Table,
  idIndex: number,
  columns: readonly ColumnRecord[],
  specification: TableSpecification,
): Promise<RefreshPlan> {
  const ours = new Set([...columns.map(({ columnId }) => columnId), table.columns.items[idIndex]?.id]);
  const theirs = table.columns.items.filter(({ id }) => !ours.has(id)).map(({ index }) => index);
  const { ids, blocks } = await send(context, () => {
    const body = table.getDataBodyRange();
    return {
      ids: body.getColumn(idIndex).load("values"),
      blocks: neighbours(theirs).map(({ first, count }) =>
        body
          .getColumn(first)
          .getResizedRange(0, count - 1)
          .load("formulas"),
      ),
    };
  });
  const existing = ids.values.map(([id]) => String(id ?? ""));
  const isTyped = (formula: unknown) => formula !== "" && !(typeof formula === "string" && formula.startsWith("="));
  const hasTyped = (index: number) => blocks.some((block) => (block.formulas[index] ?? []).some(isTyped));
  if (!existing.includes("")) return planRefresh(existing, specification.rows, hasTyped);
  const whole = await send(context, () => table.getDataBodyRange().load("formulas"));
  const isOwnRow = (index: number) => (whole.formulas[index] ?? []).some(isTyped);
  return planRefresh(existing, specification.rows, (index) =>
    existing[index] === "" ? isOwnRow(index) : hasTyped(index),
  );
}

/** Deletes what is gone and adds empty rows for what is new. Excel moves down whatever stands below the table. */
async function makeRoom(context: Excel.RequestContext, table: Excel.Table, plan: RefreshPlan): Promise<void> {
  // A table always has a row; the last one goes only after the new ones are there.
  const [first, ...others] = [...plan.deletedIndexes].reverse();
  const keepsOne = plan.rows.length === plan.addedCount;
  const deleted = keepsOne ? others.reverse() : plan.deletedIndexes;
  await deleteRows(context, table, deleted);
  const width = table.columns.items.length;
  for (let left = plan.addedCount; left > 0; left -= 2000) {
    const rows = Array.from({ length: Math.min(left, 2000) }, () => Array<null>(width).fill(null));
    await send(context, () => {
      holdBack(context);
      table.rows.add(null as unknown as number, rows as unknown as string[][]);
    });
  }
  if (keepsOne && first !== undefined && plan.addedCount > 0) {
    await send(context, () => table.rows.getItemAt(0).delete());
  }
}

/**
 * Rows that lie together go together. Under a filter Excel moves no blocks of cells, so there they go one by one.
 * The indexes are in falling order.
 */
async function deleteRows(
  context: Excel.RequestContext,
  table: Excel.Table,
  indexes: readonly number[],
): Promise<void> {
  if (indexes.length === 0) return;
  await send(context, () => table.autoFilter.load("isDataFiltered"));
  const runs = table.autoFilter.isDataFiltered
    ? indexes.map((first) => ({ first, count: 1 }))
    : neighbours(indexes).reverse();
  for (let start = 0; start < runs.length; start += 500) {
    await send(context, () => {
      holdBack(context);
      for (const { first, count } of runs.slice(start, start + 500)) {
        if (count === 1) table.rows.getItemAt(first).delete();
        else
          table
            .getDataBodyRange()
            .getRow(first)
            .getResizedRange(count - 1, 0)
            .delete("Up");
      }
    });
  }
}

async function writeBody(
  context: Excel.RequestContext,
  table: Excel.Table,
  idIndex: number,
  columns: readonly ColumnRecord[],
  specified: readonly TableColumn[],
  plan: RefreshPlan,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const indexById = new Map(table.columns.items.map(({ id, index }) => [id, index]));
  const specByIndex = new Map(
    specified.map((column, at) => [indexById.get(columns[at]?.columnId ?? -1) ?? -1, { column, at }]),
  );
  const body = table.getDataBodyRange();
  await send(context, () => {
    holdBack(context);
    setAll(body.getColumn(idIndex), "numberFormat", "@");
    for (const [index, { column }] of specByIndex)
      setAll(body.getColumn(index), "numberFormat", numberFormatOf(column));
  });

  const isEmptied = plan.rows.length === 0;
  const rows: readonly PlannedRow[] = isEmptied ? [{ kind: "kept", id: "" }] : plan.rows;
  const blocks = neighbours([idIndex, ...specByIndex.keys()]);
  const sent = rows.map((row) =>
    blocks.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, offset) => {
        const found = specByIndex.get(first + offset);
        return found ? sentCell(row, found.column, found.at, isEmptied) : sentId(row);
      }),
    ),
  );
  for (const { start, rows: chunk } of chunkRows(sent, CHUNK_BYTES)) {
    await send(context, () => {
      holdBack(context);
      let at = 0;
      for (const { first, count } of blocks) {
        const cells = chunk.map((row) => row.slice(at, at + count)) as SentValue[][];
        body.getCell(start, first).getResizedRange(chunk.length - 1, count - 1).values = cells;
        at += count;
      }
    });
    onProgress({ rowsDone: start + chunk.length, rowsTotal: sent.length });
  }
}

function sentId(row: PlannedRow): SentValue {
  if (row.kind === "data") return row.row.id;
  return row.kind === "kept" ? row.id : "";
}

/** Of a row that is only kept, the texts stay, so that one sees what it was; figures go, so that totals tie. */
function sentCell(row: PlannedRow, column: TableColumn, at: number, isEmptied: boolean): SentValue {
  if (column.formula || row.kind === "own") return null;
  if (row.kind === "kept") return column.type === "text" && !isEmptied ? null : "";
  return toSent(row.row.cells[at] ?? null, column.type);
}

/** Fewer lines than before leave the rest empty; more of them are joined on the last line there is. */
async function rewriteTitle(
  context: Excel.RequestContext,
  titleName: string,
  lines: readonly TitleLine[],
): Promise<void> {
  const range = await send(context, () =>
    context.workbook.names.getItemOrNullObject(titleName).getRangeOrNullObject().load("rowCount"),
  );
  if (range.isNullObject) return;
  const { rowCount } = range;
  const texts = Array.from({ length: rowCount }, (_, index) =>
    index === rowCount - 1
      ? lines
          .slice(index)
          .map(({ text }) => text)
          .join(" · ")
      : (lines[index]?.text ?? ""),
  );
  await send(context, () => {
    range.getColumn(0).values = texts.map((text) => [asText(text)]);
  });
}

async function removeConditionalFormats(
  context: Excel.RequestContext,
  table: Excel.Table,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = await send(context, () => {
    const formats = table.getRange().conditionalFormats;
    return ids.map((id) => formats.getItemOrNullObject(id).load("id"));
  });
  await send(context, () => {
    for (const format of found) if (!format.isNullObject) format.delete();
  });
}

async function sortAndFilterAgain(context: Excel.RequestContext, table: Excel.Table): Promise<void> {
  await send(context, () => {
    table.sort.load("fields");
    table.autoFilter.load("isDataFiltered");
  });
  await send(context, () => {
    if (table.sort.fields.length > 0) table.sort.reapply();
    if (table.autoFilter.isDataFiltered) table.reapplyFilters();
  });
}
