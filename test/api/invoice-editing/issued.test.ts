import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { readPdf } from "../integrations/read-pdf";
import { type EditingWorld, editingWorld, INVOICE } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function issued(): Promise<{ world: EditingWorld; invoice: Answer }> {
  const world = await editingWorld(api, { terms: { poNumber: "PO-1" } });
  await world.finalize();
  return { world, invoice: (await world.documents()).at(-1) };
}

const textOf = async (world: EditingWorld, path: string): Promise<string> =>
  (await readPdf(Buffer.from(await (await world.pdf(path)).arrayBuffer()))).text;

describe("beside an issued invoice", () => {
  it("a later due day is agreed; the document keeps the day that it says", async () => {
    const { world, invoice } = await issued();
    const agree = (more: object) =>
      world.finance.command("agreeDueDate", `invoice { ${INVOICE} }`, {
        invoiceId: invoice.id,
        version: invoice.version,
        reason: "They asked for it",
        ...more,
      });
    expect(invoice.dueOn).toBe("2026-12-03");
    expect(await agree({ dueOn: "2026-12-03" })).toMatchObject({ code: "DUE_NOT_LATER", path: ["dueOn"] });
    expect(await agree({ dueOn: "2029-12-03" })).toMatchObject({ code: "DUE_TOO_LATE" });
    expect(await agree({ dueOn: "2026-12-04", version: 99 })).toMatchObject({ code: "STALE_VERSION" });
    const { invoice: later } = await agree({ dueOn: "2026-12-31" });
    expect(later).toMatchObject({ dueOn: "2026-12-31", status: "FINALIZED" });
    expect(await textOf(world, later.documentUrl)).toContain("3 Dec");
    expect((await world.audit(invoice.id))[0]).toMatchObject({
      action: "invoice.due_date_agreed",
      before: { dueOn: "2026-12-03" },
      after: { dueOn: "2026-12-31", reason: "They asked for it" },
    });
  });

  it("its own recipients take the place of the customer's contacts", async () => {
    const { world, invoice } = await issued();
    const set = (version: number, recipients: readonly object[]) =>
      world.finance.command("setInvoiceRecipients", `invoice { ${INVOICE} }`, {
        invoiceId: invoice.id,
        version,
        recipients,
        reason: "Another department pays",
      });
    const people = [
      { name: "Ann", email: "ann@example.com" },
      { name: "Bob", email: "bob@example.com" },
    ];
    const { invoice: after } = await set(invoice.version, people);
    expect(after.recipients).toEqual(people);
    expect(await set(after.version, [{ name: "Ann", email: "nobody" }])).toMatchObject({
      code: "EMAIL_MALFORMED",
      path: ["recipients", "0", "email"],
    });
    const { invoice: none } = await set(after.version, []);
    expect(none.recipients).toEqual([]);
  });

  it("a note for finance is kept, on drafts too", async () => {
    const world = await editingWorld(api);
    const [draft] = await world.documents();
    const set = (id: string, version: number, internalNote: string | null) =>
      world.finance.done("setInvoiceNote", `invoice { ${INVOICE} }`, { invoiceId: id, version, internalNote });
    await set(draft.id, draft.version, "Ask first");
    await world.finalize([draft.id]);
    const issuedOne = await world.read(draft.id);
    expect(issuedOne.internalNote).toBe("Ask first");
    const { invoice } = await set(draft.id, issuedOne.version, null);
    expect(invoice.internalNote).toBeNull();
  });
});

describe("PO number and memo of an issued invoice", () => {
  const amend = (world: EditingWorld, { id, version }: Answer, more: object) =>
    world.finance.command("amendInvoiceCopy", `invoice { ${INVOICE} }`, {
      invoiceId: id,
      version,
      reason: "Their system wants it",
      ...more,
    });

  it("stay, unless the organization allows amended copies", async () => {
    const { world, invoice } = await issued();
    expect(await amend(world, invoice, { poNumber: "PO-2" })).toMatchObject({ code: "AMENDED_COPIES_NOT_ALLOWED" });
    expect((await world.read(invoice.id)).version).toBe(invoice.version);
  });

  it("change on copies that say that they are amended and when; the original stays", async () => {
    const { world, invoice } = await issued();
    const { organization } = await world.finance.data("{ organization { version } }");
    await world.org.admin.done("updateOrganization", "organization { id }", {
      version: organization.version,
      allowsAmendedCopies: true,
    });
    const { invoice: first } = await amend(world, invoice, { poNumber: "PO-2" });
    expect(first).toMatchObject({ poNumber: "PO-1", number: invoice.number });
    expect(first.amendments).toEqual([
      {
        ordinal: 1,
        poNumber: "PO-2",
        memo: null,
        amendedOn: "2026-11-03",
        documentUrl: `/documents/${invoice.id}.amended-1.pdf`,
      },
    ]);
    expect(first.documentUrl).toBe(first.amendments[0].documentUrl);
    const copy = await textOf(world, first.documentUrl);
    expect(copy).toContain("AMENDED COPY");
    expect(copy).toContain("PO-2");
    expect(copy).toContain("Amended on");
    expect(await textOf(world, first.issuedDocumentUrl)).toContain("PO-1");
    expect(await textOf(world, first.issuedDocumentUrl)).not.toContain("AMENDED COPY");

    const { invoice: second } = await amend(world, first, { memo: "See PO-2" });
    expect(second.amendments.at(-1)).toMatchObject({ ordinal: 2, poNumber: "PO-2", memo: "See PO-2" });
    expect(await amend(world, second, { memo: "See PO-2" })).toMatchObject({ code: "NOTHING_AMENDED" });
    expect(await amend(world, { ...second, version: first.version }, { memo: "x" })).toMatchObject({
      code: "STALE_VERSION",
    });
    expect((await world.pdf(`/documents/${invoice.id}.amended-3.pdf`)).status).toBe(404);
    expect((await world.pdf(`/documents/${invoice.id}.void.pdf`)).status).toBe(404);
  });
});
