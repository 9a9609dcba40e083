import type { CurrencyCode } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";

/** What a month is looked at for before it is closed. */
export type CheckKind =
  | "stale_drafts"
  | "drafts_not_issued"
  | "overrides_unconfirmed"
  | "variances_unsigned"
  | "usage_unattributed"
  | "sends_failed"
  | "syncs_failed"
  | "numbers_missing"
  | "second_person_pending";

/** Something that holds up the close: what, why, and what to do about it. Amounts are decimal text. */
export type Finding = {
  /** the same on every look, so that what was waived stays waived */
  readonly subjectId: string;
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string;
  readonly amount: string | null;
  readonly currency: CurrencyCode | null;
};

export type Waiver = { readonly check: CheckKind; readonly subjectId: string };

/** `tolerated`: what is left comes to no more than the organization lets pass. */
export type CheckState = "clear" | "waived" | "tolerated" | "blocking";

export type JudgedFinding = Finding & { readonly isWaived: boolean };

export type Check = {
  readonly kind: CheckKind;
  readonly state: CheckState;
  readonly findings: readonly JudgedFinding[];
};

/**
 * What may be let pass with a reason. The rest has a remedy that takes no decision: a stale draft is recalculated, a
 * variance is signed off, an override confirmed.
 */
const WAIVABLE: { readonly [K in CheckKind]: boolean } = {
  stale_drafts: false,
  drafts_not_issued: true,
  overrides_unconfirmed: false,
  variances_unsigned: false,
  usage_unattributed: true,
  sends_failed: true,
  syncs_failed: true,
  numbers_missing: true,
  second_person_pending: false,
};

export const isWaivable = (kind: CheckKind): boolean => WAIVABLE[kind];

/**
 * Judges what was found. `tolerance`: up to so much, in the currency of the findings, does not block together; what has
 * no amount always does. Null: anything blocks.
 */
export function judge(
  kind: CheckKind,
  findings: readonly Finding[],
  { waivers, tolerance = null }: { readonly waivers: readonly Waiver[]; readonly tolerance?: Decimal | null },
): Check {
  const waived = new Set(waivers.flatMap(({ check, subjectId }) => (check === kind ? [subjectId] : [])));
  const judged = findings.map((finding) => ({
    ...finding,
    isWaived: isWaivable(kind) && waived.has(finding.subjectId),
  }));
  return { kind, findings: judged, state: stateOf(judged, tolerance) };
}

function stateOf(findings: readonly JudgedFinding[], tolerance: Decimal | null): CheckState {
  if (findings.length === 0) return "clear";
  const left = findings.filter(({ isWaived }) => !isWaived);
  if (left.length === 0) return "waived";
  if (tolerance === null || left.some(({ amount }) => amount === null)) return "blocking";
  const total = left.reduce((sum, { amount }) => sum.plus(new Decimal(amount ?? 0).abs()), ZERO);
  return total.lte(tolerance) ? "tolerated" : "blocking";
}

/** What still keeps the month from being closed. */
export const blocking = (checks: readonly Check[]): readonly Check[] =>
  checks.filter(({ state }) => state === "blocking");
