import type { PlainDate } from "../../domain/calendar/plain-date";
import { creditLine } from "../../domain/invoice/credit-line";
import type { DocumentLine } from "../../domain/invoice/document-line";
import type { Line } from "../../domain/invoice/line";
import type { CreditDraw, CreditKind } from "../../domain/invoice/prepaid-credits";
import { checkPurchaseOrder, type PurchaseOrderTerms } from "../../domain/invoice/purchase-order";
import {
  type AmountToTax,
  type AppliedTax,
  type CustomerTaxStatus,
  chooseTax,
  type TaxedAmount,
  type TaxRate,
  type TaxRounding,
  taxOf,
  taxTakenOff,
  totalsOf,
} from "../../domain/invoice/tax";
import type { Currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { type Money, money, negate } from "../../domain/money/money";
import { percent } from "../../domain/money/percent";
import type { Blocker, InvoiceLine } from "./invoice";
import type { BilledTax } from "./invoice.store";

/** What tax needs beside the lines. */
export type TaxSituation = {
  readonly rates: readonly TaxRate[];
  readonly rounding: TaxRounding;
  readonly status: CustomerTaxStatus;
  readonly buyerTaxId: string | null;
  readonly taxPointOn: PlainDate;
};

/** A calculated draft, as it is written: decimal text only. Lines without ids, for ids are not content. */
export type DraftContent = {
  readonly lines: readonly Omit<InvoiceLine, "id" | "invoiceId">[];
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly grossTotal: string;
  readonly blockers: readonly Blocker[];
  readonly poNumber: string | null;
};

/** What a draft is made of beside the lines of the engine. */
export type DraftFacts = {
  readonly tax: TaxSituation;
  readonly pricesIncludeTax: boolean;
  readonly taxCodeOf: (productId: string) => string;
  /** How the line that an adjustment corrects was taxed; null for all other lines. */
  readonly billedTaxOf: (line: Line) => BilledTax | null;
  readonly productOf: (line: DocumentLine) => string;
  readonly poNumber: string | null;
  /** The recorded order of that number; null: it is not recorded. */
  readonly purchaseOrder: (PurchaseOrderTerms & { readonly used: Decimal }) | null;
  readonly isPoRequired: boolean;
  readonly isExchangeRateMissing: boolean;
};

/** The lines of a document with their tax, before credits. */
export type TaxedDraft = {
  readonly currency: Currency;
  readonly lines: readonly TaxedDraftLine[];
  readonly blockers: readonly Blocker[];
};

export type TaxedDraftLine = TaxedAmount & {
  readonly line: Line;
  readonly of: Omit<DocumentLine, "line">;
  readonly productId: string;
  readonly applied: AppliedTax;
  readonly isTaxInclusive: boolean;
};

/** What credits pay of a line of a draft, by its place; below zero: what comes back. */
export type DraftCredit = Pick<CreditDraw, "amount" | "balanceBefore"> & {
  readonly line: number;
  readonly grant: { readonly id: string; readonly name: string; readonly kind: CreditKind };
};

/**
 * Taxes the lines of a document; adjustments as the original supply was (decision "Late usage"). What cannot be taxed is
 * taxed with nothing, and the draft says what blocks it: finance sees the invoice either way.
 */
export function taxDraft(
  { currency, lines: untaxedLines }: { readonly currency: Currency; readonly lines: readonly DocumentLine[] },
  facts: DraftFacts,
): TaxedDraft {
  const { tax, pricesIncludeTax } = facts;
  const blockers = new Set<Blocker>();
  const coded = untaxedLines.map((each) => {
    const { line, ...of } = each;
    const productId = facts.productOf(each);
    const taxCode = of.taxCode ?? facts.taxCodeOf(productId);
    const chosen = chooseTax({
      rates: tax.rates,
      code: taxCode,
      taxPointOn: tax.taxPointOn,
      status: tax.status,
      buyerTaxId: tax.buyerTaxId,
    });
    const today = chosen.ok ? chosen.value : untaxed(taxCode);
    const billed = facts.billedTaxOf(line);
    if (!chosen.ok && billed === null) blockers.add(BLOCKER_OF[chosen.error.code]);
    return { line, of, productId, isTaxInclusive: pricesIncludeTax, applied: billed ? asBilled(billed, today) : today };
  });
  const taxed = taxOf({ lines: coded.map(toTax), rounding: tax.rounding, currency });
  const lines = coded.map((line, index) => ({ ...line, ...(taxed[index] as TaxedAmount) }));
  return { currency, lines, blockers: [...blockers] };
}

const toTax = ({ line, applied, isTaxInclusive }: Omit<TaxedDraftLine, "net" | "tax">): AmountToTax => ({
  amount: line.net,
  tax: applied,
  isInclusive: isTaxInclusive,
});

/** Turns taxed lines, and what credits pay of them, into the content of a draft. */
export function composeDraft(
  { currency, lines: taxed, blockers: found }: TaxedDraft,
  credits: readonly DraftCredit[],
  facts: DraftFacts,
): DraftContent {
  const lines = besideTheirLines(taxed, creditLines(taxed, credits, facts.tax.rounding, currency));
  const totals = totalsOf(lines, currency);
  const text = (amount: Decimal) => amount.toFixed(currency.minorUnits);
  const blockers = new Set(found);
  if (facts.isPoRequired && facts.poNumber === null) blockers.add("po_number_missing");
  const orderProblem = facts.purchaseOrder && problemOfOrder(facts.purchaseOrder, totals.net, facts.tax.taxPointOn);
  if (orderProblem) blockers.add(orderProblem);
  if (facts.isExchangeRateMissing) blockers.add("exchange_rate_missing");
  if (totals.gross.amount.lt(0)) blockers.add("negative_total");
  return {
    lines: lines.map((line, index) => toContent(line, index + 1, text)),
    netTotal: text(totals.net.amount),
    taxTotal: text(totals.tax.amount),
    grossTotal: text(totals.gross.amount),
    blockers: [...blockers].sort(),
    poNumber: facts.poNumber,
  };
}

const problemOfOrder = (
  order: PurchaseOrderTerms & { readonly used: Decimal },
  { amount, currency }: Money,
  on: PlainDate,
): Blocker | null => checkPurchaseOrder(order, order.used, { currency: currency.code, net: amount, on });

type ContentLine = TaxedDraftLine & { readonly creditGrantId: string | null };

/** Tax falls with what is paid by credits. Their lines are net of tax, also where prices include it. */
function creditLines(
  taxed: readonly TaxedDraftLine[],
  credits: readonly DraftCredit[],
  rounding: TaxRounding,
  currency: Currency,
): (ContentLine & { readonly pays: number })[] {
  if (credits.length === 0) return [];
  const taxes = taxTakenOff({
    lines: taxed.map(toTax),
    takenOff: credits.map(({ line, amount }) => ({ line, amount: money(amount, currency) })),
    rounding,
    currency,
  });
  return credits.map((credit, index) => {
    const paid = taxed[credit.line] as TaxedDraftLine;
    const line = creditLine(paid, credit);
    const tax = negate(taxes[index] as Money);
    const { productId, applied } = paid;
    const of = { ...paid.of, reason: null, engineAmount: null };
    const creditGrantId = credit.grant.id;
    return {
      line,
      of,
      productId,
      applied,
      isTaxInclusive: false,
      net: line.net,
      tax,
      creditGrantId,
      pays: credit.line,
    };
  });
}

const besideTheirLines = (
  taxed: readonly TaxedDraftLine[],
  credits: readonly (ContentLine & { readonly pays: number })[],
): ContentLine[] =>
  taxed.flatMap((line, index) => [{ ...line, creditGrantId: null }, ...credits.filter(({ pays }) => pays === index)]);

function toContent(
  { line, of, productId, applied, isTaxInclusive, net, tax, creditGrantId }: ContentLine,
  ordinal: number,
  text: (amount: Decimal) => string,
): DraftContent["lines"][number] {
  return {
    ordinal,
    origin: of.contractId === null ? "manual" : "engine",
    kind: line.kind,
    adjusts: line.adjusts,
    billingKey: line.key,
    chargeId: line.chargeId,
    productId,
    lineageId: line.lineageId,
    boundId: line.boundId,
    description: line.description,
    timing: line.timing,
    isOneTime: line.isOneTime,
    fullStartsOn: line.fullPeriod.startsOn,
    fullEndsBefore: line.fullPeriod.endsBefore,
    serviceStartsOn: line.servicePeriod.startsOn,
    serviceEndsBefore: line.servicePeriod.endsBefore,
    quantity: line.quantity?.toFixed() ?? null,
    unitPrice: line.unitPrice?.toFixed() ?? null,
    preciseAmount: line.precise.amount.toDecimalPlaces(12).toFixed(),
    isTaxInclusive,
    chargeAmount: text(line.charge.amount),
    discountAmount: text(line.discount.amount),
    netAmount: text(net.amount),
    taxCode: applied.code,
    taxPercent: applied.percent.toFixed(),
    taxAmount: text(tax.amount),
    taxNote: noteOf(applied),
    creditGrantId,
    contractId: of.contractId,
    reason: of.reason,
    engineAmount: of.engineAmount && text(of.engineAmount.amount),
    correctsLineId: null,
    explanation: line.explanation,
    driverFacts: line.driverFacts ?? null,
  };
}

const BLOCKER_OF = {
  TAX_RATE_MISSING: "tax_rate_missing",
  REVERSE_CHARGE_NEEDS_TAX_ID: "buyer_tax_id_missing",
} as const satisfies Record<string, Blocker>;

const untaxed = (code: string): AppliedTax => ({
  code,
  jurisdiction: "",
  percent: percent("0"),
  category: "unknown",
  exemptionText: null,
});

/** Where nothing has changed since, it is the rate of today, so that both are rounded together. */
function asBilled({ taxCode, taxPercent, taxNote }: BilledTax, today: AppliedTax): AppliedTax {
  if (today.code === taxCode && today.percent.equals(taxPercent) && noteOf(today) === taxNote) return today;
  return {
    code: taxCode,
    jurisdiction: "",
    percent: percent(taxPercent),
    category: "as_billed",
    exemptionText: taxNote,
  };
}

const REVERSE_CHARGE_NOTE = "Reverse charge: the customer accounts for the VAT.";

/** What the law wants printed where no tax is charged. */
const noteOf = ({ category, exemptionText }: AppliedTax): string | null =>
  category === "reverse_charge" ? (exemptionText ?? REVERSE_CHARGE_NOTE) : exemptionText;
