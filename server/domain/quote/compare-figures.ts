import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import type { QuoteFigures } from "./quote-figures";

/** An amount of two versions; null: one of them does not have it, or cannot be billed. */
export type AmountChange = {
  readonly before: Decimal | null;
  readonly after: Decimal | null;
  /** After less before; what one does not have counts as nothing. */
  readonly change: Decimal;
};

export type PartChange = AmountChange & { readonly id: string; readonly name: string };

/** What two versions come to. Lists have what either has, in the order of the later one. */
export type FiguresComparison = {
  readonly currency: Currency;
  readonly totalContractValue: AmountChange;
  readonly annualContractValue: AmountChange;
  readonly oneTime: AmountChange;
  readonly list: AmountChange;
  readonly discount: AmountChange;
  readonly phases: readonly PartChange[];
  readonly lines: readonly (PartChange & { readonly phaseId: string })[];
  readonly overLines: readonly PartChange[];
};

/** Both in one currency; null: amounts of two currencies are not compared. */
export function compareFigures(before: QuoteFigures, after: QuoteFigures): FiguresComparison | null {
  if (before.currency.code !== after.currency.code) return null;
  const change = (amountOf: (figures: QuoteFigures) => Decimal) => amountChange(amountOf(before), amountOf(after));
  return {
    currency: after.currency,
    totalContractValue: change(({ total }) => total.net),
    annualContractValue: change(({ annualContractValue }) => annualContractValue),
    oneTime: change(({ oneTime }) => oneTime),
    list: change(({ total }) => total.list),
    discount: change(({ total }) => total.discount),
    phases: partChanges(
      before.phases.map(({ phaseId, name, net }) => ({ id: phaseId, name, net })),
      after.phases.map(({ phaseId, name, net }) => ({ id: phaseId, name, net })),
    ),
    lines: partChanges(before.lines.map(lineAmount), after.lines.map(lineAmount)),
    overLines: partChanges(before.overLines.map(named), after.overLines.map(named)),
  };
}

type Amount = { readonly id: string; readonly name: string; readonly net: Decimal };

const lineAmount = ({ lineId, phaseId, description, net }: QuoteFigures["lines"][number]) => ({
  id: lineId,
  phaseId,
  name: description,
  net,
});
const named = ({ id, description, net }: QuoteFigures["overLines"][number]): Amount => ({ id, name: description, net });

function partChanges<A extends Amount>(before: readonly A[], after: readonly A[]): (Omit<A, "net"> & AmountChange)[] {
  const old = new Map(before.map((amount) => [amount.id, amount]));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...after.map(({ net, ...part }) => ({ ...part, ...amountChange(old.get(part.id)?.net ?? null, net) })),
    ...before.filter(({ id }) => !now.has(id)).map(({ net, ...part }) => ({ ...part, ...amountChange(net, null) })),
  ];
}

const amountChange = (before: Decimal | null, after: Decimal | null): AmountChange => ({
  before,
  after,
  change: (after ?? ZERO).minus(before ?? ZERO),
});
