import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { PurchaseOrderUse } from "./purchase-order";

export const PurchaseOrderUseKindEnum = { INVOICED: "invoiced", CREDITED: "credited", VOIDED: "voided" } as const;
registerEnumType(PurchaseOrderUseKindEnum, {
  name: "PurchaseOrderUseKind",
  description: "What took from a purchase order, or gave back to it.",
});

@ObjectType("PurchaseOrder", {
  description:
    "What a customer ordered, under its number. Documents that name the number are issued against it: on its days alone, and up to its limit.",
})
export class PurchaseOrderType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => String, { simple: true, description: "As the customer gave it; contracts and drafts name it." })
  number!: string;
  @Field(() => String, {
    simple: true,
    description: "ISO 4217 code; invoices in another one are not issued against it.",
  })
  currency!: string;
  @Field(() => PlainDateScalar, { simple: true, nullable: true, description: "The first day of issue; null: any." })
  startsOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { simple: true, nullable: true, description: "The day after the last; null: no end." })
  endsBefore!: PlainDate | null;
  @Field(() => String, { simple: true, nullable: true, description: "For finance alone." }) note!: string | null;
  @Field(() => Int, { simple: true, description: "Rises with each change; send it back with an update." })
  version!: number;
  @Field(() => DateTimeScalar, { simple: true }) createdAt!: Date;
  @Field(() => DateTimeScalar, { simple: true }) updatedAt!: Date;
}

@ObjectType("PurchaseOrderUse", { description: "What one document took from a purchase order, or gave back to it." })
export class PurchaseOrderUseType {
  @Field(() => PurchaseOrderUseKindEnum, { simple: true }) kind!: PurchaseOrderUse["kind"];
  @Field(() => DateTimeScalar, { simple: true }) usedAt!: Date;
}

class PurchaseOrderChanged {
  purchaseOrderId!: string;
}

@ObjectType({ description: "The order is recorded." })
export class CreatePurchaseOrderSuccess extends PurchaseOrderChanged {
  @Field(() => Int, { simple: true, description: "How many drafts name it, and have to be recalculated." })
  staleInvoices!: number;
}
export const CreatePurchaseOrderResult = resultUnion("CreatePurchaseOrderResult", () => CreatePurchaseOrderSuccess);

@ObjectType({ description: "The order was changed." })
export class UpdatePurchaseOrderSuccess extends PurchaseOrderChanged {
  @Field(() => Int, { simple: true, description: "How many drafts name it, and have to be recalculated." })
  staleInvoices!: number;
}
export const UpdatePurchaseOrderResult = resultUnion("UpdatePurchaseOrderResult", () => UpdatePurchaseOrderSuccess);
