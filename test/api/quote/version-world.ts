import { plainDate } from "../../../server/domain/calendar/plain-date";
import type { CellEdit } from "../../../server/domain/quote/edit";
import type { QuoteStatus } from "../../../server/domain/quote/quote-life";
import {
  loadCurrentVersion,
  lockQuote,
  markVersionSent,
  type Quote,
  saveQuote,
  startVersion,
  type VersionToStart,
} from "../../../server/modules/quote";
import { inTransaction, runAs } from "../../../server/platform/database/transaction";
import type { Caller } from "../../../server/platform/request-context";
import { TEST_NOW } from "../../testkit/api";
import type { QuoteWorld } from "./quote-world";

const NOW = new Date(TEST_NOW);

async function locked(quoteId: string): Promise<Quote> {
  const quote = await lockQuote(quoteId);
  if (!quote) throw new Error(`no quote ${quoteId}`);
  return quote;
}

/** Puts a quote where approvals and signatures would lead, without them. */
export async function putAt(
  { organization }: QuoteWorld,
  quoteId: string,
  status: QuoteStatus,
  more: Partial<Quote> = {},
) {
  await runAs(organization.id, () =>
    inTransaction(async () => {
      const quote = await locked(quoteId);
      await saveQuote({ ...quote, ...more, status }, NOW);
      if (status === "sent") await markVersionSent(await loadCurrentVersion(quote), NOW);
    }),
  );
}

/** Lets a version follow the current one, as a command of sales would: all or nothing. */
export function followedBy(
  { organization }: QuoteWorld,
  quoteId: string,
  asked: Partial<VersionToStart> & { readonly edits?: readonly CellEdit[] } = {},
) {
  const actor = { kind: "api_key", id: null, name: "test sales", email: null, role: "sales" } as const;
  const caller: Caller = {
    organizationId: organization.id,
    actor,
    sessionId: null,
    expiresAt: null,
    now: NOW,
    today: plainDate(TEST_NOW.slice(0, 10)),
  };
  return runAs(organization.id, () =>
    inTransaction(async () => {
      const quote = await locked(quoteId);
      const version = await loadCurrentVersion(quote);
      const scope = { caller, now: caller.now, today: caller.today, note: () => {} };
      return startVersion({ quote, version }, { edits: [], expiresOn: null, note: null, ...asked }, scope);
    }),
  );
}
