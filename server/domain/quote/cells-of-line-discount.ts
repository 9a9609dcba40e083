import type { PlainDate } from "../calendar/plain-date";
import { type Field, field, oneOf, optional, required } from "./cell";
import type { LineDiscount, QuoteLine } from "./quote-terms";

export const POSITIONS = ["before_minimum", "after_minimum"] as const;

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
  const other = "OTHER_KIND_OF_DISCOUNT";
  return [
    field({
      name: "description",
      title: "Description",
      format: required("text"),
      value: discount.description,
      write: (old, text) => ({ ...old, description: text ?? "" }),
    }),
    field({
      name: "percent",
      title: "Percent",
      format: required("percent"),
      value: discount.percent,
      lock: discount.percent === null ? other : null,
      write: (old, percent) => ({ ...old, percent }),
    }),
    field({
      name: "amount",
      title: "Amount",
      format: required("money"),
      value: discount.amount,
      lock: discount.amount === null ? other : null,
      write: (old, amount) => ({ ...old, amount }),
    }),
    field({
      name: "endsBefore",
      title: "Ends before",
      format: optional("day"),
      value: discount.endsBefore,
      write: (old, day) => ({ ...old, endsBefore: day as PlainDate | null }),
    }),
    field({
      name: "position",
      title: "Taken",
      format: oneOf(POSITIONS),
      value: discount.position,
      write: (old, position) => ({ ...old, position: position as LineDiscount["position"] }),
    }),
  ];
}
