import { lastDayOf, type Period } from "../calendar/period";
import { addMonths, type PlainDate } from "../calendar/plain-date";
import type { BillingTiming } from "../contract/contract";
import { inOrder } from "../in-order";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { type Money, money, roundToMinorUnit } from "../money/money";
import { type Percent, percentOf } from "../money/percent";

/** Paid for before it is used, or given away. */
export type CreditKind = "prepaid" | "promotional";

/** Credits that a customer may use up. All grants that are looked at together are of one currency. */
export type CreditGrant = {
  /** Rises with time, as ids do: of two that are otherwise alike the older one is used first. */
  readonly id: string;
  readonly kind: CreditKind;
  readonly startsOn: PlainDate;
  /** Null: it does not end. */
  readonly endsBefore: PlainDate | null;
  /** The lowest number is used first. */
  readonly priority: number;
  readonly productIds: readonly string[] | "all";
  readonly balance: Decimal;
};

/** What credits may pay: a line of an invoice, net of tax. Lines below zero make less of the others payable. */
export type CreditableLine = {
  readonly key: string;
  readonly productId: string;
  readonly net: Decimal;
  readonly earnedOn: PlainDate;
};

export type CreditDraw = {
  readonly grantId: string;
  readonly lineKey: string;
  readonly amount: Decimal;
  /** What the grant had left before. */
  readonly balanceBefore: Decimal;
};

/**
 * The day that decides which credits may pay a line (decision "Credits"): the last one served in arrears, the first one
 * served in advance. An adjustment is judged as what it corrects.
 */
export function earnedOn({
  timing,
  servicePeriod,
}: {
  readonly timing: BillingTiming;
  readonly servicePeriod: Period;
}): PlainDate {
  return timing === "in_advance" ? servicePeriod.startsOn : lastDayOf(servicePeriod);
}

/**
 * Pays the lines of one invoice, in their order, out of the grants, in theirs: priority, then soonest end, then
 * promotional before prepaid, then oldest (decision "Credits"). A grant pays what is earned in its days for its
 * products. No line and no grant goes below zero, nor does the invoice: lines below zero, such as discounts after the
 * minimum, first make less payable of their product's lines, then of all others, in order. Lines above zero may as well
 * be paid one after the other, each from the balances that those before have left.
 */
export function drawCredits(lines: readonly CreditableLine[], grants: readonly CreditGrant[]): CreditDraw[] {
  const inOrder = grants.toSorted(byUse);
  const balances = new Map(inOrder.map(({ id, balance }) => [id, balance]));
  return payable(lines).flatMap((line) => {
    let unpaid = line.net;
    return inOrder.flatMap((grant) => {
      const balanceBefore = balances.get(grant.id) ?? ZERO;
      const amount = isEligible(grant, line) ? Decimal.min(unpaid, balanceBefore) : ZERO;
      if (amount.lte(0)) return [];
      unpaid = unpaid.minus(amount);
      balances.set(grant.id, balanceBefore.minus(amount));
      return [{ grantId: grant.id, lineKey: line.key, amount, balanceBefore }];
    });
  });
}

function byUse(a: CreditGrant, b: CreditGrant): number {
  return (
    a.priority - b.priority ||
    inOrder(a.endsBefore ?? NEVER, b.endsBefore ?? NEVER) ||
    rank(a.kind) - rank(b.kind) ||
    inOrder(a.startsOn, b.startsOn) ||
    inOrder(a.id, b.id)
  );
}

/** Sorts behind every day. */
const NEVER = "never";
const rank = (kind: CreditKind): number => (kind === "promotional" ? 0 : 1);

const isEligible = ({ startsOn, endsBefore, productIds }: CreditGrant, line: CreditableLine): boolean =>
  startsOn <= line.earnedOn &&
  (endsBefore === null || line.earnedOn < endsBefore) &&
  (productIds === "all" || productIds.includes(line.productId));

/** The lines above zero, with what is left to pay once those below zero have been set against them. */
function payable(lines: readonly CreditableLine[]): CreditableLine[] {
  const unpaid = lines.filter(({ net }) => net.gt(0)).map((line) => ({ line, net: line.net }));
  const setAgainst = (those: readonly (typeof unpaid)[number][], amount: Decimal): Decimal =>
    those.reduce((rest, one) => {
      const taken = Decimal.min(rest, one.net);
      one.net = one.net.minus(taken);
      return rest.minus(taken);
    }, amount);
  for (const below of lines.filter(({ net }) => net.lt(0))) {
    const sameProduct = unpaid.filter(({ line }) => line.productId === below.productId);
    setAgainst(unpaid, setAgainst(sameProduct, below.net.abs()));
  }
  return unpaid.map(({ line, net }) => ({ ...line, net }));
}

/** What of a line was paid by credits of one grant, and what of that has come back. */
export type CreditPaid = { readonly grantId: string; readonly drawn: Decimal; readonly returned: Decimal };
export type CreditReturn = { readonly grantId: string; readonly amount: Decimal };

/**
 * What goes back when a line that credits paid is credited, to date and in all: round(drawn × net credited to date ÷ line
 * net) less what has come back, so that partial credits in any sequence return exactly what was drawn. `paid` is in the
 * order in which credits were drawn; the grant drawn last is given back first, as it would not have been drawn had the
 * line been smaller.
 */
export function creditReturn({
  lineNet,
  netCreditedToDate,
  paid,
}: {
  readonly lineNet: Money;
  readonly netCreditedToDate: Money;
  readonly paid: readonly CreditPaid[];
}): CreditReturn[] {
  if (lineNet.amount.lte(0)) return [];
  const drawn = total(paid.map((part) => part.drawn));
  const credited = Decimal.min(netCreditedToDate.amount, lineNet.amount);
  const precise = drawn.times(credited).div(lineNet.amount);
  const toDate = roundToMinorUnit(money(precise, lineNet.currency)).amount;
  let rest = Decimal.max(toDate.minus(total(paid.map(({ returned }) => returned))), 0);
  return paid.toReversed().flatMap(({ grantId, drawn: own, returned }) => {
    const amount = Decimal.min(rest, own.minus(returned));
    rest = rest.minus(amount);
    return amount.gt(0) ? [{ grantId, amount }] : [];
  });
}

const total = (amounts: readonly Decimal[]): Decimal => amounts.reduce((sum, amount) => sum.plus(amount), ZERO);

/** How much of what is left at the end of a grant goes on, and for how long: a share of it, at most so much, or both. */
export type RolloverRule = {
  readonly percent: Percent | null;
  readonly maximumAmount: Decimal | null;
  readonly months: number;
};

export type RolledOver = {
  readonly amount: Decimal;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate;
};

/**
 * What a grant leaves to the one that follows it, from `on` for so many months; null where nothing is left or rounds to
 * nothing, where the grant has not ended by then, and where it has no such rule. It goes on once: what follows rolls over
 * no further.
 */
export function rollOver(
  grant: Pick<CreditGrant, "endsBefore" | "balance"> & { readonly rollover: RolloverRule | null },
  { on, currency }: { readonly on: PlainDate; readonly currency: Currency },
): RolledOver | null {
  const { endsBefore, balance, rollover } = grant;
  if (rollover === null || endsBefore === null || on < endsBefore) return null;
  const share = rollover.percent === null ? balance : percentOf(balance, rollover.percent);
  const { amount } = roundToMinorUnit(money(Decimal.min(share, rollover.maximumAmount ?? share), currency));
  return amount.gt(0) ? { amount, startsOn: on, endsBefore: addMonths(on, rollover.months) } : null;
}
