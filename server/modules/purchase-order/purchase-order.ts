import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";

/** What finance may set; the currency is for good. */
export type PurchaseOrderChanges = {
  readonly number: string;
  /** net of tax; null: without a limit */
  readonly amountLimit: Decimal | null;
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
  readonly note: string | null;
};

export type NewPurchaseOrder = PurchaseOrderChanges & { readonly customerId: string; readonly currency: CurrencyCode };

export type PurchaseOrder = NewPurchaseOrder & {
  readonly id: string;
  /** what invoices took of it, net of voids and credit notes */
  readonly used: Decimal;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** `invoiced` above zero; what `credited` and `voided` give back, below. */
export type PurchaseOrderUse = {
  readonly id: string;
  readonly purchaseOrderId: string;
  /** the invoice, or the credit note that gives back */
  readonly invoiceId: string;
  readonly kind: "invoiced" | "credited" | "voided";
  readonly amount: string;
  readonly usedAt: Date;
};

/** Under which a document names an order. */
export type PurchaseOrderKey = { readonly customerId: string; readonly number: string };

export const purchaseOrderKey = ({ customerId, number }: PurchaseOrderKey): string => `${customerId} ${number}`;
