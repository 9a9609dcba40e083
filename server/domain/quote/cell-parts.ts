import { textOf } from "../contract/charge-runs";
import { unreachable } from "../unreachable";
import type { Cell, Field, QuotedPrices } from "./cell";
import { pricedAs, restOfPrice } from "./cell-price";
import { fieldsOfBound, fieldsOfDiscount } from "./cells-of-bounds";
import { fieldsOfHead, fieldsOfPhase } from "./cells-of-head";
import { fieldsOfLine, nameOfLine } from "./cells-of-line";
import { fieldsOfLineDiscount } from "./cells-of-line-discount";
import { fieldsOfRampStep, nameOfStep } from "./cells-of-ramp";
import type {
  QuoteBound,
  QuoteDiscount,
  QuoteDiscountScope,
  QuoteLine,
  QuotePhase,
  QuoteRampStep,
  SaleTerms,
} from "./quote-terms";

/**
 * The terms as a tree of what people name: the whole, its phases, their lines, the discounts and ramps of those, and the
 * bounds and discounts over several lines. Cells and comparisons are both read from it.
 */
export type TermsPart = {
  readonly id: string;
  /** "" for the whole. */
  readonly path: string;
  readonly name: string;
  /** Names of what holds it, outermost first, with its own; empty for the whole. */
  readonly where: readonly string[];
  /** Under which its counterpart is found in other terms where the id is not there: its price lineage, its first day. */
  readonly likeness: string | null;
  readonly cells: readonly WritableCell[];
  /** What no cell says, as text. */
  readonly facts: () => readonly PartFact[];
  readonly groups: readonly PartGroup[];
};

export type WritableCell = Cell & { readonly write: (terms: SaleTerms, value: string | null) => SaleTerms };
/** `inWords` where the value is an id or data. */
export type PartFact = {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly inWords: string;
};
/** Parts of one kind, and whether their order is agreed as well. */
export type PartGroup = { readonly name: string; readonly title: string; readonly parts: readonly TermsPart[] };

type Place<Part> = {
  readonly path: string;
  readonly where: readonly string[];
  readonly within: (change: (part: Part) => Part) => (terms: SaleTerms) => SaleTerms;
};

/** The tree of terms. Every write finds its part by id, so that it holds for the terms after other writes as well. */
export function partsOfTerms(terms: SaleTerms, prices: QuotedPrices): TermsPart {
  return {
    ...partOf("", terms.name, WHOLE, fieldsOfHead(terms)),
    facts: () => [plainFact("currency", "Currency", terms.currency)],
    groups: [
      {
        name: "phases",
        title: "Phase",
        parts: terms.phases.map((phase, index) => partOfPhase(phase, index, prices)),
      },
      boundsGroup({ group: "minimums", title: "Minimum", bounds: terms.minimums }, prices),
      boundsGroup({ group: "maximums", title: "Maximum", bounds: terms.maximums }, prices),
      {
        name: "discounts",
        title: "Discount",
        parts: terms.discounts.map((discount) => partOfDiscount(discount, terms, prices)),
      },
    ],
  };
}

function partOf<Part>(
  id: string,
  name: string,
  { path, where, within }: Place<Part>,
  fields: readonly Field<Part>[],
): Omit<TermsPart, "facts" | "groups"> {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  return {
    id,
    path,
    name,
    where,
    likeness: null,
    cells: fields.map((field) => ({
      path: at(field.name),
      where,
      title: field.title,
      format: field.format,
      value: field.value,
      standard: field.standard,
      lock: field.lock,
      shows: field.shows === null ? null : at(field.shows),
      givenWith: field.givenWith.map(at),
      write: (terms, value) => within((part) => field.write(part, value))(terms),
    })),
  };
}

type Identified = { readonly id: string };

/** The way from one part into one that it holds. */
function inside<Part, Inner extends Identified>(
  outer: Place<Part>,
  { group, id, name }: { readonly group: keyof Part & string; readonly id: string; readonly name: string },
): Place<Inner> {
  return {
    path: outer.path === "" ? `${group}.${id}` : `${outer.path}.${group}.${id}`,
    where: [...outer.where, name],
    within: (change) =>
      outer.within((part) => {
        const list = part[group] as readonly Inner[];
        const index = list.findIndex((inner) => inner.id === id);
        const found = list[index];
        return found ? { ...part, [group]: list.with(index, change(found)) } : part;
      }),
  };
}

const WHOLE: Place<SaleTerms> = { path: "", where: [], within: (change) => change };

export const nameOfPhase = ({ name }: QuotePhase, index: number): string => name ?? `Phase ${index + 1}`;

function partOfPhase(phase: QuotePhase, index: number, prices: QuotedPrices): TermsPart {
  const name = nameOfPhase(phase, index);
  const place = inside<SaleTerms, QuotePhase>(WHOLE, { group: "phases", id: phase.id, name });
  return {
    ...partOf(phase.id, name, place, fieldsOfPhase(phase, `Phase ${index + 1}`)),
    likeness: phase.startsOn,
    facts: () => [],
    groups: [{ name: "lines", title: "Line", parts: phase.lines.map((line) => partOfLine(line, place, prices)) }],
  };
}

function partOfLine(line: QuoteLine, phase: Place<QuotePhase>, prices: QuotedPrices): TermsPart {
  const name = nameOfLine(line, prices);
  const place = inside<QuotePhase, QuoteLine>(phase, { group: "lines", id: line.id, name });
  return {
    ...partOf(line.id, name, place, fieldsOfLine(line, prices)),
    likeness: prices.get(line.priceId)?.lineageId ?? null,
    facts: () => factsOfPrice(line, prices),
    groups: [
      {
        name: "discounts",
        title: "Discount",
        parts: line.discounts.map((discount) => {
          const called = `Discount "${discount.description}"`;
          const within = inside<QuoteLine, QuoteLine["discounts"][number]>(place, {
            group: "discounts",
            id: discount.id,
            name: called,
          });
          return {
            ...partOf(discount.id, called, within, fieldsOfLineDiscount(discount)),
            facts: () => [],
            groups: [],
          };
        }),
      },
      { name: "ramp", title: "Step", parts: line.ramp.map((step) => partOfStep(step, line, place, prices)) },
    ],
  };
}

/** A step is written in its line, from whose price its own may start. */
function partOfStep(step: QuoteRampStep, line: QuoteLine, place: Place<QuoteLine>, prices: QuotedPrices): TermsPart {
  const name = nameOfStep(step);
  const inLine = { ...place, path: `${place.path}.ramp.${step.id}`, where: [...place.where, name] };
  return {
    ...partOf(step.id, name, inLine, fieldsOfRampStep(step, line, prices)),
    facts: () => (step.priceId === null ? [] : factsOfPrice({ ...step, priceId: step.priceId }, prices)),
    groups: [],
  };
}

function factsOfPrice(line: Pick<QuoteLine, "priceId" | "customPrice">, prices: QuotedPrices): PartFact[] {
  const price = prices.get(line.priceId);
  const priced = pricedAs(line, prices);
  const named = { name: "priceId", title: "Price", value: line.priceId, inWords: price?.name ?? line.priceId };
  if (!priced) return [named];
  const { agreed } = priced;
  return [
    named,
    plainFact("price.model", "Price model", agreed.model),
    plainFact("price.rest", "Other terms of the price", textOf(restOfPrice(agreed))),
  ];
}

type Bounds = {
  readonly group: "minimums" | "maximums";
  readonly title: string;
  readonly bounds: readonly QuoteBound[];
};

function boundsGroup({ group, title, bounds }: Bounds, prices: QuotedPrices): PartGroup {
  return {
    name: group,
    title,
    parts: bounds.map((bound) => {
      const name = `${title} "${bound.description}"`;
      const place = inside<SaleTerms, QuoteBound>(WHOLE, { group, id: bound.id, name });
      return {
        ...partOf(bound.id, name, place, fieldsOfBound(bound)),
        facts: () => [
          plainFact("productId", "Product", bound.productId),
          {
            name: "lineageIds",
            title: "Covers",
            value: JSON.stringify(bound.lineageIds),
            inWords: bound.lineageIds ? namesOfLineages(bound.lineageIds, prices) : "all lines",
          },
        ],
        groups: [],
      };
    }),
  };
}

const namesOfLineages = (ids: readonly string[], prices: QuotedPrices): string =>
  ids.map((id) => [...prices.values()].find(({ lineageId }) => lineageId === id)?.name ?? id).join(", ");

function partOfDiscount(discount: QuoteDiscount, terms: SaleTerms, prices: QuotedPrices): TermsPart {
  const name = `Discount "${discount.description}"`;
  const place = inside<SaleTerms, QuoteDiscount>(WHOLE, { group: "discounts", id: discount.id, name });
  const { scope } = discount;
  const inWords = wordsOfScope(scope, terms, prices);
  return {
    ...partOf(discount.id, name, place, fieldsOfDiscount(discount)),
    facts: () => [{ name: "scope", title: "Taken from", value: textOf(scope), inWords }],
    groups: [],
  };
}

function wordsOfScope(scope: QuoteDiscountScope, { minimums }: SaleTerms, prices: QuotedPrices): string {
  switch (scope.kind) {
    case "invoice":
      return "whole invoices";
    case "group":
      return namesOfLineages(scope.lineageIds, prices);
    case "commitment":
      return `minimum "${minimums.find(({ id }) => id === scope.boundId)?.description ?? scope.boundId}"`;
    default:
      return unreachable(scope);
  }
}

const plainFact = (name: string, title: string, value: string): PartFact => ({ name, title, value, inWords: value });
