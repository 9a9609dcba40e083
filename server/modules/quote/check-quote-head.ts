import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { membersById } from "../access";
import { checkCustomer } from "../customer";
import { findPriceBook, type PriceBook } from "../price-book";
import { customerOfProspect } from "./party";
import type { Prospect, Quote } from "./quote";

export type QuoteHead = Pick<
  Quote,
  "customerId" | "prospect" | "expiresOn" | "ownerId" | "externalId" | "deal" | "priceBookId"
>;

/** What is wrong with what stands beside the terms, as far as it can be said without looking anything up. */
export function checkHead(
  { expiresOn, externalId, deal, prospect }: Pick<QuoteHead, "expiresOn" | "externalId" | "deal" | "prospect">,
  today: PlainDate,
): Problem[] {
  const problems = new InputProblems();
  if (expiresOn !== null && expiresOn < today) {
    problems.report("EXPIRED_ALREADY", `${expiresOn} is over. Send today or a later day.`, "expiresOn");
  }
  problems.checkOptionalText(externalId, "The external id", 200, "externalId");
  problems.checkOptionalText(deal, "The deal", 200, "deal");
  return prospect ? [...problems.found, ...checkProspect(prospect)] : problems.found;
}

/** As the customer that it becomes is checked, so that execution has nothing left to refuse. */
function checkProspect(prospect: Prospect): Problem[] {
  const problems = new InputProblems();
  const { contactName, contactEmail } = prospect;
  problems.checkOptionalText(contactName, "The contact's name", 200, "contactName");
  const contacts = contactEmail === null ? [] : [{ name: "Contact", email: contactEmail, isPrimary: true }];
  const found = checkCustomer(customerOfProspect(prospect, ANY_CURRENCY, NEVER), contacts);
  return [...found, ...problems.found].map(({ path, ...problem }) => ({
    ...problem,
    path: ["prospect", ...(path[0] === "contacts" ? ["contactEmail"] : path)],
  }));
}
const ANY_CURRENCY = "EUR" as CurrencyCode;
const NEVER = new Date(0);

/** A member who may sign in. */
export async function checkOwner(ownerId: string | null): Promise<Problem[]> {
  if (ownerId === null || (await membersById([ownerId])).get(ownerId)?.isActive) return [];
  const message = `There is no member ${ownerId} who may sign in. Choose one of members.`;
  return [{ code: "OWNER_NOT_FOUND", message, path: ["ownerId"] }];
}

export type LoadedPriceBook = { readonly book: PriceBook | null; readonly problems: readonly Problem[] };

/** The price book that a quote is to be made from today. */
export async function loadPriceBook(priceBookId: string | null, today: PlainDate): Promise<LoadedPriceBook> {
  if (priceBookId === null) return { book: null, problems: [] };
  const found = await findPriceBook(priceBookId, today);
  return found.ok ? { book: found.value, problems: [] } : { book: null, problems: [found.error] };
}

/** Why terms cannot be made from a price book at all; its guard rails are another matter. */
export function checkBookCurrency(book: Pick<PriceBook, "currency" | "name"> | null, currency: string): Problem[] {
  if (book === null || book.currency === currency) return [];
  const message = `The price book "${book.name}" is in ${book.currency}, the quote in ${currency}. Use one in ${currency}.`;
  return [{ code: "CURRENCY_MISMATCH", message, path: ["priceBookId"] }];
}
