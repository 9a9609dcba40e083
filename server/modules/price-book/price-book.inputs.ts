import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import type { GuardRail } from "../../domain/quote/guard-rails";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { NewPriceBook } from "./create-price-book";

@InputType({ description: "A price that may be quoted, with its guard rails. What is left out is not limited." })
export class PriceBookEntryInput {
  @Field(() => ID, { description: "The lineage of a price that has a version in the currency of the book." })
  lineageId!: string;
  @Field(() => PercentScalar, {
    nullable: true,
    description: "From 0 to 100, of what the line comes to at list prices: a larger discount needs approval.",
  })
  discountLimitPercent?: Decimal | null;
  @Field(() => PercentScalar, {
    nullable: true,
    description: "From 0 to 100, of what the line comes to at list prices: a larger discount is refused.",
  })
  discountMaximumPercent?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The least quantity of a line." })
  minimumQuantity?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The largest quantity of a line." })
  maximumQuantity?: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The least for a unit, a package or a fee after discounts in percent, in the currency of the book.",
  })
  floorUnitAmount?: Decimal | null;
}

export const guardRailOf = (entry: PriceBookEntryInput): GuardRail => ({
  lineageId: entry.lineageId,
  discountLimitPercent: entry.discountLimitPercent ?? null,
  discountMaximumPercent: entry.discountMaximumPercent ?? null,
  minimumQuantity: entry.minimumQuantity ?? null,
  maximumQuantity: entry.maximumQuantity ?? null,
  floorUnitAmount: entry.floorUnitAmount ?? null,
});

@InputType({ description: "A price book, with its prices or yet without." })
export class CreatePriceBookInput {
  @Field(() => String, { description: "Unique among those that are not archived." }) name!: string;
  @Field(() => String, { nullable: true, description: "For your own use." }) description?: string | null;
  @Field(() => String, { description: "ISO 4217 code; it does not change." }) currency!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "The first day of its validity; default: since ever." })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last; default: until further notice.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => [PriceBookEntryInput], { defaultValue: [], description: "In the order of the list." })
  entries!: PriceBookEntryInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const newPriceBookOf = (input: CreatePriceBookInput): NewPriceBook => ({
  name: input.name,
  description: input.description ?? null,
  currency: input.currency,
  startsOn: input.startsOn ?? null,
  endsBefore: input.endsBefore ?? null,
  entries: input.entries.map(guardRailOf),
});

@InputType()
abstract class PriceBookChangeInput {
  @Field(() => ID, { description: "The price book." }) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdatePriceBookInput extends PriceBookChangeInput {
  @Field(() => String, { nullable: true, description: "Never null." }) name?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) description?: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "null: since ever." }) startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "null: until further notice." })
  endsBefore?: PlainDate | null;
}

@InputType({ description: "All prices of a price book; what is left out is not in it any more." })
export class SetPriceBookEntriesInput extends PriceBookChangeInput {
  @Field(() => [PriceBookEntryInput], { description: "In the order of the list." }) entries!: PriceBookEntryInput[];
}

@InputType({ description: "A price book that no further quote is to be made from." })
export class ArchivePriceBookInput extends PriceBookChangeInput {}
