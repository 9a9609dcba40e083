import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { syncLedger } from "../../../server/modules/accounting/sync-ledger";
import { startTestApi, type TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { type FakeXero, startXero } from "../../testkit/xero";
import { connect, copies, inside, liveWorld, rowsOf, SECRETS_KEY, setUpXero } from "./accounting-world";

let api: TestApi;
let fake: FakeXero;
let worker: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), "billgrid-accounting-"));
beforeAll(async () => {
  api = await startTestApi();
  fake = await startXero();
  setUpXero(fake);
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  await api.stop();
  await fake.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A worker process of its own, which knows the stand-in as Xero. */
const startWorker = (): ChildProcess =>
  spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("../../../server/worker.ts", import.meta.url))], {
    env: {
      ...process.env,
      DATABASE_URL: api.database.ownerUrl,
      BILLGRID_DATA: folder,
      LOG_LEVEL: "error",
      XERO_CLIENT_ID: fake.clientId,
      XERO_CLIENT_SECRET: fake.clientSecret,
      XERO_URL: fake.url,
      BILLGRID_SECRETS_KEY: SECRETS_KEY.toString("hex"),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });

test("a worker that is killed after Xero took the documents, and before it noted that, leaves each of them there once", async () => {
  const { org, finance, invoiceIds } = await liveWorld(api, { customers: 3 });
  await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds } });
  await connect(org, fake);
  await finance.done("syncInvoices", "operation { id }", { selection: { invoiceIds } });
  fake.fail("createInvoices", { kind: "silence", isDone: true });
  worker = startWorker();
  while (fake.documents.length === 0) await pause(20);
  worker.kill("SIGKILL");
  await new Promise((resolve) => worker?.once("exit", resolve));
  expect((await copies(finance)).map(({ accounting }) => accounting.state)).toEqual(["QUEUED", "QUEUED", "QUEUED"]);

  const soon = { now: () => new Date(Date.now() + 60_000) };
  await inside(org, () => syncLedger(soon));
  expect(fake.calls.filter((call) => call === "createInvoices")).toHaveLength(1);

  const later = { now: () => new Date(Date.now() + 400_000) };
  await inside(org, () => syncLedger(later));
  expect((await copies(finance)).map(({ accounting }) => accounting.state)).toEqual(["SYNCED", "SYNCED", "SYNCED"]);
  expect(fake.documents).toHaveLength(3);
  const outcomes = await rowsOf(org, "SELECT outcome FROM ledger_attempt ORDER BY id");
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown", "unknown", "done", "done", "done"]);
  expect(fake.problems).toEqual([]);
}, 240_000);
