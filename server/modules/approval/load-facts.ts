import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Phase } from "../../domain/contract/contract";
import { documentRate } from "../../domain/invoice/exchange";
import type { CurrencyCode } from "../../domain/money/currency";
import { type Decimal, ONE } from "../../domain/money/decimal";
import {
  type ApprovalFacts,
  canonical,
  factsOfAmendment,
  factsOfSale,
  type GuardRailFact,
} from "../../domain/quote/approval-facts";
import type { QuoteFigures } from "../../domain/quote/quote-figures";
import type { AmendmentTerms, SaleTerms } from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";
import { pricesById } from "../catalog";
import { customersById } from "../customer";
import { ratesFor } from "../exchange-rate";
import { loadOrganization, type Organization } from "../organization";
import { checkGuardRails, type GuardRailViolation, toGuardRailProblem } from "../price-book";
import {
  amendmentOfQuote,
  checkQuoteTerms,
  customerOfQuote,
  figuresOfChecked,
  type Quote,
  type QuoteVersion,
} from "../quote";

export type Time = { readonly now: Date; readonly today: PlainDate };

/** What rules look at, of terms that are complete; or everything that keeps them from being submitted, at its place. */
export async function loadFacts(
  quote: Quote,
  version: QuoteVersion,
  { now, today }: Time,
): Promise<Result<ApprovalFacts, readonly Problem[]>> {
  const organization = await loadOrganization();
  const { baseCurrency } = organization;
  const { terms } = version;
  const party = quote.customerId ?? canonical({ prospect: quote.prospect?.legalName });
  if (terms.kind === "amendment") {
    const amended = await amendmentOfQuote(quote, terms);
    if (!amended.ok) return inTerms(amended.error);
    const { accepted, figures } = amended.value;
    const { before, after } = accepted;
    const rateToBase = await rateBetween(figures.currency.code, baseCurrency, today);
    const added = figures.total.difference;
    const names = await changedNames(terms, before.phases);
    return ok(
      factsOfAmendment(terms, { party, baseCurrency, rateToBase, before, after: after.contract, added, names }),
    );
  }
  const checked = await checkQuoteTerms(terms, await customerOfQuote(quote, terms.currency as CurrencyCode, now));
  if (checked.problems.length > 0) return inTerms(checked.problems);
  const figures = figuresOfChecked(checked);
  const violations = await checkGuardRails(quote, terms, figures);
  const refused = violations.filter(({ severity }) => severity === "refused");
  if (refused.length > 0) return inTerms(refused.map(toGuardRailProblem));
  const guardRails = violations.map((violation) => guardRailFact(violation, terms, figures));
  const rateToBase = await rateBetween(figures.currency.code, baseCurrency, today);
  const paymentTerms = await usualPaymentTerms(quote, organization);
  return ok(factsOfSale(terms, figures, { party, baseCurrency, paymentTerms, rateToBase, guardRails }));
}

/** Problems of the terms, at their place in the quote. */
const inTerms = (problems: readonly Problem[]) =>
  fail(problems.map((problem) => ({ ...problem, path: ["terms", ...problem.path] })));

/** What the changes are about, by the id of each: a new line, or one that the contract has. */
async function changedNames({ changes }: AmendmentTerms, phases: readonly Phase[]): Promise<Map<string, string>> {
  const charges = phases.flatMap((phase) => phase.charges);
  const prices = await pricesById(changes.flatMap((change) => ("line" in change ? [change.line.priceId] : [])));
  return new Map(
    changes.flatMap((change) => {
      const line = "line" in change ? change.line : null;
      const lineageId = "lineageId" in change ? change.lineageId : null;
      const charge = charges.findLast((each) => each.lineageId === lineageId);
      const name = line?.description ?? charge?.description ?? prices.get(line?.priceId ?? "")?.name;
      return name ? [[change.id, name]] : [];
    }),
  );
}

function guardRailFact(violation: GuardRailViolation, { phases }: SaleTerms, { lines }: QuoteFigures): GuardRailFact {
  const { code, lineId, actual } = violation;
  const line = phases.flatMap((phase) => phase.lines).find(({ id }) => id === lineId);
  const name = lines.find((figure) => figure.lineId === lineId)?.description ?? "a line";
  return {
    id: `${code}:${lineId}`,
    basis: canonical({ priceId: line?.priceId, customPrice: line?.customPrice }),
    degree: actual,
    reason: `“${name}”: ${toGuardRailProblem(violation).message}`,
  };
}

async function usualPaymentTerms({ customerId }: Quote, { paymentTerms }: Organization) {
  const customer = customerId === null ? null : (await customersById([customerId])).get(customerId);
  return customer?.paymentTerms ?? paymentTerms;
}

async function rateBetween(from: CurrencyCode, to: CurrencyCode, on: PlainDate): Promise<Decimal | null> {
  if (from === to) return ONE;
  const wanted = { from, to, on };
  const rate = documentRate(await ratesFor([wanted]), wanted);
  return rate.ok ? rate.value.rate : null;
}
