import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import type { QuoteTemplate } from "./quote-template";
import { listQuoteTemplates, quoteTemplatesById } from "./quote-template.store";

export function readQuoteTemplate(context: RequestContext, id: string): Promise<QuoteTemplate | null> {
  context.require("read");
  return context.load(quoteTemplatesById, id);
}

export async function readQuoteTemplates(context: RequestContext, args: PageArgs) {
  context.require("read");
  const page = toPage(args, ["text", "id"]);
  return toConnection(page, await listQuoteTemplates(page), ({ name, id }) => [name, id]);
}

/** What a command has changed, as it is now. */
export const templateOf = (context: RequestContext, id: string): Promise<QuoteTemplate> =>
  context.mustLoad(quoteTemplatesById, id);
