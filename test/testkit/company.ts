import type { Answer, Client, TestOrganization } from "./api";

/** A small company to bill: one product, one flat monthly price in advance, and as many customers as asked for. */
export async function makeCompany(
  org: TestOrganization,
  options: {
    readonly customers: number;
    readonly currency?: string;
    readonly fee?: string;
    readonly startsOn?: string;
    readonly contacts?: boolean;
  },
) {
  const { customers: count, currency = "GBP", fee = "100.00", startsOn = "2026-10-01", contacts = true } = options;
  const finance = await org.as("finance");
  await finance.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: "VAT 20 %",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const { product } = await finance.done("createProduct", "product { id }", {
    code: "PLATFORM",
    name: "Platform",
    taxCode: "STANDARD",
  });
  const { price } = await finance.done("createPrice", "price { id lineageId }", {
    productId: product.id,
    name: "Platform subscription",
    currency,
    cadence: "MONTHLY",
    timing: "IN_ADVANCE",
    effectiveOn: "2020-01-01",
    terms: { flat: { fee } },
  });
  const contracts: string[] = [];
  const customers: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const { customer } = await finance.done("createCustomer", "customer { id }", {
      legalName: `Customer ${String(index).padStart(3, "0")} Ltd`,
      currency,
      contacts: contacts ? [{ name: "Accounts", email: `accounts-${index}@example.com`, isPrimary: true }] : [],
    });
    const { contract } = await finance.done("createContract", "contract { id version }", {
      customerId: customer.id,
      name: "Platform",
      startsOn,
      phases: [{ startsOn, charges: [{ priceId: price.id }] }],
    });
    await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
    customers.push(customer.id);
    contracts.push(contract.id);
  }
  return { finance, productId: product.id as string, priceId: price.id as string, customers, contracts };
}

export const OPERATION =
  "query ($id: ID!) { operation(id: $id) { id kind status total done succeeded skipped failed requestedBy startedAt finishedAt items(first: 200) { nodes { ordinal subjectId status code message } } } }";

/** Asks for an operation, lets the queue run dry, and answers how it ended. */
export async function operate(
  api: { work(): Promise<void> },
  client: Client,
  mutation: string,
  input: object,
): Promise<Answer> {
  const { operation } = await client.done(mutation, "operation { id }", input);
  await api.work();
  return (await client.data(OPERATION, { id: operation.id })).operation;
}

export const allInvoices = async (client: Client): Promise<Answer[]> =>
  (
    await client.data(
      "{ invoices(first: 200) { nodes { id number status version issuedOn gross { amount } customer { legalName } } } }",
    )
  ).invoices.nodes;
