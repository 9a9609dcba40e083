import type { LedgerFacts } from "../../integrations/xero/accounting-ledger";
import type { Clock } from "../../platform/clock";
import { callXero } from "./call-xero";
import { findConnection, saveFacts } from "./xero-connection.store";

/** Accounts, tax types and lock dates change seldom; a refusal by them is retried after a look. */
const OLD_MILLISECONDS = 15 * 60_000;

/** Reads what the books can hold, unless it was read a short while ago. Where that fails what was known stays. */
export async function readFactsIfOld(clock: Clock): Promise<void> {
  const connection = await findConnection();
  if (connection?.state !== "connected") return;
  const { factsReadAt } = connection;
  if (factsReadAt && clock.now().getTime() - factsReadAt.getTime() < OLD_MILLISECONDS) return;
  await readFacts(clock);
}

export async function readFacts(clock: Clock): Promise<LedgerFacts | null> {
  const organisation = await callXero(clock, (books) => books.organisation());
  if (organisation.outcome !== "done") return null;
  const currencies = await callXero(clock, (books) => books.currencies());
  if (currencies.outcome !== "done") return null;
  const accounts = await callXero(clock, (books) => books.accounts());
  if (accounts.outcome !== "done") return null;
  const taxTypes = await callXero(clock, (books) => books.taxTypes());
  if (taxTypes.outcome !== "done") return null;
  const facts: LedgerFacts = {
    ...organisation.value,
    // The base currency is held whether it is listed or not.
    currencies: [...new Set([organisation.value.baseCurrency, ...currencies.value])].sort(),
    accounts: [...accounts.value].sort(),
    taxTypes: [...taxTypes.value].sort(),
  };
  await saveFacts(facts, clock.now());
  return facts;
}
