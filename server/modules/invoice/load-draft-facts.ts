import type { PlainDate } from "../../domain/calendar/plain-date";
import type { DocumentLine } from "../../domain/invoice/document-line";
import { originalKeyOf } from "../../domain/invoice/segment";
import { type Product, productsById, taxRates } from "../catalog";
import type { BillableContract } from "../contract";
import { type Customer, customersById } from "../customer";
import { loadOrganization } from "../organization";
import { purchaseOrderKey, purchaseOrdersNamed } from "../purchase-order";
import { documentRates } from "./document-exchange";
import type { DraftFacts } from "./draft";
import { ownPoNumbers } from "./draft-inputs.store";
import { billedCustomerId } from "./invoice";
import { billedTaxes } from "./invoice.store";
import type { DocumentToCalculate } from "./wanted-draft";

/** What documents need beside their lines, read for all of them at once. */
export async function loadDraftFacts(
  documents: readonly DocumentToCalculate[],
  billables: ReadonlyMap<string, BillableContract>,
  today: PlainDate,
): Promise<(document: DocumentToCalculate) => DraftFacts> {
  const organization = await loadOrganization();
  const rates = await taxRates();
  const customers = await customersById([
    ...new Set(documents.flatMap((document) => [document.customerId, billedCustomerId(document)])),
  ]);
  const lines = documents.flatMap((document) => document.lines);
  const productOf = ({ line: { productId, boundId }, contractId }: DocumentLine) =>
    productId ?? (billables.get(contractId ?? "")?.productOfBound.get(boundId ?? "") as string);
  const products = await productsById([...new Set(lines.map(productOf))]);
  const correctedIds = lines.flatMap(({ line }) => line.correctsDocumentId ?? []);
  const taxesBilled = new Map(
    (await billedTaxes([...new Set(correctedIds)])).map((tax) => [`${tax.invoiceId} ${tax.billingKey}`, tax]),
  );
  const currencies = documents.map(({ currency }) => currency.code);
  const rateOf = await documentRates(currencies, { baseCurrency: organization.baseCurrency, taxPointOn: today });
  const poNumbers = await ownPoNumbers(documents.flatMap(({ existing }) => existing?.id ?? []));
  const poNumberFor = (document: DocumentToCalculate) =>
    poNumbers.get(document.existing?.id ?? "") ?? poNumberOf(document, billables);
  const keyOf = (document: DocumentToCalculate) => ({
    customerId: billedCustomerId(document),
    number: poNumberFor(document) ?? "",
  });
  const orders = await purchaseOrdersNamed(documents.map(keyOf).filter(({ number }) => number !== ""));
  return (document) => {
    const customer = customers.get(document.customerId) as Customer;
    const billed = customers.get(billedCustomerId(document)) as Customer;
    return {
      tax: {
        rates,
        rounding: organization.taxRounding,
        status: billed.taxStatus,
        buyerTaxId: billed.taxId,
        taxPointOn: today,
      },
      pricesIncludeTax: document.pricesIncludeTax,
      taxCodeOf: (productId) => (products.get(productId) as Product).taxCode,
      productOf,
      billedTaxOf: ({ key, correctsDocumentId }) =>
        taxesBilled.get(`${correctsDocumentId} ${originalKeyOf(key)}`) ??
        taxesBilled.get(`${correctsDocumentId} ${key}`) ??
        null,
      poNumber: poNumberFor(document),
      // What is issued again takes what the credit note over its original gives back first.
      purchaseOrder: document.original === null ? (orders.get(purchaseOrderKey(keyOf(document))) ?? null) : null,
      isPoRequired: customer.isPoRequired || billed.isPoRequired,
      isExchangeRateMissing: !rateOf(document.currency.code).ok,
    };
  };
}

/** Of the contracts on it; each once, where people merged what was ordered apart. */
function poNumberOf({ contractId, lines }: DocumentToCalculate, billables: ReadonlyMap<string, BillableContract>) {
  const contractIds = new Set(lines.flatMap((line) => line.contractId ?? []));
  if (contractId !== null) contractIds.add(contractId);
  const numbers = new Set([...contractIds].flatMap((id) => billables.get(id)?.poNumber ?? []));
  return numbers.size === 0 ? null : [...numbers].join(", ");
}
