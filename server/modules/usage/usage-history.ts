import type { UsageEvent } from "./usage-event";

type Content = Pick<UsageEvent, "alias" | "type" | "occurredOn" | "properties"> & { readonly timestamp: Date };

/** What an event was or is, with who said so. */
export type EventVersion = Content & {
  readonly revision: number;
  readonly isVoided: boolean;
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
};

/** An event as it stands; `reason` is with its versions. */
export type StandingEvent = Omit<EventVersion, "reason"> & { readonly id: string };
