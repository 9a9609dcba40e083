import type { LineKind } from "../../domain/invoice/line";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { money } from "../../domain/money/money";
import type { ItemAmount } from "../../domain/variance/compare-items";
import { itemAmountsOf } from "../../domain/variance/item-amounts";

/**
 * The lines of an invoice as JSON text; null for none. Unpacked one invoice at a time and dropped again: ten thousand
 * invoices at once as objects would cost more to collect than to compare.
 */
export type PackedLines = string | null;

type PackedLine = readonly [
  kind: LineKind,
  isOneTime: boolean,
  subject: string | null,
  description: string,
  net: string,
];

export function unpackItems(lines: PackedLines, code: CurrencyCode): ItemAmount[] {
  if (lines === null) return [];
  const billed = currency(code);
  const compared = (JSON.parse(lines) as PackedLine[]).map(([kind, isOneTime, lineageId, description, net]) => ({
    kind,
    isOneTime,
    lineageId,
    boundId: null,
    productId: null,
    description,
    net: money(net, billed),
  }));
  return itemAmountsOf(compared, billed);
}
