import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, notFound } from "../../platform/refusal";
import { isFinished } from "./operation";
import { lockOperationToRetry, retriesByOperation, undoneSubjects } from "./operation.store";
import { requestOperation } from "./request-operation";

/** Tries again what failed, and what was left when it was cancelled, and nothing else: what is done is done. */
export const retryOperation = command({
  name: "retryOperation",
  permission: "run_billing",
  run: async ({ operationId }: { readonly operationId: string }, scope) => {
    const operation = await lockOperationToRetry(operationId);
    if (!operation) return notFound("operation", operationId, ["operationId"]);
    if (!isFinished(operation)) {
      return conflict("OPERATION_RUNNING", "The operation is not finished yet; what fails can be retried then.", [
        "operationId",
      ]);
    }
    if ((await retriesByOperation([operationId])).size > 0) {
      return conflict("OPERATION_RETRIED", "What failed was retried already; retry that operation instead.", [
        "operationId",
      ]);
    }
    const { kind, parameters } = operation;
    const subjectIds = await undoneSubjects(operationId);
    if (subjectIds.length === 0)
      return conflict("NOTHING_TO_RETRY", "Nothing failed, and nothing was left.", ["operationId"]);
    const id = await requestOperation(kind, subjectIds, scope, { parameters, retriesOperationId: operationId });
    return ok({ operationId: id });
  },
});
