import { containsArea, formatArea, intersection } from "../model/area";
import type { Workbook, WorkbookEvent } from "../model/workbook";
import { HostContext } from "./host-context";
import { RequestExecutor } from "./request-executor";
import type { RequestBody, ResponseBody } from "./rich-api";

/** Numbers by which Excel refuses a whole request, before looking at what it asks. */
export const HostErrorNumber = {
  CellInEditMode: 5004,
  SessionLost: 5012,
  Throttled: 5102,
  RequestTooLarge: 5103,
  ResponseTooLarge: 5104,
  Denied: 7000,
  Offline: 5001,
} as const;

export const PAYLOAD_LIMIT_BYTES = 5 * 1024 * 1024;

const DELAY_FOR_CELL_EDIT = 64;

/** What a test or a curious person may let go wrong. Each answers as Excel does. */
export interface Faults {
  /** Requests that are refused as throttled, counted down. */
  throttledRequests: number;
  /** As if somebody were editing a cell and did not stop. */
  isCellBusy: boolean;
  isSessionLost: boolean;
  isOffline: boolean;
  /** Every request takes this much longer. */
  slowByMilliseconds: number;
  payloadLimitBytes: number;
}

export const noFaults = (): Faults => ({
  throttledRequests: 0,
  isCellBusy: false,
  isSessionLost: false,
  isOffline: false,
  slowByMilliseconds: 0,
  payloadLimitBytes: PAYLOAD_LIMIT_BYTES,
});

export type RichApiAnswer = { readonly error: 0; readonly body: string } | { readonly error: number };

/** One event as it travels: category, type, target, content, id. */
export type EventMessage = readonly [number, number, string, string, string];

const EVENT_CATEGORY = 65_536;
const ANY_TARGET = "Workbook";

const EventType = {
  SelectionChangedInSheet: 14,
  Changed: 10,
  Activated: 11,
  Deactivated: 12,
  Added: 13,
  Deleted: 15,
  RowSorted: 19,
  ProtectionChanged: 24,
  NameChanged: 25,
  TableSelectionChanged: 100,
  TableChanged: 101,
  TableAdded: 102,
  TableDeleted: 103,
} as const;

/** The host as one add-in sees it: it carries out requests and tells of events. Knows nothing of frames and messages. */
export class HostSession {
  readonly faults = noFaults();
  /** Members of the API that were asked for and are not there. Tests expect it to stay empty. */
  readonly unknownMembers: string[] = [];
  readonly context: HostContext;
  /** Requests carried out, for tests that count round trips. */
  requestCount = 0;
  private readonly executor: RequestExecutor;
  private readonly eventListeners = new Set<(messages: EventMessage[]) => void>();
  private pendingEvents: EventMessage[] = [];
  private isCellEdited = false;
  private readonly waitingForCellEdit: (() => void)[] = [];
  private selectedTables = new Set<string>();

  constructor(readonly workbook: Workbook) {
    this.context = new HostContext(workbook);
    this.executor = new RequestExecutor(this.context, (member) => this.unknownMembers.push(member));
    workbook.subscribe((event) => this.tell(event));
  }

  onEvents(listener: (messages: EventMessage[]) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /** While a cell is being edited, Excel takes no requests. */
  setCellEdited(isEdited: boolean): void {
    this.isCellEdited = isEdited;
    if (!isEdited) for (const resume of this.waitingForCellEdit.splice(0)) resume();
  }

  /** Takes the request array of Office.js: customData, method, path, headers, body, permission, flags, … */
  async executeRichApi(request: readonly unknown[]): Promise<RichApiAnswer> {
    const body = String(request[4] ?? "");
    const flags = Number(request[6] ?? 0);
    const { faults } = this;
    if (faults.slowByMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, faults.slowByMilliseconds));
    if (faults.isOffline) return { error: HostErrorNumber.Offline };
    if (faults.isSessionLost) return { error: HostErrorNumber.SessionLost };
    if (faults.throttledRequests > 0) {
      faults.throttledRequests--;
      return { error: HostErrorNumber.Throttled };
    }
    if (faults.isCellBusy) return { error: HostErrorNumber.CellInEditMode };
    if (byteLength(body) > faults.payloadLimitBytes) return { error: HostErrorNumber.RequestTooLarge };
    if (this.isCellEdited) {
      if ((flags & DELAY_FOR_CELL_EDIT) === 0) return { error: HostErrorNumber.CellInEditMode };
      await new Promise<void>((resume) => this.waitingForCellEdit.push(resume));
    }
    this.requestCount++;
    const response: ResponseBody = this.executor.execute(JSON.parse(body) as RequestBody);
    const answer = JSON.stringify(response);
    queueMicrotask(() => this.sendEvents());
    return byteLength(answer) > faults.payloadLimitBytes
      ? { error: HostErrorNumber.ResponseTooLarge }
      : { error: 0, body: answer };
  }

  private tell(event: WorkbookEvent): void {
    if (!this.workbook.areEventsEnabled) return;
    switch (event.kind) {
      case "cellsChanged":
        this.tellChanged(event);
        break;
      case "selectionChanged":
        this.tellSelection(event.sheet);
        break;
      case "sheetActivated":
        this.push(EventType.Activated, [event.sheet.id, ANY_TARGET], { worksheetId: event.sheet.id });
        break;
      case "sheetDeactivated":
        this.push(EventType.Deactivated, [event.sheet.id, ANY_TARGET], { worksheetId: event.sheet.id });
        break;
      case "sheetAdded":
        this.push(EventType.Added, [ANY_TARGET], { worksheetId: event.sheet.id, source: "Local" });
        break;
      case "sheetDeleted":
        this.push(EventType.Deleted, [ANY_TARGET], { worksheetId: event.sheet.id, source: "Local" });
        break;
      case "sheetRenamed": {
        const names = { nameBefore: event.nameBefore, nameAfter: event.sheet.name };
        this.push(EventType.NameChanged, [event.sheet.id, ANY_TARGET], {
          worksheetId: event.sheet.id,
          source: "Local",
          ...names,
        });
        break;
      }
      case "tableAdded":
        this.push(EventType.TableAdded, [ANY_TARGET, event.table.sheet.id], tableFacts(event));
        break;
      case "tableDeleted":
        this.push(EventType.TableDeleted, [ANY_TARGET, event.table.sheet.id], {
          ...tableFacts(event),
          tableName: event.table.name,
        });
        break;
      case "rowsSorted": {
        const facts = { worksheetId: event.sheet.id, address: formatArea(event.area), source: "Local" };
        this.push(EventType.RowSorted, [event.sheet.id, ANY_TARGET], facts);
        break;
      }
      case "protectionChanged": {
        const facts = { worksheetId: event.sheet.id, isProtected: event.sheet.protection.isProtected, source: "Local" };
        this.push(EventType.ProtectionChanged, [event.sheet.id, ANY_TARGET], facts);
      }
    }
  }

  private tellChanged(event: Extract<WorkbookEvent, { kind: "cellsChanged" }>): void {
    const range = { sheet: event.sheet, area: event.area, referenceId: "" };
    const facts = {
      worksheetId: event.sheet.id,
      address: formatArea(event.area),
      changeType: event.changeType,
      source: "Local",
      shiftDirection: event.shiftDirection,
      triggerSource: event.origin === "add-in" ? "ThisLocalAddin" : "Unknown",
      ...event.detail,
    };
    this.context.keepForEvent(range);
    this.push(EventType.Changed, [event.sheet.id, ANY_TARGET], { ...facts, referenceId: range.referenceId });
    for (const table of this.workbook.tablesOf(event.sheet)) {
      const common = intersection(table.area, event.area);
      if (!common) continue;
      const address = containsArea(table.area, event.area) ? facts.address : formatArea(common);
      const ofTable = { ...facts, address, tableId: table.id, referenceId: range.referenceId };
      this.push(EventType.TableChanged, [table.id, event.sheet.id, ANY_TARGET], ofTable);
    }
  }

  private tellSelection(sheet: Workbook["activeSheet"]): void {
    const address = formatArea(sheet.selection.area);
    this.push(EventType.SelectionChangedInSheet, [sheet.id, ANY_TARGET], { worksheetId: sheet.id, address });
    const selected = new Set<string>();
    for (const table of this.workbook.tables) {
      const isInside = table.sheet === sheet && intersection(table.area, sheet.selection.area) !== null;
      if (isInside) selected.add(table.id);
      if (!isInside && !this.selectedTables.has(table.id)) continue;
      const facts = {
        tableId: table.id,
        worksheetId: sheet.id,
        isInsideTable: isInside,
        address: isInside ? address : "",
      };
      this.push(EventType.TableSelectionChanged, [table.id], facts);
    }
    this.selectedTables = selected;
  }

  private push(type: number, targets: readonly string[], facts: object): void {
    const content = JSON.stringify(facts);
    const wasEmpty = this.pendingEvents.length === 0;
    for (const target of targets) this.pendingEvents.push([EVENT_CATEGORY, type, target, content, ""]);
    // Events of a request come after its answer; those of a person as soon as the change is complete.
    if (wasEmpty) setTimeout(() => this.sendEvents(), 0);
  }

  private sendEvents(): void {
    const messages = this.pendingEvents;
    if (messages.length === 0) return;
    this.pendingEvents = [];
    for (const listener of this.eventListeners) listener(messages);
  }
}

function tableFacts({ table }: Extract<WorkbookEvent, { kind: "tableAdded" | "tableDeleted" }>): object {
  return { tableId: table.id, worksheetId: table.sheet.id, source: "Local" };
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;
