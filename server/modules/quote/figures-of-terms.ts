import { figuresOf, type QuoteToPrice } from "../../domain/quote/figures";
import type { QuoteFigures } from "../../domain/quote/quote-figures";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";
import type { Customer } from "../customer";
import { type AssumedQuoteUsage, assumedAnswers, checkAssumed } from "./assumed-quote-usage";
import { type CheckedTerms, checkQuoteTerms, keepsFromBilling } from "./check-quote-terms";
import { loadParty } from "./party";
import type { Quote, QuoteVersion } from "./quote";

export type { AssumedQuoteUsage } from "./assumed-quote-usage";

/** What terms come to, by the engine that will bill them; or, each with its place, what keeps them from being billed. */
export async function figuresOfTerms(
  terms: SaleTerms,
  customer: Customer,
  assumed?: AssumedQuoteUsage,
): Promise<Result<QuoteFigures, readonly Problem[]>> {
  const checked = await checkQuoteTerms(terms, customer);
  const problems = [...checkBillable(checked), ...(assumed ? checkAssumed(assumed, checked) : [])];
  return problems.length > 0 ? fail(problems) : ok(figuresOfChecked(checked, assumed));
}

/** What a version of a quote comes to, without usage. */
export async function figuresOfVersion(
  quote: Quote,
  version: QuoteVersion,
  now: Date,
): Promise<Result<QuoteFigures, readonly Problem[]>> {
  const { terms } = version;
  if (terms.kind === "amendment") return fail([AMENDMENT_WITHOUT_FIGURES]);
  const party = await loadParty(quote, terms.currency, now);
  return party.ok ? figuresOfTerms(terms, party.value.customer) : fail(party.error);
}

export const AMENDMENT_WITHOUT_FIGURES: Problem = {
  code: "AMENDMENT_WITHOUT_FIGURES",
  message: "A quote that amends a contract has no figures of its own: look at what the amendment would change.",
  path: [],
};

/** The figures of terms that can be billed (checkBillable), with assumptions that hold (checkAssumed). */
export const figuresOfChecked = (checked: CheckedTerms, assumed?: AssumedQuoteUsage): QuoteFigures =>
  figuresOf(quoteToPrice(checked), assumed ? assumedAnswers(assumed, checked) : null);

/** Everything that keeps checked terms from being billed. */
export const checkBillable = ({ problems }: CheckedTerms): readonly Problem[] => problems.filter(keepsFromBilling);

/** Phases and lines stand in the draft in the places that they have in the terms. */
function quoteToPrice({ terms, draft }: CheckedTerms): QuoteToPrice {
  const listed = new Map(draft.negotiated.map((negotiated) => [negotiated.price, negotiated.listed]));
  const named = [
    ...draft.contract.minimums.map(({ id }, index) => [id, terms.minimums[index]?.id] as const),
    ...draft.contract.maximums.map(({ id }, index) => [id, terms.maximums[index]?.id] as const),
    ...draft.contract.discounts.map(({ id }, index) => [id, terms.discounts[index]?.id] as const),
  ];
  const termsIds = new Map(named);
  return {
    contract: draft.contract,
    listedTermsOf: (price) => listed.get(price) ?? null,
    termsIdOf: (id) => termsIds.get(id) ?? id,
    phases: draft.asAsked.phases.map(({ startsOn, endsBefore, charges }, index) => ({
      id: terms.phases[index]?.id ?? String(index),
      name: terms.phases[index]?.name ?? `Phase ${index + 1}`,
      startsOn,
      endsBefore,
      lines: charges.map(({ lineageId, description, metricId }, place) => ({
        id: terms.phases[index]?.lines[place]?.id ?? lineageId,
        lineageId,
        description,
        isMetered: metricId !== null,
      })),
    })),
  };
}
