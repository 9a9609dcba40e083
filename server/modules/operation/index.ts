export {
  failed,
  type ItemOutcome,
  type Operation,
  type OperationItem,
  type OperationKind,
  type OperationParameters,
  skipped,
  succeeded,
} from "./operation";
export { operationsById } from "./operation.store";
export { OperationItemType, OperationType } from "./operation.types";
export { requestOperation } from "./request-operation";
export { type Performer, type Performers, runOperation } from "./run-operation";
