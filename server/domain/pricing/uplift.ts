import { type Decimal, ONE } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { Price, PriceModel, SeatPrice } from "./price";

/**
 * The price raised by so many percent ("3.5" means 3.5 %; below zero it falls), as renewals do, and not rounded: every
 * fee, unit price and bound of money. Percentages, bounds of tiers and what is included stay.
 */
export function uplift(price: Price, percent: Decimal): Price {
  const factor = percent.div(100).plus(ONE);
  return { ...price, ...upliftModel(price, factor), ...upliftIn(price, ["minimum", "maximum"], factor) };
}

function upliftModel(price: PriceModel, factor: Decimal): PriceModel {
  switch (price.model) {
    case "flat":
    case "one_time":
      return { ...price, ...upliftIn(price, ["fee"], factor) };
    case "per_unit":
      return { ...price, ...upliftIn(price, ["unitPrice"], factor) };
    case "package":
      return { ...price, ...upliftIn(price, ["packagePrice"], factor) };
    case "graduated":
    case "volume":
      return { ...price, tiers: upliftEach(price.tiers, ["unitPrice", "flatFee"], factor) };
    case "graduated_percentage":
      return { ...price, tiers: upliftEach(price.tiers, ["flatFee"], factor) };
    case "percentage":
      return { ...price, ...upliftIn(price, ["fixedPerEvent", "minimumPerEvent", "maximumPerEvent"], factor) };
    case "matrix": {
      const rows = upliftEach(price.rows, ["unitPrice"], factor);
      return { ...price, rows, ...upliftIn(price, ["defaultUnitPrice"], factor) };
    }
    case "seat":
      return { ...price, perSeat: upliftModel(price.perSeat, factor) as SeatPrice["perSeat"] };
    default:
      return unreachable(price);
  }
}

type Amounts<Field extends string> = { readonly [F in Field]?: Decimal | null };

const upliftEach = <Part extends Amounts<Field>, Field extends string>(
  parts: readonly Part[],
  fields: readonly Field[],
  factor: Decimal,
): Part[] => parts.map((part) => ({ ...part, ...upliftIn(part, fields, factor) }));

/** The raised fields alone; what is absent stays absent. */
function upliftIn<Field extends string>(
  part: Amounts<Field>,
  fields: readonly Field[],
  factor: Decimal,
): { [F in Field]: Decimal } {
  const given = fields.filter((field) => part[field]);
  return Object.fromEntries(given.map((field) => [field, part[field]?.times(factor)])) as { [F in Field]: Decimal };
}
