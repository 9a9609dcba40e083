import { cadenceOfMonths } from "../calendar/cadence";
import { parsePlainDate } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import { Decimal } from "../money/decimal";
import { fail, ok, type Result } from "../result";
import { unreachable } from "../unreachable";
import type { CellFormat, CellKind } from "./cell";

export type CellValueProblemCode =
  | "VALUE_MISSING"
  | "DAY_MALFORMED"
  | "NUMBER_MALFORMED"
  | "NUMBER_NOT_WHOLE"
  | "NUMBER_OUT_OF_RANGE"
  | "PERCENT_OUT_OF_RANGE"
  | "AMOUNT_TOO_PRECISE"
  | "CHOICE_UNKNOWN";

type Canonical = Result<string | null, CellValueProblemCode>;

/** As many digits as the database keeps. */
const NUMBER_TEXT = /^-?\d{1,28}(\.\d{1,12})?$/;

/** The one text for what was written, such as "10" for "10.0"; empty text is none. Refused: what the format does not take. */
export function canonicalText(text: string | null, format: CellFormat, currency: Currency): Canonical {
  if (text === null || text === "") return format.isOptional ? ok(null) : fail("VALUE_MISSING");
  switch (format.kind) {
    case "text":
      return ok(text);
    case "day":
      return parsePlainDate(text).ok ? ok(text) : fail("DAY_MALFORMED");
    case "choice":
      return format.choices.includes(text) ? ok(text) : fail("CHOICE_UNKNOWN");
    case "cadence":
      return canonicalCadence(text, format);
    case "whole":
    case "decimal":
    case "percent":
    case "money":
      return NUMBER_TEXT.test(text)
        ? canonicalNumber(new Decimal(text), { ...format, kind: format.kind }, currency)
        : fail("NUMBER_MALFORMED");
    default:
      return unreachable(format.kind);
  }
}

/** Three months are quarterly, however they are written. */
function canonicalCadence(text: string, { choices }: CellFormat): Canonical {
  if (choices.includes(text)) return ok(text);
  const [, months] = /^every_(\d{1,3})_months$/.exec(text) ?? [];
  const cadence = months === undefined ? null : cadenceOfMonths(Number(months));
  return cadence?.ok ? ok(cadence.value) : fail("CHOICE_UNKNOWN");
}

type NumberFormat = CellFormat & { readonly kind: "whole" | "decimal" | "percent" | "money" };

function canonicalNumber(
  value: Decimal,
  { kind, range, isZeroNone, isRate }: NumberFormat,
  currency: Currency,
): Canonical {
  if (isZeroNone && value.isZero()) return ok(null);
  if (kind === "whole" && !value.isInteger()) return fail("NUMBER_NOT_WHOLE");
  if (range !== null && (value.lt(range.least) || value.gt(range.most))) return fail("NUMBER_OUT_OF_RANGE");
  if (kind === "percent" && (value.lt(0) || (value.gt(100) && !isRate))) return fail("PERCENT_OUT_OF_RANGE");
  if (kind === "money" && !isRate && value.decimalPlaces() > currency.minorUnits) return fail("AMOUNT_TOO_PRECISE");
  return ok(plainText(value));
}

const NUMBERS: readonly CellKind[] = ["whole", "decimal", "percent", "money"];

/** Without exponent, trailing zeros and a sign before zero. */
const plainText = (value: Decimal): string => (value.isZero() ? "0" : value.toFixed());

/**
 * The text by which a cell that was read is compared with what it is now: canonical where it can be, so that "500.00" is
 * "500"; what the format would not take stays as it stands.
 */
export function comparableText(text: string | null, format: CellFormat, currency: Currency): string | null {
  if (text === null || text === "") return null;
  const canonical = canonicalText(text, format, currency);
  if (canonical.ok) return canonical.value;
  return NUMBER_TEXT.test(text) && NUMBERS.includes(format.kind) ? plainText(new Decimal(text)) : text;
}
