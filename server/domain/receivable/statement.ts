import type { PlainDate } from "../calendar/plain-date";
import type { Decimal } from "../money/decimal";

export type MovementKind =
  | "invoice"
  | "credit_note"
  | "void"
  | "payment"
  | "payment_reversal"
  | "refund"
  | "write_off"
  | "write_off_reversal";

/** What changed how much a customer owes in one currency: above zero, it owes more. */
export type Movement = {
  readonly on: PlainDate;
  readonly kind: MovementKind;
  readonly amount: Decimal;
};

export type StatementEntry<M extends Movement> = M & { readonly balance: Decimal };

export type Statement<M extends Movement> = {
  readonly opening: Decimal;
  readonly entries: readonly StatementEntry<M>[];
  readonly closing: Decimal;
};

/** What was owed before, each movement with what is owed after it, in the order given, and what is owed at the end. */
export function statementOf<M extends Movement>(opening: Decimal, movements: readonly M[]): Statement<M> {
  let balance = opening;
  const entries = movements.map((movement) => {
    balance = balance.plus(movement.amount);
    return { ...movement, balance };
  });
  return { opening, entries, closing: balance };
}
