import { ObjectType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";

/** Types of one mutation each, as a union names its success type. */
class OperationRequested {
  operationId!: string;
}

@ObjectType({ description: "The operation is queued." })
export class DraftInvoicesSuccess extends OperationRequested {}
export const DraftInvoicesResult = resultUnion("DraftInvoicesResult", () => DraftInvoicesSuccess);

@ObjectType({ description: "The operation is queued." })
export class RecalculateInvoicesSuccess extends OperationRequested {}
export const RecalculateInvoicesResult = resultUnion("RecalculateInvoicesResult", () => RecalculateInvoicesSuccess);

@ObjectType({ description: "The operation is queued." })
export class FinalizeInvoicesSuccess extends OperationRequested {}
export const FinalizeInvoicesResult = resultUnion("FinalizeInvoicesResult", () => FinalizeInvoicesSuccess);

@ObjectType({ description: "The operation is queued." })
export class VoidInvoicesSuccess extends OperationRequested {}
export const VoidInvoicesResult = resultUnion("VoidInvoicesResult", () => VoidInvoicesSuccess);

@ObjectType({ description: "The operation is queued." })
export class SendInvoicesSuccess extends OperationRequested {}
export const SendInvoicesResult = resultUnion("SendInvoicesResult", () => SendInvoicesSuccess);

@ObjectType({ description: "The operation is queued." })
export class SyncInvoicesSuccess extends OperationRequested {}
export const SyncInvoicesResult = resultUnion("SyncInvoicesResult", () => SyncInvoicesSuccess);

@ObjectType({ description: "The operation is queued." })
export class RemindInvoicesSuccess extends OperationRequested {}
export const RemindInvoicesResult = resultUnion("RemindInvoicesResult", () => RemindInvoicesSuccess);
