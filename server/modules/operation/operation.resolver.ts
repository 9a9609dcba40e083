import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { cancelOperation } from "./cancel-operation";
import type { Operation, OperationItemStatus } from "./operation";
import {
  CancelOperationInput,
  CancelOperationResult,
  CancelOperationSuccess,
  OperationConnection,
  OperationItemConnection,
  OperationItemStatusEnum,
  OperationType,
  RetryOperationInput,
  RetryOperationResult,
  RetryOperationSuccess,
} from "./operation.types";
import { findOperation, readItems, readOperations, retryOf, watchOperation } from "./read-operations";
import { retryOperation } from "./retry-operation";

@Resolver(() => OperationType)
export class OperationResolver {
  @Query(() => OperationType, { nullable: true, description: "One operation, to poll its progress." })
  operation(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findOperation(context, id);
  }

  @Query(() => OperationConnection, { description: "The newest first." })
  operations(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return readOperations(context, args);
  }

  @Mutation(() => CancelOperationResult, {
    description: "Stops an operation after the step that is running; what is done stays done.",
  })
  async cancelOperation(
    @Arg("input", () => CancelOperationInput) input: CancelOperationInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("CancelOperationSuccess", await cancelOperation(context, input));
  }

  @Mutation(() => RetryOperationResult, {
    description:
      "Asks for a new operation over what failed in a finished one, and over what was left when it was cancelled. What is done is not done again.",
  })
  async retryOperation(
    @Arg("input", () => RetryOperationInput) input: RetryOperationInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RetryOperationSuccess", await retryOperation(context, input));
  }

  @Subscription(() => OperationType, {
    description: "The operation as it stands, then whenever it moved on, until it is finished.",
    subscribe: ({ args, context }) =>
      watchOperation(
        context as RequestContext,
        args["id"] as string,
        (context as RequestContext).services.notifications,
      ),
  })
  operationProgress(@Root() operation: Operation, @Arg("id", () => ID) _id: string) {
    return operation;
  }

  @FieldResolver(() => Int, { description: "Subjects that are through: succeeded, skipped or failed." })
  done(@Root() { succeeded, skipped, failed }: Operation) {
    return succeeded + skipped + failed;
  }

  @FieldResolver(() => OperationType, { nullable: true, description: "The operation whose failures it tries again." })
  retries(@Root() { retriesOperationId }: Operation, @Ctx() context: RequestContext) {
    return retriesOperationId === null ? null : findOperation(context, retriesOperationId);
  }

  @FieldResolver(() => OperationType, { nullable: true, description: "The operation that tries its failures again." })
  retriedBy(@Root() { id }: Operation, @Ctx() context: RequestContext) {
    return retryOf(context, id);
  }

  @FieldResolver(() => OperationItemConnection, { description: "How each subject fared, in the order of the work." })
  items(
    @Root() { id }: Operation,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("status", () => OperationItemStatusEnum, { nullable: true }) status: OperationItemStatus | null,
  ) {
    return readItems(id, args, status);
  }
}

@Resolver(() => CancelOperationSuccess)
export class CancelOperationSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() { operationId }: CancelOperationSuccess, @Ctx() context: RequestContext) {
    return findOperation(context, operationId);
  }
}

@Resolver(() => RetryOperationSuccess)
export class RetryOperationSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() { operationId }: RetryOperationSuccess, @Ctx() context: RequestContext) {
    return findOperation(context, operationId);
  }
}
