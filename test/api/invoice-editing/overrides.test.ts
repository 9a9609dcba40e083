import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type EditingWorld, editingWorld, INVOICE, linesOf } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const OVERRIDE = `id state description amount { amount } engineAmount { amount } engineAmountNow { amount } reason createdBy confirmedBy billedAt
  invoice { ${INVOICE} } contract { id }`;

const november = async (world: EditingWorld): Promise<Answer> => (await world.documents()).at(-1);
const callsOf = ({ lines }: Answer): Answer => lines.find(({ description }: Answer) => description === "API calls");

async function overridden(world: EditingWorld, amount = "80.00"): Promise<Answer> {
  const draft = await november(world);
  const { override } = await world.finance.done("setLineOverride", `override { ${OVERRIDE} }`, {
    lineId: callsOf(draft).id,
    version: draft.version,
    amount,
    reason: "Outage in October",
  });
  return override;
}

const list = async (world: EditingWorld, state: string | null): Promise<Answer[]> =>
  (
    await world.finance.data(
      `query ($state: LineOverrideState) { lineOverrides(first: 50, state: $state) { nodes { ${OVERRIDE} } } }`,
      { state },
    )
  ).lineOverrides.nodes;

describe("an own amount", () => {
  it("takes the place of the engine's, which stays beside it, with the reason", async () => {
    const world = await editingWorld(api);
    const override = await overridden(world);
    expect(override).toMatchObject({
      state: "ACTIVE",
      description: "API calls",
      amount: { amount: "80.00" },
      engineAmount: { amount: "100.00" },
      engineAmountNow: { amount: "100.00" },
      createdBy: "test finance",
    });
    expect(linesOf(override.invoice)[0]).toBe("charge 80.00 + 16.00 API calls");
    expect(callsOf(override.invoice)).toMatchObject({
      origin: "ENGINE",
      reason: "Outage in October",
      engineAmount: { amount: "100.00" },
    });
    expect(override.invoice.net.amount).toBe("180.00");
  });

  it("stays where the engine's moves, unconfirmed until somebody looks", async () => {
    const world = await editingWorld(api);
    const { id } = await overridden(world);
    await world.use("acme", "2026-10-16", 500);
    await world.recalculate();
    const [moved] = await list(world, "UNCONFIRMED");
    expect(moved).toMatchObject({ id, engineAmount: { amount: "100.00" }, engineAmountNow: { amount: "150.00" } });
    expect(moved.invoice).toMatchObject({ net: { amount: "180.00" }, hasUnconfirmedOverride: true });
    expect(await list(world, "ACTIVE")).toEqual([]);

    const { override } = await world.finance.done("confirmLineOverride", `override { ${OVERRIDE} }`, {
      id,
      version: moved.invoice.version,
      reason: "Still right",
    });
    expect(override).toMatchObject({
      state: "ACTIVE",
      engineAmount: { amount: "150.00" },
      confirmedBy: "test finance",
    });
    expect(override.invoice.hasUnconfirmedOverride).toBe(false);
  });

  it("is removed, and the engine's stands again", async () => {
    const world = await editingWorld(api);
    const { id, invoice: draft } = await overridden(world);
    const { invoice } = await world.finance.done("removeLineOverride", `invoice { ${INVOICE} }`, {
      id,
      version: draft.version,
      reason: "Not agreed",
    });
    expect(callsOf(invoice)).toMatchObject({ net: { amount: "100.00" }, engineAmount: null, reason: null });
    expect(await list(world, null)).toEqual([]);
  });

  it("is listed where its line vanishes, and is removed without a draft", async () => {
    const world = await editingWorld(api);
    const { id } = await overridden(world);
    const { contract } = await world.finance.data(
      `{ contract(id: "${world.contractId}") { version schedule { phases { charges { lineageId description } } } } }`,
    );
    const calls = contract.schedule.phases[0].charges.find(({ description }: Answer) => description === "API calls");
    await world.finance.done("amendContract", "contract { id }", {
      id: world.contractId,
      version: contract.version,
      effectiveOn: "2026-10-01",
      reason: "Never agreed",
      unusedTime: "CREDIT",
      changes: [{ removeCharge: { lineageId: calls.lineageId } }],
    });
    await world.recalculate();
    const [vanished] = await list(world, "VANISHED");
    expect(vanished).toMatchObject({ id, amount: { amount: "80.00" }, engineAmountNow: null, invoice: null });
    const answer = await world.finance.done("removeLineOverride", "invoice { id }", { id, reason: "Gone for good" });
    expect(answer.invoice).toBeNull();
    expect(await list(world, null)).toEqual([]);
  });

  it("is billed with the invoice, and the engine bills no difference to it afterwards", async () => {
    const world = await editingWorld(api);
    const { id, invoice } = await overridden(world);
    await world.finalize([invoice.id]);
    const [billed] = await list(world, "BILLED");
    expect(billed).toMatchObject({ id, invoice: { id: invoice.id, status: "FINALIZED" } });
    expect(billed.billedAt).not.toBeNull();
    await world.draft();
    expect((await world.documents()).filter(({ status }) => status === "DRAFT").map(({ billsOn }) => billsOn)).toEqual([
      "2026-10-01",
    ]);
    await world.use("acme", "2026-10-16", 100);
    await world.draft();
    const drafts = (await world.documents()).filter(({ status }) => status === "DRAFT");
    const adjustments = drafts.flatMap(({ lines }) => lines).filter(({ kind }: Answer) => kind === "ADJUSTMENT");
    // Beyond the engine's 100.00, not beyond the 80.00 that were agreed.
    expect(adjustments.map(({ net }: Answer) => net.amount)).toEqual(["10.00"]);
    expect(await world.finance.command("removeLineOverride", "__typename", { id, reason: "Too late" })).toMatchObject({
      code: "OVERRIDE_BILLED",
    });
  });

  it("is refused on lines that people wrote, with a stale version, without reason, and too precisely", async () => {
    const world = await editingWorld(api);
    const draft = await november(world);
    const set = (more: object) =>
      world.finance.command("setLineOverride", "override { id }", {
        lineId: callsOf(draft).id,
        version: draft.version,
        amount: "1",
        reason: "Why not",
        ...more,
      });
    expect(await set({ amount: "1.005" })).toMatchObject({ code: "AMOUNT_TOO_PRECISE", path: ["amount"] });
    expect(await set({ reason: "" })).toMatchObject({ code: "TEXT_MISSING", path: ["reason"] });
    expect(await set({ version: draft.version + 1 })).toMatchObject({ code: "STALE_VERSION" });
    expect(await set({ lineId: draft.id })).toMatchObject({ __typename: "NotFound", path: ["lineId"] });
    const { invoice } = await world.finance.done("addManualLine", `invoice { ${INVOICE} }`, {
      invoiceId: draft.id,
      version: draft.version,
      line: {
        productId: world.products.api,
        startsOn: "2026-10-01",
        endsBefore: "2026-11-01",
        amount: "5",
        reason: "Extra",
      },
    });
    expect(await set({ lineId: invoice.lines.at(-1).id, version: invoice.version })).toMatchObject({
      code: "LINE_IS_MANUAL",
    });
  });

  it("of many lines is listed with the same number of statements as of one", async () => {
    const world = await editingWorld(api);
    await overridden(world);
    const draft = (await world.documents())[0];
    await world.finance.done("setLineOverride", "override { id }", {
      lineId: draft.lines[0].id,
      version: draft.version,
      amount: "90",
      reason: "Too",
    });
    const read = (first: number) => () =>
      world.finance.data(
        `{ lineOverrides(first: ${first}) { nodes { id state amount { amount } invoice { id } contract { number } } } }`,
      );
    await read(1)();
    expect(await countStatements(read(2))).toBe(await countStatements(read(1)));
  });
});
