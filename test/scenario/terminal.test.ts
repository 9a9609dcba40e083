import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Running, startWorkerProcess } from "../../server/billgrid";
import { createLogger } from "../../server/platform/logger";
import { startTestApi, type TestApi, type TestOrganization } from "../testkit/api";
import { makeCompany } from "../testkit/company";

/** `npm run month-end` as a person or a script starts it, against a running server. */
let api: TestApi;
let org: TestOrganization;
let worker: Running;
const folder = mkdtempSync(join(tmpdir(), "billgrid-terminal-"));
const keyFile = join(folder, "api-key");

beforeAll(async () => {
  api = await startTestApi();
  org = await api.organization({ now: "2026-11-03T09:00:00Z" });
  worker = await startWorkerProcess({
    database: api.database,
    environment: { dataFolder: folder, smtpUrl: null, workerConcurrency: 1 },
    publicUrl: api.url,
    logger: createLogger("silent"),
  });
  const { finance } = await makeCompany(org, { customers: 3, startsOn: "2026-09-01" });
  await finance.done("createSavedView", "savedView { id }", { name: "Month-end" });
  const { operation } = await finance.done("draftInvoices", "operation { id }", {});
  for (let status = ""; status !== "COMPLETED"; ) {
    status = (await finance.data("query ($id: ID!) { operation(id: $id) { status } }", { id: operation.id })).operation
      .status;
  }
  writeFileSync(keyFile, `${finance.token}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

function monthEnd(...args: string[]): Promise<{ code: number | null; out: string; screen: string }> {
  const script = fileURLToPath(new URL("../../server/terminal/month-end.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    env: { ...process.env, BILLGRID_DATA: folder, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, screen] = ["", ""];
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (screen += chunk));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, screen })));
}
const server = () => ["--url", `${api.url}/graphql`, "--api-key-file", keyFile];

describe("npm run month-end", () => {
  it("walks view, recalculation and comparison, and prints one JSON object", async () => {
    const { code, out } = await monthEnd(...server(), "--month", "2026-10", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      view: "Month-end",
      month: "2026-10",
      invoices: 3,
      recalculated: 3,
      changed: 0,
      flagged: 0,
      totals: [{ currency: "GBP", previous: "300.00", current: "300.00" }],
      unattributed: [],
      finalized: 0,
      sent: 0,
      failed: 0,
      // Those of September too.
      checklist: [{ check: "DRAFTS_NOT_ISSUED", state: "BLOCKING", count: 6 }],
      canClose: false,
      seconds: expect.any(Number),
    });
  });

  it("shows a table for people", async () => {
    const { screen, out } = await monthEnd(...server(), "--month", "2026-10", "--all");
    expect(out).toBe("");
    expect(screen).toMatch(/Customer 001 Ltd\s+GBP\s+100\.00\s+100\.00\s+0\.00/);
    expect(screen).toMatch(/GBP\s+3\s+300\.00\s+300\.00\s+0\.00/);
    expect(screen).toContain("nothing flagged");
    expect(screen).toContain("To close: drafts not finalized (6)");
  });

  it("sends nothing where nobody is there to confirm", async () => {
    const { code, screen } = await monthEnd(...server(), "--month", "2026-10", "--send");
    expect(code).toBe(0);
    expect(screen).toContain("repeat with --yes");
    expect(screen).toContain("3 in GBP for 300.00");
  });

  it("finalizes and sends when it is told to", async () => {
    const { code, out } = await monthEnd(...server(), "--month", "2026-10", "--send", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      finalized: 3,
      sent: 3,
      failed: 0,
      checklist: [{ check: "DRAFTS_NOT_ISSUED", count: 3 }],
    });
    expect(readdirSync(join(folder, "outbox"))).toHaveLength(3);
    expect(
      JSON.parse((await monthEnd(...server(), "--month", "2026-10", "--send", "--yes", "--json")).out),
    ).toMatchObject({ finalized: 0, sent: 0 });
    expect(readdirSync(join(folder, "outbox"))).toHaveLength(3);
  });

  it("names the views there are when it is asked for another", async () => {
    const { code, screen } = await monthEnd(...server(), "--view", "Quarter-end");
    expect([code, screen]).toEqual([
      1,
      expect.stringContaining('There is no saved view "Quarter-end". There are: "Month-end".'),
    ]);
  });

  it("says what to do when the key is not taken", async () => {
    const other = join(folder, "other-key");
    writeFileSync(other, "bgk_nonsense");
    const { code, screen } = await monthEnd("--url", `${api.url}/graphql`, "--api-key-file", other);
    expect([code, screen]).toEqual([1, expect.stringContaining("Sign in")]);
  });
});
