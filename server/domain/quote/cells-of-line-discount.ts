import { type Field, field, oneOf, optional } from "./cell";
import { deducted, describedBy, endingBefore, POSITIONS } from "./cells-of-deductions";
import type { LineDiscount, QuoteLine } from "./quote-terms";

/** Derived, so that whoever adds the discount adds the same. */
export const percentDiscountId = ({ id }: Pick<QuoteLine, "id">): string => `percent-${id}`;

/** A percentage without an end, the only discount of its line. */
function onlyPercent({ discounts: [first, ...others] }: QuoteLine): LineDiscount | null {
  return first && others.length === 0 && first.percent !== null && first.endsBefore === null ? first : null;
}

/** The percentage of a line that has no discount, or one in percent without an end, as most lines have. */
export function discountPercentOf(line: QuoteLine): Field<QuoteLine> {
  const only = onlyPercent(line);
  const isFree = line.discounts.length === 0;
  return field({
    name: "discountPercent",
    title: "Discount",
    format: { ...optional("percent"), isZeroNone: true },
    value: only?.percent === "0" ? null : (only?.percent ?? null),
    lock: only || isFree ? null : "SEVERAL_DISCOUNTS",
    shows: only ? `discounts.${only.id}.percent` : `discounts.${percentDiscountId(line)}`,
    write: withOnlyPercent,
  });
}

function withOnlyPercent(line: QuoteLine, percent: string | null): QuoteLine {
  const [first] = line.discounts;
  if (percent === null) return { ...line, discounts: [] };
  const added = { description: "Discount", amount: null, endsBefore: null, position: POSITIONS[0] } as const;
  return { ...line, discounts: [first ? { ...first, percent } : { ...added, id: percentDiscountId(line), percent }] };
}

/** The cells of one discount of a line. */
export function fieldsOfLineDiscount(discount: LineDiscount): Field<LineDiscount>[] {
  return [
    describedBy(discount),
    ...deducted(discount),
    endingBefore(discount),
    field({
      name: "position",
      title: "Taken",
      format: oneOf(POSITIONS),
      value: discount.position,
      write: (old, position) => ({ ...old, position: position as LineDiscount["position"] }),
    }),
  ];
}
