import { Desk } from "./desk";
import type { FontBook } from "./fonts";
import { formatAmount, formatAmountWithSign } from "./format-amount";
import type { InvoiceDocument } from "./invoice-document";
import { type InvoiceWords, invoiceWords } from "./invoice-words";

/** The one invoice at hand and its words. */
export class InvoiceDesk extends Desk {
  readonly words: InvoiceWords;

  constructor(
    readonly document: InvoiceDocument,
    fonts: FontBook,
  ) {
    super(document.paper, fonts);
    this.words = invoiceWords[document.locale];
  }

  amount(amount: string): string {
    return formatAmount(amount, this.document.currency, this.words);
  }

  amountWithSign(amount: string): string {
    return formatAmountWithSign(amount, this.document.currency, this.words);
  }
}

/** Whether anybody has to pay anything. */
export const isPayable = ({ totals: { amountDue } }: InvoiceDocument): boolean =>
  amountDue !== null && /^[^-]*[1-9]/.test(amountDue);
