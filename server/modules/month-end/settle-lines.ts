import { inOrder } from "../../domain/in-order";
import { Decimal, ZERO } from "../../domain/money/decimal";
import type { PackedLine } from "./packed-lines";

/** A line that moved by its quantity alone, at a price so much per unit. */
export type MovedLine = {
  readonly description: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly change: Decimal;
};

/**
 * What two documents have in common, or what moved by volume alone: told from the text of their lines. Most lines of most
 * months are so, and need neither prices nor sides.
 */
export type Settled = {
  readonly baseline: Decimal;
  readonly current: Decimal;
  readonly baselineTax: Decimal;
  readonly currentTax: Decimal;
  readonly volume: Decimal;
  readonly moved: readonly MovedLine[];
};

export type SettledLines = {
  readonly settled: Settled;
  /** what is left to be compared item by item */
  readonly before: readonly PackedLine[];
  readonly now: readonly PackedLine[];
};

/** Line by line, in their order: what does not stand opposite itself is left. */
export function settleLines(before: readonly PackedLine[], now: readonly PackedLine[]): SettledLines {
  const left: { before: PackedLine[]; now: PackedLine[] } = { before: [], now: [] };
  const totals = { baseline: 0n, current: 0n, baselineTax: 0n, currentTax: 0n };
  const moved: (Omit<MovedLine, "change"> & { readonly change: bigint })[] = [];
  const isUnique = areUnique(before) && areUnique(now);
  const length = Math.max(before.length, now.length);
  for (let place = 0; place < length; place += 1) {
    const [was, is] = [before[place], now[place]];
    const pair = was && is && isUnique ? settlePair(was, is) : null;
    if (!was || !is || pair === null) {
      if (was) left.before.push(was);
      if (is) left.now.push(is);
      continue;
    }
    totals.baseline += pair.was;
    totals.current += pair.is;
    totals.baselineTax += pair.wasTax;
    totals.currentTax += pair.isTax;
    const change = pair.is - pair.was;
    if (change !== 0n) moved.push({ description: is[3], subject: is[2] ?? "", from: pair.from, to: pair.to, change });
  }
  return {
    settled: {
      baseline: toDecimal(totals.baseline),
      current: toDecimal(totals.current),
      baselineTax: toDecimal(totals.baselineTax),
      currentTax: toDecimal(totals.currentTax),
      volume: toDecimal(totals.current - totals.baseline),
      moved: largest(moved).map((line) => ({ ...line, change: toDecimal(line.change) })),
    },
    ...left,
  };
}

/** As many as a reason names; the rest is known by the total. */
const NAMED_AT_MOST = 3;

const largest = <L extends Omit<MovedLine, "change"> & { readonly change: bigint }>(moved: L[]): L[] =>
  moved.length <= NAMED_AT_MOST
    ? moved
    : moved.sort((a, b) => bySize(a.change, b.change) || inOrder(a.description, b.description)).slice(0, NAMED_AT_MOST);

/** The largest first; of equal ones those that a sentence says first. */
function bySize(a: bigint, b: bigint): number {
  const [one, other] = [a < 0n ? -a : a, b < 0n ? -b : b];
  return one === other ? 0 : one > other ? -1 : 1;
}

type Pair = {
  readonly was: bigint;
  readonly is: bigint;
  readonly wasTax: bigint;
  readonly isTax: bigint;
  readonly from: string;
  readonly to: string;
};

/** Null where more than the quantity of a price per unit is another one. */
function settlePair(was: PackedLine, is: PackedLine): Pair | null {
  if (was[0] !== "charge" || is[0] !== "charge" || was[1] || is[1] || was[2] !== is[2] || was[2] === null) return null;
  if (was[7] !== null || is[7] !== null) return null;
  const [before, now] = [was[6], is[6]];
  if (before === null || now === null) return null;
  const amounts = [was[4], is[4], was[5], is[5]].map(toParts);
  const [wasNet, isNet, wasTax, isTax] = amounts;
  if (wasNet == null || isNet == null || wasTax == null || isTax == null) return null;
  const pair = { was: wasNet, is: isNet, wasTax, isTax, from: "", to: "" };
  if (before === now) return wasNet === isNet ? pair : null;
  const [a, b] = [quantityIn(before), quantityIn(now)];
  if (a === null || b === null || a.price !== b.price) return null;
  return { ...pair, from: a.quantity, to: b.quantity };
}

const LINEAR = ['{"price":["per_unit",', '{"price":["seat",{"perSeat":{"model":"per_unit",'];
const QUANTITY_AT = ['"usage":{"quantity":"', '"parts":[[1,1,"'];
const ENDS = ['"}}', '"]]}'];

/** Where the facts end with the quantity, a whole period is billed and nothing comes off. */
function quantityIn(facts: string): { readonly price: string; readonly quantity: string } | null {
  if (!LINEAR.some((start) => facts.startsWith(start))) return null;
  for (const [form, start] of QUANTITY_AT.entries()) {
    const at = facts.lastIndexOf(start);
    const end = facts.length - (ENDS[form] as string).length;
    if (at < 0 || !facts.endsWith(ENDS[form] as string)) continue;
    const quantity = facts.slice(at + start.length, end);
    if (!quantity.includes('"')) return { price: facts.slice(0, at), quantity };
  }
  return null;
}

/** Amounts are kept with four decimals: as whole parts of them they add up exactly, and much faster. */
function toParts(text: string): bigint | null {
  const point = text.length - 5;
  if (text.charCodeAt(point) !== 46) return null;
  return BigInt(text.slice(0, point) + text.slice(point + 1));
}

const toDecimal = (parts: bigint): Decimal => (parts === 0n ? ZERO : new Decimal(parts.toString()).div(10_000));

function areUnique(lines: readonly PackedLine[]): boolean {
  for (let a = 1; a < lines.length; a += 1) {
    for (let b = 0; b < a; b += 1) if (lines[a]?.[2] === lines[b]?.[2]) return false;
    if (a > 40) return false;
  }
  return true;
}
