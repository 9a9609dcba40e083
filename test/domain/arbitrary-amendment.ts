import * as fc from "fast-check";
import { addDays, type PlainDate } from "../../server/domain/calendar/plain-date";
import type { Amendment, AmendmentChange, UnusedTime } from "../../server/domain/contract/amendment";
import type { Charge, Contract } from "../../server/domain/contract/contract";
import { percent } from "../../server/domain/money/percent";
import type { Price } from "../../server/domain/pricing/price";
import { arbitraryContract, contractedCharge, dayOfTerm, END } from "./arbitrary-contract";
import { cents, contractedPrice, meteredPrice, seatPrice, units } from "./arbitrary-price";
import { minimum, percentOff } from "./billing-world";

const unusedTimes = fc.constantFrom<UnusedTime>("credit", "keep");

/** A change of some charge that the contract has, or of the contract itself. */
type Choice = (terms: Contract) => AmendmentChange;

const someCharge = (terms: Contract, index: number): Charge | undefined => {
  const charges = terms.phases.flatMap((phase) => phase.charges);
  return charges[index % charges.length];
};

const prices = fc.record({ contracted: contractedPrice, metered: meteredPrice, seat: seatPrice });

/** A price of another kind would need another charge. */
function priceFor(
  { price, metricId }: Charge,
  choice: { readonly [Kind in "contracted" | "metered" | "seat"]: Price },
) {
  if (price.model === "one_time") return price;
  if (price.model === "seat") return choice.seat;
  return metricId === null ? choice.contracted : choice.metered;
}

const changes: fc.Arbitrary<Choice> = fc.oneof(
  fc.tuple(fc.nat(8), units(300)).map(
    ([index, quantity]): Choice =>
      (terms) => ({ kind: "change_quantity", lineageId: someCharge(terms, index)?.lineageId ?? "", quantity }),
  ),
  fc.tuple(fc.nat(8), prices).map(
    ([index, choice]): Choice =>
      (terms) => {
        const charge = someCharge(terms, index);
        if (charge === undefined) throw new Error("a contract without charges");
        return { kind: "change_price", lineageId: charge.lineageId, price: priceFor(charge, choice) };
      },
  ),
  fc.tuple(fc.nat(8), fc.integer({ min: 0, max: 100 })).map(
    ([index, percentage]): Choice =>
      (terms) => ({
        kind: "change_discounts",
        lineageId: someCharge(terms, index)?.lineageId ?? "",
        discounts: [percentOff(`${percentage}`, { id: "amended" })],
      }),
  ),
  fc.nat(8).map(
    (index): Choice =>
      (terms) => ({ kind: "remove_charge", lineageId: someCharge(terms, index)?.lineageId ?? "" }),
  ),
  contractedCharge.map(
    (added): Choice =>
      () => ({
        kind: "add_charge",
        charge: { ...added, id: "added", lineageId: "lineage-9", description: "Added" },
        endsBefore: null,
      }),
  ),
  fc.constantFrom<AmendmentChange>({ kind: "cancel", at: "date" }, { kind: "cancel", at: "period_end" }).map(
    (change): Choice =>
      () =>
        change,
  ),
  fc.integer({ min: 1, max: 200 }).map(
    (days): Choice =>
      () => ({ kind: "extend", endsBefore: addDays(END, days) }),
  ),
  fc.tuple(fc.constantFrom("minimum" as const, "maximum" as const), cents(800)).map(
    ([bound, amount]): Choice =>
      () => ({
        kind: "add_bound",
        bound,
        terms: minimum(`added-${bound}`, amount.toFixed(), { cadence: "quarterly" }),
      }),
  ),
  fc.constantFrom("minimum-0", "maximum-0").map(
    (boundId): Choice =>
      () => ({ kind: "end_bound", boundId }),
  ),
  fc.integer({ min: 0, max: 100 }).map(
    (percentage): Choice =>
      () => ({
        kind: "add_discount",
        discount: {
          id: "added-discount",
          description: "added-discount",
          kind: "percent",
          percent: percent(`${percentage}`),
          scope: { kind: "invoice" },
          position: "after_minimum",
          startsOn: null,
          endsBefore: null,
        },
      }),
  ),
  fc.constant<AmendmentChange>({ kind: "end_discount", discountId: "shared-0" }).map(
    (change): Choice =>
      () =>
        change,
  ),
);

/** A contract with an amendment of one or two changes to it, which may be refused. */
export const arbitraryAmendment: fc.Arbitrary<{ readonly terms: Contract; readonly amendment: Amendment }> = fc
  .tuple(arbitraryContract, dayOfTerm, unusedTimes, fc.array(changes, { minLength: 1, maxLength: 2 }))
  .map(([terms, effectiveOn, unusedTime, choices]) => ({
    terms,
    amendment: { id: "amendment", effectiveOn, unusedTime, changes: choices.map((choose) => choose(terms)) },
  }));

export const arbitraryCancellation: fc.Arbitrary<Amendment> = fc
  .tuple(dayOfTerm, unusedTimes, fc.constantFrom("date" as const, "period_end" as const))
  .map(([effectiveOn, unusedTime, at]) => ({
    id: "cancellation",
    effectiveOn,
    unusedTime,
    changes: [{ kind: "cancel", at }],
  }));

export const resumption = (effectiveOn: PlainDate): Amendment => ({
  id: "resumption",
  effectiveOn,
  unusedTime: "credit",
  changes: [{ kind: "resume" }],
});
