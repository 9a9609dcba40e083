import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { readPdf } from "../integrations/read-pdf";
import { codes, type EditingWorld, editingWorld, linesOf } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** The invoice of 1 November: 1,000 calls of October and the platform of November. */
async function issued(world: EditingWorld): Promise<Answer> {
  await world.finalize();
  return (await world.documents()).at(-1);
}

/** Writes what another part of the system would have written. */
const write = (world: EditingWorld, { id }: Answer, set: string) =>
  world.within(async () => await query(`UPDATE invoice SET ${set} WHERE id = $1`, [id]));

const voidOf = async (world: EditingWorld, { id }: Answer): Promise<string> =>
  codes(await world.voidInvoices([id]))[0] as string;

describe("voiding an invoice that nobody has seen", () => {
  it("keeps number, lines and PDF, marks a copy of it void, and says who did it and why", async () => {
    const world = await editingWorld(api);
    const invoice = await issued(world);
    const original = Buffer.from(await (await world.pdf(invoice.documentUrl)).arrayBuffer());
    expect(codes(await world.voidInvoices([invoice.id], "Wrong customer"))).toEqual(["VOIDED"]);

    const after = await world.read(invoice.id);
    expect(after).toMatchObject({ status: "VOIDED", number: invoice.number, voidReason: "Wrong customer" });
    expect(linesOf(after)).toEqual(linesOf(invoice));
    expect(after.documentUrl).toBe(`/documents/${invoice.id}.void.pdf`);
    const marked = await world.pdf(after.documentUrl);
    expect(marked.headers.get("content-disposition")).toBe(`inline; filename="${invoice.number}-void.pdf"`);
    expect((await readPdf(Buffer.from(await marked.arrayBuffer()))).text).toContain("VOID");
    const kept = Buffer.from(await (await world.pdf(after.issuedDocumentUrl)).arrayBuffer());
    expect(kept.equals(original)).toBe(true);
    const [event] = (await world.audit(invoice.id)).filter(({ action }) => action === "invoice.void");
    expect(event).toMatchObject({ subjectId: invoice.id, actorName: "test finance" });
  });

  it("lets the engine bill its lines again, also where a later invoice is issued", async () => {
    const world = await editingWorld(api);
    await world.finalize();
    const [october, november] = await world.documents();
    expect([october.billsOn, november.billsOn]).toEqual(["2026-10-01", "2026-11-01"]);
    expect(codes(await world.voidInvoices([october.id]))).toEqual(["VOIDED"]);
    await world.draft();
    const drafts = (await world.documents()).filter(({ status }) => status === "DRAFT");
    expect(drafts.map((draft) => [draft.billsOn, ...linesOf(draft)])).toEqual([
      ["2026-10-01", "charge 100.00 + 20.00 Platform"],
    ]);
  });

  it("gives back what credits paid, once", async () => {
    const world = await editingWorld(api);
    await world.grant(world.acme, "150.00");
    await world.recalculate();
    const invoice = await issued(world);
    const balance = async () => (await world.grants(world.acme))[0].balance.amount;
    expect(await balance()).toBe("0.00");
    await world.voidInvoices([invoice.id]);
    const back = await balance();
    expect(Number(back)).toBeGreaterThan(0);
    expect(codes(await world.voidInvoices([invoice.id]))).toEqual(["ALREADY_VOIDED"]);
    expect(await balance()).toBe(back);
  });

  it("lets an own amount stand for its line again", async () => {
    const world = await editingWorld(api);
    const draft = (await world.documents()).at(-1);
    await world.finance.done("setLineOverride", "override { id }", {
      lineId: draft.lines[0].id,
      version: draft.version,
      amount: "80.00",
      reason: "Outage",
    });
    const invoice = await issued(world);
    await world.voidInvoices([invoice.id]);
    await world.draft();
    const again = (await world.documents()).find(({ status }) => status === "DRAFT");
    expect(linesOf(again)).toEqual(["charge 80.00 + 16.00 API calls", "charge 100.00 + 20.00 Platform"]);
  });

  it("leaves no gap and no double in the numbers that follow", async () => {
    const world = await editingWorld(api);
    const invoice = await issued(world);
    await world.voidInvoices([invoice.id]);
    await world.draft();
    await world.finalize();
    const numbers = (await world.documents()).map(({ number }) => number).sort();
    expect(numbers).toEqual(["INV-2026-00001", "INV-2026-00002", "INV-2026-00003"]);
  });
});

describe("an invoice is not voided", () => {
  it("before it is issued, but deleted", async () => {
    const world = await editingWorld(api);
    const { items } = await world.voidInvoices([(await world.documents())[0].id]);
    expect(items.nodes[0]).toMatchObject({ status: "SKIPPED", code: "NOT_ISSUED" });
    expect(items.nodes[0].message).toContain("delete the draft");
  });

  it("once it is sent, seen or paid, but credited", async () => {
    const world = await editingWorld(api);
    await world.finalize();
    const [first, second] = await world.documents();
    await write(world, first, "viewed_at = now()");
    expect(await voidOf(world, first)).toBe("ALREADY_VIEWED");
    await write(world, second, "settled_total = 1, payment_status = 'partially_paid'");
    expect(await voidOf(world, second)).toBe("SETTLED");
    await write(world, first, "status = 'sent', sent_at = now()");
    const { items } = await world.voidInvoices([first.id]);
    expect(items.nodes[0]).toMatchObject({ status: "FAILED", code: "ALREADY_SENT" });
    expect(items.nodes[0].message).toContain("credit note");
    expect((await world.read(first.id)).status).toBe("SENT");
  });

  it("in a month that is closed", async () => {
    const world = await editingWorld(api);
    const invoice = await issued(world);
    await world.within(async () => await query("UPDATE organization SET locked_through = '2026-09-01'"));
    await world.within(async () => await query("UPDATE organization SET locked_through = '2026-10-01'"));
    expect(await voidOf(world, invoice)).toBe("MONTH_LOCKED");
    await world.within(async () => await query("UPDATE organization SET locked_through = '2026-09-01'"));
    expect(await voidOf(world, invoice)).toBe("VOIDED");
  });

  it("without a reason", async () => {
    const world = await editingWorld(api);
    const answer = await world.finance.command("voidInvoices", "operation { id }", {
      selection: { invoiceIds: [(await world.documents())[0].id] },
      reason: " ",
    });
    expect(answer).toMatchObject({ code: "TEXT_MISSING", path: ["reason"] });
  });
});
