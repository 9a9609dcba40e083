/**
 * `charge` a price over a segment; `overage` seats beyond those billed in advance; `discount` one that comes off after
 * the minimum; `true_up` and `cap` by a minimum or maximum; `adjustment` corrects what was billed before;
 * `credit` takes off, or gives back, what prepaid credits pay. The engine makes all but the last.
 */
export type LineKind = "charge" | "overage" | "discount" | "true_up" | "cap" | "adjustment" | "credit";
export type OriginalLineKind = Exclude<LineKind, "adjustment">;
