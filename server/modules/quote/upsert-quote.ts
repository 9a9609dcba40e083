import type { CurrencyCode } from "../../domain/money/currency";
import { adoptIds } from "../../domain/quote/adopt-ids";
import { editsBetween } from "../../domain/quote/edits-between";
import { ok, type Result } from "../../domain/result";
import { isSameData } from "../../domain/same-data";
import { type CommandScope, command } from "../../platform/command";
import { sentFields } from "../../platform/input-problems";
import { invalid, invalidInput, notFound, type Problem, type Refusal } from "../../platform/refusal";
import { pricesById } from "../catalog";
import { findCustomerIdByExternalId } from "../customer";
import type { QuoteHead } from "./check-quote-head";
import { checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
import { createQuoteOf } from "./create-quote";
import { priceIdsIn } from "./find-in-terms";
import { refusedOfEdit } from "./guard-rails-held";
import { notASale } from "./lock-for-edit";
import { customerOfQuote } from "./party";
import type { Quote } from "./quote";
import { loadCurrentVersion, lockQuote, quotesByExternalId } from "./quote.store";
import { type AskedTerms, readAskedTerms } from "./read-asked-terms";
import { saveEditedTerms } from "./save-edited-terms";
import { EXTERNAL_ID_TAKEN, inTerms, type StartedQuote } from "./start-quote";
import { statusAfterAct } from "./status-after-act";
import { changeHead, type QuoteHeadChanges } from "./update-quote";

/** Under the id that another system has for the quote. What is left out stays, or has its default in a new one. */
export type QuoteUpsert = {
  readonly externalId: string;
  /** In the place of the customer's own id; null: not by that. */
  readonly customerExternalId: string | null;
  readonly changes: Omit<QuoteHeadChanges, "externalId">;
  /** All terms; null: as they are. A new quote needs them. */
  readonly terms: AskedTerms | null;
};

export type UpsertedQuote = StartedQuote & { readonly outcome: "created" | "updated" | "unchanged" };

/**
 * Makes the quote of an external id, or brings it to what is sent. The same again changes nothing, and two that send at
 * once make one quote: the second finds what the first has made.
 */
export const upsertQuote = command({
  name: "upsertQuote",
  permission: "change_quotes",
  mayChangeNothing: true,
  run: async (asked: QuoteUpsert, scope): Promise<Result<UpsertedQuote, Refusal>> => {
    const named = await withCustomer(asked);
    if (!named.ok) return named;
    const known = await findQuote(asked.externalId);
    if (known) return bringTo(known, named.value, scope);
    const created = await create(named.value, scope);
    if (created.ok || created.error.code !== EXTERNAL_ID_TAKEN) return created;
    const another = await findQuote(asked.externalId);
    return another ? bringTo(another, named.value, scope) : created;
  },
});

/** Locked until the transaction ends. */
async function findQuote(externalId: string): Promise<Quote | null> {
  const known = (await quotesByExternalId([externalId])).get(externalId);
  return known ? lockQuote(known.id) : null;
}

async function withCustomer(asked: QuoteUpsert): Promise<Result<QuoteUpsert, Refusal>> {
  const { customerExternalId, changes } = asked;
  if (customerExternalId === null) return ok(asked);
  if (changes.customerId || changes.prospect) {
    const message = "A quote is to one party. Send one of customerId, customerExternalId and prospect.";
    return invalid("CUSTOMER_OR_PROSPECT", message, ["customerExternalId"]);
  }
  const customerId = await findCustomerIdByExternalId(customerExternalId);
  if (customerId === null) return notFound("customer", customerExternalId, ["customerExternalId"]);
  return ok({ ...asked, changes: { ...changes, customerId } });
}

async function create(
  { externalId, changes, terms }: QuoteUpsert,
  scope: CommandScope,
): Promise<Result<UpsertedQuote, Refusal>> {
  if (terms === null) {
    const message = `There is no quote with the external id "${externalId}" yet. A new one needs terms.`;
    return invalid("TERMS_MISSING", message, ["terms"]);
  }
  const head = { ...EMPTY_HEAD, ...sentFields(changes), externalId } as QuoteHead;
  const created = await createQuoteOf({ ...head, terms }, scope);
  return created.ok ? ok({ ...created.value, outcome: "created" }) : created;
}

const EMPTY_HEAD: Omit<QuoteHead, "externalId"> = {
  customerId: null,
  prospect: null,
  expiresOn: null,
  ownerId: null,
  deal: null,
  priceBookId: null,
};

async function bringTo(
  quote: Quote,
  { changes, terms }: QuoteUpsert,
  scope: CommandScope,
): Promise<Result<UpsertedQuote, Refusal>> {
  const head = await changeHead(quote, changes, scope);
  if (!head.ok) return head;
  const edited = terms === null ? ok({ isEdited: false, warnings: [] }) : await editTo(head.value.quote, terms, scope);
  if (!edited.ok) return edited;
  const isSame = head.value.quote.version === quote.version && !edited.value.isEdited;
  const warnings = [...head.value.warnings, ...edited.value.warnings];
  return ok({ quoteId: quote.id, outcome: isSame ? "unchanged" : "updated", warnings });
}

type Edited = { readonly isEdited: boolean; readonly warnings: readonly Problem[] };

/** Puts terms in the place of the present ones, with the ids of what is the same. */
async function editTo(quote: Quote, asked: AskedTerms, scope: CommandScope): Promise<Result<Edited, Refusal>> {
  const version = await loadCurrentVersion(quote);
  const before = version.terms;
  if (before.kind !== "sale") return notASale(quote, "Change it with updateAmendmentQuote.", ["terms"]);
  const read = readAskedTerms(asked, asked.currency ?? before.currency);
  if (!read.ok) return invalidInput(inTerms(read.error));
  const terms = adoptIds(read.value, before);
  if (isSameData(terms, before)) return ok({ isEdited: false, warnings: [] });
  const editable = statusAfterAct(quote, "edit", scope.today, ["terms"]);
  if (!editable.ok) return editable;

  const customer = await customerOfQuote(quote, terms.currency as CurrencyCode, scope.now);
  const checked = await checkQuoteTerms(terms, customer);
  const problems = checked.problems.filter((problem) => !isIncompleteness(problem));
  const found = problems.length > 0 ? problems : await refusedOfEdit(quote, { before, after: checked });
  if (found.length > 0) return invalidInput(inTerms(found));
  const edits = editsBetween(before, terms, await pricesById(priceIdsIn(before, terms)));
  await saveEditedTerms({ quote, version }, { terms, edits, note: null }, scope);
  return ok({ isEdited: true, warnings: inTerms(checked.warnings) });
}
