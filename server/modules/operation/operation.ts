import type { Actor } from "../../platform/access";

/** What a bulk operation does to each of its subjects. */
export type OperationKind = "draft" | "recalculate" | "finalize" | "send" | "void" | "sync" | "remind";
export type OperationStatus = "queued" | "running" | "completed" | "cancelled";
export type OperationItemStatus = "pending" | "succeeded" | "skipped" | "failed";

export type OperationParameters = { readonly [name: string]: string | null };

export type Operation = {
  readonly id: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  readonly requestedBy: string;
  readonly actorKind: Actor["kind"];
  readonly actorId: string | null;
  readonly total: number;
  readonly succeeded: number;
  readonly skipped: number;
  readonly failed: number;
  readonly isCancelRequested: boolean;
  /** what holds for all subjects, such as why they are voided */
  readonly parameters: OperationParameters;
  /** the operation whose failures this one tries again */
  readonly retriesOperationId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

export type OperationItem = {
  readonly ordinal: number;
  readonly subjectId: string;
  readonly status: OperationItemStatus;
  readonly code: string | null;
  readonly message: string | null;
};

/** How one subject fared: `code` for programs, `message` for people. */
export type ItemOutcome = {
  readonly status: Exclude<OperationItemStatus, "pending">;
  readonly code: string;
  readonly message: string;
};

export const succeeded = (code: string, message: string): ItemOutcome => ({ status: "succeeded", code, message });
export const skipped = (code: string, message: string): ItemOutcome => ({ status: "skipped", code, message });
export const failed = (code: string, message: string): ItemOutcome => ({ status: "failed", code, message });

export const isFinished = (operation: Operation): boolean => operation.finishedAt !== null;
