import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type CreditWorld, creditWorld } from "../credit/credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const preview = async (world: CreditWorld, invoiceIds: readonly string[], args = ""): Promise<Answer> =>
  (
    await world.finance.data(
      `query ($ids: [ID!]!) { previewRecalculation(invoiceIds: $ids${args}) { pageInfo { hasNextPage endCursor } nodes { invoiceId drafts {
         outcome status billsOn invoice { id } customer { legalName } before { net { amount } gross { amount } } after { net { amount } gross { amount } blockers }
         lines { changed origin before { quantity net { amount } } after { quantity net { amount } } } } } } }`,
      { ids: invoiceIds },
    )
  ).previewRecalculation;

/** Acme with calls at 0.10 in October, drafted; so many contracts. */
async function drafted(contracts = 1) {
  const world = await creditWorld(api);
  const acme = await world.newCustomer("acme");
  for (let count = 0; count < contracts; count += 1) await world.newContract(acme, [world.prices.api]);
  await world.use("acme", "2026-10-15", 1_000);
  await world.draft();
  const invoices = await world.invoices(acme);
  return { ...world, acme, ids: invoices.map(({ id }) => id as string) };
}

describe("previewRecalculation", () => {
  it("says line by line what would change, and saves nothing", async () => {
    const world = await drafted();
    await world.use("acme", "2026-10-20", 500);
    const before = await world.invoices(world.acme);
    const { nodes } = await preview(world, world.ids);
    expect(nodes[0].drafts).toEqual([
      {
        outcome: "CHANGED",
        status: "DRAFT",
        billsOn: "2026-11-01",
        invoice: { id: world.ids[0] },
        customer: { legalName: "acme" },
        before: { net: { amount: "100.00" }, gross: { amount: "120.00" } },
        after: { net: { amount: "150.00" }, gross: { amount: "180.00" }, blockers: [] },
        lines: [
          {
            changed: ["QUANTITY", "CHARGE", "NET", "TAX"],
            origin: "ENGINE",
            before: { quantity: "1000", net: { amount: "100.00" } },
            after: { quantity: "1500", net: { amount: "150.00" } },
          },
        ],
      },
    ]);
    expect(await world.invoices(world.acme)).toEqual(before);
    await world.recalculate();
    const [after] = await world.invoices(world.acme);
    expect([after?.net.amount, after?.gross.amount]).toEqual(["150.00", "180.00"]);
  });

  it("shows what would be created and removed with the first invoice of the contract", async () => {
    const world = await drafted();
    await world.within(async () => {
      await query(
        `INSERT INTO invoice (organization_id, id, status, document_kind, customer_id, currency, bills_on, billing_month, service_starts_on,
           service_ends_before, net_total, tax_total, gross_total, blockers, content_hash, calculated_at, created_at, updated_at)
         SELECT organization_id, gen_random_uuid(), 'draft', 'invoice', customer_id, currency, '2026-10-31', '2026-10-01', '2026-10-30', '2026-10-31',
           0, 0, 0, '{}', '', now(), now(), now() FROM invoice`,
      );
      await query("UPDATE invoice SET bills_on = '2026-10-30' WHERE contract_id IS NOT NULL");
    });
    const { nodes } = await preview(world, world.ids);
    expect(nodes[0].drafts.map(({ outcome }: Answer) => outcome).sort()).toEqual(["CREATED", "REMOVED", "REMOVED"]);
    expect(await world.invoices(world.acme)).toHaveLength(2);
  });

  it("answers in pages, with each invoice once, and nothing for what is issued", async () => {
    const world = await drafted(3);
    await world.finalize(world.ids.slice(0, 1));
    const first = await preview(world, world.ids, ", first: 2");
    const second = await preview(world, world.ids, `, first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const nodes = [...first.nodes, ...second.nodes];
    expect(nodes.map(({ invoiceId }: Answer) => invoiceId)).toEqual(world.ids.toSorted());
    expect(nodes.find(({ invoiceId }: Answer) => invoiceId === world.ids[0]).drafts).toEqual([]);
    expect(nodes.flatMap(({ drafts }: Answer) => drafts).map(({ outcome }: Answer) => outcome)).toEqual([
      "UNCHANGED",
      "UNCHANGED",
    ]);
  });

  it("costs the same number of statements for three drafts as for one", async () => {
    const world = await drafted(3);
    await world.use("acme", "2026-10-20", 500);
    const cost = (ids: readonly string[]) => countStatements(() => preview(world, ids));
    await cost(world.ids);
    expect(await cost(world.ids)).toBe(await cost(world.ids.slice(0, 1)));
  });
});
