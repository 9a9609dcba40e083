import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAs } from "../../../server/platform/database/tenant-pool";
import { query } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const save = async (client: Client, input: object): Promise<Answer> =>
  (await client.done("createSavedView", "savedView { id version }", input)).savedView;
const names = async (client: Client): Promise<string[]> =>
  (await client.data("{ savedViews { name } }")).savedViews.map(({ name }: Answer) => name);
const defaultName = async (client: Client): Promise<string | null> =>
  (await client.data("{ defaultView { name } }")).defaultView?.name ?? null;

describe("A view that is shared with roles", () => {
  test("is seen by them, by its owner and by administrators", async () => {
    const organization = await api.organization();
    const [owner, finance, analyst] = [
      await organization.as("finance"),
      await organization.as("finance"),
      await organization.as("analyst"),
    ];
    const { id } = await save(owner, { name: "For analysts", isShared: true, sharedWithRoles: ["ANALYST"] });
    expect(await names(analyst)).toEqual(["For analysts"]);
    expect(await names(owner)).toEqual(["For analysts"]);
    expect(await names(organization.admin)).toEqual(["For analysts"]);
    expect(await names(finance)).toEqual([]);
    expect((await finance.data("query ($id: ID!) { savedView(id: $id) { id } }", { id })).savedView).toBeNull();
    expect(
      (await finance.data("query ($ids: [ID!]) { viewCounts(viewIds: $ids) { viewId } }", { ids: [id] })).viewCounts,
    ).toEqual([]);

    await owner.done("updateSavedView", "savedView { id }", { id, version: 1, sharedWithRoles: [] });
    expect(await names(finance)).toEqual(["For analysts"]);
    const { savedView } = await owner.done("updateSavedView", "savedView { isShared sharedWithRoles updatedBy }", {
      id,
      version: 2,
      sharedWithRoles: ["SALES"],
    });
    expect(savedView).toEqual({ isShared: true, sharedWithRoles: ["SALES"], updatedBy: "test finance" });
    expect(
      (await owner.done("updateSavedView", "savedView { sharedWithRoles }", { id, version: 3, isShared: false }))
        .savedView,
    ).toEqual({ sharedWithRoles: [] });
    expect(await names(organization.admin)).toEqual([]);
  });

  test.each([
    [{ sharedWithRoles: ["SALES"] }, "ROLES_WITHOUT_SHARING", ["sharedWithRoles"]],
    [{ thresholdAmount: "-1" }, "THRESHOLD_NEGATIVE", ["thresholdAmount"]],
    [{ filter: { or: [{ flagged: true }, { isStale: true }] } }, "COMPARISON_INSIDE_OR", ["filter"]],
    [
      { filter: { and: [{ billingMonth: { relative: "MONTHS_AGO" } }] } },
      "COUNT_MISSING",
      ["filter", "and", "0", "billingMonth", "months"],
    ],
    [
      { sort: ["net", "tax", "gross", "dueOn", "number", "status"].map((column) => ({ column })) },
      "TOO_MANY_SORT_KEYS",
      ["sort"],
    ],
    [
      { filter: { productIds: ["0192f000-0000-7000-8000-000000000000"] } },
      "PRODUCT_NOT_FOUND",
      ["filter", "productIds", "0"],
    ],
  ])("is refused with the place: %j", async (input, code, path) => {
    const { admin } = await api.organization();
    expect(await admin.command("createSavedView", "savedView { id }", { name: "View", ...input })).toMatchObject({
      code,
      path,
    });
  });
});

describe("A view of one's own", () => {
  test("is a copy of one that is seen, and changes alone", async () => {
    const organization = await api.organization();
    const [owner, colleague] = [await organization.as("finance"), await organization.as("finance")];
    const { id } = await save(owner, {
      name: "Ours",
      isShared: true,
      filter: { status: ["DRAFT"] },
      comparison: "SAME_MONTH_LAST_YEAR",
      thresholdAmount: "250.00",
      thresholdPercent: "5",
    });
    const { savedView } = await colleague.done(
      "duplicateSavedView",
      "savedView { id name isShared ownedByMe comparison thresholdAmount thresholdPercent filterText version }",
      { id, name: "Mine" },
    );
    expect(savedView).toEqual({
      id: expect.any(String),
      name: "Mine",
      isShared: false,
      ownedByMe: true,
      comparison: "SAME_MONTH_LAST_YEAR",
      thresholdAmount: "250",
      thresholdPercent: "5",
      filterText: "Drafts",
      version: 1,
    });
    expect(await names(owner)).toEqual(["Ours"]);
    expect(await colleague.command("duplicateSavedView", "savedView { id }", { id, name: "Ours" })).toMatchObject({
      code: "NAME_TAKEN",
    });
    expect(
      await owner.command("duplicateSavedView", "savedView { id }", { id: savedView.id, name: "X" }),
    ).toMatchObject({
      code: "SAVED_VIEW_NOT_FOUND",
    });
  });

  test("may be a favourite, of an analyst too, and nobody else's", async () => {
    const organization = await api.organization();
    const analyst = await organization.as("analyst");
    const { id } = await save(organization.admin, { name: "Ours", isShared: true });
    const favour = (client: Client, isFavourite: boolean) =>
      client.done("favourSavedView", "savedView { isFavourite }", { id, isFavourite });
    expect(await favour(analyst, true)).toMatchObject({ savedView: { isFavourite: true } });
    const isFavourite = async (client: Client) =>
      (await client.data("{ savedViews { isFavourite } }")).savedViews[0].isFavourite;
    expect(await isFavourite(analyst)).toBe(true);
    expect(await isFavourite(organization.admin)).toBe(false);
    expect(await favour(analyst, false)).toMatchObject({ savedView: { isFavourite: false } });
  });

  test("opens first: one's own choice, else the organization's", async () => {
    const organization = await api.organization();
    const finance = await organization.as("finance");
    const { id: common } = await save(organization.admin, { name: "Common", isShared: true });
    const { id: own } = await save(finance, { name: "Own" });
    expect(await defaultName(finance)).toBeNull();
    await organization.admin.done("setOrganizationDefaultView", "savedViewId", { id: common });
    expect(await defaultName(finance)).toBe("Common");
    await finance.done("setDefaultView", "savedViewId", { id: own });
    expect(await defaultName(finance)).toBe("Own");
    expect(await defaultName(organization.admin)).toBe("Common");
    await finance.done("setDefaultView", "savedViewId", { id: null });
    expect(await defaultName(finance)).toBe("Common");

    expect(await organization.admin.command("setOrganizationDefaultView", "savedViewId", { id: own })).toMatchObject({
      code: "SAVED_VIEW_NOT_FOUND",
    });
    const { errors } = await finance.ask(
      `mutation { setOrganizationDefaultView(input: { id: "${common}", idempotencyKey: "k" }) { __typename } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    // What not everybody sees any more opens first for nobody.
    await organization.admin.done("updateSavedView", "savedView { id }", { id: common, version: 1, isShared: false });
    expect(await defaultName(finance)).toBeNull();
  });
});

describe("The filter of a view", () => {
  test("is given back as it was sent", async () => {
    const { admin } = await api.organization();
    const filter = {
      status: ["DRAFT"],
      billingMonth: { relative: "LAST_N_MONTHS", months: 3 },
      gross: { from: "10.50", currency: "GBP" },
      customFields: [{ key: "region", in: ["EMEA"] }],
      or: [{ isStale: true }, { not: { isOverdue: true } }],
    };
    const { savedView } = await admin.done(
      "createSavedView",
      `savedView { filterText filter { status billingMonth { relative months } gross { from currency } customFields { key in }
         or { isStale not { isOverdue } } } }`,
      { name: "View", filter },
    );
    expect(savedView).toEqual({
      filterText:
        "Drafts for the last 3 months with gross from 10.5 GBP of customers with region EMEA; either stale invoices, or (invoices; but not overdue invoices)",
      filter: {
        ...filter,
        gross: { from: "10.5", currency: "GBP" },
        or: [
          { isStale: true, not: null },
          { isStale: null, not: { isOverdue: true } },
        ],
      },
    });
  });

  test("that an earlier release stored is still read", async () => {
    const organization = await api.organization();
    await runAs(organization.id, async () => {
      await query(
        `INSERT INTO saved_view (organization_id, id, name, is_shared, filter, columns, sort) VALUES ($1, $2, 'Old', true, $3, '{net}', '[]')`,
        [organization.id, newId(), JSON.stringify({ statuses: ["draft"], currencies: ["GBP"], search: "acme" })],
      );
    });
    expect(
      (await organization.admin.data("{ savedViews { filterText filter { status currencies search } } }")).savedViews,
    ).toEqual([
      {
        filterText: "Drafts in GBP matching “acme”",
        filter: { status: ["DRAFT"], currencies: ["GBP"], search: "acme" },
      },
    ]);
  });

  test("selects what operations are done on", async () => {
    const { admin } = await api.organization();
    const selecting = (selection: object) => admin.command("recalculateInvoices", "operation { id }", { selection });
    expect(await selecting({ filter: { status: ["DRAFT"] } })).toMatchObject({ code: "NOTHING_SELECTED" });
    expect(await selecting({ filter: { flagged: true } })).toMatchObject({
      code: "COMPARISON_NEEDED",
      path: ["selection", "filter"],
    });
    expect(await selecting({ filter: { currencies: ["x"] } })).toMatchObject({
      code: "CURRENCY_UNKNOWN",
      path: ["selection", "filter", "currencies", "0"],
    });
    expect(await selecting({ filter: {}, invoiceIds: [] })).toMatchObject({ code: "SELECTION_AMBIGUOUS" });
  });
});
