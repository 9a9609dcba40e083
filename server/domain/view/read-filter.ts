import { type CurrencyCode, parseCurrency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import {
  type AmountTest,
  type Condition,
  type CustomFieldTest,
  type DayTest,
  EVERYTHING,
  type Field,
  type MonthTest,
  type RelativeDays,
  type RelativeMonths,
  type Tests,
  test,
} from "./condition";
import type { AmountRecord, CustomFieldRecord, DayRecord, FilterRecord, MonthRecord } from "./filter-record";
import { hidesComparison } from "./split";

/** One thing that is wrong with a filter; the path begins at the filter. */
export type FilterProblem = { readonly code: string; readonly message: string; readonly path: readonly string[] };

export const DEPTH_MAXIMUM = 5;
export const TESTS_MAXIMUM = 100;
export const LIST_MAXIMUM = 1_000;
export const TEXT_MAXIMUM = 200;
const MONTHS_MAXIMUM = 120;
const DAYS_MAXIMUM = 3_660;

const LISTS = ["status", "paymentStatus", "documentKind", "origin", "staleReasons", "blockers"] as const;
const IDS = ["customerIds", "contractIds", "productIds"] as const;
const ANSWERS = [
  "isStale",
  "isBlocked",
  "isDisputed",
  "isPromised",
  "isSent",
  "hasFailedMail",
  "isOverdue",
  "flagged",
  "isSignedOff",
] as const;
const AMOUNTS = ["net", "gross", "due"] as const;
const DAYS = ["issuedOn", "dueOn", "billsOn", "servedOn"] as const;

type Path = readonly string[];

/** Reads a filter as it was written. All that is wrong is said at once; the condition is good only where nothing is. */
export function readFilter(given: FilterRecord | null | undefined): {
  readonly condition: Condition;
  readonly problems: readonly FilterProblem[];
} {
  const problems: FilterProblem[] = [];
  const report = (code: string, message: string, path: Path) => void problems.push({ code, message, path });
  let tests = 0;
  const condition = readRecord(given ?? {}, [], 1);
  if (tests > TESTS_MAXIMUM)
    report("FILTER_TOO_LARGE", `The filter asks ${tests} things; the limit is ${TESTS_MAXIMUM}.`, []);
  if (problems.length === 0 && hidesComparison(condition)) {
    report(
      "COMPARISON_INSIDE_OR",
      "flagged and isSignedOff are answered by comparing a month, so they stand beside the other conditions, not inside or. Save two views instead.",
      [],
    );
  }
  return { condition, problems };

  function readRecord(record: FilterRecord, path: Path, depth: number): Condition {
    if (depth > DEPTH_MAXIMUM) {
      report("FILTER_TOO_DEEP", `Filters nest at most ${DEPTH_MAXIMUM} deep. Flatten this part.`, path);
      return EVERYTHING;
    }
    const own = ownTests(record, path);
    tests += own.length;
    const joined = [
      ...(record.and ?? []).map((part, index) => readRecord(part, [...path, "and", String(index)], depth + 1)),
      ...alternatives(record, path, depth),
      ...(record.not ? [{ kind: "not" as const, of: readRecord(record.not, [...path, "not"], depth + 1) }] : []),
    ];
    const parts = [...own, ...joined];
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "all", of: parts };
  }

  function alternatives({ or }: FilterRecord, path: Path, depth: number): Condition[] {
    if (!or || or.length === 0) return [];
    return [{ kind: "any", of: or.map((part, index) => readRecord(part, [...path, "or", String(index)], depth + 1)) }];
  }

  function ownTests(record: FilterRecord, path: Path): Condition[] {
    const found: Condition[] = [];
    const add = <F extends Field>(field: F, asked: Tests[F] | null) => {
      if (asked !== null) found.push(test(field, asked));
    };
    const list = <T>(values: readonly T[] | null | undefined, field: string): readonly T[] | null => {
      if (!values || values.length === 0) return null;
      if (values.length > LIST_MAXIMUM)
        report("TOO_MANY_VALUES", `${field} has ${values.length} values; the limit is ${LIST_MAXIMUM}.`, [
          ...path,
          field,
        ]);
      return [...new Set(values)];
    };
    for (const field of LISTS) add(field, list<never>(record[field] as readonly never[] | null | undefined, field));
    for (const field of IDS) add(field, list(record[field], field)?.map((id) => id.toLowerCase()) ?? null);
    add("customerName", readText(record.customerName, [...path, "customerName"]));
    add("currencies", readCurrencies(list(record.currencies, "currencies"), path));
    if (record.month) add("billingMonth", { kind: "between", from: record.month, through: record.month });
    add("billingMonth", readMonths(record.billingMonth, [...path, "billingMonth"]));
    for (const field of AMOUNTS) add(field, readAmount(record[field], [...path, field]));
    for (const field of DAYS) add(field, readDays(record[field], [...path, field]));
    add("number", readNumber(record.number, [...path, "number"]));
    add("poNumber", readPoNumber(record.poNumber, [...path, "poNumber"]));
    (record.customFields ?? []).forEach((field, index) => {
      add("customField", readCustomField(field, [...path, "customFields", String(index)]));
    });
    add("search", readText(record.search, [...path, "search"]));
    for (const field of ANSWERS) add(field, record[field] ?? null);
    return found;
  }

  function readText(given: string | null | undefined, path: Path): string | null {
    const text = given?.trim() || null;
    if (text !== null && text.length > TEXT_MAXIMUM)
      report("TEXT_TOO_LONG", `${path.at(-1)} has ${text.length} characters; the limit is ${TEXT_MAXIMUM}.`, path);
    // PostgreSQL text cannot hold NUL, UTF-8 no half of a surrogate pair.
    else if (text !== null && /[\p{Cc}\p{Cs}]/u.test(text))
      report("TEXT_UNPRINTABLE", `${path.at(-1)} contains a control character.`, path);
    return text;
  }

  function readCurrency(code: string, path: Path): CurrencyCode | null {
    const parsed = parseCurrency(code);
    if (parsed.ok) return parsed.value.code;
    report("CURRENCY_UNKNOWN", `"${code}" is not an ISO 4217 currency code. Send one such as "EUR".`, path);
    return null;
  }

  function readCurrencies(codes: readonly string[] | null, path: Path): readonly CurrencyCode[] | null {
    return codes?.flatMap((code, index) => readCurrency(code, [...path, "currencies", String(index)]) ?? []) ?? null;
  }

  function checkRange<T>(from: T | null, through: T | null, isAfter: (a: T, b: T) => boolean, path: Path): void {
    if (from !== null && through !== null && isAfter(from, through))
      report("RANGE_EMPTY", `${path.at(-1)}: from is after through, so that nothing lies in between.`, path);
  }

  function readMonths(given: MonthRecord | null | undefined, path: Path): MonthTest | null {
    const { equals = null, from = null, through = null, relative = null, months = null } = given ?? {};
    if (!isOneWay({ equals, bounds: from ?? through, relative }, path)) return null;
    if (relative !== null)
      return { kind: "relative", to: relative, months: readCount(relative, "months", months, path) };
    checkRange(from, through, (a, b) => a > b, path);
    const bounds = { from: equals ?? from, through: equals ?? through };
    return bounds.from === null && bounds.through === null ? null : { kind: "between", ...bounds };
  }

  function readDays(given: DayRecord | null | undefined, path: Path): DayTest | null {
    const { equals = null, from = null, through = null, relative = null, days = null } = given ?? {};
    if (!isOneWay({ equals, bounds: from ?? through, relative }, path)) return null;
    if (relative !== null) return { kind: "relative", to: relative, days: readCount(relative, "days", days, path) };
    checkRange(from, through, (a, b) => a > b, path);
    const bounds = { from: equals ?? from, through: equals ?? through };
    return bounds.from === null && bounds.through === null ? null : { kind: "between", ...bounds };
  }

  function isOneWay(ways: Readonly<Record<string, unknown>>, path: Path): boolean {
    if (Object.values(ways).filter((way) => way !== null).length <= 1) return true;
    report("RANGE_AMBIGUOUS", `${path.at(-1)}: send either equals, or from and through, or relative.`, path);
    return false;
  }

  function readCount(
    relative: RelativeMonths | RelativeDays,
    unit: "months" | "days",
    count: number | null,
    path: Path,
  ): number {
    const isCounted = relative === "months_ago" || relative.includes("_n_");
    const [least, most] = [
      isCounted && !relative.startsWith("last") ? 0 : 1,
      unit === "months" ? MONTHS_MAXIMUM : DAYS_MAXIMUM,
    ];
    const word = relative.toUpperCase();
    if (!isCounted && count !== null)
      report("COUNT_NOT_WANTED", `${word} takes no ${unit}. Leave them out.`, [...path, unit]);
    else if (isCounted && count === null) report("COUNT_MISSING", `${word} needs ${unit}.`, [...path, unit]);
    else if (isCounted && count !== null && (!Number.isInteger(count) || count < least || count > most))
      report("COUNT_OUT_OF_RANGE", `${unit} is ${least} to ${most} here, not ${count}.`, [...path, unit]);
    return isCounted ? (count ?? least) : 0;
  }

  function readAmount(given: AmountRecord | null | undefined, path: Path): AmountTest | null {
    const { from = null, through = null, currency = null } = given ?? {};
    if (from === null && through === null && currency === null) return null;
    checkRange(from, through, (a, b) => a.greaterThan(b), path);
    const code = currency === null ? null : readCurrency(currency, [...path, "currency"]);
    return { from: decimalText(from), through: decimalText(through), currency: code };
  }

  function readNumber(given: FilterRecord["number"], path: Path): Tests["number"] | null {
    const [prefix, from, through] = [
      readText(given?.prefix, [...path, "prefix"]),
      readText(given?.from, [...path, "from"]),
      readText(given?.through, [...path, "through"]),
    ];
    if (prefix === null && from === null && through === null) return null;
    checkRange(from, through, (a, b) => a > b, path);
    return { prefix, from, through };
  }

  function readPoNumber(given: FilterRecord["poNumber"], path: Path): Tests["poNumber"] | null {
    const exists = given?.exists ?? null;
    const [equals, prefix] = [
      readText(given?.equals, [...path, "equals"]),
      readText(given?.prefix, [...path, "prefix"]),
    ];
    return exists === null && equals === null && prefix === null ? null : { exists, equals, prefix };
  }

  function readCustomField(given: CustomFieldRecord, path: Path): CustomFieldTest | null {
    const key = readText(given.key, [...path, "key"]);
    if (key === null) {
      report("TEXT_MISSING", "The key of a custom field must not be empty.", [...path, "key"]);
      return null;
    }
    const { exists = null, equals = null, numberFrom = null, numberThrough = null } = given;
    const { dayFrom = null, dayThrough = null } = given;
    const values = equals === null ? (given.in ?? []) : [...(given.in ?? []), equals];
    if (values.length > LIST_MAXIMUM)
      report("TOO_MANY_VALUES", `in has ${values.length} values; the limit is ${LIST_MAXIMUM}.`, [...path, "in"]);
    for (const value of values) if (value !== "") readText(value, [...path, "in"]);
    checkRange(numberFrom, numberThrough, (a, b) => a.greaterThan(b), path);
    checkRange(dayFrom, dayThrough, (a, b) => a > b, path);
    const asked = {
      key,
      exists,
      in: values.length === 0 ? null : [...new Set(values)],
      numberFrom: decimalText(numberFrom),
      numberThrough: decimalText(numberThrough),
      dayFrom,
      dayThrough,
    };
    const { key: _, ...rest } = asked;
    // A key alone asks whether it is there, which is what people mean by naming a tag.
    return Object.values(rest).every((value) => value === null) ? { ...asked, exists: true } : asked;
  }
}

const decimalText = (value: Decimal | null): string | null => value?.toFixed() ?? null;
