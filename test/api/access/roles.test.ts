import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../../server/platform/access";
import { newId } from "../../../server/platform/ids";
import { startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";

let api: TestApi;
let organization: TestOrganization;
beforeAll(async () => {
  api = await startTestApi();
  organization = await api.organization();
});
afterAll(() => api.stop());

const id = newId();
/** Inputs that are well formed; whether they would succeed does not matter to who may try. */
const inputs = {
  createCustomer: { legalName: "Acme", currency: "GBP" },
  updateCustomer: { id, version: 1 },
  mapCustomerAlias: { customerId: id, alias: "acme" },
  endCustomerAlias: { aliasId: id },
  createProduct: { code: "P", name: "P", taxCode: "standard" },
  updateProduct: { id, version: 1 },
  createPrice: {
    productId: id,
    name: "P",
    currency: "GBP",
    terms: {},
    cadence: "MONTHLY",
    timing: "IN_ADVANCE",
    effectiveOn: "2026-01-01",
  },
  setTaxRate: {
    code: "x",
    name: "x",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2026-01-01",
  },
  createUsageMetric: { code: "m", name: "m", eventType: "m", aggregation: "COUNT", unit: "m" },
  recordUsageEvents: { events: [] },
  updateOrganization: { version: 1 },
  setTestClock: { now: "2026-11-03T09:00:00Z" },
  createApiKey: { name: "k", role: "ANALYST" },
  revokeApiKey: { id },
};
type Mutation = keyof typeof inputs;
const customers: Mutation[] = ["createCustomer", "updateCustomer", "mapCustomerAlias", "endCustomerAlias"];
const catalog: Mutation[] = ["createProduct", "updateProduct", "createPrice", "setTaxRate", "createUsageMetric"];

const allowed: Record<Role, Mutation[]> = {
  admin: Object.keys(inputs) as Mutation[],
  finance: [...customers, ...catalog, "recordUsageEvents"],
  integration: [...customers, ...catalog, "recordUsageEvents"],
  sales: customers,
  analyst: [],
};

const mutate = (mutation: Mutation) => {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${name}!) { ${mutation}(input: $input) { __typename } }`;
};

/** Events are known by their own ids. */
const inputOf = (mutation: Mutation) =>
  mutation === "recordUsageEvents" ? inputs[mutation] : { idempotencyKey: newId(), ...inputs[mutation] };

test.each(Object.keys(allowed) as Role[])("%s may do this and nothing else", async (role) => {
  const client = await organization.as(role);
  const done: string[] = [];
  for (const mutation of Object.keys(inputs) as Mutation[]) {
    const { errors } = await client.ask(mutate(mutation), { input: inputOf(mutation) });
    if (!errors) done.push(mutation);
    else expect(errors[0].extensions).toMatchObject({ code: "FORBIDDEN" });
  }
  expect(done.sort()).toEqual([...allowed[role]].sort());
});

test.each(Object.keys(allowed) as Role[])("%s may read", async (role) => {
  const client = await organization.as(role);
  const data =
    await client.data(`{ organization { id } customers { nodes { id } } products { nodes { id } } prices { nodes { id } }
    taxRates { id } usageMetrics { id } unattributedUsage(month: "2026-10") { rows { alias } } }`);
  expect(data.organization.id).toBe(organization.id);
});

test.each([
  "{ organization { id } }",
  "{ customers { nodes { id } } }",
  `{ customer(id: "${id}") { id } }`,
  "{ products { nodes { id } } }",
  "{ prices { nodes { id } } }",
  "{ taxRates { id } }",
  "{ usageMetrics { id } }",
  '{ unattributedUsage(month: "2026-10") { rows { alias } } }',
  "{ apiKeys { id } }",
  "mutation { signOut { signedOut } }",
])("nobody may ask %s", async (query) => {
  const { errors, status } = await api.client(null).ask(query);
  expect(errors?.[0].extensions.code).toBe("UNAUTHENTICATED");
  expect(status).toBe(401);
});
