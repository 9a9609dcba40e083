import { createHash } from "node:crypto";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Line, ProposedInvoice } from "../../domain/invoice/line";
import {
  type AppliedTax,
  chooseTax,
  type CustomerTaxStatus,
  type TaxRate,
  type TaxRounding,
  taxOf,
  totalsOf,
} from "../../domain/invoice/tax";
import type { Decimal } from "../../domain/money/decimal";
import type { Money } from "../../domain/money/money";
import { percent } from "../../domain/money/percent";
import type { Blocker, InvoiceLine } from "./invoice";

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

/**
 * Turns a proposal of the engine into the content of a draft. What cannot be taxed is taxed with nothing, and the draft
 * says what blocks it: finance sees the invoice either way.
 */
export function composeDraft(
  proposed: ProposedInvoice,
  facts: {
    readonly tax: TaxSituation;
    readonly taxCodeOf: (productId: string) => string;
    readonly productOf: (line: Line) => string;
    readonly poNumber: string | null;
    readonly isPoRequired: boolean;
  },
): DraftContent {
  const { tax } = facts;
  const blockers = new Set<Blocker>();
  const coded = proposed.lines.map((line) => {
    const productId = facts.productOf(line);
    const taxCode = facts.taxCodeOf(productId);
    const chosen = chooseTax({
      rates: tax.rates,
      code: taxCode,
      taxPointOn: tax.taxPointOn,
      status: tax.status,
      buyerTaxId: tax.buyerTaxId,
    });
    if (!chosen.ok) blockers.add(BLOCKER_OF[chosen.error.code]);
    return { line, productId, net: line.net, applied: chosen.ok ? chosen.value : untaxed(taxCode) };
  });
  const taxes = taxOf({
    currency: proposed.currency,
    rounding: tax.rounding,
    lines: coded.map(({ net, applied }) => ({ net, tax: applied })),
  });
  const taxed = coded.map((line, index) => ({ ...line, tax: taxes[index] as Money }));
  const totals = totalsOf(taxed, proposed.currency);
  const text = (amount: Decimal) => amount.toFixed(proposed.currency.minorUnits);
  const lines = taxed.map(({ line, productId, applied, tax: taxOfLine }, index) => ({
    ordinal: index + 1,
    origin: "engine" as const,
    kind: line.kind,
    adjusts: line.adjusts,
    billingKey: line.key,
    chargeId: line.chargeId,
    productId,
    lineageId: line.lineageId,
    minimumId: line.minimumId,
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
    chargeAmount: text(line.charge.amount),
    discountAmount: text(line.discount.amount),
    netAmount: text(line.net.amount),
    taxCode: applied.code,
    taxPercent: applied.percent.toFixed(),
    taxAmount: text(taxOfLine.amount),
    taxNote: noteOf(applied),
    explanation: line.explanation,
  }));
  const poNumber = facts.poNumber;
  if (facts.isPoRequired && poNumber === null) blockers.add("po_number_missing");
  if (totals.gross.amount.lt(0)) blockers.add("negative_total");
  return {
    lines,
    netTotal: text(totals.net.amount),
    taxTotal: text(totals.tax.amount),
    grossTotal: text(totals.gross.amount),
    blockers: [...blockers].sort(),
    poNumber,
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

const REVERSE_CHARGE_NOTE = "Reverse charge: the customer accounts for the VAT.";

/** What the law wants printed where no tax is charged. */
const noteOf = ({ category, exemptionText }: AppliedTax): string | null =>
  category === "reverse_charge" ? (exemptionText ?? REVERSE_CHARGE_NOTE) : exemptionText;

/** Equal content has an equal hash: what a recalculation compares, and what decides whether it writes at all. */
export const contentHash = (content: DraftContent): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("base64url");
