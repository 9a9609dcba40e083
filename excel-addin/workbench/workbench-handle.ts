import type { PaneHost } from "./grid/pane-host";
import type { Faults, HostSession } from "./host/host-session";
import { textOf } from "./model/edit";
import type { Workbook } from "./model/workbook";

/** `window.workbench`: what a test, or somebody with the console open, may do with the stand-in. */
export interface WorkbenchHandle {
  readonly workbook: Workbook;
  readonly session: HostSession;
  /** Let something go wrong: `workbench.faults.throttledRequests = 2`. */
  readonly faults: Faults;
  /** Members of the API that were asked for and are not there. */
  readonly unknownMembers: readonly string[];
  /** What the cells of an address show, such as `Invoices!B4:D9`. */
  texts(address: string): string[][];
  /** Selects a place, as a person would. */
  select(address: string): void;
  /** Opens the same workbook again: the add-in starts anew. */
  reopen(): void;
}

export function workbenchHandle(workbook: Workbook, session: HostSession, pane: PaneHost): WorkbenchHandle {
  return {
    workbook,
    session,
    faults: session.faults,
    unknownMembers: session.unknownMembers,
    texts: (address) => {
      workbook.ensureCalculated();
      const { sheet, area: a } = workbook.resolveAddress(address, null);
      return Array.from({ length: a.rowCount }, (_, row) =>
        Array.from({ length: a.columnCount }, (_, column) => textOf(sheet.cell(a.row + row, a.column + column))),
      );
    },
    select: (address) => {
      const { sheet, area: a } = workbook.resolveAddress(address, null);
      workbook.select(sheet, { area: a, activeRow: a.row, activeColumn: a.column });
    },
    reopen: () => pane.reload(),
  };
}
