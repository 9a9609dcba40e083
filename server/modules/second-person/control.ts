import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money, moneyText } from "../../domain/money/money";
import { type ControlLimit, type ControlledKind, KIND_WORDS } from "./second-person";
import { controlLimits, lockApproved, markUsed } from "./second-person.store";

/** What is about to be done; the amount is not below zero. */
export type Controlled = {
  readonly kind: ControlledKind;
  readonly subjectId: string;
  readonly currency: CurrencyCode;
  readonly amount: Decimal;
};

/** Why each needs a second person that has not agreed yet, in words, by its subject; those that may be done are not in it. */
export async function heldBack(acts: readonly Controlled[]): Promise<ReadonlyMap<string, string>> {
  const limits = await controlLimits();
  const above = acts.flatMap((act) => {
    const limit = limitOf(act, limits);
    return limit && act.amount.gt(limit.amount) ? [{ act, limit }] : [];
  });
  const held = new Map<string, string>();
  for (const kind of new Set(above.map(({ act }) => act.kind))) {
    const own = above.filter(({ act }) => act.kind === kind);
    const approved = await lockApproved(
      kind,
      own.map(({ act }) => act.subjectId),
    );
    for (const { act, limit } of own) {
      const isCovered = approved.some(
        (each) => each.subjectId === act.subjectId && each.currency === act.currency && act.amount.lte(each.amount),
      );
      if (!isCovered) held.set(act.subjectId, inWords(act, limit));
    }
  }
  return held;
}

/** The same for one act that happens now: the approval that covers it is used up. Null: it may be done. */
export async function heldBackOnce(act: Controlled, now: Date): Promise<string | null> {
  const limit = limitOf(act, await controlLimits());
  if (!limit || act.amount.lte(limit.amount)) return null;
  const approved = await lockApproved(act.kind, [act.subjectId]);
  const covering = approved.find((each) => each.currency === act.currency && act.amount.lte(each.amount));
  if (!covering) return inWords(act, limit);
  await markUsed(covering.id, now);
  return null;
}

const limitOf = (act: Controlled, limits: readonly ControlLimit[]): ControlLimit | undefined =>
  limits.find(({ kind, currency: code }) => kind === act.kind && code === act.currency);

function inWords({ kind, amount, currency: code }: Controlled, limit: ControlLimit): string {
  const [asked, most] = [amount, limit.amount].map((each) => moneyText(money(each, currency(code))));
  return `${KIND_WORDS[kind]} above ${most} ${code} need a second person; this is ${asked} ${code}. Ask for it with requestSecondPerson, and do it again when somebody else has agreed.`;
}
