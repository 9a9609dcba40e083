import type { PlainDate } from "../../domain/calendar/plain-date";
import { isLate } from "../../domain/invoice/place-lines";
import { inTransaction } from "../../platform/database/transaction";
import { forgetLateChanges } from "../../platform/draft-staleness.store";
import { lockCreditGrantsOf, releaseCredits } from "../credit";
import { type ContractCalculation, calculateContracts } from "./calculate-contracts";
import { calculateDocuments, type DocumentCalculation, type DraftOutcome } from "./calculate-documents";
import { writeDrafts } from "./draft.store";
import { draftsUpToDate } from "./draft-fingerprint.store";
import { customersOfDrafts, lockDraftsWithoutContract } from "./draft-inputs.store";
import { noticedAdjustments } from "./late-adjustment";
import { keepNoticed } from "./late-adjustment.store";
import { lookAtRunningTonight } from "./running-invoice.store";

export type { DraftOutcome } from "./calculate-documents";

export type CalculationScope = { readonly today: PlainDate; readonly now: Date };

/**
 * Calculates all drafts of these contracts anew, as of a day: what should be billed minus what is billed, with what
 * people wrote, set and placed. Drafts whose content is the same are not written, not even their version. Contracts that
 * share documents with them are calculated too; a contract whose drafts are as they would be is not even rated. With
 * `includeRunning`, what falls due next is kept as an invoice in progress; one that is there is kept on in any case. All
 * or nothing; the number of statements does not grow with contracts.
 */
export const calculateDrafts = (
  contractIds: readonly string[],
  scope: CalculationScope,
  { includeRunning = false }: { readonly includeRunning?: boolean } = {},
): Promise<DraftOutcome[]> => inTransaction(() => calculateWithin(contractIds, scope, includeRunning));

async function calculateWithin(
  contractIds: readonly string[],
  scope: CalculationScope,
  includeRunning: boolean,
): Promise<DraftOutcome[]> {
  const upToDate = includeRunning ? NOTHING : await draftsUpToDate(contractIds, scope.today);
  const unchanged = [...upToDate].flatMap(([contractId, draftIds]) =>
    draftIds.map((invoiceId): DraftOutcome => ({ invoiceId, contractIds: [contractId], outcome: "unchanged" })),
  );
  const rest = contractIds.filter((id) => !upToDate.has(id));
  if (rest.length === 0) return unchanged;
  const { calculations, documents } = await calculate(rest, scope, { includeRunning });
  await write(documents, scope);
  await settle(calculations, scope);
  return [...unchanged, ...documents.outcomes];
}

const NOTHING: ReadonlyMap<string, readonly string[]> = new Map();

/**
 * Calculates drafts of no contract anew, out of the lines that people wrote; without any left the draft is removed.
 * Drafts that contracts have to do with are left alone.
 */
export const recalculateOneOffs = (invoiceIds: readonly string[], scope: CalculationScope): Promise<DraftOutcome[]> =>
  inTransaction(async () => {
    const documents = await calculateOneOffs(invoiceIds, scope);
    await write(documents, scope);
    return [...documents.outcomes];
  });

/** Both of the above, as they would be: under the same locks, and nothing is written. */
export async function calculateUnsaved(
  { contractIds, oneOffIds }: { readonly contractIds: readonly string[]; readonly oneOffIds: readonly string[] },
  scope: CalculationScope,
): Promise<Pick<DocumentCalculation, "outcomes" | "writes">> {
  const parts = [
    ...(contractIds.length > 0 ? [(await calculate(contractIds, scope, { includeRunning: false })).documents] : []),
    ...(oneOffIds.length > 0 ? [await calculateOneOffs(oneOffIds, scope)] : []),
  ];
  return {
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
    writes: {
      created: parts.flatMap(({ writes }) => writes.created),
      changed: parts.flatMap(({ writes }) => writes.changed),
      unchanged: parts.flatMap(({ writes }) => writes.unchanged),
      removed: parts.flatMap(({ writes }) => writes.removed),
    },
  };
}

async function calculate(
  contractIds: readonly string[],
  { today }: CalculationScope,
  { includeRunning }: { readonly includeRunning: boolean },
) {
  const contracts = await calculateContracts(contractIds, { today, includeRunning });
  const documents = await calculateDocuments(contracts, { today });
  return { calculations: contracts.calculations, documents };
}

async function calculateOneOffs(
  invoiceIds: readonly string[],
  { today }: CalculationScope,
): Promise<DocumentCalculation> {
  const grantIds = await lockCreditGrantsOf(await customersOfDrafts(invoiceIds));
  const drafts = await lockDraftsWithoutContract(invoiceIds);
  return calculateDocuments(
    { calculations: [], drafts, placements: [], standing: new Map(), grantIds, factHashes: new Map() },
    { today },
  );
}

async function write({ writes, credits }: DocumentCalculation, { now }: CalculationScope): Promise<void> {
  await writeDrafts(writes, now);
  const { created, changed, unchanged } = writes;
  if (created.some(({ status }) => status === "in_progress")) await lookAtRunningTonight();
  const draftIds = [...created, ...changed, ...unchanged].map(({ id }) => id);
  await releaseCredits(credits.atHand, credits.drawnByGrant, { draftIds, now });
}

/** What came late and waits, or is ignored, is kept in view; where nothing is left of it, it is forgotten. */
async function settle(calculations: readonly ContractCalculation[], { now }: CalculationScope): Promise<void> {
  const noticed = calculations.flatMap(({ billable, wanted, proposal }) =>
    noticedAdjustments(billable.contract.id, wanted.waiting, proposal.ignored),
  );
  const calculated = calculations.map(({ billable, from }) => ({ contractId: billable.contract.id, from }));
  await keepNoticed(noticed, { calculated, now });
  await forgetLateChanges(calculations.filter(isSettled).map(({ billable }) => billable.contract.id));
}

/**
 * False as long as something that came late is still to be billed: the next calculation looks back as far. What is ignored
 * is settled by its report.
 */
const isSettled = ({ proposal }: ContractCalculation): boolean =>
  proposal.waiting.length + proposal.rebills.length === 0 &&
  !proposal.invoices.some(({ lines, billsOn }) => lines.some((line) => isLate(line, billsOn)));
