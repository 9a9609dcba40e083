import { groupBy } from "../../domain/group-by";
import type { CreditGrant as DrawableGrant } from "../../domain/invoice/prepaid-credits";
import { Decimal, ZERO } from "../../domain/money/decimal";
import type { CreditGrant } from "./credit";
import { creditGrantsById } from "./credit-grant.store";
import { type DraftDraw, drawsOfDrafts, markOtherDraftsStale } from "./draft-credits.store";

/** A grant, as drafts may draw on it: its balance is what other drafts leave. */
export type GrantAtHand = DrawableGrant &
  Pick<CreditGrant, "customerId" | "name" | "currency"> & {
    readonly ledgerBalance: Decimal;
    readonly drawnElsewhere: readonly DraftDraw[];
  };

/** Credits of some customers, held for the calculation of some drafts. */
export type CreditsAtHand = {
  readonly grants: readonly GrantAtHand[];
  /** What the drafts to be calculated draw as they are now, by grant. */
  readonly drawnBefore: ReadonlyMap<string, Decimal>;
};

const NONE: CreditsAtHand = { grants: [], drawnBefore: new Map() };

/**
 * What these drafts may draw from grants that this transaction holds (lockCreditGrantsOf): other drafts keep what they
 * draw. Two statements, none where there are no grants.
 */
export async function readCredits(
  ids: readonly string[],
  { draftIds }: { readonly draftIds: readonly string[] },
): Promise<CreditsAtHand> {
  if (ids.length === 0) return NONE;
  const grants = await creditGrantsById(ids);
  const draws = groupBy(await drawsOfDrafts(ids), ({ grantId }) => grantId);
  const isHere = new Set(draftIds);
  const drawsOf = (id: string, here: boolean) =>
    (draws.get(id) ?? []).filter(({ invoiceId }) => isHere.has(invoiceId) === here);
  return {
    grants: [...grants.values()].map((grant) => toAtHand(grant, drawsOf(grant.id, false))),
    drawnBefore: new Map(ids.map((id) => [id, sumOf(drawsOf(id, true))])),
  };
}

const sumOf = (draws: readonly DraftDraw[]): Decimal => draws.reduce((sum, { amount }) => sum.plus(amount), ZERO);

const toAtHand = (
  { id, customerId, name, currency, kind, startsOn, endsBefore, priority, productIds, ...grant }: CreditGrant,
  drawnElsewhere: readonly DraftDraw[],
): GrantAtHand => ({
  id,
  customerId,
  name,
  currency,
  kind,
  startsOn,
  endsBefore,
  priority,
  drawnElsewhere,
  productIds: productIds.length === 0 ? "all" : productIds,
  ledgerBalance: new Decimal(grant.balance),
  balance: Decimal.max(sumOf(drawnElsewhere).negated().plus(grant.balance), 0),
});

/** Where drafts draw less than they did, other drafts of the customer may draw more: they become stale. */
export async function releaseCredits(
  { grants, drawnBefore }: CreditsAtHand,
  drawnNow: ReadonlyMap<string, Decimal>,
  { draftIds, now }: { readonly draftIds: readonly string[]; readonly now: Date },
): Promise<void> {
  const isReleased = ({ id }: GrantAtHand) => (drawnNow.get(id) ?? ZERO).lt(drawnBefore.get(id) ?? ZERO);
  const customerIds = [...groupBy(grants.filter(isReleased), ({ customerId }) => customerId).keys()];
  await markOtherDraftsStale({ customerIds, draftIds }, now);
}
