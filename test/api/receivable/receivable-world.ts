import { runAs } from "../../../server/platform/database/tenant-pool";
import { query } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import type { Answer, Client, TestApi, TestOrganization } from "../../testkit/api";

type Issued = {
  readonly dueOn?: string;
  readonly accountingOn?: string;
  readonly currency?: string;
  readonly billToCustomerId?: string;
  /** a credit note over that invoice */
  readonly corrects?: string;
  /** the credited invoice that it replaces; its credit note then is one for a reissue */
  readonly reissues?: string;
  readonly effect?: "final" | "reissue";
};

/** A company with customers, and documents as if they had been issued: a test says exactly what is owed. */
export type ReceivableWorld = {
  readonly org: TestOrganization;
  readonly finance: Client;
  customer(legalName: string, currency?: string): Promise<string>;
  /** Issued with this gross; answers its id. Numbers rise from INV-2026-00001, or CN-2026-00001 below zero. */
  issue(customerId: string, gross: string, more?: Issued): Promise<string>;
  draft(customerId: string, gross: string): Promise<string>;
  pay(customerId: string, amount: string, more?: object): Promise<Answer>;
  payment(id: string): Promise<Answer>;
  invoice(id: string): Promise<Answer>;
  /** "paid 120.00, due 0.00" */
  standing(invoiceId: string): Promise<string>;
  balance(customerId: string): Promise<{ amount: string; version: number }>;
  setClock(now: string): Promise<void>;
  within<T>(work: () => Promise<T>): Promise<T>;
};

export async function receivableWorld(
  api: TestApi,
  settings: NonNullable<Parameters<TestApi["organization"]>[0]> = {},
): Promise<ReceivableWorld> {
  const org = await api.organization({ now: "2026-11-03T09:00:00Z", ...settings });
  const finance = await org.as("finance");
  const within = <T>(work: () => Promise<T>) => runAs(org.id, work);
  const write = (text: string, ...values: unknown[]) => within(async () => await query(text, [org.id, ...values]));
  let [invoices, notes] = [0, 0];

  async function draft(customerId: string, gross: string, more: Issued = {}): Promise<string> {
    const id = newId();
    const isNote = Number(gross) < 0;
    await write(
      `INSERT INTO invoice (organization_id, id, customer_id, bill_to_customer_id, origin, status, document_kind, credit_effect, credit_category, credit_reason, credit_service, corrects_invoice_id, reissues_invoice_id,
         currency, bills_on, billing_month, service_starts_on, service_ends_before, net_total, tax_total, gross_total, content_hash, calculated_at)
       VALUES ($1, $2, $3, $4, 'one_off', 'draft', $5, $6, $10, $10, $11, $7, $12, $8, '2026-11-01', '2026-11-01', '2026-10-01', '2026-11-01', $9::numeric, 0, $9, 'hash', now())`,
      id,
      customerId,
      more.billToCustomerId ?? null,
      isNote ? "credit_note" : "invoice",
      isNote ? (more.effect ?? "final") : null,
      more.corrects ?? null,
      more.currency ?? "GBP",
      gross,
      isNote ? "goodwill" : null,
      isNote ? "past_service" : null,
      more.reissues ?? null,
    );
    return id;
  }

  async function issue(customerId: string, gross: string, more: Issued = {}): Promise<string> {
    const id = await draft(customerId, gross, more);
    const isNote = Number(gross) < 0;
    const count = String(isNote ? ++notes : ++invoices).padStart(5, "0");
    await write(
      `UPDATE invoice SET status = 'finalized', number = $3, issued_on = $4, tax_point_on = $4, accounting_on = $4, due_on = $5, parties = '{}'
       WHERE organization_id = $1 AND id = $2`,
      id,
      `${isNote ? "CN" : "INV"}-2026-${count}`,
      more.accountingOn ?? "2026-10-31",
      isNote ? null : (more.dueOn ?? "2026-11-30"),
    );
    return id;
  }

  async function invoice(id: string): Promise<Answer> {
    const { invoice: found } = await finance.data(
      `query ($id: ID!) { invoice(id: $id) { id number version paymentStatus settled { amount } due { amount currency } daysOverdue promisedOn
         dispute { reason } settlements { id kind amount { amount } effectiveOn writeOffAs reason reversesId
           payment { id } creditNote { number } invoice { number } refund { id } } } }`,
      { id },
    );
    return found;
  }

  return {
    org,
    finance,
    within,
    draft,
    issue,
    invoice,
    async customer(legalName, currency = "GBP") {
      return (await finance.done("createCustomer", "customer { id }", { legalName, currency })).customer.id;
    },
    async pay(customerId, amount, more = {}) {
      const { payment } = await finance.done("recordPayment", "payment { id unallocated { amount } }", {
        customerId,
        amount,
        currency: "GBP",
        receivedOn: "2026-11-03",
        method: "BANK_TRANSFER",
        ...more,
      });
      return payment;
    },
    async payment(id) {
      const { payment } = await finance.data(
        `query ($id: ID!) { payment(id: $id) { id amount { amount } unallocated { amount } receivedOn accountingOn source
           reversal { kind on reason } settlements { kind amount { amount } effectiveOn invoice { number } reversesId } } }`,
        { id },
      );
      return payment;
    },
    async standing(invoiceId) {
      const { paymentStatus, settled, due } = await invoice(invoiceId);
      return `${paymentStatus.toLowerCase()} ${settled.amount}, due ${due.amount}`;
    },
    async balance(customerId) {
      const { customer } = await finance.data(
        "query ($id: ID!) { customer(id: $id) { balances { balance { amount currency } version } } }",
        { id: customerId },
      );
      const [first] = customer.balances;
      return { amount: first?.balance.amount ?? "0.00", version: first?.version ?? 0 };
    },
    setClock: async (now) => void (await org.admin.done("setTestClock", "organization { id }", { now })),
  };
}
