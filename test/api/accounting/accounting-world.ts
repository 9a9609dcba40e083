import { localDayOf } from "../../../server/domain/calendar/local-day";
import { createXeroAccount, useXero } from "../../../server/modules/accounting";
import { query, runAs } from "../../../server/platform/database/transaction";
import type { Answer, Client, TestApi, TestOrganization } from "../../testkit/api";
import { allInvoices, makeCompany, operate } from "../../testkit/company";
import type { FakeXero } from "../../testkit/xero";

/** The first day of the month that it is in London. */
export const monthStart = (): string => `${localDayOf(new Date(), "Europe/London").slice(0, 7)}-01`;
export const thisMonth = (): string => monthStart().slice(0, 7);

/** What every ledger needs to know, of a company of one product and one tax code. */
export async function mapEverything(finance: Client): Promise<void> {
  await finance.done("setAccountingSettings", "settings { version }", {
    version: 0,
    revenueAccount: "200",
    receivableAccount: "610",
    taxAccount: "820",
  });
  await finance.done("setTaxCodeMapping", "settings { version }", { taxCode: "STANDARD", taxType: "OUTPUT2" });
}

export const SECRETS_KEY = Buffer.alloc(32, 5);

/** This process's app is the one that the stand-in knows. */
export function setUpXero(fake: FakeXero, { now = () => new Date(), timeoutMs = 5_000 } = {}): void {
  const { clientId, clientSecret, webhookKey, url } = fake;
  useXero(
    createXeroAccount(
      { clientId, clientSecret, webhookKey, secretsKey: SECRETS_KEY, scopes: null, url },
      { now },
      timeoutMs,
    ),
  );
}

export type LiveWorld = Awaited<ReturnType<typeof liveWorld>>;

/** A live company with drafts of this month, mapped and not connected. */
export async function liveWorld(api: TestApi, { customers = 1, currency = "GBP", fee = "100.00" } = {}) {
  const org = await api.organization({ mode: "live", testClockAt: null });
  const company = await makeCompany(org, { customers, currency, fee, startsOn: monthStart() });
  const { finance } = company;
  await mapEverything(finance);
  if (currency !== "GBP") {
    const today = localDayOf(new Date(), "Europe/London");
    const rates = [{ from: currency, to: "GBP", on: today, rate: "0.8", source: "ECB" }];
    await finance.done("setExchangeRates", "staleInvoices", { rates });
  }
  await operate(api, finance, "draftInvoices", {});
  const invoiceIds = (await allInvoices(finance)).map(({ id }) => id as string);
  return { org, ...company, invoiceIds };
}

/** An administrator goes to Xero and comes back; says what the page said. */
export async function connect(org: TestOrganization, fake: FakeXero): Promise<{ status: number; text: string }> {
  const { authorizationUrl } = await org.admin.done("connectXero", "authorizationUrl expiresAt", {});
  const back = await fetch(fake.allow(authorizationUrl));
  return { status: back.status, text: await back.text() };
}

export const ACCOUNTING = `{ invoices(first: 200) { nodes { id number accounting {
  state code message externalId syncedAt status total { amount } due { amount } payments { state message amount { amount } } } } } }`;

export const copies = async (client: Client): Promise<Answer[]> => (await client.data(ACCOUNTING)).invoices.nodes;

export const SYNC =
  "{ accountingSync { mode queued synced failed voidQueued voided expectedDoneAt pausedUntil callsLastMinute connection { state message organizationName organizations { id name } lockedThrough } } }";
export const syncOf = async (client: Client): Promise<Answer> => (await client.data(SYNC)).accountingSync;

export const inside = <T>(org: TestOrganization, work: () => Promise<T>): Promise<T> => runAs(org.id, work);
export const rowsOf = async (org: TestOrganization, sql: string, values: unknown[] = []): Promise<Answer[]> =>
  (await inside(org, () => query<Answer>(sql, values))).rows;
