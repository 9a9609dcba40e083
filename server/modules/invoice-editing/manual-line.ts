import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";

/** What people add to a draft. Quantities, prices and amounts are decimal text. */
export type ManualLine = {
  readonly id: string;
  readonly invoiceId: string;
  readonly ordinal: number;
  readonly productId: string;
  readonly description: string;
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  /** net; with the tax where prices of the invoice include it */
  readonly amount: string;
  /** null: that of the product */
  readonly taxCode: string | null;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** As it is asked for: either quantity and unit price, or the amount. */
export type AskedLine = {
  readonly productId: string;
  /** null: the name of the product */
  readonly description: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate;
  readonly quantity: Decimal | null;
  readonly unitPrice: Decimal | null;
  readonly amount: Decimal | null;
  readonly taxCode: string | null;
  readonly reason: string;
};

export const askedOf = (line: ManualLine): AskedLine => ({
  productId: line.productId,
  description: line.description,
  startsOn: line.serviceStartsOn,
  endsBefore: line.serviceEndsBefore,
  quantity: line.quantity === null ? null : new Decimal(line.quantity),
  unitPrice: line.unitPrice === null ? null : new Decimal(line.unitPrice),
  amount: line.unitPrice === null ? new Decimal(line.amount) : null,
  taxCode: line.taxCode,
  reason: line.reason,
});
