import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { InvoiceLineKindEnum } from "../../platform/graphql/invoice-line-kind";
import { connectionOf } from "../../platform/graphql/paging";
import {
  DecimalScalar,
  MoneyType,
  PercentScalar,
  PlainDateScalar,
  PlainMonthScalar,
} from "../../platform/graphql/scalars";
import type { DraftOutcome } from "./calculate-documents";
import type { LineAspect } from "./compare-draft";
import type { Blocker, InvoiceStatus } from "./invoice";
import { BlockerEnum, InvoiceLineOriginEnum, InvoiceStatusEnum } from "./invoice.types";
import type { PreviewedDraft } from "./preview-recalculation";

export const RecalculationOutcomeEnum = {
  CREATED: "created",
  CHANGED: "changed",
  UNCHANGED: "unchanged",
  REMOVED: "removed",
} as const;
registerEnumType(RecalculationOutcomeEnum, {
  name: "RecalculationOutcome",
  description: "What a recalculation would do to a draft.",
  valuesConfig: { REMOVED: { description: "Nothing is left to bill." } },
});

export const LineAspectEnum = {
  DESCRIPTION: "description",
  SERVICE_PERIOD: "service_period",
  QUANTITY: "quantity",
  UNIT_PRICE: "unit_price",
  CHARGE: "charge",
  DISCOUNT: "discount",
  ENGINE_AMOUNT: "engine_amount",
  NET: "net",
  TAX_RATE: "tax_rate",
  TAX: "tax",
} as const;
registerEnumType(LineAspectEnum, {
  name: "LineAspect",
  description: "What of a line would change.",
  valuesConfig: { ENGINE_AMOUNT: { description: "What the engine comes to, where people set another amount." } },
});

@ObjectType("DraftPreviewLine", {
  description: "Amounts of a draft before or after a recalculation.",
  simpleResolvers: true,
})
export class PreviewedTotals {
  @Field(() => MoneyType) net!: MoneyType;
  @Field(() => MoneyType) tax!: MoneyType;
  @Field(() => MoneyType) gross!: MoneyType;
  @Field(() => [BlockerEnum], { description: "What keeps it from being finalized." }) blockers!: readonly Blocker[];
}

@ObjectType("RecalculatedLine", { description: "A line before or after a recalculation.", simpleResolvers: true })
export class PreviewedLine {
  @Field(() => String) description!: string;
  @Field(() => DecimalScalar, { nullable: true }) quantity!: string | null;
  @Field(() => DecimalScalar, { nullable: true }) unitPrice!: string | null;
  @Field(() => MoneyType) charge!: MoneyType;
  @Field(() => MoneyType, { description: "What is taken off the charge; positive." }) discount!: MoneyType;
  @Field(() => MoneyType, { nullable: true, description: "What the engine comes to, where people set another amount." })
  engineAmount!: MoneyType | null;
  @Field(() => MoneyType) net!: MoneyType;
  @Field(() => String) taxCode!: string;
  @Field(() => PercentScalar) taxPercent!: string;
  @Field(() => MoneyType) tax!: MoneyType;
  @Field(() => PlainDateScalar) serviceStartsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The first day that is not served." }) serviceEndsBefore!: PlainDate;
}

@ObjectType({ description: "A line that a recalculation would add, remove or change.", simpleResolvers: true })
export class PreviewedLineDifference {
  @Field(() => String, { description: "What the line bills, the same on every calculation." }) billingKey!: string;
  @Field(() => InvoiceLineKindEnum) kind!: string;
  @Field(() => InvoiceLineOriginEnum) origin!: "engine" | "manual";
  @Field(() => ID, { nullable: true, description: "The contract that it bills; null: people wrote it." })
  contractId!: string | null;
  @Field(() => PreviewedLine, { nullable: true, description: "null: it would be added." })
  before!: PreviewedLine | null;
  @Field(() => PreviewedLine, { nullable: true, description: "null: it would be removed." })
  after!: PreviewedLine | null;
  @Field(() => [LineAspectEnum], { description: "Empty where it would be added or removed." })
  changed!: readonly LineAspect[];
}

@ObjectType("PreviewedDraft", { description: "What a recalculation would make of one draft." })
export class PreviewedDraftType {
  @Field(() => RecalculationOutcomeEnum, { simple: true }) outcome!: DraftOutcome["outcome"];
  @Field(() => InvoiceStatusEnum, { simple: true, description: "As it would be." }) status!: InvoiceStatus;
  @Field(() => String, { simple: true, description: "ISO 4217 code." }) currency!: string;
  @Field(() => PlainDateScalar, { simple: true, description: "The planned day of issue." }) billsOn!: PlainDate;
  @Field(() => PlainMonthScalar, { simple: true }) billingMonth!: PlainMonth;
}

@ObjectType("RecalculationPreview", {
  description:
    "What recalculating one of the invoices asked about would change; with the first of a contract also what becomes of its other drafts.",
  simpleResolvers: true,
})
export class RecalculationPreviewType {
  @Field(() => ID, { description: "The invoice asked about." }) invoiceId!: string;
  @Field(() => [PreviewedDraftType], { description: "Empty where it is issued, or no longer there." })
  drafts!: readonly PreviewedDraft[];
}
export const RecalculationPreviewConnection = connectionOf("RecalculationPreview", () => RecalculationPreviewType);
