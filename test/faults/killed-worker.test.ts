import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startMailServer } from "../api/delivery/smtp-world";
import { startTestApi, type TestApi } from "../testkit/api";
import { allInvoices, makeCompany, OPERATION } from "../testkit/company";

/** Real worker processes on the server's database, killed in the middle of their work. */
let api: TestApi;
const workers = new Set<ChildProcess>();
const folder = mkdtempSync(join(tmpdir(), "billgrid-faults-"));
const outbox = join(folder, "outbox");

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

function startWorker(smtpUrl = ""): ChildProcess {
  const worker = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("../../server/worker.ts", import.meta.url))],
    {
      env: {
        ...process.env,
        DATABASE_URL: api.database.ownerUrl,
        BILLGRID_DATA: folder,
        SMTP_URL: smtpUrl,
        LOG_LEVEL: "error",
      },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  workers.add(worker);
  worker.once("exit", () => workers.delete(worker));
  return worker;
}

it("a worker that is killed leaves nothing half done, and another one goes on: no number is missing or double, no mail exists twice", async () => {
  const org = await api.organization();
  const { finance } = await makeCompany(org, { customers: 40 });
  await finance.done("draftInvoices", "operation { id }", {});
  await api.work();
  const invoiceIds = (await allInvoices(finance)).map(({ id }) => id);
  expect(invoiceIds).toHaveLength(80);

  const progress = async (id: string) => (await finance.data(OPERATION, { id })).operation;
  /** Kills the worker whenever it has come a step further, until the operation is done. */
  const kills: number[] = [];
  const carryOut = async (mutation: string) => {
    const { operation } = await finance.done(mutation, "operation { id }", { selection: { invoiceIds } });
    let worker = startWorker();
    let killedAt = 0;
    for (;;) {
      const now = await progress(operation.id);
      if (now.status === "COMPLETED") {
        worker.kill("SIGKILL");
        return now;
      }
      if (now.done > killedAt && now.done < now.total && kills.length < 2) {
        killedAt = now.done;
        kills.push(now.done);
        worker.kill("SIGKILL");
        worker = startWorker();
      }
      await pause(5);
    }
  };

  expect(await carryOut("finalizeInvoices")).toMatchObject({ succeeded: 80, failed: 0 });
  expect(await carryOut("sendInvoices")).toMatchObject({ failed: 0, done: 80 });
  expect(kills.length).toBeGreaterThan(0);

  const invoices = await allInvoices(finance);
  expect(invoices.map(({ number }) => number).sort()).toEqual(
    Array.from({ length: 80 }, (_, index) => `INV-2026-${String(index + 1).padStart(5, "0")}`),
  );
  expect(new Set(invoices.map(({ status }) => status))).toEqual(new Set(["SENT"]));
  const mails = existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith(".eml")) : [];
  expect(mails).toHaveLength(80);
  expect(new Set(mails).size).toBe(80);
}, 120_000);

it("a worker that is killed while the mail server takes a mail: that one is left to a person, the others go out, none goes out twice", async () => {
  const mailServer = await startMailServer();
  // Out of a sandbox nothing would leave, so the clock is the world's.
  const org = await api.organization({ mode: "live", testClockAt: null, now: new Date().toISOString() });
  const { finance } = await makeCompany(org, { customers: 4 });
  await finance.done("draftInvoices", "operation { id }", {});
  await api.work();
  const invoiceIds = (await allInvoices(finance)).map(({ id }) => id);
  await finance.done("finalizeInvoices", "operation { id }", { selection: { invoiceIds } });
  await api.work();

  const { operation } = await finance.done("sendInvoices", "operation { id }", { selection: { invoiceIds } });
  const first = startWorker(mailServer.url);
  const isKilled = new Promise<void>((resolve) => {
    mailServer.whenTaken(() => {
      if (mailServer.received.length !== 2) return;
      first.once("exit", () => resolve());
      first.kill("SIGKILL");
    });
  });
  await isKilled;
  const second = startWorker(mailServer.url);
  const progress = async () => (await finance.data(OPERATION, { id: operation.id })).operation;
  let now = await progress();
  for (; now.status !== "COMPLETED"; now = await progress()) await pause(20);
  second.kill("SIGKILL");
  await mailServer.stop();

  expect(now).toMatchObject({ failed: 1, skipped: 1, succeeded: invoiceIds.length - 2 });
  expect(
    now.items.nodes
      .map(({ code }: { code: string }) => code)
      .sort()
      .slice(0, 2),
  ).toEqual(["ALREADY_SENT", "MAIL_UNCERTAIN"]);
  const ids = mailServer.received.map(({ messageId }) => messageId).sort();
  expect(ids).toEqual(invoiceIds.map((id) => `<invoice.${id}@example.com>`).sort());
  const { unsettledDeliveries } = await finance.data("{ unsettledDeliveries { status attempts { outcome } } }");
  expect(unsettledDeliveries).toEqual([{ status: "UNCERTAIN", attempts: [{ outcome: "INTERRUPTED" }] }]);
}, 120_000);
