import { CancelOperationSuccessResolver, OperationResolver, RetryOperationSuccessResolver } from "./operation.resolver";

export const resolvers = [OperationResolver, CancelOperationSuccessResolver, RetryOperationSuccessResolver] as const;
