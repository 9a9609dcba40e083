import { type PlainDate, partsOf } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { LedgerDocument, LedgerLine } from "../xero/accounting-ledger";
import type { Cell } from "./csv";
import type { Journal } from "./journal";

export type FileFormatName = "xero" | "quickbooks" | "netsuite";

/** A program's own columns, and what stands in them. */
export type FileFormat = {
  readonly documents: Sheet<{ readonly document: LedgerDocument; readonly line: LedgerLine }>;
  readonly journals: Sheet<{ readonly journal: Journal; readonly posting: Journal["postings"][number] }>;
};
type Sheet<Row> = { readonly columns: readonly string[]; readonly cells: (row: Row) => readonly Cell[] };

/** In the order of the country: month first in the United States, day first elsewhere. */
export type DayText = (day: PlainDate) => string;

export function dayTextOf(country: string): DayText {
  const two = (value: number) => String(value).padStart(2, "0");
  return (date) => {
    const { year, month, day } = partsOf(date);
    return country === "US" ? `${two(month)}/${two(day)}/${year}` : `${two(day)}/${two(month)}/${year}`;
  };
}

/** Quantity and price where they make the net, else one piece at the net: every program multiplies for itself. */
function pieces({ quantity, unitPrice, net }: LedgerLine): { readonly quantity: Cell; readonly price: Cell } {
  const isProduct = quantity !== null && unitPrice !== null && quantity.times(unitPrice).equals(net);
  return isProduct ? { quantity, price: unitPrice } : { quantity: new Decimal(1), price: net };
}

const trackingOf = ({ tracking: [first, second] }: LedgerLine): Cell[] => [
  first?.category ?? null,
  first?.option ?? null,
  second?.category ?? null,
  second?.option ?? null,
];

const or0 = (value: Journal["postings"][number]["debit"]): Cell => (value.isZero() ? null : value);

/** Xero's templates of sales invoices (credit notes are those below zero) and of manual journals. */
const xero = (dayText: DayText): FileFormat => ({
  documents: {
    columns: [
      "*ContactName",
      "EmailAddress",
      "POAddressLine1",
      "POAddressLine2",
      "POAddressLine3",
      "POAddressLine4",
      "POCountry",
      "*InvoiceNumber",
      "Reference",
      "*InvoiceDate",
      "*DueDate",
      "Total",
      "*Description",
      "*Quantity",
      "*UnitAmount",
      "*AccountCode",
      "*TaxType",
      "TaxAmount",
      "TrackingName1",
      "TrackingOption1",
      "TrackingName2",
      "TrackingOption2",
      "Currency",
    ],
    cells: ({ document, line }) => {
      const { customer } = document;
      const { quantity, price } = pieces(line);
      return [
        customer.legalName,
        customer.email,
        ...[0, 1, 2, 3].map((index) => customer.addressLines[index] ?? null),
        customer.country,
        document.number,
        document.reference,
        dayText(document.issuedOn),
        dayText(document.dueOn ?? document.issuedOn),
        document.gross,
        line.description,
        quantity,
        price,
        line.revenueAccount,
        line.taxType,
        line.tax,
        ...trackingOf(line),
        document.currency,
      ];
    },
  },
  journals: {
    columns: ["*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"],
    cells: ({ journal: { document }, posting }) => [
      document.number,
      dayText(document.accountingOn),
      posting.memo,
      posting.account,
      posting.taxType ?? "NONE",
      posting.debit.minus(posting.credit),
    ],
  },
});

/** What QuickBooks Online reads: invoices, and credit notes among them below zero; journal entries. */
const quickbooks = (dayText: DayText): FileFormat => ({
  documents: {
    columns: [
      "*InvoiceNo",
      "*Customer",
      "*InvoiceDate",
      "*DueDate",
      "Type",
      "Memo",
      "Item(Product/Service)",
      "ItemDescription",
      "ItemQuantity",
      "ItemRate",
      "*ItemAmount",
      "*ItemTaxCode",
      "ItemTaxAmount",
      "Account",
      "Currency",
    ],
    cells: ({ document, line }) => {
      const { quantity, price } = pieces(line);
      return [
        document.number,
        document.customer.legalName,
        dayText(document.issuedOn),
        dayText(document.dueOn ?? document.issuedOn),
        document.kind === "invoice" ? "Invoice" : "Credit note",
        document.reference,
        line.productCode,
        line.description,
        quantity,
        price,
        line.net,
        line.taxType,
        line.tax,
        line.revenueAccount,
        document.currency,
      ];
    },
  },
  journals: {
    columns: ["*JournalNo", "*JournalDate", "*Currency", "Memo", "*AccountName", "Debits", "Credits", "Name"],
    cells: ({ journal: { document }, posting }) => [
      document.number,
      dayText(document.accountingOn),
      document.baseCurrency,
      posting.memo,
      posting.account,
      or0(posting.debit),
      or0(posting.credit),
      document.customer.legalName,
    ],
  },
});

/** What NetSuite's import assistant maps by itself. */
const netsuite = (dayText: DayText): FileFormat => ({
  documents: {
    columns: [
      "External ID",
      "Record Type",
      "Customer External ID",
      "Customer",
      "Document Number",
      "Date",
      "Due Date",
      "Currency",
      "Exchange Rate",
      "PO #",
      "Item",
      "Description",
      "Quantity",
      "Rate",
      "Amount",
      "Tax Code",
      "Tax Amount",
      "Account",
    ],
    cells: ({ document, line }) => {
      const { quantity, price } = pieces(line);
      return [
        document.id,
        document.kind === "invoice" ? "Invoice" : "Credit Memo",
        document.customer.externalId ?? document.customer.id,
        document.customer.legalName,
        document.number,
        dayText(document.issuedOn),
        document.dueOn && dayText(document.dueOn),
        document.currency,
        document.rate?.toFixed() ?? "1",
        document.reference,
        line.productCode,
        line.description,
        quantity,
        price,
        line.net,
        line.taxType,
        line.tax,
        line.revenueAccount,
      ];
    },
  },
  journals: {
    columns: ["External ID", "Date", "Currency", "Account", "Debit", "Credit", "Memo", "Entity"],
    cells: ({ journal: { document }, posting }) => [
      `journal-${document.id}`,
      dayText(document.accountingOn),
      document.baseCurrency,
      posting.account,
      or0(posting.debit),
      or0(posting.credit),
      posting.memo,
      document.customer.legalName,
    ],
  },
});

export const fileFormats: { readonly [F in FileFormatName]: (dayText: DayText) => FileFormat } = {
  xero,
  quickbooks,
  netsuite,
};
