import { CancelOperationSuccessResolver, OperationResolver } from "./operation.resolver";

export const resolvers = [OperationResolver, CancelOperationSuccessResolver] as const;
