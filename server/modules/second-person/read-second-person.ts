import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import type { ControlLimit, RequestState, SecondPersonRequest } from "./second-person";
import { controlLimits, listRequests, requestsById } from "./second-person.store";

export async function readControlLimits(context: RequestContext): Promise<ControlLimit[]> {
  context.require("read");
  return controlLimits();
}

export async function readRequests(context: RequestContext, args: PageArgs, state: RequestState | null) {
  context.require("read");
  const page = toPage(args, ["id"]);
  return toConnection(page, await listRequests(state, page), ({ id }) => [id]);
}

export const requestMade = (context: RequestContext, id: string): Promise<SecondPersonRequest> =>
  context.mustLoad(requestsById, id);

const PENDING_SHOWN = 1_000;

/** What waits for a decision, the newest first. */
export const pendingRequests = (): Promise<SecondPersonRequest[]> =>
  listRequests("pending", { limit: PENDING_SHOWN, after: null });
