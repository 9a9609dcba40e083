import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { finalizeInvoices } from "../../../server/modules/invoice/finalize-invoices";
import { inTransaction } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { codes, type EditingWorld, editingWorld } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ORDER = `id number currency version amountLimit { amount } used { amount } remaining { amount } startsOn endsBefore
  uses { kind amount { amount } }`;

/** Drafts of 100.00 (1 October) and 200.00 (1 November) net, both of the order PO-1. */
const ordered = (terms: object = {}) => editingWorld(api, { terms: { poNumber: "PO-1", ...terms } });

const create = (world: EditingWorld, more: object = {}) =>
  world.finance.command("createPurchaseOrder", `staleInvoices purchaseOrder { ${ORDER} }`, {
    customerId: world.acme,
    number: "PO-1",
    amountLimit: "300.00",
    ...more,
  });
const read = async (world: EditingWorld): Promise<Answer> =>
  (await world.finance.data(`{ customer(id: "${world.acme}") { purchaseOrders { ${ORDER} } } }`)).customer
    .purchaseOrders[0];
const change = async (world: EditingWorld, changes: object) => {
  const { id, version } = await read(world);
  return world.finance.done("updatePurchaseOrder", `staleInvoices purchaseOrder { ${ORDER} }`, {
    id,
    version,
    ...changes,
  });
};
const blockers = async (world: EditingWorld) => (await world.documents()).map((each) => each.blockers);
const usesOf = ({ uses }: Answer) => uses.map(({ kind, amount }: Answer) => `${kind} ${amount.amount}`);

describe("a purchase order", () => {
  it("makes the drafts that name it stale, and is used up by what is issued against it", async () => {
    const world = await ordered();
    const { purchaseOrder, staleInvoices } = await create(world);
    expect(staleInvoices).toBe(2);
    expect(purchaseOrder).toMatchObject({ used: { amount: "0.00" }, remaining: { amount: "300.00" } });
    await world.recalculate();
    expect(codes(await world.finalize())).toEqual(["FINALIZED", "FINALIZED"]);
    const used = await read(world);
    expect(used).toMatchObject({ used: { amount: "300.00" }, remaining: { amount: "0.00" } });
    expect(usesOf(used).toSorted()).toEqual(["INVOICED 100.00", "INVOICED 200.00"]);
  });

  it("blocks a draft that exceeds it by a cent, until the limit is raised", async () => {
    const world = await ordered();
    await create(world, { amountLimit: "199.99" });
    await world.recalculate();
    expect(await blockers(world)).toEqual([[], ["PO_EXCEEDED"]]);
    const { items } = await world.finalize();
    expect(items.nodes.map(({ code }: Answer) => code).toSorted()).toEqual(["FINALIZED", "PO_EXCEEDED"]);
    await change(world, { amountLimit: "300" });
    await world.recalculate();
    expect(codes(await world.finalize())).toEqual(["FINALIZED"]);
  });

  it("covers whichever draft is issued first; the other one is refused, and becomes stale", async () => {
    const world = await ordered();
    await create(world, { amountLimit: "250" });
    await world.recalculate();
    expect(await blockers(world)).toEqual([[], []]);
    const [october, november] = await world.documents();
    expect(codes(await world.finalize([november.id]))).toEqual(["FINALIZED"]);
    expect(await world.read(october.id)).toMatchObject({ isStale: true });
    expect(codes(await world.finalize([october.id]))).toEqual(["STALE"]);
    await world.recalculate([october.id]);
    expect((await world.read(october.id)).blockers).toEqual(["PO_EXCEEDED"]);
  });

  it("is never used beyond its limit by workers at once", async () => {
    const world = await ordered();
    await create(world, { amountLimit: "250" });
    await world.recalculate();
    const ids = (await world.documents()).map(({ id }) => id);
    const scope = { today: plainDate("2026-11-03"), now: new Date("2026-11-03T09:00:00Z") };
    const outcomes = await world.within(() =>
      Promise.all(ids.map((id) => inTransaction(() => finalizeInvoices([id], scope)))),
    );
    expect(outcomes.flat().filter(({ code }) => code === "FINALIZED")).toHaveLength(1);
    expect(Number((await read(world)).used.amount)).toBeLessThanOrEqual(250);
  });

  it("gets back what a voided invoice took", async () => {
    const world = await ordered();
    await create(world);
    await world.recalculate();
    await world.finalize();
    const [october] = await world.documents();
    await world.voidInvoices([october.id]);
    const order = await read(world);
    expect(usesOf(order).toSorted()).toEqual(["INVOICED 100.00", "INVOICED 200.00", "VOIDED -100.00"]);
    expect(order.remaining.amount).toBe("100.00");
  });

  it("gets back what a credit note over its invoice takes back, in part too; that is not voided any more", async () => {
    const world = await ordered();
    await create(world);
    await world.recalculate();
    await world.finalize();
    const november = (await world.documents()).at(-1);
    const { creditNote } = await world.finance.done("createCreditNote", "creditNote { id }", {
      invoiceId: november.id,
      lines: [{ lineId: november.lines[0].id, amount: "30.00" }],
      effect: "FINAL",
      category: "GOODWILL",
      reason: "Outage",
    });
    expect(codes(await world.voidInvoices([november.id]))).toEqual(["CREDIT_NOTE_DRAFTED"]);
    await world.finalize([creditNote.id]);
    const order = await read(world);
    expect(usesOf(order).toSorted()).toEqual(["CREDITED -30.00", "INVOICED 100.00", "INVOICED 200.00"]);
    expect(order.remaining.amount).toBe("30.00");
    expect(["CREDITED", "SETTLED"]).toContain(codes(await world.voidInvoices([november.id]))[0]);
    expect(codes(await world.voidInvoices([creditNote.id]))).toEqual(["CREDIT_NOTE"]);
  });

  it("holds on its days alone: before the first and from the day after the last nothing is issued", async () => {
    const world = await ordered();
    await create(world, { startsOn: "2026-11-03", endsBefore: "2026-11-04" });
    await world.recalculate();
    expect(await blockers(world)).toEqual([[], []]);
    for (const days of [
      { startsOn: "2026-11-04", endsBefore: null },
      { startsOn: null, endsBefore: "2026-11-03" },
    ]) {
      await change(world, days);
      await world.recalculate();
      expect(await blockers(world)).toEqual([["PO_EXPIRED"], ["PO_EXPIRED"]]);
    }
    const { items } = await world.finalize();
    expect(items.nodes[0]).toMatchObject({ code: "PO_EXPIRED", status: "FAILED" });
    await world.finance.done("updateDraftInvoice", "invoice { id }", {
      invoiceId: (await world.documents())[0].id,
      version: (await world.documents())[0].version,
      poNumber: "PO-2",
      reason: "Their new one",
    });
    expect(await blockers(world)).toEqual([[], ["PO_EXPIRED"]]);
  });

  it("in another currency covers nothing", async () => {
    const world = await ordered();
    await create(world, { currency: "EUR" });
    await world.recalculate();
    expect(await blockers(world)).toEqual([["PO_EXCEEDED"], ["PO_EXCEEDED"]]);
  });

  it("without a limit covers everything, and a number that is not recorded is a number alone", async () => {
    const world = await ordered();
    expect(codes(await world.finalize([(await world.documents())[0].id]))).toEqual(["FINALIZED"]);
    await create(world, { amountLimit: null });
    await world.recalculate();
    expect(codes(await world.finalize())).toEqual(["FINALIZED"]);
    expect(await read(world)).toMatchObject({ amountLimit: null, remaining: null, used: { amount: "200.00" } });
  });

  it("has a number of its own with the customer, a limit above zero, and days", async () => {
    const world = await ordered();
    await create(world);
    expect(await create(world)).toMatchObject({ code: "PURCHASE_ORDER_EXISTS", path: ["number"] });
    const { problems } = await create(world, {
      number: " ",
      amountLimit: "0",
      startsOn: "2026-11-02",
      endsBefore: "2026-11-02",
    });
    expect(problems.map(({ code }: Answer) => code)).toEqual([
      "TEXT_MISSING",
      "AMOUNT_OUT_OF_RANGE",
      "PERIOD_WITHOUT_DAYS",
    ]);
    expect(await create(world, { number: "PO-9", amountLimit: "1.001" })).toMatchObject({ code: "AMOUNT_TOO_PRECISE" });
    const { id } = await read(world);
    expect(
      await world.finance.command("updatePurchaseOrder", "purchaseOrder { id }", { id, version: 7, note: "x" }),
    ).toMatchObject({ __typename: "StaleVersion", currentVersion: 1 });
  });

  it("of many is read with the same number of statements as one", async () => {
    const world = await ordered();
    await create(world);
    const query = () =>
      world.finance.data(`{ customer(id: "${world.acme}") { purchaseOrders { ${ORDER} customer { legalName } } } }`);
    await query();
    const one = await countStatements(query);
    await create(world, { number: "PO-2" });
    await create(world, { number: "PO-3" });
    expect(await countStatements(query)).toBe(one);
  });
});
