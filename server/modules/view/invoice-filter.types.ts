import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import type { RelativeDays, RelativeMonths, Tests } from "../../domain/view/condition";
import type { FilterRecord } from "../../domain/view/filter-record";
import { DEPTH_MAXIMUM, LIST_MAXIMUM, TESTS_MAXIMUM, TEXT_MAXIMUM } from "../../domain/view/read-filter";
import { DecimalScalar, PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import {
  BlockerEnum,
  DocumentKindEnum,
  InvoiceOriginEnum,
  InvoiceStatusEnum,
  PaymentStatusEnum,
  StaleReasonEnum,
} from "../invoice";

export const RelativeMonthsEnum = {
  THIS_MONTH: "this_month",
  LAST_MONTH: "last_month",
  MONTHS_AGO: "months_ago",
  LAST_N_MONTHS: "last_n_months",
  YEAR_TO_DATE: "year_to_date",
} as const;
registerEnumType(RelativeMonthsEnum, {
  name: "RelativeMonths",
  description:
    "Billing months seen from the organization's today, so that a saved view need not be changed each month.",
  valuesConfig: {
    MONTHS_AGO: { description: "The one month that many months before this one; 0 is this one." },
    LAST_N_MONTHS: { description: "That many whole months up to and with the last one." },
    YEAR_TO_DATE: { description: "January through this month." },
  },
});

export const RelativeDaysEnum = {
  TODAY: "today",
  THIS_MONTH: "this_month",
  LAST_MONTH: "last_month",
  YEAR_TO_DATE: "year_to_date",
  BEFORE_TODAY: "before_today",
  AFTER_TODAY: "after_today",
  LAST_N_DAYS: "last_n_days",
  NEXT_N_DAYS: "next_n_days",
  MORE_THAN_N_DAYS_AGO: "more_than_n_days_ago",
} as const;
registerEnumType(RelativeDaysEnum, {
  name: "RelativeDays",
  description: "Days seen from the organization's today.",
  valuesConfig: {
    LAST_N_DAYS: { description: "That many days up to and with today." },
    NEXT_N_DAYS: { description: "Today and that many days after it." },
    MORE_THAN_N_DAYS_AGO: { description: "Before the day that many days ago." },
  },
});

// Each class below is written once for both directions: what a view answers is what an input takes.

@InputType("MonthFilterInput", { description: "Either equals, or from and through, or relative." })
@ObjectType("MonthFilter", { description: "Billing months.", simpleResolvers: true })
export class MonthFilter {
  @Field(() => PlainMonthScalar, { nullable: true }) equals?: PlainMonth | null;
  @Field(() => PlainMonthScalar, { nullable: true, description: "With this month." }) from?: PlainMonth | null;
  @Field(() => PlainMonthScalar, { nullable: true, description: "With this month." }) through?: PlainMonth | null;
  @Field(() => RelativeMonthsEnum, { nullable: true }) relative?: RelativeMonths | null;
  @Field(() => Int, { nullable: true, description: "Of MONTHS_AGO and LAST_N_MONTHS, up to 120." }) months?:
    | number
    | null;
}

@InputType("DayFilterInput", { description: "Either equals, or from and through, or relative." })
@ObjectType("DayFilter", { description: "Days; what has no such day is not selected.", simpleResolvers: true })
export class DayFilter {
  @Field(() => PlainDateScalar, { nullable: true }) equals?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "With this day." }) from?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "With this day." }) through?: PlainDate | null;
  @Field(() => RelativeDaysEnum, { nullable: true }) relative?: RelativeDays | null;
  @Field(() => Int, { nullable: true, description: "Of those with an N, up to 3,660." }) days?: number | null;
}

@InputType("AmountFilterInput", { description: "An amount between two, both included." })
@ObjectType("AmountFilter", { description: "An amount between two, both included.", simpleResolvers: true })
export class AmountFilter {
  @Field(() => DecimalScalar, { nullable: true }) from?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true }) through?: Decimal | null;
  @Field(() => String, {
    nullable: true,
    description:
      "ISO 4217 code: only invoices in it. Left out, the figures are compared whatever the currency; say other bounds for other currencies with or.",
  })
  currency?: string | null;
}

@InputType("NumberFilterInput", { description: "Document numbers; capitals count." })
@ObjectType("NumberFilter", { description: "Document numbers; capitals count.", simpleResolvers: true })
export class NumberFilter {
  @Field(() => String, { nullable: true, description: 'How it begins, such as "INV-2026-".' }) prefix?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "By the order of characters, in which the numbers of a series follow each other.",
  })
  from?: string | null;
  @Field(() => String, { nullable: true, description: "With this number." }) through?: string | null;
}

@InputType("TextFilterInput", { description: "A text; capitals count." })
@ObjectType("TextFilter", { description: "A text; capitals count.", simpleResolvers: true })
export class TextFilter {
  @Field(() => Boolean, { nullable: true, description: "Whether there is one." }) exists?: boolean | null;
  @Field(() => String, { nullable: true }) equals?: string | null;
  @Field(() => String, { nullable: true, description: "How it begins." }) prefix?: string | null;
}

@InputType("CustomFieldFilterInput", {
  description:
    "A custom field of the customer. All that is said holds of one value: of the field's, or of one in its list, as tags are kept. The key alone asks whether it is there.",
})
@ObjectType("CustomFieldFilter", { description: "A custom field of the customer.", simpleResolvers: true })
export class CustomFieldFilter {
  @Field(() => String, { description: "The name of the field." }) key!: string;
  @Field(() => Boolean, { nullable: true, description: "null in the field counts as not there." }) exists?:
    | boolean
    | null;
  @Field(() => String, { nullable: true, description: 'As text: numbers as "12.5", truth as "true".' }) equals?:
    | string
    | null;
  @Field(() => [String], { nullable: true, description: `One of these; up to ${LIST_MAXIMUM}.` }) in?: string[] | null;
  @Field(() => DecimalScalar, { nullable: true, description: "A number, or a text that reads as one, from here on." })
  numberFrom?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true }) numberThrough?: Decimal | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "A text such as 2026-10-31, from this day on." })
  dayFrom?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true }) dayThrough?: PlainDate | null;
}

const UP_TO = `One of these; up to ${LIST_MAXIMUM}.`;

@InputType("InvoiceFilterInput", {
  description: `Which invoices. All that is said must hold; what is left out, null or empty does not narrow. and, or and not join further filters, up to ${DEPTH_MAXIMUM} deep and ${TESTS_MAXIMUM} conditions in all.`,
})
@ObjectType("InvoiceFilter", {
  description: "Which invoices, in the form that an InvoiceFilterInput takes; null does not narrow.",
  simpleResolvers: true,
})
export class InvoiceFilter implements FilterRecord {
  @Field(() => PlainMonthScalar, { nullable: true, description: "The short form of billingMonth.equals." })
  month?: PlainMonth | null;
  @Field(() => MonthFilter, { nullable: true }) billingMonth?: MonthFilter | null;
  @Field(() => [InvoiceStatusEnum], { nullable: true }) status?: Tests["status"] | null;
  @Field(() => [PaymentStatusEnum], { nullable: true }) paymentStatus?: Tests["paymentStatus"] | null;
  @Field(() => [DocumentKindEnum], { nullable: true }) documentKind?: Tests["documentKind"] | null;
  @Field(() => [InvoiceOriginEnum], { nullable: true }) origin?: Tests["origin"] | null;
  @Field(() => [ID], { nullable: true, description: UP_TO }) customerIds?: string[] | null;
  @Field(() => String, { nullable: true, description: "Looked for in the customer's name, in any case." })
  customerName?: string | null;
  @Field(() => [CustomFieldFilter], { nullable: true, description: "All of them hold." })
  customFields?: CustomFieldFilter[] | null;
  @Field(() => [ID], { nullable: true, description: `Contracts, whose billing schedules they bill. ${UP_TO}` })
  contractIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: `A line bills one of them; up to ${LIST_MAXIMUM}.` })
  productIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: "ISO 4217 codes." }) currencies?: string[] | null;
  @Field(() => AmountFilter, { nullable: true, description: "Before tax, as on the document." })
  net?: AmountFilter | null;
  @Field(() => AmountFilter, { nullable: true, description: "With tax, as on the document." })
  gross?: AmountFilter | null;
  @Field(() => AmountFilter, {
    nullable: true,
    description: "What is still to be paid; zero for what is not issued, or voided.",
  })
  due?: AmountFilter | null;
  @Field(() => NumberFilter, { nullable: true }) number?: NumberFilter | null;
  @Field(() => TextFilter, { nullable: true }) poNumber?: TextFilter | null;
  @Field(() => DayFilter, { nullable: true }) issuedOn?: DayFilter | null;
  @Field(() => DayFilter, { nullable: true }) dueOn?: DayFilter | null;
  @Field(() => DayFilter, { nullable: true, description: "The planned day of issue." }) billsOn?: DayFilter | null;
  @Field(() => DayFilter, { nullable: true, description: "A day of service lies in it." }) servedOn?: DayFilter | null;
  @Field(() => Boolean, { nullable: true }) isStale?: boolean | null;
  @Field(() => [StaleReasonEnum], { nullable: true, description: "Stale for one of these." }) staleReasons?:
    | string[]
    | null;
  @Field(() => Boolean, { nullable: true, description: "Something keeps it from being finalized." }) isBlocked?:
    | boolean
    | null;
  @Field(() => [BlockerEnum], { nullable: true, description: "Blocked by one of these." }) blockers?: string[] | null;
  @Field(() => Boolean, { nullable: true }) isDisputed?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "The customer promised to pay by a day." }) isPromised?:
    | boolean
    | null;
  @Field(() => Boolean, { nullable: true, description: "Was mailed, whatever became of it since." }) isSent?:
    | boolean
    | null;
  @Field(() => Boolean, { nullable: true, description: "The last mail with it failed." }) hasFailedMail?:
    | boolean
    | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "An issued invoice, not all paid or written off, whose day to pay has passed.",
  })
  isOverdue?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Has a flag other than STALE. Flags are computed by comparing a month, so that views and grids alone answer it, and it stands beside the other conditions, not inside or.",
  })
  flagged?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Its present change was signed off. Answered by the comparison, as flagged is.",
  })
  isSignedOff?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: `Looked for in number and customer name, in any case; up to ${TEXT_MAXIMUM} characters. Narrow it by month: it is looked for row by row.`,
  })
  search?: string | null;
  @Field(() => [InvoiceFilter], { nullable: true, description: "All of these hold as well." }) and?:
    | InvoiceFilter[]
    | null;
  @Field(() => [InvoiceFilter], { nullable: true, description: "One of these holds as well." }) or?:
    | InvoiceFilter[]
    | null;
  @Field(() => InvoiceFilter, { nullable: true, description: "This does not hold." }) not?: InvoiceFilter | null;
}
