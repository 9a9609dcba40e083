import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { findUsageEvent, listUsageEvents, versionsOf } from "./read-usage-events";
import { recordUsageEvents } from "./record-usage-events";
import { RecordUsageEventsInput, UsageEventFilterInput, VoidUsageEventsInput } from "./usage.inputs";
import {
  RecordUsageEventsResult,
  UsageEventConnection,
  UsageEventType,
  UsageEventVersionType,
  VoidUsageEventsResult,
} from "./usage-event.types";
import type { StandingEvent } from "./usage-history";
import { voidUsageEvents } from "./void-usage-events";

@Resolver(() => UsageEventType)
export class UsageEventResolver {
  @Mutation(() => RecordUsageEventsResult, {
    description:
      "Records up to 1,000 usage events, all or nothing. Needs no idempotency key: an event that is sent again with the same content is counted as a duplicate; with other content the batch is refused as EVENT_ID_CONFLICT, unless the event is sent as a correction. A correction of an id that is not known is refused as EVENT_UNKNOWN, an event that was voided as EVENT_VOIDED.",
  })
  async recordUsageEvents(
    @Arg("input", () => RecordUsageEventsInput) { events }: RecordUsageEventsInput,
    @Ctx() context: RequestContext,
  ) {
    const batch = events.map(({ properties = null, ...event }) => ({ ...event, properties }));
    return toUnion("RecordUsageEventsSuccess", await recordUsageEvents(context, batch));
  }

  @Mutation(() => VoidUsageEventsResult, {
    description:
      "Takes events out of what is counted, all or nothing; their history is kept. An event comes back when it is sent as a correction.",
  })
  async voidUsageEvents(
    @Arg("input", () => VoidUsageEventsInput) input: VoidUsageEventsInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("VoidUsageEventsSuccess", await voidUsageEvents(context, input));
  }

  @Query(() => UsageEventType, { nullable: true, description: "An event by the id under which it was sent." })
  usageEvent(@Arg("id", () => String) id: string, @Ctx() context: RequestContext) {
    return findUsageEvent(context, id);
  }

  @Query(() => UsageEventConnection, {
    description: "Events that are counted, by their day and then their id; voided ones are left out.",
  })
  usageEvents(
    @Arg("filter", () => UsageEventFilterInput) filter: UsageEventFilterInput,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ) {
    return listUsageEvents(context, filter, args);
  }

  @FieldResolver(() => [UsageEventVersionType], {
    description: "What it was before and what it is now, in the order in which it was recorded.",
  })
  versions(@Root() event: StandingEvent, @Ctx() context: RequestContext) {
    return versionsOf(context, event);
  }
}
