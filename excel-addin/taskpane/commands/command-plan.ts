import type { GraphqlClient } from "../../api/graphql-client";
import {
  type CommandKind,
  type InvoiceSelection,
  listOperationItems,
  type Operation,
  type OperationItem,
  startCommand,
  watchOperation,
} from "../../api/operations";
import type { SheetCommand } from "../../sheets/command-selection";
import type { ChosenView } from "../month-end/pulled-sheet";

/** What was confirmed: one or more operations, one after the other, on the invoices of a view. */
export interface CommandPlan {
  /** Null for an operation that was started elsewhere: it is followed, but its sheet is not known. */
  readonly view: ChosenView | null;
  readonly kinds: readonly CommandKind[];
  /** Made once per decision of a person: trying again after a lost answer must not do anything twice. */
  readonly idempotencyKey: string;
}

/** Kept while the pane is closed: enough to follow the operation and to go on as it was confirmed. */
export interface UnfinishedPlan {
  readonly plan: CommandPlan;
  readonly step: number;
  /** Null between asking the server to start and its answer. */
  readonly operationId: string | null;
}

export interface CommandProgress {
  readonly operation: Operation;
  /** From 0. */
  readonly step: number;
  readonly steps: number;
  readonly isInterrupted: boolean;
}

export interface CommandOutcome {
  readonly operation: Operation;
  readonly items: readonly OperationItem[];
}

export const KINDS_OF_COMMAND: Readonly<Record<SheetCommand, readonly CommandKind[]>> = {
  RECALCULATE: ["RECALCULATE"],
  FINALIZE: ["FINALIZE"],
  SEND: ["SEND"],
  FINALIZE_AND_SEND: ["FINALIZE", "SEND"],
};

/** Where a plan begins: with a selection, or in the middle, with an operation that runs already. */
export type PlanStart =
  | { readonly step: 0; readonly selection: InvoiceSelection }
  | { readonly step: number; readonly operation: Operation };

export interface PlanListener {
  /** Called before each step is asked for, and again when its operation is known. */
  readonly onStep: (unfinished: UnfinishedPlan) => void;
  readonly onProgress: (progress: CommandProgress) => void;
  readonly onOutcome: (outcome: CommandOutcome) => void;
}

/**
 * Runs the operations of a plan and follows each to its end. The next one takes the invoices that the one before it did not
 * refuse. A cancelled operation ends the plan: nothing is sent that somebody just stopped.
 */
export async function runPlan(
  client: GraphqlClient,
  plan: CommandPlan,
  start: PlanStart,
  listener: PlanListener,
  signal: AbortSignal,
): Promise<CommandOutcome[]> {
  const outcomes: CommandOutcome[] = [];
  let running = "operation" in start ? start.operation : null;
  let selection: InvoiceSelection = "selection" in start ? start.selection : { invoiceIds: [] };
  for (const [step, kind] of plan.kinds.entries()) {
    if (step < start.step) continue;
    if (!running && "invoiceIds" in selection && selection.invoiceIds.length === 0) break;
    const idempotencyKey = `${plan.idempotencyKey}:${kind}`;
    if (!running) listener.onStep({ plan, step, operationId: null });
    running ??= await startCommand(client, { kind, selection, idempotencyKey }, { signal });
    listener.onStep({ plan, step, operationId: running.id });

    const outcome = await follow(client, running, { step, steps: plan.kinds.length }, listener, signal);
    outcomes.push(outcome);
    listener.onOutcome(outcome);
    if (outcome.operation.status === "CANCELLED") break;
    selection = { invoiceIds: notRefused(outcome) };
    running = null;
  }
  return outcomes;
}

function notRefused({ items }: CommandOutcome): string[] {
  return items.filter(({ status }) => status === "SUCCEEDED" || status === "SKIPPED").map(({ subjectId }) => subjectId);
}

async function follow(
  client: GraphqlClient,
  operation: Operation,
  place: { readonly step: number; readonly steps: number },
  { onProgress }: PlanListener,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  let latest = { ...place, operation, isInterrupted: false };
  const show = (change: Partial<CommandProgress>) => {
    latest = { ...latest, ...change };
    onProgress(latest);
  };
  const last = await watchOperation(client, operation, {
    signal,
    onProgress: (state) => show({ operation: state }),
    onInterrupted: (isInterrupted) => show({ isInterrupted }),
  });
  return { operation: last, items: await listOperationItems(client, last.id) };
}

/** Null for anything that this version did not write. */
export function parseUnfinishedPlan(text: string | null): UnfinishedPlan | null {
  if (text === null) return null;
  try {
    const { plan, step, operationId = null } = JSON.parse(text) as Partial<UnfinishedPlan>;
    return plan && Array.isArray(plan.kinds) && typeof step === "number" ? { plan, step, operationId } : null;
  } catch {
    return null;
  }
}
