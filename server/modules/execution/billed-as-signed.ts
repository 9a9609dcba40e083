import type { Agreement } from "../../domain/contract/agreement";
import { type Contract, differencesFrom } from "../contract";

/** Reads back what billing will read: a difference from what was signed is a bug, and nothing of the execution stays. */
export async function assertBilledAsSigned(agreement: Agreement, contract: Contract): Promise<void> {
  const differences = await differencesFrom(agreement, contract);
  if (differences.length === 0) return;
  const words = differences.map(({ inWords }) => inWords).join(" ");
  throw new Error(`the contract ${contract.number} was not stored as it was signed: ${words}`);
}
