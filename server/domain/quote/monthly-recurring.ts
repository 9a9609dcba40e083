import { isRecurring, monthsIn, type RecurringCadence } from "../calendar/cadence";
import type { Period } from "../calendar/period";
import { addMonths, type PlainDate } from "../calendar/plain-date";
import type { Charge, Contract, ContractDiscount, SpendBound } from "../contract/contract";
import { holdsOn } from "../contract/open-period";
import { groupBy } from "../group-by";
import type { ProposedInvoice } from "../invoice/line";
import { planSegments } from "../invoice/plan-segments";
import { proposeInvoices } from "../invoice/propose-invoices";
import type { Readings } from "../invoice/readings";
import type { SegmentPlan } from "../invoice/segment";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { monthsOf } from "./figures-term";
import type { RecurringFigures, RecurringStep } from "./quote-figures";

/** What a plan is answered where nothing is used and the contracted seats are. */
export const nothingUsed = ({ usageWanted }: Pick<SegmentPlan, "usageWanted">): Readings => ({
  usage: usageWanted.map(({ metricId, period }) => ({
    metricId,
    period,
    quantity: ZERO,
    events: ZERO,
    eventAmounts: [],
    groups: [],
  })),
  seats: [],
});

/**
 * What recurs in a period, step by step: a step begins wherever a trial, a ramp, a discount or a bound begins or ends.
 * Steps in a row that recur with the same are one.
 */
export function recurringSteps(contract: Contract, period: Period): RecurringStep[] {
  const days = changesOf(contract).filter((day) => period.startsOn < day && day < period.endsBefore);
  const starts = [period.startsOn, ...new Set(days.sort())];
  const steps: RecurringStep[] = [];
  for (const [index, startsOn] of starts.entries()) {
    const figures = monthlyRecurring(contract, startsOn);
    const endsBefore = starts[index + 1] ?? period.endsBefore;
    const last = steps.at(-1);
    if (last && isSame(last, figures)) steps[steps.length - 1] = { ...last, period: { ...last.period, endsBefore } };
    else steps.push({ ...figures, period: { startsOn, endsBefore } });
  }
  return steps;
}

const isSame = (a: RecurringFigures, b: RecurringFigures): boolean =>
  a.monthlyRecurring.equals(b.monthlyRecurring) && a.annualRecurring.equals(b.annualRecurring);

function changesOf({ phases, minimums, maximums, discounts }: Contract): PlainDate[] {
  const ofCharges = phases.flatMap(({ charges }) =>
    charges.flatMap((charge) => charge.discounts.map(({ endsBefore }) => endsBefore)),
  );
  const shared = [...minimums, ...maximums, ...discounts].flatMap(({ startsOn, endsBefore }) => [startsOn, endsBefore]);
  return [...phases.map(({ startsOn }) => startsOn), ...ofCharges, ...shared].filter((day) => day !== null);
}

/** The arithmetic of months is exact; only what comes of it is rounded. */
const DECIMALS_OF_MONTHS = 12;

/**
 * MRR and ARR on a day, by the engine that bills: each recurring charge that the day has, metered ones without usage and
 * seats as contracted, is billed for one whole period of its cadence that begins on the day, with its own discounts and
 * limits, and counts with that amount divided by the months of the period. On these monthly amounts come the minimums,
 * maximums and discounts over several charges that hold on the day: percents as they are, amounts divided by the months
 * of their cadence, or of their own days where they are owed once over a term. What falls due once is left out: it does
 * not recur. In a free trial a charge counts nothing. MRR is rounded once, to the minor unit; ARR is twelve times what
 * MRR was before that.
 */
export function monthlyRecurring(contract: Contract, day: PlainDate): RecurringFigures {
  const charges = contract.phases.find((phase) => holdsOn(phase, day))?.charges ?? [];
  const month = asOneMonth(contract, day, monthlyAmounts(contract.currency, charges, day));
  const perMonth = month === null ? ZERO : totalOf(month);
  return {
    monthlyRecurring: rounded(perMonth, contract.currency),
    annualRecurring: rounded(perMonth.times(12), contract.currency),
  };
}

const rounded = (amount: Decimal, currency: Currency): Decimal => roundToMinorUnit(money(amount, currency)).amount;

type MonthlyAmount = { readonly charge: Charge; readonly amount: Decimal };

/** What one whole period of each recurring charge comes to, divided by its months. */
function monthlyAmounts(currency: Currency, charges: readonly Charge[], day: PlainDate): MonthlyAmount[] {
  const byCadence = groupBy(charges, ({ cadence }) => cadence);
  return [...byCadence].flatMap(([cadence, together]): MonthlyAmount[] => {
    if (!isRecurring(cadence)) return [];
    const months = monthsIn(cadence);
    const onePeriod = contractOf(currency, { startsOn: day, endsBefore: addMonths(day, months) }, together);
    const lines = billWhole(onePeriod).flatMap((invoice) => invoice.lines);
    const byLineage = groupBy(lines, ({ lineageId }) => lineageId);
    return together.map((charge) => {
      const own = byLineage.get(charge.lineageId) ?? [];
      return { charge, amount: own.reduce((total, { net }) => total.plus(net.amount), ZERO).div(months) };
    });
  });
}

/** One month of these amounts, with what holds over several of them; null: nothing recurs. */
function asOneMonth(contract: Contract, day: PlainDate, amounts: readonly MonthlyAmount[]): Contract | null {
  const holds = (each: { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null }) =>
    holdsOn({ startsOn: each.startsOn ?? contract.startsOn, endsBefore: each.endsBefore }, day);
  const charges = amounts.map(
    ({ charge, amount }): Charge => ({
      ...charge,
      price: { model: "flat", fee: amount },
      metricId: null,
      cadence: "monthly",
      timing: "in_arrears",
      discounts: [],
      isFreeTrial: false,
    }),
  );
  if (charges.length === 0 && contract.minimums.length === 0) return null;
  return {
    ...contractOf(
      { ...contract.currency, minorUnits: DECIMALS_OF_MONTHS },
      { startsOn: day, endsBefore: addMonths(day, 1) },
      charges,
    ),
    minimums: contract.minimums.filter(holds).map((bound) => boundPerMonth(bound, contract)),
    maximums: contract.maximums.filter(holds).map((bound) => boundPerMonth(bound, contract)),
    discounts: contract.discounts.filter(holds).flatMap(discountPerMonth),
  };
}

function boundPerMonth(bound: SpendBound, contract: Contract): SpendBound {
  const { cadence, startsOn, endsBefore } = bound;
  const months =
    cadence === "term"
      ? monthsOf({
          startsOn: startsOn ?? contract.startsOn,
          endsBefore: endsBefore ?? contract.endsBefore ?? addMonths(contract.startsOn, 12),
        })
      : new Decimal(monthsIn(cadence));
  return { ...bound, amount: bound.amount.div(months), cadence: "monthly", startsOn: null, endsBefore: null };
}

function discountPerMonth(discount: ContractDiscount): ContractDiscount[] {
  const always = { startsOn: null, endsBefore: null } as const;
  if (discount.kind === "percent") return [{ ...discount, ...always }];
  if (!isRecurring(discount.cadence)) return [];
  const cadence: RecurringCadence = "monthly";
  return [{ ...discount, ...always, cadence, amount: discount.amount.div(monthsIn(discount.cadence)) }];
}

/** Nothing but these charges, over one whole period. */
const contractOf = (currency: Currency, term: Period, charges: readonly Charge[]): Contract => ({
  id: "recurring",
  currency,
  ...term,
  anchorOn: term.startsOn,
  firstPeriod: "anchor",
  phases: [{ id: "recurring", ...term, charges }],
  minimums: [],
  maximums: [],
  discounts: [],
  billedThrough: null,
  lateUsage: "next_invoice",
});

function billWhole(contract: Contract & { readonly endsBefore: PlainDate | null }): readonly ProposedInvoice[] {
  const plan = planSegments(contract, {
    from: contract.startsOn,
    through: contract.endsBefore ?? contract.startsOn,
  });
  return proposeInvoices({ contract, plan, billed: [], ...nothingUsed(plan) }).invoices;
}

const totalOf = (contract: Contract): Decimal =>
  billWhole(contract).reduce((total, { net }) => total.plus(net.amount), ZERO);
