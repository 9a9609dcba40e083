import type { PlainDate } from "../calendar/plain-date";
import { type Field, field, optional, required } from "./cell";

// What discounts, minimums and maximums have in common.

export const POSITIONS = ["before_minimum", "after_minimum"] as const;

/** Why a discount in percent has no amount to edit, and the other way round. */
export const OTHER_KIND = "OTHER_KIND_OF_DISCOUNT";

export const describedBy = <Part extends { readonly description: string }>({ description }: Part): Field<Part> =>
  field({
    name: "description",
    title: "Description",
    format: required("text"),
    value: description,
    write: (old, text) => ({ ...old, description: text ?? "" }),
  });

export const endingBefore = <Part extends { readonly endsBefore: PlainDate | null }>({
  endsBefore,
}: Part): Field<Part> =>
  field({
    name: "endsBefore",
    title: "Ends before",
    format: optional("day"),
    value: endsBefore,
    write: (old, day) => ({ ...old, endsBefore: day as PlainDate | null }),
  });

type Deduction = { readonly percent: string | null; readonly amount: string | null };

/** Exactly one of them is there, and only that can be edited. */
export const deducted = <Part extends Deduction>({ percent, amount }: Part): Field<Part>[] => [
  field({
    name: "percent",
    title: "Percent",
    format: required("percent"),
    value: percent,
    lock: percent === null ? OTHER_KIND : null,
    write: (old, value) => ({ ...old, percent: value }),
  }),
  field({
    name: "amount",
    title: "Amount",
    format: required("money"),
    value: amount,
    lock: amount === null ? OTHER_KIND : null,
    write: (old, value) => ({ ...old, amount: value }),
  }),
];
