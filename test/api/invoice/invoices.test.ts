import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { calculateDrafts } from "../../../server/modules/invoice/calculate-drafts";
import { runAs } from "../../../server/platform/database/transaction";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";
import { makeCompany, operate } from "../../testkit/company";
import { countStatements } from "../../testkit/count-statements";

let api: TestApi;
let org: TestOrganization;
let finance: Client;
let customers: string[];
let contracts: string[];
beforeAll(async () => {
  api = await startTestApi();
  org = await api.organization({ now: "2026-11-03T09:00:00Z" });
  ({ finance, customers, contracts } = await makeCompany(org, { customers: 12 }));
  await operate(api, finance, "draftInvoices", {});
});
afterAll(() => api.stop());

const list = async (filter: object, page: object = {}): Promise<Answer> =>
  (
    await finance.data(
      `query ($filter: InvoiceFilterInput, $first: Int! = 200, $after: String) { invoices(filter: $filter, first: $first, after: $after) {
        nodes { id status billingMonth customer { id legalName } } pageInfo { hasNextPage endCursor } } }`,
      { filter, ...page },
    )
  ).invoices;
const count = async (filter: object) => (await list(filter)).nodes.length;

describe("invoices", () => {
  it("are narrowed by each filter", async () => {
    expect(await count({})).toBe(24);
    expect(await count({ month: "2026-10" })).toBe(12);
    expect(await count({ month: "2026-09" })).toBe(0);
    expect(await count({ status: ["DRAFT"] })).toBe(24);
    expect(await count({ status: ["SENT"] })).toBe(0);
    expect(await count({ customerIds: [customers[0]] })).toBe(2);
    expect(await count({ currencies: ["GBP"] })).toBe(24);
    expect(await count({ currencies: ["EUR"] })).toBe(0);
    expect(await count({ isStale: true })).toBe(0);
    expect(await count({ search: "customer 003" })).toBe(2);
    expect(await count({ search: "%" })).toBe(0);
  });

  it("are read in pages without a gap or a double", async () => {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await list({}, { first: 7, after });
      ids.push(...page.nodes.map(({ id }: Answer) => id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(ids).toHaveLength(24);
    expect(new Set(ids).size).toBe(24);
  });

  it("cost the same number of statements, however many there are, with customers, contracts, lines and products", async () => {
    const nested = (first: number) => () =>
      finance.data(`{ invoices(first: ${first}) { nodes { id customer { legalName contacts { email } } contract { number } deliveries { status }
        lines { description product { name } net { amount } explanationText } } } }`);
    expect(await statements(nested(24))).toBe(await statements(nested(2)));
  });

  it("of another organization are not there", async () => {
    const [{ id }] = (await list({})).nodes;
    const { admin } = await api.organization();
    expect(await admin.data(`{ invoice(id: "${id}") { id } invoices { nodes { id } } }`)).toEqual({
      invoice: null,
      invoices: { nodes: [] },
    });
  });

  it("have no PDF before they are issued", async () => {
    const [{ id }] = (await list({})).nodes;
    const response = await fetch(`${api.url}/documents/${id}.pdf`, {
      headers: { authorization: `Bearer ${finance.token}` },
    });
    expect(response.status).toBe(404);
  });
});

describe("a calculation", () => {
  it("costs the same number of statements for one contract as for twelve", async () => {
    const scope = { today: plainDate("2026-11-03"), now: new Date("2026-11-03T09:00:00Z") };
    const calculate = (ids: readonly string[]) => () => runAs(org.id, async () => await calculateDrafts(ids, scope));
    expect(await statements(calculate(contracts))).toBe(await statements(calculate(contracts.slice(0, 1))));
  });
});

/** Of the second time: the first one opens connections. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  await work();
  return countStatements(work);
}
