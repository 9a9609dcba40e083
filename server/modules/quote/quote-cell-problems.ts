import type { CellFormat, CellLock } from "../../domain/quote/cell";
import type { CellProblem, CellProblemCode } from "../../domain/quote/edit";
import type { Problem } from "../../platform/refusal";

/** What is wrong with an edit, at its place in the input. */
export function toEditProblem({ index, code, cell, given }: CellProblem): Problem {
  const where = cell ? [...cell.where, cell.title].join(", ") : "";
  const facts = { where, given: given ?? "", format: cell?.format ?? null, lock: cell?.lock ?? null };
  const field = code === "CELL_UNKNOWN" || code === "EDIT_TWICE" ? "path" : "value";
  return { code, message: SENTENCES[code](facts), path: ["edits", String(index), field] };
}

type Facts = {
  readonly where: string;
  readonly given: string;
  readonly format: CellFormat | null;
  readonly lock: CellLock | null;
};

const SENTENCES: { readonly [C in CellProblemCode]: (facts: Facts) => string } = {
  VALUE_MISSING: ({ where }) => `${where}: there must be a value.`,
  DAY_MALFORMED: ({ where, given }) => `${where}: "${given}" is not a calendar day. Send one such as "2027-01-31".`,
  NUMBER_MALFORMED: ({ where, given }) =>
    `${where}: "${given}" is not a number. Send plain decimal text such as "1250.00", with up to 12 decimals.`,
  NUMBER_NOT_WHOLE: ({ where, given }) => `${where}: ${given} is not a whole number.`,
  NUMBER_OUT_OF_RANGE: ({ where, given, format }) =>
    `${where}: ${given} is not from ${format?.range?.least} to ${format?.range?.most}.`,
  PERCENT_OUT_OF_RANGE: ({ where, given }) => `${where}: a percentage is 0 to 100, not ${given}.`,
  AMOUNT_TOO_PRECISE: ({ where, given }) => `${where}: ${given} has more decimals than the currency.`,
  CHOICE_UNKNOWN: ({ where, given, format }) =>
    `${where}: "${given}" is not one of ${(format?.choices ?? []).join(", ")}.`,
  CELL_UNKNOWN: ({ given }) => `There is no cell "${given}". The cells of a version are listed in its field cells.`,
  CELL_LOCKED: ({ where, lock }) => `${where}: ${lock ? LOCKED[lock] : "it cannot be edited."}`,
  EDIT_TWICE: ({ where }) => `${where} is edited twice. Send one edit of it.`,
  AMOUNTS_MISSING: ({ where, given }) =>
    `${where}: what is agreed is for one period of the present cadence. Edit with it, even where it stays the same: ${given}.`,
  CELLS_CONTRADICT: ({ where, given }) =>
    `${where}: ${given === "" ? "nothing" : `"${given}"`} does not go together with what else the quote says there. ` +
    "Payment terms need days, a renewal and a trial their length.",
};

/** Why a cell takes nothing, for people. */
export const LOCKED: { readonly [L in CellLock]: string } = {
  LAST_TIER: "the last tier has no upper bound.",
  OTHER_KIND_OF_DISCOUNT: "a discount is either a percent or an amount. Remove it and add one of the other kind.",
  STEP_PRICES: "steps of its ramp have prices that no cell shows. Send the whole line with other terms.",
  SEVERAL_DISCOUNTS: "the line has several discounts, or one that is fixed or ends. Edit each of them.",
};
