import { Decimal } from "../../domain/money/decimal";
import { priceFromTerms } from "../../domain/pricing/price-terms";
import type {
  CustomPrice,
  LineDiscount,
  QuoteBound,
  QuoteDiscount,
  QuoteLine,
  QuoteRampStep,
  SaleTerms,
} from "../../domain/quote/quote-terms";
import { askFor, type CustomTerms, customTermsOf } from "../catalog";
import type {
  MoneyAsked,
  NewBound,
  NewCharge,
  NewContract,
  NewContractDiscount,
  NewDiscount,
  NewRampStep,
} from "../contract";

/**
 * The contract that the terms ask for, one to one: phases[i].lines[j] are its phases[i].charges[j], bounds and discounts
 * stand in the same order. Everything that checks, previews or makes a contract takes it from here.
 */
export function contractOfTerms(terms: SaleTerms, customerId: string): NewContract {
  const money = moneyIn(terms.currency);
  return {
    customerId,
    name: terms.name,
    number: null,
    currency: terms.currency,
    startsOn: terms.startsOn,
    endsBefore: terms.endsBefore,
    anchorOn: terms.anchorOn,
    firstPeriod: terms.firstPeriod,
    poNumber: terms.poNumber,
    paymentTerms: terms.paymentTerms,
    billedThroughOn: null,
    rollsUpUsage: terms.rollsUpUsage,
    lateUsage: terms.lateUsage,
    renewal: terms.renewal && { ...terms.renewal, upliftPercent: decimal(terms.renewal.upliftPercent) },
    phases: terms.phases.map(({ name, startsOn, endsBefore, lines }) => ({
      name,
      startsOn,
      endsBefore,
      charges: lines.map((line) => chargeOfLine(line, money)),
    })),
    minimums: terms.minimums.map((bound) => boundOf(bound, money)),
    maximums: terms.maximums.map((bound) => boundOf(bound, money)),
    discounts: terms.discounts.map((discount) => contractDiscountOf(discount, money)),
  };
}

type InCurrency = (amount: string) => MoneyAsked;

export const moneyIn =
  (currency: string): InCurrency =>
  (amount) => ({ amount: new Decimal(amount), currency });

const decimal = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

export const customTermsOfPrice = (price: CustomPrice | null): CustomTerms | null =>
  price &&
  customTermsOf(priceFromTerms(price.model, price.terms), {
    cadence: price.cadence ?? null,
    timing: price.timing ?? null,
  });

export const chargeOfLine = (line: QuoteLine, money: InCurrency): NewCharge => ({
  priceId: line.priceId,
  customTerms: customTermsOfPrice(line.customPrice),
  quantity: decimal(line.quantity),
  description: line.description,
  discounts: line.discounts.map((discount) => discountOf(discount, money)),
  trial: line.trial && { ...line.trial, percentOff: new Decimal(line.trial.percentOff) },
  ramp: line.ramp.map(rampStepOf),
});

/** The id is the key: the same discount in two phases is given once. */
export const discountOf = (discount: LineDiscount, money: InCurrency): NewDiscount => ({
  key: discount.id,
  description: discount.description,
  percent: decimal(discount.percent),
  amount: discount.amount === null ? null : money(discount.amount),
  endsBefore: discount.endsBefore,
  position: discount.position,
});

const rampStepOf = (step: QuoteRampStep): NewRampStep => ({
  startsOn: step.startsOn,
  afterMonths: step.afterMonths,
  quantity: decimal(step.quantity),
  priceId: step.priceId,
  customTerms: customTermsOfPrice(step.customPrice),
});

/** The id is the key by which a discount names it. */
export const boundOf = (bound: QuoteBound, money: InCurrency): NewBound => ({
  key: bound.id,
  description: bound.description,
  amount: money(bound.amount),
  ...cadenceOf(bound.cadence),
  startsOn: bound.startsOn,
  endsBefore: bound.endsBefore,
  proration: bound.proration,
  lineageIds: bound.lineageIds,
  productId: bound.productId,
});

function cadenceOf(cadence: QuoteBound["cadence"]): Pick<NewBound, "cadence" | "cadenceMonths"> {
  if (cadence === "term") return { cadence, cadenceMonths: null };
  const asked = askFor(cadence);
  return { cadence: asked.cadence as NewBound["cadence"], cadenceMonths: asked.months };
}

export const contractDiscountOf = (discount: QuoteDiscount, money: InCurrency): NewContractDiscount => {
  const { scope } = discount;
  const asked = discount.cadence && askFor(discount.cadence);
  return {
    description: discount.description,
    percent: decimal(discount.percent),
    amount: discount.amount === null ? null : money(discount.amount),
    cadence: asked?.cadence ?? null,
    cadenceMonths: asked?.months ?? null,
    scope: {
      invoice: scope.kind === "invoice",
      group: scope.kind === "group" ? { lineageIds: scope.lineageIds } : null,
      commitment: scope.kind === "commitment" ? { key: scope.boundId, boundId: null } : null,
    },
    position: discount.position,
    startsOn: discount.startsOn,
    endsBefore: discount.endsBefore,
  };
};
