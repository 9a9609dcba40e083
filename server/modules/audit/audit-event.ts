import type { Actor } from "../../platform/access";

/** What somebody changed. `before` is null for something new, `after` for something removed. */
export type AuditEvent = {
  readonly id: string;
  readonly recordedAt: Date;
  readonly actorKind: Actor["kind"];
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: unknown;
  readonly after: unknown;
  /** the request or the operation of which it was a part */
  readonly requestId: string;
};
