import type { Money } from "../../domain/money/money";
import { toMoney } from "../../platform/graphql/scalars";

/** An amount as the API gives it. */
export type ShownMoney = ReturnType<typeof toMoney>;

export const showMoney = ({ amount, currency }: Money): ShownMoney => toMoney(amount, currency.code);
