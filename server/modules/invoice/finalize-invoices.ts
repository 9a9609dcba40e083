import { type PaymentTerms, dueOn } from "../../domain/calendar/payment-terms";
import { laterOf, type PlainDate, partsOf } from "../../domain/calendar/plain-date";
import { accountingOn } from "../../domain/invoice/billing-month";
import { formatNumber, type NumberSeries } from "../../domain/invoice/numbering";
import { chooseTax, type TaxRate } from "../../domain/invoice/tax";
import { taxRates } from "../catalog";
import { contractsById } from "../contract";
import { type Customer, type CustomerContact, contactsByCustomer, customersById } from "../customer";
import { failed, type ItemOutcome, skipped, succeeded } from "../operation";
import { loadOrganization, type Organization } from "../organization";
import type { Blocker, Invoice, InvoiceLine, Parties } from "./invoice";
import { linesByInvoice, lockInvoices } from "./invoice.store";
import { type Issue, issueInvoices } from "./issue.store";
import { lockSeries, saveSeries } from "./series.store";

/** One series for all invoices of an organization, beginning anew each year. */
export const INVOICE_SERIES: NumberSeries = { prefix: "INV-", isYearly: true, digits: 5 };

type Facts = {
  readonly organization: Organization;
  readonly rates: readonly TaxRate[];
  readonly customers: ReadonlyMap<string, Customer>;
  readonly contacts: ReadonlyMap<string, readonly CustomerContact[]>;
  readonly terms: ReadonlyMap<string, { readonly paymentTerms: PaymentTerms | null }>;
  readonly lines: ReadonlyMap<string, readonly InvoiceLine[]>;
};

/**
 * Issues drafts: takes the next numbers of the series under its lock and freezes content, parties and days. Numbers go
 * in the order of the ids given. A draft that is stale, blocked, or whose tax would differ on the day of issue, is
 * left as it is, and says why.
 */
export async function finalizeInvoices(
  ids: readonly string[],
  scope: { readonly today: PlainDate; readonly now: Date },
): Promise<ItemOutcome[]> {
  const invoices = await lockInvoices(ids);
  const facts = await loadFacts([...invoices.values()]);
  const series = await lockSeries(INVOICE_SERIES.prefix, scope.today);
  const issuedOn = series.lastIssuedOn ? laterOf(scope.today, series.lastIssuedOn) : scope.today;

  const issues: Issue[] = [];
  const outcomes = ids.map((id): ItemOutcome => {
    const invoice = invoices.get(id);
    if (!invoice) return failed("INVOICE_NOT_FOUND", "This draft no longer exists.");
    const refusal = whyNot(invoice, facts, issuedOn);
    if (refusal) return refusal;
    const number = formatNumber(INVOICE_SERIES, {
      year: partsOf(issuedOn).year,
      counter: series.nextCounter + issues.length,
    });
    issues.push(issueOf(invoice, number, issuedOn, facts));
    return succeeded("FINALIZED", `Issued as ${number}.`);
  });
  if (issues.length > 0) {
    await issueInvoices(issues, scope.now);
    await saveSeries(INVOICE_SERIES.prefix, scope.today, {
      nextCounter: series.nextCounter + issues.length,
      lastIssuedOn: issuedOn,
    });
  }
  return outcomes;
}

async function loadFacts(invoices: readonly Invoice[]): Promise<Facts> {
  const customerIds = [...new Set(invoices.map(({ customerId }) => customerId))];
  return {
    organization: await loadOrganization(),
    rates: await taxRates(),
    customers: await customersById(customerIds),
    contacts: await contactsByCustomer(customerIds),
    terms: await contractsById([...new Set(invoices.map(({ contractId }) => contractId))]),
    lines: await linesByInvoice(invoices.map(({ id }) => id)),
  };
}

const BLOCKED: { readonly [B in Blocker]: string } = {
  tax_rate_missing: "A line has a tax code without a rate on this day. Set the rate, then recalculate.",
  buyer_tax_id_missing: "Reverse charge needs the customer's tax id. Enter it, then recalculate.",
  po_number_missing: "The customer requires a PO number. Enter it on the contract, then recalculate.",
  negative_total: "The total is negative: it belongs on a credit note, not on an invoice.",
};

function whyNot(invoice: Invoice, facts: Facts, issuedOn: PlainDate): ItemOutcome | null {
  if (invoice.status !== "draft") return skipped("NOT_A_DRAFT", `Already issued as ${invoice.number}.`);
  if (invoice.staleSince) return failed("STALE", "Something it was calculated from has changed. Recalculate it first.");
  const [blocker] = invoice.blockers;
  if (blocker) return failed(blocker.toUpperCase(), BLOCKED[blocker]);
  if (!isTaxStillRight(invoice, facts, issuedOn))
    return failed("TAX_CHANGED", "Another tax rate holds on the day of issue. Recalculate it first.");
  return null;
}

/** The draft was taxed for the day of its calculation; the day of issue may be another one. */
function isTaxStillRight(invoice: Invoice, { customers, rates, lines }: Facts, taxPointOn: PlainDate): boolean {
  const { taxStatus, taxId } = customers.get(invoice.customerId) as Customer;
  return (lines.get(invoice.id) ?? []).every((line) => {
    const chosen = chooseTax({ rates, code: line.taxCode, taxPointOn, status: taxStatus, buyerTaxId: taxId });
    return chosen.ok && chosen.value.percent.equals(line.taxPercent);
  });
}

function issueOf(invoice: Invoice, number: string, issuedOn: PlainDate, facts: Facts): Issue {
  const customer = facts.customers.get(invoice.customerId) as Customer;
  const contacts = facts.contacts.get(customer.id) ?? [];
  const lines = (facts.lines.get(invoice.id) ?? []).map((line) => ({
    ...line,
    servicePeriod: { startsOn: line.serviceStartsOn, endsBefore: line.serviceEndsBefore },
  }));
  return {
    id: invoice.id,
    number,
    issuedOn,
    taxPointOn: issuedOn,
    accountingOn: accountingOn(lines, issuedOn, null),
    dueOn: dueOn(issuedOn, termsOf(invoice, customer, facts)),
    parties: partiesOf(facts.organization, customer, contacts),
  };
}

/** The contract's terms bind; else the customer's, else the organization's. */
function termsOf(invoice: Invoice, customer: Customer, { terms, organization }: Facts): PaymentTerms {
  return terms.get(invoice.contractId)?.paymentTerms ?? customer.paymentTerms ?? organization.paymentTerms;
}

function partiesOf(seller: Organization, customer: Customer, contacts: readonly CustomerContact[]): Parties {
  return {
    seller: {
      legalName: seller.legalName,
      addressLines: seller.addressLines,
      country: seller.country,
      taxNumber: seller.taxNumber,
      bankDetails: seller.bankDetails,
      brandColor: seller.brandColor,
      mailFrom: seller.mailFrom,
    },
    customer: {
      legalName: customer.legalName,
      addressLines: customer.addressLines,
      country: customer.country,
      taxId: customer.taxId,
      contactName: contacts[0]?.name ?? null,
      language: customer.language,
    },
  };
}
