import { createClient } from "graphql-ws/client";
import type { TypedDocumentString } from "../../schema/generated/operations";
import { ApiError, explainFailure, explainProblem, explainStatus, type GraphqlProblem } from "./api-error";

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

export interface Subscriber<Result> {
  readonly next: (result: Result) => void;
  /** Called once, when nothing more will come, whatever the reason. */
  readonly ended: () => void;
}

export interface GraphqlClient {
  /** Rejects with an `ApiError` and nothing else. */
  request<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>;

  /** Answers a function that ends the subscription. */
  subscribe<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    subscriber: Subscriber<Result>,
  ): () => void;
}

export interface GraphqlClientSettings {
  /** Absolute address of the GraphQL endpoint. */
  readonly url: string;
  readonly token: () => string | null;
  /** Asked when the server no longer knows the token; the request is sent once more after it resolves. */
  readonly renewSession?: () => Promise<void>;
  readonly fetch?: typeof fetch;
}

const TIMEOUT_MS = 60_000;

interface GraphqlAnswer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly GraphqlProblem[];
}

export function graphqlClient(settings: GraphqlClientSettings): GraphqlClient {
  const send = settings.fetch ?? globalThis.fetch.bind(globalThis);

  async function post<Result>(document: string, variables: unknown, options: RequestOptions): Promise<Result> {
    const token = settings.token();
    const deadline = startDeadline(options.timeoutMs ?? TIMEOUT_MS, options.signal);
    try {
      return await exchange<Result>(document, variables, token, deadline.signal);
    } finally {
      deadline.clear();
    }
  }

  async function exchange<Result>(
    document: string,
    variables: unknown,
    token: string | null,
    signal: AbortSignal,
  ): Promise<Result> {
    const response = await send(settings.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query: document, variables }),
      signal,
    });
    const failed = explainStatus(response.status);
    if (failed) throw failed;
    const answer = (await response.json()) as GraphqlAnswer<Result>;
    const problem = answer.errors?.[0];
    if (problem) throw explainProblem(problem);
    if (!answer.data) throw new SyntaxError("an answer without data");
    return answer.data;
  }

  return {
    async request<Result, Variables>(
      document: TypedDocumentString<Result, Variables>,
      variables: Variables,
      options: RequestOptions = {},
    ): Promise<Result> {
      const text = document.toString();
      try {
        return await post<Result>(text, variables, options);
      } catch (thrown) {
        const failure = explainFailure(thrown);
        // Without a token the refusal is the answer: there is no session to renew.
        if (failure.code !== "UNAUTHENTICATED" || !settings.renewSession || settings.token() === null) throw failure;
      }
      await settings.renewSession();
      return post<Result>(text, variables, options).catch((thrown: unknown) => {
        throw explainFailure(thrown);
      });
    },

    subscribe<Result, Variables>(
      document: TypedDocumentString<Result, Variables>,
      variables: Variables,
      subscriber: Subscriber<Result>,
    ): () => void {
      const socket = createClient({
        url: settings.url.replace(/^http/, "ws"),
        connectionParams: () => ({ authorization: `Bearer ${settings.token() ?? ""}` }),
        // One attempt: whoever subscribes falls back to asking, which says more about what is wrong than a socket does.
        retryAttempts: 0,
      });
      const end = socket.subscribe<Result>(
        { query: document.toString(), variables: variables as Record<string, unknown> },
        {
          next: ({ data }) => {
            if (data) subscriber.next(data);
          },
          error: subscriber.ended,
          complete: subscriber.ended,
        },
      );
      return () => {
        end();
        void socket.dispose();
      };
    },
  };
}

/** A signal that aborts after a time or with another one. `AbortSignal.any` is too new for Excel on older Macs. */
function startDeadline(ms: number, outer?: AbortSignal) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("too slow", "TimeoutError")), ms);
  const follow = () => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  outer?.addEventListener("abort", follow);
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", follow);
    },
  };
}

/** True for the one failure that is not shown: the person asked for it. */
export function isCancelled(failure: unknown): boolean {
  return failure instanceof ApiError && failure.code === "CANCELLED";
}
