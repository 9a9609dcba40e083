import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { QuoteType } from "../quote";
import { markNotificationsRead } from "./mark-notifications-read";
import type { Notification } from "./notification";
import {
  MarkNotificationsReadInput,
  MarkNotificationsReadResult,
  NotificationConnection,
  NotificationType,
} from "./notification.types";
import { quoteOf, readNotifications, readUnreadCount, watchNotifications } from "./read-notifications";

@Resolver(() => NotificationType)
export class NotificationResolver {
  @Query(() => NotificationConnection, {
    description: "Yours: what you have not read first, of these the newest first. An API key has none.",
  })
  notifications(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("unreadOnly", () => Boolean, { defaultValue: false, description: "What you have not read alone." })
    unreadOnly: boolean,
    @Ctx() context: RequestContext,
  ) {
    return readNotifications(context, page, unreadOnly);
  }

  @Query(() => Int, { description: "How many you have not read." })
  unreadNotifications(@Ctx() context: RequestContext) {
    return readUnreadCount(context);
  }

  @Mutation(() => MarkNotificationsReadResult, { description: "Notes what you have read." })
  async markNotificationsRead(
    @Arg("input", () => MarkNotificationsReadInput) input: MarkNotificationsReadInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey, ids = null } = input;
    return toUnion("MarkNotificationsReadSuccess", await markNotificationsRead(context, { ids, idempotencyKey }));
  }

  @Subscription(() => NotificationType, {
    description: "What you are told from now on. An API key is told nothing.",
    subscribe: ({ context }) =>
      watchNotifications(context as RequestContext, (context as RequestContext).services.notifications),
  })
  notificationReceived(@Root() notification: Notification) {
    return notification;
  }

  @FieldResolver(() => QuoteType, { description: "What it is about." })
  quote(@Root() notification: Notification, @Ctx() context: RequestContext) {
    return quoteOf(context, notification);
  }
}
