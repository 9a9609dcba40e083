import type { PlainMonth } from "../../domain/calendar/plain-month";
import { ok, type Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { conflict, invalid, notFound, type Refusal } from "../../platform/refusal";
import { flaggedRowIdsOfView } from "./read-invoice-grid";
import { missingAccountOf } from "./shared-bill";
import { type SignableRow, signableRows } from "./sign-off";
import { insertSignOffs, lockSigning, lockSignOffs, revokeSignOffRows } from "./sign-off.store";

/** Rows of a month: those named, or all that a view shows with a flag. */
export type RowSelection = {
  readonly month: PlainMonth;
  /** ids of invoices, or of missing bills */
  readonly rowIds: readonly string[] | null;
  readonly viewId: string | null;
};

const ROWS_MAXIMUM = 10_000;
const NOTE_MAXIMUM = 2_000;

/** Somebody looked at these changes and lets them pass. What is signed already, as it stands, is left as it is. */
export const signOffVariances = command({
  name: "signOffVariances",
  permission: "run_billing",
  mayChangeNothing: true,
  run: async ({ selection, note }: { readonly selection: RowSelection; readonly note: string }, scope) => {
    const why = note.trim();
    if (why === "") return invalid("NOTE_MISSING", "Say in a note why these changes are right.", ["note"]);
    if (why.length > NOTE_MAXIMUM)
      return invalid("NOTE_TOO_LONG", `A note has at most ${NOTE_MAXIMUM} characters.`, ["note"]);
    await lockSigning(selection.month);
    const rows = await rowsSelected(selection, scope);
    if (!rows.ok) return rows;
    const standing = new Map(
      (
        await lockSignOffs(
          selection.month,
          rows.value.map(({ rowId }) => rowId),
        )
      ).map((each) => [each.rowId, each]),
    );
    const signed = rows.value.filter(({ rowId, varianceHash }) => standing.get(rowId)?.varianceHash !== varianceHash);
    const { caller, now } = scope;
    const outdated = signed.flatMap(({ rowId }) => standing.get(rowId)?.id ?? []);
    if (outdated.length > 0) await revokeSignOffRows(outdated, caller.actor.name, now);
    const made = signed.map((row) => ({ id: newId(), ...row }));
    if (made.length > 0)
      await insertSignOffs(selection.month, made, { note: why, signedBy: caller.actor.name, signedAt: now });
    for (const { id, rowId } of made) {
      scope.note({
        action: "signOffVariances",
        subjectType: "variance_sign_off",
        subjectId: id,
        before: null,
        after: { month: selection.month, rowId, note: why },
      });
    }
    return ok({ month: selection.month, rowIds: rows.value.map(({ rowId }) => rowId), signed: made.length });
  },
});

/** Takes sign-offs back, so that the changes are asked about again. */
export const revokeVarianceSignOffs = command({
  name: "revokeVarianceSignOffs",
  permission: "run_billing",
  mayChangeNothing: true,
  run: async ({ month, rowIds }: { readonly month: PlainMonth; readonly rowIds: readonly string[] }, scope) => {
    const wanted = [...new Set(rowIds.map((id) => id.toLowerCase()))];
    if (wanted.length > ROWS_MAXIMUM) return tooMany(wanted.length, ["rowIds"]);
    await lockSigning(month);
    const standing = await lockSignOffs(month, [...new Set([...wanted, ...rowIds])]);
    const { caller, now } = scope;
    if (standing.length > 0) {
      await revokeSignOffRows(
        standing.map(({ id }) => id),
        caller.actor.name,
        now,
      );
    }
    for (const { id, rowId, note } of standing) {
      scope.note({
        action: "revokeVarianceSignOffs",
        subjectType: "variance_sign_off",
        subjectId: id,
        before: { month, rowId, note },
        after: null,
      });
    }
    return ok({ month, rowIds: standing.map(({ rowId }) => rowId), revoked: standing.length });
  },
});

async function rowsSelected(
  { month, rowIds, viewId }: RowSelection,
  scope: CommandScope,
): Promise<Result<readonly SignableRow[], Refusal>> {
  if ((rowIds === null) === (viewId === null))
    return invalid("SELECTION_AMBIGUOUS", "Select either by rowIds or by viewId.", ["selection"]);
  const wanted = rowIds ? ok([...new Set(rowIds)]) : await flaggedRowIdsOfView(scope, viewId ?? "", month);
  if (!wanted.ok) return { ok: false, error: { ...wanted.error, path: ["selection", ...wanted.error.path] } };
  if (wanted.value.length > ROWS_MAXIMUM) return tooMany(wanted.value.length, ["selection"]);
  if (wanted.value.length === 0)
    return conflict("NOTHING_SELECTED", "The selection holds no change to sign off.", ["selection"]);
  const rows = await signableRows(month, null, scope.today);
  const found = wanted.value.map((id) => rows.get(id) ?? rows.get(missingAccountOf(id) ? id : id.toLowerCase()));
  const unknown = found.indexOf(undefined);
  if (unknown >= 0) return notFound("row", wanted.value[unknown] ?? "", ["selection", "rowIds", String(unknown)]);
  return ok(found.filter((row) => row !== undefined));
}

const tooMany = (count: number, path: readonly string[]) =>
  invalid("TOO_MANY_ROWS", `The selection holds ${count} rows; the limit is ${ROWS_MAXIMUM}.`, path);
