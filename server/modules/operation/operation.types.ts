import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import type { OperationItemStatus, OperationKind, OperationStatus } from "./operation";

export const OperationKindEnum = {
  DRAFT: "draft",
  RECALCULATE: "recalculate",
  FINALIZE: "finalize",
  SEND: "send",
  VOID: "void",
  SYNC: "sync",
  REMIND: "remind",
} as const;
registerEnumType(OperationKindEnum, {
  name: "OperationKind",
  description: "What an operation does to each of its subjects.",
  valuesConfig: {
    DRAFT: { description: "Drafts what has fallen due; its subjects are contracts, those of all others invoices." },
    RECALCULATE: { description: "Calculates drafts anew." },
    FINALIZE: { description: "Issues drafts: number, days and PDF, for good." },
    SEND: { description: "Mails issued invoices." },
    VOID: { description: "Withdraws issued invoices that nobody has seen." },
    SYNC: { description: "Brings issued documents into the connected books, and voids there what is void here." },
    REMIND: { description: "Reminds customers of what is overdue, one mail each." },
  },
});

export const OperationStatusEnum = {
  QUEUED: "queued",
  RUNNING: "running",
  COMPLETED: "completed",
  CANCELLED: "cancelled",
} as const;
registerEnumType(OperationStatusEnum, { name: "OperationStatus", description: "Where an operation stands." });

export const OperationItemStatusEnum = {
  PENDING: "pending",
  SUCCEEDED: "succeeded",
  SKIPPED: "skipped",
  FAILED: "failed",
} as const;
registerEnumType(OperationItemStatusEnum, {
  name: "OperationItemStatus",
  description: "How one subject of an operation fared.",
  valuesConfig: {
    SKIPPED: {
      description: "There was nothing to do, such as an invoice that is sent already; code and message say why.",
    },
  },
});

@ObjectType("OperationItem", { description: "One subject of an operation and how it fared." })
export class OperationItemType {
  @Field(() => Int, { simple: true }) ordinal!: number;
  @Field(() => ID, { simple: true, description: "The invoice's id; the contract's, where the operation drafts." })
  subjectId!: string;
  @Field(() => OperationItemStatusEnum, { simple: true }) status!: OperationItemStatus;
  @Field(() => String, { simple: true, nullable: true, description: "For programs; null while pending." }) code!:
    | string
    | null;
  @Field(() => String, { simple: true, nullable: true, description: "For people: what happened, and what to do." })
  message!: string | null;
}
export const OperationItemConnection = connectionOf("OperationItem", () => OperationItemType);

@ObjectType("Operation", {
  description:
    "A command over many records, done in the background. The set is frozen when it is asked for; a crash leaves nothing half done.",
})
export class OperationType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => OperationKindEnum, { simple: true }) kind!: OperationKind;
  @Field(() => OperationStatusEnum, { simple: true }) status!: OperationStatus;
  @Field(() => Int, { simple: true, description: "Subjects in the frozen set." }) total!: number;
  @Field(() => Int, { simple: true }) succeeded!: number;
  @Field(() => Int, { simple: true }) skipped!: number;
  @Field(() => Int, { simple: true }) failed!: number;
  @Field(() => String, { simple: true, description: "The name of the member or API key that asked for it." })
  requestedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) createdAt!: Date;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) startedAt!: Date | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) finishedAt!: Date | null;
}
export const OperationConnection = connectionOf("Operation", () => OperationType);

@InputType()
export class CancelOperationInput {
  @Field(() => ID) operationId!: string;
  @Field(() => String) idempotencyKey!: string;
}

@InputType({ description: "Another try." })
export class RetryOperationInput {
  @Field(() => ID, { description: "A finished operation; of what failed in a retry, that retry." })
  operationId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@ObjectType()
export class RetryOperationSuccess {
  operationId!: string;
}
export const RetryOperationResult = resultUnion("RetryOperationResult", () => RetryOperationSuccess);

@ObjectType()
export class CancelOperationSuccess {
  operationId!: string;
}
export const CancelOperationResult = resultUnion("CancelOperationResult", () => CancelOperationSuccess);
