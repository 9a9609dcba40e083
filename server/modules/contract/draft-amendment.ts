import type { OpenPeriod } from "../../domain/calendar/period";
import type { AmendmentChange, Amendment as DomainAmendment } from "../../domain/contract/amendment";
import type { RenewalRule } from "../../domain/contract/renewal";
import { type Decimal, ZERO } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { newId } from "../../platform/ids";
import type { Price } from "../catalog";
import type { AgreedContract } from "./agreed-contract";
import { type Amendable, chargeOfLineage } from "./amendable";
import { checkRenewal } from "./check-new-contract";
import { draftBound, draftCharge, draftContractDiscount, draftDiscount } from "./draft-terms";
import { loadNamedBy, type Named } from "./named";
import type { NewAmendment, NewChange } from "./new-amendment";
import type { NewContractDiscount } from "./new-contract";
import { type NegotiatedPrice, PriceList } from "./price-list";
import { dueRenewal, raisedPrices, renewedPriceIds, renewedProducts } from "./renewal-changes";
import { storedIdOf } from "./stored-id";

/** The amendment that the domain would make, once its negotiated prices are stored. */
export type DraftedAmendment = Pick<AgreedContract, "prices" | "productOfBound"> & {
  readonly amendment: DomainAmendment;
  /** For each of its changes the place of what was asked for: a renewal becomes several. */
  readonly askedAt: readonly number[];
  readonly negotiated: readonly NegotiatedPrice[];
};

/** What an amendment names, with the prices that it changes. */
export function loadNamedByAmendment(amendable: Amendable, asked: NewAmendment): Promise<Named> {
  return loadNamedBy({
    customerId: amendable.head.customerId,
    charges: asked.changes.flatMap((change) => {
      if (change.kind === "add_charge" || change.kind === "replace_charge") {
        return [withoutSteps(change.charge.priceId)];
      }
      if (change.kind === "renew") return renewedPriceIds(amendable).map(withoutSteps);
      if (change.kind !== "change_price") return [];
      const present = presentPriceId(amendable, change.lineageId, asked);
      return [change.priceId, present].flatMap((id) => (id === null ? [] : [withoutSteps(id)]));
    }),
    bounds: asked.changes.flatMap((change) => (change.kind === "add_bound" ? [change.terms] : [])),
  });
}

const withoutSteps = (priceId: string) => ({ priceId, ramp: [] });

/** The stored price that a lineage has when an amendment takes effect. */
export function presentPriceId(
  { current, prices }: Amendable,
  lineageId: string,
  { effectiveOn }: Pick<NewAmendment, "effectiveOn">,
): string | null {
  const charge = chargeOfLineage(current.contract, lineageId, effectiveOn);
  return (charge && prices.get(charge.price)?.id) ?? null;
}

/**
 * Gives everything its id and its default. What cannot be made gets a stand-in, so that places in the draft are places
 * in what was asked for; such a draft is always refused.
 */
export function draftAmendment(amendable: Amendable, asked: NewAmendment, named: Named): DraftedAmendment {
  const prices = new PriceList(named);
  const productOfBound = new Map<string, string>();
  const { contract } = amendable.current;
  const draft: Drafting = {
    amendable,
    asked,
    prices,
    productOfBound,
    term: { startsOn: asked.effectiveOn, endsBefore: contract.endsBefore },
    // A fixed discount that goes on keeps its id, named by the key: so it is not given again in the same period.
    discountIds: ownIds(contract.phases.flatMap(({ charges }) => charges.flatMap(({ discounts }) => discounts))),
    boundIds: new Map(),
    listed: named.prices,
    known: ownIds([...contract.minimums, ...contract.maximums, ...contract.discounts]),
  };
  const drafted = asked.changes.map((change) =>
    change.kind === "renew" ? renewalChanges(change, draft) : [draftChange(change, draft)],
  );
  return {
    amendment: {
      id: newId(),
      effectiveOn: asked.effectiveOn,
      unusedTime: asked.unusedTime,
      changes: drafted.flat(),
    },
    askedAt: drafted.flatMap((changes, place) => changes.map(() => place)),
    prices: prices.stored,
    productOfBound,
    negotiated: prices.negotiated,
  };
}

type Drafting = {
  readonly amendable: Amendable;
  readonly asked: NewAmendment;
  readonly prices: PriceList;
  readonly productOfBound: Map<string, string>;
  readonly term: OpenPeriod;
  readonly discountIds: Map<string, string>;
  readonly boundIds: Map<string, string>;
  readonly listed: ReadonlyMap<string, Price>;
  readonly known: ReadonlyMap<string, string>;
};

/** People name things by the ids that they are stored under; the domain may have derived them from others. */
const ownIds = (items: readonly { readonly id: string }[]): Map<string, string> =>
  new Map(items.map(({ id }) => [storedIdOf(id), id]));

/** What cannot be renewed was refused by itself. */
function renewalChanges(
  { months, upliftPercent }: Extract<NewChange, { kind: "renew" }>,
  { amendable, asked, prices, productOfBound, listed }: Drafting,
): readonly AmendmentChange[] {
  const rule = renewalFor(months, upliftPercent);
  const renewal = checkRenewal(rule).length > 0 ? null : dueRenewal(amendable, rule, asked.effectiveOn);
  if (!renewal) return [];
  prices.negotiated.push(...raisedPrices(amendable, renewal.changes, listed));
  for (const [boundId, productId] of renewedProducts(amendable, renewal.changes))
    productOfBound.set(boundId, productId);
  return renewal.changes;
}

/** The rule of one renewal that was agreed, so without notice. */
export const renewalFor = (months: number, upliftPercent: Decimal | null): RenewalRule => ({
  kind: "automatic",
  months,
  noticeDays: 0,
  upliftPercent: upliftPercent as Percent | null,
});

function draftChange(change: Exclude<NewChange, { kind: "renew" }>, drafting: Drafting): AmendmentChange {
  const { prices, discountIds, boundIds, known } = drafting;
  switch (change.kind) {
    case "add_charge":
    case "replace_charge": {
      const charge = draftCharge({ ...change.charge, trial: null, ramp: [] }, prices.priceFor, discountIds);
      return { ...change, charge };
    }
    case "change_price": {
      const { kind, lineageId, endsBefore } = change;
      return { kind, lineageId, price: otherPrice(change, drafting), endsBefore };
    }
    case "change_discounts":
      return { ...change, discounts: change.discounts.map((discount) => draftDiscount(discount, discountIds)) };
    case "add_bound": {
      const terms = draftBound(change.terms, drafting.term);
      drafting.productOfBound.set(terms.id, change.terms.productId);
      if (change.terms.key !== null) boundIds.set(change.terms.key, terms.id);
      return { kind: change.kind, bound: change.bound, terms };
    }
    case "add_discount":
      return { kind: change.kind, discount: draftContractDiscount(ofKnownBound(change.discount, known), boundIds) };
    case "end_bound":
      return { ...change, boundId: known.get(change.boundId) ?? change.boundId };
    case "end_discount":
      return { ...change, discountId: known.get(change.discountId) ?? change.discountId };
    case "unclear":
      // Stands in for what nobody knows; it was refused by itself.
      return { kind: "end_bound", boundId: "" };
    default:
      return change;
  }
}

function ofKnownBound(discount: NewContractDiscount, known: ReadonlyMap<string, string>): NewContractDiscount {
  const { scope } = discount;
  const boundId = scope.commitment?.boundId ?? null;
  if (!scope.commitment || boundId === null) return discount;
  return { ...discount, scope: { ...scope, commitment: { key: null, boundId: known.get(boundId) ?? boundId } } };
}

function otherPrice(
  { lineageId, priceId, customTerms }: Extract<NewChange, { kind: "change_price" }>,
  { amendable, asked, prices }: Drafting,
): RatedPrice {
  const id = priceId ?? presentPriceId(amendable, lineageId, asked);
  const price = id === null ? null : prices.priceFor({ priceId: id, customTerms });
  const present = chargeOfLineage(amendable.current.contract, lineageId, asked.effectiveOn)?.price;
  return price?.price ?? present ?? STAND_IN;
}
const STAND_IN: RatedPrice = { model: "flat", fee: ZERO };
