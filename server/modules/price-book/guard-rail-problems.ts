import type { GuardRailViolation } from "../../domain/quote/guard-rails";
import type { Problem } from "../../platform/refusal";

/** A violation in words, at its place in the terms. */
export const toGuardRailProblem = (violation: GuardRailViolation): Problem => ({
  code: violation.code,
  message: messageOf(violation),
  path: violation.path,
});

function messageOf({ code, limit, actual }: GuardRailViolation): string {
  const [allowed, is] = [limit?.toFixed() ?? "", actual?.toDecimalPlaces(2).toFixed() ?? ""];
  switch (code) {
    case "PRICE_NOT_IN_PRICE_BOOK":
      return "The price book of the quote does not have the price. Use one of its prices.";
    case "DISCOUNT_ABOVE_LIMIT":
      return `The discount, ${is} % of list, needs approval: the price book allows ${allowed} % without.`;
    case "DISCOUNT_ABOVE_MAXIMUM":
      return `The discount, ${is} % of list, is above ${allowed} %, the most that the price book allows.`;
    case "DISCOUNT_NOT_MEASURABLE":
      return "A custom price for usage needs approval: nobody knows what discount it comes to.";
    case "QUANTITY_BELOW_MINIMUM":
      return `The quantity, ${is}, is below ${allowed}, the least that the price book allows.`;
    case "QUANTITY_ABOVE_MAXIMUM":
      return `The quantity, ${is}, is above ${allowed}, the most that the price book allows.`;
    case "FLOOR_NOT_COMPARABLE":
      return `The price needs approval: it falls due once and the listed one recurs, or the other way round, so that nobody can hold it against ${allowed}, the floor of the price book.`;
    case "UNIT_AMOUNT_BELOW_FLOOR":
      return `The price after discounts, ${actual?.toDecimalPlaces(6).toFixed()}, is below ${allowed}, the floor of the price book.`;
  }
}
