import type { Result } from "../../domain/result";
import { ok } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { lockSchedules } from "../../platform/draft-staleness.store";
import { isId } from "../../platform/ids";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import {
  calculateDrafts,
  contractsOfInvoices,
  type DraftOutcome,
  type Invoice,
  invoicesById,
  lockDraft,
  recalculateOneOffs,
} from "../invoice";
import { touchDrafts } from "./draft.store";

/** A draft as its editor saw it. */
export type DraftSeen = { readonly id: string; readonly version: number };

/**
 * Takes drafts for an edit, in the order of locks: the schedules of their contracts, then the drafts in order of id. Refuses
 * what is issued, and what was changed since it was seen. Answers them in the order asked for; `path` names each in the input.
 */
export async function takeDrafts(
  seen: readonly DraftSeen[],
  path: (index: number, field: "id" | "version") => readonly string[],
): Promise<Result<readonly Invoice[], Refusal>> {
  const contracts = await contractsOfInvoices(seen.map(({ id }) => id).filter(isId));
  await lockSchedules([...new Set([...contracts.values()].flat())].sort());
  const locked = new Map<string, Invoice | null>();
  for (const { id } of seen.toSorted((a, b) => (a.id < b.id ? -1 : 1))) locked.set(id, await lockDraft(id));
  const drafts: Invoice[] = [];
  for (const [index, { id, version }] of seen.entries()) {
    const draft = locked.get(id);
    if (!draft) return notADraft(id, path(index, "id"));
    if (draft.version !== version) return staleVersion("draft", draft.version, path(index, "version"));
    drafts.push(draft);
  }
  return ok(drafts);
}

export async function takeDraft(
  id: string,
  version: number,
  path: readonly string[] = ["invoiceId"],
): Promise<Result<Invoice, Refusal>> {
  const taken = await takeDrafts([{ id, version }], (_, field) => (field === "id" ? path : ["version"]));
  return taken.ok ? ok(taken.value[0] as Invoice) : taken;
}

async function notADraft(id: string, path: readonly string[]) {
  const issued = isId(id) ? (await invoicesById([id])).get(id) : undefined;
  if (!issued) return notFound("invoice", id, path);
  return conflict(
    "INVOICE_ISSUED",
    `${issued.number} is issued, and its content never changes. Credit it, in part or in full, instead.`,
    path,
  );
}

/**
 * Calculates edited drafts anew, with all that share a document with them; within the transaction of the edit, so that
 * nobody sees the one without the other. Answers what became of all that were calculated. `contractIds`: those that had to do with them before the edit.
 */
export async function recalculateEdited(
  drafts: readonly Invoice[],
  { today, now }: Pick<CommandScope, "today" | "now">,
  contractIds: readonly string[] = [],
): Promise<readonly DraftOutcome[]> {
  const ids = drafts.map(({ id }) => id);
  await touchDrafts(ids, now);
  const concerned = new Set([...contractIds, ...[...(await contractsOfInvoices(ids)).values()].flat()]);
  const oneOffs = drafts.filter(({ origin }) => origin === "one_off").map(({ id }) => id);
  return [
    ...(concerned.size > 0 ? await calculateDrafts([...concerned].sort(), { today, now }) : []),
    ...(oneOffs.length > 0 ? await recalculateOneOffs(oneOffs, { today, now }) : []),
  ];
}
