import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Amendment as DomainAmendment } from "../../domain/contract/amendment";
import { type AmendedContract, amendContract } from "../../domain/contract/apply-amendments";
import type { Contract as BilledContract, Charge, Phase } from "../../domain/contract/contract";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { ok, type Result } from "../../domain/result";
import { type Price, pricesById } from "../catalog";
import type { AgreedContract, StoredPrice } from "./agreed-contract";
import type { Amendment } from "./amendment";
import { amendmentsByContract } from "./amendment.store";
import { agreedContract } from "./billable-contracts.store";
import type { Contract } from "./contract";
import { changeFrom, pricesNamedBy } from "./stored-changes";
import { withStoredIds } from "./stored-id";

/** A contract with all that was agreed about it so far, to which one more amendment can be made. */
export type Amendable = {
  readonly head: Contract;
  /** As first agreed. */
  readonly base: AgreedContract;
  readonly earlier: readonly Amendment[];
  readonly amendments: readonly DomainAmendment[];
  /** As it is now. */
  readonly current: AmendedContract;
  readonly prices: ReadonlyMap<RatedPrice, StoredPrice>;
  /** Whether its prices have the tax in them; null: it has no prices. */
  readonly includesTax: boolean | null;
  readonly productOfBound: ReadonlyMap<string, string>;
};

/** In five statements, however often it was amended; as an earlier revision of its schedule had it, where one is named. */
export async function loadAmendable(head: Contract, revision = head.schedule.revision): Promise<Amendable> {
  const base = await agreedContract(head.id, 0);
  const recorded = (await amendmentsByContract([head.id])).get(head.id) ?? [];
  const earlier = recorded.filter((amendment) => amendment.revision <= revision);
  const changes = earlier.flatMap((amendment) => amendment.changes);
  const prices = await pricesById([...new Set(pricesNamedBy(changes))]);
  const priceOf = (id: string): Price => {
    const price = prices.get(id);
    if (!price) throw new Error(`an amendment of ${head.number} names the price ${id}, which is not there`);
    return price;
  };
  const amendments = earlier.map(
    ({ id, effectiveOn, unusedTime, changes: own }): DomainAmendment => ({
      id,
      effectiveOn,
      unusedTime,
      changes: own.map((change) => changeFrom(change, priceOf)),
    }),
  );
  const current = amendContract(base.contract, amendments);
  if (!current.ok) throw new Error(`the amendments of ${head.number} cannot be made: ${JSON.stringify(current.error)}`);
  const boundProducts = changes.flatMap((change) =>
    change.kind === "add_bound" ? [[change.terms.id, change.productId] as const] : [],
  );
  const stored = new Map<RatedPrice, StoredPrice>([
    ...base.prices,
    ...[...prices.values()].map((price) => [price.price, price] as const),
  ]);
  return {
    head,
    base,
    earlier,
    amendments,
    current: current.value,
    prices: stored,
    includesTax: stored.values().next().value?.taxInclusive ?? null,
    productOfBound: new Map([...base.productOfBound, ...boundProducts]),
  };
}

/** The charge of a lineage on a day, or the last it had; undefined: it has none. */
export function chargeOfLineage({ phases }: BilledContract, lineageId: string, on: PlainDate): Charge | undefined {
  const having = phases.flatMap(({ startsOn, charges }) => {
    const charge = charges.find((one) => one.lineageId === lineageId);
    return charge ? [{ startsOn, charge }] : [];
  });
  return (having.findLast(({ startsOn }) => startsOn <= on) ?? having[0])?.charge;
}

/** The contract after one more amendment, with what is stored beside it; its ids are stored ids. */
export function amendedBy(
  { base, amendments, prices, productOfBound }: Amendable,
  next: DomainAmendment,
  beside: Pick<AgreedContract, "prices" | "productOfBound">,
): Result<AgreedContract, Extract<ReturnType<typeof amendContract>, { ok: false }>["error"]> {
  const amended = amendContract(base.contract, [...amendments, next]);
  if (!amended.ok) return amended;
  const { contract } = amended.value;
  const products = new Map([...productOfBound, ...beside.productOfBound]);
  const bounds = [...contract.minimums, ...contract.maximums];
  const stored = withStoredIds(contract);
  const storedBounds = [...stored.minimums, ...stored.maximums];
  return ok({
    contract: stored,
    prices: new Map([...prices, ...beside.prices]),
    // A bound that a resumption split bills under the product of the one it was split from.
    productOfBound: new Map(
      bounds.map(({ id }, index) => [storedBounds[index]?.id ?? id, productOf(id, products)] as const),
    ),
    phaseNames: contract.phases.map((phase) => nameOf(phase, base)),
  });
}

/** Of a bound, or of the one that its id was derived from. */
export function productOf(boundId: string, products: ReadonlyMap<string, string>): string {
  const product = products.get(boundId) ?? products.get(boundId.slice(0, boundId.indexOf("@")));
  if (product === undefined) throw new Error(`the bound ${boundId} has no product`);
  return product;
}

/** A phase goes by the name of the one it is a part of. */
function nameOf({ startsOn }: Phase, { contract, phaseNames }: AgreedContract): string {
  const index = contract.phases.findLastIndex((phase) => phase.startsOn <= startsOn);
  const name = phaseNames[index] ?? "Phase 1";
  return contract.phases[index]?.startsOn === startsOn ? name : `${name}, from ${formatDay(startsOn)}`;
}
