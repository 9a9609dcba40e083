import { GraphQLError } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { type CurrencyCode, parseCurrency } from "../../domain/money/currency";
import type { RollForward } from "../../domain/receivable/roll-forward";
import type { StatementEntry } from "../../domain/receivable/statement";
import { PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { MoneyType, PlainDateScalar, PlainMonthScalar, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { CustomerType } from "../customer";
import { InvoiceType } from "../invoice";
import {
  AgedAmountsType,
  AgingRowConnection,
  AgingRowType,
  AgingTotalType,
  AgingType,
  ReceivablesMonthType,
  type RollForwardType,
  StatementEntryType,
  StatementOfAccountType,
  toAgedAmounts,
} from "./aging.types";
import {
  type AccountStatement,
  type Aging,
  type AgingRow,
  type AgingTotal,
  readAging,
  readRollForward,
  readStatement,
} from "./read-aging";
import { customerOf, invoiceOf, paymentOf } from "./read-receivables";
import { PaymentType } from "./receivable.types";

const toTotal = ({ aged, due, balance, currency }: AgingTotal): AgingTotalType => ({
  due: toAgedAmounts(aged, currency),
  balance: toMoney(balance, currency),
  net: toMoney(due.minus(balance), currency),
});

@Resolver(() => AgingType)
export class AgingResolver {
  @Query(() => AgingType, { description: "What customers owed at the end of a day, and for how long." })
  aging(
    @Arg("on", () => PlainDateScalar, { nullable: true, description: "Left out: today." }) on: PlainDate | null,
    @Arg("customerIds", () => [ID], { nullable: true, description: "Left out: all." }) customerIds: string[] | null,
    @Ctx() context: RequestContext,
  ) {
    return readAging(context, { on: on ?? null, customerIds: customerIds ?? null });
  }

  @FieldResolver(() => AgingRowConnection, { description: "By customer, in the order of their names, and currency." })
  rows(@Root() { rows }: Aging, @Args(() => PageArgs) args: PageArgs) {
    const page = toPage(args, ["id", "text"]);
    const [id, code] = page.after ?? [];
    const from = rows.findIndex(({ customerId, currency }) => customerId === id && currency === code) + 1;
    const shown = rows.slice(from, from + page.limit).map((row) => ({ ...row, ...toTotal(row) }));
    return toConnection(page, shown, ({ customerId, currency }) => [customerId, currency]);
  }

  @FieldResolver(() => [AgingTotalType], { description: "One for each currency." })
  totals(@Root() { totals }: Aging) {
    return totals.map(toTotal);
  }

  @FieldResolver(() => AgingTotalType, {
    nullable: true,
    description: "All currencies at the reporting rates of the month, in the base currency; null where one is missing.",
  })
  totalInBase(@Root() { inBase }: Aging) {
    return inBase && toTotal(inBase);
  }
}

@Resolver(() => AgingRowType)
export class AgingRowResolver {
  @FieldResolver(() => CustomerType)
  customer(@Root() { customer }: AgingRow & { readonly customer: object }) {
    return customer;
  }
}

const toRollForward = (row: RollForward, currency: CurrencyCode): RollForwardType => ({
  opening: toMoney(row.opening, currency),
  invoiced: toMoney(row.invoiced, currency),
  credited: toMoney(row.credited, currency),
  paid: toMoney(row.paid, currency),
  refunded: toMoney(row.refunded, currency),
  writtenOff: toMoney(row.writtenOff, currency),
  fx: toMoney(row.fx, currency),
  closing: toMoney(row.closing, currency),
});

@Resolver(() => ReceivablesMonthType)
export class ReceivablesMonthResolver {
  @Query(() => ReceivablesMonthType, {
    description:
      "How receivables, less the customers' balances, went through a month; the closing is the aging of its last day.",
  })
  async receivablesRollForward(
    @Arg("month", () => PlainMonthScalar) month: PlainMonth,
    @Ctx() context: RequestContext,
  ): Promise<ReceivablesMonthType> {
    const { rows, inBase, baseCurrency, currenciesWithoutRate } = await readRollForward(context, month);
    return {
      month,
      rows: rows.map((row) => toRollForward(row, row.currency)),
      inBase: inBase && toRollForward(inBase, baseCurrency),
      currenciesWithoutRate,
    };
  }
}

@Resolver(() => StatementOfAccountType)
export class StatementOfAccountResolver {
  @Query(() => StatementOfAccountType, {
    nullable: true,
    description: "null: there is no such customer in this organization.",
  })
  statementOfAccount(
    @Arg("customerId", () => ID) customerId: string,
    @Arg("currency", () => String, { description: "ISO 4217 code." }) code: string,
    @Arg("from", () => PlainDateScalar) from: PlainDate,
    @Arg("through", () => PlainDateScalar, { description: "The last day, included." }) through: PlainDate,
    @Ctx() context: RequestContext,
  ) {
    const parsed = parseCurrency(code);
    if (!parsed.ok) {
      throw new GraphQLError(`"${code}" is not an ISO 4217 currency code.`, { extensions: { code: "BAD_USER_INPUT" } });
    }
    return readStatement(context, { customerId, currency: parsed.value.code, from, through });
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: AccountStatement, @Ctx() context: RequestContext) {
    return customerOf(context, customerId);
  }

  @FieldResolver(() => MoneyType, { description: "What was owed before the first day; below zero: a balance." })
  opening(@Root() { opening, currency }: AccountStatement) {
    return toMoney(opening, currency);
  }

  @FieldResolver(() => MoneyType, { description: "What was owed at the end of the last day." })
  closing(@Root() { closing, currency }: AccountStatement) {
    return toMoney(closing, currency);
  }

  @FieldResolver(() => AgedAmountsType, { description: "What was due at the end of the last day, by how old it was." })
  due(@Root() { aged, currency }: AccountStatement) {
    return toAgedAmounts(aged, currency);
  }

  @FieldResolver(() => [StatementEntryType])
  entries(@Root() { entries, currency }: AccountStatement) {
    return entries.map((entry) => ({ ...entry, currency }));
  }
}

type EntryOf = StatementEntry<AccountStatement["entries"][number]> & { readonly currency: CurrencyCode };

@Resolver(() => StatementEntryType)
export class StatementEntryResolver {
  @FieldResolver(() => MoneyType, { description: "Above zero: more is owed." })
  amount(@Root() { amount, currency }: EntryOf) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => MoneyType, { description: "What is owed after it." })
  balance(@Root() { balance, currency }: EntryOf) {
    return toMoney(balance, currency);
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "The document, where it is of one." })
  invoice(@Root() { invoiceId }: EntryOf, @Ctx() context: RequestContext) {
    return invoiceId && invoiceOf(context, invoiceId);
  }

  @FieldResolver(() => PaymentType, { nullable: true, description: "The payment, where it is of one." })
  payment(@Root() { paymentId }: EntryOf, @Ctx() context: RequestContext) {
    return paymentId && paymentOf(context, paymentId);
  }
}
