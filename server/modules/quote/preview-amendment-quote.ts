import { formatDay } from "../../domain/calendar/format";
import { addMonths, earlierOf, laterOf, type PlainDate } from "../../domain/calendar/plain-date";
import { compareContracts } from "../../domain/contract/describe-change";
import type { AmendmentTerms } from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import {
  type AmendmentPreview,
  type Contract,
  contractsById,
  LONGEST_PREVIEW_MONTHS,
  proposeAmended,
} from "../contract";
import { billedLines } from "../invoice";
import { type CheckedAmendment, checkAmendmentTerms } from "./check-amendment-terms";
import { ofContract } from "./create-amendment-quote";
import { currentVersionsByQuote, quotesById } from "./quote.store";
import { type AskedAmendment, readAskedAmendment } from "./read-asked-amendment";
import { inTerms } from "./start-quote";

export type AmendmentPreviewAsked = {
  /** A quote, or a contract: exactly one of them. */
  readonly quoteId: string | null;
  readonly contractId: string | null;
  /** null: those that the quote has */
  readonly terms: AskedAmendment | null;
  /** null: a year from the day of the changes */
  readonly throughOn: PlainDate | null;
};

export type AmendmentQuotePreview = {
  readonly checked: CheckedAmendment | null;
  /** What billing would propose with and without it. */
  readonly billing: AmendmentPreview | null;
  readonly problems: readonly Problem[];
};

const MONTHS_SHOWN = 12;

/** What an amendment quote would change: on which days, for how much, on which invoices. Saves nothing. */
export async function previewAmendmentQuote(
  context: RequestContext,
  asked: AmendmentPreviewAsked,
): Promise<AmendmentQuotePreview> {
  const { today } = context.require("read");
  const found = await termsToPreview(asked);
  if (!found.ok) return refused(found.error);
  const { contract, terms } = found.value;
  const checked = await checkAmendmentTerms(terms, contract);
  if (!checked.ok) return refused(inTerms(checked.error));

  const latest = addMonths(laterOf(contract.startsOn, today), LONGEST_PREVIEW_MONTHS);
  const through = asked.throughOn ?? earlierOf(addMonths(terms.effectiveOn, MONTHS_SHOWN), latest);
  if (through > latest) {
    const message = `A preview reaches ten years ahead at the most. Send ${formatDay(latest)} or an earlier day.`;
    return refused([{ code: "PREVIEW_TOO_LONG", message, path: ["throughOn"] }]);
  }
  const { before, after } = checked.value.accepted;
  const from = earlierOf(before.startsOn, through);
  const billed = (await billedLines([{ contractId: contract.id, from }])).get(contract.id) ?? [];
  const billing = await proposeAmended({ before, after: after.contract }, { billed, from, through });
  return {
    checked: checked.value,
    billing: { ...billing, comparison: compareContracts(before, after.contract), problems: [] },
    problems: [],
  };
}

const refused = (problems: readonly Problem[]): AmendmentQuotePreview => ({ checked: null, billing: null, problems });

type Found = { readonly contract: Contract; readonly terms: AmendmentTerms };

async function termsToPreview(asked: AmendmentPreviewAsked): Promise<Result<Found, Problem[]>> {
  const refuse = (code: string, message: string, ...path: string[]) => fail<Problem[]>([{ code, message, path }]);
  const { quoteId } = asked;
  if ((quoteId === null) === (asked.contractId === null)) {
    const message = "Say what is amended: send exactly one of quoteId and contractId.";
    return refuse("QUOTE_OR_CONTRACT", message, "quoteId");
  }
  const quote = quoteId === null ? null : (await quotesById([quoteId])).get(quoteId);
  if (quoteId !== null && !quote) return refuse("QUOTE_NOT_FOUND", `There is no quote ${quoteId}.`, "quoteId");
  if (quote?.kind === "sale") {
    const message = `${quote.number} is for a new contract. Preview it with previewQuote.`;
    return refuse("QUOTE_NOT_AN_AMENDMENT", message, "quoteId");
  }
  if (quote?.status === "executed") {
    const message = `${quote.number} was executed: the amendment of its contract says what it changed.`;
    return refuse("QUOTE_EXECUTED", message, "quoteId");
  }
  const contractId = quote?.contractId ?? asked.contractId ?? "";
  const contract = (await contractsById([contractId])).get(contractId);
  if (!contract) return refuse("CONTRACT_NOT_FOUND", `There is no contract ${contractId}.`, "contractId");

  if (asked.terms) {
    const read = readAskedAmendment(asked.terms, ofContract(contract));
    return read.ok ? ok({ contract, terms: read.value }) : fail(inTerms(read.error));
  }
  const own = quote ? (await currentVersionsByQuote([quote.id])).get(quote.id)?.terms : null;
  if (own?.kind !== "amendment") return refuse("TERMS_MISSING", "Send the terms of the amendment.", "terms");
  return ok({ contract, terms: own });
}
