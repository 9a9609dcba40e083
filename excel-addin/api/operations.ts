import {
  CancelOperationDocument,
  FinalizeInvoicesDocument,
  OperationDocument,
  type OperationFactsFragment,
  OperationItemsDocument,
  type OperationItemsQuery,
  OperationProgressDocument,
  RecalculateInvoicesDocument,
  RecentOperationsDocument,
  SendInvoicesDocument,
} from "../../schema/generated/operations";
import { texts } from "../texts";
import { ApiError, explainFailure, refused, type UserError } from "./api-error";
import type { GraphqlClient, RequestOptions } from "./graphql-client";

export type Operation = OperationFactsFragment;
export type OperationItem = NonNullable<OperationItemsQuery["operation"]>["items"]["nodes"][number];
export type CommandKind = "RECALCULATE" | "FINALIZE" | "SEND";

/** Others are started elsewhere; the pane does not follow them. */
export const isCommandKind = (kind: Operation["kind"]): kind is CommandKind =>
  kind === "RECALCULATE" || kind === "FINALIZE" || kind === "SEND";

/** Exactly these invoices, or all of a saved view in a month. */
export type InvoiceSelection =
  | { readonly invoiceIds: readonly string[] }
  | { readonly viewId: string; readonly month: string };

export interface Command {
  readonly kind: CommandKind;
  readonly selection: InvoiceSelection;
  /** The same key again, after an answer was lost, gives the operation that the first one started. */
  readonly idempotencyKey: string;
}

export async function startCommand(
  client: GraphqlClient,
  { kind, selection, idempotencyKey }: Command,
  options?: RequestOptions,
): Promise<Operation> {
  const variables = { input: { selection, idempotencyKey } };
  switch (kind) {
    case "RECALCULATE":
      return started((await client.request(RecalculateInvoicesDocument, variables, options)).recalculateInvoices);
    case "FINALIZE":
      return started((await client.request(FinalizeInvoicesDocument, variables, options)).finalizeInvoices);
    case "SEND":
      return started((await client.request(SendInvoicesDocument, variables, options)).sendInvoices);
  }
}

export async function cancelOperation(
  client: GraphqlClient,
  operationId: string,
  idempotencyKey: string,
): Promise<Operation> {
  const { cancelOperation: result } = await client.request(CancelOperationDocument, {
    input: { operationId, idempotencyKey },
  });
  return started(result);
}

function started(result: { readonly operation: Operation } | UserError): Operation {
  if ("operation" in result) return result.operation;
  throw refused(result);
}

export function isFinished(operation: Operation): boolean {
  return operation.status === "COMPLETED" || operation.status === "CANCELLED";
}

/** Newest first. */
export async function listRecentOperations(client: GraphqlClient): Promise<readonly Operation[]> {
  return (await client.request(RecentOperationsDocument, { first: 10 })).operations.nodes;
}

export async function loadOperation(
  client: GraphqlClient,
  operationId: string,
  options?: RequestOptions,
): Promise<Operation> {
  const { operation } = await client.request(OperationDocument, { id: operationId }, options);
  if (!operation) throw new ApiError("REFUSED", texts.failures.operationGone, "NOT_FOUND");
  return operation;
}

const ITEM_PAGE = 200;

/** What became of each invoice, in the order of the operation. */
export async function listOperationItems(client: GraphqlClient, operationId: string): Promise<OperationItem[]> {
  const items: OperationItem[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: OperationItemsQuery = await client.request(OperationItemsDocument, {
      id: operationId,
      first: ITEM_PAGE,
      after,
    });
    if (!answer.operation) throw new ApiError("REFUSED", texts.failures.operationGone, "NOT_FOUND");
    const { nodes, pageInfo } = answer.operation.items;
    items.push(...nodes);
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) return items;
    after = pageInfo.endCursor;
  }
}

export interface Watch {
  readonly onProgress: (operation: Operation) => void;
  /** True while the server does not answer; the operation itself goes on there. */
  readonly onInterrupted?: (isInterrupted: boolean) => void;
  readonly signal: AbortSignal;
  /** How often to ask while nothing is pushed, and as a safeguard while something is. */
  readonly askEveryMs?: number;
}

/**
 * Follows an operation to its end and answers its last state. Changes are pushed; where sockets do not get through, the
 * server is asked instead. Losing the network in between only interrupts the watching. Rejects when the signal aborts, or
 * when the server refuses to show the operation.
 */
export async function watchOperation(client: GraphqlClient, from: Operation, watch: Watch): Promise<Operation> {
  const askEveryMs = watch.askEveryMs ?? 1_000;
  const pause = pauses(watch.signal);
  let latest = from;
  let isPushed = true;

  const report = (operation: Operation) => {
    // Pushed and asked answers may overtake each other; progress never goes back.
    if (isFinished(latest) || (operation.done < latest.done && !isFinished(operation))) return;
    latest = operation;
    watch.onProgress(operation);
    if (isFinished(operation)) pause.wake();
  };

  report(from);
  if (isFinished(latest)) return latest;
  const unsubscribe = client.subscribe(
    OperationProgressDocument,
    { id: from.id },
    {
      next: ({ operationProgress }) => report(operationProgress),
      ended: () => {
        isPushed = false;
        pause.wake();
      },
    },
  );
  try {
    let failures = 0;
    while (!isFinished(latest)) {
      await pause.for(isPushed ? askEveryMs * 5 : askEveryMs * 2 ** Math.min(failures, 4));
      watch.signal.throwIfAborted();
      if (isFinished(latest)) break;
      try {
        report(await loadOperation(client, from.id, { signal: watch.signal, timeoutMs: 15_000 }));
        if (failures > 0) watch.onInterrupted?.(false);
        failures = 0;
      } catch (thrown) {
        const failure = explainFailure(thrown);
        if (!failure.isRetryable) throw failure;
        if (failures === 0) watch.onInterrupted?.(true);
        failures += 1;
      }
    }
    return latest;
  } catch (thrown) {
    throw explainFailure(thrown);
  } finally {
    unsubscribe();
    pause.end();
  }
}

/** Waiting that something else, or an abort, may cut short. */
function pauses(signal: AbortSignal) {
  let wake = () => {};
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  return {
    wake: () => wake(),
    for: (ms: number) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => signal.removeEventListener("abort", onAbort),
  };
}
