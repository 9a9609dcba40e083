import { existsSync, readdirSync } from "node:fs";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { allInvoices, makeCompany, OPERATION, operate } from "../../testkit/company";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const drafted = async (customers: number) => {
  const org = await api.organization();
  const company = await makeCompany(org, { customers });
  await operate(api, company.finance, "draftInvoices", {});
  const ids = (await allInvoices(company.finance)).map(({ id }) => id);
  return { org, ...company, ids, selection: { invoiceIds: ids } };
};

describe("an operation", () => {
  it("says for each subject how it fared, and who asked", async () => {
    const { finance, selection, ids } = await drafted(2);
    const done = await operate(api, finance, "finalizeInvoices", { selection });
    expect(done).toMatchObject({
      kind: "FINALIZE",
      status: "COMPLETED",
      total: ids.length,
      done: ids.length,
      succeeded: ids.length,
      skipped: 0,
      failed: 0,
      requestedBy: "test finance",
    });
    expect(done.items.nodes.map(({ status, code }: Answer) => [status, code])).toEqual(
      ids.map(() => ["SUCCEEDED", "FINALIZED"]),
    );
  });

  it("is the same one when the command is repeated with its key, and refused with another input", async () => {
    const { finance, selection } = await drafted(1);
    const input = { selection, idempotencyKey: "close-october" };
    const first = await finance.done("finalizeInvoices", "operation { id }", input);
    const second = await finance.done("finalizeInvoices", "operation { id }", input);
    expect(second.operation.id).toBe(first.operation.id);
    const refused = { __typename: "IdempotencyKeyReused", code: "IDEMPOTENCY_KEY_REUSED", path: ["idempotencyKey"] };
    const otherInput = { ...input, selection: { invoiceIds: selection.invoiceIds.slice(1) } };
    expect(await finance.command("finalizeInvoices", "operation { id }", otherInput)).toMatchObject(refused);
    expect(await finance.command("sendInvoices", "operation { id }", input)).toMatchObject(refused);
  });

  it("can be cancelled before it begins; nothing is done then", async () => {
    const { finance, selection } = await drafted(2);
    const { operation } = await finance.done("finalizeInvoices", "operation { id }", { selection });
    await finance.done("cancelOperation", "operation { status }", { operationId: operation.id });
    await api.work();
    expect((await finance.data(OPERATION, { id: operation.id })).operation).toMatchObject({
      status: "CANCELLED",
      done: 0,
    });
    expect((await allInvoices(finance)).map(({ status }) => status)).toEqual(["DRAFT", "DRAFT", "DRAFT", "DRAFT"]);
  });

  it("cannot be cancelled when it is finished", async () => {
    const { finance, selection } = await drafted(1);
    const { id } = await operate(api, finance, "finalizeInvoices", { selection });
    expect(await finance.command("cancelOperation", "operation { id }", { operationId: id })).toMatchObject({
      __typename: "Conflict",
      code: "OPERATION_FINISHED",
    });
  });

  it("leaves an audit event for each invoice that it changed, in the name of who asked", async () => {
    const { finance, selection, ids } = await drafted(1);
    await operate(api, finance, "finalizeInvoices", { selection });
    const { rows } = await api.database.owner.query(
      "SELECT actor_name, action FROM audit_event WHERE subject_id = ANY ($1) AND action = 'invoice.finalize'",
      [ids],
    );
    expect(rows).toEqual(ids.map(() => ({ actor_name: "test finance", action: "invoice.finalize" })));
  });

  it("is not seen by another organization", async () => {
    const { finance, selection } = await drafted(1);
    const { id } = await operate(api, finance, "finalizeInvoices", { selection });
    const { admin } = await api.organization();
    expect((await admin.data(OPERATION, { id })).operation).toBeNull();
  });
});

describe("progress", () => {
  it("is told to subscribers until the end", async () => {
    const { finance, selection } = await drafted(2);
    const { operation } = await finance.done("finalizeInvoices", "operation { id }", { selection });
    const client = createClient({
      url: `${api.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${finance.token}` },
    });
    const seen: string[] = [];
    let queued = () => {};
    const isQueued = new Promise<void>((resolve) => {
      queued = resolve;
    });
    const watching = (async () => {
      for await (const { data } of client.iterate<{ operationProgress: { status: string } }>({
        query: `subscription { operationProgress(id: "${operation.id}") { status done total } }`,
      })) {
        seen.push(data?.operationProgress.status ?? "");
        queued();
      }
    })();
    await isQueued;
    await api.work();
    await watching;
    await client.dispose();
    expect([seen[0], seen.at(-1)]).toEqual(["QUEUED", "COMPLETED"]);
  });
});

describe("numbers", () => {
  it("are gapless and date-ordered, though many finalize at once", async () => {
    const { finance, ids } = await drafted(6);
    const parts = [0, 1, 2].map((part) => ids.filter((_, index) => index % 3 === part));
    await Promise.all(
      parts.map((invoiceIds) => finance.done("finalizeInvoices", "operation { id }", { selection: { invoiceIds } })),
    );
    await Promise.all([api.work(), api.work(), api.work()]);
    const numbers = (await allInvoices(finance)).map(({ number }) => number).sort();
    expect(numbers).toEqual(ids.map((_, index) => `INV-2026-${String(index + 1).padStart(5, "0")}`));
  });

  it("begin anew each year, and a day earlier than the last number's is not used", async () => {
    const org = await api.organization({ now: "2026-12-31T10:00:00Z" });
    const { finance } = await makeCompany(org, { customers: 1, startsOn: "2026-12-01" });
    const finalize = async () => {
      await operate(api, finance, "draftInvoices", {});
      const invoiceIds = (await allInvoices(finance)).filter(({ status }) => status === "DRAFT").map(({ id }) => id);
      await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds } });
    };
    await finalize();
    await org.admin.done("setTestClock", "organization { today }", { now: "2027-01-02T10:00:00Z" });
    await finalize();
    await org.admin.done("setTestClock", "organization { today }", { now: "2027-02-01T00:00:00Z" });
    await org.admin.done("setTestClock", "organization { today }", { now: "2027-02-03T10:00:00Z" });
    await finalize();
    expect((await allInvoices(finance)).map(({ number, issuedOn }) => [number, issuedOn]).sort()).toEqual([
      ["INV-2026-00001", "2026-12-31"],
      ["INV-2027-00001", "2027-01-02"],
      ["INV-2027-00002", "2027-02-03"],
    ]);
  });
});

describe("what is issued", () => {
  it("is kept by the database, whoever asks", async () => {
    const { finance, selection, ids } = await drafted(1);
    await operate(api, finance, "finalizeInvoices", { selection });
    const { owner } = api.database;
    const [id] = ids;
    await expect(
      owner.query("UPDATE invoice SET gross_total = gross_total + 1, net_total = net_total + 1 WHERE id = $1", [id]),
    ).rejects.toThrow("is issued and its content cannot change");
    await expect(
      owner.query("UPDATE invoice_line SET description = 'other' WHERE invoice_id = $1", [id]),
    ).rejects.toThrow("is issued and its lines cannot change");
    await expect(owner.query("DELETE FROM invoice_line WHERE invoice_id = $1", [id])).rejects.toThrow(
      "is issued and its lines cannot change",
    );
    await expect(owner.query("DELETE FROM invoice WHERE id = $1", [id])).rejects.toThrow(
      "is issued and cannot be deleted",
    );
    await expect(owner.query("UPDATE audit_event SET actor_name = 'nobody'")).rejects.toThrow("are never changed");
  });

  it("is not recalculated, not finalized twice and not sent twice", async () => {
    const { finance, selection, ids } = await drafted(1);
    await operate(api, finance, "finalizeInvoices", { selection });
    const issued = await allInvoices(finance);
    expect(await operate(api, finance, "recalculateInvoices", { selection })).toMatchObject({
      skipped: ids.length,
      succeeded: 0,
    });
    expect(await operate(api, finance, "finalizeInvoices", { selection })).toMatchObject({
      skipped: ids.length,
      succeeded: 0,
    });
    expect(await allInvoices(finance)).toEqual(issued);
    const mails = () => (existsSync(api.outbox) ? readdirSync(api.outbox).length : 0);
    const before = mails();
    expect(await operate(api, finance, "sendInvoices", { selection })).toMatchObject({ succeeded: ids.length });
    const [a, b] = await Promise.all([0, 1].map(() => finance.done("sendInvoices", "operation { id }", { selection })));
    await Promise.all([api.work(), api.work()]);
    for (const { operation } of [a, b])
      expect((await finance.data(OPERATION, { id: operation.id })).operation).toMatchObject({
        skipped: ids.length,
        succeeded: 0,
      });
    expect(mails() - before).toBe(ids.length);
  });
});

describe("what cannot be issued", () => {
  it("a draft of a customer who requires a PO number, until there is one", async () => {
    const { finance, customers, contracts, ids, selection } = await drafted(1);
    const { customer } = await finance.data(`{ customer(id: "${customers[0]}") { version } }`);
    await finance.done("updateCustomer", "customer { id }", {
      id: customers[0],
      version: customer.version,
      isPoRequired: true,
    });
    await operate(api, finance, "recalculateInvoices", { selection });
    expect(await operate(api, finance, "finalizeInvoices", { selection })).toMatchObject({
      failed: ids.length,
      items: { nodes: ids.map(() => ({ code: "PO_NUMBER_MISSING" })) },
    });
    const { contract } = await finance.data(`{ contract(id: "${contracts[0]}") { version } }`);
    await finance.done("updateContract", "contract { id }", {
      id: contracts[0],
      version: contract.version,
      poNumber: "PO-77",
    });
    await operate(api, finance, "recalculateInvoices", { selection });
    expect(await operate(api, finance, "finalizeInvoices", { selection })).toMatchObject({ succeeded: ids.length });
  });

  it("a reverse charge without the buyer's tax id, until there is one", async () => {
    const { finance, customers, ids, selection } = await drafted(1);
    const change = async (input: object) => {
      const { customer } = await finance.data(`{ customer(id: "${customers[0]}") { version } }`);
      await finance.done("updateCustomer", "customer { id }", {
        id: customers[0],
        version: customer.version,
        ...input,
      });
      await operate(api, finance, "recalculateInvoices", { selection });
    };
    await change({ taxStatus: "REVERSE_CHARGE" });
    expect(await operate(api, finance, "finalizeInvoices", { selection })).toMatchObject({
      failed: ids.length,
      items: { nodes: ids.map(() => ({ code: "BUYER_TAX_ID_MISSING" })) },
    });
    await change({ taxId: "DE811569869" });
    expect(await operate(api, finance, "finalizeInvoices", { selection })).toMatchObject({ succeeded: ids.length });
    expect((await allInvoices(finance)).map(({ gross }) => gross.amount)).toEqual(ids.map(() => "100.00"));
  });

  it("a mail without anybody to send it to", async () => {
    const org = await api.organization();
    const { finance } = await makeCompany(org, { customers: 1, contacts: false });
    await operate(api, finance, "draftInvoices", {});
    const selection = { invoiceIds: (await allInvoices(finance)).map(({ id }) => id) };
    expect(await operate(api, finance, "sendInvoices", { selection })).toMatchObject({
      skipped: 2,
      items: { nodes: [{ code: "NOT_FINALIZED" }, { code: "NOT_FINALIZED" }] },
    });
    await operate(api, finance, "finalizeInvoices", { selection });
    expect(await operate(api, finance, "sendInvoices", { selection })).toMatchObject({
      failed: 2,
      items: { nodes: [{ code: "NO_RECIPIENT" }, { code: "NO_RECIPIENT" }] },
    });
  });
});
