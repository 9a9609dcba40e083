import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type EditingWorld, editingWorld, INVOICE, linesOf, octoberLine } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const oneOff = (world: EditingWorld, more: object = {}) =>
  world.finance.command("createOneOffInvoice", `invoice { ${INVOICE} }`, {
    customerId: world.acme,
    memo: "With thanks",
    lines: [
      octoberLine(world.products.platform, { description: "Workshop", quantity: "2", unitPrice: "450" }),
      octoberLine(world.products.api, { description: "Travel", amount: "99.99" }),
    ],
    ...more,
  });

const remove = (world: EditingWorld, ...invoices: Answer[]) =>
  world.finance.command("deleteDraftInvoices", "invoiceIds", {
    invoices: invoices.map(({ id, version }) => ({ id, version })),
    reason: "Made by mistake",
  });

describe("a one-off invoice", () => {
  it("is a draft of no contract, is edited and issued like all others, and bills no contract", async () => {
    const world = await editingWorld(api);
    const { invoice } = await oneOff(world);
    expect(invoice).toMatchObject({
      status: "DRAFT",
      origin: "ONE_OFF",
      contract: null,
      memo: "With thanks",
      billsOn: "2026-11-03",
    });
    expect(linesOf(invoice)).toEqual(["charge 900.00 + 180.00 Workshop", "charge 99.99 + 20.00 Travel"]);
    const { invoice: more } = await world.finance.done("addManualLine", `invoice { ${INVOICE} }`, {
      invoiceId: invoice.id,
      version: invoice.version,
      line: octoberLine(world.products.api, { amount: "-99.99", description: "Travel, waived" }),
    });
    expect(more.gross.amount).toBe("1080.00");
    await world.finalize([invoice.id]);
    expect(await world.read(invoice.id)).toMatchObject({
      status: "FINALIZED",
      number: "INV-2026-00001",
      dueOn: "2026-12-03",
    });
    await world.draft();
    expect((await world.documents()).filter(({ status }) => status === "DRAFT")).toHaveLength(2);
  });

  it("has lines, in a known currency", async () => {
    const world = await editingWorld(api);
    expect(await oneOff(world, { lines: [] })).toMatchObject({ code: "LINES_OUT_OF_RANGE", path: ["lines"] });
    expect(await oneOff(world, { currency: "XXX" })).toMatchObject({ code: "CURRENCY_UNKNOWN", path: ["currency"] });
    expect(await oneOff(world, { customerId: world.contractId })).toMatchObject({ __typename: "NotFound" });
    const wrong = octoberLine(world.products.api, { amount: "1.234" });
    expect((await oneOff(world, { lines: [wrong] })).problems).toMatchObject([{ path: ["lines", "0", "amount"] }]);
  });

  it("keeps a last line: it is deleted as a whole", async () => {
    const world = await editingWorld(api);
    const { invoice } = await oneOff(world, { lines: [octoberLine(world.products.api, { amount: "5" })] });
    const [line] = invoice.manualLines;
    const answer = await world.finance.command("removeManualLine", "invoice { id }", {
      id: line.id,
      version: invoice.version,
      reason: "Wrong",
    });
    expect(answer).toMatchObject({ code: "LAST_LINE" });
    expect(await remove(world, invoice)).toMatchObject({ invoiceIds: [invoice.id] });
    expect(await world.read(invoice.id)).toBeNull();
    expect((await world.audit(invoice.id)).map(({ action, after }) => `${action}: ${after.reason}`)[0]).toBe(
      "invoice.deleted: Made by mistake",
    );
  });

  it("is merged into what a contract bills, but not the other way round", async () => {
    const world = await editingWorld(api);
    const { invoice } = await oneOff(world);
    const november = (await world.documents()).find(({ billsOn }) => billsOn === "2026-11-01");
    const merge = (into: Answer, from: Answer) =>
      world.finance.command("mergeDraftInvoices", `invoice { ${INVOICE} }`, {
        into: { id: into.id, version: into.version },
        invoices: [{ id: from.id, version: from.version }],
        reason: "Together",
      });
    expect(await merge(invoice, november)).toMatchObject({ code: "INTO_ONE_OFF" });
    const { invoice: merged } = await merge(november, invoice);
    expect(linesOf(merged)).toHaveLength(4);
    expect(await world.read(invoice.id)).toBeNull();
  });
});

describe("deleting drafts", () => {
  it("is refused where lines are still owed, and says what to do; nothing is deleted then", async () => {
    const world = await editingWorld(api);
    const { invoice } = await oneOff(world);
    const november = (await world.documents()).find(({ billsOn }) => billsOn === "2026-11-01");
    const answer = await remove(world, invoice, november);
    expect(answer).toMatchObject({ code: "STILL_OWED", path: ["invoices", "1", "id"] });
    expect(answer.message).toContain("come back with the next recalculation");
    expect((await world.read(invoice.id)).version).toBe(invoice.version);
    expect((await world.read(november.id)).version).toBe(november.version);
  });

  it("is refused on what is issued, and on a stale version", async () => {
    const world = await editingWorld(api);
    const { invoice } = await oneOff(world);
    expect(await remove(world, { ...invoice, version: 7 })).toMatchObject({ __typename: "StaleVersion" });
    await world.finalize([invoice.id]);
    expect(await remove(world, await world.read(invoice.id))).toMatchObject({ code: "INVOICE_ISSUED" });
  });
});
