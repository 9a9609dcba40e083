import type { PlainDate } from "../../domain/calendar/plain-date";
import type { UnusedTime } from "../../domain/contract/amendment";
import type { Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { invalidInput, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import { loadAmendable } from "./amendable";
import { lockContract } from "./contract.store";
import type { NewAmendment, NewChange } from "./new-amendment";
import { acceptAmendment, type Recorded, recordAmendment } from "./record-amendment";

/** The contract that a change was made on. */
export type ContractAt = { readonly id: string; readonly version: number };

// An amendment changes what is billed, so whoever may bill decides, as with activation.

export const amendContract = command({
  name: "amendContract",
  permission: "run_billing",
  run: ({ id, version, ...asked }: ContractAt & NewAmendment, scope) =>
    amend({ id, version }, asked, "contract.amended", scope),
});

export type Cancellation = {
  readonly effectiveOn: PlainDate;
  readonly at: "date" | "period_end";
  readonly unusedTime: UnusedTime;
  readonly reason: string;
};

export const cancelContract = command({
  name: "cancelContract",
  permission: "run_billing",
  run: ({ id, version, at, ...rest }: ContractAt & Cancellation, scope) =>
    amend({ id, version }, { ...rest, changes: [{ kind: "cancel", at }] }, "contract.cancelled", scope),
});

export type Resumption = { readonly effectiveOn: PlainDate; readonly reason: string };

export const resumeContract = command({
  name: "resumeContract",
  permission: "run_billing",
  run: ({ id, version, ...rest }: ContractAt & Resumption, scope) =>
    amend({ id, version }, { ...rest, unusedTime: "credit", changes: [{ kind: "resume" }] }, "contract.resumed", scope),
});

async function amend(
  { id, version }: ContractAt,
  asked: NewAmendment,
  action: string,
  scope: CommandScope,
): Promise<Result<Recorded, Refusal>> {
  const head = isId(id) ? await lockContract(id) : null;
  if (!head) return notFound("contract", id);
  if (head.version !== version) return staleVersion("contract", head.version);
  const amendable = await loadAmendable(head);
  const accepted = await acceptAmendment(amendable, asked);
  if (!accepted.ok) return invalidInput(accepted.error.map((problem) => atOwnPlace(problem, action, asked.changes)));
  const recording = {
    reason: asked.reason,
    isRenewal: false,
    quoteId: null,
    action,
    recordedBy: scope.caller.actor.name,
  };
  return recordAmendment(amendable, accepted.value, recording, scope);
}

/** Cancelling and resuming are one change that their inputs do not spell out. */
const atOwnPlace = <P extends { readonly path: readonly string[] }>(
  problem: P,
  action: string,
  [change]: readonly NewChange[],
): P =>
  action !== "contract.amended" && change && problem.path[0] === "changes"
    ? { ...problem, path: problem.path.slice(3) }
    : problem;
