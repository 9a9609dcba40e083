import { Field, ID, Int, ObjectType } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, MoneyType, PlainMonthScalar } from "../../platform/graphql/scalars";
import type { GridFlag, SignOff } from "./grid-line";
import type { DriverAmount, VarianceOfItem, VarianceOfProduct } from "./read-invoice-variance";
import type { VarianceTotal } from "./read-variance-summary";
import type { ShownMoney } from "./shown-money";
import type { StoredSignOff } from "./sign-off.store";

const DRIVERS_TEXT =
  "NEW, LOST, TIMING, VOLUME, MIX, PRICE, PRORATION, DISCOUNT, MINIMUM, CREDIT, MANUAL, TAX (gross amounts only) or FX (base currency only).";

@ObjectType("DriverAmount", { simpleResolvers: true, description: "What one reason moved." })
export class DriverAmountType {
  @Field(() => String, { description: DRIVERS_TEXT }) driver!: string;
  @Field(() => MoneyType) amount!: ShownMoney;
}

@ObjectType("VarianceSignOff", {
  simpleResolvers: true,
  description: "Somebody looked at a change and let it pass, as it stood then.",
})
export class VarianceSignOffType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: "Why." }) note!: string;
  @Field(() => String, { description: "Who." }) signedBy!: string;
  @Field(() => DateTimeScalar) signedAt!: Date;
  @Field(() => Boolean, { description: "False: the bill or its baseline is another one since; it is asked again." })
  isCurrent!: boolean;
}

@ObjectType("PastSignOff", { simpleResolvers: true, description: "A sign-off, revoked or not." })
export class PastSignOff {
  @Field(() => ID) id!: string;
  @Field(() => String) note!: string;
  @Field(() => String) signedBy!: string;
  @Field(() => DateTimeScalar) signedAt!: Date;
  @Field(() => String, { nullable: true, description: "Who took it back, or signed anew." }) revokedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) revokedAt!: Date | null;
}

@ObjectType("ItemVariance", {
  simpleResolvers: true,
  description: "What moved one item of a bill: a price lineage of a product, or what lies over the items.",
})
export class ItemVarianceType {
  @Field(() => String, {
    description: "ITEM, ONE_TIME, LATE_ADJUSTMENT, MINIMUM, DISCOUNT (after the minimum), CREDIT or MANUAL.",
  })
  kind!: string;
  @Field(() => String) description!: string;
  @Field(() => ID, { nullable: true }) productId!: string | null;
  @Field(() => MoneyType, { nullable: true, description: "Null: not billed then." }) baseline!: ShownMoney | null;
  @Field(() => MoneyType, { nullable: true, description: "Null: not billed now." }) current!: ShownMoney | null;
  @Field(() => MoneyType) change!: ShownMoney;
  @Field(() => [DriverAmountType], { description: "The largest first; they add up to the change." })
  drivers!: readonly DriverAmount[];
  @Field(() => String, { nullable: true, description: "What moved it, in a sentence; null: nothing." })
  words!: string | null;
}

@ObjectType("ProductVariance", { simpleResolvers: true, description: "What moved all items of one product." })
export class ProductVarianceType {
  @Field(() => ID, { nullable: true }) productId!: string | null;
  @Field(() => MoneyType) change!: ShownMoney;
  @Field(() => [DriverAmountType]) drivers!: readonly DriverAmount[];
}

@ObjectType("InvoiceVariance", {
  simpleResolvers: true,
  description: "What moved a bill against its baseline, as a whole and item by item.",
})
export class InvoiceVarianceType {
  @Field(() => ID, { description: "The row of the grid." }) rowId!: string;
  @Field(() => ID, { nullable: true, description: "Null for a bill that is missing." }) invoiceId!: string | null;
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => [PlainMonthScalar]) baselineMonths!: readonly PlainMonth[];
  @Field(() => MoneyType) current!: ShownMoney;
  @Field(() => MoneyType) previous!: ShownMoney;
  @Field(() => MoneyType) change!: ShownMoney;
  @Field(() => [DriverAmountType], { description: "The largest first; they add up to the change." })
  drivers!: readonly DriverAmount[];
  @Field(() => [ItemVarianceType], {
    description: "Before tax and in the bill's currency; against a mean, those of its latest month.",
  })
  items!: readonly VarianceOfItem[];
  @Field(() => [ProductVarianceType]) products!: readonly VarianceOfProduct[];
  @Field(() => String, { nullable: true, description: "The reason in a sentence, the largest drivers first." })
  words!: string | null;
  @Field(() => [String]) flags!: readonly GridFlag[];
  @Field(() => VarianceSignOffType, { nullable: true }) signOff!: SignOff | null;
  @Field(() => [PastSignOff], { description: "The latest first." }) signOffHistory!: readonly StoredSignOff[];
}

@ObjectType("VarianceTotal", { simpleResolvers: true, description: "What moved many bills of one currency." })
export class VarianceTotalType {
  @Field(() => MoneyType) current!: ShownMoney;
  @Field(() => MoneyType) previous!: ShownMoney;
  @Field(() => MoneyType) change!: ShownMoney;
  @Field(() => [DriverAmountType], { description: "The largest first; they add up to the change." })
  drivers!: readonly DriverAmount[];
}

@ObjectType("VarianceSummary", { simpleResolvers: true, description: "What moved a view in a month." })
export class VarianceSummaryType {
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => [PlainMonthScalar]) baselineMonths!: readonly PlainMonth[];
  @Field(() => Int) customersUp!: number;
  @Field(() => Int) customersDown!: number;
  @Field(() => Int, { description: "Billed for the first time." }) customersNew!: number;
  @Field(() => Int, { description: "Billed no more, as something ended." }) customersLost!: number;
  @Field(() => Int) customersUnchanged!: number;
  @Field(() => Int, { description: "Rows with a flag other than STALE." }) flagged!: number;
  @Field(() => Int, { description: "Of these, rows that nobody has signed off as they stand." }) unsigned!: number;
  @Field(() => [VarianceTotalType], { description: "By currency, in alphabetical order." })
  totals!: readonly VarianceTotal[];
  @Field(() => VarianceTotalType, {
    nullable: true,
    description: "All together in the base currency; null where a rate is missing.",
  })
  inBase!: VarianceTotal | null;
}

@ObjectType({ simpleResolvers: true, description: "The changes are signed off as they stand." })
export class SignOffVariancesSuccess {
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => [ID]) rowIds!: string[];
  @Field(() => Int, { description: "Without those that were signed off already, as they stand." }) signed!: number;
}
export const SignOffVariancesResult = resultUnion("SignOffVariancesResult", () => SignOffVariancesSuccess);

@ObjectType({ simpleResolvers: true, description: "The changes are asked about again." })
export class RevokeVarianceSignOffsSuccess {
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => [ID], { description: "Those that were signed off." }) rowIds!: string[];
  @Field(() => Int) revoked!: number;
}
export const RevokeVarianceSignOffsResult = resultUnion(
  "RevokeVarianceSignOffsResult",
  () => RevokeVarianceSignOffsSuccess,
);
