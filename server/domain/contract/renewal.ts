import { addDays, addMonths, daysBetween, type PlainDate } from "../calendar/plain-date";
import { monthOf, monthsBetween } from "../calendar/plain-month";
import type { Decimal } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import type { Percent } from "../money/percent";
import { uplift } from "../pricing/uplift";
import type { Problem } from "../problem";
import type { AmendmentChange } from "./amendment";
import type { AmendedContract } from "./apply-amendments";
import type { Charge, Contract, SpendBound } from "./contract";

/** What happens when the term ends and nobody has given notice so many days before. */
export type RenewalRule =
  | { readonly kind: "none" }
  | {
      readonly kind: "automatic";
      readonly months: number;
      readonly noticeDays: number;
      /** Put on the price of every recurring charge. */
      readonly upliftPercent: Percent | null;
    };

export type RenewalProblemCode = "RENEWAL_MONTHS_OUT_OF_RANGE" | "NOTICE_DAYS_OUT_OF_RANGE";

const MONTHS_MOST = 120;
const NOTICE_DAYS_MOST = 366;

/** Whole months from 1 to 120, and whole days of notice from 0 to 366; none: the rule is good. */
export function checkRenewalRule(rule: RenewalRule): Problem<RenewalProblemCode>[] {
  if (rule.kind === "none") return [];
  const { months, noticeDays } = rule;
  return [
    ...(isWholeWithin(months, 1, MONTHS_MOST)
      ? []
      : [{ code: "RENEWAL_MONTHS_OUT_OF_RANGE", path: ["months"], given: String(months) } as const]),
    ...(isWholeWithin(noticeDays, 0, NOTICE_DAYS_MOST)
      ? []
      : [{ code: "NOTICE_DAYS_OUT_OF_RANGE", path: ["noticeDays"], given: String(noticeDays) } as const]),
  ];
}

const isWholeWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** A renewal that has become binding: an amendment effective on the old end. */
export type Renewal = {
  readonly effectiveOn: PlainDate;
  /** The new end. */
  readonly endsBefore: PlainDate;
  readonly changes: readonly AmendmentChange[];
};

/** What a contract alone does not tell. */
export type RenewalFacts = {
  /** The end that people last agreed on, from which months are counted; absent: the end of the contract. */
  readonly agreedEndsBefore?: PlainDate;
  /** From amendContract; absent: not cancelled, and the charges of the last phase continue. */
  readonly amended?: Pick<AmendedContract, "isCancelled" | "continuing">;
};

/** The day on which the renewal becomes binding: notice is given before it. Null where nothing renews. */
export function noticeDeadline({ endsBefore }: Contract, rule: RenewalRule): PlainDate | null {
  return rule.kind === "none" || endsBefore === null ? null : addDays(endsBefore, -rule.noticeDays);
}

/**
 * The renewal that is binding on a day, or null. Months are counted from the end first agreed, so that a contract that
 * ended before 31 Jan and renews monthly ends before 28 Feb, then before 31 Mar. A commitment over the term that ends is
 * made again for the new one, in proportion to its length. The rule has passed checkRenewalRule.
 */
export function renewalDue(
  contract: Contract,
  rule: RenewalRule,
  asOf: PlainDate,
  { agreedEndsBefore, amended }: RenewalFacts = {},
): Renewal | null {
  const { endsBefore, phases } = contract;
  const deadline = noticeDeadline(contract, rule);
  if (rule.kind === "none" || endsBefore === null || deadline === null || asOf < deadline) return null;
  if (amended?.isCancelled) return null;

  const newEnd = endAfter(endsBefore, agreedEndsBefore ?? endsBefore, rule.months);
  const continuing = amended?.continuing ?? phases.at(-1)?.charges ?? [];
  const raised = rule.upliftPercent === null ? [] : continuing.flatMap(raiseBy(rule.upliftPercent));
  return {
    effectiveOn: endsBefore,
    endsBefore: newEnd,
    changes: [{ kind: "extend", endsBefore: newEnd }, ...raised, ...renewedBounds(contract, newEnd)],
  };
}

/** The first whole term after the agreed end that reaches beyond the present one. */
function endAfter(endsBefore: PlainDate, agreed: PlainDate, months: number): PlainDate {
  let terms = 1;
  while (addMonths(agreed, terms * months) <= endsBefore) terms += 1;
  return addMonths(agreed, terms * months);
}

function renewedBounds(contract: Contract, newEnd: PlainDate): AmendmentChange[] {
  const renewed = (kind: "minimum" | "maximum") => (bound: SpendBound) => {
    const { endsBefore: oldEnd } = contract;
    if (bound.cadence !== "term" || bound.startsOn === null || oldEnd === null || bound.endsBefore !== oldEnd)
      return [];
    const precise = renewedAmount(bound.amount, bound.startsOn, oldEnd, newEnd);
    const { amount } = roundToMinorUnit(money(precise, contract.currency));
    const terms = { ...bound, id: `${bound.id}@${newEnd}`, amount, startsOn: oldEnd, endsBefore: newEnd };
    const change: AmendmentChange = { kind: "add_bound", bound: kind, terms };
    const discounts = contract.discounts.flatMap((discount): AmendmentChange[] => {
      if (discount.scope.kind !== "commitment" || discount.scope.boundId !== bound.id) return [];
      const scope = { kind: "commitment", boundId: terms.id } as const;
      return [
        {
          kind: "add_discount",
          discount: { ...discount, id: `${discount.id}@${newEnd}`, scope, startsOn: oldEnd, endsBefore: null },
        },
      ];
    });
    return [change, ...discounts];
  };
  return [...contract.minimums.flatMap(renewed("minimum")), ...contract.maximums.flatMap(renewed("maximum"))];
}

/** The same for a term of as many months; otherwise in proportion to the months, and without whole ones to the days. */
function renewedAmount(amount: Decimal, startsOn: PlainDate, oldEnd: PlainDate, newEnd: PlainDate): Decimal {
  const wholeMonths = (from: PlainDate, to: PlainDate) => {
    const months = monthsBetween(monthOf(from), monthOf(to));
    return addMonths(from, months) === to ? months : null;
  };
  const [before, after] = [wholeMonths(startsOn, oldEnd), wholeMonths(oldEnd, newEnd)];
  if (before !== null && after !== null) return amount.times(after).div(before);
  return amount.times(daysBetween(oldEnd, newEnd)).div(daysBetween(startsOn, oldEnd));
}

const raiseBy =
  (percent: Percent) =>
  ({ cadence, lineageId, price }: Charge): AmendmentChange[] =>
    cadence === "one_time" ? [] : [{ kind: "change_price", lineageId, price: uplift(price, percent) }];
