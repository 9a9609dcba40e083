import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { readPdf } from "../integrations/read-pdf";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Settings = { readonly taxStatus?: string; readonly taxRounding?: "per_line" | "per_rate"; readonly fee?: string };

/** A consumer pays 100.00 a month in advance for each of two subscriptions, 20 % VAT included, from 1 November. */
async function inclusiveWorld({ taxStatus = "TAXED", taxRounding = "per_line", fee = "100.00" }: Settings = {}) {
  const org = await api.organization({ now: "2026-11-03T09:00:00Z", taxRounding });
  const finance = await org.as("finance");
  await finance.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: "VAT 20 %",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const price = async (code: string): Promise<string> => {
    const { product } = await finance.done("createProduct", "product { id }", {
      code,
      name: code,
      taxCode: "STANDARD",
    });
    const made = await finance.done("createPrice", "price { id }", {
      productId: product.id,
      name: code,
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ADVANCE",
      effectiveOn: "2020-01-01",
      taxInclusive: true,
      terms: { flat: { fee } },
    });
    return made.price.id;
  };
  const { customer } = await finance.done("createCustomer", "customer { id }", {
    legalName: "Ada Consumer",
    currency: "GBP",
    taxStatus,
  });
  const startsOn = "2026-11-01";
  const { contract } = await finance.done("createContract", "contract { id version }", {
    customerId: customer.id,
    name: "Subscriptions",
    startsOn,
    phases: [{ startsOn, charges: [{ priceId: await price("NEWS") }, { priceId: await price("SPORT") }] }],
  });
  await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
  const invoices = async (): Promise<Answer[]> =>
    (
      await finance.data(`{ invoices { nodes { id status net { amount } tax { amount } gross { amount }
        lines { kind isTaxInclusive charge { amount } net { amount } tax { amount } explanationText } } } }`)
    ).invoices.nodes;
  return { org, finance, customer, invoices };
}

const totals = ({ net, tax, gross }: Answer): string[] => [net.amount, tax.amount, gross.amount];
const linesOf = ({ lines }: Answer): string[] =>
  lines.map(({ kind, net, tax }: Answer) => `${kind.toLowerCase()} ${net.amount} + ${tax.amount}`);

describe("prices that include tax", () => {
  it("bill what was agreed, with the tax taken out of it", async () => {
    const { finance, invoices } = await inclusiveWorld();
    await operate(api, finance, "draftInvoices", {});
    const [draft] = await invoices();
    expect(totals(draft)).toEqual(["166.66", "33.34", "200.00"]);
    expect(draft.lines[0]).toMatchObject({
      isTaxInclusive: true,
      charge: { amount: "100.00" },
      net: { amount: "83.33" },
      tax: { amount: "16.67" },
      explanationText: ["NEWS = 100.00", "100.00 including 20 % tax 16.67: net 83.33"],
    });
  });

  it("round the tax once per rate where the organization does so", async () => {
    const { finance, invoices } = await inclusiveWorld({ taxRounding: "per_rate" });
    await operate(api, finance, "draftInvoices", {});
    const [draft] = await invoices();
    expect(totals(draft)).toEqual(["166.67", "33.33", "200.00"]);
    expect(linesOf(draft)).toEqual(["charge 83.33 + 16.67", "charge 83.34 + 16.66"]);
  });

  it("stay as they are for a customer who is not taxed", async () => {
    const { finance, invoices } = await inclusiveWorld({ taxStatus: "EXEMPT" });
    await operate(api, finance, "draftInvoices", {});
    expect(totals((await invoices())[0])).toEqual(["200.00", "0.00", "200.00"]);
  });

  it("are billed once: after they are issued nothing is proposed again", async () => {
    const { org, finance, invoices } = await inclusiveWorld();
    await operate(api, finance, "draftInvoices", {});
    const [{ id }] = await invoices();
    const issued = await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: [id] } });
    expect(issued.items.nodes).toMatchObject([{ code: "FINALIZED" }]);
    await org.admin.done("setTestClock", "organization { id }", { now: "2026-11-20T09:00:00Z" });
    const { items } = await operate(api, finance, "draftInvoices", {});
    expect(items.nodes).toMatchObject([{ code: "NOTHING_DUE" }]);
    const response = await fetch(`${api.url}/documents/${id}.pdf`, {
      headers: { authorization: `Bearer ${finance.token}` },
    });
    const text = JSON.stringify(await readPdf(Buffer.from(await response.arrayBuffer())));
    for (const said of ["100.00 including 20 % tax 16.67: net 83.33", "166.66", "33.34", "200.00"]) {
      expect(text).toContain(said);
    }
  });

  it("that credits pay in full cost nothing, not a cent of tax, per line and per rate", async () => {
    for (const taxRounding of ["per_line", "per_rate"] as const) {
      const { finance, customer, invoices } = await inclusiveWorld({ taxRounding, fee: "9.99" });
      const grant = { customerId: customer.id, kind: "PREPAID", name: "Voucher", startsOn: "2026-11-01" };
      await finance.done("grantCredits", "staleInvoices", { ...grant, amount: "5.00" });
      await finance.done("grantCredits", "staleInvoices", { ...grant, amount: "50.00" });
      await operate(api, finance, "draftInvoices", {});
      const [draft] = await invoices();
      expect(totals(draft)).toEqual(["0.00", "0.00", "0.00"]);
      expect(draft.lines.filter(({ kind }: Answer) => kind === "CREDIT")).toHaveLength(3);
      expect(draft.lines.every(({ kind, isTaxInclusive }: Answer) => isTaxInclusive === (kind === "CHARGE"))).toBe(
        true,
      );
    }
  });
});
