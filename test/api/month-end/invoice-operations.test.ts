import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startTestApi, type TestApi } from "../../testkit/api";
import { billedWorld, pullGrid } from "./billed-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const OPERATION = "operation { id kind status total requestedBy items { nodes { subjectId } } }";
const UNKNOWN = "0192f000-0000-7000-8000-000000000000";

/** Three drafts of October; the largest is of the customer in the middle. */
async function threeDrafts() {
  const organization = await api.organization();
  const world = billedWorld(organization);
  const ids: string[] = [];
  for (const [name, net] of [
    ["A", "10.00"],
    ["B", "500.00"],
    ["C", "20.00"],
  ] as const) {
    const contract = await world.contract(await world.customer(name), [{ name: "API calls" }]);
    await world.bill(contract, "2026-09", { "API calls": "10.00" }, { status: "sent" });
    ids.push(await world.bill(contract, "2026-10", { "API calls": net }));
  }
  return { organization, client: organization.admin, ids, ...world };
}

const subjectsOf = async (client: Client, mutation: string, selection: object) =>
  (await client.done(mutation, OPERATION, { selection })).operation.items.nodes.map(
    ({ subjectId }: { subjectId: string }) => subjectId,
  );

describe("a selection", () => {
  test("by ids is done in the order given, each invoice once", async () => {
    const { client, ids } = await threeDrafts();
    const [a, b, c] = ids;
    const answer = await client.done("recalculateInvoices", OPERATION, {
      selection: { invoiceIds: [c, a, c?.toUpperCase(), b] },
    });
    expect(answer.operation).toMatchObject({
      kind: "RECALCULATE",
      status: "QUEUED",
      total: 3,
      requestedBy: "test admin",
    });
    expect(answer.operation.items.nodes.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual([c, a, b]);
  });

  test.each(["recalculateInvoices", "finalizeInvoices", "sendInvoices"])(
    "by view and month holds exactly what the grid shows, in its order: %s",
    async (mutation) => {
      const { client, customer, contract, bill } = await threeDrafts();
      await bill(
        await contract(await customer("Gone"), [{ name: "API calls" }]),
        "2026-09",
        { "API calls": "10.00" },
        { status: "sent" },
      );
      const view = await client.done("createSavedView", "savedView { id }", {
        name: "Largest",
        sort: [{ column: "net", direction: "DESCENDING" }],
      });
      const viewId = view.savedView.id;
      const { rows } = await pullGrid(client, { viewId });
      const shown = rows.flatMap(({ invoiceId }: { invoiceId: string | null }) => invoiceId ?? []);
      expect(shown).toHaveLength(3);
      expect(await subjectsOf(client, mutation, { viewId, month: "2026-10" })).toEqual(shown);
    },
  );

  test("by a view of flagged bills leaves the others out", async () => {
    const { client, ids } = await threeDrafts();
    const { savedView } = await client.done("createSavedView", "savedView { id }", {
      name: "Flagged",
      filter: { flagged: true },
      comparison: "NONE",
    });
    expect(await subjectsOf(client, "finalizeInvoices", { viewId: savedView.id, month: "2026-10" })).toEqual([ids[1]]);
  });

  test.each([
    [{}, "SELECTION_AMBIGUOUS", ["selection"]],
    [{ invoiceIds: [], viewId: UNKNOWN, month: "2026-10" }, "SELECTION_AMBIGUOUS", ["selection"]],
    [{ invoiceIds: [], month: "2026-10" }, "SELECTION_AMBIGUOUS", ["selection"]],
    [{ viewId: UNKNOWN }, "MONTH_MISSING", ["selection", "month"]],
    [{ month: "2026-10" }, "VIEW_MISSING", ["selection", "viewId"]],
    [{ viewId: UNKNOWN, month: "2026-10" }, "SAVED_VIEW_NOT_FOUND", ["selection", "viewId"]],
    [{ viewId: "nonsense", month: "2026-10" }, "SAVED_VIEW_NOT_FOUND", ["selection", "viewId"]],
    [{ invoiceIds: [] }, "NOTHING_SELECTED", ["selection"]],
    [{ invoiceIds: ["nonsense", UNKNOWN] }, "INVOICE_NOT_FOUND", ["selection", "invoiceIds", "0"]],
  ])("%j is refused as %s", async (selection, code, path) => {
    const { admin } = await api.organization();
    const refusal = await admin.command("sendInvoices", OPERATION, { selection });
    expect(refusal).toMatchObject({ code, path });
    expect((await admin.data("{ operations { nodes { id } } }")).operations.nodes).toEqual([]);
  });

  test("names the ids that are unknown, those of another organization among them", async () => {
    const { ids } = await threeDrafts();
    const other = await threeDrafts();
    const refusal = await other.client.command("sendInvoices", OPERATION, {
      selection: { invoiceIds: [other.ids[0], ids[0]] },
    });
    expect(refusal).toMatchObject({
      __typename: "NotFound",
      message: `There is no invoice ${ids[0]}.`,
      path: ["selection", "invoiceIds", "1"],
    });
  });

  test("of more than 100,000 invoices is refused", async () => {
    const { admin } = await api.organization();
    const invoiceIds = Array.from({ length: 100_001 }, (_, index) => `${index}`);
    expect(await admin.command("sendInvoices", OPERATION, { selection: { invoiceIds } })).toMatchObject({
      code: "TOO_MANY_INVOICES",
    });
  });
});

describe("a command", () => {
  test("with the same key is done once", async () => {
    const { client, ids } = await threeDrafts();
    const input = { selection: { invoiceIds: ids }, idempotencyKey: "once" };
    const first = await client.done("finalizeInvoices", OPERATION, input);
    expect(await client.done("finalizeInvoices", OPERATION, input)).toEqual(first);
    const other = { ...input, selection: { invoiceIds: ids.slice(1) } };
    expect(await client.command("finalizeInvoices", OPERATION, other)).toMatchObject({
      __typename: "IdempotencyKeyReused",
    });
    expect(await client.command("sendInvoices", OPERATION, input)).toMatchObject({
      __typename: "IdempotencyKeyReused",
    });
  });

  test("of billing is not for sales, analysts and integrations", async () => {
    const { organization, ids } = await threeDrafts();
    for (const role of ["sales", "analyst", "integration"] as const) {
      const { errors } = await (await organization.as(role)).ask(
        "mutation ($input: SendInvoicesInput!) { sendInvoices(input: $input) { __typename } }",
        { input: { selection: { invoiceIds: ids }, idempotencyKey: "k" } },
      );
      expect(errors, role).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});

describe("drafting", () => {
  test("is for all active contracts, as of the organization's today", async () => {
    const { client, customer, contract } = await threeDrafts();
    await contract(await customer("Suspended"), [{ name: "API calls" }], { status: "suspended" });
    await contract(await customer("Not active yet"), [{ name: "API calls" }], { status: "draft" });
    const answer = await client.done("draftInvoices", OPERATION, { asOf: "2026-11-03" });
    expect(answer.operation).toMatchObject({ kind: "DRAFT", total: 3 });
  });

  test.each([
    ["2026-11-04", "AS_OF_IN_FUTURE"],
    ["2026-11-02", "AS_OF_IN_PAST"],
  ])("as of %s is refused on 3 November", async (asOf, code) => {
    const { client } = await threeDrafts();
    expect(await client.command("draftInvoices", OPERATION, { asOf })).toMatchObject({
      __typename: "InvalidInput",
      code,
      path: ["asOf"],
    });
  });

  test("without an active contract is refused", async () => {
    const { admin } = await api.organization();
    expect(await admin.command("draftInvoices", OPERATION, {})).toMatchObject({
      __typename: "Conflict",
      code: "NOTHING_SELECTED",
    });
  });
});
