import type { Server } from "node:http";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  subscribe,
  validate,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { compiledQueries } from "./graphql/compiled-queries";
import { formatError } from "./graphql/errors";
import { queryLimits } from "./graphql/query-limits";
import { newId } from "./ids";
import type { Logger } from "./logger";
import type { RequestContext } from "./request-context";

/** A batch of 1,000 usage events fits; a book does not. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

export type HttpOptions = {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** Who is asking. A missing or unknown token is nobody; each resolver decides what nobody may see. */
  readonly contextFor: (authorization: string | undefined, requestId: string) => Promise<RequestContext>;
  /** Runs the work of a request inside the organization of its caller. */
  readonly within: <T>(context: RequestContext, work: () => Promise<T>) => Promise<T>;
  /** Throws while the server cannot answer. */
  readonly checkReady: () => Promise<void>;
  /** The built GraphiQL; null: there is none. */
  readonly graphiqlFolder: string | null;
  /** Further routes, such as documents. */
  readonly routes: readonly ((app: FastifyInstance, inside: Inside) => void)[];
};

/** Wraps a route so that it runs as its caller. */
export type Inside = (
  work: (context: RequestContext, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Each event is answered when somebody asks for it, which is nobody in particular unless it is said. */
const eachWithin = (
  answers: AsyncGenerator<ExecutionResult, void, void>,
  run: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncIterableIterator<ExecutionResult, void, void> => ({
  next: () => run(() => answers.next()),
  return: () => answers.return(),
  [Symbol.asyncIterator]() {
    return this;
  },
});

/** The HTTP side of Billgrid: GraphQL over HTTP and WebSocket, GraphiQL, documents and health. Not yet listening. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { schema, logger, contextFor, within } = options;
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, genReqId: () => newId(), forceCloseConnections: true });
  const server = app.server as Server;

  const inside: Inside = (work) => async (request, reply) => {
    const context = await contextFor(request.headers.authorization, request.id);
    return within(context, () => work(context, request, reply));
  };

  const mask = formatError(logger, newId);
  const sockets = new WebSocketServer({ server, path: "/graphql" });
  const closeSockets = useServer<{ authorization?: string }, { context?: RequestContext }>(
    {
      schema,
      context: ({ extra }) => extra.context as unknown as Record<PropertyKey, unknown>,
      onConnect: async ({ connectionParams, extra }) => {
        extra.context = await contextFor(connectionParams?.authorization, newId());
        return extra.context.isSignedIn;
      },
      validate: (given, document) => validate(given, document, [...specifiedRules, queryLimits]),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors && {
          data: result.data ?? null,
          errors: result.errors.map((error) => mask(error.toJSON(), error)),
        },
      execute: (args: ExecutionArgs) => within(args.contextValue as RequestContext, async () => execute(args)),
      subscribe: async (args: ExecutionArgs) => {
        const context = args.contextValue as RequestContext;
        const answer = await within(context, async () => subscribe(args));
        return "next" in answer ? eachWithin(answer, (work) => within(context, work)) : answer;
      },
    },
    sockets,
  );

  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    validationRules: [queryLimits],
    formatError: mask,
    includeStacktraceInErrorResponses: false,
    plugins: [ApolloServerPluginCacheControlDisabled(), compiledQueries<RequestContext>()],
  });
  await apollo.start();

  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  const answer = fastifyApolloHandler(apollo, { context: async (request) => contexts.get(request) as RequestContext });
  app.route({
    method: ["GET", "POST", "OPTIONS"],
    url: "/graphql",
    handler: inside(async (context, request, reply) => {
      contexts.set(request, context);
      return answer.call(app, request, reply);
    }),
  });

  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await options.checkReady();
      return { status: "ready" };
    } catch (error) {
      logger.warn({ err: error }, "not ready");
      return reply.code(503).send({ status: "not ready" });
    }
  });
  if (options.graphiqlFolder) {
    await app.register(fastifyStatic, { root: options.graphiqlFolder, prefix: "/graphiql/" });
    app.get("/graphiql", async (_request, reply) => reply.redirect("/graphiql/"));
  }
  for (const route of options.routes) route(app, inside);
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const code = error instanceof GraphQLError ? error.extensions["code"] : null;
    const status = code === "UNAUTHENTICATED" ? 401 : code === "FORBIDDEN" ? 403 : (error.statusCode ?? 500);
    if (status < 500) return reply.code(status).send({ message: error.message });
    logger.error({ err: error, reference: request.id }, "unexpected error in a route");
    return reply.code(status).send({ message: `Something went wrong on our side. Reference ${request.id}` });
  });
  // Subscriptions end first, then no new request is let in, then those under way are finished.
  app.addHook("preClose", async () => void (await closeSockets.dispose()));
  app.addHook("onClose", () => apollo.stop());
  return app;
}
