import { Field, Int, ObjectType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { DecimalScalar, PercentScalar, PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";

@ObjectType("UnbilledUsage", { description: "What a customer used on days on which no contract in force bills it." })
export class UnbilledUsageType {
  @Field(() => PlainDateScalar, { simple: true, description: "The first such day of the month." }) firstOn!: PlainDate;
  @Field(() => PlainDateScalar, { simple: true, description: "The last such day of the month." }) lastOn!: PlainDate;
  @Field(() => Int, { simple: true }) eventCount!: number;
}

@ObjectType("PastDiscount", {
  description:
    "A discount without an end that was agreed for a term that is over, and is still given in a further one.",
})
export class PastDiscountType {
  @Field(() => String, { simple: true, description: "What it comes off." }) description!: string;
  @Field(() => String, { simple: true, description: "As it is called." }) discount!: string;
  @Field(() => PercentScalar, { simple: true, nullable: true }) percent!: string | null;
  @Field(() => DecimalScalar, { simple: true, nullable: true, description: "In the currency of the contract." })
  fixed!: string | null;
  @Field(() => PlainDateScalar, { simple: true, description: "The first day of the further term." })
  termEndedBefore!: PlainDate;
}

@ObjectType("TermEnding", { description: "A contract whose term ends within three months after the month." })
export class TermEndingType {
  @Field(() => PlainDateScalar, { simple: true, description: "The day after the last." }) endsBefore!: PlainDate;
  @Field(() => Int, { simple: true, nullable: true, description: "null: it ends without renewal." })
  renewalMonths!: number | null;
  @Field(() => PlainDateScalar, {
    simple: true,
    nullable: true,
    description: "The last day on which notice keeps it from renewing.",
  })
  noticeBy!: PlainDate | null;
}

@ObjectType("LeakageReport", {
  description:
    "Where revenue may be lost in a month: what was used or agreed, and is not billed. Usage that nobody claims has a report of its own, unattributedUsage.",
})
export class LeakageReportType {
  @Field(() => PlainMonthScalar, { simple: true }) month!: PlainMonth;
  @Field(() => [UnbilledUsageType], { simple: true, description: "By customer and metric." })
  unbilledUsage!: UnbilledUsageType[];
  @Field(() => [PastDiscountType], { simple: true }) pastDiscounts!: PastDiscountType[];
  @Field(() => [TermEndingType], { simple: true, description: "The first to end first." })
  termsEnding!: TermEndingType[];
}
