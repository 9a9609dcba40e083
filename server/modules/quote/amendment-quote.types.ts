import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { AmendmentFigures, Change } from "../../domain/quote/amendment-figures";
import type { AmendmentTerms, QuoteChange } from "../../domain/quote/quote-terms";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { DecimalScalar, MoneyType, PercentScalar, PlainDateScalar, toMoney } from "../../platform/graphql/scalars";
import {
  AmendmentPreviewType,
  ContractDiscountType,
  DiscountType,
  SpendBoundType,
  toAmendmentPreview,
} from "../contract";
import type { AmendmentQuotePreview } from "./preview-amendment-quote";
import { CustomTermsType, QuoteLineType } from "./quote-terms.types";
import { shownBound, shownCustomTerms, shownDiscount, shownLine, shownLineDiscount } from "./show-terms";

export const QuoteChangeKindEnum = {
  ADD_LINE: "add_line",
  REMOVE_LINE: "remove_line",
  REPLACE_LINE: "replace_line",
  CHANGE_QUANTITY: "change_quantity",
  CHANGE_PRICE: "change_price",
  CHANGE_DISCOUNTS: "change_discounts",
  ADD_MINIMUM: "add_minimum",
  ADD_MAXIMUM: "add_maximum",
  END_BOUND: "end_bound",
  ADD_DISCOUNT: "add_discount",
  END_DISCOUNT: "end_discount",
  EXTEND: "extend",
  RENEW: "renew",
} as const;
registerEnumType(QuoteChangeKindEnum, { name: "QuoteChangeKind", description: "What a quote changes of a contract." });

@ObjectType("QuoteChange", {
  description: "One change of a running contract; what its kind does not need is null.",
  simpleResolvers: true,
})
export class QuoteChangeType {
  priceId!: string | null;
  @Field(() => ID, { description: "The change." }) id!: string;
  @Field(() => QuoteChangeKindEnum, { description: "What it does." }) kind!: QuoteChange["kind"];
  @Field(() => ID, { nullable: true, description: "The price lineage that it concerns." }) lineageId!: string | null;
  @Field(() => QuoteLineType, { nullable: true, description: "What is added, or billed in the place of another." })
  line!: object | null;
  @Field(() => DecimalScalar, { nullable: true, description: "All contracted units from then on." })
  quantity!: string | null;
  @Field(() => CustomTermsType, { nullable: true, description: "Negotiated terms from then on." })
  customTerms!: object | null;
  @Field(() => [DiscountType], { nullable: true, description: "In the place of all that the line has." })
  discounts!: readonly object[] | null;
  @Field(() => SpendBoundType, { nullable: true, description: "The minimum or maximum that is added." })
  bound!: object | null;
  @Field(() => ID, { nullable: true, description: "The minimum or maximum that ends." }) boundId!: string | null;
  @Field(() => ContractDiscountType, { nullable: true, description: "The discount over several lines that is added." })
  discount!: object | null;
  @Field(() => ID, { nullable: true, description: "The discount over several lines that ends." })
  discountId!: string | null;
  @Field(() => Int, { nullable: true, description: "Of a renewal: the length of the further term." })
  months!: number | null;
  @Field(() => PercentScalar, { nullable: true, description: "Of a renewal: put on every recurring price." })
  upliftPercent!: string | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last on which it holds, or of the extended term; null: as long as the contract.",
  })
  endsBefore!: PlainDate | null;
}

/** The changes of an amendment as the API shows them. */
export const shownChanges = ({ changes, currency }: AmendmentTerms): object[] =>
  changes.map((change) => shownChange(change, currency as CurrencyCode));

function shownChange(change: QuoteChange, currency: CurrencyCode): object {
  const { id, kind } = change;
  return {
    id,
    kind,
    lineageId: "lineageId" in change ? change.lineageId : null,
    priceId: change.kind === "change_price" ? change.priceId : null,
    line: "line" in change ? shownLine({ ...change.line, id, trial: null, ramp: [] }, currency) : null,
    quantity: change.kind === "change_quantity" ? change.quantity : null,
    customTerms: change.kind === "change_price" ? shownCustomTerms(change.customPrice) : null,
    discounts:
      change.kind === "change_discounts" ? change.discounts.map((one) => shownLineDiscount(one, currency)) : null,
    bound: "bound" in change ? shownBound(change.bound, currency) : null,
    boundId: change.kind === "end_bound" ? change.boundId : null,
    discount: change.kind === "add_discount" ? shownDiscount(change.discount, currency) : null,
    discountId: change.kind === "end_discount" ? change.discountId : null,
    months: change.kind === "renew" ? change.months : null,
    upliftPercent: change.kind === "renew" ? change.upliftPercent : null,
    endsBefore: "endsBefore" in change ? change.endsBefore : null,
  };
}

@ObjectType("FigureChange", { description: "A figure as it is and as it would be.", simpleResolvers: true })
export class FigureChangeType {
  @Field(() => MoneyType, { description: "As it is." }) before!: MoneyType;
  @Field(() => MoneyType, { description: "As it would be." }) after!: MoneyType;
  @Field(() => MoneyType, { description: "After less before." }) difference!: MoneyType;
}

@ObjectType("AmendmentFigures", {
  description: "What an amendment makes of a contract's figures: without usage, with the contracted seats.",
  simpleResolvers: true,
})
export class AmendmentFiguresType {
  @Field(() => FigureChangeType, { description: "Over the whole term; of one without an end a year from the changes." })
  total!: object;
  @Field(() => FigureChangeType, { description: "Of that, what is owed for service from the day of the changes on." })
  remaining!: object;
  @Field(() => FigureChangeType, { description: "What recurs in a month, once all of the changes hold." })
  monthlyRecurring!: object;
  @Field(() => FigureChangeType, { description: "Twelve times that." }) annualRecurring!: object;
}

@ObjectType("AmendmentQuotePreview", {
  description: "What an amendment quote would change and bill, or why it could not be made. Nothing is saved.",
  simpleResolvers: true,
})
export class AmendmentQuotePreviewType extends AmendmentPreviewType {
  @Field(() => [String], { description: "The differences in sentences." }) inWords!: readonly string[];
  @Field(() => AmendmentFiguresType, { nullable: true, description: "null where there are problems." })
  figures!: object | null;
  @Field(() => [ProblemType], { description: "What may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: readonly ProblemType[];
}

const NOTHING = { comparison: null, before: null, after: null, difference: null, problems: [] } as const;

export const toAmendmentQuotePreview = ({ checked, billing, problems }: AmendmentQuotePreview): object => ({
  ...toAmendmentPreview(billing ?? NOTHING),
  inWords: checked?.differences.map(({ inWords }) => inWords) ?? [],
  figures: checked && shownFigures(checked.figures),
  warnings: checked?.warnings ?? [],
  problems,
});

function shownFigures({ currency, total, remaining, monthlyRecurring, annualRecurring }: AmendmentFigures): object {
  const shown = ({ before, after, difference }: Change) => ({
    before: toMoney(before, currency.code),
    after: toMoney(after, currency.code),
    difference: toMoney(difference, currency.code),
  });
  return {
    total: shown(total),
    remaining: shown(remaining),
    monthlyRecurring: shown(monthlyRecurring),
    annualRecurring: shown(annualRecurring),
  };
}

@ObjectType({ description: "The amendment quote was created, as a draft.", simpleResolvers: true })
export class CreateAmendmentQuoteSuccess {
  quoteId!: string;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const CreateAmendmentQuoteResult = resultUnion("CreateAmendmentQuoteResult", () => CreateAmendmentQuoteSuccess);

@ObjectType({ description: "The amendment quote has other changes.", simpleResolvers: true })
export class UpdateAmendmentQuoteSuccess {
  quoteId!: string;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const UpdateAmendmentQuoteResult = resultUnion("UpdateAmendmentQuoteResult", () => UpdateAmendmentQuoteSuccess);
