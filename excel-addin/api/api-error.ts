import { texts } from "../texts";

export type ApiErrorCode =
  | "OFFLINE"
  | "TIMEOUT"
  | "CANCELLED"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "THROTTLED"
  | "SERVER_FAILED"
  | "MALFORMED"
  | "REFUSED";

const RETRYABLE: ReadonlySet<ApiErrorCode> = new Set(["OFFLINE", "TIMEOUT", "THROTTLED", "SERVER_FAILED"]);

/** Why Billgrid did not answer as hoped; `message` is in plain words, to be shown as it is. */
export class ApiError extends Error {
  readonly isRetryable: boolean;

  constructor(
    readonly code: ApiErrorCode,
    message: string,
    /** The server's own code, such as INVALID_INPUT; for decisions, never for showing. */
    readonly serverCode?: string,
  ) {
    super(message);
    this.name = "ApiError";
    this.isRetryable = RETRYABLE.has(code);
  }
}

/** A refusal that the server answers as a value. Its message is written for people, so it is shown word for word. */
export interface UserError {
  readonly code: string;
  readonly message: string;
}

export function refused(error: UserError): ApiError {
  return new ApiError("REFUSED", error.message, error.code);
}

/** One entry of `errors` in a GraphQL answer. */
export interface GraphqlProblem {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** The one place where failures of the network and of the server become plain words. */
export function explainFailure(failure: unknown): ApiError {
  if (failure instanceof ApiError) return failure;
  if (failure instanceof DOMException && failure.name === "TimeoutError") {
    return new ApiError("TIMEOUT", texts.failures.timeout);
  }
  if (failure instanceof DOMException && failure.name === "AbortError") {
    return new ApiError("CANCELLED", texts.failures.cancelled);
  }
  // What fetch throws when it cannot reach the server, in every browser.
  if (failure instanceof TypeError) return new ApiError("OFFLINE", texts.failures.offline);
  return new ApiError("MALFORMED", texts.failures.malformed);
}

export function explainProblem(problem: GraphqlProblem): ApiError {
  const code = problem.extensions?.code;
  if (code === "UNAUTHENTICATED") return new ApiError("UNAUTHENTICATED", texts.failures.expired, code);
  if (code === "FORBIDDEN") return new ApiError("FORBIDDEN", texts.failures.forbidden, code);
  if (code === "INTERNAL_SERVER_ERROR") {
    // The message of a masked error carries the reference that support asks for.
    return new ApiError("SERVER_FAILED", texts.failures.server(problem.message), code);
  }
  return new ApiError("REFUSED", problem.message, code);
}

/** Null where the status says nothing against reading the body. */
export function explainStatus(status: number): ApiError | null {
  if (status === 401) return new ApiError("UNAUTHENTICATED", texts.failures.expired);
  if (status === 403) return new ApiError("FORBIDDEN", texts.failures.forbidden);
  if (status === 429) return new ApiError("THROTTLED", texts.failures.throttled);
  // What a proxy answers while the server behind it is away.
  if (status === 502 || status === 503 || status === 504) return new ApiError("OFFLINE", texts.failures.offline);
  return null;
}
