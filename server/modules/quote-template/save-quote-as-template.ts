import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput, notFound } from "../../platform/refusal";
import { notASale, quotesById, versionsByQuote } from "../quote";
import { checkTemplate, nameTaken } from "./check-template";
import { insertQuoteTemplate } from "./quote-template.store";

export type NewQuoteTemplate = {
  readonly quoteId: string;
  /** null: the current version */
  readonly versionOrdinal: number | null;
  readonly name: string;
  readonly description: string | null;
};

/** Keeps the terms as they are, without the purchase order, which is one customer's; the quote goes its own way. */
export const saveQuoteAsTemplate = command({
  name: "saveQuoteAsTemplate",
  permission: "change_quotes",
  run: async (asked: NewQuoteTemplate, { caller, now, note }) => {
    const { quoteId, versionOrdinal: ordinal, name, description } = asked;
    const problems = checkTemplate(asked);
    if (problems.length > 0) return invalidInput(problems);
    const quote = (await quotesById([quoteId])).get(quoteId);
    if (!quote) return notFound("quote", quoteId, ["quoteId"]);
    const versions = (await versionsByQuote([quoteId])).get(quoteId) ?? [];
    const version = versions.find((one) => one.ordinal === (ordinal ?? quote.currentVersion));
    if (!version) return notFound("quote version", `${quote.number}, version ${ordinal}`, ["versionOrdinal"]);
    if (version.terms.kind !== "sale") return notASale(quote, "Templates are of sales alone.");

    const { priceBookId } = quote;
    const terms = { ...version.terms, poNumber: null };
    const template = { id: newId(), name, description, terms, priceBookId, createdBy: caller.actor.name };
    if (!(await insertQuoteTemplate(template, now))) return nameTaken(name);
    const { id, ...after } = template;
    note({ action: "quote_template.created", subjectType: "quote_template", subjectId: id, after });
    return ok({ templateId: id });
  },
});
