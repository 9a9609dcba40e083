import { Decimal } from "../../server/domain/money/decimal";
import type { Price } from "../../server/domain/pricing/price";
import { amountOf, rate } from "../../server/domain/pricing/rate";
import { type Measurement, median } from "./measurement";

const decimal = (value: string | number) => new Decimal(value);
const BOUNDS = [decimal(10_000), decimal(100_000)] as const;
const UNIT_PRICES = [decimal("0.001"), decimal("0.0008"), decimal("0.0005")] as const;
const NOTHING = decimal(0);
const PRICE: Price = {
  model: "graduated",
  tiers: UNIT_PRICES.map((unitPrice, index) => ({ upTo: BOUNDS[index] ?? null, unitPrice, flatFee: NOTHING })),
};

/** Rating with three tiers reached and explained, against the arithmetic alone that no exact rating can do without. */
export function measureRating({ rounds: count = 9, ratingsPerRound = 20_000 } = {}): Measurement[] {
  const quantities = Array.from({ length: 64 }, (_, index) => decimal(150_000 + index));
  const rated = (quantity: Decimal) => amountOf(rate(PRICE, quantity));
  if (!quantities.every((quantity) => rated(quantity).equals(bareArithmetic(quantity)))) {
    throw new Error("the two ways to rate differ");
  }
  const rounds = Array.from({ length: count }, () => ({
    value: perSecond(rated, quantities, ratingsPerRound),
    limit: perSecond(bareArithmetic, quantities, ratingsPerRound),
  }));
  const [value, limit] = [median(rounds.map((round) => round.value)), median(rounds.map((round) => round.limit))];
  const [ratio, goal] = [value / limit, 0.5];
  return [
    {
      name: "rate-graduated-three-tiers",
      value,
      unit: "ratings/s",
      limitName: "the bare decimal.js operations",
      limit,
      ratio,
      goal,
      holds: ratio >= goal,
    },
  ];
}

/** Two differences, three products, two sums. */
function bareArithmetic(quantity: Decimal): Decimal {
  return BOUNDS[0]
    .times(UNIT_PRICES[0])
    .plus(BOUNDS[1].minus(BOUNDS[0]).times(UNIT_PRICES[1]))
    .plus(quantity.minus(BOUNDS[1]).times(UNIT_PRICES[2]));
}

function perSecond(work: (quantity: Decimal) => Decimal, quantities: readonly Decimal[], ratings: number): number {
  const startedAt = performance.now();
  for (let count = 0; count < ratings; count += 1) {
    work(quantities[count % quantities.length] ?? NOTHING);
  }
  return (ratings * 1000) / (performance.now() - startedAt);
}
