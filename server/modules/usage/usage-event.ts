import type { PlainDate } from "../../domain/calendar/plain-date";
import type { EventProperties } from "../../domain/usage/event-properties";

/** What a usage stream sends. */
export type NewUsageEvent = {
  readonly id: string;
  readonly alias: string;
  readonly type: string;
  readonly timestamp: Date;
  readonly properties: unknown;
  /** replaces the event that is known by the id */
  readonly isCorrection?: boolean;
  /** of a correction */
  readonly reason?: string | null | undefined;
};

/** An event that was looked at, on its local day. */
export type UsageEvent = {
  /** its place in the batch */
  readonly index: number;
  readonly id: string;
  readonly alias: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly occurredOn: PlainDate;
  readonly properties: EventProperties;
  /** SHA-256 of its content in canonical form. */
  readonly contentHash: Buffer;
  readonly isCorrection: boolean;
  readonly reason: string | null;
};

/** What metrics count of an event that was recorded. */
export type RecordedEvent = Pick<UsageEvent, "id" | "alias" | "occurredOn" | "type" | "properties">;
