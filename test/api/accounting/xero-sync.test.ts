import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callXero } from "../../../server/modules/accounting/call-xero";
import { claim } from "../../../server/modules/accounting/ledger.store";
import { pullLedger } from "../../../server/modules/accounting/pull-ledger";
import { syncLedger } from "../../../server/modules/accounting/sync-ledger";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { type FakeXero, startXero } from "../../testkit/xero";
import {
  connect,
  copies,
  inside,
  type LiveWorld,
  liveWorld,
  rowsOf,
  setUpXero,
  syncOf,
  thisMonth,
} from "./accounting-world";

let api: TestApi;
let jobs: pg.Client;
let fake: FakeXero;
beforeAll(async () => {
  api = await startTestApi();
  jobs = new pg.Client({ connectionString: api.database.jobsUrl });
  await jobs.connect();
});
afterAll(async () => {
  await jobs.end();
  await api.stop();
});
beforeEach(async () => {
  fake = await startXero();
  setUpXero(fake);
});
afterEach(async () => {
  // Nothing that was asked in a test was otherwise than as described.
  expect(fake.problems).toEqual([]);
  await jobs.query("DELETE FROM graphile_worker._private_jobs");
  await fake.stop();
});

const clock = { now: () => new Date() };
const later = (seconds: number) => ({ now: () => new Date(Date.now() + seconds * 1000) });
const finalize = ({ finance, invoiceIds }: LiveWorld) =>
  operate(api, finance, "finalizeInvoices", { selection: { invoiceIds } });

/** A live company with its books connected, and nothing issued. */
async function connected(options: Parameters<typeof liveWorld>[1] = {}): Promise<LiveWorld> {
  const world = await liveWorld(api, options);
  await connect(world.org, fake);
  return world;
}

/** A live company whose invoices are in the books. */
async function synced(options: Parameters<typeof liveWorld>[1] = {}): Promise<LiveWorld> {
  const world = await connected(options);
  await finalize(world);
  return world;
}
const CREDIT = (invoiceId: string) => ({ invoiceId, effect: "FINAL", category: "GOODWILL", reason: "A gift" });
const numbers = () => fake.documents.map(({ number }) => number).sort();
const states = async ({ finance }: LiveWorld) =>
  (await copies(finance)).map(({ accounting }) => accounting?.state ?? null);
const syncAll = async ({ finance, invoiceIds }: LiveWorld) =>
  (await operate(api, finance, "syncInvoices", { selection: { invoiceIds } })).items.nodes;

describe("connecting", () => {
  test("an administrator allows it at Xero and comes back; the tokens are kept sealed", async () => {
    const { org, finance } = await liveWorld(api);
    expect(await syncOf(finance)).toMatchObject({ mode: "LIVE", connection: null });
    expect(await connect(org, fake)).toEqual({
      status: 200,
      text: "Test Seller Ltd is connected to Test Seller (Xero) at Xero. You may close this page.\n",
    });
    expect((await syncOf(finance)).connection).toMatchObject({
      state: "CONNECTED",
      organizationName: "Test Seller (Xero)",
    });
    const [held] = await rowsOf(org, "SELECT access_token AS access, refresh_token AS refresh FROM xero_connection");
    expect([held.access.slice(0, 3), held.refresh.slice(0, 3)]).toEqual(["v1.", "v1."]);
    const audited = await rowsOf(
      org,
      "SELECT action FROM audit_event WHERE action LIKE 'accounting.xero%' ORDER BY id",
    );
    expect(audited.map(({ action }: Answer) => action)).toEqual([
      "accounting.xero_connecting",
      "accounting.xero_connected",
    ]);
  });
  test("an address is good once, and one that nobody asked for is none", async () => {
    const { org } = await liveWorld(api);
    const { authorizationUrl } = await org.admin.done("connectXero", "authorizationUrl", {});
    const back = fake.allow(authorizationUrl);
    expect((await fetch(back)).status).toBe(200);
    expect((await fetch(back)).status).toBe(400);
    const forged = fake.allow(authorizationUrl.replace(/state=[^&]+/, `state=${org.id}.forged`));
    expect(await (await fetch(forged)).text()).toBe(
      "This link is not good any more. Ask for another one with connectXero.\n",
    );
    expect((await fetch(`${api.url}/xero/callback?error=access_denied`)).status).toBe(400);
  });
  test("of several organizations at Xero one is chosen, and books belong to one organization here", async () => {
    fake.tenants.push({
      tenantId: "11111111-1111-4111-8111-111111111111",
      tenantName: "Second",
      tenantType: "ORGANISATION",
    });
    const { org } = await liveWorld(api);
    expect((await connect(org, fake)).text).toContain("Choose one of its 2 organizations");
    const choose = (at: typeof org, xeroOrganizationId: string) =>
      at.admin.command("chooseXeroOrganization", "connection { state organizationName }", { xeroOrganizationId });
    expect((await choose(org, "another")).code).toBe("XERO_ORGANIZATION_UNKNOWN");
    expect(await choose(org, "11111111-1111-4111-8111-111111111111")).toMatchObject({
      connection: { state: "CONNECTED", organizationName: "Second" },
    });
    const other = await liveWorld(api);
    await connect(other.org, fake);
    expect((await choose(other.org, "11111111-1111-4111-8111-111111111111")).code).toBe("XERO_ORGANIZATION_TAKEN");
    await org.admin.done("disconnectXero", "connection { state }", {});
  });
  test("finance may not, and a sandbox cannot", async () => {
    const { finance } = await liveWorld(api);
    const { errors } = await finance.ask('mutation { connectXero(input: { idempotencyKey: "k" }) { __typename } }');
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    const sandbox = await api.organization();
    expect((await sandbox.admin.command("connectXero", "authorizationUrl", {})).code).toBe("SANDBOX_NEVER_SYNCS");
  });
});

describe("issuing", () => {
  test("brings documents into the books once, with their contacts", async () => {
    const world = await synced({ customers: 3 });
    expect(numbers()).toHaveLength(3);
    expect(fake.contacts).toHaveLength(3);
    expect(fake.calls.filter((call) => call === "createInvoices")).toHaveLength(1);
    for (const { number, accounting } of await copies(world.finance)) {
      expect(accounting).toMatchObject({
        state: "SYNCED",
        status: "AUTHORISED",
        externalId: fake.documents.find((one) => one.number === number)?.id,
        total: { amount: "120.00" },
        due: { amount: "120.00" },
      });
    }
    await api.work();
    expect((await syncAll(world)).map(({ status, code }: Answer) => [status, code])).toEqual(
      [1, 2, 3].map(() => ["SKIPPED", "ALREADY_SYNCED"]),
    );
    expect(numbers()).toHaveLength(3);
    expect(await syncOf(world.finance)).toMatchObject({ queued: 0, synced: 3, failed: 0, expectedDoneAt: null });
  });
  test("finds a contact by number, account number or exact name before it makes one", async () => {
    const world = await connected({ customers: 2 });
    const named = fake.addContact({ Name: "customer 001 LTD" });
    fake.addContact({ Name: "Customer 001 Ltd & Sons" });
    const numbered = fake.addContact({ Name: "Somebody else", ContactNumber: world.customers[1] as string });
    await finalize(world);
    const found = fake.documents.map(({ sent }) => (sent["Contact"] as Answer).ContactID).sort();
    expect(found).toContain(numbered);
    expect(fake.contacts).toHaveLength(4);
    expect(found).not.toContain(named);
  });
  test("waits while nothing is connected, and goes by syncInvoices once it is", async () => {
    const world = await liveWorld(api);
    await finalize(world);
    expect((await syncAll(world))[0]).toMatchObject({ status: "FAILED", code: "NOT_CONNECTED" });
    expect(await states(world)).toEqual([null]);
    await connect(world.org, fake);
    expect((await syncAll(world))[0]).toMatchObject({ status: "SUCCEEDED", code: "SYNCED" });
    expect(numbers()).toHaveLength(1);
  });
  test("of what Xero cannot take says why", async () => {
    const refusal = async (world: LiveWorld) => {
      await finalize(world);
      const [{ accounting }] = await copies(world.finance);
      expect(accounting.state).toBe("FAILED");
      return [accounting.code, accounting.message];
    };
    const accounts = await connected();
    fake.settings.accounts = ["610"];
    expect((await refusal(accounts))[0]).toBe("LEDGER_ACCOUNT_UNKNOWN");
    await accounts.org.admin.done("disconnectXero", "connection { state }", {});
    const francs = await connected({ currency: "CHF" });
    fake.settings.accounts = ["200"];
    expect(await refusal(francs)).toEqual([
      "XERO_CURRENCY_MISSING",
      expect.stringMatching(/^Xero does not have CHF: INV-\d{4}-00001 cannot go there\. Add the currency in Xero/),
    ]);
    expect(fake.documents).toEqual([]);
  });
  test("in a locked period is refused with both days, and goes once the lock was moved", async () => {
    const world = await connected();
    fake.settings.periodLockDate = new Date().toISOString().slice(0, 10);
    await finalize(world);
    const [{ accounting }] = await copies(world.finance);
    expect(accounting).toMatchObject({ state: "FAILED", code: "XERO_PERIOD_LOCKED" });
    expect(accounting.message).toMatch(
      /^Xero's books are locked through .*, and INV-.* is dated .*: Xero files a document under its day of issue, whatever day Billgrid posts it on/,
    );
    expect((await syncOf(world.finance)).connection.lockedThrough).toBe(fake.settings.periodLockDate);
    fake.settings.periodLockDate = null;
    await rowsOf(world.org, "UPDATE xero_connection SET facts_read_at = now() - interval '1 hour'");
    expect((await syncAll(world))[0]).toMatchObject({ code: "SYNCED" });
  });
  test("in another currency goes with its rate, the other way round", async () => {
    await synced({ currency: "EUR" });
    expect(fake.documents[0]?.sent).toMatchObject({ CurrencyCode: "EUR", CurrencyRate: 1.25 });
  });
  test("of nothing goes too, and is paid at once", async () => {
    const world = await synced({ fee: "0.00" });
    expect((await copies(world.finance))[0].accounting).toMatchObject({
      state: "SYNCED",
      status: "PAID",
      total: { amount: "0.00" },
    });
  });
  test("a credit note is used up on its invoice, also where that gets there later", async () => {
    const world = await connected();
    fake.fail("createInvoices", { kind: "answer", status: 500 });
    await finalize(world);
    const { creditNote } = await world.finance.done(
      "creditInvoice",
      "creditNote { id }",
      CREDIT(world.invoiceIds[0] as string),
    );
    await operate(api, world.finance, "finalizeInvoices", { selection: { invoiceIds: [creditNote.id] } });
    expect(fake.documents.map(({ kind }) => kind)).toEqual(["credit_note"]);
    expect(fake.allocations).toEqual([]);
    await inside(world.org, () => syncLedger(later(120)));
    await inside(world.org, () => syncLedger(later(130)));
    expect(fake.allocations).toMatchObject([{ amount: 120 }]);
    expect(fake.documents.map(({ status }) => status)).toEqual(["PAID", "PAID"]);
  });
});

describe("when something goes wrong", () => {
  test("an answer that was lost: the document is looked for, and is there once", async () => {
    const world = await connected();
    setUpXero(fake, { timeoutMs: 300 });
    fake.fail("createInvoices", { kind: "silence", isDone: true });
    await finalize(world);
    expect(await states(world)).toEqual(["QUEUED"]);
    await inside(world.org, () => syncLedger(later(120)));
    expect(await states(world)).toEqual(["SYNCED"]);
    expect(fake.calls.filter((call) => call === "createInvoices")).toHaveLength(1);
    expect(numbers()).toHaveLength(1);
  });
  test("a request that was lost: it is looked for, and sent again", async () => {
    const world = await connected();
    setUpXero(fake, { timeoutMs: 300 });
    fake.fail("createInvoices", { kind: "silence", isDone: false });
    await finalize(world);
    await inside(world.org, () => syncLedger(later(120)));
    expect(await states(world)).toEqual(["SYNCED"]);
    expect(numbers()).toHaveLength(1);
    const attempts = await rowsOf(
      world.org,
      "SELECT step, outcome, request_key AS key FROM ledger_attempt ORDER BY id",
    );
    expect(attempts.map(({ outcome }: Answer) => outcome)).toEqual(["unknown", "done"]);
    expect(new Set(attempts.map(({ key }: Answer) => key)).size).toBe(2);
  });
  test("a worker that dies between sending and storing: the next one finds the document", async () => {
    const world = await connected();
    setUpXero(fake, { timeoutMs: 300 });
    fake.fail("createInvoices", { kind: "silence", isDone: true });
    await finalize(world);
    await inside(world.org, async () => {
      // As if the answer's worker had been killed: its attempt never ended.
      await claim("push", { kind: "invoice", ids: null, limit: 9, requestKey: "lost", now: later(100).now() });
      await syncLedger(later(110));
    });
    expect(await states(world)).toEqual(["QUEUED"]);
    await inside(world.org, () => syncLedger(later(400)));
    expect(await states(world)).toEqual(["SYNCED"]);
    expect(numbers()).toHaveLength(1);
  });
  test("two workers and a person at once: no document and no contact exists twice, and Xero is asked by five at once at most", async () => {
    const world = await liveWorld(api, { customers: 8 });
    await finalize(world);
    await connect(world.org, fake);
    await world.finance.done("syncInvoices", "operation { id }", { selection: { invoiceIds: world.invoiceIds } });
    await Promise.all([api.work(), api.work(), ...[1, 2, 3].map(() => inside(world.org, () => syncLedger(clock)))]);
    await inside(world.org, () => syncLedger(later(400)));
    expect(new Set(numbers()).size).toBe(8);
    expect(numbers()).toHaveLength(8);
    expect(fake.contacts).toHaveLength(8);
    expect(new Set(await states(world))).toEqual(new Set(["SYNCED"]));
    expect(fake.atOnce).toBeLessThanOrEqual(5);
  });
  test("429: nobody asks before Xero said so, and the backlog says until when", async () => {
    const world = await connected();
    fake.fail("createInvoices", { kind: "answer", status: 429, headers: { "retry-after": "600" } });
    await finalize(world);
    const before = fake.calls.length;
    await inside(world.org, () => syncLedger(later(300)));
    expect(fake.calls).toHaveLength(before);
    const sync = await syncOf(world.finance);
    expect(sync).toMatchObject({ queued: 1, synced: 0 });
    const wait = (Date.parse(sync.pausedUntil) - Date.now()) / 1000;
    expect([wait > 500, wait <= 600, Date.parse(sync.expectedDoneAt) >= Date.parse(sync.pausedUntil)]).toEqual([
      true,
      true,
      true,
    ]);
    await inside(world.org, () => syncLedger(later(700)));
    expect(await states(world)).toEqual(["SYNCED"]);
  });
  test("sixty calls in a minute are all: the rest waits for the next", async () => {
    const world = await connected();
    await inside(world.org, () =>
      rowsOf(
        world.org,
        `INSERT INTO xero_call (organization_id, id, started_at, ended_at)
         SELECT $1, gen_random_uuid(), now(), now() FROM generate_series(1, 60)`,
        [world.org.id],
      ),
    );
    const before = fake.calls.length;
    await finalize(world);
    expect(fake.calls).toHaveLength(before);
    expect((await copies(world.finance))[0].accounting).toMatchObject({ state: "QUEUED", code: "XERO_LIMIT" });
    await inside(world.org, () => syncLedger(later(70)));
    expect(await states(world)).toEqual(["SYNCED"]);
  });
  test("a batch that one spoils: the others are in, and it goes after it was mended", async () => {
    const world = await connected({ customers: 3 });
    fake.fail("createInvoices", { kind: "answer", status: 400, body: JSON.stringify({ Message: "One spoils all." }) });
    fake.fail("createInvoices", { kind: "answer", status: 400, body: JSON.stringify({ Message: "This one." }) });
    await finalize(world);
    expect([...(await states(world))].sort()).toEqual(["FAILED", "SYNCED", "SYNCED"]);
    const retried = (await syncAll(world)).map(({ code }: Answer) => code).sort();
    expect(retried).toEqual(["ALREADY_SYNCED", "ALREADY_SYNCED", "SYNCED"]);
    expect(numbers()).toHaveLength(3);
  });
  test("500 is tried again by itself", async () => {
    const world = await connected();
    fake.fail("createInvoices", { kind: "answer", status: 500 });
    await finalize(world);
    expect((await copies(world.finance))[0].accounting).toMatchObject({ state: "QUEUED", code: "XERO_UNREACHABLE" });
    await inside(world.org, () => syncLedger(later(120)));
    expect(await states(world)).toEqual(["SYNCED"]);
  });
  test("a number that is taken by another document is said, not overwritten", async () => {
    const world = await synced();
    const other = await liveWorld(api);
    expect(numbers()).toHaveLength(1);
    await world.org.admin.done("disconnectXero", "connection { state }", {});
    await connect(other.org, fake);
    Object.assign(fake.documents[0] as object, { total: 99 });
    await finalize(other);
    expect((await copies(other.finance))[0].accounting).toMatchObject({ state: "FAILED", code: "XERO_DIFFERS" });
    expect(numbers()).toHaveLength(1);
  });
});

describe("tokens", () => {
  test("are refreshed by one of many, and the new pair is kept before it is used", async () => {
    const world = await connected();
    await rowsOf(world.org, "UPDATE xero_connection SET access_expires_at = now()");
    const calls = await Promise.all(
      [1, 2, 3, 4].map(() => inside(world.org, () => callXero(clock, (books) => books.organisation()))),
    );
    expect(calls.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
    expect(fake.refreshes).toBe(1);
    await rowsOf(world.org, "UPDATE xero_connection SET access_expires_at = now()");
    expect((await inside(world.org, () => callXero(clock, (books) => books.organisation()))).outcome).toBe("done");
  });
  test("that end early are refreshed after the first refusal", async () => {
    const world = await connected();
    fake.expire();
    await finalize(world);
    expect(await states(world)).toEqual(["SYNCED"]);
  });
  test("that were revoked make the connection need a person, and nothing is lost meanwhile", async () => {
    const world = await connected();
    fake.revoke();
    await finalize(world);
    const { connection, queued } = await syncOf(world.finance);
    expect([connection.state, queued]).toEqual(["NEEDS_RECONNECT", 1]);
    expect(connection.message).toBe(
      "Xero no longer accepts the connection: it was revoked, or not used for 60 days. Connect it again with connectXero; what waits goes on by itself then.",
    );
    expect((await syncAll(world))[0]).toMatchObject({ status: "FAILED", code: "NEEDS_RECONNECT" });
    await connect(world.org, fake);
    await api.work();
    expect(await states(world)).toEqual(["SYNCED"]);
    expect(numbers()).toHaveLength(1);
  });
});

describe("what is voided", () => {
  test("here is voided there", async () => {
    const world = await synced();
    const { invoiceIds, finance } = world;
    await operate(api, finance, "voidInvoices", { selection: { invoiceIds }, reason: "Wrong customer" });
    expect(await states(world)).toEqual(["VOIDED"]);
    expect(fake.documents.map(({ status }) => status)).toEqual(["VOIDED"]);
  });
  test("before it got there never goes", async () => {
    const world = await connected();
    fake.fail("createInvoices", { kind: "answer", status: 429, headers: { "retry-after": "600" } });
    const { invoiceIds, finance } = world;
    await finalize(world);
    await operate(api, finance, "voidInvoices", { selection: { invoiceIds }, reason: "Wrong customer" });
    await inside(world.org, () => syncLedger(later(700)));
    expect(fake.documents).toEqual([]);
    expect(await states(world)).toEqual(["VOIDED"]);
  });
});

describe("payments in Xero", () => {
  const RECEIVABLE =
    "{ invoices(first: 9) { nodes { number paymentStatus accounting { status due { amount } payments { state message amount { amount } } } } } }";
  const invoice = async ({ finance }: LiveWorld) => (await finance.data(RECEIVABLE)).invoices.nodes[0];
  const masterXero = async ({ org }: LiveWorld) => {
    const { organization } = await org.admin.data("{ organization { version } }");
    await org.admin.done("updateOrganization", "organization { paymentsMaster }", {
      version: organization.version,
      paymentsMaster: "XERO",
    });
  };
  const told = async (events: readonly object[], key?: string) => {
    const { body, signature } = fake.webhook(events as never, key);
    const headers = { "content-type": "application/json", "x-xero-signature": signature };
    const { status } = await fetch(`${api.url}/webhooks/xero`, { method: "POST", headers, body });
    await api.work();
    return status;
  };
  const event = (eventDateUtc: string) => ({
    tenantId: fake.tenants[0]?.tenantId,
    resourceId: fake.documents[0]?.id,
    eventCategory: "INVOICE",
    eventType: "UPDATE",
    eventDateUtc,
  });

  test("are recorded once, where Xero is their master, and taken back when they are deleted there", async () => {
    const world = await synced();
    await masterXero(world);
    const { number } = await invoice(world);
    const today = new Date().toISOString().slice(0, 10);
    const payment = fake.pay(number, 50, today);
    await inside(world.org, () => pullLedger(clock));
    await inside(world.org, () => pullLedger(later(1)));
    expect(await invoice(world)).toMatchObject({
      paymentStatus: "PARTIALLY_PAID",
      accounting: {
        status: "AUTHORISED",
        due: { amount: "70.00" },
        payments: [{ state: "RECORDED", amount: { amount: "50.00" } }],
      },
    });
    fake.pay(number, 70, today);
    fake.unpay(payment.id);
    await inside(world.org, () => pullLedger(later(2)));
    expect(await invoice(world)).toMatchObject({
      paymentStatus: "PARTIALLY_PAID",
      accounting: { due: { amount: "50.00" } },
    });
    expect((await invoice(world)).accounting.payments.map(({ state }: Answer) => state).sort()).toEqual([
      "RECORDED",
      "REVERSED",
    ]);
  });
  test("are ignored, and said to be, where Billgrid is their master", async () => {
    const world = await synced();
    const { number } = await invoice(world);
    fake.pay(number, 50, new Date().toISOString().slice(0, 10));
    await inside(world.org, () => pullLedger(clock));
    expect(await invoice(world)).toMatchObject({
      paymentStatus: "UNPAID",
      accounting: {
        payments: [{ state: "IGNORED", message: "Billgrid is the master of payments, so it is not taken over." }],
      },
    });
  });
  test("are looked for when Xero tells of them, in whatever order and however often", async () => {
    const world = await synced();
    await masterXero(world);
    const { number } = await invoice(world);
    fake.pay(number, 120, new Date().toISOString().slice(0, 10));
    const [first, second] = [event("2026-11-23T10:00:00"), event("2026-11-23T09:00:00")];
    expect(await told([first, second])).toBe(200);
    expect(await told([second])).toBe(200);
    expect(await told([first])).toBe(200);
    expect(await invoice(world)).toMatchObject({ paymentStatus: "PAID", accounting: { status: "PAID" } });
    expect(await rowsOf(world.org, "SELECT id FROM xero_event")).toHaveLength(2);
  });
  test("told of by somebody else are not believed; Xero's own question whether we check is answered", async () => {
    await synced();
    expect(await told([event("2026-11-23T10:00:00")], "another key")).toBe(401);
    expect(await told([])).toBe(200);
    expect(await told([{ ...event("2026-11-23T10:00:00"), tenantId: "nobody" }])).toBe(200);
  });
});

describe("the reconciliation of a month", () => {
  const REPORT =
    "query ($month: PlainMonth!) { accountingReconciliation(month: $month) { documents matching differing { number differences { code message } accounting { status } } } }";
  const report = async ({ finance }: LiveWorld) =>
    (await finance.data(REPORT, { month: thisMonth() })).accountingReconciliation;

  test("says that all is the same, and otherwise what is not", async () => {
    const world = await synced({ customers: 3 });
    expect(await report(world)).toEqual({ documents: 3, matching: 3, differing: [] });
    const [first, second] = numbers() as [string, string];
    fake.voidDocument(first);
    fake.pay(second, 20, new Date().toISOString().slice(0, 10));
    await inside(world.org, () => pullLedger(clock));
    const { matching, differing } = await report(world);
    expect(matching).toBe(1);
    expect(Object.fromEntries(differing.map(({ number, differences }: Answer) => [number, differences]))).toEqual({
      [first]: [
        {
          code: "VOIDED_IN_XERO",
          message: `${first} was voided in Xero and stands here. Void or credit it here, or enter it in Xero again.`,
        },
      ],
      [second]: [{ code: "DUE_DIFFERS", message: `Of ${second} 120.00 GBP is due here and 100.00 GBP in Xero.` }],
    });
  });
  test("lists what never got there", async () => {
    const world = await liveWorld(api);
    await finalize(world);
    expect((await report(world)).differing[0].differences[0].code).toBe("NOT_SYNCED");
  });
});
