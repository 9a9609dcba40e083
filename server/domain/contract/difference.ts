import { formatDay } from "../calendar/format";
import type { OpenPeriod } from "../calendar/period";
import { addDays } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import { Decimal } from "../money/decimal";
import type { Discount } from "../pricing/discount";
import type { Price } from "../pricing/price";
import type { AgreementComparison, ConditionChange, ConditionName } from "./agreement";
import type { Charge, ContractDiscount, SpendBound } from "./contract";
import type { ChargeChange, ChargeField, ContractComparison, ItemChange } from "./describe-change";
import type { RenewalRule } from "./renewal";

/** One thing in which two states of a contract differ, with its values and as a sentence. */
export type Difference = {
  readonly kind: "term" | "charge" | "minimum" | "maximum" | "discount" | "condition";
  /** The price lineage of a charge; the minimum, maximum or discount; null: the term or a condition. */
  readonly id: string | null;
  readonly description: string;
  /** Of a charge: the first day that differs. */
  readonly startsOn: OpenPeriod["startsOn"] | null;
  /** Of a charge: the day after the last; null: for good. */
  readonly endsBefore: OpenPeriod["endsBefore"];
  /** What of it differs; empty where one of the two does not have it at all. */
  readonly fields: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  /** "Seat, from 1 Jul 2027: quantity 20 instead of 10." */
  readonly inWords: string;
};

/** A comparison as a list: the term, the charges by lineage and day, minimums, maximums, discounts, conditions. */
export function differencesOf(comparison: ContractComparison | AgreementComparison, currency: Currency): Difference[] {
  const { term, charges, minimums, maximums, discounts } = comparison;
  const write = new Words(currency);
  return [
    ...(term === null ? [] : [{ ...WITHOUT_DAYS, ...TERM, ...term, inWords: termInWords(term) }]),
    ...charges.map((change) => ({
      ...change,
      kind: "charge" as const,
      id: change.lineageId,
      inWords: write.charge(change),
    })),
    ...minimums.map((change) => itemDifference("minimum", change, write.bound)),
    ...maximums.map((change) => itemDifference("maximum", change, write.bound)),
    ...discounts.map((change) => itemDifference("discount", change, write.contractDiscount)),
    ...("conditions" in comparison ? comparison.conditions.map(conditionDifference) : []),
  ];
}

const WITHOUT_DAYS = { startsOn: null, endsBefore: null, fields: [] } as const;
const TERM = { kind: "term", id: null, description: "Term" } as const;

type TermChange = NonNullable<ContractComparison["term"]>;

function termInWords({ before, after }: TermChange): string {
  const start = `starts on ${formatDay(after.startsOn)} instead of ${formatDay(before.startsOn)}`;
  const end = endInWords(before.endsBefore, after.endsBefore);
  const parts = [
    before.startsOn === after.startsOn ? null : start,
    before.endsBefore === after.endsBefore ? null : end,
  ];
  return `The term ${parts.filter((part) => part !== null).join(" and ")}.`;
}

function endInWords(before: OpenPeriod["endsBefore"], after: OpenPeriod["endsBefore"]): string {
  const [was, is] = [before, after].map((day) => day && formatDay(addDays(day, -1)));
  if (!is) return `has no end instead of ending on ${was}`;
  return `ends on ${is} instead of ${was ?? "having no end"}`;
}

const itemDifference = <T>(
  kind: "minimum" | "maximum" | "discount",
  change: ItemChange<T>,
  words: (item: T) => string,
): Difference => {
  const { before, after, description } = change;
  const name = `${kind} "${description}"`;
  const sentence =
    after === null
      ? `There is no ${name}${before === null ? "" : ` of ${words(before)}`}.`
      : before === null
        ? `There is a ${name} of ${words(after)}.`
        : `The ${name} is ${words(after)} instead of ${words(before)}.`;
  return { ...WITHOUT_DAYS, ...change, kind, inWords: sentence };
};

/** How the parts of a charge, a bound and a discount read, in one currency. */
class Words {
  constructor(private readonly currency: Currency) {}

  charge({ description, before, after, fields, ...days }: ChargeChange): string {
    if (before === null && after !== null) {
      return `${description} is billed ${daysInWords(days)}: ${this.units(after)}${this.price(after)}${this.discounts(after)}.`;
    }
    if (before === null || after === null) return `${description} is not billed ${daysInWords(days)}.`;
    const changed = fields.map((field) => this.field(field, before, after));
    return `${description}, ${daysInWords(days)}: ${changed.join("; ")}.`;
  }

  private field(field: ChargeField, before: Charge, after: Charge): string {
    const instead = (name: string, words: (charge: Charge) => string) => {
      const [now, then] = [words(after), words(before)];
      return now === then ? `another ${name}` : `${name} ${now} instead of ${then}`;
    };
    switch (field) {
      case "quantity":
        return instead("quantity", ({ quantity }) => quantity.toFixed());
      case "price":
        return instead("price", (charge) => this.price(charge));
      case "discounts":
        return instead(
          "discounts",
          ({ discounts }) => discounts.map((one) => this.discount(one)).join(" and ") || "none",
        );
      case "description":
        return instead("name", ({ description }) => `"${description}"`);
      case "isFreeTrial":
        return after.isFreeTrial ? "in a free trial" : "not in a free trial";
      case "cadence":
      case "timing":
      case "proration":
        return instead(field, (charge) => charge[field].replaceAll("_", " "));
      case "productId":
        return "another product";
      default:
        return "another metric";
    }
  }

  private readonly units = ({ quantity, metricId, price }: Charge): string =>
    metricId === null && price.model !== "flat" ? `${quantity.toFixed()} × ` : "";

  /** "15.00 monthly"; of several tiers or values their model. */
  private price({ price, cadence }: Charge): string {
    const amount = amountOf(price);
    const words = amount === null ? `${price.model.replaceAll("_", " ")} price` : this.amount(amount);
    return cadence === "one_time" ? `${words} once` : `${words} ${cadence.replaceAll("_", " ")}`;
  }

  private discounts({ discounts }: Charge): string {
    return discounts.length === 0 ? "" : `, less ${discounts.map((one) => this.discount(one)).join(" and ")}`;
  }

  private discount(discount: Discount): string {
    const { description, endsBefore } = discount;
    const until = endsBefore === null ? "" : ` until ${formatDay(addDays(endsBefore, -1))}`;
    const value = discount.kind === "percent" ? `${discount.percent.toFixed()} %` : this.amount(discount.amount);
    return `${value} (${description})${until}`;
  }

  readonly bound = ({ amount, cadence, startsOn, endsBefore }: SpendBound): string => {
    const per = cadence === "term" ? "over the term" : cadence.replaceAll("_", " ");
    return `${this.amount(amount)} ${per}${boundsInWords({ startsOn, endsBefore })}`;
  };

  readonly contractDiscount = (discount: ContractDiscount): string => {
    const value =
      discount.kind === "percent"
        ? `${discount.percent.toFixed()} %`
        : `${this.amount(discount.amount)} ${discount.cadence.replaceAll("_", " ")}`;
    return `${value}${boundsInWords(discount)}`;
  };

  /** With as many digits as the currency has, or as many more as the amount has. */
  private amount(amount: Decimal): string {
    const { code, minorUnits } = this.currency;
    return `${amount.toFixed(Math.max(minorUnits, amount.decimalPlaces()))} ${code}`;
  }
}

/** The one figure of a price; null: it has several, or something beside it. */
function amountOf(price: Price): Decimal | null {
  if (price.includedUnits || price.minimum || price.maximum) return null;
  switch (price.model) {
    case "flat":
    case "one_time":
      return price.fee;
    case "per_unit":
      return price.unitPrice;
    case "seat":
      return price.perSeat.model === "per_unit" ? price.perSeat.unitPrice : null;
    default:
      return null;
  }
}

const daysInWords = ({ startsOn, endsBefore }: OpenPeriod): string =>
  `from ${formatDay(startsOn)}${endsBefore === null ? "" : ` to ${formatDay(addDays(endsBefore, -1))}`}`;

const boundsInWords = ({ startsOn, endsBefore }: Pick<SpendBound, "startsOn" | "endsBefore">): string =>
  [
    startsOn === null ? "" : ` from ${formatDay(startsOn)}`,
    endsBefore === null ? "" : ` to ${formatDay(addDays(endsBefore, -1))}`,
  ].join("");

const CONDITION_NAMES: Readonly<Record<ConditionName, string>> = {
  customerId: "Customer",
  poNumber: "PO number",
  paymentTerms: "Payment terms",
  renewal: "Renewal",
  rollsUpUsage: "Usage of child customers",
  pricesIncludeTax: "Tax in the prices",
  currency: "Currency",
  anchorOn: "Billing anchor",
  firstPeriod: "First period",
  billedThrough: "Billed through",
  lateUsage: "Late usage",
  productOfBound: "Products of minimums and maximums",
};

function conditionDifference({ name, before, after }: ConditionChange): Difference {
  const description = CONDITION_NAMES[name];
  const [was, is] = [before, after].map((value) => conditionInWords(name, value));
  const inWords = was === is ? `${description}: others.` : `${description}: ${is} instead of ${was}.`;
  return { ...WITHOUT_DAYS, kind: "condition", id: null, description, fields: [name], before, after, inWords };
}

function conditionInWords(name: ConditionName, value: unknown): string {
  if (name === "renewal") {
    const rule = value as RenewalRule;
    if (rule.kind === "none") return "none";
    const uplift = rule.upliftPercent === null ? "" : `, ${rule.upliftPercent.toFixed()} % more`;
    return `by ${rule.months} months, ${rule.noticeDays} days of notice${uplift}`;
  }
  if (name === "paymentTerms" && value !== null) {
    const { kind, days } = value as { readonly kind: string; readonly days: number };
    return `${days} days ${kind === "net_days" ? "net" : "to the end of the month"}`;
  }
  if (value === null || value === undefined) return "none";
  if (typeof value === "object") return "others";
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value).replaceAll("_", " ");
}
