import type { PlainDate } from "../../domain/calendar/plain-date";
import type { AmendmentChange } from "../../domain/contract/amendment";
import { type Renewal, type RenewalRule, renewalDue } from "../../domain/contract/renewal";
import type { Price } from "../catalog";
import { type Amendable, productOf } from "./amendable";
import type { NegotiatedPrice } from "./price-list";

/** The renewal that is binding on a day; months are counted from the end that people last agreed on. */
export function dueRenewal({ base, earlier, current }: Amendable, rule: RenewalRule, asOf: PlainDate): Renewal | null {
  const agreed = earlier
    .filter(({ isRenewal }) => !isRenewal)
    .flatMap(({ changes }) => changes.flatMap((change) => (change.kind === "extend" ? [change.endsBefore] : [])));
  const agreedEndsBefore = agreed.at(-1) ?? base.contract.endsBefore;
  return renewalDue(current.contract, rule, asOf, {
    amended: current,
    ...(agreedEndsBefore === null ? {} : { agreedEndsBefore }),
  });
}

/** The ids of the prices that a renewal may raise. */
export const renewedPriceIds = ({ current, prices }: Amendable): string[] =>
  current.continuing.flatMap(({ price }) => prices.get(price)?.id ?? []);

/** The raised prices are of this contract alone, each in the place of the one that its charge has. */
export function raisedPrices(
  { current, prices }: Amendable,
  changes: readonly AmendmentChange[],
  listed: ReadonlyMap<string, Price>,
): NegotiatedPrice[] {
  return changes.flatMap((change) => {
    if (change.kind !== "change_price") return [];
    const charge = current.continuing.find(({ lineageId }) => lineageId === change.lineageId);
    const stored = charge && prices.get(charge.price);
    if (!stored) throw new Error(`the renewal raises the lineage ${change.lineageId}, which does not continue`);
    const of = listed.get(stored.id);
    return of ? [{ listed: of, price: change.price, cadence: of.cadence, timing: of.timing }] : [];
  });
}

/** The bounds that a renewal makes again, each under the product of the one before. */
export const renewedProducts = (
  { productOfBound }: Amendable,
  changes: readonly AmendmentChange[],
): [boundId: string, productId: string][] =>
  changes.flatMap((change): [string, string][] =>
    change.kind === "add_bound" ? [[change.terms.id, productOf(change.terms.id, productOfBound)]] : [],
  );
