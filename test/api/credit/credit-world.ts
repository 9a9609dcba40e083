import { runAs } from "../../../server/platform/database/tenant-pool";
import type { Answer, Client, TestApi, TestOrganization } from "../../testkit/api";
import { operate } from "../../testkit/company";

/** A company that bills API calls monthly in arrears at 0.10, and a platform fee monthly in advance; VAT is 20 %. */
export type CreditWorld = {
  readonly org: TestOrganization;
  readonly finance: Client;
  readonly products: { readonly api: string; readonly platform: string };
  readonly prices: { readonly api: string; readonly platform: string };
  /** A customer known by an alias, with an active contract from 1 October 2026. */
  newCustomer(name: string, terms?: { readonly currency?: string }): Promise<string>;
  newContract(customerId: string, charges: readonly string[], more?: object): Promise<string>;
  /** Records calls of one day; below zero it takes some back. */
  use(alias: string, day: string, calls: number): Promise<void>;
  grant(customerId: string, amount: string, more?: object): Promise<Answer>;
  draft(): Promise<Answer>;
  /** These drafts, or all there are. */
  recalculate(invoiceIds?: readonly string[]): Promise<Answer>;
  finalize(invoiceIds?: readonly string[]): Promise<Answer>;
  setClock(now: string): Promise<void>;
  /** Drafts and issued invoices with their lines, in the order in which they fall due. */
  invoices(customerId: string): Promise<Answer[]>;
  grants(customerId: string): Promise<Answer[]>;
  within<T>(work: () => Promise<T>): Promise<T>;
};

export async function creditWorld(
  api: TestApi,
  { now = "2026-11-03T09:00:00Z", ...settings }: NonNullable<Parameters<TestApi["organization"]>[0]> = {},
): Promise<CreditWorld> {
  const org = await api.organization({ now, ...settings });
  const finance = await org.as("finance");
  await finance.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: "VAT 20 %",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const product = async (code: string): Promise<string> =>
    (await finance.done("createProduct", "product { id }", { code, name: code, taxCode: "STANDARD" })).product.id;
  const { usageMetric } = await finance.done("createUsageMetric", "usageMetric { id }", {
    code: "calls",
    name: "Calls",
    eventType: "call",
    aggregation: "SUM",
    property: "calls",
    unit: "call",
  });
  const products = { api: await product("API"), platform: await product("PLATFORM") };
  const price = async (input: object): Promise<string> =>
    (
      await finance.done("createPrice", "price { id }", {
        currency: "GBP",
        cadence: "MONTHLY",
        effectiveOn: "2020-01-01",
        ...input,
      })
    ).price.id;
  const prices = {
    api: await price({
      productId: products.api,
      name: "API calls",
      timing: "IN_ARREARS",
      metricId: usageMetric.id,
      terms: { perUnit: { unitPrice: "0.10" } },
    }),
    platform: await price({
      productId: products.platform,
      name: "Platform",
      timing: "IN_ADVANCE",
      terms: { flat: { fee: "100.00" } },
    }),
  };
  const drafts = async (): Promise<string[]> =>
    (await finance.data("{ invoices(first: 200, filter: { status: [DRAFT] }) { nodes { id } } }")).invoices.nodes.map(
      ({ id }: Answer) => id,
    );
  let events = 0;

  return {
    org,
    finance,
    products,
    prices,
    async newCustomer(legalName, { currency = "GBP" } = {}) {
      const { customer } = await finance.done("createCustomer", "customer { id }", { legalName, currency });
      await finance.done("mapCustomerAlias", "staleInvoices", { customerId: customer.id, alias: legalName });
      return customer.id;
    },
    async newContract(customerId, charges, more = {}) {
      const startsOn = "2026-10-01";
      const { contract } = await finance.done("createContract", "contract { id version }", {
        customerId,
        name: "Agreement",
        startsOn,
        phases: [{ startsOn, charges: charges.map((priceId) => ({ priceId })) }],
        ...more,
      });
      await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
      return contract.id;
    },
    async use(alias, day, calls) {
      const event = { alias, type: "call", timestamp: `${day}T12:00:00Z`, properties: { calls: String(calls) } };
      await finance.done("recordUsageEvents", "recorded", { events: [{ id: `event-${++events}`, ...event }] });
    },
    async grant(customerId, amount, more = {}) {
      return finance.done("grantCredits", "creditGrant { id } staleInvoices", {
        customerId,
        kind: "PREPAID",
        name: "Prepayment",
        amount,
        startsOn: "2026-10-01",
        ...more,
      });
    },
    draft: () => operate(api, finance, "draftInvoices", {}),
    recalculate: async (invoiceIds) =>
      operate(api, finance, "recalculateInvoices", { selection: { invoiceIds: invoiceIds ?? (await drafts()) } }),
    async finalize(invoiceIds) {
      return operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: invoiceIds ?? (await drafts()) } });
    },
    setClock: async (instant) => void (await org.admin.done("setTestClock", "organization { id }", { now: instant })),
    async invoices(customerId) {
      const { invoices } = await finance.data(
        `query ($customer: ID!) { invoices(first: 200, filter: { customerIds: [$customer] }) { nodes {
           id status number billsOn version staleReasons blockers net { amount } tax { amount } gross { amount }
           lines { kind description net { amount } tax { amount } explanationText creditGrant { id name } } } } }`,
        { customer: customerId },
      );
      return invoices.nodes.toSorted((a: Answer, b: Answer) =>
        `${a.billsOn} ${a.id}` < `${b.billsOn} ${b.id}` ? -1 : 1,
      );
    },
    async grants(customerId) {
      const { customer } = await finance.data(
        `query ($customer: ID!) { customer(id: $customer) { creditGrants {
           id kind name amount { amount currency } balance { amount } projectedBalance { amount } startsOn endsBefore lapsesOn
           priority products { code } rollover { percent maximumAmount { amount } months } rolledOverFrom { id }
           entries { kind amount { amount } effectiveOn invoice { number } } } } }`,
        { customer: customerId },
      );
      return customer.creditGrants;
    },
    within: (work) => runAs(org.id, work),
  };
}

/** "charge 100.00 + 20.00" */
export const linesInShort = ({ lines }: Answer): string[] =>
  lines.map(({ kind, net, tax }: Answer) => `${kind.toLowerCase()} ${net.amount} + ${tax.amount}`);

export const totalsOf = ({ net, tax, gross }: Answer): string[] => [net.amount, tax.amount, gross.amount];

/** "granted 100.00", in the order in which they were recorded. */
export const entriesInShort = ({ entries }: Answer): string[] =>
  entries.map(({ kind, amount }: Answer) => `${kind.toLowerCase()} ${amount.amount}`);
