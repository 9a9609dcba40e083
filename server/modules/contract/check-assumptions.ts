import type { Contract } from "../../domain/contract/contract";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { AssumedUsage } from "./assumed-usage";
import type { Named } from "./named";

/** Seats in use from a day on, by a price: its lineage is looked up. */
export type SeatsAssumed = { readonly priceId: string; readonly seats: number };

type Assumptions = {
  readonly usage: readonly Omit<AssumedUsage, "month">[];
  readonly seats: readonly SeatsAssumed[];
};

/** What of the assumptions a contract, or a quote for one, cannot be billed by; at places of `usage` and `seats`. */
export function checkAssumptions(
  { usage, seats }: Assumptions,
  {
    contract,
    named,
    thing,
  }: { readonly contract: Contract; readonly named: Named; readonly thing: "contract" | "quote" },
): Problem[] {
  const problems = new InputProblems();
  const charges = contract.phases.flatMap((phase) => phase.charges);
  usage.forEach(({ metricId, quantity, groups, events }, index) => {
    const path = ["usage", String(index)];
    if (!charges.some((charge) => charge.metricId === metricId)) {
      const message = `No price of the ${thing} rates the metric ${metricId}.`;
      problems.report("METRIC_NOT_BILLED", message, ...path, "metricId");
    }
    const parts = groups?.reduce((total, group) => total.plus(group.quantity), quantity.times(0));
    if (parts && !parts.equals(quantity)) {
      const message = `The quantity is ${quantity.toFixed()}, its groups add up to ${parts.toFixed()}.`;
      problems.report("QUANTITY_DIFFERS", message, ...path, "quantity");
    }
    if (events && (events.lt(0) || !events.isInteger())) {
      problems.report("EVENTS_NOT_WHOLE", `There cannot be ${events.toFixed()} events.`, ...path, "events");
    }
  });
  seats.forEach(({ priceId, seats: count }, index) => {
    const path = ["seats", String(index)];
    const lineageId = named.prices.get(priceId)?.lineageId;
    if (!charges.some((charge) => charge.lineageId === lineageId && charge.price.model === "seat")) {
      problems.report("SEAT_PRICE_UNKNOWN", `The ${thing} has no seat price ${priceId}.`, ...path, "priceId");
    }
    if (count < 0) {
      problems.report("SEATS_NEGATIVE", `There cannot be ${count} seats. Send 0 or more.`, ...path, "seats");
    }
  });
  return problems.found;
}
