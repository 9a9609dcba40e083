import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { type Aged, totalDue } from "../../domain/receivable/aging";
import type { MovementKind } from "../../domain/receivable/statement";
import { connectionOf } from "../../platform/graphql/paging";
import { MoneyType, PlainDateScalar, PlainMonthScalar, toMoney } from "../../platform/graphql/scalars";

export const MovementKindEnum = {
  INVOICE: "invoice",
  CREDIT_NOTE: "credit_note",
  VOID: "void",
  PAYMENT: "payment",
  PAYMENT_REVERSAL: "payment_reversal",
  REFUND: "refund",
  WRITE_OFF: "write_off",
  WRITE_OFF_REVERSAL: "write_off_reversal",
} as const;
registerEnumType(MovementKindEnum, {
  name: "StatementEntryKind",
  description: "What changed how much a customer owes.",
});

@ObjectType("AgedAmounts", {
  description: "What is due, by how many days it has been; what is disputed stands apart, however old it is.",
  simpleResolvers: true,
})
export class AgedAmountsType {
  @Field(() => MoneyType, { description: "Due today or later." }) notDue!: MoneyType;
  @Field(() => MoneyType) days1To30!: MoneyType;
  @Field(() => MoneyType) days31To60!: MoneyType;
  @Field(() => MoneyType) days61To90!: MoneyType;
  @Field(() => MoneyType) over90!: MoneyType;
  @Field(() => MoneyType) disputed!: MoneyType;
  @Field(() => MoneyType, { description: "All of it." }) total!: MoneyType;
}

export const toAgedAmounts = (aged: Aged, currency: CurrencyCode): AgedAmountsType => ({
  notDue: toMoney(aged.notDue, currency),
  days1To30: toMoney(aged.days1To30, currency),
  days31To60: toMoney(aged.days31To60, currency),
  days61To90: toMoney(aged.days61To90, currency),
  over90: toMoney(aged.over90, currency),
  disputed: toMoney(aged.disputed, currency),
  total: toMoney(totalDue(aged), currency),
});

@ObjectType("AgingTotal", { description: "What is due in one currency.", simpleResolvers: true })
export class AgingTotalType {
  @Field(() => AgedAmountsType) due!: AgedAmountsType;
  @Field(() => MoneyType, { description: "What is left of payments and credit notes, and not taken off what is due." })
  balance!: MoneyType;
  @Field(() => MoneyType, { description: "Due less balance: what the customers owe." }) net!: MoneyType;
}

@ObjectType("AgingRow", { description: "What one customer owes in one currency." })
export class AgingRowType {
  @Field(() => AgedAmountsType, { simple: true }) due!: AgedAmountsType;
  @Field(() => MoneyType, { simple: true, description: "What is left of payments and credit notes." })
  balance!: MoneyType;
  @Field(() => MoneyType, { simple: true, description: "Due less balance." }) net!: MoneyType;
}
export const AgingRowConnection = connectionOf("AgingRow", () => AgingRowType);

@ObjectType("Aging", { description: "What was due at the end of a day, by what is posted until then." })
export class AgingType {
  @Field(() => PlainDateScalar, { simple: true }) on!: PlainDate;
  @Field(() => [String], {
    simple: true,
    description:
      "Without a reporting rate of the month; as long as there are any, nothing is added up in the base currency.",
  })
  currenciesWithoutRate!: readonly string[];
}

@ObjectType("RollForward", {
  description: "Opening + invoiced − credited − paid + refunded − written off + fx = closing.",
  simpleResolvers: true,
})
export class RollForwardType {
  @Field(() => MoneyType, { description: "What customers owed at the end of the month before, less their balances." })
  opening!: MoneyType;
  @Field(() => MoneyType, { description: "Less what was voided of invoices." }) invoiced!: MoneyType;
  @Field(() => MoneyType, { description: "Less what was voided of credit notes." }) credited!: MoneyType;
  @Field(() => MoneyType, { description: "Less what bounced." }) paid!: MoneyType;
  @Field(() => MoneyType) refunded!: MoneyType;
  @Field(() => MoneyType, { description: "Less what was taken back." }) writtenOff!: MoneyType;
  @Field(() => MoneyType, { description: "What exchange rates made of it; zero within one currency." }) fx!: MoneyType;
  @Field(() => MoneyType) closing!: MoneyType;
}

@ObjectType("ReceivablesMonth", { description: "How receivables went through a month.", simpleResolvers: true })
export class ReceivablesMonthType {
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => [RollForwardType], { description: "One for each currency." }) rows!: readonly RollForwardType[];
  @Field(() => RollForwardType, {
    nullable: true,
    description:
      "In the base currency: the opening at the reporting rates of the month before, all else at those of the month; null where one is missing.",
  })
  inBase!: RollForwardType | null;
  @Field(() => [String], { description: "Without a reporting rate that is needed." })
  currenciesWithoutRate!: readonly string[];
}

@ObjectType("StatementEntry", { description: "A document or a payment, and what is owed after it." })
export class StatementEntryType {
  @Field(() => PlainDateScalar, { simple: true, description: "The day on the document." }) on!: PlainDate;
  @Field(() => MovementKindEnum, { simple: true }) kind!: MovementKind;
  @Field(() => String, {
    simple: true,
    nullable: true,
    description: "The number of a document, or what the payer wrote.",
  })
  reference!: string | null;
}

@ObjectType("StatementOfAccount", { description: "What a customer was sent and paid in one currency." })
export class StatementOfAccountType {
  @Field(() => PlainDateScalar, { simple: true }) from!: PlainDate;
  @Field(() => PlainDateScalar, { simple: true, description: "The last day, included." }) through!: PlainDate;
}
