import type { Difference } from "../../domain/contract/difference";
import type { RequestContext } from "../../platform/request-context";
import {
  type Amendment,
  amendmentsById,
  amendmentsByQuote,
  type Contract,
  contractsById,
  differencesFromSigned,
  signedQuotesByContract,
} from "../contract";
import { documentsByQuote, type Quote, type QuoteDocument, quotesById } from "../quote";
import type { Executed } from "./execution";

/** The amendment that the execution of a quote recorded; null: it made a contract, or was not executed. */
export async function amendmentMadeBy(quoteId: string): Promise<Amendment | null> {
  return (await amendmentsByQuote([quoteId])).get(quoteId) ?? null;
}

/** The quote whose execution made the contract; null: it was entered by itself. */
export async function quoteThatMade(context: RequestContext, { id }: Contract): Promise<Quote | null> {
  const signed = (await context.load(signedQuotesByContract, id)) ?? [];
  const first = signed.find(({ revision }) => revision === 0);
  return first ? context.mustLoad(quotesById, first.quoteId) : null;
}

/** The files of what was signed, and everything that was attached to the quotes. */
export async function documentsOfContract(context: RequestContext, { id }: Contract): Promise<QuoteDocument[]> {
  const signed = (await context.load(signedQuotesByContract, id)) ?? [];
  const files = await Promise.all(
    signed.map(async ({ quoteId, versionOrdinal }) =>
      ((await context.load(documentsByQuote, quoteId)) ?? []).filter(
        (document) => document.kind === "attachment" || document.versionOrdinal === versionOrdinal,
      ),
    ),
  );
  return files.flat();
}

/** What is billed differently from what was signed; null: nothing was signed through a quote. */
export function differencesOfContract(
  context: RequestContext,
  { id }: Contract,
): Promise<readonly Difference[] | null> {
  return context.load(differencesFromSigned, id);
}

/** The quote that agreed an amendment; null: it was recorded without one. */
export const quoteOfAmendment = async (context: RequestContext, { quoteId }: Amendment): Promise<Quote | null> =>
  quoteId === null ? null : context.mustLoad(quotesById, quoteId);

export const executedQuote = (context: RequestContext, { quoteId }: Executed): Promise<Quote> =>
  context.mustLoad(quotesById, quoteId);

export const contractMade = (context: RequestContext, { contractId }: Executed): Promise<Contract> =>
  context.mustLoad(contractsById, contractId);

export const amendmentMade = async (context: RequestContext, { amendmentId }: Executed): Promise<Amendment | null> =>
  amendmentId === null ? null : context.mustLoad(amendmentsById, amendmentId);
