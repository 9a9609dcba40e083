import "reflect-metadata";
import type { GraphQLFormattedError } from "graphql";
import { GraphQLError } from "graphql";
import { type ClassType, createUnionType, Field, Int, InterfaceType, ObjectType } from "type-graphql";
import type { Result } from "../../domain/result";
import type { Logger } from "../logger";
import type { OwnRefusal } from "../refusal";

type Named = { readonly __typename: string };

@InterfaceType({
  description: "An expected refusal that the caller can act on. Nothing was changed.",
  resolveType: (value: Named) => value.__typename,
})
export abstract class UserError {
  @Field(() => String, { description: "For programs: stable, SCREAMING_SNAKE_CASE." })
  code!: string;

  @Field(() => String, { description: "For people: what is wrong, where, and what to do." })
  message!: string;

  @Field(() => [String], {
    description: 'The way from the input object to the place, such as ["lines", "0", "quantity"]; empty for the whole.',
  })
  path!: string[];
}

@ObjectType("Problem", { description: "One thing that is wrong with an input.", simpleResolvers: true })
export class ProblemType {
  @Field(() => String) code!: string;
  @Field(() => String) message!: string;
  @Field(() => [String]) path!: string[];
}

@ObjectType({
  implements: UserError,
  description: "The input cannot be taken; every problem is listed.",
  simpleResolvers: true,
})
export class InvalidInput extends UserError {
  @Field(() => [ProblemType]) problems!: ProblemType[];
}

@ObjectType({
  implements: UserError,
  description: "Something named in the input does not exist in this organization.",
  simpleResolvers: true,
})
export class NotFound extends UserError {}

@ObjectType({
  implements: UserError,
  description: "The record was changed by somebody else since it was read.",
  simpleResolvers: true,
})
export class StaleVersion extends UserError {
  @Field(() => Int, { description: "What it is at now; its revision where the path says revision." })
  currentVersion!: number;
}

@ObjectType({ implements: UserError, description: "The present state does not allow it.", simpleResolvers: true })
export class Conflict extends UserError {}

@ObjectType({
  implements: UserError,
  description: "The same idempotency key came with another input.",
  simpleResolvers: true,
})
export class IdempotencyKeyReused extends UserError {}

/** The refusals that any command may answer. */
export const commandRefusals = [InvalidInput, NotFound, StaleVersion, Conflict, IdempotencyKeyReused] as const;

/** The SDL union of a mutation: its success type, or one of the refusals. */
export const resultUnion = <T extends object>(name: string, success: () => ClassType<T>) =>
  createUnionType({
    name,
    description: "What came of the command: its success, or why nothing was changed.",
    types: () => [success(), ...commandRefusals] as const,
    resolveType: (value) => (value as unknown as Named).__typename,
  });

/** A use case's result as a member of its SDL union. */
export function toUnion<T extends object>(success: string, result: Result<T, OwnRefusal>): object {
  if (result.ok) return { __typename: success, ...result.value };
  const { kind, ...facts } = result.error;
  return { __typename: kind, ...facts };
}

const EXPECTED = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "FORBIDDEN",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "UNAUTHENTICATED",
]);

/** Bugs are masked: the caller gets a reference under which the log has the whole error. */
export const formatError =
  (logger: Logger, newReference: () => string) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (EXPECTED.has(String(formatted.extensions?.["code"]))) {
      const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
      return { ...formatted, extensions };
    }
    const reference = newReference();
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    logger.error({ err: cause, reference, path: formatted.path }, "unexpected error in a resolver");
    return {
      message: `Something went wrong on our side. Nothing was half done; trying again is safe. Reference ${reference}`,
      ...(formatted.path && { path: formatted.path }),
      ...(formatted.locations && { locations: formatted.locations }),
      extensions: { code: "INTERNAL_SERVER_ERROR", reference },
    };
  };
