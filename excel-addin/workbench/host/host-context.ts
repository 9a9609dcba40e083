import { type Shift, shiftArea } from "../model/area";
import type { Sheet } from "../model/sheet";
import { onShift } from "../model/structure";
import type { Workbook } from "../model/workbook";
import type { RangeTarget } from "./object-model/targets";

/** The window in which the add-in is seen. */
export interface Pane {
  readonly isVisible: boolean;
  setVisible(isVisible: boolean): void;
}

const EVENT_RANGES_KEPT = 200;

/** What the object model needs besides the workbook. */
export class HostContext {
  pane: Pane = { isVisible: true, setVisible: () => undefined };
  /** Ranges that the add-in keeps from one request to the next. */
  readonly keptRanges = new Map<string, RangeTarget>();
  private nextReference = 1;
  private readonly eventRanges: string[] = [];

  constructor(readonly workbook: Workbook) {
    onShift(workbook, (sheet, shift) => this.shiftRanges(sheet, shift));
  }

  keep(range: RangeTarget): void {
    if (range.referenceId === "") range.referenceId = `${this.nextReference++}|range`;
    this.keptRanges.set(range.referenceId, range);
  }

  /** Event arguments can ask for the range later; only so many events back, since nobody tells when they are done. */
  keepForEvent(range: RangeTarget): void {
    this.keep(range);
    this.eventRanges.push(range.referenceId);
    if (this.eventRanges.length > EVENT_RANGES_KEPT) this.keptRanges.delete(this.eventRanges.shift() ?? "");
  }

  private shiftRanges(sheet: Sheet, shift: Shift): void {
    for (const range of this.keptRanges.values()) {
      if (range.sheet === sheet && range.area) range.area = shiftArea(range.area, shift);
    }
  }
}
