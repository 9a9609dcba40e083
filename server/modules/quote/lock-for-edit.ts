import type { PlainDate } from "../../domain/calendar/plain-date";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import { conflict, type Refusal } from "../../platform/refusal";
import { type LockedQuote, lockVersion, type SeenVersion } from "./lock-version";
import type { Quote } from "./quote";
import { statusAfterAct } from "./status-after-act";

export type LockedSale = LockedQuote & { readonly terms: SaleTerms };

/** Locks a quote to change its terms. Refused: what was sent, what is over, and a version that is not the current one. */
export async function lockForEdit(edited: SeenVersion, today: PlainDate): Promise<Result<LockedQuote, Refusal>> {
  const locked = await lockVersion(edited);
  if (!locked.ok) return locked;
  const after = statusAfterAct(locked.value.quote, "edit", today);
  return after.ok ? locked : after;
}

/** Like lockForEdit, for a quote that makes a new contract. */
export async function lockSaleForEdit(edited: SeenVersion, today: PlainDate): Promise<Result<LockedSale, Refusal>> {
  const locked = await lockForEdit(edited, today);
  if (!locked.ok) return locked;
  const { terms } = locked.value.version;
  return terms.kind === "sale" ? ok({ ...locked.value, terms }) : notASale(locked.value.quote);
}

/** What is for quotes of new contracts was asked of one that amends a contract; `instead` says what there is for that. */
export const notASale = (
  { number }: Pick<Quote, "number">,
  instead = "Change it with updateAmendmentQuote.",
  path: readonly string[] = ["quoteId"],
) => conflict("QUOTE_NOT_A_SALE", `${number} amends a running contract; this is for new contracts. ${instead}`, path);
