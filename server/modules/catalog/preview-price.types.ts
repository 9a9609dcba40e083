import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import type { SliceKind } from "../../domain/pricing/slice";
import { ProblemType } from "../../platform/graphql/errors";
import { DecimalScalar, MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { PricePreview } from "./preview-price";

export const PriceSliceKindEnum = {
  FEE: "fee",
  UNITS: "units",
  TIER: "tier",
  PACKAGES: "packages",
  PERCENT: "percent",
  PERCENT_TIER: "percent_tier",
  MATRIX_ROW: "matrix_row",
  MATRIX_DEFAULT: "matrix_default",
  EVENTS: "events",
  EVENTS_AT_MINIMUM: "events_at_minimum",
  EVENTS_AT_MAXIMUM: "events_at_maximum",
} as const satisfies Record<string, SliceKind>;
registerEnumType(PriceSliceKindEnum, {
  name: "PriceSliceKind",
  description: "What the quantity of a slice counts.",
  valuesConfig: {
    PERCENT: { description: "An amount; the unit price is a hundredth of the percent." },
    PERCENT_TIER: { description: "The amount in a tier; the unit price is a hundredth of its percent." },
    MATRIX_DEFAULT: { description: "Units that no row of the matrix names." },
    EVENTS_AT_MINIMUM: { description: "Events that cost the minimum of an event." },
    EVENTS_AT_MAXIMUM: { description: "Events that cost the maximum of an event." },
  },
});

@ObjectType("UsageDimension", { description: "What an event says of itself.", simpleResolvers: true })
export class UsageDimensionType {
  @Field(() => String, { description: "The name of the property." }) property!: string;
  @Field(() => String, { description: "As text." }) value!: string;
}

@ObjectType("PriceSlice", {
  description: "A part of a rated amount with one price: amount = quantity × unitPrice + flatFee.",
  simpleResolvers: true,
})
export class PriceSliceType {
  @Field(() => PriceSliceKindEnum, { description: "What the quantity counts." }) kind!: SliceKind;
  @Field(() => DecimalScalar, { description: "After what is included." }) quantity!: Decimal;
  @Field(() => DecimalScalar, { description: "Of each unit." }) unitPrice!: Decimal;
  @Field(() => DecimalScalar, { description: "Of the tier as a whole; 0 where there is none." }) flatFee!: Decimal;
  @Field(() => DecimalScalar, { description: "Not rounded." }) amount!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "A tier holds what lies above it." })
  above!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The end of a tier, included; null: it has none." })
  upTo!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Units in a package." }) packageSize!: Decimal | null;
  @Field(() => [UsageDimensionType], { nullable: true, description: "What the usage of a row of a matrix says." })
  dimensions!: UsageDimensionType[] | null;
}

@ObjectType("PricePreview", {
  description: "What one full period would cost, or why it cannot be rated. Nothing is saved.",
  simpleResolvers: true,
})
export class PricePreviewType {
  @Field(() => [PriceSliceType], { description: "The parts of the amount, in order; none where there are problems." })
  slices!: readonly PriceSliceType[];
  @Field(() => DecimalScalar, { nullable: true, description: "The sum of the slices; null where there are problems." })
  amountPrecise!: Decimal | null;
  @Field(() => MoneyType, { nullable: true, description: "Rounded to the minor unit, as a line bills it." })
  amount!: MoneyType | null;
  @Field(() => MoneyType, {
    nullable: true,
    description: "With the line that tops up to the minimum of the price, or takes back what is above its maximum.",
  })
  amountBounded!: MoneyType | null;
  @Field(() => [ProblemType], { description: "What keeps the price from being rated." })
  problems!: readonly ProblemType[];
  @Field(() => [ProblemType], { description: "What may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: readonly ProblemType[];
}

export function toPricePreview({ rated, problems, warnings }: PricePreview): object {
  const { slices = [], amountPrecise = null, amount = null, amountBounded = null } = rated ?? {};
  const shown = (value: typeof amount) => value && toMoney(value.amount, value.currency.code);
  return { slices, amountPrecise, amount: shown(amount), amountBounded: shown(amountBounded), problems, warnings };
}
