import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, notFound } from "../../platform/refusal";
import { isFinished } from "./operation";
import { operationsById, requestCancel } from "./operation.store";

/** What is done stays done; what has not begun is left. Takes effect after the step that is running. */
export const cancelOperation = command({
  name: "cancelOperation",
  permission: "run_billing",
  run: async ({ operationId }: { readonly operationId: string }, { note }) => {
    const operation = (await operationsById([operationId])).get(operationId);
    if (!operation) return notFound("operation", operationId, ["operationId"]);
    if (isFinished(operation))
      return conflict("OPERATION_FINISHED", "The operation is finished; there is nothing left to cancel.", [
        "operationId",
      ]);
    await requestCancel(operationId);
    note({ action: "operation.cancelled", subjectType: "operation", subjectId: operationId });
    return ok({ operationId });
  },
});
