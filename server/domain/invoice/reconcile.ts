import { formatPeriod } from "../calendar/format";
import { overlaps, type Period, spanOf } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import { groupBy } from "../group-by";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { type BilledLine, dueDayOf, type Line } from "./line";
import type { OriginalLineKind } from "./line-kind";
import { type LineOf, makeLine } from "./make-line";
import { adjustmentKeyOf, familyOf, originalKeyOf, type Segment } from "./segment";

/**
 * The difference to a line of an issued document, on a line of its own, and what that line should have been; or a line
 * that the document should have had.
 */
export type Adjustment = {
  readonly line: Line;
  readonly documentId: string;
  readonly originalKey: string;
  /** Null if nothing is left of it. */
  readonly expected: Line | null;
};

export type Reconciliation = {
  /** Lines that were never billed. */
  readonly due: Line[];
  /** Differences to what was billed. */
  readonly adjustments: Adjustment[];
};

type ReconcileInput = {
  readonly expected: readonly Line[];
  readonly billed: readonly BilledLine[];
  readonly laterSegments: readonly Segment[];
  readonly isInWindow: (dueOn: PlainDate) => boolean;
  readonly currency: Currency;
};

/** A billed line with all adjustments to it. */
type Original = { readonly line: BilledLine; readonly net: Decimal };

/** What serves the same days for the same subject, expected and billed, and has to agree in sum. */
type Comparison = { span: Period; readonly expected: Line[]; readonly originals: Original[]; isLater: boolean };

/**
 * Compares expected with billed lines, service by service. Where a service period was cut or extended since it was
 * billed, its pieces are compared in sum, and not before all of them are due.
 */
export function reconcile({ expected, billed, laterSegments, isInWindow, currency }: ReconcileInput): Reconciliation {
  if (billed.length === 0) return { due: expected.filter(({ dueOn }) => isInWindow(dueOn)), adjustments: [] };
  const due: Line[] = [];
  const adjustments: Adjustment[] = [];
  const billedByFamily = groupBy(billed, ({ key }) => familyOf(key));
  const laterByFamily = groupBy(laterSegments, ({ key }) => familyOf(key));
  const expectedByFamily = groupBy(expected, ({ key }) => familyOf(key));

  for (const family of new Set([...expectedByFamily.keys(), ...billedByFamily.keys()])) {
    const lines = expectedByFamily.get(family) ?? [];
    const originals = originalsOf(billedByFamily.get(family) ?? []);
    if (originals.length === 0) {
      due.push(...lines.filter(({ dueOn }) => isInWindow(dueOn)));
      continue;
    }
    for (const comparison of compareByService(lines, originals, laterByFamily.get(family) ?? [])) {
      if (comparison.originals.length === 0) {
        due.push(...comparison.expected.filter(({ dueOn }) => isInWindow(dueOn)));
      } else if (isJudged(comparison, isInWindow)) {
        const judged = judge(comparison, currency);
        due.push(...judged.due.filter(({ dueOn }) => isInWindow(dueOn)));
        adjustments.push(...judged.adjustments);
      }
    }
  }
  const order = new Map(expected.map(({ key }, index) => [key, index]));
  return { due: due.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0)), adjustments };
}

function originalsOf(billed: readonly BilledLine[]): Original[] {
  return [...groupBy(billed, ({ key }) => originalKeyOf(key)).values()].flatMap((lines) => {
    const line = lines.find(({ kind }) => kind !== "adjustment") ?? lines[0];
    return line ? [{ line, net: lines.reduce((total, { net }) => total.plus(net.amount), ZERO) }] : [];
  });
}

function compareByService(
  expected: readonly Line[],
  originals: readonly Original[],
  later: readonly Segment[],
): Comparison[] {
  const pieces: Comparison[] = [
    ...expected.map((line) => ({ span: line.servicePeriod, expected: [line], originals: [], isLater: false })),
    ...originals.map((original) => ({
      span: original.line.servicePeriod,
      expected: [],
      originals: [original],
      isLater: false,
    })),
    ...later.map(({ servicePeriod }) => ({ span: servicePeriod, expected: [], originals: [], isLater: true })),
  ];
  const comparisons: Comparison[] = [];
  for (const piece of pieces.sort((a, b) => (a.span.startsOn < b.span.startsOn ? -1 : 1))) {
    const last = comparisons.at(-1);
    if (last === undefined || !overlaps(last.span, piece.span)) {
      comparisons.push(piece);
      continue;
    }
    last.span = spanOf([last.span, piece.span]) ?? last.span;
    last.expected.push(...piece.expected);
    last.originals.push(...piece.originals);
    last.isLater ||= piece.isLater;
  }
  return comparisons;
}

function isJudged({ expected, originals, isLater }: Comparison, isInWindow: (dueOn: PlainDate) => boolean): boolean {
  const days = [...expected.map(({ dueOn }) => dueOn), ...originals.map(({ line }) => dueDayOf(line))];
  return !isLater && days.some(isInWindow);
}

function judge({ expected, originals }: Comparison, currency: Currency): Reconciliation {
  const expectedNet = expected.reduce((total, { net }) => total.plus(net.amount), ZERO);
  const billedNet = originals.reduce((total, { net }) => total.plus(net), ZERO);
  if (expectedNet.equals(billedNet)) return { due: [], adjustments: [] };

  const byKey = new Map(expected.map((line) => [line.key, line]));
  const keysBilled = new Set(originals.map(({ line }) => originalKeyOf(line.key)));
  const unbilled = new Set(expected.filter(({ key }) => !keysBilled.has(key)));
  const adjustments = originals.flatMap((original) => {
    const line =
      byKey.get(originalKeyOf(original.line.key)) ??
      [...unbilled].find(({ servicePeriod }) => servicePeriod.startsOn === original.line.servicePeriod.startsOn);
    if (line !== undefined) unbilled.delete(line);
    return adjust(original, line, currency);
  });
  return { due: [...unbilled], adjustments };
}

/** The difference between what a billed line should be and what it is, on a line that names the original period. */
function adjust({ line: billed, net }: Original, expected: Line | undefined, currency: Currency): Adjustment[] {
  const expectedNet = expected?.net.amount ?? ZERO;
  const difference = expectedNet.minus(net);
  if (difference.isZero()) return [];
  const originalKind: OriginalLineKind =
    billed.kind === "adjustment" ? (billed.adjusts ?? expected?.adjusts ?? "charge") : billed.kind;
  const originalKey = originalKeyOf(billed.key);
  const of: LineOf = {
    key: adjustmentKeyOf(originalKey),
    kind: "adjustment",
    adjusts: originalKind,
    lineageId: billed.lineageId,
    boundId: billed.boundId,
    fullPeriod: billed.fullPeriod,
    servicePeriod: billed.servicePeriod,
    timing: billed.timing,
    correctsDocumentId: billed.documentId,
    chargeId: billed.chargeId,
    productId: billed.productId,
    isOneTime: false,
    isMetered: expected?.isMetered ?? false,
  };
  const line = makeLine(of, {
    currency,
    description: `Adjustment for ${formatPeriod(billed.servicePeriod)}: ${expected?.description ?? billed.description}`,
    precise: difference,
    charge: difference,
    explain: () => ({
      adjustment: {
        originalKind,
        expected: expectedNet.toFixed(),
        billed: net.toFixed(),
        expectedLine: expected?.explanation ?? null,
      },
    }),
  });
  return [{ line, documentId: billed.documentId, originalKey, expected: expected ?? null }];
}
