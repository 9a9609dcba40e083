import { NotificationResolver } from "./notification.resolver";

export const resolvers = [NotificationResolver] as const;
