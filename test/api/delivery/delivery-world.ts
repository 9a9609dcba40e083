import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import type { Answer, Client, TestApi } from "../../testkit/api";
import { allInvoices, makeCompany, operate } from "../../testkit/company";

/** A company whose invoices are issued and not yet sent. */
export async function issuedCompany(
  api: TestApi,
  options: Parameters<typeof makeCompany>[1] = { customers: 1, startsOn: "2026-11-01" },
) {
  const organization = await api.organization();
  const company = await makeCompany(organization, options);
  await operate(api, company.finance, "draftInvoices", {});
  const invoiceIds = (await allInvoices(company.finance)).map(({ id }): string => id);
  const finalized = await operate(api, company.finance, "finalizeInvoices", { selection: { invoiceIds } });
  if (finalized.succeeded !== invoiceIds.length) throw new Error(JSON.stringify(finalized));
  return { ...company, organization, invoiceIds, invoiceId: invoiceIds[0] as string };
}

export const send = (api: TestApi, finance: Client, invoiceIds: readonly string[]): Promise<Answer> =>
  operate(api, finance, "sendInvoices", { selection: { invoiceIds } });

const DELIVERIES = `query ($id: ID!) { invoice(id: $id) { number status sentAt version deliveries {
  id purpose status subject text messageId reason failure requestedBy nextAttemptAt sentAt resolution
  recipients { kind name email status detail } attempts { ordinal outcome detail endedAt } } } }`;

export const deliveryLog = async (finance: Client, id: string): Promise<Answer> =>
  (await finance.data(DELIVERIES, { id })).invoice;

/** The mails in the outbox that are about these invoices, by the message id. */
export async function mailsOf(api: TestApi, invoiceIds: readonly string[]): Promise<ParsedMail[]> {
  const files = existsSync(api.outbox) ? readdirSync(api.outbox).sort() : [];
  const wanted = files.filter((file) => invoiceIds.some((id) => file.startsWith(`invoice.${id}`)));
  return Promise.all(wanted.map((file) => simpleParser(readFileSync(join(api.outbox, file)))));
}

/** Where the link in a mail leads. */
export const linkIn = (mail: ParsedMail | undefined): string => {
  const [link] = /https?:\/\/\S+\/i\/[\w-]+/.exec(mail?.text ?? "") ?? [];
  if (!link) throw new Error("the mail has no link");
  return link;
};

/** Lets what waits in the queue for a later time be due, and does it. */
export async function letTimePass(api: TestApi): Promise<void> {
  await api.database.owner.query(
    "UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'send_delivery:%'",
  );
  await api.work();
}
