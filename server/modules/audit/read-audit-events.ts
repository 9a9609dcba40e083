import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import { listAuditEvents } from "./audit-event.store";

export async function readAuditEvents(context: RequestContext, subjectId: string, args: PageArgs) {
  context.require("read");
  const page = toPage(args);
  return toConnection(page, isId(subjectId) ? await listAuditEvents(subjectId, page) : [], ({ id }) => [id]);
}
