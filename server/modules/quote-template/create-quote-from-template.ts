import type { PlainDate } from "../../domain/calendar/plain-date";
import { command } from "../../platform/command";
import { conflict, notFound } from "../../platform/refusal";
import { type QuoteHead, startQuoteFrom } from "../quote";
import { quoteTemplatesById } from "./quote-template.store";

export type QuoteFromTemplate = Omit<QuoteHead, "priceBookId"> & {
  readonly templateId: string;
  /** undefined: the template's; null: none */
  readonly priceBookId: string | null | undefined;
  readonly startsOn: PlainDate;
  /** null: the template's terms' */
  readonly name: string | null;
};

export const createQuoteFromTemplate = command({
  name: "createQuoteFromTemplate",
  permission: "change_quotes",
  run: async ({ templateId, startsOn, name, priceBookId, ...rest }: QuoteFromTemplate, scope) => {
    const template = (await quoteTemplatesById([templateId])).get(templateId);
    if (!template) return notFound("quote template", templateId, ["templateId"]);
    if (template.archivedAt !== null) {
      const message = `The template "${template.name}" was deleted. Use another.`;
      return conflict("QUOTE_TEMPLATE_DELETED", message, ["templateId"]);
    }
    const head = { ...rest, priceBookId: priceBookId === undefined ? template.priceBookId : priceBookId };
    const facts = { template: template.name };
    return startQuoteFrom({ terms: template.terms, facts }, { head, changes: { name, startsOn } }, scope);
  },
});
