import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { AuditEventConnection } from "./audit-event.types";
import { readAuditEvents } from "./read-audit-events";

@Resolver()
export class AuditEventResolver {
  @Query(() => AuditEventConnection, { description: "The audit trail of one record, the newest first." })
  auditEvents(
    @Arg("subjectId", () => ID, { description: "The id of a customer, contract, invoice, saved view …" })
    subjectId: string,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ) {
    return readAuditEvents(context, subjectId, args);
  }
}
