import {
  CLOSED_SETS,
  type Condition,
  EVERYTHING,
  type Field,
  isEverything,
  isNothing,
  NOTHING,
  type Test,
} from "./condition";

/** Lists of which an invoice has exactly one value: two of them that must both hold ask for what they share. */
const SINGLE_VALUED: readonly Field[] = [
  "status",
  "paymentStatus",
  "documentKind",
  "origin",
  "customerIds",
  "currencies",
];

/**
 * The same filter in its simplest form: "not" stands before tests alone, and only before those that cannot say it
 * themselves; what is nested for nothing, said twice or contradicts itself is gone; lists are in order. Selects exactly
 * what the condition selects, and has one form for what differs in writing alone.
 */
export function normalize(condition: Condition): Condition {
  switch (condition.kind) {
    case "test":
      return normalTest(condition);
    case "not":
      return negate(normalize(condition.of));
    default:
      return joined(condition.kind, condition.of.map(normalize));
  }
}

function normalTest(given: Test): Condition {
  if (!Array.isArray(given.test)) return given;
  const values = [...new Set(given.test as readonly string[])].sort();
  if (values.length === 0) return NOTHING;
  const whole = closedSet(given.field);
  return whole !== null && whole.length === values.length ? EVERYTHING : listTest(given.field, values);
}

/** Of what is normal already. */
function negate(condition: Condition): Condition {
  if (condition.kind === "not") return condition.of;
  if (condition.kind !== "test") return joined(condition.kind === "all" ? "any" : "all", condition.of.map(negate));
  if (typeof condition.test === "boolean") return { ...condition, test: !condition.test } as Condition;
  const whole = closedSet(condition.field);
  if (whole === null) return { kind: "not", of: condition };
  const named = condition.test as readonly string[];
  return normalTest(
    listTest(
      condition.field,
      whole.filter((value) => !named.includes(value)),
    ),
  );
}

function joined(kind: "all" | "any", parts: readonly Condition[]): Condition {
  const [neutral, absorbing] = kind === "all" ? [isEverything, isNothing] : [isNothing, isEverything];
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const merged = mergeLists(kind, flat).filter((part) => !neutral(part));
  const known = new Map(merged.map((part) => [JSON.stringify(part), part]));
  const contradicts = [...known.values()].some(
    (part) => part.kind === "test" && known.has(JSON.stringify(negate(part))),
  );
  if (contradicts || merged.some(absorbing)) return kind === "all" ? NOTHING : EVERYTHING;
  const [first, ...others] = known.values();
  if (first === undefined) return kind === "all" ? EVERYTHING : NOTHING;
  return others.length === 0 ? first : { kind, of: [first, ...others] };
}

/** Lists of one field become one, where the first of them stood. */
function mergeLists(kind: "all" | "any", parts: readonly Condition[]): Condition[] {
  const merged = new Map<string, Condition>();
  for (const [index, part] of parts.entries()) {
    const isList = part.kind === "test" && Array.isArray(part.test);
    if (!isList || (kind === "all" && !SINGLE_VALUED.includes(part.field))) {
      merged.set(String(index), part);
      continue;
    }
    const before = merged.get(part.field);
    merged.set(part.field, before === undefined ? part : mergeTwo(kind, before, part));
  }
  return [...merged.values()];
}

function mergeTwo(kind: "all" | "any", a: Condition, b: Test): Condition {
  // Two that had nothing in common became nothing; what else must hold with it changes that no more.
  if (a.kind !== "test") return a;
  const [left, right] = [a.test as readonly string[], b.test as readonly string[]];
  const values = kind === "all" ? left.filter((value) => right.includes(value)) : [...left, ...right];
  return normalTest(listTest(b.field, values));
}

const listTest = (field: Field, values: readonly string[]): Test => ({ kind: "test", field, test: values }) as Test;

const closedSet = (field: Field): readonly string[] | null =>
  field in CLOSED_SETS ? CLOSED_SETS[field as keyof typeof CLOSED_SETS] : null;
