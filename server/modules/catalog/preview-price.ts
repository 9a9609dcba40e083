import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal, ONE, ZERO } from "../../domain/money/decimal";
import { type Money, money, roundToMinorUnit } from "../../domain/money/money";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { amountOf, type RatedUsage, rateUsage, usageAsked } from "../../domain/pricing/rate";
import type { UsageGroup } from "../../domain/pricing/rate-matrix";
import type { RatedSlice } from "../../domain/pricing/slice";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { checkPriced, isUnmetered, priceWarnings } from "./check-new-price";
import { type PricedTerms, readPriceTerms } from "./new-price";

export const USAGE_LIMIT = 1_000;

/** null: not said. Groups and amounts of events say the quantity too. */
export type UsageTried = {
  readonly quantity: Decimal | null;
  readonly events: Decimal | null;
  readonly eventAmounts: readonly Decimal[] | null;
  readonly groups: readonly UsageGroup[] | null;
};

export type PricePreview = {
  readonly rated: {
    readonly slices: readonly RatedSlice[];
    readonly amountPrecise: Decimal;
    readonly amount: Money;
    /** Not below the minimum, not above the maximum of the price. */
    readonly amountBounded: Money;
  } | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

/** Rates one full period of a price that is not saved, by the same engine that bills. Saves nothing. */
export function previewPrice(context: RequestContext, asked: PricedTerms & UsageTried): PricePreview {
  context.require("read");
  const read = readPriceTerms(asked);
  const problems = [...checkPriced(asked, read), ...checkUsage(asked, read.ok ? read.value.price : null)];
  if (!read.ok || problems.length > 0) return { rated: null, problems, warnings: [] };

  const { price } = read.value;
  const slices = rateUsage(price, usageOf(asked));
  const amountPrecise = amountOf(slices);
  const inMoney = (amount: Decimal) => roundToMinorUnit(money(amount, currency(asked.currency as CurrencyCode)));
  const amount = inMoney(amountPrecise);
  const amountBounded = inMoney(bounded(amount.amount, price));
  return { rated: { slices, amountPrecise, amount, amountBounded }, problems, warnings: priceWarnings(read.value) };
}

function bounded(amount: Decimal, { minimum, maximum }: RatedPrice): Decimal {
  const atLeast = minimum ? Decimal.max(amount, minimum) : amount;
  return maximum ? Decimal.min(atLeast, maximum) : atLeast;
}

/** The usage as a price is given it. */
function usageOf(tried: UsageTried): RatedUsage {
  const { eventAmounts, groups } = tried;
  const events = tried.events ?? (eventAmounts && new Decimal(eventAmounts.length));
  return {
    quantity: tried.quantity ?? sumOfParts(tried) ?? ZERO,
    ...(events && { events }),
    ...(eventAmounts && { eventAmounts: eventAmounts.map((amount) => ({ amount, count: ONE })) }),
    ...(groups && { groups }),
  };
}

const sumOfParts = ({ eventAmounts, groups }: UsageTried): Decimal | null =>
  (groups?.map(({ quantity }) => quantity) ?? eventAmounts)?.reduce((total, part) => total.plus(part), ZERO) ?? null;

function checkUsage(tried: UsageTried, price: RatedPrice | null): Problem[] {
  const { quantity, events, eventAmounts, groups } = tried;
  const problems = new InputProblems();
  for (const [name, list] of Object.entries({ eventAmounts, groups })) {
    if (list !== null && list.length > USAGE_LIMIT) {
      problems.report("USAGE_TOO_LONG", `There are ${list.length} entries; the limit is ${USAGE_LIMIT}.`, name);
    }
  }
  const sum = sumOfParts(tried);
  if (quantity === null && sum === null) {
    problems.report("QUANTITY_MISSING", "Say how much is used: the quantity, its groups or its events.", "quantity");
  } else if (quantity !== null && sum !== null && !quantity.equals(sum)) {
    const message = `The quantity is ${quantity.toFixed()}, its parts add up to ${sum.toFixed()}. Leave one out.`;
    problems.report("QUANTITY_DIFFERS", message, "quantity");
  }
  if (price === null) return problems.found;
  if (isUnmetered(price) && quantity?.isNegative() && !quantity.isZero()) {
    problems.report("QUANTITY_NEGATIVE", `${quantity.toFixed()} cannot be contracted. Send 0 or more.`, "quantity");
  }
  const asked = usageAsked(price);
  if (asked === "groups" && groups === null) {
    problems.report("GROUPS_MISSING", "A matrix rates groups. Send the usage by its dimensions.", "groups");
  }
  if (asked === "event_amounts" && eventAmounts === null) {
    problems.report(
      "EVENT_AMOUNTS_MISSING",
      "The price looks at single events. Send the amount of each.",
      "eventAmounts",
    );
  }
  if (asked === "events" && events === null && eventAmounts === null) {
    problems.report("EVENTS_MISSING", "The price has a fee for each event. Send how many there are.", "events");
  }
  return problems.found;
}
