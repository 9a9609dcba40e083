import { Decimal } from "../../domain/money/decimal";
import type { AmendmentTerms, ChangedLine, QuoteChange, QuoteDiscount } from "../../domain/quote/quote-terms";
import { unreachable } from "../../domain/unreachable";
import type { Problem } from "../../platform/refusal";
import type { AmendedCharge, MoneyAsked, NewAmendment, NewChange, NewContractDiscount } from "../contract";
import { boundOf, contractDiscountOf, customTermsOfPrice, discountOf, moneyIn } from "./contract-of-terms";

type InCurrency = (amount: string) => MoneyAsked;

/**
 * The amendment that the terms ask for, one to one: changes[i] is its changes[i]. Everything that checks, previews or
 * records an amendment takes it from here.
 */
export function amendmentOfTerms(terms: AmendmentTerms): NewAmendment {
  const { effectiveOn, unusedTime, reason, changes, currency } = terms;
  const money = moneyIn(currency);
  const added = new Set(changes.flatMap((change) => ("bound" in change ? [change.bound.id] : [])));
  return { effectiveOn, unusedTime, reason, changes: changes.map((change) => changeOf(change, { money, added })) };
}

type Beside = {
  readonly money: InCurrency;
  /** The minimums that the same terms add. */
  readonly added: ReadonlySet<string>;
};

function changeOf(change: QuoteChange, { money, added }: Beside): NewChange {
  switch (change.kind) {
    case "add_line":
      return { kind: "add_charge", charge: chargeOf(change.line, money), endsBefore: change.endsBefore };
    case "remove_line":
      return { kind: "remove_charge", lineageId: change.lineageId };
    case "replace_line":
      return { kind: "replace_charge", lineageId: change.lineageId, charge: chargeOf(change.line, money) };
    case "change_quantity": {
      const { kind, lineageId, quantity, endsBefore } = change;
      return { kind, lineageId, quantity: new Decimal(quantity), endsBefore };
    }
    case "change_price": {
      const { kind, lineageId, priceId, customPrice, endsBefore } = change;
      return { kind, lineageId, priceId, customTerms: customTermsOfPrice(customPrice), endsBefore };
    }
    case "change_discounts": {
      const { kind, lineageId, discounts, endsBefore } = change;
      return { kind, lineageId, discounts: discounts.map((discount) => discountOf(discount, money)), endsBefore };
    }
    case "add_minimum":
      return { kind: "add_bound", bound: "minimum", terms: boundOf(change.bound, money) };
    case "add_maximum":
      return { kind: "add_bound", bound: "maximum", terms: boundOf(change.bound, money) };
    case "end_bound":
      return { kind: "end_bound", boundId: change.boundId };
    case "add_discount":
      return { kind: "add_discount", discount: overLinesOf(change.discount, { money, added }) };
    case "end_discount":
      return { kind: "end_discount", discountId: change.discountId };
    case "extend":
      return { kind: "extend", endsBefore: change.endsBefore };
    case "renew": {
      const { kind, months, upliftPercent } = change;
      return { kind, months, upliftPercent: upliftPercent === null ? null : new Decimal(upliftPercent) };
    }
    default:
      return unreachable(change);
  }
}

const chargeOf = (line: ChangedLine, money: InCurrency): AmendedCharge => ({
  priceId: line.priceId,
  customTerms: customTermsOfPrice(line.customPrice),
  quantity: line.quantity === null ? null : new Decimal(line.quantity),
  description: line.description,
  discounts: line.discounts.map((discount) => discountOf(discount, money)),
});

/** What is given for a commitment names a minimum that the same terms add, or one that the contract has. */
function overLinesOf(discount: QuoteDiscount, { money, added }: Beside): NewContractDiscount {
  const asked = contractDiscountOf(discount, money);
  const { scope } = discount;
  if (scope.kind !== "commitment" || added.has(scope.boundId)) return asked;
  return { ...asked, scope: { ...asked.scope, commitment: { key: null, boundId: scope.boundId } } };
}

const IN_QUOTE: Readonly<Record<string, string>> = {
  addCharge: "addLine",
  removeCharge: "removeLine",
  replaceCharge: "replaceLine",
  charge: "line",
};

/** A problem of the amendment at its place in what was asked for: a quote has lines where a contract has charges. */
export const atQuotePlace = ({ path, ...problem }: Problem): Problem => ({
  ...problem,
  path: path.map((step, index) => (path[0] === "changes" && index > 1 ? (IN_QUOTE[step] ?? step) : step)),
});
