import { AuditEventResolver } from "./audit-event.resolver";

export const resolvers = [AuditEventResolver] as const;
