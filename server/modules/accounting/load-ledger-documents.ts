import { roundTogether } from "../../domain/money/allocate";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money } from "../../domain/money/money";
import type { LedgerDocument, LedgerLine } from "../../integrations/xero/accounting-ledger";
import { type Product, productsById } from "../catalog";
import { type Customer, type CustomerContact, contactsByCustomer, customersById } from "../customer";
import { billedCustomerId, type Invoice, type InvoiceLine, invoicesById, linesByInvoice } from "../invoice";
import { loadOrganization } from "../organization";
import type { LedgerProblem, Mapping, PreparedDocument } from "./accounting";
import { loadMapping } from "./mapping.store";

/** A batch: issued documents as a ledger takes them in, by id, with what is not mapped. Drafts are left out. */
export async function loadLedgerDocuments(ids: readonly string[]): Promise<ReadonlyMap<string, PreparedDocument>> {
  const invoices = [...(await invoicesById(ids)).values()].filter(({ number }) => number !== null);
  if (invoices.length === 0) return new Map();
  const lines = await linesByInvoice(invoices.map(({ id }) => id));
  const customerIds = [...new Set(invoices.map(billedCustomerId))];
  const customers = await customersById(customerIds);
  const facts: Facts = {
    baseCurrency: (await loadOrganization()).baseCurrency,
    mapping: await loadMapping(),
    products: await productsById([...new Set([...lines.values()].flat().map(({ productId }) => productId))]),
    customers,
    contacts: await contactsByCustomer(customerIds),
  };
  return new Map(invoices.map((invoice) => [invoice.id, prepared(invoice, lines.get(invoice.id) ?? [], facts)]));
}

type Facts = {
  readonly baseCurrency: CurrencyCode;
  readonly mapping: Mapping;
  readonly products: ReadonlyMap<string, Product>;
  readonly customers: ReadonlyMap<string, Customer>;
  readonly contacts: ReadonlyMap<string, readonly CustomerContact[]>;
};

function prepared(invoice: Invoice, lines: readonly InvoiceLine[], facts: Facts): PreparedDocument {
  const { mapping, baseCurrency } = facts;
  const problems = new Map<string, LedgerProblem>();
  const report = (problem: LedgerProblem) => void problems.set(`${problem.code} ${problem.subject}`, problem);
  const rate = invoice.fxRate === null ? null : new Decimal(invoice.fxRate);
  const inBase = (amounts: readonly string[], total: string | null) =>
    spread(
      amounts.map((amount) => new Decimal(amount)),
      { rate, total, baseCurrency },
    );
  const nets = inBase(
    lines.map(({ netAmount }) => netAmount),
    invoice.netInBase,
  );
  const taxes = inBase(
    lines.map(({ taxAmount }) => taxAmount),
    invoice.taxInBase,
  );
  const document: LedgerDocument = {
    id: invoice.id,
    kind: invoice.documentKind,
    number: invoice.number as string,
    reference: invoice.poNumber,
    issuedOn: invoice.issuedOn as NonNullable<Invoice["issuedOn"]>,
    dueOn: invoice.dueOn,
    accountingOn: invoice.accountingOn as NonNullable<Invoice["accountingOn"]>,
    currency: invoice.currency,
    baseCurrency,
    rate,
    customer: partyOf(invoice, facts),
    receivableAccount: mapping.settings.receivableAccount,
    lines: lines.map((line, index) => ({
      ...lineOf(line, facts, report),
      netInBase: nets[index] as Decimal,
      taxInBase: taxes[index] as Decimal,
    })),
    net: new Decimal(invoice.netTotal),
    tax: new Decimal(invoice.taxTotal),
    gross: new Decimal(invoice.grossTotal),
  };
  return { document, problems: [...problems.values()] };
}

/** As printed on the document; how to reach them, as of now. */
function partyOf(invoice: Invoice, { customers, contacts }: Facts): LedgerDocument["customer"] {
  const id = billedCustomerId(invoice);
  const customer = customers.get(id) as Customer;
  const printed = invoice.parties?.customer ?? customer;
  const people = contacts.get(id) ?? [];
  return {
    id,
    legalName: printed.legalName,
    externalId: customer.externalId,
    email: (people.find(({ isPrimary }) => isPrimary) ?? people[0])?.email ?? null,
    addressLines: printed.addressLines,
    country: printed.country,
    taxId: printed.taxId,
    contactId: null,
  };
}

function lineOf(
  line: InvoiceLine,
  { mapping, products }: Facts,
  report: (problem: LedgerProblem) => void,
): Omit<LedgerLine, "netInBase" | "taxInBase"> {
  const product = products.get(line.productId) as Product;
  const { settings, taxCodes } = mapping;
  const revenueAccount = product.ledgerAccount ?? settings.revenueAccount;
  if (revenueAccount === null) {
    report({
      code: "LEDGER_ACCOUNT_MISSING",
      message: `Product ${product.code} has no ledger account, and there is no default one. Set the product's, or the revenue account of the accounting settings.`,
      subjectType: "product",
      subject: product.id,
    });
  }
  const mapped = taxCodes.get(line.taxCode);
  if (!mapped) {
    report({
      code: "TAX_CODE_UNMAPPED",
      message: `Tax code ${line.taxCode} is not mapped. Say what the ledger calls it with setTaxCodeMapping.`,
      subjectType: "tax_code",
      subject: line.taxCode,
    });
  }
  return {
    description: line.description,
    productCode: product.code,
    quantity: line.quantity === null ? null : new Decimal(line.quantity),
    unitPrice: line.unitPrice === null ? null : new Decimal(line.unitPrice),
    net: new Decimal(line.netAmount),
    tax: new Decimal(line.taxAmount),
    revenueAccount: revenueAccount ?? "",
    taxCode: line.taxCode,
    taxPercent: new Decimal(line.taxPercent),
    taxType: mapped?.taxType ?? "",
    taxAccount: mapped?.taxAccount ?? settings.taxAccount,
    tracking: trackingOf(product.id, mapping),
  };
}

/** Of each category the product's own option, else the one for all. */
function trackingOf(productId: string, { tracking }: Mapping): LedgerLine["tracking"] {
  const options = new Map(
    tracking.filter((each) => each.productId === null).map(({ category, option }) => [category, option]),
  );
  for (const each of tracking) if (each.productId === productId) options.set(each.category, each.option);
  return [...options].sort(([a], [b]) => (a < b ? -1 : 1)).map(([category, option]) => ({ category, option }));
}

/**
 * Amounts in the base currency that add up to the document's own total there, which was fixed when it was issued. What a
 * total has that the lines do not make, as of a credit note over a part, goes to the largest.
 */
function spread(
  amounts: readonly Decimal[],
  {
    rate,
    total,
    baseCurrency,
  }: { readonly rate: Decimal | null; readonly total: string | null; readonly baseCurrency: CurrencyCode },
): Decimal[] {
  if (rate === null || total === null) return [...amounts];
  const base = currency(baseCurrency);
  const parts = roundTogether(
    amounts.map((amount) => money(amount.times(rate), base)),
    base,
  ).map(({ amount }) => amount);
  const left = parts.reduce((rest, part) => rest.minus(part), new Decimal(total));
  if (left.isZero()) return parts;
  const largest = parts.reduce(
    (best, part, index) => (part.abs().gt((parts[best] as Decimal).abs()) ? index : best),
    0,
  );
  return parts.map((part, index) => (index === largest ? part.plus(left) : part));
}
