import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { billedWorld, pullGrid } from "../month-end/billed-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const VIEW =
  "id name isShared ownedByMe filterText columns sort { column direction } comparison version filter { status customerIds contractIds currencies isStale flagged search }";
const save = async (client: Client, input: object) =>
  (await client.done("createSavedView", `savedView { ${VIEW} }`, input)).savedView;
const namesSeenBy = async (client: Client) =>
  (await client.data("{ savedViews { name } }")).savedViews.map(({ name }: { name: string }) => name);

describe("a view", () => {
  test("has the usual columns and compares with last month unless it says otherwise", async () => {
    const { admin } = await api.organization();
    expect(await save(admin, { name: " Month-end " })).toEqual({
      id: expect.any(String),
      name: "Month-end",
      isShared: false,
      ownedByMe: true,
      filterText: "All invoices",
      columns:
        "customer status currency net previousNet change changePercent flags reason number billingMonth servicePeriod dueOn tax gross changeWithoutTiming".split(
          " ",
        ),
      sort: [],
      comparison: "PREVIOUS_MONTH",
      version: 1,
      filter: {
        status: null,
        customerIds: null,
        contractIds: null,
        currencies: null,
        isStale: null,
        flagged: null,
        search: null,
      },
    });
  });

  test.each([
    [{ status: ["DRAFT"], currencies: ["GBP"] }, "Drafts in GBP"],
    [
      { status: ["FINALIZED", "SENT"], currencies: ["GBP", "USD", "EUR"] },
      "Finalized invoices and sent invoices in GBP, USD and EUR",
    ],
    [{ flagged: true }, "Flagged invoices"],
    [{ isStale: true, status: ["DRAFT"] }, "Stale drafts"],
    [{ isStale: false, flagged: false }, "Unflagged up-to-date invoices"],
    [{ search: " acme " }, "Invoices matching “acme”"],
    [{ status: [], search: " " }, "All invoices"],
  ])("says what it filters: %j", async (filter, text) => {
    const { admin } = await api.organization();
    expect((await save(admin, { name: "View", filter })).filterText).toBe(text);
  });

  test("names the customers and contracts that it filters by", async () => {
    const organization = await api.organization();
    const { customer, contract } = billedWorld(organization);
    const acme = await customer("Acme Ltd");
    const { id } = await contract(acme, [{ name: "API calls" }]);
    const { filterText } = await save(organization.admin, {
      name: "View",
      filter: { customerIds: [acme], contractIds: [id] },
    });
    expect(filterText).toBe("Invoices of Acme Ltd under C-1");
  });

  test("is seen by its owner alone until it is shared", async () => {
    const organization = await api.organization();
    const [mine, theirs] = [await organization.as("finance"), await organization.as("finance")];
    const view = await save(mine, { name: "Mine" });
    await save(mine, { name: "Ours", isShared: true });

    expect(await namesSeenBy(mine)).toEqual(["Mine", "Ours"]);
    expect(await namesSeenBy(theirs)).toEqual(["Ours"]);
    expect(await namesSeenBy(organization.admin)).toEqual(["Ours"]);
    expect(
      (await theirs.data("query ($id: ID!) { savedView(id: $id) { name } }", { id: view.id })).savedView,
    ).toBeNull();
    await expect(pullGrid(theirs, { viewId: view.id })).rejects.toThrow("There is no saved view");
    expect(
      await theirs.command("updateSavedView", "savedView { id }", { id: view.id, version: 1, name: "Theirs" }),
    ).toMatchObject({
      __typename: "NotFound",
      code: "SAVED_VIEW_NOT_FOUND",
    });
    expect(
      await theirs.command("recalculateInvoices", "operation { id }", {
        selection: { viewId: view.id, month: "2026-10" },
      }),
    ).toMatchObject({
      __typename: "NotFound",
      path: ["selection", "viewId"],
    });
  });

  test("is not seen by another organization", async () => {
    const { admin } = await api.organization();
    const view = await save(admin, { name: "Ours", isShared: true });
    const other = await api.organization();
    expect(await namesSeenBy(other.admin)).toEqual([]);
    expect(
      (await other.admin.data("query ($id: ID!) { savedView(id: $id) { name } }", { id: view.id })).savedView,
    ).toBeNull();
  });

  test("is changed and deleted by its owner and by administrators, at the version they saw", async () => {
    const organization = await api.organization();
    const [owner, colleague] = [await organization.as("finance"), await organization.as("finance")];
    const { id } = await save(owner, { name: "Drafts", isShared: true, filter: { status: ["DRAFT"] } });
    const change = (client: Client, input: object) =>
      client.command("updateSavedView", "savedView { name version filterText }", { id, ...input });

    expect(await change(colleague, { version: 1, name: "Theirs" })).toMatchObject({
      __typename: "Conflict",
      code: "NOT_OWNER",
    });
    expect(await change(owner, { version: 1, name: "My drafts" })).toMatchObject({
      savedView: { name: "My drafts", version: 2, filterText: "Drafts" },
    });
    expect(await change(organization.admin, { version: 1, name: "Late" })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 2,
    });
    expect(await change(organization.admin, { version: 2, filter: {} })).toMatchObject({
      savedView: { version: 3, filterText: "All invoices" },
    });
    expect(await change(owner, { version: 3, columns: null })).toMatchObject({
      __typename: "InvalidInput",
      code: "NULL_NOT_ALLOWED",
      path: ["columns"],
    });

    expect(await colleague.command("deleteSavedView", "savedViewId", { id, version: 3 })).toMatchObject({
      code: "NOT_OWNER",
    });
    expect(await owner.done("deleteSavedView", "savedViewId", { id, version: 3 })).toMatchObject({ savedViewId: id });
    expect(await namesSeenBy(owner)).toEqual([]);
  });

  test("has a name that no other view has", async () => {
    const { admin } = await api.organization();
    await save(admin, { name: "Drafts" });
    const { id } = await save(admin, { name: "Others" });
    expect(await admin.command("createSavedView", "savedView { id }", { name: "Drafts" })).toMatchObject({
      __typename: "Conflict",
      code: "NAME_TAKEN",
      path: ["name"],
    });
    expect(
      await admin.command("updateSavedView", "savedView { id }", { id, version: 1, name: "Drafts" }),
    ).toMatchObject({ code: "NAME_TAKEN" });
    expect(
      await admin.command("updateSavedView", "savedView { id }", { id, version: 1, name: "Others" }),
    ).toMatchObject({ __typename: "UpdateSavedViewSuccess" });
  });

  test.each([
    [{ name: " " }, "TEXT_MISSING", ["name"]],
    [{ columns: [] }, "COLUMNS_MISSING", ["columns"]],
    [{ columns: ["net", "profit"] }, "COLUMN_UNKNOWN", ["columns", "1"]],
    [{ columns: ["net", "net"] }, "COLUMN_TWICE", ["columns", "1"]],
    [{ sort: [{ column: "profit" }] }, "COLUMN_UNKNOWN", ["sort", "0", "column"]],
    [{ filter: { currencies: ["GBP", "pounds"] } }, "CURRENCY_UNKNOWN", ["filter", "currencies", "1"]],
    [{ filter: { search: "x".repeat(201) } }, "TEXT_TOO_LONG", ["filter", "search"]],
    [{ filter: { customerIds: ["nobody"] } }, "CUSTOMER_NOT_FOUND", ["filter", "customerIds", "0"]],
    [
      { filter: { contractIds: ["0192f000-0000-7000-8000-000000000000"] } },
      "CONTRACT_NOT_FOUND",
      ["filter", "contractIds", "0"],
    ],
  ])("is refused with the place: %j", async (input, code, path) => {
    const { admin } = await api.organization();
    const refusal = await admin.command("createSavedView", "savedView { id }", { name: "View", ...input });
    expect(refusal).toMatchObject({ code, path });
    if (code === "COLUMN_UNKNOWN") expect(refusal.message).toContain("There are: customer, number, status");
    expect(await namesSeenBy(admin)).toEqual([]);
  });

  test("cannot be saved by an analyst", async () => {
    const organization = await api.organization();
    const analyst = await organization.as("analyst");
    const { errors } = await analyst.ask(
      `mutation { createSavedView(input: { name: "View", idempotencyKey: "k" }) { __typename } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("the summary of a view", () => {
  const SUMMARIES = `{ savedViews { name summary(month: "2026-10") { count staleCount totals { currency previous current } } } }`;

  test("says what the grid will show", async () => {
    const organization = await api.organization();
    const { customer, contract, bill } = billedWorld(organization);
    const monthly = [{ name: "API calls" }];
    const [spiked, steady] = [
      await contract(await customer("Spiked Ltd"), monthly),
      await contract(await customer("Steady Ltd"), monthly),
    ];
    const dollars = await contract(await customer("Dollar Inc", "USD"), monthly, { currency: "USD" });
    const gone = await contract(await customer("Gone Ltd"), monthly);
    for (const one of [spiked, steady, dollars, gone])
      await bill(one, "2026-09", { "API calls": "200.00" }, { status: "sent" });
    await bill(spiked, "2026-10", { "API calls": "900.00" }, { staleBecause: "usage" });
    await bill(steady, "2026-10", { "API calls": "210.00" }, { status: "sent" });
    await bill(dollars, "2026-10", { "API calls": "200.00" });
    const { admin } = organization;
    await save(admin, { name: "1 All" });
    await save(admin, { name: "2 Drafts", filter: { status: ["DRAFT"] } });
    await save(admin, { name: "3 Dollars", filter: { currencies: ["USD"] } });
    await save(admin, { name: "4 Flagged", filter: { flagged: true } });
    await save(admin, { name: "5 Sent", filter: { status: ["SENT"] } });

    await save(admin, { name: "6 One contract", filter: { contractIds: [gone.id] } });
    await save(admin, { name: "7 One customer", filter: { customerIds: [steady.customerId] } });

    const { savedViews } = await admin.data(SUMMARIES);
    expect(savedViews.map(({ summary }: { summary: object }) => summary)).toEqual([
      {
        count: 3,
        staleCount: 1,
        totals: [
          { currency: "GBP", previous: "600.00", current: "1110.00" },
          { currency: "USD", previous: "200.00", current: "200.00" },
        ],
      },
      {
        count: 2,
        staleCount: 1,
        totals: [
          { currency: "GBP", previous: "400.00", current: "900.00" },
          { currency: "USD", previous: "200.00", current: "200.00" },
        ],
      },
      { count: 1, staleCount: 0, totals: [{ currency: "USD", previous: "200.00", current: "200.00" }] },
      { count: 1, staleCount: 1, totals: [{ currency: "GBP", previous: "400.00", current: "900.00" }] },
      { count: 1, staleCount: 0, totals: [{ currency: "GBP", previous: "200.00", current: "210.00" }] },
      { count: 0, staleCount: 0, totals: [{ currency: "GBP", previous: "200.00", current: "0.00" }] },
      { count: 1, staleCount: 0, totals: [{ currency: "GBP", previous: "200.00", current: "210.00" }] },
    ]);

    const views = (await admin.data("{ savedViews { id } }")).savedViews;
    for (const [place, { id }] of views.entries()) {
      const { totals, stale } = await pullGrid(admin, { viewId: id });
      const { summary } = savedViews[place];
      expect(
        totals.map(({ currency, previous, current }: Record<string, string>) => ({ currency, previous, current })),
      ).toEqual(summary.totals);
      expect(stale).toBe(summary.staleCount);
    }
  });

  test("costs as many statements for many views and invoices as for one", async () => {
    const organization = await api.organization();
    const { customer, contract, bill } = billedWorld(organization);
    const { admin } = organization;
    const oneMore = async (n: number) => {
      await bill(await contract(await customer(`Customer ${n}`), [{ name: "API calls" }]), "2026-10", {
        "API calls": "1.00",
      });
      await save(admin, { name: `View ${n}`, filter: n % 2 === 0 ? {} : { status: ["DRAFT"] } });
    };
    await oneMore(1);
    await admin.data(SUMMARIES);
    const few = await countStatements(() => admin.data(SUMMARIES));
    for (let n = 2; n <= 5; n += 1) await oneMore(n);
    expect(await countStatements(() => admin.data(SUMMARIES))).toBe(few);
  });
});
