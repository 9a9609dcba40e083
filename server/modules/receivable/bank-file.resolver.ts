import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { addUp } from "../../domain/money/decimal";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { CustomerType } from "../customer";
import { InvoiceType } from "../invoice";
import {
  AcceptBankLinesInput,
  AcceptBankLinesResult,
  AcceptBankLinesSuccess,
  AssignBankLineInput,
  AssignBankLineResult,
  AssignBankLineSuccess,
  BankAccountType,
  BankFileType,
  BankLineConnection,
  BankLineFilterInput,
  BankLineSuggestionType,
  BankLineType,
  CreateBankAccountInput,
  CreateBankAccountResult,
  CreateBankAccountSuccess,
  IgnoreBankLineInput,
  IgnoreBankLineResult,
  IgnoreBankLineSuccess,
  ImportBankFileInput,
  ImportBankFileResult,
  ImportBankFileSuccess,
  RestoreBankLineInput,
  RestoreBankLineResult,
  RestoreBankLineSuccess,
  SuggestedAllocationType,
} from "./bank-file.types";
import type { BankFile, BankLine } from "./bank-line";
import { createBankAccount, importBankFile } from "./import-bank-file";
import {
  acceptBankLines,
  assignBankLine,
  ignoreBankLine,
  type LineSuggestion,
  restoreBankLine,
} from "./match-bank-lines";
import {
  bankAccountOf,
  bankFileOf,
  bankLineOf,
  findBankFile,
  readBankAccounts,
  readBankLines,
  suggestionsOf,
} from "./read-bank-lines";
import { customerOf, invoiceOf, paymentOf } from "./read-receivables";
import { PaymentType } from "./receivable.types";

@Resolver(() => BankFileType)
export class BankFileResolver {
  @Query(() => [BankAccountType], { description: "The accounts whose statements are imported." })
  bankAccounts(@Ctx() context: RequestContext) {
    return readBankAccounts(context);
  }

  @Query(() => BankFileType, { nullable: true, description: "null: there is none in this organization." })
  bankFile(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findBankFile(context, id);
  }

  @FieldResolver(() => BankAccountType)
  bankAccount(@Root() { bankAccountId }: BankFile, @Ctx() context: RequestContext) {
    return bankAccountOf(context, bankAccountId);
  }

  @Mutation(() => CreateBankAccountResult, { description: "Names an account whose statements will be imported." })
  async createBankAccount(
    @Arg("input", () => CreateBankAccountInput) input: CreateBankAccountInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("CreateBankAccountSuccess", await createBankAccount(context, { ...input }));
  }

  @Mutation(() => ImportBankFileResult, {
    description:
      "Takes in the lines of a bank's CSV file. Headings, separators and how days and amounts are written are found out, and kept for the account; a line that an earlier file had is not taken in again.",
  })
  async importBankFile(
    @Arg("input", () => ImportBankFileInput) input: ImportBankFileInput,
    @Ctx() context: RequestContext,
  ) {
    const { format, ...file } = input;
    const columns = Object.entries(format?.columns ?? {}).filter(([, heading]) => heading);
    const given = {
      ...(columns.length > 0 && { columns: Object.fromEntries(columns) }),
      ...(format?.decimalMark && { decimalMark: format.decimalMark }),
      ...(format?.dateOrder && { dateOrder: format.dateOrder }),
    };
    return toUnion("ImportBankFileSuccess", await importBankFile(context, { ...file, format: given }));
  }
}

@Resolver(() => BankLineType)
export class BankLineResolver {
  @Query(() => BankLineConnection, { description: "Lines of bank files, the newest first." })
  bankLines(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => BankLineFilterInput, { nullable: true }) filter: BankLineFilterInput | null,
    @Ctx() context: RequestContext,
  ) {
    return readBankLines(context, args, {
      bankAccountId: filter?.bankAccountId ?? null,
      bankFileId: filter?.bankFileId ?? null,
      statuses: filter?.status ?? null,
    });
  }

  @FieldResolver(() => MoneyType, { description: "Below zero: it went out." })
  amount(@Root() { amount, currency }: BankLine) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => BankFileType)
  bankFile(@Root() { bankFileId }: BankLine, @Ctx() context: RequestContext) {
    return bankFileOf(context, bankFileId);
  }

  @FieldResolver(() => PaymentType, { nullable: true, description: "As what it was recorded." })
  payment(@Root() { paymentId }: BankLine, @Ctx() context: RequestContext) {
    return paymentId && paymentOf(context, paymentId);
  }

  @FieldResolver(() => [BankLineSuggestionType], {
    description: "What it may pay, the surest first; empty unless it is to be matched.",
  })
  suggestions(@Root() line: BankLine, @Ctx() context: RequestContext) {
    return suggestionsOf(context, line);
  }

  @Mutation(() => AcceptBankLinesResult, {
    description: "Records lines as payments, as suggested; all or nothing. A suggestion that has changed is refused.",
  })
  async acceptBankLines(
    @Arg("input", () => AcceptBankLinesInput) input: AcceptBankLinesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("AcceptBankLinesSuccess", await acceptBankLines(context, { ...input }));
  }

  @Mutation(() => AssignBankLineResult, { description: "Records a line as a payment, as said by hand." })
  async assignBankLine(
    @Arg("input", () => AssignBankLineInput) input: AssignBankLineInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("AssignBankLineSuccess", await assignBankLine(context, { ...input }));
  }

  @Mutation(() => IgnoreBankLineResult, { description: "A line is nothing that customers owe, such as interest." })
  async ignoreBankLine(
    @Arg("input", () => IgnoreBankLineInput) input: IgnoreBankLineInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("IgnoreBankLineSuccess", await ignoreBankLine(context, { ...input }));
  }

  @Mutation(() => RestoreBankLineResult, { description: "A line that was ignored is to be matched after all." })
  async restoreBankLine(
    @Arg("input", () => RestoreBankLineInput) input: RestoreBankLineInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RestoreBankLineSuccess", await restoreBankLine(context, { ...input }));
  }
}

@Resolver(() => BankLineSuggestionType)
export class BankLineSuggestionResolver {
  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: LineSuggestion, @Ctx() context: RequestContext) {
    return customerOf(context, customerId);
  }

  @FieldResolver(() => [SuggestedAllocationType])
  allocations(@Root() { allocations, line }: LineSuggestion) {
    return allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: toMoney(amount, line.currency) }));
  }

  @FieldResolver(() => MoneyType, { description: "What would stay on the customer's balance." })
  unallocated(@Root() { allocations, amount, line }: LineSuggestion) {
    return toMoney(amount.minus(addUp(allocations.map((each) => each.amount))), line.currency);
  }
}

@Resolver(() => SuggestedAllocationType)
export class SuggestedAllocationResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() { invoiceId }: { readonly invoiceId: string }, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => CreateBankAccountSuccess)
export class CreateBankAccountSuccessResolver {
  @FieldResolver(() => BankAccountType)
  bankAccount(@Root() { bankAccountId }: CreateBankAccountSuccess, @Ctx() context: RequestContext) {
    return bankAccountOf(context, bankAccountId);
  }
}

@Resolver(() => ImportBankFileSuccess)
export class ImportBankFileSuccessResolver {
  @FieldResolver(() => BankFileType)
  bankFile(@Root() { bankFileId }: ImportBankFileSuccess, @Ctx() context: RequestContext) {
    return bankFileOf(context, bankFileId);
  }
}

@Resolver(() => AcceptBankLinesSuccess)
export class AcceptBankLinesSuccessResolver {
  @FieldResolver(() => [BankLineType])
  bankLines(@Root() { bankLineIds }: AcceptBankLinesSuccess, @Ctx() context: RequestContext) {
    return Promise.all(bankLineIds.map((id) => bankLineOf(context, id)));
  }
}

@Resolver(() => AssignBankLineSuccess)
export class AssignBankLineSuccessResolver {
  @FieldResolver(() => BankLineType)
  bankLine(@Root() { bankLineId }: AssignBankLineSuccess, @Ctx() context: RequestContext) {
    return bankLineOf(context, bankLineId);
  }
}

@Resolver(() => IgnoreBankLineSuccess)
export class IgnoreBankLineSuccessResolver {
  @FieldResolver(() => BankLineType)
  bankLine(@Root() { bankLineId }: IgnoreBankLineSuccess, @Ctx() context: RequestContext) {
    return bankLineOf(context, bankLineId);
  }
}

@Resolver(() => RestoreBankLineSuccess)
export class RestoreBankLineSuccessResolver {
  @FieldResolver(() => BankLineType)
  bankLine(@Root() { bankLineId }: RestoreBankLineSuccess, @Ctx() context: RequestContext) {
    return bankLineOf(context, bankLineId);
  }
}
