import { Decimal, ZERO } from "../money/decimal";
import type { Price } from "../pricing/price";
import { termsFromPrice } from "../pricing/price-terms";
import type { DiscountFact, DriverFacts, PartFact } from "./driver-facts";
import type { Explanation, SliceExplained } from "./explanation";

/**
 * What a line that was written without driver facts says of its price: as much of it as its slices show. Null where it
 * shows no price at all. Whatever only the contract knew, such as tiers that were not reached, is not in it.
 */
export function factsFromExplanation(explained: Partial<Explanation>): DriverFacts | null {
  const { quantity, slices = [], proration, lessBilledBefore } = explained;
  if (!quantity || slices.length === 0 || lessBilledBefore) return null;
  const measured = new Decimal(quantity.measured);
  const price = priceShown(slices, { measured, included: new Decimal(quantity.included), explained });
  if (price === null) return null;
  const [numerator, denominator] = proration ? [proration.numerator, proration.denominator] : [1, 1];
  const units = price.model === "flat" ? "1" : quantity.measured;
  const part: PartFact = [numerator, denominator, units];
  return {
    price: [price.model, termsFromPrice(price)],
    ...(quantity.source.kind === "usage" ? { usage: { quantity: quantity.measured } } : { parts: [part] }),
    ...discountsShown(explained),
  };
}

type Shown = { readonly measured: Decimal; readonly included: Decimal; readonly explained: Partial<Explanation> };

function priceShown(slices: readonly SliceExplained[], { measured, included, explained }: Shown): Price | null {
  const [first] = slices as readonly [SliceExplained, ...SliceExplained[]];
  const includedUnits = included.isZero() ? {} : { includedUnits: included };
  const isByDay = slices.some(({ days }) => days !== null);
  if (slices.length === 1 && !isByDay) {
    const unitPrice = new Decimal(first.unitPrice);
    switch (first.kind) {
      case "fee":
        return { model: "flat", fee: unitPrice };
      case "units":
        return { model: "per_unit", unitPrice, ...includedUnits };
      case "packages":
        if (first.packageSize === null) break;
        return {
          model: "package",
          packageSize: new Decimal(first.packageSize),
          packagePrice: unitPrice,
          ...includedUnits,
        };
      default:
    }
  }
  if (!isByDay && slices.every(({ kind }) => kind === "tier") && new Decimal(first.above ?? 0).isZero()) {
    const tiers = slices.map(({ upTo, unitPrice, flatFee }, index) => ({
      upTo: index === slices.length - 1 || upTo === null ? null : new Decimal(upTo),
      unitPrice: new Decimal(unitPrice),
      flatFee: new Decimal(flatFee),
    }));
    return { model: "graduated", tiers, ...includedUnits };
  }
  const whole = new Decimal(explained.fullPeriodAmount ?? ZERO);
  return measured.isZero() ? null : { model: "per_unit", unitPrice: whole.div(measured) };
}

function discountsShown({ discounts = [], sharedDiscounts = [] }: Partial<Explanation>): Partial<DriverFacts> {
  const own = discounts.flatMap(({ description, percent, fixed }): DiscountFact[] =>
    percent !== null ? [["p", percent, description]] : fixed !== null ? [["f", fixed, description]] : [],
  );
  const shared = sharedDiscounts.map(
    ({ description, percent, share }): DiscountFact =>
      percent !== null ? ["p", percent, description] : ["f", share, description],
  );
  return { ...(own.length > 0 && { discounts: own }), ...(shared.length > 0 && { shared }) };
}
