import type { PlainDate } from "../../domain/calendar/plain-date";
import { type CurrencyCode, parseCurrency } from "../../domain/money/currency";
import { fail, ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Problem } from "../../platform/refusal";
import { type Customer, customersById } from "../customer";
import { loadOrganization } from "../organization";
import { checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
import { customerOfProspect, type Party } from "./party";
import type { Prospect } from "./quote";
import { insertQuote, insertVersion, nextQuoteNumber } from "./quote.store";
import { insertQuoteEvent } from "./quote-event.store";
import { type AskedTerms, readAskedTerms } from "./read-asked-terms";

export type NewQuote = Party & {
  readonly terms: AskedTerms;
  readonly expiresOn: PlainDate | null;
  readonly externalId: string | null;
  readonly deal: string | null;
};

export const createQuote = command({
  name: "createQuote",
  permission: "change_quotes",
  run: async (asked: NewQuote, { caller, now, today, note }) => {
    const problems = checkHead(asked, today);
    const party = await loadParty(asked, asked.terms.currency, now);
    if (!party.ok) return invalidInput([...problems, ...party.error]);
    const terms = readAskedTerms(asked.terms, party.value.currency);
    if (!terms.ok) return invalidInput([...problems, ...inTerms(terms.error)]);
    const checked = await checkQuoteTerms(terms.value, party.value.customer);
    const found = [...problems, ...inTerms(checked.problems.filter((problem) => !isIncompleteness(problem)))];
    if (found.length > 0) return invalidInput(found);

    const { customerId, prospect, expiresOn, externalId, deal } = asked;
    const quoteId = newId();
    const number = await nextQuoteNumber();
    const ownerId = caller.actor.kind === "member" ? caller.actor.id : null;
    const head = { customerId, prospect, expiresOn, externalId, deal, ownerId, contractId: null, priceBookId: null };
    if (!(await insertQuote({ ...head, id: quoteId, number, kind: "sale" }, now))) {
      return conflict("EXTERNAL_ID_TAKEN", `Another quote has the external id "${externalId}".`, ["externalId"]);
    }
    await insertVersion({ quoteId, ordinal: 1, terms: terms.value, createdBy: caller.actor.name }, now);
    const event = { quoteId, versionOrdinal: 1, kind: "created", actor: caller.actor.name, reason: null } as const;
    await insertQuoteEvent({ ...event, facts: {}, happenedAt: now });
    note({
      action: "quote.created",
      subjectType: "quote",
      subjectId: quoteId,
      after: { ...head, number, terms: terms.value },
    });
    return ok({ quoteId, warnings: inTerms(checked.warnings) });
  },
});

/** Problems of the terms, at their place in the input. */
export const inTerms = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({ ...problem, path: ["terms", ...problem.path] }));

function checkHead({ expiresOn, externalId, deal, prospect }: NewQuote, today: PlainDate): Problem[] {
  const problems = new InputProblems();
  if (expiresOn !== null && expiresOn < today) {
    problems.report("EXPIRED_ALREADY", `${expiresOn} is over. Send today or a later day.`, "expiresOn");
  }
  problems.checkOptionalText(externalId, "The external id", 200, "externalId");
  problems.checkOptionalText(deal, "The deal", 200, "deal");
  if (prospect) checkProspect(prospect, problems);
  return problems.found;
}

function checkProspect(prospect: Prospect, problems: InputProblems): void {
  problems.checkText(prospect.legalName, "The legal name", 200, "prospect", "legalName");
  problems.checkLines(prospect.addressLines, "the address", "prospect", "addressLines");
  problems.checkOptionalText(prospect.taxId, "The tax id", 50, "prospect", "taxId");
  problems.checkOptionalText(prospect.contactName, "The contact's name", 200, "prospect", "contactName");
  problems.checkOptionalText(prospect.externalId, "The external id", 200, "prospect", "externalId");
}

type LoadedParty = { readonly customer: Customer; readonly currency: CurrencyCode };

/** Whom the quote is to, and the currency that it is in: as asked for, else the customer's, else the organization's. */
export async function loadParty(
  { customerId, prospect }: Party,
  askedCurrency: string | null,
  now: Date,
): Promise<Result<LoadedParty, Problem[]>> {
  const problems = new InputProblems();
  if ((customerId === null) === (prospect === null)) {
    const message = "A quote is to a customer or to a prospect. Send exactly one of customerId and prospect.";
    problems.report("CUSTOMER_OR_PROSPECT", message, "customerId");
    return fail(problems.found);
  }
  const known = customerId === null ? null : ((await customersById([customerId])).get(customerId) ?? null);
  if (customerId !== null && !known) {
    problems.report("CUSTOMER_NOT_FOUND", `There is no customer ${customerId}.`, "customerId");
    return fail(problems.found);
  }
  const code = askedCurrency ?? known?.currency ?? (await loadOrganization()).baseCurrency;
  const parsed = parseCurrency(code);
  if (!parsed.ok) {
    const message = `"${code}" is not an ISO 4217 currency code. Send one such as "EUR".`;
    problems.report("CURRENCY_UNKNOWN", message, "terms", "currency");
    return fail(problems.found);
  }
  const currency = parsed.value.code;
  return ok({ currency, customer: known ?? customerOfProspect(prospect as Prospect, currency, now) });
}
