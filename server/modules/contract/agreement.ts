import { type Agreement, type Conditions, compareAgreements } from "../../domain/contract/agreement";
import { type Difference, differencesOf } from "../../domain/contract/difference";
import type { AgreedContract } from "./agreed-contract";
import { type BillableContract, billableContracts } from "./billable-contracts.store";
import type { Contract } from "./contract";
import { contractsById } from "./contract.store";
import { type NewContract, renewalRuleOf } from "./new-contract";
import { signedSchedulesByContract } from "./signed-schedule.store";

/** The agreement that a contract is made for, as it was drafted. */
export const agreementOfDraft = (draft: AgreedContract, head: NewContract): Agreement => ({
  contract: draft.contract,
  productOfBound: draft.productOfBound,
  conditions: {
    customerId: head.customerId,
    poNumber: head.poNumber,
    paymentTerms: head.paymentTerms,
    renewal: renewalRuleOf(head.renewal),
    rollsUpUsage: head.rollsUpUsage,
    pricesIncludeTax: includesTax(draft),
  },
});

/** The agreement that an amendment leads to: what is billed then, under the conditions that were signed before. */
export const agreementOfAmended = (after: AgreedContract, conditions: Conditions): Agreement => ({
  contract: after.contract,
  productOfBound: after.productOfBound,
  conditions,
});

/** The conditions of a contract as they are now. */
export const conditionsOf = (contract: Contract, pricesIncludeTax: boolean): Conditions => ({
  customerId: contract.customerId,
  poNumber: contract.poNumber,
  paymentTerms: contract.paymentTerms,
  renewal: contract.renewal,
  rollsUpUsage: contract.rollsUpUsage,
  pricesIncludeTax,
});

/** The prices of a contract agree in this. */
const includesTax = ({ prices, contract }: AgreedContract): boolean =>
  contract.phases.some(({ charges }) => charges.some(({ price }) => prices.get(price)?.taxInclusive ?? false));

/** What billing reads, as an agreement. */
const agreementBilled = (head: Contract, billable: BillableContract): Agreement => ({
  contract: billable.contract,
  productOfBound: billable.productOfBound,
  // The terms of payment come the way that invoices get them.
  conditions: {
    ...conditionsOf(head, billable.pricesIncludeTax),
    paymentTerms: billable.paymentTerms,
    poNumber: billable.poNumber,
  },
});

/** What is billed differently from what was agreed; none: all of it as agreed. */
export async function differencesFrom(agreed: Agreement, head: Contract): Promise<Difference[]> {
  const [billable] = await billableContracts({ contractIds: [head.id] });
  if (!billable) throw new Error(`the contract ${head.number} cannot be billed`);
  return differencesBetween(agreed, head, billable);
}

const differencesBetween = (agreed: Agreement, head: Contract, billable: BillableContract): Difference[] =>
  differencesOf(compareAgreements(agreed, agreementBilled(head, billable)), agreed.contract.currency);

/** A batch: what is billed differently from what was signed last, by contract; those for which no quote was signed are left out. */
export async function differencesFromSigned(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Difference[]>> {
  const signed = await signedSchedulesByContract(ids);
  if (signed.size === 0) return new Map();
  const heads = await contractsById([...signed.keys()]);
  const billable = await billableContracts({ contractIds: [...signed.keys()] });
  return new Map(
    billable.flatMap((one): [string, readonly Difference[]][] => {
      const [head, last] = [heads.get(one.contract.id), signed.get(one.contract.id)?.at(-1)];
      return head && last ? [[head.id, differencesBetween(last.agreement, head, one)]] : [];
    }),
  );
}
