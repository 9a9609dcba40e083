import { useCallback, useEffect, useMemo, useState } from "react";
import { ApiError } from "../../api/api-error";
import type { GraphqlClient } from "../../api/graphql-client";
import {
  cancelOperation,
  type InvoiceSelection,
  isCommandKind,
  isFinished,
  listOperationItems,
  listRecentOperations,
  loadOperation,
  type Operation,
} from "../../api/operations";
import { resultsByRow } from "../../sheets/command-results";
import type { SheetCommand } from "../../sheets/command-selection";
import { invoiceTableKey } from "../../sheets/invoice-sheet";
import type { ChosenView, Pull } from "../month-end/pulled-sheet";
import { usePaneEnvironment } from "../pane-environment";
import { useSession, useViewer } from "../session/session";
import { type Task, useTask } from "../use-task";
import {
  type CommandOutcome,
  type CommandPlan,
  type CommandProgress,
  KINDS_OF_COMMAND,
  type PlanStart,
  parseUnfinishedPlan,
  runPlan,
  type UnfinishedPlan,
} from "./command-plan";

export interface CommandRequest {
  readonly command: SheetCommand;
  readonly view: ChosenView;
  readonly selection: InvoiceSelection;
  readonly idempotencyKey: string;
}

/** Finalized while the pane was closed, though sending was confirmed as well. */
export interface Unsent {
  readonly view: ChosenView;
  readonly count: number;
}

export interface Commands {
  readonly run: Task<[CommandRequest]>;
  readonly resume: Task<[]>;
  readonly cancel: Task<[Operation]>;
  readonly progress: CommandProgress | null;
  /** The operations are over, their results are on their way into the sheet. */
  readonly isRefreshing: boolean;
  /** One per operation of the last command, until dismissed. */
  readonly outcomes: readonly CommandOutcome[];
  readonly unsent: Unsent | null;
  readonly isBusy: boolean;
  readonly dismiss: () => void;
}

/** Runs the commands of the sheet on the server, follows them, and brings their results into the sheet. */
export function useCommands(pull: Pull): Commands {
  const { preferences, workbook } = usePaneEnvironment();
  const { client } = useSession();
  const viewer = useViewer();
  const [progress, setProgress] = useState<CommandProgress | null>(null);
  const [isRefreshing, setIsRefreshing] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly CommandOutcome[]>([]);
  const [unsent, setUnsent] = useState<Unsent | null>(null);

  const dismiss = useCallback(() => {
    setOutcomes([]);
    setUnsent(null);
  }, []);

  const execute = async (plan: CommandPlan, start: PlanStart, signal: AbortSignal) => {
    dismiss();
    let done: CommandOutcome[];
    try {
      done = await runPlan(
        client,
        plan,
        start,
        {
          onStep: (unfinished) => preferences.write("unfinishedCommand", JSON.stringify(unfinished)),
          onProgress: setProgress,
          onOutcome: (outcome) => setOutcomes((before) => [...before, outcome]),
        },
        signal,
      );
    } finally {
      setProgress(null);
    }
    preferences.forget("unfinishedCommand");
    await bringIntoSheet(plan.view, done, signal);
    return done;
  };

  const bringIntoSheet = async (view: ChosenView | null, done: readonly CommandOutcome[], signal: AbortSignal) => {
    if (!view || done.length === 0) return;
    const tableKey = invoiceTableKey(view.viewId, view.month);
    const tables = await workbook.listTables();
    // The workbook may be another one by now, or the table deleted: a command does not write a new one.
    if (!tables.some((table) => table.tableKey === tableKey)) return;
    setIsRefreshing(true);
    try {
      await pull(view, signal, (rows) => {
        // The later operation has the last word on a row: sent, after finalized.
        return new Map(done.flatMap(({ operation, items }) => [...resultsByRow(operation.kind, items, rows)]));
      });
    } finally {
      setIsRefreshing(false);
    }
  };

  const run = useTask(async (signal, { command, view, selection, idempotencyKey }: CommandRequest) => {
    const plan = { view, kinds: KINDS_OF_COMMAND[command], idempotencyKey };
    await execute(plan, { step: 0, selection }, signal);
  });

  /** Some time has passed since it was confirmed: what is done is told, and further steps are asked for again. */
  const tellUnsent = ({ plan, step }: UnfinishedPlan, { status, succeeded }: Operation) => {
    const hasMore = step < plan.kinds.length - 1 && status === "COMPLETED";
    if (hasMore && plan.view && succeeded > 0) setUnsent({ view: plan.view, count: succeeded });
  };

  const resume = useTask(async (signal) => {
    const unfinished = parseUnfinishedPlan(preferences.read("unfinishedCommand"));
    if (!unfinished?.operationId) return resumeUnknown(unfinished, signal);

    const { plan, step, operationId } = unfinished;
    const operation = await findOperation(client, operationId, signal);
    if (operation && !isFinished(operation)) {
      await execute(plan, { step, operation }, signal);
      return;
    }
    preferences.forget("unfinishedCommand");
    if (!operation) return;
    const outcome = { operation, items: await listOperationItems(client, operationId) };
    setOutcomes([outcome]);
    await bringIntoSheet(plan.view, [outcome], signal);
    tellUnsent(unfinished, operation);
  });

  /** The pane was closed before it heard which operation it had started, or another person or program runs one. */
  const resumeUnknown = async (unfinished: UnfinishedPlan | null, signal: AbortSignal) => {
    const running = (await listRecentOperations(client)).find((operation) => !isFinished(operation));
    preferences.forget("unfinishedCommand");
    if (!running || !isCommandKind(running.kind)) return;
    const { kind } = running;
    const isProbablyOurs = running.requestedBy === viewer.name && kind === unfinished?.plan.kinds[unfinished.step];
    const view = isProbablyOurs ? (unfinished?.plan.view ?? null) : null;
    const plan = { view, kinds: [kind], idempotencyKey: running.id };
    const [outcome] = await execute(plan, { step: 0, operation: running }, signal);
    if (isProbablyOurs && unfinished && outcome) tellUnsent(unfinished, outcome.operation);
  };

  const { start: startResuming } = resume;
  useEffect(() => void startResuming(), [startResuming]);

  const cancel = useTask(async (_signal, operation: Operation) => {
    await cancelOperation(client, operation.id, crypto.randomUUID());
  });

  const isBusy = run.isRunning || progress !== null || isRefreshing;
  return useMemo(
    () => ({ run, resume, cancel, progress, isRefreshing, outcomes, unsent, isBusy, dismiss }),
    [run, resume, cancel, progress, isRefreshing, outcomes, unsent, isBusy, dismiss],
  );
}

/** Null for an operation of another organization, or of before a sandbox was started anew. */
async function findOperation(client: GraphqlClient, operationId: string, signal: AbortSignal) {
  return loadOperation(client, operationId, { signal }).catch((failure: unknown) => {
    if (failure instanceof ApiError && failure.code === "REFUSED") return null;
    throw failure;
  });
}
