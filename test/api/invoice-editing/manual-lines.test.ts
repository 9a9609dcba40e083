import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type EditingWorld, editingWorld, INVOICE, linesOf, octoberLine } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** The draft of 1 November: the calls of October in arrears, the platform in advance. */
const november = async (world: EditingWorld): Promise<Answer> => (await world.documents()).at(-1);

const add = (world: EditingWorld, draft: Answer, line: object) =>
  world.finance.command("addManualLine", `manualLineId invoice { ${INVOICE} }`, {
    invoiceId: draft.id,
    version: draft.version,
    line: octoberLine(world.products.platform, line),
  });

describe("a line that people add to a draft", () => {
  it("stands on it at once, taxed as its product, and raises the version", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    expect(linesOf(draft)).toEqual(["charge 100.00 + 20.00 API calls", "charge 100.00 + 20.00 Platform"]);
    const { invoice, manualLineId } = await add(world, draft, {
      description: "Workshop",
      quantity: "1.5",
      unitPrice: "33.333",
    });
    expect(linesOf(invoice)).toEqual([...linesOf(draft), "charge 50.00 + 10.00 Workshop"]);
    expect(invoice.version).toBeGreaterThan(draft.version);
    expect([invoice.net.amount, invoice.tax.amount, invoice.gross.amount]).toEqual(["250.00", "50.00", "300.00"]);
    expect(invoice.lines[2]).toMatchObject({ origin: "MANUAL", reason: "As agreed by mail", contract: null });
    expect(invoice.manualLines).toEqual([
      {
        id: manualLineId,
        description: "Workshop",
        quantity: "1.5",
        unitPrice: "33.333",
        amount: { amount: "50.00" },
        taxCode: null,
        reason: "As agreed by mail",
        createdBy: "test finance",
        servicePeriod: { startsOn: "2026-10-01", lastDay: "2026-10-31" },
      },
    ]);
  });

  it("survives recalculation, is changed and removed, and each act is in the audit trail with its reason", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    const { manualLineId: id } = await add(world, draft, { amount: "-30.00", description: "Goodwill" });
    await world.use("acme", "2026-10-16", 500);
    await world.recalculate([draft.id]);
    const recalculated = await world.read(draft.id);
    expect(linesOf(recalculated)).toEqual([
      "charge 150.00 + 30.00 API calls",
      "charge 100.00 + 20.00 Platform",
      "charge -30.00 + -6.00 Goodwill",
    ]);
    const { invoice: updated } = await world.finance.done("updateManualLine", `invoice { ${INVOICE} }`, {
      id,
      version: recalculated.version,
      quantity: "2",
      unitPrice: "-20",
      reason: "More of it",
    });
    expect(linesOf(updated)[2]).toBe("charge -40.00 + -8.00 Goodwill");
    const { invoice: removed } = await world.finance.done("removeManualLine", `invoice { ${INVOICE} }`, {
      id,
      version: updated.version,
      reason: "Taken back",
    });
    expect(linesOf(removed)).toHaveLength(2);
    const events = (await world.audit(draft.id)).filter(({ action }) => action.startsWith("manual_line."));
    expect(events.map(({ action, after }) => `${action}: ${after.reason}`)).toEqual([
      "manual_line.removed: Taken back",
      "manual_line.updated: More of it",
      "manual_line.added: As agreed by mail",
    ]);
  });

  it("counts for nothing in what the engine bills: nothing is proposed again after it is issued", async () => {
    const world = await editingWorld(api);
    await add(world, await november(world), { amount: "10.00" });
    await world.finalize();
    await world.draft();
    expect((await world.documents()).map(({ status }) => status)).toEqual(["FINALIZED", "FINALIZED"]);
  });

  it("is refused with all that is wrong with it", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    const codesOf = async (line: object) => {
      const answer = await add(world, draft, line);
      return answer.problems?.map(({ code, path }: Answer) => `${code} ${path.join(".")}`) ?? answer.code;
    };
    expect(await codesOf({ amount: "1.001" })).toEqual(["AMOUNT_TOO_PRECISE line.amount"]);
    expect(await codesOf({})).toEqual(["AMOUNT_AMBIGUOUS line.amount"]);
    expect(await codesOf({ amount: "1", quantity: "1", unitPrice: "1" })).toEqual(["AMOUNT_AMBIGUOUS line.amount"]);
    expect(await codesOf({ quantity: "1" })).toEqual(["AMOUNT_AMBIGUOUS line.amount"]);
    expect(await codesOf({ amount: "1", endsBefore: "2026-10-01", reason: " ", taxCode: "NONE" })).toEqual([
      "TEXT_MISSING line.reason",
      "PERIOD_WITHOUT_DAYS line.endsBefore",
      "TAX_CODE_UNKNOWN line.taxCode",
    ]);
    expect(await codesOf({ amount: "1", productId: "nonsense" })).toEqual(["PRODUCT_NOT_FOUND line.productId"]);
    expect((await world.read(draft.id)).version).toBe(draft.version);
  });

  it("is refused on a version that somebody changed since, and on what is issued", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    const { invoice } = await add(world, draft, { amount: "1" });
    expect(await add(world, draft, { amount: "2" })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: invoice.version,
      path: ["version"],
    });
    await world.finalize([draft.id]);
    expect(await add(world, await world.read(draft.id), { amount: "2" })).toMatchObject({
      code: "INVOICE_ISSUED",
      path: ["invoiceId"],
    });
  });

  it("of two at the same moment lets one through", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    const answers = await Promise.all(["1", "2", "3"].map((amount) => add(world, draft, { amount })));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      "AddManualLineSuccess",
      "StaleVersion",
      "StaleVersion",
    ]);
    expect((await world.read(draft.id)).manualLines).toHaveLength(1);
  });

  it("is for those who may bill", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    const analyst = await world.org.as("analyst");
    const { errors } = await analyst.ask(
      "mutation ($input: AddManualLineInput!) { addManualLine(input: $input) { __typename } }",
      {
        input: {
          invoiceId: draft.id,
          version: 1,
          line: octoberLine(world.products.api, { amount: "1" }),
          idempotencyKey: "x",
        },
      },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
  });
});

describe("memo and PO number of a draft", () => {
  it("stand above those of the contract, survive recalculation, and are printed", async () => {
    const world = await editingWorld(api, { terms: { poNumber: "PO-CONTRACT" } });
    const draft = await november(world);
    expect(draft.poNumber).toBe("PO-CONTRACT");
    const change = {
      invoiceId: draft.id,
      reason: "The customer asked",
      memo: "Thank you.\nSee you.",
      poNumber: "PO-7",
    };
    const { invoice } = await world.finance.done("updateDraftInvoice", `invoice { ${INVOICE} }`, {
      ...change,
      version: draft.version,
      internalNote: "Call them",
    });
    expect(invoice).toMatchObject({ memo: "Thank you.\nSee you.", poNumber: "PO-7", internalNote: "Call them" });
    await world.use("acme", "2026-10-16", 500);
    await world.recalculate([draft.id]);
    expect(await world.read(draft.id)).toMatchObject({ memo: change.memo, poNumber: "PO-7" });
    const { version } = await world.read(draft.id);
    const { invoice: back } = await world.finance.done("updateDraftInvoice", `invoice { ${INVOICE} }`, {
      invoiceId: draft.id,
      version,
      poNumber: null,
      reason: "Theirs after all",
    });
    expect(back).toMatchObject({ memo: change.memo, poNumber: "PO-CONTRACT" });
  });
});

it("manual lines, recipients and flags of many invoices cost the same number of statements as of one", async () => {
  const world = await editingWorld(api);
  const nested = (first: number) => () =>
    world.finance.data(
      `{ invoices(first: ${first}) { nodes { id manualLines { id product { name } } recipients { email } hasUnconfirmedOverride amendments { ordinal } documentUrl } } }`,
    );
  for (const draft of await world.documents()) await add(world, draft, { amount: "1" });
  await nested(1)();
  expect(await countStatements(nested(2))).toBe(await countStatements(nested(1)));
});
