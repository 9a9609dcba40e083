import type { ContractDiscount } from "../contract/contract";
import type { Decimal } from "../money/decimal";

/** A discount of the contract, and how much of it falls on one line. */
export type SharedDiscount = { readonly discount: ContractDiscount; readonly share: Decimal };
