import type { ApolloServerPlugin, BaseContext, GraphQLResponse } from "@apollo/server";
import { HeaderMap } from "@apollo/server";
import {
  BREAK,
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  type NamedTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";

type Seen = CompiledQuery | "once" | "never";

/**
 * Queries that come again run compiled (about twice as fast); the first time, mutations and what cannot be compiled
 * take graphql-js. Answers with an error are run again by graphql-js, because formatError does not see what is
 * answered here, and an error would leave unmasked.
 */
export function compiledQueries<C extends BaseContext>(limit = 500): ApolloServerPlugin<C> {
  const seen = new Map<string, Seen>();
  const recall = (key: string): Seen | undefined => {
    const known = seen.get(key);
    seen.delete(key);
    if (seen.size >= limit) seen.delete(seen.keys().next().value as string);
    return known;
  };
  return {
    async requestDidStart() {
      return {
        async responseForOperation(request) {
          if (request.operation.operation !== "query") return null;
          const key = `${request.queryHash} ${request.operationName ?? ""}`;
          const known = recall(key);
          if (!known) {
            seen.set(key, "once");
            return null;
          }
          const compiled = known === "once" ? compile(request.schema, request.document, request.operationName) : known;
          seen.set(key, compiled);
          if (compiled === "never" || compiled === "once") return null;
          const result = await compiled.query(undefined, request.contextValue, request.request.variables ?? {});
          if (result.errors) return null;
          const response: GraphQLResponse = {
            http: { headers: new HeaderMap() },
            body: { kind: "single", singleResult: result as FormattedExecutionResult },
          };
          return response;
        },
      };
    },
  };
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): Seen {
  if (asksForUnion(schema, document) || takesRecursiveInput(schema, document)) return "never";
  const made = compileQuery(schema, document, operationName ?? undefined);
  return isCompiledQuery(made) ? made : "never";
}

/** Unions and interfaces say by themselves which type a value is, which compiled queries do not listen to. */
function asksForUnion(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  const look = () => {
    found ||= isAbstractType(getNamedType(types.getType()));
    return found ? BREAK : undefined;
  };
  visit(document, visitWithTypeInfo(types, { Field: look }));
  return found;
}

/** The compiler writes out the types of variables to their end, which one that contains itself does not have. */
function takesRecursiveInput(schema: GraphQLSchema, document: DocumentNode): boolean {
  const isRecursive = (type: GraphQLNamedType | undefined, above: readonly GraphQLNamedType[]): boolean =>
    isInputObjectType(type) &&
    (above.includes(type) ||
      Object.values(type.getFields()).some((field) => isRecursive(getNamedType(field.type), [...above, type])));
  let found = false;
  const look = ({ name }: NamedTypeNode) => {
    found ||= isRecursive(schema.getType(name.value), []);
    return found ? BREAK : undefined;
  };
  visit(document, {
    VariableDefinition: ({ type }) => {
      visit(type, { NamedType: look });
    },
  });
  return found;
}
