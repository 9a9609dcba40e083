import type { PlainDate } from "../calendar/plain-date";
import { fail, ok } from "../result";
import type { AmendedTerms, ChangeContext, Changed, ChangeProblem } from "./amended-terms";
import type { AmendmentChangeOf } from "./amendment";
import type { Validity } from "./check-validity";
import type { ContractDiscount, SpendBound } from "./contract";

export function addBound(
  terms: AmendedTerms,
  { bound, terms: given }: AmendmentChangeOf<"add_bound">,
  context: ChangeContext,
): Changed {
  const days = daysFrom(given, context);
  if ("code" in days) return fail({ ...days, path: ["terms", ...days.path] });
  const added: SpendBound = { ...given, ...days };
  return bound === "minimum"
    ? ok({ ...terms, minimums: [...terms.minimums, added] })
    : ok({ ...terms, maximums: [...terms.maximums, added] });
}

export function endBound(
  terms: AmendedTerms,
  { boundId }: AmendmentChangeOf<"end_bound">,
  context: ChangeContext,
): Changed {
  const day = context.amendment.effectiveOn;
  const isMeant = (bound: SpendBound) => bound.id === boundId && !hasEnded(bound, day);
  if (![...terms.minimums, ...terms.maximums].some(isMeant)) {
    return fail({ code: "BOUND_UNKNOWN", path: ["boundId"], given: boundId });
  }
  const endMeant = (bound: SpendBound) => (isMeant(bound) ? endValidity(bound, day, terms) : [bound]);
  return ok(
    withoutIdleDiscounts({
      ...terms,
      minimums: terms.minimums.flatMap(endMeant),
      maximums: terms.maximums.flatMap(endMeant),
    }),
  );
}

export function addDiscount(
  terms: AmendedTerms,
  { discount }: AmendmentChangeOf<"add_discount">,
  context: ChangeContext,
): Changed {
  const days = daysFrom(discount, context);
  if ("code" in days) return fail({ ...days, path: ["discount", ...days.path] });
  return ok({ ...terms, discounts: [...terms.discounts, { ...discount, ...days }] });
}

export function endDiscount(
  terms: AmendedTerms,
  { discountId }: AmendmentChangeOf<"end_discount">,
  context: ChangeContext,
): Changed {
  const day = context.amendment.effectiveOn;
  const isMeant = (discount: ContractDiscount) => discount.id === discountId && !hasEnded(discount, day);
  if (!terms.discounts.some(isMeant)) {
    return fail({ code: "DISCOUNT_UNKNOWN", path: ["discountId"], given: discountId });
  }
  const discounts = terms.discounts.flatMap((discount) =>
    isMeant(discount) ? endValidity(discount, day, terms) : [discount],
  );
  return ok({ ...terms, discounts });
}

/** Ends on a day at the latest; none: it would not begin before. */
export function endValidity<T extends Validity>(item: T, day: PlainDate, { term }: Pick<AmendedTerms, "term">): T[] {
  if ((item.startsOn ?? term.startsOn) >= day) return [];
  return hasEnded(item, day) ? [item] : [{ ...item, endsBefore: day }];
}

/** A discount for a commitment goes when its commitment does. */
export function withoutIdleDiscounts(terms: AmendedTerms): AmendedTerms {
  const bounds = new Set(terms.minimums.map(({ id }) => id));
  const discounts = terms.discounts.filter(({ scope }) => scope.kind !== "commitment" || bounds.has(scope.boundId));
  return discounts.length === terms.discounts.length ? terms : { ...terms, discounts };
}

const hasEnded = ({ endsBefore }: Validity, day: PlainDate): boolean => endsBefore !== null && endsBefore <= day;

function daysFrom({ startsOn, endsBefore }: Validity, { amendment }: ChangeContext): Validity | ChangeProblem {
  const from = startsOn ?? amendment.effectiveOn;
  if (from < amendment.effectiveOn) {
    return { code: "CHANGE_STARTS_BEFORE_AMENDMENT", path: ["startsOn"], given: from };
  }
  if (endsBefore !== null && endsBefore <= from) {
    return { code: "CHANGE_ENDS_BEFORE_IT_STARTS", path: ["endsBefore"], given: endsBefore };
  }
  return { startsOn: from, endsBefore };
}
