import { groupBy } from "../../domain/group-by";
import { billingMonthOf, servicePeriodOf } from "../../domain/invoice/billing-month";
import { type DocumentLine, engineLine } from "../../domain/invoice/document-line";
import { dueDayOf, type Line, type ProposedInvoice } from "../../domain/invoice/line";
import { makeLine } from "../../domain/invoice/make-line";
import type { BillingProposal } from "../../domain/invoice/propose-invoices";
import type { Adjustment } from "../../domain/invoice/reconcile";
import { originalKeyOf } from "../../domain/invoice/segment";
import { type Currency, currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { type Money, money, sum } from "../../domain/money/money";
import type { DraftContent, DraftFacts } from "./draft";
import type { Invoice, InvoiceLine } from "./invoice";

/** An issued invoice that is credited in full and issued again. */
export type Original = {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  /** Its credit note is issued: only the invoice that replaces it is missing. */
  readonly isCredited: boolean;
};

/** What a credit note takes back, or what is issued again; null for all other documents. */
export const originalIdOf = ({ correctsInvoiceId, reissuesInvoiceId }: Invoice): string | null =>
  correctsInvoiceId ?? reissuesInvoiceId;

/** The drafts that a contract should have. */
export type WantedDocuments = Pick<BillingProposal, "invoices" | "waiting"> & {
  readonly creditNotes: readonly Original[];
  readonly reissues: readonly Reissue[];
};

export type Reissue = { readonly original: Original; readonly lines: readonly DocumentLine[] };

/** What the engine corrects on a document that is issued again, with the contract that the line bills. */
export type CorrectionsOf = (
  documentId: string,
) => readonly { readonly contractId: string; readonly correction: Adjustment }[];

/**
 * Each original gets its credit note, unless that is issued, and the invoice that replaces it: with the corrections that
 * the engine proposes, if it still does, and with whatever else falls due on its day, be it a cap that there was no need
 * of before.
 */
export function wantedDocuments(
  contractId: string,
  { invoices, waiting }: BillingProposal,
  { originals, correctionsOf }: { readonly originals: readonly Original[]; readonly correctionsOf: CorrectionsOf },
): WantedDocuments {
  if (originals.length === 0) return { invoices, waiting, creditNotes: [], reissues: [] };
  const days = new Set(originals.map(({ invoice }) => invoice.billsOn));
  const joins = ({ kind, dueOn }: Line) => kind !== "adjustment" && days.has(dueOn);
  const joining = [...invoices.flatMap(({ lines }) => lines), ...waiting].filter(joins);
  const reissues = originals.map((original): Reissue => {
    const { id, billsOn } = original.invoice;
    // Where the day has several, the first one takes it all.
    const isFirst = originals.find(({ invoice }) => invoice.billsOn === billsOn) === original;
    const more = isFirst ? joining.filter(({ dueOn }) => dueOn === billsOn) : [];
    return {
      original,
      lines: [...reissuedLines(original, correctionsOf(id)), ...more.map((line) => engineLine(line, contractId))],
    };
  });
  return {
    invoices: invoices.flatMap((proposed) => without(proposed, joins)),
    waiting: waiting.filter((line) => !joins(line)),
    creditNotes: originals.filter(({ isCredited }) => !isCredited),
    reissues,
  };
}

function without(proposed: ProposedInvoice, isLeftOut: (line: Line) => boolean): ProposedInvoice[] {
  const lines = proposed.lines.filter((line) => !isLeftOut(line));
  if (lines.length === proposed.lines.length) return [proposed];
  const servicePeriod = servicePeriodOf(lines);
  if (servicePeriod === null) return [];
  const billingMonth = billingMonthOf(lines, proposed.billsOn);
  return [{ ...proposed, lines, servicePeriod, billingMonth, net: netOf(lines, proposed.currency) }];
}

const netOf = (lines: readonly Line[], billedIn: Currency): Money =>
  sum(
    lines.map(({ net }) => net),
    billedIn,
  );

/** What the original billed, corrected; and what people wrote on it, as it was. */
function reissuedLines({ invoice, lines: billed }: Original, corrections: ReturnType<CorrectionsOf>): DocumentLine[] {
  const billedIn = currency(invoice.currency);
  const lines = billed.filter(({ kind }) => kind !== "credit").map((line) => toDocumentLine(line, billedIn));
  const bySubject = groupBy(lines, ({ contractId, line }) => `${contractId} ${originalKeyOf(line.key)}`);
  const corrected = new Map(
    corrections.map((each) => [`${each.contractId} ${each.correction.originalKey}`, each.correction]),
  );
  return [
    ...[...bySubject].flatMap(([subject, own]) => {
      const correction = corrected.get(subject);
      const contractId = own[0]?.contractId ?? null;
      if (correction === undefined || contractId === null) return own;
      return correctedLines(
        own.map(({ line }) => line),
        correction,
      ).map((line) => engineLine(line, contractId));
    }),
    ...corrections.flatMap(({ contractId, correction: { originalKey, line, expected } }) =>
      line.kind === "adjustment" || expected === null || bySubject.has(`${contractId} ${originalKey}`)
        ? []
        : [engineLine(expected, contractId)],
    ),
  ];
}

/**
 * What a billed line and the adjustments beside it should be: the line as expected, less what other documents have
 * billed of it since. Where the line itself stands on another document, the difference joins its adjustments.
 */
function correctedLines(billedHere: readonly Line[], { line: difference, expected }: Adjustment): Line[] {
  const total = expected?.net.amount ?? ZERO;
  const here = billedHere.reduce((sum, { net }) => sum.plus(net.amount), ZERO);
  const elsewhere = total.minus(difference.net.amount).minus(here);
  const isHere = billedHere.some(({ kind }) => kind !== "adjustment");
  const billed = isHere ? total.plus(elsewhere) : elsewhere;
  return [
    ...(isHere && expected ? [expected] : []),
    ...(billed.equals(total) ? [] : [adjustmentOf(difference, { expected: total, billed })]),
  ];
}

function adjustmentOf(of: Line, { expected, billed }: { readonly expected: Decimal; readonly billed: Decimal }): Line {
  const difference = expected.minus(billed);
  const { adjustment } = of.explanation;
  return makeLine(of, {
    currency: of.net.currency,
    description: of.description,
    precise: difference,
    charge: difference,
    explain: () =>
      adjustment ? { adjustment: { ...adjustment, expected: expected.toFixed(), billed: billed.toFixed() } } : {},
  });
}

/**
 * A stored line as it was before tax and credits: as the engine made it, so that the amount that people set is set anew,
 * or as people wrote it.
 */
export function toDocumentLine(line: InvoiceLine, billedIn: Currency): DocumentLine {
  const isWritten = line.contractId === null;
  return {
    line: toLine(line, billedIn),
    contractId: line.contractId,
    reason: isWritten ? line.reason : null,
    engineAmount: null,
    taxCode: isWritten ? line.taxCode : null,
  };
}

function toLine(line: InvoiceLine, billedIn: Currency): Line {
  const { timing } = line;
  const servicePeriod = { startsOn: line.serviceStartsOn, endsBefore: line.serviceEndsBefore };
  const { override, ...ofEngine } = line.explanation;
  const explanation = override ? { ...ofEngine, result: override.engineAmount } : line.explanation;
  const [charge, discount] = override
    ? [new Decimal(explanation.charge), new Decimal(explanation.discount)]
    : [new Decimal(line.chargeAmount), new Decimal(line.discountAmount)];
  return {
    key: line.billingKey,
    kind: line.kind,
    adjusts: line.adjusts,
    lineageId: line.lineageId,
    boundId: line.boundId,
    fullPeriod: { startsOn: line.fullStartsOn, endsBefore: line.fullEndsBefore },
    servicePeriod,
    timing,
    correctsDocumentId: null,
    chargeId: line.chargeId,
    productId: line.productId,
    description: line.description,
    dueOn: dueDayOf({ timing, servicePeriod }),
    isOneTime: line.isOneTime,
    isMetered: explanation.quantity?.source.kind === "usage",
    quantity: line.quantity === null ? null : new Decimal(line.quantity),
    unitPrice: line.unitPrice === null ? null : new Decimal(line.unitPrice),
    precise: override ? money(explanation.precise, billedIn) : money(line.preciseAmount, billedIn),
    charge: money(charge, billedIn),
    discount: money(discount, billedIn),
    net: money(charge.minus(discount), billedIn),
    shares: [],
    explanation,
  };
}

/** The invoice that replaces an original is taxed, and converted, as the supply was then. */
export function factsOfReissue(facts: DraftFacts, { invoice, lines }: Original): DraftFacts {
  const billed = new Map(lines.filter(({ kind }) => kind !== "credit").map((line) => [line.billingKey, line]));
  return {
    ...facts,
    tax: { ...facts.tax, taxPointOn: invoice.taxPointOn ?? facts.tax.taxPointOn },
    billedTaxOf: (line) => billed.get(line.key) ?? facts.billedTaxOf(line),
    isExchangeRateMissing: invoice.fxRate === null && facts.isExchangeRateMissing,
  };
}

/**
 * All of an invoice, taken back: nothing is calculated, so that exactly what was billed is credited. Of prepaid credits the
 * lines say what has not come back yet.
 */
export function creditNoteContent({ invoice, lines }: Original): DraftContent {
  const net = lines.reduce((total, { netAmount }) => total.minus(netAmount), ZERO);
  const tax = lines.reduce((total, { taxAmount }) => total.minus(taxAmount), ZERO);
  return {
    lines: lines.map(({ id, invoiceId, ...line }) => ({ ...negated(line), correctsLineId: id })),
    netTotal: net.toFixed(),
    taxTotal: tax.toFixed(),
    grossTotal: net.plus(tax).toFixed(),
    blockers: [],
    poNumber: invoice.poNumber,
  };
}

/** What grants get back when originals are credited, by grant; below zero: what they lose again. */
export function creditsReturnedBy(originals: readonly Original[]): ReadonlyMap<string, Decimal> {
  const returned = new Map<string, Decimal>();
  for (const { creditGrantId, netAmount } of originals.flatMap(({ lines }) => lines)) {
    if (creditGrantId) returned.set(creditGrantId, (returned.get(creditGrantId) ?? ZERO).minus(netAmount));
  }
  return returned;
}

type LineAmounts = Pick<
  InvoiceLine,
  "quantity" | "preciseAmount" | "chargeAmount" | "discountAmount" | "netAmount" | "taxAmount" | "engineAmount"
>;

/** The same line with the other sign. The unit price keeps its own: the units are what is taken back. */
export const negated = <L extends LineAmounts>(line: L): L => ({
  ...line,
  quantity: line.quantity && opposite(line.quantity),
  preciseAmount: opposite(line.preciseAmount),
  chargeAmount: opposite(line.chargeAmount),
  discountAmount: opposite(line.discountAmount),
  netAmount: opposite(line.netAmount),
  taxAmount: opposite(line.taxAmount),
  engineAmount: line.engineAmount && opposite(line.engineAmount),
});

/** Of decimal text; nothing stays nothing, without a sign. */
export const opposite = (amount: string): string => ZERO.minus(amount).toFixed();
