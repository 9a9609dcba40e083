import { GraphQLError } from "graphql";
import { parsePlainDate } from "../../domain/calendar/plain-date";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { metricsById } from "./metric.store";
import type { EventVersion, StandingEvent } from "./usage-history";
import { type EventFilter, eventsById, listEvents, versionsByEvent } from "./usage-history.store";

export function findUsageEvent(context: RequestContext, id: string): Promise<StandingEvent | null> {
  context.require("read");
  return context.load(eventsById, id);
}

type FilterAsked = Pick<EventFilter, "startsOn" | "endsBefore"> & {
  readonly alias?: string | null;
  readonly type?: string | null;
  readonly metricId?: string | null;
};

export async function listUsageEvents(
  context: RequestContext,
  { startsOn, endsBefore, alias = null, type = null, metricId = null }: FilterAsked,
  args: PageArgs,
) {
  context.require("read");
  const page = toPage(args, ["text", "text"]);
  if (page.after && !parsePlainDate(page.after[0] ?? "").ok) {
    throw new GraphQLError(`"${args.after}" is not a cursor of this list. Use endCursor of an earlier page.`, {
      extensions: { code: "BAD_USER_INPUT" },
    });
  }
  const metric = metricId === null ? null : await context.load(metricsById, metricId);
  const isNothing = metricId !== null && !metric;
  const rows = isNothing ? [] : await listEvents({ startsOn, endsBefore, alias, type, metric }, page);
  return toConnection(page, rows, ({ occurredOn, id }) => [occurredOn, id]);
}

/** An event that never changed is its only version. */
export async function versionsOf(context: RequestContext, event: StandingEvent): Promise<readonly EventVersion[]> {
  return (await context.load(versionsByEvent, event.id)) ?? [{ ...event, reason: null }];
}
