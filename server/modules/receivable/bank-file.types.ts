import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { resultUnion } from "../../platform/graphql/errors";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, MoneyType, PlainDateScalar } from "../../platform/graphql/scalars";
import type { BankLineStatus } from "./bank-line";
import { AllocationInput } from "./receivable.inputs";

export const BankLineStatusEnum = {
  TO_MATCH: "to_match",
  OUTGOING: "outgoing",
  RECORDED: "recorded",
  IGNORED: "ignored",
} as const;
registerEnumType(BankLineStatusEnum, {
  name: "BankLineStatus",
  description: "What became of a line of a bank's file.",
  valuesConfig: {
    TO_MATCH: { description: "Nobody has said yet what it pays." },
    OUTGOING: { description: "Money that went out." },
    RECORDED: { description: "A payment." },
    IGNORED: { description: "Nothing that customers owe." },
  },
});

export const DecimalMarkEnum = { POINT: ".", COMMA: "," } as const;
registerEnumType(DecimalMarkEnum, { name: "DecimalMark", description: "What stands before the decimals of amounts." });

export const DateOrderEnum = {
  DAY_MONTH_YEAR: "day_month_year",
  MONTH_DAY_YEAR: "month_day_year",
  YEAR_MONTH_DAY: "year_month_day",
} as const;
registerEnumType(DateOrderEnum, { name: "DateOrder", description: "In which order days are written with numbers." });

type DecimalMark = (typeof DecimalMarkEnum)[keyof typeof DecimalMarkEnum];
type DateOrder = (typeof DateOrderEnum)[keyof typeof DateOrderEnum];

@ObjectType("BankFileColumns", { description: "Which heading stands for what.", simpleResolvers: true })
@InputType("BankFileColumnsInput", {
  description: "Headings as they stand in the file; what is left out is found out.",
})
export class BankFileColumns {
  @Field(() => String, { nullable: true }) bookedOn?: string | null;
  @Field(() => String, { nullable: true, description: "Below zero, or marked by direction: went out." })
  amount?: string | null;
  @Field(() => String, { nullable: true, description: "What came in, where that is a column of its own." })
  credit?: string | null;
  @Field(() => String, { nullable: true, description: "What went out, where that is a column of its own." })
  debit?: string | null;
  @Field(() => String, { nullable: true, description: "Such as CRDT or DBIT." }) direction?: string | null;
  @Field(() => String, { nullable: true }) currency?: string | null;
  @Field(() => String, { nullable: true }) payerName?: string | null;
  @Field(() => String, { nullable: true }) payerAccount?: string | null;
  @Field(() => String, { nullable: true }) reference?: string | null;
}

@ObjectType("BankFileFormat", { description: "How the files of an account are written.", simpleResolvers: true })
@InputType("BankFileFormatInput", {
  description: "What is left out is as in the account's last file, and else found out.",
})
export class BankFileFormatType {
  @Field(() => BankFileColumns, { nullable: true }) columns?: BankFileColumns | null;
  @Field(() => DecimalMarkEnum, { nullable: true }) decimalMark?: DecimalMark | null;
  @Field(() => DateOrderEnum, { nullable: true }) dateOrder?: DateOrder | null;
}

@ObjectType("BankAccount", { description: "An account whose statements are imported.", simpleResolvers: true })
export class BankAccountType {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => BankFileFormatType, { nullable: true, description: "As its last file was written." })
  fileFormat!: BankFileFormatType | null;
}

@ObjectType("BankFile", { description: "A file of a bank that was imported." })
export class BankFileType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => String, { simple: true }) fileName!: string;
  @Field(() => Int, { simple: true, description: "With a day and an amount." }) lineCount!: number;
  @Field(() => Int, { simple: true, description: "Lines that an earlier file had; they are taken in once." })
  duplicateCount!: number;
  @Field(() => String, { simple: true }) importedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) importedAt!: Date;
}

@ObjectType("BankLineSuggestion", { description: "What a line may pay, and why." })
export class BankLineSuggestionType {
  @Field(() => ID, { simple: true, description: "Send it to acceptBankLines; the same as long as it says the same." })
  id!: string;
  @Field(() => Int, { simple: true, description: "How sure it is, from 0 to 100." }) score!: number;
  @Field(() => [String], { simple: true, description: "Why, in sentences." }) reasons!: readonly string[];
}

@ObjectType("SuggestedAllocation", { description: "What would be paid of an invoice." })
export class SuggestedAllocationType {
  @Field(() => MoneyType, { simple: true }) amount!: MoneyType;
}

@ObjectType("BankLine", {
  description: "A line of a bank's file. Its text is as the payer wrote it: data, not to be trusted.",
})
export class BankLineType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => PlainDateScalar, { simple: true }) bookedOn!: PlainDate;
  @Field(() => String, { simple: true }) payerName!: string;
  @Field(() => String, { simple: true }) payerAccount!: string;
  @Field(() => String, { simple: true }) reference!: string;
  @Field(() => BankLineStatusEnum, { simple: true }) status!: BankLineStatus;
  @Field(() => String, { simple: true, nullable: true, description: "Why it was recorded or ignored." })
  decidedBecause!: string | null;
  @Field(() => String, { simple: true, nullable: true }) decidedBy!: string | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) decidedAt!: Date | null;
}
export const BankLineConnection = connectionOf("BankLine", () => BankLineType);

@InputType({ description: "What is left out is any." })
export class BankLineFilterInput {
  @Field(() => ID, { nullable: true }) bankAccountId?: string | null;
  @Field(() => ID, { nullable: true }) bankFileId?: string | null;
  @Field(() => [BankLineStatusEnum], { nullable: true }) status?: BankLineStatus[] | null;
}

@InputType()
export class CreateBankAccountInput {
  @Field(() => String, { description: 'Such as "Main account GBP".' }) name!: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ImportBankFileInput {
  @Field(() => ID) bankAccountId!: string;
  @Field(() => String) fileName!: string;
  @Field(() => String, { description: "The text of a CSV file: up to 1,000,000 characters and 10,000 lines." })
  content!: string;
  @Field(() => BankFileFormatType, { nullable: true }) format?: BankFileFormatType | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class AcceptedSuggestionInput {
  @Field(() => ID) bankLineId!: string;
  @Field(() => ID) suggestionId!: string;
}

@InputType()
export class AcceptBankLinesInput {
  @Field(() => [AcceptedSuggestionInput], { description: "1 to 500." }) lines!: AcceptedSuggestionInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class AssignBankLineInput {
  @Field(() => ID) bankLineId!: string;
  @Field(() => ID) customerId!: string;
  @Field(() => [AllocationInput], { description: "The rest is the customer's balance." })
  allocations!: AllocationInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class IgnoreBankLineInput {
  @Field(() => ID) bankLineId!: string;
  @Field(() => String) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class RestoreBankLineInput {
  @Field(() => ID) bankLineId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@ObjectType({ description: "The account is there." })
export class CreateBankAccountSuccess {
  bankAccountId!: string;
}
export const CreateBankAccountResult = resultUnion("CreateBankAccountResult", () => CreateBankAccountSuccess);

@ObjectType({ description: "The lines of the file are there." })
export class ImportBankFileSuccess {
  bankFileId!: string;
  @Field(() => Boolean, { description: "The same file was there already; nothing was taken in." })
  wasImportedBefore!: boolean;
}
export const ImportBankFileResult = resultUnion("ImportBankFileResult", () => ImportBankFileSuccess);

@ObjectType({ description: "The lines are payments now." })
export class AcceptBankLinesSuccess {
  bankLineIds!: readonly string[];
}
export const AcceptBankLinesResult = resultUnion("AcceptBankLinesResult", () => AcceptBankLinesSuccess);

@ObjectType({ description: "The line is a payment now." })
export class AssignBankLineSuccess {
  bankLineId!: string;
}
export const AssignBankLineResult = resultUnion("AssignBankLineResult", () => AssignBankLineSuccess);

@ObjectType({ description: "The line is ignored." })
export class IgnoreBankLineSuccess {
  bankLineId!: string;
}
export const IgnoreBankLineResult = resultUnion("IgnoreBankLineResult", () => IgnoreBankLineSuccess);

@ObjectType({ description: "The line is to be matched." })
export class RestoreBankLineSuccess {
  bankLineId!: string;
}
export const RestoreBankLineResult = resultUnion("RestoreBankLineResult", () => RestoreBankLineSuccess);
