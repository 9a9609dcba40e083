import { ok } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { notFound, staleVersion } from "../../platform/refusal";
import { loadCurrentVersion, lockQuote, type Quote, statusAfterAct } from "../quote";
import { executeAmendment } from "./execute-amendment";
import { executeSale } from "./execute-sale";
import type { Executed, Execution } from "./execution";
import { amendmentMadeBy } from "./read-execution";

/**
 * Makes of a signed quote the contract, or the amendment, that was agreed. The lock on the quote decides between
 * executions, edits, signatures and voiding that come at once; a quote that was executed answers what came of it.
 */
export const executeQuote = command({
  name: "executeQuote",
  permission: "execute_quotes",
  run: async (asked: Execution, scope) => {
    const quote = await lockQuote(asked.quoteId);
    if (!quote) return notFound("quote", asked.quoteId, ["quoteId"]);
    if (quote.status === "executed") return ok(await executedBefore(quote, scope));
    const executed = statusAfterAct(quote, "execute", scope.today);
    if (!executed.ok) return executed;
    if (quote.version !== asked.version) return staleVersion("quote", quote.version);

    const version = await loadCurrentVersion(quote);
    const { terms } = version;
    return terms.kind === "sale"
      ? executeSale({ quote, version, terms }, asked, scope)
      : executeAmendment({ quote, version, terms }, asked, scope);
  },
});

/** What the first execution made; that somebody asked again is noted, for nothing else happens. */
async function executedBefore(quote: Quote, { note }: CommandScope): Promise<Executed> {
  const { id: quoteId, contractId } = quote;
  if (contractId === null) throw new Error(`the quote ${quote.number} is executed and has no contract`);
  const amendmentId = (await amendmentMadeBy(quoteId))?.id ?? null;
  note({ action: "quote.execution_repeated", subjectType: "quote", subjectId: quoteId });
  return { quoteId, contractId, amendmentId, warnings: [] };
}
