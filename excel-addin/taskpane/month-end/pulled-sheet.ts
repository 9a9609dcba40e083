import { useCallback, useEffect, useMemo, useState } from "react";
import { type InvoiceGrid, loadInvoiceGrid } from "../../api/invoices";
import { tiesToTotals } from "../../sheets/command-selection";
import { type GridInvoice, toGridInvoices } from "../../sheets/grid-invoice";
import { invoiceSheet, invoiceTableKey } from "../../sheets/invoice-sheet";
import type { ConnectedTable } from "../../workbook/workbook";
import { usePaneEnvironment } from "../pane-environment";
import { useSession, useViewer } from "../session/session";
import { type Task, useTask } from "../use-task";

/** Which saved view, in which billing month. */
export interface ChosenView {
  readonly viewId: string;
  readonly viewName: string;
  readonly month: string;
}

export interface PulledSheet {
  readonly view: ChosenView;
  readonly tableKey: string;
  readonly grid: InvoiceGrid;
  readonly invoices: readonly GridInvoice[];
  readonly isRefresh: boolean;
  /** Rows that left the view but stay in the sheet, because somebody typed beside them. */
  readonly keptRows: number;
  readonly tiesToTotals: boolean;
}

export type PullStage =
  | { readonly kind: "LOADING" }
  | { readonly kind: "WRITING"; readonly done: number; readonly total: number };

/** Pulls or refreshes; `resultsOf` says what a command did to each of the rows, by row id. */
export type Pull = (
  view: ChosenView,
  signal: AbortSignal,
  resultsOf?: (invoices: readonly GridInvoice[]) => ReadonlyMap<string, string>,
) => Promise<PulledSheet>;

export interface PulledSheetControl {
  readonly sheet: PulledSheet | null;
  /** What is pulled right now, or was to be when it failed. */
  readonly target: ChosenView | null;
  readonly stage: PullStage | null;
  readonly task: Task<[ChosenView]>;
  readonly pull: Pull;
  /** The view that is open, else one that this workbook has a table of. */
  readonly findView: () => Promise<ChosenView | null>;
  readonly selectedRowIds: readonly string[];
  readonly connectedTables: readonly ConnectedTable[];
}

/** The table of the view that the pane is about, and the way it gets there. */
export function usePulledSheet(): PulledSheetControl {
  const { workbook, locale, preferences } = usePaneEnvironment();
  const { client } = useSession();
  const viewer = useViewer();
  const [sheet, setSheet] = useState<PulledSheet | null>(null);
  const [target, setTarget] = useState<ChosenView | null>(null);
  const [stage, setStage] = useState<PullStage | null>(null);
  const [selectedRowIds, setSelectedRowIds] = useState<readonly string[]>([]);
  const [connectedTables, setConnectedTables] = useState<readonly ConnectedTable[]>([]);

  const organizationId = viewer.organization.id;
  const listConnectedTables = useCallback(async () => {
    const tables = await workbook.listTables();
    const ours = tables.filter(
      ({ connection }) => connection.kind === "invoices" && connection.organizationId === organizationId,
    );
    setConnectedTables(ours);
    return ours;
  }, [workbook, organizationId]);

  useEffect(() => {
    // A workbook that does not answer now says so when something is pulled.
    listConnectedTables().catch(() => {});
  }, [listConnectedTables]);

  const pull = useCallback<Pull>(
    async (view, signal, resultsOf) => {
      setTarget(view);
      setStage({ kind: "LOADING" });
      try {
        const grid = await loadInvoiceGrid(client, view, { signal });
        const invoices = toGridInvoices(grid);
        setStage({ kind: "WRITING", done: 0, total: grid.rows.length });
        const specification = invoiceSheet(grid, {
          ...view,
          pulledBy: viewer.name,
          organizationId,
          isSandbox: viewer.organization.mode === "SANDBOX",
          timeZone: viewer.organization.timeZone,
          locale,
          ...(resultsOf ? { results: resultsOf(invoices) } : {}),
        });
        const written = await workbook.writeTable(specification, {
          onProgress: ({ rowsDone, rowsTotal }) => setStage({ kind: "WRITING", done: rowsDone, total: rowsTotal }),
        });
        const pulled: PulledSheet = {
          view,
          tableKey: written.tableKey,
          grid,
          invoices,
          isRefresh: !written.created,
          keptRows: written.rowIdsKept.length,
          tiesToTotals: tiesToTotals(grid, invoices),
        };
        preferences.write("viewId", view.viewId);
        setSheet(pulled);
        await listConnectedTables();
        return pulled;
      } finally {
        setStage(null);
      }
    },
    [client, workbook, locale, preferences, viewer, organizationId, listConnectedTables],
  );

  const findView = useCallback(async () => {
    const [table] = sheet ? [] : await listConnectedTables().catch(() => []);
    return sheet?.view ?? (table ? viewOfTable(table) : null);
  }, [sheet, listConnectedTables]);

  const task = useTask(async (signal, view: ChosenView) => {
    await pull(view, signal);
  });

  const tableKey = sheet?.tableKey;
  useEffect(() => {
    setSelectedRowIds([]);
    if (tableKey === undefined) return;
    // Subscribing takes a round trip to Excel; leaving in the meantime must not leave a listener behind.
    const subscription = workbook.onSelectionChanged(tableKey, setSelectedRowIds);
    subscription.catch(() => {});
    return () => void subscription.then((unsubscribe) => unsubscribe()).catch(() => {});
  }, [workbook, tableKey]);

  return useMemo(
    () => ({ sheet, target, stage, task, pull, findView, selectedRowIds, connectedTables }),
    [sheet, target, stage, task, pull, findView, selectedRowIds, connectedTables],
  );
}

/** The table of this view and month in the workbook, if it was pulled before. */
export function isInWorkbook(tables: readonly ConnectedTable[], viewId: string, month: string): boolean {
  return tables.some((table) => table.tableKey === invoiceTableKey(viewId, month));
}

/** The view that a table of the workbook was pulled from. */
function viewOfTable({ connection }: ConnectedTable): ChosenView | null {
  const { viewId, viewName, month } = connection;
  return viewId && viewName && month ? { viewId, viewName, month } : null;
}
