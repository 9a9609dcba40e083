import type { PlainDate } from "../../domain/calendar/plain-date";
import type { ProposedInvoice } from "../../domain/invoice/line";
import { originalKeyOf } from "../../domain/invoice/segment";
import { type Product, productsById, taxRates } from "../catalog";
import type { BillableContract } from "../contract";
import { type Customer, customersById } from "../customer";
import { loadOrganization } from "../organization";
import { documentRates } from "./document-exchange";
import type { DraftFacts } from "./draft";
import { billedTaxes } from "./invoice.store";

/** What drafts need beside the engine's lines, read for all contracts at once. */
export async function loadDraftFacts(
  billables: readonly BillableContract[],
  proposed: readonly ProposedInvoice[],
  today: PlainDate,
): Promise<(billable: BillableContract) => DraftFacts> {
  const organization = await loadOrganization();
  const rates = await taxRates();
  const customers = await customersById([...new Set(billables.map(({ customerId }) => customerId))]);
  const lines = proposed.flatMap((invoice) => invoice.lines);
  const productIds = lines.flatMap(({ productId }) => productId ?? []);
  const boundProducts = billables.flatMap(({ productOfBound }) => [...productOfBound.values()]);
  const products = await productsById([...new Set([...productIds, ...boundProducts])]);
  const correctedIds = lines.flatMap(({ correctsDocumentId }) => correctsDocumentId ?? []);
  const taxesBilled = new Map(
    (await billedTaxes([...new Set(correctedIds)])).map((tax) => [`${tax.invoiceId} ${tax.billingKey}`, tax]),
  );
  const currencies = billables.map(({ contract }) => contract.currency.code);
  const rateOf = await documentRates(currencies, { baseCurrency: organization.baseCurrency, taxPointOn: today });
  return (billable) => {
    const customer = customers.get(billable.customerId) as Customer;
    return {
      tax: {
        rates,
        rounding: organization.taxRounding,
        status: customer.taxStatus,
        buyerTaxId: customer.taxId,
        taxPointOn: today,
      },
      pricesIncludeTax: billable.pricesIncludeTax,
      taxCodeOf: (productId) => (products.get(productId) as Product).taxCode,
      productOf: ({ productId, boundId }) => productId ?? (billable.productOfBound.get(boundId ?? "") as string),
      billedTaxOf: ({ key, correctsDocumentId }) =>
        taxesBilled.get(`${correctsDocumentId} ${originalKeyOf(key)}`) ??
        taxesBilled.get(`${correctsDocumentId} ${key}`) ??
        null,
      poNumber: billable.poNumber,
      isPoRequired: customer.isPoRequired,
      isExchangeRateMissing: !rateOf(billable.contract.currency.code).ok,
    };
  };
}
