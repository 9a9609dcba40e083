import type { TaxRate } from "../../domain/invoice/tax";

export type TaxCategory = "standard" | "reduced" | "zero" | "exempt";

/** A rate as it is kept: never changed, a new one of the same code follows it. */
export type StoredTaxRate = TaxRate & { readonly id: string; readonly name: string; readonly category: TaxCategory };
