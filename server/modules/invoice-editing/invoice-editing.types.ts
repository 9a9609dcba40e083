import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, DecimalScalar } from "../../platform/graphql/scalars";
import type { OverrideState } from "./line-override";

export const LineOverrideStateEnum = {
  ACTIVE: "active",
  UNCONFIRMED: "unconfirmed",
  VANISHED: "vanished",
  BILLED: "billed",
} as const;
registerEnumType(LineOverrideStateEnum, {
  name: "LineOverrideState",
  description: "Where an amount stands that people set in place of the engine's.",
  valuesConfig: {
    ACTIVE: { description: "It stands on a draft; the engine's amount is the one it was set against." },
    UNCONFIRMED: {
      description: "It stands on a draft, but the engine came to another amount since: confirm it, or remove it.",
    },
    VANISHED: { description: "No draft has its line any more; kept, in case that it comes back." },
    BILLED: { description: "An invoice with it is issued." },
  },
});

@ObjectType("ManualLine", { description: "A line that people wrote on a draft; recalculations keep it." })
export class ManualLineType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => String, { simple: true }) description!: string;
  @Field(() => DecimalScalar, { simple: true, nullable: true }) quantity!: string | null;
  @Field(() => DecimalScalar, { simple: true, nullable: true }) unitPrice!: string | null;
  @Field(() => String, { simple: true, nullable: true, description: "null: that of the product." }) taxCode!:
    | string
    | null;
  @Field(() => String, { simple: true }) reason!: string;
  @Field(() => String, { simple: true, description: "The name of who wrote it." }) createdBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) createdAt!: Date;
}

@ObjectType("LineOverride", {
  description:
    "An amount that people set in place of the engine's. It follows its line to whatever draft that stands on.",
})
export class LineOverrideType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => LineOverrideStateEnum, { simple: true }) state!: OverrideState;
  @Field(() => String, { simple: true, description: "Of its line, when it was set." }) description!: string;
  @Field(() => String, { simple: true }) reason!: string;
  @Field(() => String, { simple: true, description: "The name of who set it." }) createdBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) createdAt!: Date;
  @Field(() => String, { simple: true, nullable: true, description: "The name of who confirmed it last." })
  confirmedBy!: string | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) confirmedAt!: Date | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true, description: "When an invoice with it was issued." })
  billedAt!: Date | null;
}
export const LineOverrideConnection = connectionOf("LineOverride", () => LineOverrideType);

@ObjectType("InvoiceRecipient", { description: "A person who gets an invoice.", simpleResolvers: true })
export class InvoiceRecipientType {
  @Field(() => String) name!: string;
  @Field(() => String) email!: string;
}

/** Types of one mutation each, as a union names its success type. */
class InvoiceEdited {
  invoiceId!: string;
}

@ObjectType({ description: "The line stands on the draft." })
export class AddManualLineSuccess extends InvoiceEdited {
  @Field(() => ID, { simple: true }) manualLineId!: string;
}
export const AddManualLineResult = resultUnion("AddManualLineResult", () => AddManualLineSuccess);

@ObjectType({ description: "The line is changed." })
export class UpdateManualLineSuccess extends InvoiceEdited {
  @Field(() => ID, { simple: true }) manualLineId!: string;
}
export const UpdateManualLineResult = resultUnion("UpdateManualLineResult", () => UpdateManualLineSuccess);

@ObjectType({ description: "The line is off the draft." })
export class RemoveManualLineSuccess extends InvoiceEdited {}
export const RemoveManualLineResult = resultUnion("RemoveManualLineResult", () => RemoveManualLineSuccess);

@ObjectType({ description: "The draft is changed." })
export class UpdateDraftInvoiceSuccess extends InvoiceEdited {}
export const UpdateDraftInvoiceResult = resultUnion("UpdateDraftInvoiceResult", () => UpdateDraftInvoiceSuccess);

@ObjectType({ description: "The drafts are one." })
export class MergeDraftInvoicesSuccess extends InvoiceEdited {}
export const MergeDraftInvoicesResult = resultUnion("MergeDraftInvoicesResult", () => MergeDraftInvoicesSuccess);

@ObjectType({ description: "The draft is made." })
export class CreateOneOffInvoiceSuccess extends InvoiceEdited {}
export const CreateOneOffInvoiceResult = resultUnion("CreateOneOffInvoiceResult", () => CreateOneOffInvoiceSuccess);

@ObjectType({ description: "It is due on the later day." })
export class AgreeDueDateSuccess extends InvoiceEdited {}
export const AgreeDueDateResult = resultUnion("AgreeDueDateResult", () => AgreeDueDateSuccess);

@ObjectType({ description: "They get it from now on." })
export class SetInvoiceRecipientsSuccess extends InvoiceEdited {}
export const SetInvoiceRecipientsResult = resultUnion("SetInvoiceRecipientsResult", () => SetInvoiceRecipientsSuccess);

@ObjectType({ description: "The note is kept." })
export class SetInvoiceNoteSuccess extends InvoiceEdited {}
export const SetInvoiceNoteResult = resultUnion("SetInvoiceNoteResult", () => SetInvoiceNoteSuccess);

@ObjectType({ description: "The amended copy is made." })
export class AmendInvoiceCopySuccess extends InvoiceEdited {}
export const AmendInvoiceCopyResult = resultUnion("AmendInvoiceCopyResult", () => AmendInvoiceCopySuccess);

class OverrideEdited {
  overrideId!: string;
}

@ObjectType({ description: "The amount stands in place of the engine's." })
export class SetLineOverrideSuccess extends OverrideEdited {}
export const SetLineOverrideResult = resultUnion("SetLineOverrideResult", () => SetLineOverrideSuccess);

@ObjectType({ description: "The amount stays." })
export class ConfirmLineOverrideSuccess extends OverrideEdited {}
export const ConfirmLineOverrideResult = resultUnion("ConfirmLineOverrideResult", () => ConfirmLineOverrideSuccess);

@ObjectType({ description: "The engine's amount stands again." })
export class RemoveLineOverrideSuccess {
  invoiceId!: string | null;
}
export const RemoveLineOverrideResult = resultUnion("RemoveLineOverrideResult", () => RemoveLineOverrideSuccess);

@ObjectType({ description: "The draft is two." })
export class SplitDraftInvoiceSuccess extends InvoiceEdited {
  newInvoiceId!: string;
}
export const SplitDraftInvoiceResult = resultUnion("SplitDraftInvoiceResult", () => SplitDraftInvoiceSuccess);

@ObjectType({ description: "All is back where it belongs by rule." })
export class UndoDraftPlacementSuccess {
  invoiceIds!: readonly string[];
}
export const UndoDraftPlacementResult = resultUnion("UndoDraftPlacementResult", () => UndoDraftPlacementSuccess);

@ObjectType({ description: "They are gone.", simpleResolvers: true })
export class DeleteDraftInvoicesSuccess {
  @Field(() => [ID]) invoiceIds!: readonly string[];
}
export const DeleteDraftInvoicesResult = resultUnion("DeleteDraftInvoicesResult", () => DeleteDraftInvoicesSuccess);
