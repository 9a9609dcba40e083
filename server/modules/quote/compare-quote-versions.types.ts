import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { CurrencyCode } from "../../domain/money/currency";
import type { AmountChange, FiguresComparison, PartChange } from "../../domain/quote/compare-figures";
import { ProblemType } from "../../platform/graphql/errors";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { MoneyComparison } from "./compare-quote-versions";
import { QuoteVersionType } from "./quote.types";

export const QuoteDifferenceKindEnum = { CHANGED: "changed", ADDED: "added", REMOVED: "removed" } as const;
registerEnumType(QuoteDifferenceKindEnum, {
  name: "QuoteDifferenceKind",
  description: "How a part of the terms differs from what it was.",
});

@ObjectType("QuoteDifference", { description: "One difference between two versions.", simpleResolvers: true })
export class QuoteDifferenceType {
  @Field(() => QuoteDifferenceKindEnum, { description: "How it differs." }) kind!: "changed" | "added" | "removed";
  @Field(() => String, { description: "The cell, or the phase, line or other part that came or went." }) path!: string;
  @Field(() => [String], { description: "What it belongs to, outermost first; empty: the whole quote." })
  where!: readonly string[];
  @Field(() => String, { description: "What it is, such as Unit price or Line." }) title!: string;
  @Field(() => String, { nullable: true, description: "The earlier value, as cells have it." }) before!: string | null;
  @Field(() => String, { nullable: true, description: "The later value, as cells have it." }) after!: string | null;
  @Field(() => String, { description: "The earlier value as people read it." }) beforeInWords!: string;
  @Field(() => String, { description: "The later value as people read it." }) afterInWords!: string;
  @Field(() => String, { description: "All of it in one line." }) sentence!: string;
}

@ObjectType("QuoteAmountChange", { description: "An amount of two versions.", simpleResolvers: true })
export class QuoteAmountChangeType {
  @Field(() => MoneyType, { nullable: true, description: "null: the earlier version does not have it." })
  before!: MoneyType | null;
  @Field(() => MoneyType, { nullable: true, description: "null: the later version does not have it." })
  after!: MoneyType | null;
  @Field(() => MoneyType, { description: "The later amount less the earlier one." }) change!: MoneyType;
}

@ObjectType("QuotePartAmountChange", {
  description: "What a phase, a line, or a minimum, maximum or discount over several lines comes to in two versions.",
  simpleResolvers: true,
})
export class QuotePartAmountChangeType {
  @Field(() => ID, { description: "The part, in whatever version." }) id!: string;
  @Field(() => String, { description: "As people call it." }) name!: string;
  @Field(() => QuoteAmountChangeType, { description: "What is owed, over the whole term." })
  net!: QuoteAmountChangeType;
}

@ObjectType("QuoteMoneyComparison", {
  description: "What two versions come to, by the engine that will bill them.",
  simpleResolvers: true,
})
export class QuoteMoneyComparisonType {
  @Field(() => QuoteAmountChangeType, { description: "TCV." }) totalContractValue!: QuoteAmountChangeType;
  @Field(() => QuoteAmountChangeType, { description: "ACV." }) annualContractValue!: QuoteAmountChangeType;
  @Field(() => QuoteAmountChangeType, { description: "What of TCV falls due once." }) oneTime!: QuoteAmountChangeType;
  @Field(() => QuoteAmountChangeType, { description: "At list prices." }) list!: QuoteAmountChangeType;
  @Field(() => QuoteAmountChangeType, { description: "What is taken off list." }) discount!: QuoteAmountChangeType;
  @Field(() => [QuotePartAmountChangeType], { description: "Those of the later version, then those that went." })
  phases!: QuotePartAmountChangeType[];
  @Field(() => [QuotePartAmountChangeType], { description: "Those of the later version, then those that went." })
  lines!: QuotePartAmountChangeType[];
  @Field(() => [QuotePartAmountChangeType], {
    description:
      "Minimums, maximums and discounts over several lines: those of the later version, then those that went.",
  })
  overLines!: QuotePartAmountChangeType[];
}

@ObjectType("QuoteVersionComparison", { description: "Two versions of a quote side by side.", simpleResolvers: true })
export class QuoteVersionComparisonType {
  @Field(() => QuoteVersionType, { description: "The version that is compared." }) from!: QuoteVersionType;
  @Field(() => QuoteVersionType, { description: "The version that it is compared with." }) to!: QuoteVersionType;
  @Field(() => [QuoteDifferenceType], { description: "Every difference in terms; none: they offer the same." })
  differences!: QuoteDifferenceType[];
}

@ObjectType("QuoteVersionMoney", {
  description: "What two versions come to, or what keeps one of them from being billed.",
  simpleResolvers: true,
})
export class QuoteVersionMoneyType {
  @Field(() => QuoteMoneyComparisonType, {
    nullable: true,
    description: "null: one of them cannot be billed, or they are in two currencies.",
  })
  figures!: QuoteMoneyComparisonType | null;
  @Field(() => [ProblemType], { description: "What keeps them from being billed." }) problems!: ProblemType[];
}

export const toVersionMoney = ({ money, problems }: MoneyComparison): object => ({
  figures: money && toMoneyComparison(money),
  problems,
});

function toMoneyComparison({ currency, phases, lines, overLines, ...amounts }: FiguresComparison): object {
  const { code } = currency;
  const parts = (list: readonly PartChange[]) =>
    list.map(({ id, name, ...amount }) => ({ id, name, net: toAmountChange(amount, code) }));
  return {
    totalContractValue: toAmountChange(amounts.totalContractValue, code),
    annualContractValue: toAmountChange(amounts.annualContractValue, code),
    oneTime: toAmountChange(amounts.oneTime, code),
    list: toAmountChange(amounts.list, code),
    discount: toAmountChange(amounts.discount, code),
    phases: parts(phases),
    lines: parts(lines),
    overLines: parts(overLines),
  };
}

const toAmountChange = ({ before, after, change }: AmountChange, code: CurrencyCode) => ({
  before: before && toMoney(before, code),
  after: after && toMoney(after, code),
  change: toMoney(change, code),
});
