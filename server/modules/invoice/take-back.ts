import {
  type AskedCredit,
  addAmounts,
  type BilledLineAmounts,
  type CreditRefusal,
  creditAmounts,
  creditsBack,
  type LineAmounts,
  leftOf,
  NOTHING_CREDITED,
} from "../../domain/invoice/credit-amounts";
import { currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import type { CreditOfLine } from "./credited.store";
import type { Invoice, InvoiceLine } from "./invoice";

/** An issued invoice with what was credited of it. */
export type Creditable = {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  /** By credit notes that count; those of one that is being changed are left out. */
  readonly credits: readonly CreditOfLine[];
  /** What of a line of prepaid credits came back in other ways, such as by an adjustment on a later invoice. */
  readonly returnedElsewhere: ReadonlyMap<string, Decimal>;
};

/** What a credit note takes back of a line, with the sign of the line. */
export type CreditOf = { readonly line: InvoiceLine; readonly amounts: LineAmounts };

export type LineRefusal = CreditRefusal & { readonly line: InvoiceLine };

/** Amounts of a line as it was billed. */
export const billedAmounts = (line: InvoiceLine, { currency: code }: Pick<Invoice, "currency">): BilledLineAmounts => ({
  ...amountsOf(line),
  isTaxInclusive: line.isTaxInclusive,
  currency: currency(code),
});

type AmountsText = Pick<
  InvoiceLine,
  "quantity" | "preciseAmount" | "chargeAmount" | "discountAmount" | "netAmount" | "taxAmount"
>;

const amountsOf = (line: AmountsText): LineAmounts => ({
  quantity: line.quantity === null ? null : new Decimal(line.quantity),
  precise: new Decimal(line.preciseAmount),
  charge: new Decimal(line.chargeAmount),
  discount: new Decimal(line.discountAmount),
  net: new Decimal(line.netAmount),
  tax: new Decimal(line.taxAmount),
});

/** What was credited of a line, with the sign of the line. */
export function creditedOf(line: InvoiceLine, credits: readonly CreditOfLine[]): LineAmounts {
  const own = credits.filter(({ lineId }) => lineId === line.id).map((credit) => mirrored(amountsOf(credit)));
  return addAmounts([NOTHING_CREDITED, ...own]);
}

const mirrored = ({ quantity, precise, charge, discount, net, tax }: LineAmounts): LineAmounts => ({
  quantity: quantity && ZERO.minus(quantity),
  precise: ZERO.minus(precise),
  charge: ZERO.minus(charge),
  discount: ZERO.minus(discount),
  net: ZERO.minus(net),
  tax: ZERO.minus(tax),
});

/** What nobody has credited of a line yet. */
export const leftOfLine = (line: InvoiceLine, { invoice, credits }: Creditable): LineAmounts =>
  leftOf(billedAmounts(line, invoice), creditedOf(line, credits));

/** Lines that can be credited by themselves: those of prepaid credits follow what they paid. */
export const isCreditedItself = ({ kind }: Pick<InvoiceLine, "kind">): boolean => kind !== "credit";

/**
 * What a credit note over some lines of an invoice takes back, in the order of the lines, each with what prepaid credits
 * get back of it; or why some of them cannot be credited so.
 */
export function takeBack(
  creditable: Creditable,
  askedOf: (line: InvoiceLine) => AskedCredit | null,
): Result<readonly CreditOf[], readonly LineRefusal[]> {
  const { invoice, lines, credits } = creditable;
  const refusals: LineRefusal[] = [];
  const taken = lines.filter(isCreditedItself).flatMap((line): CreditOf[] => {
    const asked = askedOf(line);
    if (asked === null) return [];
    const [billed, credited] = [billedAmounts(line, invoice), creditedOf(line, credits)];
    const credit = creditAmounts({ line: billed, credited, asked });
    if (!credit.ok) {
      refusals.push({ ...credit.error, line });
      return [];
    }
    const toDate = addAmounts([credited, credit.value]);
    return [{ line, amounts: credit.value }, ...creditsOfPaid(line, toDate, creditable)];
  });
  return refusals.length > 0 ? { ok: false, error: refusals } : ok(taken);
}

function creditsOfPaid(line: InvoiceLine, credited: LineAmounts, creditable: Creditable): CreditOf[] {
  const { invoice, lines, credits, returnedElsewhere } = creditable;
  const paying = lines.filter(({ explanation: { credit } }) => credit?.lineKey === line.billingKey);
  const back = creditsBack({
    line: billedAmounts(line, invoice),
    credited,
    paid: paying.map((own) => {
      const drawn = mirrored(amountsOf(own));
      const { net, tax } = mirrored(creditedOf(own, credits));
      return {
        grantId: own.creditGrantId as string,
        net: drawn.net,
        tax: drawn.tax,
        returned: { net, tax },
        returnedElsewhere: returnedElsewhere.get(own.id) ?? ZERO,
      };
    }),
  });
  return paying.flatMap((own) => {
    const returned = back.find(({ grantId }) => grantId === own.creditGrantId);
    if (!returned) return [];
    const net = ZERO.minus(returned.net);
    const amounts = { precise: net, charge: net, discount: ZERO, net, tax: ZERO.minus(returned.tax), quantity: null };
    return [{ line: own, amounts }];
  });
}

/** The lines of an invoice as far as a credit note over all of it takes them back: credits that are back are not returned again. */
export function linesLeftToReturn(creditable: Creditable): InvoiceLine[] {
  const { lines, returnedElsewhere } = creditable;
  if (returnedElsewhere.size === 0) return [...lines];
  const all = takeBack({ ...creditable, credits: [] }, () => ({ kind: "rest" }));
  const returned = new Map((all.ok ? all.value : []).map(({ line, amounts }) => [line.id, amounts]));
  return lines.flatMap((line) => {
    if (!returnedElsewhere.has(line.id)) return [line];
    const amounts = returned.get(line.id);
    return amounts ? [{ ...line, ...amountsText(amounts, line) }] : [];
  });
}

/** As they are kept, on a line that names the same units as another one. */
export function amountsText(
  { quantity, precise, charge, discount, net, tax }: LineAmounts,
  { unitPrice }: Pick<InvoiceLine, "unitPrice">,
): AmountsText & Pick<InvoiceLine, "unitPrice"> {
  return {
    quantity: quantity && quantity.toFixed(),
    unitPrice: quantity && unitPrice,
    preciseAmount: precise.toFixed(),
    chargeAmount: charge.toFixed(),
    discountAmount: discount.toFixed(),
    netAmount: net.toFixed(),
    taxAmount: tax.toFixed(),
  };
}
