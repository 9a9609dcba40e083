import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { lockSchedules } from "../../platform/draft-staleness.store";
import { isId } from "../../platform/ids";
import { conflict, invalid, notFound, type Refusal } from "../../platform/refusal";
import { calculateDrafts, type Invoice } from "../invoice";
import { checkReason } from "./check-reason";
import { recalculateEdited, takeDraft } from "./edit-draft";
import type { LineOverride } from "./line-override";
import { confirmOverride, deleteOverride, overridesById } from "./line-override.store";

export type OverrideSettled = {
  readonly id: string;
  /** of the draft on which its line stands; null where none does */
  readonly version: number | null;
  readonly reason: string;
};

/** The own amount stays, although the engine came to another one since. */
export const confirmLineOverride = command({
  name: "confirmLineOverride",
  permission: "run_billing",
  run: async (input: OverrideSettled, scope) => {
    const taken = await takeOverride(input);
    if (!taken.ok) return taken;
    const { override, draft } = taken.value;
    const { engineAmountNow } = override;
    if (!draft || engineAmountNow === null) {
      return conflict("OVERRIDE_VANISHED", "No draft has its line any more. Remove the override, or leave it.", ["id"]);
    }
    await confirmOverride(input.id, { engineAmount: engineAmountNow, by: scope.caller.actor.name, now: scope.now });
    await recalculateEdited([draft], scope);
    scope.note({
      action: "line_override.confirmed",
      subjectType: "invoice",
      subjectId: draft.id,
      before: { overrideId: input.id, engineAmount: override.engineAmount },
      after: { engineAmount: engineAmountNow, amount: override.amount, reason: input.reason },
    });
    return ok({ overrideId: input.id });
  },
});

/** The engine's amount stands again. */
export const removeLineOverride = command({
  name: "removeLineOverride",
  permission: "run_billing",
  run: async (input: OverrideSettled, scope) => {
    const taken = await takeOverride(input);
    if (!taken.ok) return taken;
    const { override, draft } = taken.value;
    await deleteOverride(input.id);
    if (draft) await recalculateEdited([draft], scope);
    else await calculateDrafts([override.contractId], scope);
    scope.note({
      action: "line_override.removed",
      subjectType: draft ? "invoice" : "contract",
      subjectId: draft?.id ?? override.contractId,
      before: override,
      after: { reason: input.reason },
    });
    return ok({ invoiceId: draft?.id ?? null });
  },
});

type TakenOverride = { readonly override: LineOverride; readonly draft: Invoice | null };

/** The override, with the draft on which its line stands, held for this transaction. */
async function takeOverride({ id, version, reason }: OverrideSettled): Promise<Result<TakenOverride, Refusal>> {
  const refused = checkReason(reason);
  if (refused) return refused;
  const found = isId(id) ? (await overridesById([id])).get(id) : undefined;
  if (!found) return notFound("line override", id);
  await lockSchedules([found.contractId]);
  // Who calculates or issues meanwhile has committed: it may have moved.
  const override = (await overridesById([id])).get(id);
  if (!override) return notFound("line override", id);
  if (override.state === "billed") {
    return conflict("OVERRIDE_BILLED", "An invoice with it is issued. Credit the line of that instead.", ["id"]);
  }
  if (override.invoiceId === null) return ok({ override, draft: null });
  if (version === null) return invalid("VERSION_MISSING", "Send the version of the draft with its line.", ["version"]);
  const draft = await takeDraft(override.invoiceId, version, ["id"]);
  return draft.ok ? ok({ override, draft: draft.value }) : draft;
}
