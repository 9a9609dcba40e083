import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { billedWorld } from "../month-end/billed-world";

let api: TestApi;
let organization: TestOrganization;
let admin: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await startTestApi();
  organization = await api.organization();
  admin = organization.admin;
  const { customer, contract, bill } = billedWorld(organization);
  const monthly = [{ name: "API calls" }];
  for (const name of ["Acme Ltd", "Beta Ltd", "Gamma Ltd"]) {
    const of = await contract(await customer(name), monthly);
    ids[name] = of.customerId;
    await bill(of, "2026-09", { "API calls": name === "Beta Ltd" ? "500.00" : "100.00" }, { status: "sent" });
    await bill(of, "2026-10", { "API calls": "200.00" }, name === "Gamma Ltd" ? { staleBecause: "usage" } : {});
  }
});
afterAll(() => api.stop());

const list = async (asked: object, client = admin): Promise<Answer> =>
  (
    await client.data(
      `query ($filter: InvoiceFilterInput, $viewId: ID, $sort: [InvoiceSortInput!], $first: Int! = 50, $after: String) {
         invoices(filter: $filter, viewId: $viewId, sort: $sort, first: $first, after: $after) {
           nodes { id number status billingMonth customer { legalName } net { amount } } pageInfo { hasNextPage endCursor } } }`,
      asked,
    )
  ).invoices;
const rows = async (asked: object, client = admin): Promise<string[]> =>
  (await list(asked, client)).nodes.map(
    ({ customer, billingMonth }: Answer) => `${customer.legalName.slice(0, 4)} ${billingMonth}`,
  );
const refusal = async (variables: object): Promise<string> => {
  const { errors } = await admin.ask(
    "query ($filter: InvoiceFilterInput, $sort: [InvoiceSortInput!], $after: String, $viewId: ID) { invoices(filter: $filter, sort: $sort, after: $after, viewId: $viewId) { nodes { id } } }",
    variables,
  );
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  return errors?.[0].message;
};

describe("invoices", () => {
  test.each<[object, string[]]>([
    [{ month: "2026-10", customerIds: [] }, ["Acme 2026-10", "Beta 2026-10", "Gamm 2026-10"]],
    [{ billingMonth: { relative: "LAST_MONTH" }, isStale: true }, ["Gamm 2026-10"]],
    [
      { billingMonth: { relative: "MONTHS_AGO", months: 2 }, not: { customerName: "acme" } },
      ["Beta 2026-09", "Gamm 2026-09"],
    ],
    [{ or: [{ isStale: true }, { gross: { from: "500" } }] }, ["Beta 2026-09", "Gamm 2026-10"]],
    [{ status: ["SENT"], net: { through: "499.99", currency: "GBP" } }, ["Acme 2026-09", "Gamm 2026-09"]],
    [{ dueOn: { relative: "BEFORE_TODAY" }, isOverdue: true }, ["Acme 2026-09", "Beta 2026-09", "Gamm 2026-09"]],
    [{ number: { prefix: "INV-2026-0000" }, customerName: "BETA" }, ["Beta 2026-09"]],
    [{ customFields: [{ key: "region" }] }, []],
    [{ customerIds: ["no such id"] }, []],
  ])("are those of the filter %j", async (filter, found) => {
    const sort = [{ by: "CUSTOMER" }, { by: "BILLING_MONTH" }];
    expect(await rows({ filter, sort })).toEqual(found);
  });

  test("stand in the order that is asked for, else the newest first", async () => {
    expect((await rows({})).slice(0, 3).every((row) => row.endsWith("2026-10"))).toBe(true);
    const sort = [{ by: "NET", direction: "DESCENDING" }, { by: "CUSTOMER" }];
    expect(await rows({ sort })).toEqual([
      "Beta 2026-09",
      "Acme 2026-10",
      "Beta 2026-10",
      "Gamm 2026-10",
      "Acme 2026-09",
      "Gamm 2026-09",
    ]);
  });

  test.each([[undefined], [[{ by: "NUMBER", direction: "DESCENDING" }]], [[{ by: "CUSTOMER" }, { by: "DUE_ON" }]]])(
    "come in pages without a gap or a double: %j",
    async (sort) => {
      const whole = await rows({ sort });
      const [first, second, third] = [await list({ sort, first: 2 }), null, null] as Answer[];
      const next = second ?? (await list({ sort, first: 2, after: first.pageInfo.endCursor }));
      const last = third ?? (await list({ sort, first: 2, after: next.pageInfo.endCursor }));
      const paged = [first, next, last].flatMap(({ nodes }: Answer) => nodes);
      expect(
        paged.map(({ customer, billingMonth }: Answer) => `${customer.legalName.slice(0, 4)} ${billingMonth}`),
      ).toEqual(whole);
      expect(last.pageInfo.hasNextPage).toBe(false);
    },
  );

  test("are those of a view in its order, narrowed further", async () => {
    const { savedView } = await admin.done("createSavedView", "savedView { id }", {
      name: "September",
      filter: { month: "2026-09" },
      sort: [{ column: "change" }, { column: "customer", direction: "DESCENDING" }],
    });
    expect(await rows({ viewId: savedView.id })).toEqual(["Gamm 2026-09", "Beta 2026-09", "Acme 2026-09"]);
    expect(await rows({ viewId: savedView.id, filter: { customerName: "a l" } })).toHaveLength(2);
  });

  test("say what is wrong with what is asked", async () => {
    expect(await refusal({ filter: { or: [{ currencies: ["pounds"] }] } })).toContain(
      'filter.or.0.currencies.0: "pounds"',
    );
    expect(await refusal({ filter: { flagged: true } })).toContain("comparing a month");
    expect(await refusal({ sort: [{ by: "NET" }, { by: "NET" }] })).toContain("net twice");
    expect(await refusal({ viewId: "0192f000-0000-7000-8000-000000000000" })).toContain("There is no saved view");
    const { pageInfo } = await list({ first: 2 });
    expect(await refusal({ after: pageInfo.endCursor, sort: [{ by: "NET" }] })).toContain("another order");
  });

  test("are never those of another organization", async () => {
    const other = await api.organization();
    expect(await rows({ filter: { customerIds: [ids["Acme Ltd"]] } }, other.admin)).toEqual([]);
    expect(await rows({ filter: { not: { customerName: "nobody" } } }, other.admin)).toEqual([]);
    expect((await other.admin.data("{ viewCounts { viewId } }")).viewCounts).toEqual([]);
  });
});

describe("counts of views", () => {
  test("are those of all views that the caller sees, in one statement more or less", async () => {
    const fresh = await api.organization();
    const { customer, contract, bill } = billedWorld(fresh);
    const of = await contract(await customer("Acme Ltd"), [{ name: "API calls" }]);
    await bill(of, "2026-09", { "API calls": "100.00" }, { status: "sent" });
    await bill(of, "2026-10", { "API calls": "200.00" });
    const save = async (name: string, filter: object) =>
      (await fresh.admin.done("createSavedView", "savedView { id }", { name, filter })).savedView.id;
    const [all, drafts, flagged] = [
      await save("1 All", {}),
      await save("2 Drafts", { status: ["DRAFT"], customerName: "acme" }),
      await save("3 Flagged", { flagged: true }),
    ];
    const COUNTS = `query ($month: PlainMonth, $viewIds: [ID!]) { viewCounts(month: $month, viewIds: $viewIds) {
      viewId count isCapped text totals { currency net gross } } }`;
    const counts = async (variables: object) => (await fresh.admin.data(COUNTS, variables)).viewCounts;
    const one = (viewId: string, net: string, count = 1) => ({
      viewId,
      count,
      isCapped: false,
      text: String(count),
      totals: [{ currency: "GBP", net, gross: net }],
    });
    const unknown = { viewId: flagged, count: null, isCapped: false, text: null, totals: null };
    expect(await counts({})).toEqual([one(all, "300.00", 2), one(drafts, "200.00"), unknown]);
    expect(await counts({ month: "2026-09", viewIds: [drafts, all] })).toEqual([
      { viewId: drafts, count: 0, isCapped: false, text: "0", totals: [] },
      one(all, "100.00"),
    ]);

    const few = await countStatements(() => counts({}));
    for (let n = 4; n < 9; n += 1) await save(`${n}`, { customerName: `a${n}`, status: ["SENT"] });
    expect(await countStatements(() => counts({}))).toBe(few);
  });
});
