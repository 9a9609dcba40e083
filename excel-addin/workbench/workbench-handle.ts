import { lookOf } from "./grid/cell-look";
import type { PaneHost } from "./grid/pane-host";
import type { WorkbenchParts } from "./grid/parts";
import type { Faults, HostSession } from "./host/host-session";
import type { Workbook } from "./model/workbook";

/** `window.workbench`: what a test, or somebody with the console open, may do with the stand-in. */
export interface WorkbenchHandle {
  readonly workbook: Workbook;
  readonly session: HostSession;
  /** Let something go wrong: `workbench.faults.throttledRequests = 2`. */
  readonly faults: Faults;
  /** Members of the API that were asked for and are not there. */
  readonly unknownMembers: readonly string[];
  /** What the grid shows in the cells of an address, such as `Invoices!B4:D9`, conditional formats included. */
  texts(address: string): string[][];
  /** Selects a place, as a person would. */
  select(address: string): void;
  /** Opens the same workbook again: the add-in starts anew. */
  reopen(): void;
}

export function workbenchHandle({ workbook, session, conditions }: WorkbenchParts, pane: PaneHost): WorkbenchHandle {
  return {
    workbook,
    session,
    faults: session.faults,
    unknownMembers: session.unknownMembers,
    texts: (address) => {
      workbook.ensureCalculated();
      const { sheet, area: a } = workbook.resolveAddress(address, null);
      const rows = Array.from({ length: a.rowCount }, (_, row) => a.row + row);
      const columns = Array.from({ length: a.columnCount }, (_, column) => a.column + column);
      const tables = workbook.tablesOf(sheet);
      conditions.prepare(sheet, rows, columns);
      return rows.map((row) => columns.map((column) => lookOf(sheet, tables, conditions, row, column).text));
    },
    select: (address) => {
      const { sheet, area: a } = workbook.resolveAddress(address, null);
      workbook.select(sheet, { area: a, activeRow: a.row, activeColumn: a.column });
    },
    reopen: () => pane.reload(),
  };
}
