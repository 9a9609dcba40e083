import type { PlainDate } from "../../domain/calendar/plain-date";
import type { UnusedTime } from "../../domain/contract/amendment";
import type { StoredChange } from "./stored-changes";

/** A dated change of a contract as it is kept. */
export type Amendment = {
  readonly id: string;
  readonly contractId: string;
  /** In the order in which they were recorded, from 1. */
  readonly ordinal: number;
  readonly effectiveOn: PlainDate;
  readonly unusedTime: UnusedTime;
  readonly changes: readonly StoredChange[];
  readonly reason: string;
  /** The renewal rule made it: people have not agreed on the end that it brings. */
  readonly isRenewal: boolean;
  /** The quote that the customer signed for it; null: it was recorded without one. */
  readonly quoteId: string | null;
  /** The revision of the schedule that it made. */
  readonly revision: number;
  readonly recordedBy: string;
  readonly recordedAt: Date;
};
