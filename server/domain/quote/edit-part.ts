import { parsePlainDate } from "../calendar/plain-date";
import { optional } from "./cell";
import type { WritableCell } from "./cell-parts";
import { POSITIONS } from "./cells-of-deductions";
import type { LineDiscount, QuoteLine, SaleTerms } from "./quote-terms";

/*
 * A discount comes and goes with a percentage (discountPercent), and has more to it than that. So that a removal can be
 * undone, the discount as a whole is a cell too: it stands in no list, and its text is JSON.
 */

const DISCOUNT_PATH = /^phases\.([^.]+)\.lines\.([^.]+)\.discounts\.([^.]+)$/;

/** The discount of a line as a whole, whether it is there or not; null for another path, or where the line is gone. */
export function discountCell(terms: SaleTerms, path: string): WritableCell | null {
  const [, phaseId, lineId, discountId] = DISCOUNT_PATH.exec(path) ?? [];
  const phase = terms.phases.find(({ id }) => id === phaseId);
  const line = phase?.lines.find(({ id }) => id === lineId);
  if (!line || discountId === undefined) return null;
  const discount = line.discounts.find(({ id }) => id === discountId);
  return {
    path,
    where: [],
    title: "Discount",
    format: optional("text"),
    value: discount ? discountText(discount) : null,
    standard: null,
    lock: null,
    shows: null,
    givenWith: [],
    write: (old, text) => inLine(old, { phaseId, lineId }, (each) => withDiscount(each, discountId, text)),
  };
}

/** It comes and goes as the last, so that the order of the others stays. What cannot be written is left as it is. */
function withDiscount(line: QuoteLine, id: string, text: string | null): QuoteLine {
  if (line.discounts.some((each) => each.id === id)) {
    const isLast = line.discounts.at(-1)?.id === id;
    return text === null && isLast ? { ...line, discounts: line.discounts.slice(0, -1) } : line;
  }
  const discount = text === null ? null : readDiscount(text);
  return discount?.id === id ? { ...line, discounts: [...line.discounts, discount] } : line;
}

function inLine(
  terms: SaleTerms,
  { phaseId, lineId }: { readonly phaseId: string | undefined; readonly lineId: string | undefined },
  change: (line: QuoteLine) => QuoteLine,
): SaleTerms {
  const phases = terms.phases.map((phase) =>
    phase.id === phaseId
      ? { ...phase, lines: phase.lines.map((line) => (line.id === lineId ? change(line) : line)) }
      : phase,
  );
  return { ...terms, phases };
}

/** Always with its fields in the same order. */
export const discountText = ({ id, description, percent, amount, endsBefore, position }: LineDiscount): string =>
  JSON.stringify({ id, description, percent, amount, endsBefore, position });

/** Null for text that is not exactly what discountText writes. */
function readDiscount(text: string): LineDiscount | null {
  const found = parsed(text);
  if (found === null || typeof found !== "object") return null;
  const discount = found as LineDiscount;
  const { id, description, percent, amount, endsBefore, position } = discount;
  const isNumber = (each: unknown) => each === null || (typeof each === "string" && DECIMAL_TEXT.test(each));
  const isGood =
    typeof id === "string" &&
    typeof description === "string" &&
    isNumber(percent) &&
    isNumber(amount) &&
    (endsBefore === null || (typeof endsBefore === "string" && parsePlainDate(endsBefore).ok)) &&
    (POSITIONS as readonly string[]).includes(position);
  return isGood && discountText(discount) === text ? discount : null;
}

const DECIMAL_TEXT = /^\d{1,28}(\.\d{0,11}[1-9])?$/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
