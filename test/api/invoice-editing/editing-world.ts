import type { Answer, Client, TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { type CreditWorld, creditWorld } from "../credit/credit-world";

export const INVOICE = `id version status origin number documentKind billsOn isStale blockers poNumber memo internalNote dueOn issuedOn voidReason
  net { amount } tax { amount } gross { amount } contract { id } hasUnconfirmedOverride
  lines { id origin kind description quantity unitPrice net { amount } tax { amount } reason engineAmount { amount } contract { id } explanationText }
  manualLines { id description quantity unitPrice amount { amount } taxCode reason createdBy servicePeriod { startsOn lastDay } }
  recipients { name email } amendments { ordinal poNumber memo amendedOn documentUrl } documentUrl issuedDocumentUrl`;

/** API calls at 0.10 in arrears and a platform fee of 100.00 in advance, from 1 October 2026; it is 3 November. */
export type EditingWorld = CreditWorld & {
  readonly acme: string;
  readonly contractId: string;
  /** Of the customer, drafts and issued, by day and age. */
  documents(): Promise<Answer[]>;
  read(id: string): Promise<Answer>;
  pdf(path: string): Promise<Response>;
  voidInvoices(invoiceIds: readonly string[], reason?: string): Promise<Answer>;
  /** What was noted about an invoice, the newest first. */
  audit(invoiceId: string): Promise<Answer[]>;
};

export async function editingWorld(
  api: TestApi,
  {
    terms = {},
    charges,
  }: { readonly terms?: object; readonly charges?: (world: CreditWorld) => readonly string[] } = {},
): Promise<EditingWorld> {
  const world = await creditWorld(api);
  const acme = await world.newCustomer("acme");
  const contractId = await world.newContract(
    acme,
    charges?.(world) ?? [world.prices.api, world.prices.platform],
    terms,
  );
  await world.use("acme", "2026-10-15", 1_000);
  await world.draft();
  return { ...world, acme, contractId, ...reading(api, world.finance, acme) };
}

export function reading(api: TestApi, finance: Client, customerId: string) {
  return {
    async documents(): Promise<Answer[]> {
      const { invoices } = await finance.data(
        `query ($customer: ID!) { invoices(first: 200, filter: { customerIds: [$customer] }) { nodes { ${INVOICE} } } }`,
        { customer: customerId },
      );
      return invoices.nodes.toSorted((a: Answer, b: Answer) =>
        `${a.billsOn} ${a.id}` < `${b.billsOn} ${b.id}` ? -1 : 1,
      );
    },
    read: async (id: string): Promise<Answer> =>
      (await finance.data(`query ($id: ID!) { invoice(id: $id) { ${INVOICE} } }`, { id })).invoice,
    pdf: (path: string) => fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${finance.token}` } }),
    voidInvoices: (invoiceIds: readonly string[], reason = "Sent to the wrong customer") =>
      operate(api, finance, "voidInvoices", { selection: { invoiceIds }, reason }),
    audit: async (id: string): Promise<Answer[]> =>
      (
        await finance.data(
          "query ($id: ID!) { auditEvents(subjectId: $id, first: 50) { nodes { action subjectId before after actorName } } }",
          { id },
        )
      ).auditEvents.nodes,
  };
}

/** "charge 100.00 + 20.00 API calls" */
export const linesOf = ({ lines }: Answer): string[] =>
  lines.map(
    ({ kind, description, net, tax }: Answer) => `${kind.toLowerCase()} ${net.amount} + ${tax.amount} ${description}`,
  );

export const codes = ({ items }: Answer): string[] => items.nodes.map(({ code }: Answer) => code);

/** A manual line of October, taxed as its product. */
export const octoberLine = (productId: string, more: object = {}) => ({
  productId,
  startsOn: "2026-10-01",
  endsBefore: "2026-11-01",
  reason: "As agreed by mail",
  ...more,
});
