import { type Area, formatArea } from "../../model/area";
import type { Sheet } from "../../model/sheet";
import type { ObjectType } from "../object-type";
import { areaOf } from "./range-target";
import type { RangeTarget } from "./targets";

const validations = new WeakMap<Sheet, { area: Area; rule: unknown; prompt: unknown; errorAlert: unknown }[]>();

function validationOf(range: RangeTarget): { area: Area; rule: unknown; prompt: unknown; errorAlert: unknown } {
  const list = validations.get(range.sheet) ?? [];
  validations.set(range.sheet, list);
  const place = areaOf(range);
  const known = list.find((one) => formatArea(one.area) === formatArea(place));
  if (known) return known;
  const fresh = { area: place, rule: {}, prompt: {}, errorAlert: {} };
  list.push(fresh);
  return fresh;
}

/** Rules are kept and answered back; the workbench does not enforce them. */
export const dataValidationType: ObjectType<RangeTarget> = {
  properties: {
    Rule: {
      get: (range) => validationOf(range).rule,
      set: (range, value) => {
        validationOf(range).rule = value;
      },
    },
    Prompt: {
      get: (range) => validationOf(range).prompt,
      set: (range, value) => {
        validationOf(range).prompt = value;
      },
    },
    ErrorAlert: {
      get: (range) => validationOf(range).errorAlert,
      set: (range, value) => {
        validationOf(range).errorAlert = value;
      },
    },
  },
  methods: {
    Clear: (range) => {
      validationOf(range).rule = {};
    },
  },
};
