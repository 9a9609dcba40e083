import { explainInWords } from "../../domain/invoice/explain-in-words";
import type { TakenExplained } from "../../domain/invoice/explanation";
import type { Currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { Invoice, InvoiceLine } from "./invoice";
import { negated } from "./rebill";

/**
 * How a line came to its amount, in sentences. The engine's last one says the amount that it billed; where prices include
 * tax, that is the gross, out of which tax and net are said instead.
 */
export function explainLine(line: InvoiceLine, currency: Currency): string[] {
  const sentences = explainInWords(line.explanation, currency);
  return line.isTaxInclusive ? [...sentences.slice(0, -1), taxIncluded(line, currency)] : sentences;
}

/** The same on whatever document: a credit note says how the line that it takes back came to be, and then what it credits. */
export function explainDocumentLine(line: InvoiceLine & Pick<Invoice, "documentKind">, billed: Currency): string[] {
  if (line.documentKind === "invoice") return explainLine(line, billed);
  const { taken } = line.explanation;
  if (taken && !isTakenWhole(taken)) return explainPart(taken, billed);
  return [...explainLine(negated(line), billed), `credited in full: net ${amountText(line.netAmount, billed)}`];
}

/** Nothing before, and all of it now. */
export const isTakenWhole = ({ billedNet, billedTax, net, tax }: TakenExplained): boolean =>
  new Decimal(billedNet).equals(net) && new Decimal(billedTax).equals(tax);

/** How much of a line a credit note takes back, and how its tax comes to be. */
export function explainPart(taken: TakenExplained, billed: Currency): string[] {
  const { billedNet, billedTax, netBefore, taxBefore, net, tax } = taken;
  const text = (amount: Decimal | string) => amountText(amount, billed);
  const [netToDate, taxToDate] = [new Decimal(netBefore).plus(net), new Decimal(taxBefore).plus(tax)];
  const isFirst = new Decimal(netBefore).isZero() && new Decimal(taxBefore).isZero();
  return [
    `billed: net ${text(billedNet)}, tax ${text(billedTax)}`,
    ...(isFirst ? [] : [`credited before: net ${text(netBefore)}, tax ${text(taxBefore)}`]),
    `tax to date: ${text(billedTax)} \u00d7 ${text(netToDate)} \u00f7 ${text(billedNet)} = ${text(taxToDate)}`,
    `credited in part: net ${text(net)}, tax ${text(tax)}`,
  ];
}

/** "120.00 including 20 % tax 20.00: net 100.00" */
export function taxIncluded(
  { chargeAmount, discountAmount, taxAmount, taxPercent, netAmount }: InvoiceLine,
  billed: Currency,
): string {
  const text = (amount: Decimal | string) => amountText(amount, billed);
  const gross = new Decimal(chargeAmount).minus(discountAmount);
  const percent = new Decimal(taxPercent).toFixed();
  return `${text(gross)} including ${percent} % tax ${text(taxAmount)}: net ${text(netAmount)}`;
}

const amountText = (amount: Decimal | string, { minorUnits }: Currency): string =>
  grouped(new Decimal(amount).toFixed(minorUnits));

const grouped = (text: string): string => text.replace("-", "\u2212").replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");
