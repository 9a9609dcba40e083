import type { Actor } from "../../platform/access";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type {
  ItemOutcome,
  Operation,
  OperationItem,
  OperationItemStatus,
  OperationKind,
  OperationParameters,
  OperationStatus,
} from "./operation";

const OPERATION = `id, kind, status, requested_by AS "requestedBy", actor_kind AS "actorKind", actor_id AS "actorId", total, succeeded, skipped, failed,
  cancel_requested_at IS NOT NULL AS "isCancelRequested", parameters, retries_operation_id AS "retriesOperationId", created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;
const ITEM = `ordinal, subject_id AS "subjectId", status, code, message`;

/** Freezes the planned set: what is matched later does not join. */
export async function insertOperation(operation: {
  readonly id: string;
  readonly kind: OperationKind;
  readonly actor: Actor;
  readonly subjectIds: readonly string[];
  readonly parameters: OperationParameters;
  readonly retriesOperationId: string | null;
}): Promise<void> {
  const { id, kind, actor, subjectIds, parameters, retriesOperationId } = operation;
  await query(
    `INSERT INTO operation (organization_id, id, kind, status, requested_by, actor_kind, actor_id, total, parameters, retries_operation_id, created_at)
     VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, clock_timestamp())`,
    [
      organizationId(),
      id,
      kind,
      actor.name,
      actor.kind,
      actor.id,
      subjectIds.length,
      JSON.stringify(parameters),
      retriesOperationId,
    ],
  );
  await query(
    `INSERT INTO operation_item (organization_id, operation_id, ordinal, subject_id)
     SELECT $1, $2, ordinal, subject_id FROM unnest($3::uuid[]) WITH ORDINALITY AS item (subject_id, ordinal)`,
    [organizationId(), id, subjectIds],
  );
}

export async function enqueueOperation(id: string): Promise<void> {
  await query("SELECT jobs_api.enqueue('run_operation', $1, $2)", [
    JSON.stringify({ organizationId: organizationId(), operationId: id }),
    `operation:${id}`,
  ]);
}

/** A batch: operations by id. */
export async function operationsById(ids: readonly string[]): Promise<ReadonlyMap<string, Operation>> {
  const { rows } = await query<Operation>({
    name: "operations-by-id",
    text: `SELECT ${OPERATION} FROM operation WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The newest first. */
export async function listOperations(page: Page): Promise<Operation[]> {
  const { rows } = await query<Operation>({
    name: "list-operations",
    text: `SELECT ${OPERATION} FROM operation WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    values: [page.after?.[0] ?? null, page.limit],
  });
  return rows;
}

export async function listItems(
  operationId: string,
  page: Page,
  status: OperationItemStatus | null,
): Promise<OperationItem[]> {
  const { rows } = await query<OperationItem>({
    name: "list-operation-items",
    text: `SELECT ${ITEM} FROM operation_item
           WHERE operation_id = $1 AND ordinal > $2 AND ($3::text IS NULL OR status = $3) ORDER BY ordinal LIMIT $4`,
    values: [operationId, Number(page.after?.[0] ?? 0), status, page.limit],
  });
  return rows;
}

/** A batch: the operation that tries again what failed in each of these, where there is one. */
export async function retriesByOperation(ids: readonly string[]): Promise<ReadonlyMap<string, Operation>> {
  const { rows } = await query<Operation & { retriesOperationId: string }>({
    name: "retries-by-operation",
    text: `SELECT ${OPERATION} FROM operation WHERE retries_operation_id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.retriesOperationId, row]));
}

/** What an operation that is finished did not get done: what failed, and what it had not begun when it was cancelled. */
export async function undoneSubjects(id: string): Promise<string[]> {
  const { rows } = await query<{ subjectId: string }>(
    `SELECT subject_id AS "subjectId" FROM operation_item WHERE operation_id = $1 AND status IN ('failed', 'pending') ORDER BY ordinal`,
    [id],
  );
  return rows.map(({ subjectId }) => subjectId);
}

/** Takes the operation for the running worker; null where it is finished or unknown. Another worker waits here. */
export async function lockOperation(id: string): Promise<Operation | null> {
  const { rows } = await query<Operation>(
    `SELECT ${OPERATION} FROM operation WHERE id = $1 AND finished_at IS NULL FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

/** Whoever retries the same one at once waits. */
export async function lockOperationToRetry(id: string): Promise<Operation | null> {
  if (!isId(id)) return null;
  const { rows } = await query<Operation>(`SELECT ${OPERATION} FROM operation WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

export async function pendingItems(id: string, limit: number): Promise<OperationItem[]> {
  const { rows } = await query<OperationItem>(
    `SELECT ${ITEM} FROM operation_item WHERE operation_id = $1 AND status = 'pending' ORDER BY ordinal LIMIT $2`,
    [id, limit],
  );
  return rows;
}

export async function saveOutcomes(
  id: string,
  outcomes: readonly (ItemOutcome & { readonly ordinal: number })[],
): Promise<void> {
  await query(
    `UPDATE operation_item AS item SET status = outcome.status, code = outcome.code, message = outcome.message, finished_at = clock_timestamp()
     FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS outcome (ordinal, status, code, message)
     WHERE item.operation_id = $1 AND item.ordinal = outcome.ordinal`,
    [
      id,
      outcomes.map((outcome) => outcome.ordinal),
      outcomes.map((outcome) => outcome.status),
      outcomes.map((outcome) => outcome.code),
      outcomes.map((outcome) => outcome.message),
    ],
  );
  const count = (status: ItemOutcome["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  await query(
    "UPDATE operation SET succeeded = succeeded + $2, skipped = skipped + $3, failed = failed + $4 WHERE id = $1",
    [id, count("succeeded"), count("skipped"), count("failed")],
  );
}

export async function setStatus(id: string, status: OperationStatus): Promise<void> {
  const isFinal = status === "completed" || status === "cancelled";
  await query(
    `UPDATE operation SET status = $2, started_at = coalesce(started_at, clock_timestamp()),
       finished_at = CASE WHEN $3 THEN clock_timestamp() END WHERE id = $1`,
    [id, status, isFinal],
  );
}

export async function requestCancel(id: string): Promise<void> {
  await query(
    "UPDATE operation SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()) WHERE id = $1",
    [id],
  );
}

/** Tells every server process, after commit, that the operation moved on. */
export async function announceProgress(id: string): Promise<void> {
  await query("SELECT pg_notify('operation_progress', $1)", [id]);
}
