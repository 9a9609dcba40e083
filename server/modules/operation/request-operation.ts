import type { CommandScope } from "../../platform/command";
import { newId } from "../../platform/ids";
import type { OperationKind, OperationParameters } from "./operation";
import { enqueueOperation, insertOperation } from "./operation.store";

/** Freezes the planned set and leaves the work to a worker, which sees it once the command has committed. */
export async function requestOperation(
  kind: OperationKind,
  subjectIds: readonly string[],
  { caller, note }: CommandScope,
  {
    parameters = {},
    retriesOperationId = null,
  }: { readonly parameters?: OperationParameters; readonly retriesOperationId?: string | null } = {},
): Promise<string> {
  const id = newId();
  await insertOperation({ id, kind, actor: caller.actor, subjectIds, parameters, retriesOperationId });
  await enqueueOperation(id);
  note({
    action: "operation.requested",
    subjectType: "operation",
    subjectId: id,
    after: { kind, subjects: subjectIds.length, ...(retriesOperationId && { retriesOperationId }) },
  });
  return id;
}
