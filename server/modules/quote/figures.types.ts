import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type {
  OverLinesFigures,
  PhaseFigures,
  PriceFigures,
  QuoteFigures,
  RecurringStep,
} from "../../domain/quote/quote-figures";
import { ProblemType } from "../../platform/graphql/errors";
import { DecimalScalar, MoneyType, PlainDateScalar, toMoney } from "../../platform/graphql/scalars";
import { PreviewedInvoiceType, toPreviewedInvoice } from "../contract";
import type { QuotePreview } from "./preview-quote";

@ObjectType("QuoteAmounts", {
  description: "At list prices, what is taken off, and what is left: list less discount is net, to the last unit.",
  simpleResolvers: true,
})
export class QuoteAmountsType {
  @Field(() => MoneyType, {
    description:
      "The same quantities at the listed prices, with the minimums; without trials, discounts, negotiated prices and maximums.",
  })
  list!: MoneyType;
  @Field(() => MoneyType, { description: "What all these take off; below zero where more is asked than is listed." })
  discount!: MoneyType;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Of list, to two decimals: "7.5" means 7.5 %; null: list is zero.',
  })
  discountPercent!: Decimal | null;
  @Field(() => MoneyType, { description: "What is owed." }) net!: MoneyType;
}

@ObjectType("QuoteRecurringStep", { description: "Days on which the same recurs.", simpleResolvers: true })
export class QuoteRecurringStepType {
  @Field(() => PlainDateScalar, { description: "The first day." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The day after the last." }) endsBefore!: PlainDate;
  @Field(() => MoneyType, { description: "MRR: whole periods of what recurs, per month, after discounts." })
  monthlyRecurring!: MoneyType;
  @Field(() => MoneyType, { description: "ARR: the same per year." }) annualRecurring!: MoneyType;
}

@ObjectType("QuotePhaseFigures", { description: "What a phase of a quote comes to.", simpleResolvers: true })
export class QuotePhaseFiguresType {
  @Field(() => ID, { description: "The phase, in whatever version." }) phaseId!: string;
  @Field(() => String, { description: "As people call it." }) name!: string;
  @Field(() => PlainDateScalar, { description: "The first day." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The day after the last that is looked at." }) endsBefore!: PlainDate;
  @Field(() => QuoteAmountsType, { description: "For service on its days." }) amounts!: QuoteAmountsType;
  @Field(() => MoneyType, { description: "MRR at its end, when trials are over and ramps are climbed." })
  monthlyRecurring!: MoneyType;
  @Field(() => MoneyType, { description: "ARR at its end." }) annualRecurring!: MoneyType;
  @Field(() => [QuoteRecurringStepType], {
    description: "How trials, ramps and discounts of a time change what recurs; at least one, without gaps.",
  })
  steps!: QuoteRecurringStepType[];
}

@ObjectType("QuoteYearFigures", {
  description: "What a year of a quote comes to, from its first day; the last may be shorter.",
  simpleResolvers: true,
})
export class QuoteYearFiguresType {
  @Field(() => Int, { description: "Counted from 1." }) ordinal!: number;
  @Field(() => PlainDateScalar, { description: "The first day." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The day after the last." }) endsBefore!: PlainDate;
  @Field(() => QuoteAmountsType, { description: "For service on its days." }) amounts!: QuoteAmountsType;
}

@ObjectType("QuoteLineFigures", { description: "What a line of a quote comes to.", simpleResolvers: true })
export class QuoteLineFiguresType {
  @Field(() => ID, { description: "The line, in whatever version." }) lineId!: string;
  @Field(() => ID, { description: "Its phase." }) phaseId!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => Boolean, { description: "Rated by usage: its amounts are what is owed without any." })
  isMetered!: boolean;
  @Field(() => QuoteAmountsType, { description: "Over its phase, with its own discounts." }) amounts!: QuoteAmountsType;
}

export const QuoteOverLinesKindEnum = { MINIMUM: "minimum", MAXIMUM: "maximum", DISCOUNT: "discount" } as const;
registerEnumType(QuoteOverLinesKindEnum, {
  name: "QuoteOverLinesKind",
  description: "What stands over several lines of a quote.",
  valuesConfig: {
    MINIMUM: { description: "Tops up to what is billed at the least." },
    MAXIMUM: { description: "Takes back what is more than is billed at the most." },
    DISCOUNT: { description: "Comes off several lines, after their own discounts." },
  },
});

@ObjectType("QuoteOverLinesFigures", {
  description: "What a minimum, a maximum or a discount over several lines comes to.",
  simpleResolvers: true,
})
export class QuoteOverLinesFiguresType {
  @Field(() => QuoteOverLinesKindEnum, { description: "What it is." }) kind!: OverLinesFigures["kind"];
  @Field(() => ID, { description: "It, in whatever version." }) id!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => QuoteAmountsType, { description: "Over the whole term; below zero what takes off." })
  amounts!: QuoteAmountsType;
}

@ObjectType("QuoteFigures", {
  description:
    "What a quote comes to, by the engine that will bill it; with tax in it only where its prices have it in them. Without usage and with the contracted seats, unless something else is said.",
  simpleResolvers: true,
})
export class QuoteFiguresType {
  @Field(() => String, { description: "ISO 4217 code of every amount." }) currency!: string;
  @Field(() => PlainDateScalar, { description: "The first day that is looked at." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, {
    description: "The day after the last; of a quote without an end, when its last phase has run a year.",
  })
  endsBefore!: PlainDate;
  @Field(() => Boolean, { description: "false: until further notice." }) hasEnd!: boolean;
  @Field(() => DecimalScalar, { description: "Months that are looked at; a part of one counts by its days." })
  termMonths!: Decimal;
  @Field(() => QuoteAmountsType, { description: "Over the term, true-ups of minimums included." })
  total!: QuoteAmountsType;
  @Field(() => MoneyType, { description: "TCV, the total contract value: the total's net." })
  totalContractValue!: MoneyType;
  @Field(() => MoneyType, { description: "ACV, the annual contract value: TCV less what falls due once, per year." })
  annualContractValue!: MoneyType;
  @Field(() => MoneyType, { description: "What of TCV falls due once." }) oneTime!: MoneyType;
  @Field(() => [QuotePhaseFiguresType], { description: "In order; they add up to the total." })
  phases!: QuotePhaseFiguresType[];
  @Field(() => [QuoteYearFiguresType], { description: "In order; they add up to the total." })
  years!: QuoteYearFiguresType[];
  @Field(() => [QuoteLineFiguresType], {
    description: "In the order of the quote; with what stands over several lines they add up to the total.",
  })
  lines!: QuoteLineFiguresType[];
  @Field(() => [QuoteOverLinesFiguresType], { description: "Minimums, maximums and discounts over several lines." })
  overLines!: QuoteOverLinesFiguresType[];
  @Field(() => MoneyType, { nullable: true, description: "What usage and seats add; null: nothing was assumed." })
  usage!: MoneyType | null;
  @Field(() => MoneyType, {
    nullable: true,
    description: "TCV and what usage and seats add; null: nothing was assumed.",
  })
  totalWithUsage!: MoneyType | null;
  @Field(() => [PreviewedInvoiceType], {
    description: "The first twelve, as they would fall, with what is assumed to be used.",
  })
  invoices!: PreviewedInvoiceType[];
}

@ObjectType("QuotePreview", {
  description: "What a quote comes to, or what keeps it from being billed. Nothing is saved.",
  simpleResolvers: true,
})
export class QuotePreviewType {
  @Field(() => QuoteFiguresType, { nullable: true, description: "null: there are problems." })
  figures!: QuoteFiguresType | null;
  @Field(() => [ProblemType], { description: "What keeps it from being billed, each with its place." })
  problems!: readonly ProblemType[];
  @Field(() => [ProblemType], { description: "What may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: readonly ProblemType[];
}

export const toQuotePreview = ({ figures, problems, warnings }: QuotePreview): object => ({
  figures: figures && toFigures(figures),
  problems,
  warnings,
});

/** Each list is shown when it is asked for. */
export function toFigures(figures: QuoteFigures): object {
  const { currency, term, total, withUsage } = figures;
  const { amounts, shown } = shownIn(currency.code);
  return {
    currency: currency.code,
    ...term,
    hasEnd: figures.hasEnd,
    termMonths: figures.termMonths.toDecimalPlaces(4),
    total: amounts(total),
    totalContractValue: shown(total.net),
    annualContractValue: shown(figures.annualContractValue),
    oneTime: shown(figures.oneTime),
    phases: () => figures.phases.map((phase) => toPhase(phase, currency.code)),
    years: () => figures.years.map(({ ordinal, period, ...year }) => ({ ordinal, ...period, amounts: amounts(year) })),
    lines: () => figures.lines.map((line) => ({ ...line, amounts: amounts(line) })),
    overLines: () => figures.overLines.map((each) => ({ ...each, amounts: amounts(each) })),
    usage: withUsage && shown(withUsage.usage),
    totalWithUsage: withUsage && shown(withUsage.total),
    invoices: () =>
      figures.invoices.map(({ net, ...invoice }) => toPreviewedInvoice({ ...invoice, net: { amount: net, currency } })),
  };
}

function toPhase({ phaseId, name, period, steps, ...phase }: PhaseFigures, code: CurrencyCode) {
  const { amounts, shown } = shownIn(code);
  const recurring = ({ monthlyRecurring, annualRecurring }: Omit<RecurringStep, "period">) => ({
    monthlyRecurring: shown(monthlyRecurring),
    annualRecurring: shown(annualRecurring),
  });
  return {
    phaseId,
    name,
    ...period,
    amounts: amounts(phase),
    ...recurring(phase),
    steps: steps.map((step) => ({ ...step.period, ...recurring(step) })),
  };
}

const shownIn = (code: CurrencyCode) => ({
  shown: (amount: Decimal) => toMoney(amount, code),
  amounts: ({ list, discount, discountPercent, net }: PriceFigures) => ({
    list: toMoney(list, code),
    discount: toMoney(discount, code),
    discountPercent,
    net: toMoney(net, code),
  }),
});
