import type { Cadence } from "../../domain/calendar/cadence";
import type { OpenPeriod } from "../../domain/calendar/period";
import type { Charge, ContractDiscount, DiscountScope, SpendBound } from "../../domain/contract/contract";
import type { RampStep, Trial } from "../../domain/contract/plan-charge";
import { ONE, ZERO } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import type { Discount } from "../../domain/pricing/discount";
import { newId } from "../../platform/ids";
import { type Price, readCadence } from "../catalog";
import type {
  BoundCadenceName,
  NewBound,
  NewCharge,
  NewContractDiscount,
  NewDiscount,
  NewRampStep,
  NewTrial,
} from "./new-contract";

// What cannot be made, such as the charge of an unknown price, gets a stand-in, so that the domain can say what else is
// wrong. What has a stand-in is always refused and never stored.

/** The price that a charge names, or the same with the terms that were negotiated. */
export type PriceFor = (asked: Pick<NewCharge, "priceId" | "customTerms">) => Price | null;

export function draftCharge(charge: NewCharge, priceFor: PriceFor, discountIds: Map<string, string>): Charge {
  const price = priceFor(charge);
  return {
    id: newId(),
    lineageId: price?.lineageId ?? charge.priceId,
    productId: price?.productId ?? "",
    description: charge.description ?? price?.name ?? "",
    price: price?.price ?? { model: "flat", fee: ZERO },
    quantity: charge.quantity ?? (price?.price.model === "seat" ? ZERO : ONE),
    metricId: price?.metricId ?? null,
    cadence: price?.cadence ?? "monthly",
    timing: price?.timing ?? "in_advance",
    proration: price?.proration ?? "by_days",
    discounts: charge.discounts.map((discount) => draftDiscount(discount, discountIds)),
    isFreeTrial: false,
  };
}

/** A key stands for one discount wherever it appears in the contract; without one, each is a discount of its own. */
export function draftDiscount(discount: NewDiscount, ids: Map<string, string>): Discount {
  const { key, description, endsBefore, position } = discount;
  const id = (key !== null && ids.get(key)) || newId();
  if (key !== null) ids.set(key, id);
  const terms = { id, description, endsBefore, position };
  return discount.percent === null
    ? { ...terms, kind: "fixed", amount: discount.amount?.amount ?? ZERO }
    : { ...terms, kind: "percent", percent: discount.percent as Percent };
}

/** Null where the length is not said in exactly one unit. */
export function draftTrial({ days, months, percentOff }: NewTrial): Trial | null {
  if ((days === null) === (months === null)) return null;
  return { length: days === null ? { months: months as number } : { days }, percentOff: percentOff as Percent };
}

/** Null where the day is not said in exactly one way. */
export function draftRampStep(step: NewRampStep, priceFor: PriceFor): RampStep | null {
  const { startsOn, afterMonths, quantity, priceId, customTerms } = step;
  const price = priceId === null ? null : (priceFor({ priceId, customTerms })?.price ?? null);
  if (startsOn !== null && afterMonths === null) return { startsOn, quantity, price };
  return startsOn === null && afterMonths !== null ? { afterMonths, quantity, price } : null;
}

/** What is owed once over the term is owed over the contract's days unless others are said. */
export function draftBound(bound: NewBound, term: OpenPeriod): SpendBound {
  const cadence = boundCadenceOf(bound);
  const days = cadence === "term" ? term : { startsOn: null, endsBefore: null };
  return {
    id: newId(),
    description: bound.description,
    amount: bound.amount.amount,
    cadence,
    startsOn: bound.startsOn ?? days.startsOn,
    endsBefore: bound.endsBefore ?? days.endsBefore,
    lineageIds: bound.lineageIds ?? "all",
    proration: bound.proration,
  };
}

type CadenceAsked = { readonly cadence: BoundCadenceName; readonly cadenceMonths: number | null };

function boundCadenceOf({ cadence, cadenceMonths }: CadenceAsked): SpendBound["cadence"] {
  if (cadence === "term") return "term";
  const read = readCadence({ cadence, months: cadenceMonths });
  return read.ok && read.value !== "one_time" ? read.value : "monthly";
}

export function draftContractDiscount(
  discount: NewContractDiscount,
  boundIds: ReadonlyMap<string, string>,
): ContractDiscount {
  const scope = draftScope(discount.scope, boundIds);
  const terms = {
    id: newId(),
    description: discount.description,
    scope,
    position: discount.position ?? (scope.kind === "invoice" ? "after_minimum" : "before_minimum"),
    startsOn: discount.startsOn,
    endsBefore: discount.endsBefore,
  } as const;
  return discount.percent === null
    ? { ...terms, kind: "fixed", amount: discount.amount?.amount ?? ZERO, cadence: discountCadenceOf(discount) }
    : { ...terms, kind: "percent", percent: discount.percent as Percent };
}

function draftScope(
  { group, commitment }: NewContractDiscount["scope"],
  boundIds: ReadonlyMap<string, string>,
): DiscountScope {
  if (group) return { kind: "group", lineageIds: group.lineageIds };
  if (!commitment) return { kind: "invoice" };
  const byKey = commitment.key === null ? null : boundIds.get(commitment.key);
  return { kind: "commitment", boundId: byKey ?? commitment.boundId ?? "" };
}

function discountCadenceOf({ cadence, cadenceMonths }: NewContractDiscount): Cadence {
  const read = readCadence({ cadence: cadence ?? "monthly", months: cadenceMonths });
  return read.ok ? read.value : "monthly";
}
