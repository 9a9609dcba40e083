import { fullPeriods, isRecurring } from "../../domain/calendar/cadence";
import { includes } from "../../domain/calendar/period";
import { earlierOf, type PlainDate } from "../../domain/calendar/plain-date";
import type { AmendmentProblem } from "../../domain/contract/amendment";
import type { Contract as BilledContract } from "../../domain/contract/contract";
import { type ChargeChange, compareContracts } from "../../domain/contract/describe-change";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { fail, ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { conflict, type Problem, type Refusal } from "../../platform/refusal";
import type { AgreedContract, StoredPrice } from "./agreed-contract";
import { type Amendable, amendedBy } from "./amendable";
import type { Amendment } from "./amendment";
import { billRevision, insertAmendment } from "./amendment.store";
import { toAmendmentProblem } from "./amendment-problems";
import { checkAmendment } from "./check-amendment";
import { insertRevision } from "./contract.store";
import { type DraftedAmendment, draftAmendment, loadNamedByAmendment } from "./draft-amendment";
import { billedTwiceInWords, usageBilledTwice } from "./metered-twice.store";
import type { NewAmendment } from "./new-amendment";
import { storeNegotiated } from "./price-list";
import { storedChange } from "./stored-changes";
import { withStoredIds } from "./stored-id";

/** An amendment that can be made, and the contract that it makes; its negotiated prices are not stored yet. */
export type AcceptedAmendment = {
  readonly draft: DraftedAmendment;
  readonly before: BilledContract;
  readonly after: AgreedContract;
};

/** Everything that is wrong with an amendment at once, or what it makes of the contract. */
export async function acceptAmendment(
  amendable: Amendable,
  asked: NewAmendment,
): Promise<Result<AcceptedAmendment, Problem[]>> {
  const named = await loadNamedByAmendment(amendable, asked);
  const draft = draftAmendment(amendable, asked, named);
  const problems = checkAmendment(asked, amendable, named);
  const accepted = acceptDraft(amendable, draft, asked);
  const found = accepted.ok ? problems : [...problems, ...accepted.error];
  return found.length > 0 ? fail(found) : accepted;
}

/** What an amendment, drafted as it is, makes of the contract. */
export function acceptDraft(
  amendable: Amendable,
  draft: DraftedAmendment,
  asked: Pick<NewAmendment, "changes">,
): Result<AcceptedAmendment, Problem[]> {
  const after = amendedBy(amendable, draft.amendment, draft);
  if (after.ok) return ok({ draft, before: withStoredIds(amendable.current.contract), after: after.value });
  const unclear = new Set(asked.changes.flatMap(({ kind }, index) => (kind === "unclear" ? [index] : [])));
  const problems = after.error
    .map((problem) => atAsked(problem, draft, amendable))
    .filter(({ path }) => !(path[2] === "changes" && unclear.has(Number(path[3]))));
  return fail(problems.map((problem) => toAmendmentProblem(problem, asked, amendable.earlier)));
}

/** At the place of the change that was asked for, where that became several. */
function atAsked(
  problem: AmendmentProblem,
  { askedAt }: DraftedAmendment,
  { earlier }: Pick<Amendable, "earlier">,
): AmendmentProblem {
  const [list, index, part, change, ...within] = problem.path;
  if (list !== "amendments" || index !== earlier.length || part !== "changes") return problem;
  return { ...problem, path: [list, index, part, askedAt[Number(change)] ?? Number(change), ...within] };
}

export type Recorded = { readonly contractId: string; readonly amendmentId: string; readonly staleInvoices: number };

type Recording = {
  readonly reason: string;
  readonly isRenewal: boolean;
  readonly quoteId: string | null;
  /** For the audit trail. */
  readonly action: string;
  readonly recordedBy: string;
};

/**
 * Writes an amendment with the revision that it makes, and tells billing from which day on it bills otherwise. The
 * contract is locked (lockContract).
 */
export async function recordAmendment(
  amendable: Amendable,
  { draft, before, after }: AcceptedAmendment,
  { reason, isRenewal, quoteId, action, recordedBy }: Recording,
  { now, note }: Pick<CommandScope, "now" | "note">,
): Promise<Result<Recorded, Refusal>> {
  const { head, earlier } = amendable;
  const twice = head.schedule.status === "draft" ? [] : await usageBilledTwice(head, after.contract);
  if (twice.length > 0) return conflict("USAGE_BILLED_TWICE", billedTwiceInWords(twice), ["changes"]);

  const { id, effectiveOn, unusedTime } = draft.amendment;
  const stored = await storeNegotiated(draft.negotiated, { contractId: head.id, effectiveOn }, now);
  const agreed = { ...after, prices: new Map([...after.prices, ...stored]) };
  const revision = head.schedule.revision + 1;
  const changes = draft.amendment.changes.map((change) =>
    storedChange(change, { priceIdOf: idIn(agreed.prices), productOfBound: draft.productOfBound }),
  );
  const amendment: Amendment = {
    id,
    contractId: head.id,
    ordinal: earlier.length + 1,
    effectiveOn,
    unusedTime,
    changes,
    reason,
    isRenewal,
    quoteId,
    revision,
    recordedBy,
    recordedAt: now,
  };
  await insertAmendment(amendment);
  await insertRevision({ agreed, scheduleId: head.schedule.id, revision, amendmentId: id }, now);
  await billRevision(head, { revision, endsBefore: agreed.contract.endsBefore }, now);

  const from = firstDifference(before, agreed.contract, effectiveOn);
  const staleInvoices =
    from === null
      ? 0
      : await markDraftsStale({ customerIds: [head.customerId], from, before: null, reason: "contract", now });
  note({
    action,
    subjectType: "contract",
    subjectId: head.id,
    before: { revision: head.schedule.revision, endsBefore: head.endsBefore },
    after: {
      revision,
      endsBefore: agreed.contract.endsBefore,
      amendmentId: id,
      effectiveOn,
      unusedTime,
      changes,
      reason,
    },
  });
  return ok({ contractId: head.id, amendmentId: id, staleInvoices });
}

const idIn =
  (prices: ReadonlyMap<RatedPrice, StoredPrice>) =>
  (price: RatedPrice): string => {
    const stored = prices.get(price);
    if (!stored) throw new Error("an amendment changes to a price that is not stored");
    return stored.id;
  };

/**
 * The first day from which two states of a contract bill otherwise. Of what is billed in advance it is the first day of
 * the period that the change cuts: what fell due then is too much or too little. Null: they bill the same.
 */
export function firstDifference(
  before: BilledContract,
  after: BilledContract,
  effectiveOn: PlainDate,
): PlainDate | null {
  const { term, charges, minimums, maximums, discounts } = compareContracts(before, after);
  const days = charges.map((change) => billedSince(change, before));
  const ends = term ? [term.before.endsBefore, term.after.endsBefore].filter((day) => day !== null) : [];
  if (ends.length > 0) days.push(ends.reduce(earlierOf));
  // Bounds and discounts compare whole periods, from the day of the amendment on.
  if (minimums.length + maximums.length + discounts.length > 0) days.push(effectiveOn);
  return days.length === 0 ? null : days.reduce(earlierOf);
}

/**
 * The day of the change, or the first of the full period that is billed in advance over it: a period that was cut is
 * billed less, one that goes on is billed more.
 */
function billedSince({ startsOn, before, after }: ChargeChange, contract: BilledContract): PlainDate {
  const charge = before ?? after;
  if (charge === null || charge.timing === "in_arrears" || !isRecurring(charge.cadence)) return startsOn;
  const periods = fullPeriods(charge.cadence, contract, { from: startsOn, through: startsOn });
  return periods.find((period) => includes(period, startsOn))?.startsOn ?? startsOn;
}
