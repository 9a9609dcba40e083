import { addDays, addMonths, daysBetween, type PlainDate, plainDate } from "../../server/domain/calendar/plain-date";
import { monthsBetween, type PlainMonth, periodOf } from "../../server/domain/calendar/plain-month";
import type { DemoCurrency, MetricKey, PriceKey } from "./catalog";
import { addressOf, aliasOf, companyName } from "./company-names";
import type { ChargePlan, ContractPlan, CustomerPlan, DiscountPlan, SeatPlan, UsageRun } from "./customer-plan";
import { Random } from "./random";
import { MONTH_TO_CLOSE } from "./timeline";

type Size = {
  readonly segment: CustomerPlan["segment"];
  readonly plan: string;
  readonly platform: PriceKey;
  readonly invoices: readonly [least: number, most: number];
};

const SMALL: Size = { segment: "Small business", plan: "Team", platform: "platform-team", invoices: [2_200, 5_000] };
const MIDDLE: Size = {
  segment: "Mid market",
  plan: "Business",
  platform: "platform-business",
  invoices: [4_500, 9_000],
};
const LARGE: Size = {
  segment: "Key account",
  plan: "Enterprise",
  platform: "platform-enterprise",
  invoices: [13_000, 20_500],
};

/** A customer about whom there is nothing to say: each month within a tenth of the one before. */
export function ordinaryCustomer(
  index: number,
  {
    currency,
    isKeyAccount,
    seed,
  }: { readonly currency: DemoCurrency; readonly isKeyAccount: boolean; readonly seed: number },
): CustomerPlan {
  const random = new Random(`${seed} customer ${index}`);
  const { name, country } = companyName(index, currency);
  const alias = aliasOf(name);
  const size = isKeyAccount ? LARGE : random.chance(0.55) ? MIDDLE : SMALL;
  const terms = termsOf(random);
  const habits = habitsOf(random, size, currency);
  const addOns = addOnsOf(random, size, terms.startsOn);
  const discounts = commitmentDiscount(terms.months);
  const charges: ChargePlan[] = [
    { price: size.platform, discounts },
    { price: "invoice-volume", discounts },
    ...[...habits.keys()].filter((metric) => metric !== "invoices").map((metric) => ({ price: PRICE_OF[metric] })),
    ...addOns,
    { price: "onboarding" },
  ];
  const seats = charges.some(({ price }) => price === "analytics-seats") ? seatsOf(random, size, terms.startsOn) : [];
  return {
    name,
    currency,
    alias,
    address: addressOf(name, country),
    segment: size.segment,
    ...(random.chance(0.2) && { paymentTerms: { kind: "net_days" as const, days: random.pick([14, 45, 60]) } }),
    contract: {
      name: `${size.plan}, ${terms.months} months`,
      startsOn: terms.startsOn,
      endsBefore: terms.endsBefore,
      anchorOn: terms.anchorOn,
      ...(random.chance(0.4) && { poNumber: `PO-${random.integer(10_000, 99_999)}` }),
      phases: [{ startsOn: terms.startsOn, charges }],
    },
    seats,
    usage: (month, chance) =>
      [...habits].flatMap(([metric, habit]) =>
        sinceStart(habitualRun(metric, alias, habit, month, chance), terms.startsOn),
      ),
  };
}

type Terms = Required<Pick<ContractPlan, "startsOn" | "endsBefore" | "anchorOn">> & { readonly months: number };

/** Old enough to have been billed for September, and not over before December. */
function termsOf(random: Random): Terms {
  const months = random.pick([12, 24, 24, 36, 36]);
  const earliest = addMonths(plainDate("2026-12-01"), -months);
  const monthsBack = monthsBetween(earliest.slice(0, 7) as PlainMonth, "2026-06" as PlainMonth);
  const first = addMonths(earliest, random.integer(0, monthsBack));
  const chance = random.next();
  const billsFromTheMiddle = chance < 0.1;
  const beginsLate = chance > 0.88;
  // Some bill from the middle of the month to the middle of the next; whoever else begins late has a short first month.
  const startsOn = addDays(first, billsFromTheMiddle ? 14 : beginsLate ? random.integer(4, 20) : 0);
  return { months, startsOn, anchorOn: billsFromTheMiddle ? startsOn : first, endsBefore: addMonths(startsOn, months) };
}

/** The longer the commitment, the lower the price. */
function commitmentDiscount(months: number): DiscountPlan[] {
  const percent = months >= 36 ? "10" : months >= 24 ? "5" : null;
  return percent === null ? [] : [{ description: `${months}-month commitment`, percent }];
}

type Habit = { readonly typical: number; readonly growth: number };
const PRICE_OF: { readonly [M in MetricKey]: PriceKey } = {
  invoices: "invoice-volume",
  api: "api-calls",
  payments: "payment-processing",
  storage: "document-archive",
};

function habitsOf(random: Random, { invoices, segment }: Size, currency: DemoCurrency): ReadonlyMap<MetricKey, Habit> {
  const scale = segment === "Key account" ? 4 : 1;
  const growth = () => random.between(-0.002, 0.012);
  const habits = new Map<MetricKey, Habit>();
  habits.set("invoices", { typical: random.integer(...invoices), growth: growth() });
  if (random.chance(0.25)) habits.set("api", { typical: random.integer(250_000, 500_000) * scale, growth: growth() });
  if (random.chance(0.15)) habits.set("storage", { typical: random.integer(300, 1_500) * scale, growth: growth() });
  if (currency !== "JPY" && random.chance(0.15)) {
    habits.set("payments", { typical: random.integer(80_000, 220_000) * scale, growth: growth() });
  }
  return habits;
}

function habitualRun(
  metric: MetricKey,
  alias: string,
  { typical, growth }: Habit,
  month: PlainMonth,
  random: Random,
): UsageRun {
  const { startsOn: from, endsBefore } = periodOf(month);
  const trend = (1 + growth) ** monthsBetween(MONTH_TO_CLOSE, month);
  const quantity = Math.round(typical * trend * random.between(0.965, 1.035));
  return { metric, alias, from, endsBefore, quantity };
}

/** Nobody uses anything before the contract begins. */
function sinceStart(run: UsageRun, startsOn: PlainDate): UsageRun[] {
  if (run.endsBefore <= startsOn) return [];
  if (run.from >= startsOn) return [run];
  const share = daysBetween(startsOn, run.endsBefore) / daysBetween(run.from, run.endsBefore);
  return [{ ...run, from: startsOn, quantity: Math.round(run.quantity * (run.metric === "storage" ? 1 : share)) }];
}

function addOnsOf(random: Random, { segment }: Size, startsOn: PlainDate): ChargePlan[] {
  const isLarge = segment === "Key account";
  const hasSupport = random.chance(isLarge ? 0.5 : 0.1);
  // A yearly fee in these weeks would be the talk of the month-end, and that is for the stories.
  const isDueNow = ["09", "10", "11"].includes(startsOn.slice(5, 7));
  return [
    ...(random.chance(0.25) ? [{ price: "analytics-seats" as const }] : []),
    ...(random.chance(0.2)
      ? [{ price: "legal-entities" as const, quantity: random.integer(2, isLarge ? 20 : 8) }]
      : []),
    ...(hasSupport && !isDueNow ? [{ price: "premium-support" as const }] : []),
  ];
}

/** One more seat now and then, until the summer. */
function seatsOf(random: Random, { segment }: Size, startsOn: PlainDate): SeatPlan[] {
  const price = "analytics-seats";
  const opening = random.integer(8, 24) * (segment === "Key account" ? 3 : 1);
  const later = [plainDate("2026-01-12"), plainDate("2026-04-20"), plainDate("2026-07-06")].filter(
    (day) => day > startsOn,
  );
  return [
    { price, on: startsOn, seats: opening },
    ...later.map((on, index) => ({ price, on, seats: opening + index + 1 }) as const),
  ];
}
