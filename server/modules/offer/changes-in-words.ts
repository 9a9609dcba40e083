import { addDays } from "../../domain/calendar/plain-date";
import type { Charge, Contract } from "../../domain/contract/contract";
import { priceFromTerms } from "../../domain/pricing/price-terms";
import type { AmendmentTerms, LineDiscount, QuoteBound, QuoteChange } from "../../domain/quote/quote-terms";
import { unreachable } from "../../domain/unreachable";
import type { OfferChange, OfferFact } from "../../integrations/pdf/offer-document";
import { type Catalog, discountInWords, lineInWords, offeredPrice, priceToSay } from "./line-in-words";
import type { OfferWriter } from "./offer-writer";
import { priceInWords } from "./price-in-words";
import { boundInWords, sharedDiscountInWords } from "./terms-in-words";

/** The contract that is amended, as it is before. */
export type AmendedContract = {
  readonly number: string;
  readonly name: string;
  readonly contract: Contract;
};

export function amendmentInWords(terms: AmendmentTerms, amended: AmendedContract, write: OfferWriter): OfferFact[] {
  const { facts, changeSentences } = write.words;
  return [
    { label: facts.contract, value: `${amended.number} · ${amended.name}` },
    { label: facts.effective, value: write.day(terms.effectiveOn) },
    { label: facts.reason, value: terms.reason },
    {
      label: facts.unusedTime,
      value: terms.unusedTime === "credit" ? changeSentences.credited : changeSentences.keptAsBilled,
    },
    { label: facts.currency, value: terms.currency },
  ];
}

/** Each change in a sentence, with what becomes new under it. */
export function changesInWords(
  { changes, effectiveOn }: AmendmentTerms,
  { contract }: AmendedContract,
  catalog: Catalog,
  write: OfferWriter,
): OfferChange[] {
  const before: Before = {
    contract,
    effectiveOn,
    lines: new Map([...lineNames(contract), ...changes.flatMap((change) => addedLine(change, catalog))]),
    bounds: [
      ...contract.minimums,
      ...contract.maximums,
      ...changes.flatMap((change) => ("bound" in change ? [change.bound] : [])),
    ],
  };
  return changes.map((change) => ({
    days: daysOf(change, effectiveOn, write),
    ...said(change, before, catalog, write),
  }));
}

function daysOf(change: QuoteChange, from: AmendmentTerms["effectiveOn"], write: OfferWriter): string | null {
  const endsBefore = "endsBefore" in change && change.kind !== "extend" ? change.endsBefore : null;
  if (endsBefore === null) return write.words.from(write.day(from));
  return endsBefore > from ? write.span({ startsOn: from, endsBefore }) : null;
}

type Said = Omit<OfferChange, "days">;
type Before = {
  readonly contract: Contract;
  /** Those that the changes themselves add are known too. */
  readonly lines: ReadonlyMap<string, string>;
  readonly bounds: readonly Pick<QuoteBound, "id" | "description">[];
} & Pick<AmendmentTerms, "effectiveOn">;

function said(change: QuoteChange, before: Before, catalog: Catalog, write: OfferWriter): Said {
  const { changeSentences: say, bounds } = write.words;
  const { contract, lines } = before;
  switch (change.kind) {
    case "add_line": {
      const line = offered(change.line, before, catalog, write);
      return { subject: line.description, sentence: say.added, details: lineDetails(line, write) };
    }
    case "remove_line":
      return { subject: lines.get(change.lineageId) ?? "", sentence: say.removed, details: [] };
    case "replace_line": {
      const line = offered(change.line, before, catalog, write);
      const sentence = say.replaced(line.description);
      return { subject: lines.get(change.lineageId) ?? "", sentence, details: lineDetails(line, write) };
    }
    case "change_quantity": {
      const charge = chargeOf(change.lineageId, before);
      const from = charge ? write.count(charge.quantity) : null;
      const sentence = say.quantity(from, write.count(change.quantity));
      return { subject: charge?.description ?? "", sentence, details: [] };
    }
    case "change_price": {
      const charge = chargeOf(change.lineageId, before);
      const details = newPrice(change, charge, catalog, write);
      return { subject: charge?.description ?? "", sentence: say.price, details };
    }
    case "change_discounts": {
      const charge = chargeOf(change.lineageId, before);
      const details = discountSentences(change.discounts, charge, write);
      return {
        subject: charge?.description ?? "",
        sentence: details.length > 0 ? say.discounts : say.noDiscounts,
        details,
      };
    }
    case "add_minimum":
    case "add_maximum": {
      const kind = change.kind === "add_minimum" ? "minimum" : "maximum";
      const details = [boundInWords(change.bound, kind, lines, write)];
      return { subject: change.bound.description, sentence: say.boundAdded(bounds[kind]), details };
    }
    case "end_bound": {
      const isMinimum = contract.minimums.some(({ id }) => id === change.boundId);
      const bound = [...contract.minimums, ...contract.maximums].find(({ id }) => id === change.boundId);
      const kind = isMinimum ? bounds.minimum : bounds.maximum;
      return { subject: bound?.description ?? "", sentence: say.ended(kind), details: [] };
    }
    case "add_discount": {
      const details = [sharedDiscountInWords(change.discount, before, write)];
      return { subject: change.discount.description, sentence: say.discountAdded, details };
    }
    case "end_discount": {
      const discount = contract.discounts.find(({ id }) => id === change.discountId);
      return { subject: discount?.description ?? "", sentence: say.ended(bounds.discount), details: [] };
    }
    case "extend": {
      const { endsBefore } = change;
      const sentence = endsBefore === null ? say.extendedWithoutEnd : say.extended(write.day(addDays(endsBefore, -1)));
      return { subject: say.term, sentence, details: [] };
    }
    case "renew": {
      const uplift = change.upliftPercent === null ? null : write.percent(change.upliftPercent);
      return { subject: say.term, sentence: say.renewed(change.months, uplift), details: [] };
    }
    default:
      return unreachable(change);
  }
}

type NewLine = Extract<QuoteChange, { kind: "add_line" }>["line"];

const offered = (line: NewLine, { effectiveOn }: Before, catalog: Catalog, write: OfferWriter) =>
  lineInWords(line, { startsOn: effectiveOn, endsBefore: null }, catalog, write);

function lineDetails(line: ReturnType<typeof lineInWords>, { words }: OfferWriter): string[] {
  const price = [line.price.join("; "), ...(line.quantity ? [line.quantity] : [])].join(", ");
  const amount = line.isByUsage ? [] : [[line.amount, line.per].filter(Boolean).join(" ")];
  const isSaid = amount[0] !== undefined && price.startsWith(amount[0]);
  return [...(price ? [price] : []), ...(isSaid ? [] : amount.map((text) => words.together(text))), ...line.details];
}

function newPrice(
  change: Extract<QuoteChange, { kind: "change_price" }>,
  charge: Charge | undefined,
  catalog: Catalog,
  write: OfferWriter,
): string[] {
  const listed = change.priceId === null ? null : catalog.prices.get(change.priceId);
  if (listed) {
    return priceInWords(priceToSay(offeredPrice(listed, change.customPrice), catalog, write), write);
  }
  if (!change.customPrice || !charge) return [];
  const price = priceFromTerms(change.customPrice.model, change.customPrice.terms);
  const { words } = write;
  const metric = charge.metricId === null ? null : catalog.metrics.get(charge.metricId);
  const unit = price.model === "seat" ? words.seat : (metric?.unit ?? words.unit);
  const isMetered = charge.metricId !== null;
  return priceInWords({ price, cadence: charge.cadence, unit, measured: metric?.name ?? null, isMetered }, write);
}

const discountSentences = (
  discounts: readonly LineDiscount[],
  charge: Charge | undefined,
  write: OfferWriter,
): string[] => discounts.map((discount) => discountInWords(discount, { cadence: charge?.cadence ?? "monthly" }, write));

/** The charge as it is on the day of the amendment, or the last it had. */
function chargeOf(lineageId: string, { contract, effectiveOn }: Before): Charge | undefined {
  const having = contract.phases.flatMap(({ startsOn, charges }) => {
    const charge = charges.find((one) => one.lineageId === lineageId);
    return charge ? [{ startsOn, charge }] : [];
  });
  return (having.findLast(({ startsOn }) => startsOn <= effectiveOn) ?? having[0])?.charge;
}

function addedLine(change: QuoteChange, { prices }: Catalog): [string, string][] {
  if (change.kind !== "add_line" && change.kind !== "replace_line") return [];
  const price = prices.get(change.line.priceId);
  return price ? [[price.lineageId, change.line.description ?? price.name]] : [];
}

const lineNames = ({ phases }: Contract): ReadonlyMap<string, string> =>
  new Map(phases.flatMap(({ charges }) => charges.map(({ lineageId, description }) => [lineageId, description])));
