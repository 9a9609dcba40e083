import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { makeCompany, operate } from "../../testkit/company";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** October is issued, signed off and closed. */
async function closed() {
  const org = await api.organization();
  const { finance } = await makeCompany(org, { customers: 2 });
  await operate(api, finance, "draftInvoices", {});
  const { invoices } = await finance.data(
    `{ invoices(first: 200, filter: { billingMonth: { equals: "2026-10" } }) { nodes { id } } }`,
  );
  const rowIds = invoices.nodes.map(({ id }: Answer) => id);
  await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: rowIds } });
  await finance.done("signOffVariances", "signed", { selection: { month: "2026-10", rowIds }, note: "=As agreed" });
  await finance.done("closeMonth", "close { id }", { month: "2026-10", note: "Done" });
  return { org, finance };
}

const evidence = async (client: Client): Promise<Answer> =>
  (await client.data(`{ monthCloses(month: "2026-10") { evidence { url sha256 createdAt } } }`)).monthCloses[0]
    .evidence;

const download = (client: Client, url: string) =>
  fetch(`${api.url}${url}`, { headers: { authorization: `Bearer ${client.token}` } });

it("is made once a month is closed, with what it was closed on", async () => {
  const { finance } = await closed();
  expect(await evidence(finance)).toBeNull();
  await api.work();
  const { url, sha256 } = await evidence(finance);
  const answer = await download(finance, url);
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="evidence-2026-10.zip"');
  const content = Buffer.from(await answer.arrayBuffer());
  expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);

  const files = unzipSync(content);
  const text = (name: string) => strFromU8(files[name] as Uint8Array);
  const summary = JSON.parse(text("summary.json"));
  expect(summary).toMatchObject({
    organization: "Test Seller Ltd",
    month: "2026-10",
    closedBy: "test finance",
    note: "Done",
  });
  for (const { name, sha256: hash } of summary.files) {
    expect(
      createHash("sha256")
        .update(files[name] as Uint8Array)
        .digest("hex"),
    ).toBe(hash);
  }
  expect(text("documents.csv").trim().split("\r\n")).toHaveLength(3);
  expect(text("documents.csv")).toContain("INV-2026-00001,invoice,,Customer 002 Ltd,GBP,finalized,2026-10,2026-11-03");
  expect(text("sign-offs.csv")).toContain("'=As agreed,test finance");
  // In advance, and issued on 3 November: they are posted then.
  expect(text("receivables.csv")).toContain('"all, in GBP",0,0,0,0,0,0,0,0');
  expect(text("variances.csv")).toContain("Customer 001 Ltd");
  expect(text("audit.csv")).toContain("month.closed");
});

it("stays as it is, and is nobody else's", async () => {
  const { org, finance } = await closed();
  await api.work();
  const first = await evidence(finance);
  const other = await api.organization();
  expect((await download(other.admin, first.url)).status).toBe(404);
  expect((await download(await org.as("analyst"), first.url)).status).toBe(200);
  expect((await fetch(`${api.url}${first.url}`)).status).toBe(401);
  await expect(
    api.database.owner.query("UPDATE evidence_pack SET file_name = 'other.zip' WHERE organization_id = $1", [org.id]),
  ).rejects.toThrow("rows of evidence_pack are never changed");
  await finance.done("reopenMonth", "close { id }", { month: "2026-10", reason: "Late" });
  await finance.done("closeMonth", "close { id }", { month: "2026-10" });
  await api.work();
  const { monthCloses } = await finance.data(`{ monthCloses(month: "2026-10") { evidence { url } } }`);
  expect(new Set(monthCloses.map((each: Answer) => each.evidence.url)).size).toBe(2);
});
