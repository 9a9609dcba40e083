import type { CommandScope } from "../../platform/command";
import { newId } from "../../platform/ids";
import type { OperationKind } from "./operation";
import { enqueueOperation, insertOperation } from "./operation.store";

/** Freezes the planned set and leaves the work to a worker, which sees it once the command has committed. */
export async function requestOperation(
  kind: OperationKind,
  subjectIds: readonly string[],
  { caller, note }: CommandScope,
): Promise<string> {
  const id = newId();
  await insertOperation({ id, kind, actor: caller.actor, subjectIds });
  await enqueueOperation(id);
  note({
    action: "operation.requested",
    subjectType: "operation",
    subjectId: id,
    after: { kind, subjects: subjectIds.length },
  });
  return id;
}
