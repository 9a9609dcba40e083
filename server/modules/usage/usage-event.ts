import type { PlainDate } from "../../domain/calendar/plain-date";

/** What a usage stream sends. */
export type NewUsageEvent = {
  readonly id: string;
  readonly alias: string;
  readonly type: string;
  readonly timestamp: Date;
  readonly properties: unknown;
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
};

export type EventProperties = { readonly [name: string]: unknown };
