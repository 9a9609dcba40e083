import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { ok, type Result } from "../../domain/result";
import type { FilterRecord } from "../../domain/view/filter-record";
import { type CommandScope, command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalid, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { activeContractIds } from "../contract";
import { INCLUDE_RUNNING } from "../invoice";
import { type OperationKind, type OperationParameters, requestOperation } from "../operation";
import { selectInvoices } from "../view";
import { creditNoteIds, existingInvoiceIds } from "./month-bills.store";
import { invoiceIdsOfView } from "./read-invoice-grid";

/** Exactly one of three: invoices, in the order of the work; what a view shows in a month; or what a filter selects. */
export type InvoiceSelection = {
  readonly invoiceIds: readonly string[] | null;
  readonly viewId: string | null;
  readonly month: PlainMonth | null;
  /** with a month: of that month alone */
  readonly filter?: FilterRecord | null;
};

const SELECTION_MAXIMUM = 100_000;

const requestFor = (kind: Exclude<OperationKind, "draft">) =>
  command({
    name: `${kind}Invoices`,
    permission: "run_billing",
    run: async ({ selection }: { readonly selection: InvoiceSelection }, scope) => {
      const selected = await invoicesSelected(selection, scope);
      if (!selected.ok) return selected;
      if (selected.value.length === 0)
        return conflict("NOTHING_SELECTED", "The selection holds no invoice.", ["selection"]);
      const ids = kind === "finalize" ? await creditNotesFirst(selected.value) : selected.value;
      return ok({ operationId: await requestOperation(kind, ids, scope) });
    },
  });

const REASON_LENGTH = 500;

/** Withdraws what was issued and seen by nobody; each invoice of the selection says whether it could be. */
export const voidInvoices = command({
  name: "voidInvoices",
  permission: "run_billing",
  run: async ({ selection, reason }: { readonly selection: InvoiceSelection; readonly reason: string }, scope) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", REASON_LENGTH, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const selected = await invoicesSelected(selection, scope);
    if (!selected.ok) return selected;
    if (selected.value.length === 0) {
      return conflict("NOTHING_SELECTED", "The selection holds no invoice.", ["selection"]);
    }
    return ok({ operationId: await requestOperation("void", selected.value, scope, { parameters: { reason } }) });
  },
});

/** What is issued again has to find its original credited, in whatever step of the operation it is done. */
async function creditNotesFirst(ids: readonly string[]): Promise<readonly string[]> {
  const notes = await creditNoteIds(ids);
  return notes.size === 0 ? ids : [...ids.filter((id) => notes.has(id)), ...ids.filter((id) => !notes.has(id))];
}

export const recalculateInvoices = requestFor("recalculate");
export const finalizeInvoices = requestFor("finalize");
export const sendInvoices = requestFor("send");
export const syncInvoices = requestFor("sync");
export const remindInvoices = requestFor("remind");

/**
 * Drafts what has fallen due for all active contracts. The day can be given, so that a client learns when its day is not
 * the organization's; no other day is taken: an earlier one would take back what has fallen due since.
 */
export const draftInvoices = command({
  name: "draftInvoices",
  permission: "run_billing",
  run: async (
    { asOf, includeRunning }: { readonly asOf: PlainDate | null; readonly includeRunning: boolean },
    scope,
  ) => {
    const { today } = scope;
    if (asOf !== null && asOf > today) {
      return invalid(
        "AS_OF_IN_FUTURE",
        `Today is ${formatDay(today)}; what falls due later is drafted when its day has come.`,
        ["asOf"],
      );
    }
    if (asOf !== null && asOf < today) {
      return invalid(
        "AS_OF_IN_PAST",
        `Today is ${formatDay(today)}; drafting as of an earlier day would take back what has fallen due since.`,
        ["asOf"],
      );
    }
    const contractIds = await activeContractIds();
    if (contractIds.length === 0)
      return conflict("NOTHING_SELECTED", "There is no active contract to draft invoices for.");
    const parameters: OperationParameters = includeRunning ? { [INCLUDE_RUNNING]: "true" } : {};
    return ok({ operationId: await requestOperation("draft", contractIds, scope, { parameters }) });
  },
});

async function invoicesSelected(
  { invoiceIds, viewId, month, filter = null }: InvoiceSelection,
  scope: CommandScope,
): Promise<Result<readonly string[], Refusal>> {
  const isOfMonth = filter === null && (viewId !== null || month !== null);
  const ways = [invoiceIds !== null, isOfMonth, filter !== null].filter((isWay) => isWay).length;
  if (ways !== 1 || (invoiceIds !== null && month !== null) || (filter !== null && viewId !== null)) {
    return invalid("SELECTION_AMBIGUOUS", "Select either by invoiceIds, or by viewId and month, or by filter.", [
      "selection",
    ]);
  }
  if (invoiceIds !== null) return invoicesNamed(invoiceIds);
  if (filter !== null) {
    const found = await selectInvoices({ filter, month }, { today: scope.today, limit: SELECTION_MAXIMUM });
    if (!found.ok) return { ok: false, error: { ...found.error, path: ["selection", ...found.error.path] } };
    return found.value.length > SELECTION_MAXIMUM ? tooMany(`more than ${SELECTION_MAXIMUM}`) : found;
  }
  if (viewId === null) return invalid("VIEW_MISSING", "Send viewId with month.", ["selection", "viewId"]);
  if (month === null) return invalid("MONTH_MISSING", "Send month with viewId.", ["selection", "month"]);
  const shown = await invoiceIdsOfView(scope, viewId, month);
  if (!shown.ok) return { ok: false, error: { ...shown.error, path: ["selection", ...shown.error.path] } };
  return shown.value.length > SELECTION_MAXIMUM ? tooMany(shown.value.length) : shown;
}

const NAMED_AT_MOST = 5;

async function invoicesNamed(given: readonly string[]): Promise<Result<readonly string[], Refusal>> {
  if (given.length > SELECTION_MAXIMUM) return tooMany(given.length);
  const ids = given.map((id) => id.toLowerCase());
  const existing = await existingInvoiceIds(ids.filter(isId));
  const unknown = given.filter((_, index) => !existing.has(ids[index] as string));
  if (unknown.length === 0) return ok([...new Set(ids)]);
  const more = unknown.length - NAMED_AT_MOST;
  const named = unknown.slice(0, NAMED_AT_MOST).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return notFound("invoice", named, ["selection", "invoiceIds", String(given.indexOf(unknown[0] as string))]);
}

const tooMany = (count: number | string) =>
  invalid("TOO_MANY_INVOICES", `The selection holds ${count} invoices; the limit is ${SELECTION_MAXIMUM}.`, [
    "selection",
  ]);
