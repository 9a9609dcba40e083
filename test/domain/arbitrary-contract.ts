import * as fc from "fast-check";
import { type Cadence, isRecurring, monthsIn, type RecurringCadence } from "../../server/domain/calendar/cadence";
import { addDays, daysBetween, type PlainDate } from "../../server/domain/calendar/plain-date";
import { checkContract } from "../../server/domain/contract/check-contract";
import type {
  Charge,
  Contract,
  ContractDiscount,
  DiscountScope,
  SpendBound,
} from "../../server/domain/contract/contract";
import { currency } from "../../server/domain/money/currency";
import { percent } from "../../server/domain/money/percent";
import type { Discount, DiscountPosition } from "../../server/domain/pricing/discount";
import type { Price } from "../../server/domain/pricing/price";
import type { ProrationRule } from "../../server/domain/pricing/prorate";
import { cents, contractedPrice, meteredPrice, oneTimePrice, seatPrice, units } from "./arbitrary-price";
import { amountOff, charge, contract, day, decimal, percentOff, phase } from "./billing-world";

export const TERM = { startsOn: day("2026-01-01"), endsBefore: day("2027-07-01") };
/** The first day on which everything of the term is due. */
export const END = TERM.endsBefore;
const daysOfTerm = daysBetween(TERM.startsOn, TERM.endsBefore);
export const dayOfTerm: fc.Arbitrary<PlainDate> = fc
  .integer({ min: 0, max: daysOfTerm - 1 })
  .map((days) => addDays(TERM.startsOn, days));

export const METRICS = ["calls", "messages"] as const;

const cadences = fc.constantFrom<RecurringCadence>(
  "monthly",
  "quarterly",
  "half_yearly",
  "annual",
  "every_2_months",
  "every_5_months",
  "every_18_months",
);
const prorations = fc.constantFrom<ProrationRule>("by_days", "full", "whole_months_then_days");
const positions = fc.constantFrom<DiscountPosition>("before_minimum", "after_minimum");
const timings = fc.constantFrom("in_advance" as const, "in_arrears" as const);
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const discounts: fc.Arbitrary<Discount[]> = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 1000 }), positions, rarely(dayOfTerm)), { maxLength: 3 })
  .map((list) =>
    list.map(([isPercent, value, position, endsBefore], index) => {
      const terms = { id: `discount-${index}`, position, ...(endsBefore === null ? {} : { endsBefore }) };
      const text = (value / 10).toFixed(1);
      return isPercent ? percentOff(text, terms) : amountOff(text, terms);
    }),
  );

const common = fc.record({ cadence: cadences, discounts, proration: prorations });

/** Of two charges of a trial one is free: the engine knows it by its mark and by the discount of everything. */
const trials = rarely(fc.constantFrom("100", "40"));
const onTrial = (terms: Charge, percentOfTrial: string | null): Charge =>
  percentOfTrial === null
    ? terms
    : {
        ...terms,
        discounts: [...terms.discounts, percentOff(percentOfTrial, { id: "trial" })],
        isFreeTrial: percentOfTrial === "100",
      };

export const contractedCharge = fc
  .tuple(contractedPrice, units(300), common, timings, trials)
  .map(([price, quantity, rest, timing, trial]) => onTrial(charge("", { price, quantity, timing, ...rest }), trial));
export const meteredCharge = (prices: fc.Arbitrary<Price>): fc.Arbitrary<Charge> =>
  fc
    .tuple(prices, fc.constantFrom(...METRICS), common, trials)
    .map(([price, metricId, rest, trial]) => onTrial(charge("", { price, metricId, ...rest }), trial));
export const seatCharge = fc
  .tuple(seatPrice, fc.integer({ min: 0, max: 12 }), common, timings, fc.option(fc.nat(6)), trials)
  .map(([price, quantity, rest, timing, overage, trial]) =>
    onTrial(withOverage(charge("", { price, quantity: decimal(quantity), timing, ...rest }), overage), trial),
  );
const once = fc
  .tuple(oneTimePrice, units(3), timings)
  .map(([price, quantity, timing]) => charge("", { price, quantity, cadence: "one_time", timing }));

const OVERAGE_CADENCES: readonly RecurringCadence[] = ["monthly", "every_2_months", "quarterly", "half_yearly"];

/** An overage cadence that fits into the cadence of the charge, where there is one. */
function withOverage(terms: Charge, choice: number | null): Charge {
  const { price, cadence, timing } = terms;
  if (price.model !== "seat") return terms;
  const fitting = OVERAGE_CADENCES.filter((inner) => fits(inner, cadence));
  const overageCadence = choice === null || timing === "in_arrears" ? null : fitting[choice % fitting.length];
  return { ...terms, price: { ...price, overageCadence: overageCadence ?? null } };
}

const fits = (inner: RecurringCadence, outer: Cadence): boolean =>
  isRecurring(outer) && monthsIn(inner) < monthsIn(outer) && monthsIn(outer) % monthsIn(inner) === 0;

const anyCharge = fc.oneof(contractedCharge, meteredCharge(meteredPrice), seatCharge);

const validity = fc.record({ startsOn: rarely(dayOfTerm), endsBefore: rarely(dayOfTerm) });
const bounds = fc.array(
  fc.record({
    amount: cents(800),
    cadence: fc.oneof(cadences, fc.constant("term" as const)),
    isAll: fc.boolean(),
    covered: fc.nat(2),
    proration: prorations,
    validity,
  }),
  { maxLength: 2 },
);
const contractDiscounts = fc.array(
  fc.record({
    isPercent: fc.boolean(),
    value: fc.integer({ min: 0, max: 1000 }),
    cadence: fc.oneof(cadences, fc.constant("one_time" as const)),
    scope: fc.constantFrom("invoice" as const, "group" as const, "commitment" as const),
    covered: fc.nat(2),
    position: positions,
    validity,
  }),
  { maxLength: 2 },
);

type Outline = {
  readonly startsOn: PlainDate;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: Contract["firstPeriod"];
  readonly cuts: readonly number[];
  readonly lineages: readonly Charge[];
  readonly changed: readonly Charge[];
  readonly changes: readonly ("none" | "terms" | "cadence")[];
};

const outlines: fc.Arbitrary<Outline> = fc.record({
  startsOn: fc.integer({ min: 0, max: 60 }).map((days) => addDays(TERM.startsOn, days)),
  anchorOn: fc.constantFrom(...["2026-01-01", "2025-12-31", "2025-11-15", "2024-02-29", "2026-04-30"].map(day)),
  firstPeriod: fc.constantFrom("anchor" as const, "calendar" as const),
  cuts: fc.uniqueArray(fc.integer({ min: 61, max: daysOfTerm - 1 }), { maxLength: 2 }),
  lineages: fc.array(fc.oneof(anyCharge, anyCharge, anyCharge, once), { minLength: 1, maxLength: 3 }),
  changed: fc.array(anyCharge, { minLength: 3, maxLength: 3 }),
  changes: fc.array(fc.constantFrom("none" as const, "none" as const, "terms" as const, "cadence" as const), {
    minLength: 9,
    maxLength: 9,
  }),
});

/** One to three charges over one to three phases, each kept or changed in the next one, with all a contract may have. */
export const arbitraryContract: fc.Arbitrary<Contract> = fc
  .record({
    outline: outlines,
    minimums: bounds,
    maximums: bounds,
    discounts: contractDiscounts,
    code: fc.constantFrom("EUR" as const, "JPY" as const, "KWD" as const),
    lateUsage: fc.constantFrom<Contract["lateUsage"]>("next_invoice", "credit_and_rebill", "ignore_with_report"),
    billedThrough: rarely(rarely(dayOfTerm)),
  })
  .map(({ outline, minimums, maximums, discounts: shared, code, lateUsage, billedThrough }) => {
    const bare = { ...contractOf(outline), currency: currency(code), lateUsage, billedThrough };
    const bounded = {
      ...bare,
      minimums: minimums.map((each, index) => boundOf(`minimum-${index}`, each, outline)),
      maximums: maximums.map((each, index) => boundOf(`maximum-${index}`, each, outline)),
    };
    return { ...bounded, discounts: shared.map((each, index) => discountOf(index, each, bounded)) };
  })
  .filter((terms) => checkContract(terms).length === 0);

/** A contract of nothing but these charges: in one phase, without bounds and discounts of its own. */
export const contractOfOnePhase = (charges: fc.Arbitrary<Charge>): fc.Arbitrary<Contract> =>
  fc
    .record({ outline: outlines, charges: fc.array(charges, { minLength: 1, maxLength: 2 }) })
    .map(({ outline, charges: lineages }) => contractOf({ ...outline, cuts: [], lineages }));

function contractOf(outline: Outline): Contract {
  const { startsOn, anchorOn, firstPeriod, cuts } = outline;
  const starts = [startsOn, ...cuts.toSorted((a, b) => a - b).map((days) => addDays(TERM.startsOn, days))];
  const phases = starts.map((from, index) =>
    phase(from, starts[index + 1] ?? TERM.endsBefore, chargesOf(index, outline)),
  );
  return contract([], { ...TERM, startsOn, anchorOn, firstPeriod, phases });
}

/** A later phase keeps the charge of a lineage or replaces its terms, within the same cadence or with another. */
function chargesOf(phaseIndex: number, { lineages, changed, changes }: Outline): Charge[] {
  return lineages.flatMap((original, position) => {
    if (original.cadence === "one_time" && phaseIndex > 0) return [];
    return [
      {
        ...inPhase(phaseIndex, original, changed[position] ?? original, changes.slice(position * 3)),
        id: `charge-${phaseIndex}-${position}`,
        lineageId: `lineage-${position}`,
        description: `Item ${position}`,
      },
    ];
  });
}

function inPhase(phaseIndex: number, original: Charge, other: Charge, changes: Outline["changes"]): Charge {
  const change = phaseIndex === 0 || original.cadence === "one_time" ? "none" : changes[phaseIndex - 1];
  if (change === "cadence") return other;
  return change === "terms" ? withOverage({ ...other, cadence: original.cadence }, 0) : original;
}

const lineageIdsOf = ({ lineages }: Outline, covered: number): string[] => [`lineage-${covered % lineages.length}`];

type BoundChoice = typeof bounds extends fc.Arbitrary<readonly (infer Choice)[]> ? Choice : never;

function boundOf(
  id: string,
  { amount, cadence, isAll, covered, proration, validity }: BoundChoice,
  outline: Outline,
): SpendBound {
  const days = orderedDays(validity, outline.startsOn);
  return {
    id,
    description: id,
    amount,
    cadence,
    startsOn: days.startsOn ?? (cadence === "term" ? outline.startsOn : null),
    endsBefore: days.endsBefore ?? (cadence === "term" ? TERM.endsBefore : null),
    lineageIds: isAll ? "all" : lineageIdsOf(outline, covered),
    proration,
  };
}

type DiscountChoice = typeof contractDiscounts extends fc.Arbitrary<readonly (infer Choice)[]> ? Choice : never;

function discountOf(index: number, choice: DiscountChoice, { startsOn, phases, minimums }: Contract): ContractDiscount {
  const { isPercent, value, cadence, position } = choice;
  const lineageIds = phases.flatMap(({ charges }) => charges.map(({ lineageId }) => lineageId));
  const [first] = minimums;
  const scope: DiscountScope =
    choice.scope === "commitment" && first
      ? { kind: "commitment", boundId: first.id }
      : choice.scope === "group"
        ? { kind: "group", lineageIds: [lineageIds[choice.covered % lineageIds.length] ?? ""] }
        : { kind: "invoice" };
  const id = `shared-${index}`;
  const text = (value / 10).toFixed(1);
  return {
    id,
    description: id,
    scope,
    position,
    ...orderedDays(choice.validity, startsOn),
    ...(isPercent ? { kind: "percent", percent: percent(text) } : { kind: "fixed", amount: decimal(text), cadence }),
  };
}

/** Days of validity that lie in the term and in order. */
function orderedDays(
  { startsOn, endsBefore }: { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null },
  first: PlainDate,
) {
  const from = startsOn !== null && startsOn < first ? null : startsOn;
  return { startsOn: from, endsBefore: endsBefore !== null && endsBefore > (from ?? first) ? endsBefore : null };
}

/** The price of every charge put through a change. */
export const withPrices = (terms: Contract, change: (price: Price) => Price): Contract =>
  withCharges(terms, (each) => ({ ...each, price: change(each.price) }));

export const withCharges = (terms: Contract, change: (charge: Charge) => Charge): Contract => ({
  ...terms,
  phases: terms.phases.map((each) => ({ ...each, charges: each.charges.map(change) })),
});

/** The charges alone: no minimum, maximum or discount over several of them. */
export const withoutSharedTerms = (terms: Contract): Contract => ({
  ...terms,
  minimums: [],
  maximums: [],
  discounts: [],
});
