export {
  type ItemOutcome,
  failed,
  type Operation,
  type OperationItem,
  type OperationKind,
  skipped,
  succeeded,
} from "./operation";
export { OperationItemType, OperationType } from "./operation.types";
export { operationsById } from "./operation.store";
export { requestOperation } from "./request-operation";
export { type Performer, type Performers, runOperation } from "./run-operation";
