import type { PaymentTerms } from "../calendar/payment-terms";
import { textOf } from "./charge-runs";
import type { Contract } from "./contract";
import { type ContractComparison, compareContracts } from "./describe-change";
import type { RenewalRule } from "./renewal";

/** What parties agreed: what is billed, and the conditions beside it. */
export type Agreement = {
  readonly contract: Contract;
  /** Under which product the true-up of each minimum, and the cap of each maximum, is billed. */
  readonly productOfBound: ReadonlyMap<string, string>;
  readonly conditions: Conditions;
};

/** What stands beside the prices. */
export type Conditions = {
  readonly customerId: string;
  /** null: nothing was agreed about it, so any will do */
  readonly poNumber: string | null;
  /** null: those of the customer */
  readonly paymentTerms: PaymentTerms | null;
  readonly renewal: RenewalRule;
  readonly rollsUpUsage: boolean;
  readonly pricesIncludeTax: boolean;
};

export type ConditionName =
  | keyof Conditions
  | keyof Pick<Contract, "anchorOn" | "firstPeriod" | "billedThrough" | "lateUsage">
  | "currency"
  | "productOfBound";

/** A condition that two agreements do not share. */
export type ConditionChange = { readonly name: ConditionName; readonly before: unknown; readonly after: unknown };

export type AgreementComparison = ContractComparison & { readonly conditions: readonly ConditionChange[] };

/**
 * What of an agreement is billed differently from what was agreed; empty in all its parts where the two are the same. Ids
 * of charges and phases do not count, nor does a PO number of which nothing was agreed.
 */
export function compareAgreements(agreed: Agreement, billed: Agreement): AgreementComparison {
  const [before, after] = [conditionsOf(agreed, billed), conditionsOf(billed, agreed)];
  const names = Object.keys(before) as ConditionName[];
  return {
    ...compareContracts(agreed.contract, billed.contract),
    conditions: names
      .filter((name) => name !== "poNumber" || agreed.conditions.poNumber !== null)
      .filter((name) => textOf(before[name]) !== textOf(after[name]))
      .map((name) => ({ name, before: before[name], after: after[name] })),
  };
}

function conditionsOf(
  { contract, productOfBound, conditions }: Agreement,
  other: Agreement,
): Readonly<Record<ConditionName, unknown>> {
  return {
    ...conditions,
    currency: contract.currency.code,
    anchorOn: contract.anchorOn,
    firstPeriod: contract.firstPeriod,
    billedThrough: contract.billedThrough,
    lateUsage: contract.lateUsage,
    // That one of the two does not have a bound at all is told by itself.
    productOfBound: Object.fromEntries([...productOfBound].filter(([boundId]) => other.productOfBound.has(boundId))),
  };
}
