import { ok, type Result } from "../../domain/result";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import type { QuoteTemplate } from "./quote-template";
import { lockQuoteTemplate } from "./quote-template.store";

/** A template at the version that a change was made on, locked until the transaction ends. */
export async function lockToChange(id: string, version: number): Promise<Result<QuoteTemplate, Refusal>> {
  const template = await lockQuoteTemplate(id);
  if (!template) return notFound("quote template", id);
  if (template.version !== version) return staleVersion("quote template", template.version);
  if (template.archivedAt === null) return ok(template);
  return conflict("QUOTE_TEMPLATE_DELETED", `The template "${template.name}" was deleted.`, ["id"]);
}
