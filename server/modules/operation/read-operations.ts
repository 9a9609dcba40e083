import { runAs } from "../../platform/database/transaction";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { Notifications } from "../../platform/notifications";
import type { RequestContext } from "../../platform/request-context";
import { isFinished, type Operation, type OperationItemStatus } from "./operation";
import { listItems, listOperations, operationsById, retriesByOperation } from "./operation.store";

export function findOperation(context: RequestContext, id: string): Promise<Operation | null> {
  context.require("read");
  return context.load(operationsById, id);
}

export const retryOf = (context: RequestContext, id: string): Promise<Operation | null> =>
  context.load(retriesByOperation, id);

export async function readOperations(context: RequestContext, args: PageArgs) {
  context.require("read");
  const page = toPage(args);
  return toConnection(page, await listOperations(page), ({ id }) => [id]);
}

export async function readItems(operationId: string, args: PageArgs, status: OperationItemStatus | null) {
  const page = toPage(args);
  return toConnection(page, await listItems(operationId, page, status), ({ ordinal }) => [String(ordinal)]);
}

/** An operation on a busy worker moves many times a second; people read a few. */
const QUIET_MILLISECONDS = 200;

/** The operation as it stands now, then again whenever it moved on, until it is finished. */
export async function* watchOperation(
  context: RequestContext,
  id: string,
  notifications: Notifications,
): AsyncGenerator<Operation> {
  const { organizationId } = context.require("read");
  // Each step of a generator runs for whoever asks for the next one, which is nobody in particular.
  const look = () => runAs(organizationId, async () => (await operationsById([id])).get(id));
  const stop = new AbortController();
  const moves = notifications.listen("operation_progress", stop.signal)[Symbol.asyncIterator]();
  try {
    // Listening begins before the first look, so that no move falls between the two.
    let move = moves.next();
    for (;;) {
      const operation = await look();
      if (!operation) return;
      yield operation;
      if (isFinished(operation)) return;
      for (;;) {
        const { value, done } = await move;
        if (done) return;
        move = moves.next();
        if (value === id) break;
      }
      await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));
    }
  } finally {
    stop.abort();
  }
}
