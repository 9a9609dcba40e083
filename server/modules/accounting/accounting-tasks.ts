import type { Clock } from "../../platform/clock";
import type { Task } from "../../platform/jobs";
import { pullLedger } from "./pull-ledger";
import { syncLedger } from "./sync-ledger";
import type { LedgerTask } from "./xero-connection.store";

/** What of the ledger is left to workers. */
export const accountingTasks = (clock: Clock): { readonly [T in LedgerTask]: Task } => ({
  sync_ledger: () => syncLedger(clock),
  pull_ledger: () => pullLedger(clock),
});
