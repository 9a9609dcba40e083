import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { ChargePiece } from "../../domain/contract/charge-piece";
import { compilePhases } from "../../domain/contract/compile-phases";
import type { Charge, Contract, Phase } from "../../domain/contract/contract";
import { type PlanProblem, planCharge } from "../../domain/contract/plan-charge";
import { type Currency, currency, parseCurrency } from "../../domain/money/currency";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { at } from "../../domain/problem";
import { newId } from "../../platform/ids";
import type { Customer } from "../customer";
import type { AgreedContract, StoredPrice } from "./agreed-contract";
import { draftBound, draftCharge, draftContractDiscount, draftRampStep, draftTrial } from "./draft-terms";
import type { Named } from "./named";
import type { NewCharge, NewContract, NewPhase } from "./new-contract";
import { type NegotiatedPrice, PriceList } from "./price-list";
import { withStoredIds } from "./stored-id";

export type { Named } from "./named";

/** The contract that the engine would bill, once its negotiated prices are stored. */
export type DraftedContract = AgreedContract & {
  /** As it was asked for, before trials and ramps made phases of their own: its places are those of the input. */
  readonly asAsked: Contract;
  readonly planProblems: readonly PlanProblem[];
  readonly negotiated: readonly NegotiatedPrice[];
};

/**
 * Gives everything its id and its default. What cannot be made gets a stand-in, so that places in the draft are places
 * in the input: the domain can then say what else is wrong. Such a draft is always refused and never stored.
 */
export function draftContract(input: NewContract, named: Named): DraftedContract {
  const prices = new PriceList(named);
  const discountIds = new Map<string, string>();
  const asked = input.phases.map((phase, index) => ({
    startsOn: phase.startsOn,
    endsBefore: endOf(phase, index, input),
    charges: phase.charges.map((charge) => draftCharge(charge, prices.priceFor, discountIds)),
  }));
  const minimums = input.minimums.map((bound) => draftBound(bound, input));
  const maximums = input.maximums.map((bound) => draftBound(bound, input));
  const bounds = [...input.minimums.map(keyed(minimums)), ...input.maximums.map(keyed(maximums))];
  const boundIds = new Map(bounds.flatMap(({ key, id }) => (key === null ? [] : [[key, id]])));
  const asAsked: Contract = {
    id: newId(),
    currency: currencyOf(input, named.customer) ?? STAND_IN_CURRENCY,
    startsOn: input.startsOn,
    endsBefore: input.endsBefore,
    anchorOn: input.anchorOn ?? input.startsOn,
    firstPeriod: input.firstPeriod,
    phases: asked.map((phase, index) => ({ ...phase, id: String(index) })),
    minimums,
    maximums,
    discounts: input.discounts.map((discount) => draftContractDiscount(discount, boundIds)),
    billedThrough: input.billedThroughOn,
    lateUsage: input.lateUsage,
  };

  const planned = asAsked.phases.map((phase, index) =>
    planPhase(phase, input.phases[index]?.charges ?? [], prices, ["phases", index]),
  );
  return {
    asAsked,
    contract: withStoredIds({ ...asAsked, phases: planned.flatMap(({ phases }) => phases) }),
    phaseNames: planned.flatMap(({ phases }, index) => namesOf(input.phases[index]?.name ?? null, index, phases)),
    productOfBound: new Map(bounds.map(({ id, productId }) => [id, productId])),
    planProblems: planned.flatMap(({ problems }) => problems),
    prices: prices.stored,
    negotiated: prices.negotiated,
  };
}

/** The draft with the prices that were stored for it. */
export const withPrices = (draft: DraftedContract, stored: ReadonlyMap<RatedPrice, StoredPrice>): AgreedContract => ({
  ...draft,
  prices: new Map([...draft.prices, ...stored]),
});

/** Null where the code that was asked for is none, or where nobody says which. */
export function currencyOf(input: Pick<NewContract, "currency">, customer: Customer | null): Currency | null {
  const parsed = parseCurrency(input.currency ?? customer?.currency ?? "");
  return parsed.ok ? parsed.value : null;
}
const STAND_IN_CURRENCY: Currency = currency("USD");

const keyed =
  (drafted: readonly { readonly id: string }[]) =>
  ({ key, productId }: { readonly key: string | null; readonly productId: string }, index: number) => ({
    key,
    productId,
    id: drafted[index]?.id ?? "",
  });

function endOf(phase: NewPhase, index: number, { phases, endsBefore }: NewContract): PlainDate | null {
  const next = phases[index + 1];
  return phase.endsBefore ?? (next ? next.startsOn : endsBefore);
}

type PlannedPhase = { readonly phases: readonly Phase[]; readonly problems: readonly PlanProblem[] };
type Path = readonly (string | number)[];

/** A phase whose charges have trials or ramps becomes as many as they have steps. */
function planPhase(phase: Phase, asked: readonly NewCharge[], prices: PriceList, path: Path): PlannedPhase {
  if (asked.every(({ trial, ramp }) => trial === null && ramp.length === 0)) return { phases: [phase], problems: [] };
  const pieces: ChargePiece[] = [];
  const problems: PlanProblem[] = [];
  phase.charges.forEach((charge, index) => {
    const planned = plan(charge, asked[index], phase, prices);
    if (planned.ok) pieces.push(...planned.value);
    else problems.push(...at([...path, "charges", index], planned.error));
  });
  return { phases: problems.length > 0 ? [phase] : compilePhases(phase, pieces), problems };
}

function plan(charge: Charge, asked: NewCharge | undefined, term: Phase, prices: PriceList) {
  const ramp = (asked?.ramp ?? []).map((step) => draftRampStep(step, prices.priceFor));
  return planCharge({
    charge,
    term,
    trial: asked?.trial ? draftTrial(asked.trial) : null,
    // A step without a day is refused by itself; the days of the others then say nothing.
    ramp: ramp.some((step) => step === null) ? [] : ramp.filter((step) => step !== null),
  });
}

function namesOf(name: string | null, index: number, phases: readonly Phase[]): string[] {
  const own = name ?? `Phase ${index + 1}`;
  return phases.map(({ startsOn }, part) => (part === 0 ? own : `${own}, from ${formatDay(startsOn)}`));
}
