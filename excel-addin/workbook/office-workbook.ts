import { chunkRows, fromSent, type SentValue, toSent } from "./cell-content";
import { CHUNK_BYTES, createTable } from "./create-table";
import { send, toWorkbookError } from "./excel-errors";
import { holdBack, writeQuietly } from "./quiet-writing";
import { refreshTable } from "./refresh-table";
import { readRecord, settingKeyOf, type TableRecord, tableKeyOf } from "./table-record";
import type {
  CellValue,
  ConnectedTable,
  ReadRow,
  ReadTable,
  TableSpecification,
  Unsubscribe,
  Workbook,
  WriteOptions,
  WrittenTable,
} from "./workbook";
import { WorkbookError } from "./workbook-error";

/** The workbook behind Office.js. No other code says `Excel.run`. */
export const officeWorkbook: Workbook = {
  writeTable,
  writeColumn,
  readTable,
  listTables,
  selectedRowIds,
  onSelectionChanged,
  show,
  disconnect,
};

/** While somebody edits a cell Excel would refuse at once; this way it waits until they are done. */
async function run<Result>(work: (context: Excel.RequestContext) => Promise<Result>): Promise<Result> {
  try {
    return await Excel.run({ delayForCellEdit: true }, work);
  } catch (error) {
    throw toWorkbookError(error);
  }
}

interface FoundTable {
  readonly table: Excel.Table;
  readonly record: TableRecord;
}

/** By Excel's id of the table, else by its name: some programs that save the file give out new ids. */
async function findTable(context: Excel.RequestContext, tableKey: string): Promise<FoundTable | null> {
  const setting = await send(context, () =>
    context.workbook.settings.getItemOrNullObject(settingKeyOf(tableKey)).load("value"),
  );
  const record = setting.isNullObject ? null : readRecord(setting.value);
  if (!record) return null;
  const [byId, byName] = await send(context, () =>
    [record.tableId, record.tableName].map((key) => context.workbook.tables.getItemOrNullObject(key).load("id, name")),
  );
  const table = byId && !byId.isNullObject ? byId : byName && !byName.isNullObject ? byName : null;
  return table && { table, record };
}

async function loadTable(context: Excel.RequestContext, tableKey: string): Promise<FoundTable> {
  const found = await findTable(context, tableKey);
  if (!found) throw new WorkbookError("TABLE_NOT_FOUND");
  return found;
}

async function writeTable(specification: TableSpecification, options: WriteOptions = {}): Promise<WrittenTable> {
  const onProgress = options.onProgress ?? (() => undefined);
  return run(async (context) => {
    const found = await findTable(context, specification.tableKey);
    if (found) await assertUnprotected(context, found.table);
    const { record, plan } = await writeQuietly(context, async () => {
      if (found) return refreshTable(context, found.table, found.record, specification, onProgress);
      return { record: await createTable(context, specification, onProgress), plan: null };
    });
    const table = context.workbook.tables.getItem(record.tableId);
    const range = await send(context, () => {
      table.load("name");
      table.worksheet.load("name");
      table.columns.load("items/id, items/name");
      if (options.activate ?? !found) table.worksheet.activate();
      if (!found && options.activate !== false) table.getDataBodyRange().getCell(0, 1).select();
      return table.getRange().load("address");
    });
    const ours = new Set([record.idColumnId, ...record.columns.map(({ columnId }) => columnId)]);
    return {
      tableKey: specification.tableKey,
      sheetName: table.worksheet.name,
      tableName: table.name,
      address: range.address.slice(range.address.lastIndexOf("!") + 1),
      created: plan === null,
      rowsAdded: plan === null ? specification.rows.length : plan.addedCount,
      rowsRemoved: plan?.deletedIndexes.length ?? 0,
      rowIdsKept: plan?.rowIdsKept ?? [],
      userColumns: table.columns.items.filter(({ id }) => !ours.has(id)).map(({ name }) => name),
    };
  });
}

/** Known before anything is written, so that a refusal leaves nothing half done. */
async function assertUnprotected(context: Excel.RequestContext, table: Excel.Table): Promise<void> {
  const protection = await send(context, () => table.worksheet.protection.load("protected"));
  if (protection.protected) throw new WorkbookError("SHEET_PROTECTED");
}

interface Body {
  readonly columns: readonly Excel.TableColumn[];
  readonly idIndex: number;
  readonly range: Excel.Range;
}

async function openBody(context: Excel.RequestContext, { table, record }: FoundTable): Promise<Body> {
  const range = table.getDataBodyRange();
  await send(context, () => {
    table.columns.load("items/id, items/name, items/index");
    range.load("rowIndex, rowCount, columnIndex");
  });
  const columns = table.columns.items;
  const idIndex = columns.findIndex(({ id }) => id === record.idColumnId);
  if (idIndex < 0) throw new WorkbookError("COLUMN_NOT_FOUND");
  return { columns, idIndex, range };
}

async function writeColumn(
  tableKey: string,
  columnKey: string,
  valueByRowId: ReadonlyMap<string, CellValue>,
): Promise<{ missingRowIds: string[] }> {
  return run(async (context) => {
    const found = await loadTable(context, tableKey);
    const { columns, idIndex, range } = await openBody(context, found);
    const recorded = found.record.columns.find(({ key }) => key === columnKey);
    const column = columns.find(({ id }) => id === recorded?.columnId);
    if (!recorded || !column) throw new WorkbookError("COLUMN_NOT_FOUND");
    const ids = await send(context, () => range.getColumn(idIndex).load("values"));
    const missing = new Set(valueByRowId.keys());
    const cells = ids.values.map(([id]): [SentValue] => {
      const value = valueByRowId.get(String(id));
      if (value === undefined) return [null];
      missing.delete(String(id));
      return [toSent(value, recorded.type)];
    });
    for (const { start, rows } of chunkRows(cells, CHUNK_BYTES)) {
      await send(context, () => {
        holdBack(context);
        range.getCell(start, column.index).getResizedRange(rows.length - 1, 0).values = rows as [SentValue][];
      });
    }
    return { missingRowIds: [...missing] };
  });
}

async function readTable(tableKey: string): Promise<ReadTable> {
  return run(async (context) => {
    const found = await loadTable(context, tableKey);
    const { table, record } = found;
    const { columns, idIndex, range } = await openBody(context, found);
    await send(context, () => {
      range.load("values");
      table.worksheet.load("name");
    });
    const recordById = new Map(record.columns.map((column) => [column.columnId, column]));
    const readers = columns.flatMap(({ id, name, index }) => {
      if (index === idIndex) return [];
      const ours = recordById.get(id);
      return [{ index, key: ours?.key ?? name, type: ours?.type ?? "number" }];
    });
    const rows: ReadRow[] = [];
    let rowsWithoutId = 0;
    for (const values of range.values) {
      const id = String(values[idIndex] ?? "");
      if (id === "") {
        if (values.some((value) => value !== "")) rowsWithoutId++;
        continue;
      }
      rows.push({
        id,
        cells: Object.fromEntries(readers.map(({ index, key, type }) => [key, fromSent(values[index], type)])),
      });
    }
    return {
      sheetName: table.worksheet.name,
      tableName: table.name,
      rows,
      rowsWithoutId,
      connection: record.connection,
    };
  });
}

async function listTables(): Promise<ConnectedTable[]> {
  return run(async (context) => {
    const { settings } = context.workbook;
    await send(context, () => settings.load("items/key"));
    const keys = settings.items.flatMap(({ key }) => tableKeyOf(key) ?? []);
    const tables: (ConnectedTable & { position: number })[] = [];
    for (const tableKey of keys) {
      const found = await findTable(context, tableKey);
      if (!found) continue;
      const sheet = await send(context, () => found.table.worksheet.load("name, position"));
      const { connection } = found.record;
      tables.push({
        tableKey,
        sheetName: sheet.name,
        tableName: found.table.name,
        connection,
        position: sheet.position,
      });
    }
    return tables.sort((a, b) => a.position - b.position).map(({ position: _, ...table }) => table);
  });
}

async function selectedRowIds(tableKey: string): Promise<string[]> {
  return run(async (context) => {
    const found = await loadTable(context, tableKey);
    const { idIndex, range } = await openBody(context, found);
    const selected = context.workbook.getSelectedRange();
    await send(context, () => {
      selected.load("rowIndex, rowCount, columnIndex, columnCount");
      selected.worksheet.load("id");
      found.table.worksheet.load("id");
      range.load("columnCount");
    });
    const first = Math.max(selected.rowIndex, range.rowIndex);
    const end = Math.min(selected.rowIndex + selected.rowCount, range.rowIndex + range.rowCount);
    const isBeside =
      selected.columnIndex >= range.columnIndex + range.columnCount ||
      selected.columnIndex + selected.columnCount <= range.columnIndex;
    if (selected.worksheet.id !== found.table.worksheet.id || first >= end || isBeside) return [];
    const { ids, properties } = await send(context, () => {
      const rows = range.getCell(first - range.rowIndex, idIndex).getResizedRange(end - first - 1, 0);
      return { ids: rows.load("values"), properties: rows.getRowProperties({ rowHidden: true }) };
    });
    return ids.values.flatMap(([id], index) => (id === "" || properties.value[index]?.rowHidden ? [] : [String(id)]));
  });
}

const SELECTION_PAUSE_MS = 120;

async function onSelectionChanged(tableKey: string, listener: (rowIds: string[]) => void): Promise<Unsubscribe> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  let last = "";
  const tell = async (): Promise<void> => {
    // A table that was deleted has no selected rows; other troubles will show when somebody does something.
    const ids = await selectedRowIds(tableKey).catch(() => []);
    const key = ids.join("\n");
    if (isEnded || key === last) return;
    last = key;
    listener(ids);
  };
  const handler = await run(async (context) =>
    send(context, () =>
      context.workbook.worksheets.onSelectionChanged.add(async () => {
        clearTimeout(timer);
        timer = setTimeout(() => void tell(), SELECTION_PAUSE_MS);
      }),
    ),
  );
  return async () => {
    if (isEnded) return;
    isEnded = true;
    clearTimeout(timer);
    try {
      await Excel.run(handler.context, async (context) => {
        handler.remove();
        await context.sync();
      });
    } catch (error) {
      throw toWorkbookError(error);
    }
  };
}

async function show(tableKey: string, rowId?: string): Promise<boolean> {
  return run(async (context) => {
    const found = await findTable(context, tableKey);
    if (!found) return false;
    const { idIndex, range } = await openBody(context, found);
    if (rowId === undefined) {
      await send(context, () => found.table.worksheet.activate());
      return true;
    }
    const ids = await send(context, () => range.getColumn(idIndex).load("values"));
    const row = ids.values.findIndex(([id]) => id === rowId);
    await send(context, () => {
      found.table.worksheet.activate();
      if (row >= 0) range.getRow(row).select();
    });
    return row >= 0;
  });
}

async function disconnect(tableKey: string): Promise<void> {
  await run(async (context) => {
    const setting = await send(context, () =>
      context.workbook.settings.getItemOrNullObject(settingKeyOf(tableKey)).load("key"),
    );
    if (!setting.isNullObject) await send(context, () => setting.delete());
  });
}
