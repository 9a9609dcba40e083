import type { Area } from "../../model/area";
import { ModelError } from "../../model/model-error";
import type { Sheet } from "../../model/sheet";
import type { Workbook } from "../../model/workbook";
import { textArgument } from "./arguments";
import { ObjectReference, type RangeTarget, reference } from "./targets";

export const rangeOf = (sheet: Sheet, place: Area): ObjectReference =>
  reference("Range", { sheet, area: place, referenceId: "" });

/** Where the range is now; refused when its cells were deleted. */
export function areaOf(range: RangeTarget): Area {
  if (!range.area) throw new ModelError("InvalidReference");
  return range.area;
}

/** A range given as an object or as an address. */
export function rangeArgument(workbook: Workbook, value: unknown, home: Sheet | null): { sheet: Sheet; area: Area } {
  if (!(value instanceof ObjectReference)) return workbook.resolveAddress(textArgument(value), home);
  if (value.typeName !== "Range") throw new ModelError("InvalidArgument");
  const range = value.target as RangeTarget;
  return { sheet: range.sheet, area: areaOf(range) };
}
