import { ok, type Result } from "../../domain/result";
import { isSameData } from "../../domain/same-data";
import { type CommandScope, command } from "../../platform/command";
import { sentFields } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Problem, type Refusal, staleVersion } from "../../platform/refusal";
import { checkBookCurrency, checkHead, checkOwner, loadPriceBook, type QuoteHead } from "./check-quote-head";
import { checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
import { refusedByPriceBook } from "./guard-rails-held";
import { loadParty } from "./party";
import type { Quote } from "./quote";
import { loadCurrentVersion, lockQuote, trySaveQuote } from "./quote.store";
import { insertQuoteEvent } from "./quote-event.store";
import { externalIdTaken, inTerms } from "./start-quote";
import { statusAfterAct } from "./status-after-act";

/** What is left out stays; null takes it away. */
export type QuoteHeadChanges = { readonly [Field in keyof QuoteHead]?: QuoteHead[Field] | undefined };

export type QuoteChange = { readonly id: string; readonly version: number; readonly changes: QuoteHeadChanges };

export const updateQuote = command({
  name: "updateQuote",
  permission: "change_quotes",
  mayChangeNothing: true,
  run: async ({ id, version, changes }: QuoteChange, scope) => {
    const quote = await lockQuote(id);
    if (!quote) return notFound("quote", id);
    if (quote.version !== version) return staleVersion("quote", quote.version);
    const changed = await changeHead(quote, changes, scope);
    return changed.ok ? ok({ quoteId: id, warnings: changed.value.warnings }) : changed;
  },
});

export type ChangedHead = { readonly quote: Quote; readonly warnings: readonly Problem[] };

/** Changes what stands beside the terms of a quote that is locked; without a difference nothing is written. */
export async function changeHead(
  quote: Quote,
  changes: QuoteHeadChanges,
  { caller, now, today, note }: CommandScope,
): Promise<Result<ChangedHead, Refusal>> {
  const before = headOf(quote);
  const after = withChanges(before, sentFields(changes));
  const differing = differencesOf(before, after);
  const offered = differing.filter((field) => OFFERED.includes(field));
  if (offered.length > 0) {
    const editable = statusAfterAct(quote, "edit", today, offered.slice(0, 1));
    if (!editable.ok) return editable;
  }
  const isOfContract = quote.kind === "amendment" && offered.some((field) => field !== "expiresOn");
  if (isOfContract) {
    const message = `${quote.number} amends a contract: to whom it is, and at which prices, is the contract's to say.`;
    return conflict("QUOTE_NOT_A_SALE", message, [offered[0] ?? "id"]);
  }
  const isSent = (field: keyof QuoteHead) => differing.includes(field);
  const problems = [
    ...checkHead({ ...after, expiresOn: isSent("expiresOn") ? after.expiresOn : null }, today),
    ...(isSent("ownerId") ? await checkOwner(after.ownerId) : []),
  ];
  const isOfferedAnew = offered.some((field) => field !== "expiresOn");
  const checked = isOfferedAnew
    ? await checkOffer(quote, after, { today, now, isOtherBook: isSent("priceBookId") })
    : NOTHING_FOUND;
  const found = [...problems, ...checked.problems];
  if (found.length > 0) return invalidInput(found);

  if (differing.length === 0) return ok({ quote, warnings: [] });
  note({ action: "quote.updated", subjectType: "quote", subjectId: quote.id, before, after });
  const status = isOfferedAnew ? "draft" : quote.status;
  const saved = await trySaveQuote({ ...quote, ...after, status }, now);
  if (!saved) return externalIdTaken(after.externalId);
  if (status !== quote.status) {
    const recalled = { kind: "recalled", actor: caller.actor.name, reason: null, happenedAt: now } as const;
    const facts = { status: quote.status, cause: "edit" };
    await insertQuoteEvent({ ...recalled, quoteId: quote.id, versionOrdinal: quote.currentVersion, facts });
  }
  return ok({ quote: saved, warnings: checked.warnings });
}

/** What a customer is told, so that it stays once it was sent. */
const OFFERED: readonly (keyof QuoteHead)[] = ["customerId", "prospect", "expiresOn", "priceBookId"];

const headOf = ({ customerId, prospect, expiresOn, ownerId, externalId, deal, priceBookId }: Quote): QuoteHead => ({
  customerId,
  prospect,
  expiresOn,
  ownerId,
  externalId,
  deal,
  priceBookId,
});

/** A customer takes the place of a prospect, and a prospect that of a customer. */
function withChanges(head: QuoteHead, sent: QuoteHeadChanges): QuoteHead {
  const party = sent.customerId ? { prospect: null } : sent.prospect ? { customerId: null } : {};
  return { ...head, ...party, ...sent } as QuoteHead;
}

const differencesOf = (before: QuoteHead, after: QuoteHead): (keyof QuoteHead)[] =>
  (Object.keys(after) as (keyof QuoteHead)[]).filter((field) => !isSameData(before[field], after[field]));

type Found = { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };
const NOTHING_FOUND: Found = { problems: [], warnings: [] };

/** The terms as an offer to somebody else, or from another price book. */
async function checkOffer(
  quote: Quote,
  after: QuoteHead,
  { today, now, isOtherBook }: Pick<CommandScope, "today" | "now"> & { readonly isOtherBook: boolean },
): Promise<Found> {
  const { terms } = await loadCurrentVersion(quote);
  if (terms.kind === "amendment") return NOTHING_FOUND;
  const party = await loadParty(after, terms.currency, now);
  if (!party.ok) return { problems: party.error, warnings: [] };
  const { book, problems: ofBook } = await loadPriceBook(isOtherBook ? after.priceBookId : null, today);
  const checked = await checkQuoteTerms(terms, party.value.customer);
  const wrong = checked.problems.filter((problem) => !isIncompleteness(problem));
  const refused = isOtherBook ? await refusedByPriceBook(after, checked) : [];
  return {
    problems: [...ofBook, ...checkBookCurrency(book, terms.currency), ...inTerms([...wrong, ...refused])],
    warnings: inTerms(checked.warnings),
  };
}
