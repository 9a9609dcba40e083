import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { type Difference, differencesOf } from "../../domain/contract/difference";
import { explainInWords } from "../../domain/invoice/explain-in-words";
import type { Line, LineKind, ProposedInvoice } from "../../domain/invoice/line";
import type { Decimal } from "../../domain/money/decimal";
import type { Money } from "../../domain/money/money";
import { ProblemType } from "../../platform/graphql/errors";
import { InvoiceLineKindEnum } from "../../platform/graphql/invoice-line-kind";
import {
  DecimalScalar,
  JsonScalar,
  MoneyType,
  PlainDateScalar,
  PlainMonthScalar,
  toMoney,
} from "../../platform/graphql/scalars";
import type { ContractPreview } from "./preview-contract";
import type { AmendmentPreview, ProposedBilling } from "./propose-amended";

@ObjectType("PreviewedLine", { description: "A line that an invoice would have.", simpleResolvers: true })
export class PreviewedLineType {
  @Field(() => InvoiceLineKindEnum, { description: "What it bills." }) kind!: LineKind;
  @Field(() => String, { description: "As it would stand on the invoice." }) description!: string;
  @Field(() => ID, { nullable: true, description: "The price lineage; null: a minimum or maximum over several." })
  lineageId!: string | null;
  @Field(() => PlainDateScalar, { description: "The first day of the service." }) serviceStartsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The day after the last of the service." })
  serviceEndsBefore!: PlainDate;
  @Field(() => DecimalScalar, { nullable: true, description: "Units before included ones; null: it has none." })
  quantity!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "null: more than one price, or none, makes the amount." })
  unitPrice!: Decimal | null;
  @Field(() => DecimalScalar, { description: "Before rounding and before discounts." }) preciseAmount!: Decimal;
  @Field(() => MoneyType, { description: "Before discounts." }) charge!: MoneyType;
  @Field(() => MoneyType, { description: "What is taken off the charge." }) discount!: MoneyType;
  @Field(() => MoneyType, { description: "Charge less discount; with the tax in it where the prices have it." })
  net!: MoneyType;
  @Field(() => JsonScalar, { description: "The inputs and each step, so that every cent can be derived by hand." })
  explanation!: unknown;
  @Field(() => [String], { description: "The explanation in sentences." }) inWords!: string[];
}

@ObjectType("PreviewedInvoice", { description: "An invoice that would fall due.", simpleResolvers: true })
export class PreviewedInvoiceType {
  @Field(() => PlainDateScalar, { description: "The day on which it falls due." }) billsOn!: PlainDate;
  @Field(() => PlainMonthScalar, { description: "The month that it is filed under." }) billingMonth!: PlainMonth;
  @Field(() => [PreviewedLineType], { description: "In their order." }) lines!: PreviewedLineType[];
  @Field(() => MoneyType, { description: "The sum of the lines." }) net!: MoneyType;
}

@ObjectType("ContractPreview", {
  description: "The invoices that a contract would bring, or why it could not be billed. Nothing is saved.",
  simpleResolvers: true,
})
export class ContractPreviewType {
  @Field(() => [PreviewedInvoiceType], { description: "By the day on which they fall due." })
  invoices!: PreviewedInvoiceType[];
  @Field(() => MoneyType, { nullable: true, description: "The sum of the invoices; null where there are problems." })
  total!: MoneyType | null;
  @Field(() => [ProblemType], { description: "What keeps it from being billed, each with its place." })
  problems!: readonly ProblemType[];
  @Field(() => [ProblemType], { description: "What may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: readonly ProblemType[];
}

export const ContractDifferenceKindEnum = {
  TERM: "term",
  CHARGE: "charge",
  MINIMUM: "minimum",
  MAXIMUM: "maximum",
  DISCOUNT: "discount",
  CONDITION: "condition",
} as const;
registerEnumType(ContractDifferenceKindEnum, {
  name: "ContractDifferenceKind",
  description: "What two states of a contract differ in.",
  valuesConfig: {
    TERM: { description: "The first or the last day." },
    CHARGE: { description: "What is billed, on some days." },
    MINIMUM: { description: "What is billed at the least." },
    MAXIMUM: { description: "What is billed at the most." },
    DISCOUNT: { description: "What is taken off several charges." },
    CONDITION: { description: "What stands beside the prices, such as payment terms and renewal." },
  },
});
type DifferenceKind = (typeof ContractDifferenceKindEnum)[keyof typeof ContractDifferenceKindEnum];

@ObjectType("ContractDifference", {
  description: "What two states of a contract bill differently.",
  simpleResolvers: true,
})
export class ContractDifferenceType {
  @Field(() => ContractDifferenceKindEnum, { description: "What it concerns." }) kind!: DifferenceKind;
  @Field(() => ID, {
    nullable: true,
    description: "The price lineage of a charge; the minimum, maximum or discount; null: the term or a condition.",
  })
  id!: string | null;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "Of a charge: the first day that differs." })
  startsOn!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Of a charge: the day after the last that differs; null: it differs for good.",
  })
  endsBefore!: PlainDate | null;
  @Field(() => [String], {
    description: "Of a charge or condition: what of it differs; empty where one state does not bill it.",
  })
  fields!: readonly string[];
  @Field(() => JsonScalar, { nullable: true, description: "As it was; null: it was not there." }) before!: unknown;
  @Field(() => JsonScalar, { nullable: true, description: "As it would be; null: it would not be there." })
  after!: unknown;
  @Field(() => String, { description: "The difference in a sentence." }) inWords!: string;
}

@ObjectType("PreviewedBilling", { description: "What billing would propose.", simpleResolvers: true })
export class PreviewedBillingType {
  @Field(() => [PreviewedInvoiceType], { description: "By the day on which they fall due." })
  invoices!: PreviewedInvoiceType[];
  @Field(() => [PreviewedLineType], {
    description: "Corrections that wait for the next invoice, as that falls due within 31 days.",
  })
  waiting!: PreviewedLineType[];
  @Field(() => MoneyType, { description: "Of the invoices and of what waits." }) total!: MoneyType;
}

@ObjectType("AmendmentPreview", {
  description: "What an amendment would change and bill, or why it could not be made. Nothing is saved.",
  simpleResolvers: true,
})
export class AmendmentPreviewType {
  @Field(() => [ContractDifferenceType], { description: "What would be billed differently, and on which days." })
  differences!: ContractDifferenceType[];
  @Field(() => PreviewedBillingType, {
    nullable: true,
    description: "What billing would propose without it; null where there are problems.",
  })
  before!: PreviewedBillingType | null;
  @Field(() => PreviewedBillingType, {
    nullable: true,
    description: "What billing would propose with it; null where there are problems.",
  })
  after!: PreviewedBillingType | null;
  @Field(() => MoneyType, { nullable: true, description: "Of the totals, after less before." })
  difference!: MoneyType | null;
  @Field(() => [ProblemType], { description: "What keeps it from being made, each with its place." })
  problems!: readonly ProblemType[];
}

export const toContractPreview = ({ invoices, total, problems, warnings }: ContractPreview): object => ({
  invoices: invoices.map(toPreviewedInvoice),
  total: total && shown(total),
  problems,
  warnings,
});

export const toAmendmentPreview = ({ comparison, before, after, difference, problems }: AmendmentPreview): object => ({
  differences: comparison && difference ? differencesOf(comparison, difference.currency).map(toDifference) : [],
  before: before && billingOf(before),
  after: after && billingOf(after),
  difference: difference && shown(difference),
  problems,
});

const shown = ({ amount, currency }: Money) => toMoney(amount, currency.code);

const billingOf = ({ invoices, waiting, total }: ProposedBilling) => ({
  invoices: invoices.map(toPreviewedInvoice),
  waiting: waiting.map(lineOf),
  total: shown(total),
});

/** Lines are shown when they are asked for: their explanations and words cost more than the amounts. */
export const toPreviewedInvoice = ({ billsOn, billingMonth, lines, net }: ShownInvoice) => ({
  billsOn,
  billingMonth,
  lines: () => lines.map(lineOf),
  net: shown(net),
});

type ShownInvoice = Pick<ProposedInvoice, "billsOn" | "billingMonth" | "lines" | "net">;

const lineOf = (line: Line) => ({
  kind: line.kind,
  description: line.description,
  lineageId: line.lineageId,
  serviceStartsOn: line.servicePeriod.startsOn,
  serviceEndsBefore: line.servicePeriod.endsBefore,
  quantity: line.quantity && shortened(line.quantity),
  unitPrice: line.unitPrice && shortened(line.unitPrice),
  preciseAmount: shortened(line.precise.amount),
  charge: shown(line.charge),
  discount: shown(line.discount),
  net: shown(line.net),
  explanation: () => line.explanation,
  inWords: () => explainInWords(line.explanation, line.net.currency),
});

/** As many decimals as a stored line keeps. */
const shortened = (value: Decimal): Decimal => value.toDecimalPlaces(12);

export const toDifference = ({ before, after, ...difference }: Difference): ContractDifferenceType => ({
  ...difference,
  before: plain(before),
  after: plain(after),
});

/** Decimals write themselves as text. */
const plain = (value: unknown): unknown => (value === null ? null : JSON.parse(JSON.stringify(value)));
