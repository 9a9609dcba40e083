import { creditInBase } from "../../domain/invoice/credit-amounts";
import type { ExchangeRate } from "../../domain/invoice/exchange";
import { currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { failed, type ItemOutcome } from "../operation";
import { type CreditNoteOn, type CreditOfLine, creditNotesOn, creditsOfLines } from "./credited.store";
import type { DocumentFx } from "./document-exchange";
import type { Invoice, InvoiceLine } from "./invoice";
import { linesByInvoice } from "./invoice.store";
import { creditedOf } from "./take-back";

/** Invoices under their locks, of which several credit notes may be issued one after the other. */
export class OriginalsInCredit {
  private constructor(
    private readonly lines: ReadonlyMap<string, InvoiceLine>,
    /** By invoice; issued ones alone. */
    private readonly credits: Map<string, readonly CreditOfLine[]>,
    private readonly notes: Map<string, readonly CreditNoteOn[]>,
  ) {}

  static async load(ids: readonly string[]): Promise<OriginalsInCredit> {
    const lines = [...(await linesByInvoice(ids)).values()].flat();
    const credits = [...(await creditsOfLines(ids))].map(
      ([id, all]) => [id, all.filter(({ isIssued }) => isIssued)] as const,
    );
    const notes = [...(await creditNotesOn(ids))].map(
      ([id, all]) => [id, all.filter(({ isIssued }) => isIssued)] as const,
    );
    return new OriginalsInCredit(new Map(lines.map((line) => [line.id, line])), new Map(credits), new Map(notes));
  }

  /** Why a credit note over an original cannot be issued; null: it can. */
  problemOf(note: Invoice, own: readonly InvoiceLine[], original: Invoice): ItemOutcome | null {
    if (original.status !== "finalized" && original.status !== "sent") {
      return failed("INVOICE_VOIDED", `${original.number} is void: there is nothing to credit.`);
    }
    const others = this.notes.get(original.id) ?? [];
    if (note.creditEffect === "reissue" && others.length > 0) {
      return failed("STALE", `${original.number} was credited in part since. Recalculate it first.`);
    }
    for (const { correctsLineId, netAmount, taxAmount } of own) {
      const line = this.lines.get(correctsLineId ?? "");
      if (line === undefined) continue;
      const credited = creditedOf(line, this.credits.get(original.id) ?? []);
      const left = { net: credited.net.minus(line.netAmount), tax: credited.tax.minus(line.taxAmount) };
      if (left.net.abs().lt(new Decimal(netAmount).abs()) || left.tax.abs().lt(new Decimal(taxAmount).abs())) {
        const { minorUnits } = currency(original.currency);
        const text = `${ZERO.minus(left.net).toFixed(minorUnits)} of "${line.description}"`;
        return failed(
          "CREDIT_ABOVE_LINE",
          `Other credit notes took their part since: ${text} on ${original.number} can still be credited. Change it first.`,
        );
      }
    }
    return null;
  }

  /** What a note counts in the base currency, so that all notes together count what the original does. */
  fxOf(note: Invoice, { from, to, rate, on, source }: ExchangeRate, original: Invoice): DocumentFx {
    const before = this.notes.get(original.id) ?? [];
    const sum = (amountOf: (each: CreditNoteOn) => string | null) =>
      before.reduce((total, each) => total.plus(amountOf(each) ?? 0), ZERO);
    if (from !== note.currency) throw new Error(`${note.id} is not of the currency of its original`);
    const { net, tax } = creditInBase({
      credit: { net: new Decimal(note.netTotal), tax: new Decimal(note.taxTotal) },
      before: {
        net: sum(({ netTotal }) => netTotal),
        tax: sum(({ taxTotal }) => taxTotal),
        netInBase: sum(({ netInBase }) => netInBase),
        taxInBase: sum(({ taxInBase }) => taxInBase),
      },
      rate,
      baseCurrency: currency(to),
    });
    return { rate: rate.toFixed(), on, source, netInBase: net.toFixed(), taxInBase: tax.toFixed() };
  }

  /** A note is issued: those that follow find less. */
  take(note: Invoice, own: readonly InvoiceLine[], original: Invoice, fx: DocumentFx | null): void {
    const credits = own.flatMap(({ correctsLineId: lineId, ...line }): CreditOfLine[] =>
      lineId === null ? [] : [{ ...line, invoiceId: original.id, lineId, noteId: note.id, isIssued: true }],
    );
    this.credits.set(original.id, [...(this.credits.get(original.id) ?? []), ...credits]);
    const { id, creditEffect, netTotal, taxTotal, grossTotal } = note;
    const taken: CreditNoteOn = {
      invoiceId: original.id,
      id,
      effect: creditEffect ?? "reissue",
      isIssued: true,
      netTotal,
      taxTotal,
      grossTotal,
      netInBase: fx?.netInBase ?? null,
      taxInBase: fx?.taxInBase ?? null,
    };
    this.notes.set(original.id, [...(this.notes.get(original.id) ?? []), taken]);
  }
}
