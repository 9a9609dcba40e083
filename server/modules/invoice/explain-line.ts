import { explainInWords } from "../../domain/invoice/explain-in-words";
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
  return [...explainLine(negated(line), billed), `credited in full: net ${amountText(line.netAmount, billed)}`];
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
