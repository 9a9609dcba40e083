import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type EditingWorld, editingWorld, INVOICE, linesOf, octoberLine } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const seen = ({ id, version }: Answer) => ({ id, version });
const drafts = async (world: EditingWorld) => (await world.documents()).filter(({ status }) => status === "DRAFT");

const merge = (world: EditingWorld, into: Answer, ...invoices: Answer[]) =>
  world.finance.command("mergeDraftInvoices", `invoice { ${INVOICE} }`, {
    into: seen(into),
    invoices: invoices.map(seen),
    reason: "One invoice, as they asked",
  });
const split = (world: EditingWorld, draft: Answer, lineIds: readonly string[]) =>
  world.finance.command("splitDraftInvoice", `invoice { ${INVOICE} } newInvoice { ${INVOICE} }`, {
    invoiceId: draft.id,
    version: draft.version,
    lineIds,
    reason: "Another department pays",
  });
const undo = (world: EditingWorld, draft: Answer) =>
  world.finance.command("undoDraftPlacement", `invoices { ${INVOICE} }`, {
    invoiceId: draft.id,
    version: draft.version,
    reason: "Never mind",
  });

const inAll = (documents: readonly Answer[]) => documents.map((each) => linesOf(each));

describe("merging drafts", () => {
  it("brings two days of a contract together, keeps to it when calculated anew, and is undone", async () => {
    const world = await editingWorld(api);
    const [october, november] = await drafts(world);
    const { invoice } = await merge(world, november, october);
    const all = ["charge 100.00 + 20.00 API calls", "charge 100.00 + 20.00 Platform", "charge 100.00 + 20.00 Platform"];
    expect(invoice.id).toBe(november.id);
    expect(linesOf(invoice).toSorted()).toEqual(all);
    expect(await drafts(world)).toHaveLength(1);
    await world.use("acme", "2026-10-20", 100);
    await world.recalculate();
    const [again] = await drafts(world);
    expect(again.gross.amount).toBe("372.00");

    const { invoices } = await undo(world, again);
    expect(invoices.some(({ id }: Answer) => id === again.id)).toBe(true);
    expect(inAll(await drafts(world))).toEqual([
      ["charge 100.00 + 20.00 Platform"],
      ["charge 110.00 + 22.00 API calls", "charge 100.00 + 20.00 Platform"],
    ]);
    expect(await undo(world, (await drafts(world)).at(-1))).toMatchObject({ code: "NOTHING_PLACED" });
  });

  it("brings two contracts of a customer together, with what people wrote on both", async () => {
    const world = await editingWorld(api);
    await world.newContract(world.acme, [world.prices.platform], {
      startsOn: "2026-11-01",
      phases: [{ startsOn: "2026-11-01", charges: [{ priceId: world.prices.platform }] }],
    });
    await world.draft();
    const [, one, other] = await drafts(world);
    expect(one.billsOn).toBe(other.billsOn);
    const { invoice: written } = await world.finance.done("addManualLine", `invoice { ${INVOICE} }`, {
      invoiceId: other.id,
      version: other.version,
      line: octoberLine(world.products.platform, { amount: "7.00", description: "Extra" }),
    });
    const { invoice } = await merge(world, one, written);
    expect(invoice.contract).toBeNull();
    expect(linesOf(invoice)).toContain("charge 7.00 + 1.40 Extra");
    expect(linesOf(invoice)).toHaveLength(written.lines.length + one.lines.length);
    await world.finalize([invoice.id]);
    await world.draft();
    expect((await drafts(world)).map(({ billsOn }) => billsOn)).toEqual(["2026-10-01"]);
  });

  it("is refused across customers, currencies, with credit notes, twice, and with a stale version", async () => {
    const world = await editingWorld(api);
    const [october, november] = await drafts(world);
    const other = await world.newCustomer("other");
    await world.newContract(other, [world.prices.platform]);
    await world.draft();
    const { invoices } = await world.finance.data(
      `{ invoices(first: 10, filter: { customerIds: ["${other}"] }) { nodes { id version } } }`,
    );
    expect(await merge(world, november, invoices.nodes[0])).toMatchObject({
      code: "CUSTOMERS_DIFFER",
      path: ["invoices", "0", "id"],
    });
    expect(await merge(world, november, november)).toMatchObject({ code: "DRAFT_TWICE" });
    expect(await merge(world, november, { ...october, version: 99 })).toMatchObject({
      code: "STALE_VERSION",
      path: ["invoices", "0", "version"],
    });
    expect(inAll(await drafts(world))).toEqual(inAll([october, november]));
  });
});

describe("splitting a draft", () => {
  it("puts lines on a draft of their own, which both keep when calculated anew; undone, they are back", async () => {
    const world = await editingWorld(api);
    const november = (await drafts(world)).at(-1);
    const { invoice, newInvoice } = await split(world, november, [november.lines[0].id]);
    expect([linesOf(invoice), linesOf(newInvoice)]).toEqual([
      ["charge 100.00 + 20.00 Platform"],
      ["charge 100.00 + 20.00 API calls"],
    ]);
    await world.use("acme", "2026-10-21", 10);
    await world.recalculate();
    expect(linesOf(await world.read(newInvoice.id))).toEqual(["charge 101.00 + 20.20 API calls"]);
    await undo(world, await world.read(newInvoice.id));
    expect(linesOf(await world.read(november.id))).toEqual([
      "charge 101.00 + 20.20 API calls",
      "charge 100.00 + 20.00 Platform",
    ]);
    expect(await world.read(newInvoice.id)).toBeNull();
  });

  it("takes lines that people wrote along, and back", async () => {
    const world = await editingWorld(api);
    const november = (await drafts(world)).at(-1);
    const { invoice: written } = await world.finance.done("addManualLine", `invoice { ${INVOICE} }`, {
      invoiceId: november.id,
      version: november.version,
      line: octoberLine(world.products.platform, { amount: "7.00", description: "Extra" }),
    });
    const ids = written.lines
      .filter(({ description }: Answer) => description !== "Platform")
      .map(({ id }: Answer) => id);
    const { newInvoice } = await split(world, written, ids);
    expect(linesOf(newInvoice)).toEqual(["charge 100.00 + 20.00 API calls", "charge 7.00 + 1.40 Extra"]);
    await undo(world, newInvoice);
    expect(linesOf(await world.read(november.id)).at(-1)).toBe("charge 7.00 + 1.40 Extra");
    expect(await drafts(world)).toHaveLength(2);
  });

  it("leaves something on the draft, and knows its lines", async () => {
    const world = await editingWorld(api);
    const november = (await drafts(world)).at(-1);
    const ids = november.lines.map(({ id }: Answer) => id);
    expect(await split(world, november, ids)).toMatchObject({ code: "NOTHING_LEFT", path: ["lineIds"] });
    expect(await split(world, november, [])).toMatchObject({ code: "LINES_MISSING" });
    expect(await split(world, november, [november.id])).toMatchObject({
      __typename: "NotFound",
      path: ["lineIds", "0"],
    });
  });

  it("bills each line once, whichever of the drafts is issued first", async () => {
    const world = await editingWorld(api);
    const november = (await drafts(world)).at(-1);
    const { newInvoice } = await split(world, november, [november.lines[0].id]);
    await world.finalize([newInvoice.id]);
    await world.draft();
    expect(inAll(await drafts(world))).toEqual([
      ["charge 100.00 + 20.00 Platform"],
      ["charge 100.00 + 20.00 Platform"],
    ]);
    await world.finalize();
    await world.draft();
    expect(await drafts(world)).toEqual([]);
  });
});
