import { insertAuditEvents } from "../../platform/audit.store";
import { inTransaction } from "../../platform/database/transaction";
import type { ItemOutcome, Operation, OperationItem, OperationKind } from "./operation";
import { announceProgress, lockOperation, pendingItems, saveOutcomes, setStatus } from "./operation.store";

/** Does one kind of operation to some subjects, and says for each, in the same order, how it fared. */
export type Performer = {
  /** how many subjects share a step, and so the steps in which progress is seen */
  readonly batchSize: number;
  /**
   * `database`: what is done and that it is done are one commit. `world`: something leaves the house that no rollback
   * takes back, such as a mail; the performer itself has to notice what it did before a crash.
   */
  readonly reach: "database" | "world";
  readonly subjectType: "invoice" | "contract";
  readonly perform: (subjectIds: readonly string[], operation: Operation) => Promise<readonly ItemOutcome[]>;
};

export type Performers = { readonly [Kind in OperationKind]: Performer };

/**
 * Runs an operation to its end, step by step; running it again goes on where it stopped. The queue hands an operation
 * to one worker at a time.
 */
export async function runOperation(performers: Performers, operationId: string): Promise<void> {
  for (let isMore = true; isMore; await announceProgress(operationId)) isMore = await runStep(performers, operationId);
}

async function runStep(performers: Performers, operationId: string): Promise<boolean> {
  const planned = await inTransaction(() => planStep(performers, operationId));
  if (!planned) return false;
  const { operation, items, performer } = planned;
  const ids = items.map((item) => item.subjectId);
  const save = async (outcomes: readonly ItemOutcome[]) => {
    await saveOutcomes(operationId, matched(items, outcomes));
    await audit(operation, ids, outcomes, performer.subjectType);
  };
  if (performer.reach === "database") {
    await inTransaction(async () => save(await performer.perform(ids, operation)));
  } else {
    const outcomes = await performer.perform(ids, operation);
    await inTransaction(() => save(outcomes));
  }
  return true;
}

/** What to do next; null when the operation is over, which is then written down. */
async function planStep(performers: Performers, operationId: string) {
  const operation = await lockOperation(operationId);
  if (!operation) return null;
  if (operation.isCancelRequested) {
    await setStatus(operationId, "cancelled");
    return null;
  }
  const performer = performers[operation.kind];
  const items = await pendingItems(operationId, performer.batchSize);
  if (items.length === 0) {
    await setStatus(operationId, "completed");
    return null;
  }
  if (operation.status === "queued") await setStatus(operationId, "running");
  return { operation, items, performer };
}

/** Each subject that was changed has its line in the audit trail, in the name of whoever asked for the operation. */
async function audit(
  operation: Operation,
  ids: readonly string[],
  outcomes: readonly ItemOutcome[],
  subjectType: string,
): Promise<void> {
  const changes = outcomes.flatMap(({ status, code, message }, index) =>
    status === "succeeded"
      ? [
          {
            action: `${subjectType}.${operation.kind}`,
            subjectType,
            subjectId: ids[index] as string,
            after: { code, message },
          },
        ]
      : [],
  );
  if (changes.length === 0) return;
  await insertAuditEvents(
    { kind: operation.actorKind, id: operation.actorId, name: operation.requestedBy },
    operation.id,
    changes,
  );
}

function matched(items: readonly OperationItem[], outcomes: readonly ItemOutcome[]) {
  if (outcomes.length !== items.length) throw new Error(`${items.length} subjects, but ${outcomes.length} outcomes`);
  return outcomes.map((outcome, index) => ({ ...outcome, ordinal: (items[index] as OperationItem).ordinal }));
}
