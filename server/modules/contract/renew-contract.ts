import { formatDay } from "../../domain/calendar/format";
import { laterOf, type PlainDate } from "../../domain/calendar/plain-date";
import { noticeDeadline, type Renewal, type RenewalRule } from "../../domain/contract/renewal";
import type { Decimal } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import { type Change, insertAuditEvents } from "../../platform/audit.store";
import { type Clock, organizationTime } from "../../platform/clock";
import { command } from "../../platform/command";
import { inTransaction } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { pricesById } from "../catalog";
import { loadOrganization } from "../organization";
import type { ContractAt } from "./amend-contract";
import { type Amendable, loadAmendable } from "./amendable";
import { contractsPastNotice, isAnyToRenew, lookForRenewalsInAnHour } from "./amendment.store";
import { REASON_LENGTH } from "./check-amendment";
import { checkRenewal } from "./check-new-contract";
import { lockContract } from "./contract.store";
import type { DraftedAmendment } from "./draft-amendment";
import { acceptDraft, recordAmendment } from "./record-amendment";
import { dueRenewal, raisedPrices, renewedPriceIds, renewedProducts } from "./renewal-changes";

/** What differs from the contract's own rule; null: as it says. */
export type RenewalAsked = {
  readonly months: number | null;
  readonly upliftPercent: Decimal | null;
  readonly reason: string;
};

/** Renews ahead of the day on which the rule would, or otherwise than it says. */
export const renewContract = command({
  name: "renewContract",
  permission: "run_billing",
  run: async ({ id, version, ...asked }: ContractAt & RenewalAsked, { caller, now, today, note }) => {
    const head = isId(id) ? await lockContract(id) : null;
    if (!head) return notFound("contract", id);
    if (head.version !== version) return staleVersion("contract", head.version);
    const rule = ruleFor(head.renewal, asked);
    if (rule.kind === "none") {
      const message = `The contract ${head.number} has no renewal rule. Say for how many months: send months.`;
      return conflict("NO_RENEWAL_RULE", message, ["months"]);
    }
    const problems = new InputProblems();
    problems.checkText(asked.reason, "The reason", REASON_LENGTH, "reason");
    // The rule's fields stand at the top of this input.
    const found = [
      ...problems.found,
      ...checkRenewal(rule).map(({ path, ...rest }) => ({ ...rest, path: path.slice(1) })),
    ];
    if (found.length > 0) return invalidInput(found);

    const amendable = await loadAmendable(head);
    const { contract, isCancelled } = amendable.current;
    if (isCancelled) {
      return conflict("CONTRACT_CANCELLED", `The contract ${head.number} is cancelled. Resume it first.`, ["id"]);
    }
    const deadline = noticeDeadline(contract, rule);
    if (deadline === null) {
      const message = `The contract ${head.number} runs until further notice, so there is nothing to renew.`;
      return conflict("NO_END", message, ["id"]);
    }
    const renewal = dueRenewal(amendable, rule, laterOf(today, deadline));
    if (!renewal) throw new Error(`the contract ${head.number} is past its deadline and does not renew`);
    const isByRule = asked.months === null && asked.upliftPercent === null;
    const recording = { reason: asked.reason, isRenewal: isByRule, quoteId: null, recordedBy: caller.actor.name };
    return renew(amendable, renewal, recording, { now, note });
  },
});

function ruleFor(own: RenewalRule, { months, upliftPercent }: RenewalAsked): RenewalRule {
  const rule = own.kind === "none" ? { noticeDays: 0, upliftPercent: null, months: null } : own;
  const term = months ?? rule.months;
  if (term === null) return { kind: "none" };
  const percent = (upliftPercent ?? rule.upliftPercent) as Percent | null;
  return { kind: "automatic", months: term, noticeDays: rule.noticeDays, upliftPercent: percent };
}

const SYSTEM = { kind: "system", id: null, name: "Billgrid" } as const;

/**
 * Renews what has become binding in the organization's day, and looks again in an hour for as long as anything may
 * renew. Doing it twice renews nothing twice: the term is longer then.
 */
export async function renewContracts(clock: Clock): Promise<void> {
  const { now, today } = organizationTime(clock, await loadOrganization());
  // A contract is a transaction: what keeps one from renewing keeps no other.
  for (const id of await contractsPastNotice(today)) await inTransaction(() => renewIfDue(id, { now, today }));
  if (await isAnyToRenew()) await lookForRenewalsInAnHour();
}

async function renewIfDue(
  id: string,
  { now, today }: { readonly now: Date; readonly today: PlainDate },
): Promise<void> {
  const head = await lockContract(id);
  if (!head) return;
  const amendable = await loadAmendable(head);
  const renewal = dueRenewal(amendable, head.renewal, today);
  if (!renewal) return;
  const changes: Change[] = [];
  const reason = `Renewed by its rule on ${formatDay(today)}.`;
  const recording = { reason, isRenewal: true, quoteId: null, recordedBy: SYSTEM.name };
  const recorded = await renew(amendable, renewal, recording, { now, note: (change) => changes.push(change) });
  // Such as usage that another contract bills meanwhile: people decide; the term then ends as agreed.
  if (recorded.ok) await insertAuditEvents(SYSTEM, newId(), changes);
}

type Recording = Omit<Parameters<typeof recordAmendment>[2], "action">;

async function renew(
  amendable: Amendable,
  { effectiveOn, changes }: Renewal,
  recording: Recording,
  scope: Parameters<typeof recordAmendment>[3],
) {
  const draft: DraftedAmendment = {
    amendment: { id: newId(), effectiveOn, unusedTime: "credit", changes },
    askedAt: [],
    negotiated: raisedPrices(amendable, changes, await pricesById(renewedPriceIds(amendable))),
    prices: new Map(),
    productOfBound: new Map(renewedProducts(amendable, changes)),
  };
  const accepted = acceptDraft(amendable, draft, { changes: [] });
  if (!accepted.ok) return invalidInput(accepted.error);
  return recordAmendment(amendable, accepted.value, { ...recording, action: "contract.renewed" }, scope);
}
