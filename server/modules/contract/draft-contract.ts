import type { Charge, Contract, MinimumCommitment, Phase } from "../../domain/contract/contract";
import { type Currency, currency, parseCurrency } from "../../domain/money/currency";
import { ONE, ZERO } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import type { Discount } from "../../domain/pricing/discount";
import { newId } from "../../platform/ids";
import type { Price, Product } from "../catalog";
import type { Customer } from "../customer";
import type { NewCharge, NewContract, NewDiscount, NewMinimum, NewPhase } from "./new-contract";

/** What a new contract names, as far as it exists. */
export type Named = {
  readonly customer: Customer | null;
  readonly prices: ReadonlyMap<string, Price>;
  readonly products: ReadonlyMap<string, Product>;
};

/** The contract that the engine would bill, with what is stored beside it. */
export type DraftedContract = Omit<Contract, "phases" | "minimums"> & {
  readonly phases: readonly DraftedPhase[];
  readonly minimums: readonly (MinimumCommitment & { readonly productId: string })[];
};
type DraftedPhase = Omit<Phase, "charges"> & { readonly name: string; readonly charges: readonly DraftedCharge[] };
type DraftedCharge = Charge & { readonly priceId: string };

/**
 * Gives everything its id and its default. What cannot be made, such as the charge of an unknown price, gets a stand-in,
 * so that places in the draft are places in the input: the domain can then say what else is wrong. Such a draft is
 * always refused and never stored.
 */
export function draftContract(input: NewContract, named: Named): DraftedContract {
  const discountIds = new Map<string, string>();
  return {
    id: newId(),
    currency: currencyOf(input, named.customer) ?? STAND_IN_CURRENCY,
    startsOn: input.startsOn,
    endsBefore: input.endsBefore,
    anchorOn: input.anchorOn ?? input.startsOn,
    firstPeriod: input.firstPeriod,
    phases: input.phases.map((phase, index) => ({
      id: newId(),
      name: phase.name ?? `Phase ${index + 1}`,
      startsOn: phase.startsOn,
      endsBefore: endOf(phase, index, input),
      charges: phase.charges.map((charge) => draftCharge(charge, named, discountIds)),
    })),
    minimums: input.minimums.map(draftMinimum),
    billedThrough: input.billedThroughOn,
  };
}

/** Null where the code that was asked for is none, or where nobody says which. */
export function currencyOf(input: NewContract, customer: Customer | null): Currency | null {
  const parsed = parseCurrency(input.currency ?? customer?.currency ?? "");
  return parsed.ok ? parsed.value : null;
}
const STAND_IN_CURRENCY: Currency = currency("USD");

function endOf(phase: NewPhase, index: number, { phases, endsBefore }: NewContract) {
  const next = phases[index + 1];
  return phase.endsBefore ?? (next ? next.startsOn : endsBefore);
}

function draftCharge(charge: NewCharge, { prices }: Named, discountIds: Map<string, string>): DraftedCharge {
  const { priceId, quantity, description } = charge;
  const price = prices.get(priceId);
  const lineageId = price?.lineageId ?? priceId;
  return {
    id: newId(),
    priceId,
    lineageId,
    productId: price?.productId ?? "",
    description: description ?? price?.name ?? "",
    price: price?.price ?? { model: "flat", fee: ZERO },
    quantity: quantity ?? (price?.price.model === "seat" ? ZERO : ONE),
    metricId: price?.metricId ?? null,
    cadence: price?.cadence ?? "monthly",
    timing: price?.timing ?? "in_advance",
    proration: price?.proration ?? "by_days",
    discounts: charge.discounts.map((discount) => draftDiscount(discount, discountIds)),
  };
}

/** A key stands for one discount wherever it appears in the contract; without one, each is a discount of its own. */
function draftDiscount(discount: NewDiscount, ids: Map<string, string>): Discount {
  const { key, description, endsBefore, position } = discount;
  const id = (key !== null && ids.get(key)) || newId();
  if (key !== null) ids.set(key, id);
  const terms = { id, description, endsBefore, position };
  return discount.percent === null
    ? { ...terms, kind: "fixed", amount: discount.amount?.amount ?? ZERO }
    : { ...terms, kind: "percent", percent: discount.percent as Percent };
}

const draftMinimum = (minimum: NewMinimum) => ({
  id: newId(),
  description: minimum.description,
  amount: minimum.amount.amount,
  cadence: minimum.cadence,
  lineageIds: minimum.lineageIds ?? ("all" as const),
  proration: minimum.proration,
  productId: minimum.productId,
});
