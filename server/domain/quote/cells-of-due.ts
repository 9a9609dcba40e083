import { cadenceAmong, type Field, field, oneOf, type QuotedPrices } from "./cell";
import { type FullPrice, type Priced, pricedAs, repriced, valuedNames } from "./cell-price";
import { CADENCES } from "./cells-of-bounds";
import { HEADLINE } from "./cells-of-price";
import type { QuoteLine, QuoteRampStep } from "./quote-terms";

const TIMINGS = ["in_advance", "in_arrears"] as const;

/**
 * How often a line falls due, and on which end of its periods; the steps of its ramp are alike and follow. What it costs
 * is for one period of the cadence, so that another cadence is given with every amount.
 */
export function fieldsOfDue(line: QuoteLine, prices: QuotedPrices): Field<QuoteLine>[] {
  const priced = pricedAs(line, prices);
  if (!priced) return [];
  const { listed, agreed } = priced;
  const steps = ownPricedSteps(line);
  const amountsOfSteps = steps.map((step) => ({ id: step.id, names: amountsOf(step, prices) }));
  return [
    field({
      name: "cadence",
      title: "Cadence",
      format: cadenceAmong([...CADENCES, "one_time"]),
      value: agreed.cadence,
      standard: listed.cadence,
      lock: amountsOfSteps.some(({ names }) => names.some((name) => name !== HEADLINE)) ? "STEP_PRICES" : null,
      givenWith: [
        ...amountsOf(line, prices),
        ...line.discounts.flatMap(({ id, amount }) => (amount === null ? [] : [`discounts.${id}.amount`])),
        ...amountsOfSteps.flatMap(({ id, names }) => names.map((name) => `ramp.${id}.${name}`)),
      ],
      write: (old, cadence) => dueBy(old, { cadence: cadence as FullPrice["cadence"] }, prices),
    }),
    field({
      name: "timing",
      title: "Billed",
      format: oneOf(TIMINGS),
      value: agreed.timing,
      standard: listed.timing,
      write: (old, timing) => dueBy(old, { timing: timing as FullPrice["timing"] }, prices),
    }),
  ];
}

type PricedStep = QuoteRampStep & Priced;

const isOwnPriced = (step: QuoteRampStep): step is PricedStep => step.priceId !== null;
const ownPricedSteps = ({ ramp }: QuoteLine): PricedStep[] => ramp.filter(isOwnPriced);

/** The cells of what a price comes to, as far as it has them. */
const amountsOf = (priced: Priced, prices: QuotedPrices): string[] => {
  const known = pricedAs(priced, prices);
  return known ? valuedNames(known.agreed) : [];
};

function dueBy(line: QuoteLine, due: Partial<Pick<FullPrice, "cadence" | "timing">>, prices: QuotedPrices): QuoteLine {
  const change = (agreed: FullPrice): FullPrice => ({ ...agreed, ...due });
  return {
    ...repriced(line, prices, change),
    ramp: line.ramp.map((step) => (isOwnPriced(step) ? repriced(step, prices, change) : step)),
  };
}
