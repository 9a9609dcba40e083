import { groupBy } from "../../domain/group-by";
import { conflict } from "../../platform/refusal";
import type { UsageEvent } from "./usage-event";

/** An event that cannot be recorded beside what is known under its id. */
export type RefusedEvent = {
  readonly code: "EVENT_ID_CONFLICT" | "EVENT_VOIDED" | "EVENT_UNKNOWN";
  readonly event: UsageEvent;
};

const SENTENCES: { readonly [Code in RefusedEvent["code"]]: (named: string) => string } = {
  EVENT_ID_CONFLICT: (named) =>
    `Known with other content: ${named}. Send a correction to replace an event; give a new one a new id.`,
  EVENT_VOIDED: (named) => `Voided: ${named}. Sent as a correction, an event is counted again.`,
  EVENT_UNKNOWN: (named) => `Not recorded, so that there is nothing to correct: ${named}.`,
};

const SHOWN = 10;

/** All events of a batch that are in the way, each with its place; the code and the path are those of the first. */
export function refuseEvents(refused: readonly RefusedEvent[]) {
  const inOrder = [...refused].sort((a, b) => a.event.index - b.event.index);
  const [first] = inOrder;
  if (!first) throw new Error("no event to refuse");
  const sentences = [...groupBy(inOrder, ({ code }) => code)].map(([code, some]) => SENTENCES[code](inWords(some)));
  const message = `${sentences.join(" ")} Nothing of the batch was recorded.`;
  return conflict(first.code, message, ["events", String(first.event.index)]);
}

function inWords(refused: readonly RefusedEvent[]): string {
  const named = refused.slice(0, SHOWN).map(({ event: { id, index } }) => `"${id}" (events[${index}])`);
  return named.join(", ") + (refused.length > SHOWN ? ` and ${refused.length - SHOWN} more` : "");
}
