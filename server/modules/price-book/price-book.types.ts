import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";

@ObjectType("PriceBookEntry", {
  description: "A price that may be quoted, in whatever version, with its guard rails. null: anything.",
  simpleResolvers: true,
})
export class PriceBookEntryType {
  @Field(() => ID, { description: "The price's lineage: the same over its versions." }) lineageId!: string;
  @Field(() => PercentScalar, { nullable: true, description: "A line with a larger discount needs approval." })
  discountLimitPercent!: Decimal | null;
  @Field(() => PercentScalar, { nullable: true, description: "A line with a larger discount is refused." })
  discountMaximumPercent!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The least quantity of a line." })
  minimumQuantity!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The largest quantity of a line." })
  maximumQuantity!: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The least for a unit, a package or a fee after discounts in percent, in the currency of the book.",
  })
  floorUnitAmount!: Decimal | null;
}

@ObjectType("PriceBook", {
  description: "The prices that a quote may be made from, in one currency, with how far each may be discounted.",
  simpleResolvers: true,
})
export class PriceBookType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "Unique among those that are not archived." }) name!: string;
  @Field(() => String, { nullable: true, description: "For your own use." }) description!: string | null;
  @Field(() => String, { description: "ISO 4217 code of the quotes made from it." }) currency!: string;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The first day on which a quote may be made from it; null: since ever.",
  })
  startsOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore!: PlainDate | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was archived; null: it is in use." })
  archivedAt!: Date | null;
  @Field(() => Int, { description: "Rises with each change; send it back with an update." }) version!: number;
  @Field(() => DateTimeScalar, { description: "When it was added." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}
export const PriceBookConnection = connectionOf("PriceBook", () => PriceBookType);

export const GuardRailSeverityEnum = { APPROVAL: "approval", REFUSED: "refused" } as const;
registerEnumType(GuardRailSeverityEnum, {
  name: "GuardRailSeverity",
  description: "What it means that a quote leaves its price book.",
  valuesConfig: {
    APPROVAL: { description: "Somebody has to approve of it." },
    REFUSED: { description: "It cannot be submitted." },
  },
});

@ObjectType("GuardRailViolation", {
  description: "Where a quote leaves the price book that it is made from.",
  simpleResolvers: true,
})
export class GuardRailViolationType {
  @Field(() => String, { description: "For programs, such as DISCOUNT_ABOVE_LIMIT." }) code!: string;
  @Field(() => String, { description: "For people." }) message!: string;
  @Field(() => GuardRailSeverityEnum, { description: "What it means." }) severity!: "approval" | "refused";
  @Field(() => ID, { description: "The line." }) lineId!: string;
  @Field(() => [String], { description: "Its place in the terms." }) path!: readonly string[];
  @Field(() => DecimalScalar, { nullable: true, description: "What the price book allows, where that is a number." })
  limit!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "What the quote has; null: it cannot be measured." })
  actual!: Decimal | null;
}

@ObjectType()
abstract class PriceBookChanged {
  @Field(() => PriceBookType, { description: "As it is now." }) priceBook!: PriceBookType;
}

@ObjectType({ description: "The price book was added.", simpleResolvers: true })
export class CreatePriceBookSuccess extends PriceBookChanged {}
export const CreatePriceBookResult = resultUnion("CreatePriceBookResult", () => CreatePriceBookSuccess);

@ObjectType({ description: "The price book was changed.", simpleResolvers: true })
export class UpdatePriceBookSuccess extends PriceBookChanged {}
export const UpdatePriceBookResult = resultUnion("UpdatePriceBookResult", () => UpdatePriceBookSuccess);

@ObjectType({ description: "The price book has these prices and guard rails now.", simpleResolvers: true })
export class SetPriceBookEntriesSuccess extends PriceBookChanged {}
export const SetPriceBookEntriesResult = resultUnion("SetPriceBookEntriesResult", () => SetPriceBookEntriesSuccess);

@ObjectType({ description: "No further quote is made from the price book.", simpleResolvers: true })
export class ArchivePriceBookSuccess extends PriceBookChanged {}
export const ArchivePriceBookResult = resultUnion("ArchivePriceBookResult", () => ArchivePriceBookSuccess);
