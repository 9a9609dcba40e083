import type { Explanation } from "../../domain/invoice/explanation";
import { factsFromExplanation } from "../../domain/invoice/facts-from-explanation";
import type { LineKind } from "../../domain/invoice/line";
import { type Currency, type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { type Money, money, roundToMinorUnit } from "../../domain/money/money";
import { type ComparedLine, itemAmountsOf, type StreamItem } from "../../domain/variance/item-amounts";

/**
 * The lines of an invoice as JSON text; null for none. Unpacked one invoice at a time and dropped again: ten thousand
 * invoices at once as objects would cost more to collect than to compare.
 */
export type PackedLines = string | null;

export type PackedLine = readonly [
  kind: LineKind,
  isOneTime: boolean,
  subject: string | null,
  description: string,
  net: string,
  tax: string,
  driverFacts: string | null,
  rare: Rare | null,
];

/** What few lines have. */
type Rare = {
  readonly isManual: boolean;
  readonly isInclusive: boolean;
  readonly engineAmount: string | null;
  readonly chargeAmount: string;
  /** of lines on invoices of several contracts or of none */
  readonly contractId: string | null;
  /** of lines that bill no lineage */
  readonly productId: string | null;
  /** of lines that were written without driver facts */
  readonly explanation: Partial<Explanation> | null;
};

export type PackedDocument = {
  readonly currency: CurrencyCode;
  readonly contractId: string | null;
  readonly isCreditNote: boolean;
};

export const readLines = (lines: PackedLines): readonly PackedLine[] =>
  lines === null ? [] : (JSON.parse(lines) as PackedLine[]);

/** What a document bills, by subject and contract. */
export const unpackItems = (lines: PackedLines, document: PackedDocument): StreamItem[] =>
  itemsOfLines(readLines(lines), document);

export function itemsOfLines(lines: readonly PackedLine[], document: PackedDocument): StreamItem[] {
  if (lines.length === 0) return [];
  const billed = currency(document.currency);
  return itemAmountsOf(
    lines.map((line) => unpack(line, document, billed)),
    billed,
  );
}

function unpack(line: PackedLine, { contractId, isCreditNote }: PackedDocument, billed: Currency): ComparedLine {
  const [kind, isOneTime, lineageId, description, netText, taxText, driverFacts, rare] = line;
  const [net, tax] = [new Decimal(netText), taxText === "0.0000" ? ZERO : new Decimal(taxText)];
  const usual = {
    kind,
    isOneTime,
    lineageId,
    boundId: null,
    productId: null,
    description,
    net: money(net, billed),
    tax,
    stream: contractId ?? "",
    facts: driverFacts,
    isCredited: isCreditNote,
  };
  if (rare === null) return usual;
  const { isManual, isInclusive, engineAmount, chargeAmount, explanation } = rare;
  return {
    ...usual,
    isManual,
    productId: rare.productId,
    stream: contractId ?? rare.contractId ?? "",
    facts: driverFacts ?? (explanation && factsShown(explanation)),
    engineNet: engineAmount === null ? null : engineNet(engineAmount, { net, tax, isInclusive }, billed),
    taxInPrice: isInclusive ? tax : ZERO,
    charge: engineAmount === null ? money(chargeAmount, billed) : null,
  };
}

/** The engine's amount without the tax that is in it, by the share of tax in what people set. */
function engineNet(
  text: string,
  { net, tax, isInclusive }: { readonly net: Decimal; readonly tax: Decimal; readonly isInclusive: boolean },
  billed: Currency,
): Money {
  const engine = money(text, billed);
  const gross = net.plus(tax);
  if (!isInclusive || gross.isZero()) return engine;
  return roundToMinorUnit(money(engine.amount.times(net).div(gross), billed));
}

function factsShown(explanation: Partial<Explanation>): string | null {
  const facts = factsFromExplanation(explanation);
  return facts && JSON.stringify(facts);
}
