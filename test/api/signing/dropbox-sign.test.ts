import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localDayOf, startOfLocalDay } from "../../../server/domain/calendar/local-day";
import { addDays, plainDate } from "../../../server/domain/calendar/plain-date";
import { createDropboxSign } from "../../../server/integrations/dropbox-sign/dropbox-sign";
import { sha256Of } from "../../../server/modules/quote";
import { useDropboxSign } from "../../../server/modules/signing/dropbox-sign";
import { sendSignatureRequest } from "../../../server/modules/signing/dropbox-sign-send";
import { query, runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type FakeDropboxSign, type FakeRequest, type Posted, startDropboxSign } from "../../testkit/dropbox-sign";
import { type QuoteWorld, quoteWorld, simpleQuote } from "../quote/quote-world";
import { lookForExpiry } from "./signing-world";

const clock = { now: () => new Date() };
const SIGNERS = [
  { name: "Ada Byron", email: "ada@acme.example", title: "Chief executive" },
  { name: "Grace Hopper", email: "grace@seller.example" },
];

let api: TestApi;
let jobs: pg.Client;
let fake: FakeDropboxSign;
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
  fake = await startDropboxSign();
  setUp();
});
afterEach(async () => {
  // Nothing that was asked in a test was otherwise than as described.
  expect(fake.problems).toEqual([]);
  await jobs.query("DELETE FROM graphile_worker._private_jobs");
  await fake.stop();
});

const setUp = (more: object = {}) => {
  const { apiKey, clientId, url } = fake;
  useDropboxSign(createDropboxSign({ apiKey, clientId, url, isTestMode: false, timeoutMs: 20_000, ...clock, ...more }));
};

type Sent = { readonly world: QuoteWorld; readonly quoteId: string; readonly requestId: string };

async function approvedQuote(settings: object = {}): Promise<Omit<Sent, "requestId">> {
  const world = await quoteWorld(api, settings);
  const { id: quoteId } = await simpleQuote(world);
  await world.sales.done("submitQuote", "quote { status }", { quoteId });
  return { world, quoteId };
}

const sendInput = async ({ world, quoteId }: Omit<Sent, "requestId">, more: object = {}) => ({
  quoteId,
  version: (await world.sales.data("query ($id: ID!) { quote(id: $id) { version } }", { id: quoteId })).quote.version,
  provider: "DROPBOX_SIGN",
  signers: SIGNERS,
  message: "Dear Ada, here it is.",
  ...more,
});

/** A quote that is on its way to Dropbox Sign; no worker has been there yet. */
async function queuedQuote(more: object = {}, settings: object = {}): Promise<Sent> {
  const quote = await approvedQuote(settings);
  await quote.world.sales.done("sendQuote", "quote { id }", await sendInput(quote, more));
  const { id } = await requestOf(quote);
  return { ...quote, requestId: id };
}

/** A quote that Dropbox Sign has. */
async function sentQuote(more: object = {}): Promise<Sent & { readonly at: FakeRequest }> {
  const sent = await queuedQuote(more);
  await api.work();
  const at = fake.requests.find(({ metadata }) => metadata["billgrid_reference"] === sent.requestId);
  if (!at) throw new Error(JSON.stringify(await requestOf(sent)));
  return { ...sent, at };
}

/** A quote of the world's own time that Dropbox Sign has, and that can be signed until today. */
async function liveQuote(): Promise<Sent> {
  const sent = await queuedQuote({ expiresOn: dayAt(0) }, { mode: "live", testClockAt: null });
  await api.work();
  return sent;
}

/** Today in London, where the organization is, or a day so many days later. */
const dayAt = (days: number) => addDays(localDayOf(new Date(), "Europe/London"), days);

/** As if a day had gone by: what was today is yesterday. */
async function theDayAfter({ world, quoteId }: Sent, at: FakeRequest): Promise<void> {
  for (const signature of at.signatures) if (signature.signedAt !== null) signature.signedAt -= 24 * 3_600;
  await runAs(world.organization.id, () =>
    query("UPDATE quote SET expires_on = $2 WHERE id = $1", [quoteId, dayAt(-1)]),
  );
}

/** The latest request of a quote, as it is stored. */
async function requestOf({ world, quoteId }: Omit<Sent, "requestId">): Promise<Answer> {
  const { rows } = await runAs(world.organization.id, () =>
    query<Answer>(
      `SELECT id, status, status_reason AS "statusReason", failure, provider_request_id AS "providerId",
         (SELECT array_agg(signer.status ORDER BY signer.position) FROM signer WHERE signer.request_id = request.id) AS signers
       FROM signature_request request WHERE quote_id = $1 ORDER BY id DESC LIMIT 1`,
      [quoteId],
    ),
  );
  return rows[0];
}

const quoteOf = async ({ world, quoteId }: Omit<Sent, "requestId">): Promise<Answer> =>
  (
    await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { status statusReason version history { kind actor reason } documents { kind sha256 fileName } } }`,
      { id: quoteId },
    )
  ).quote;

const attemptsOf = async ({ world, requestId }: Sent): Promise<Answer[]> =>
  (
    await runAs(world.organization.id, () =>
      query<Answer>("SELECT outcome, reason FROM dropbox_sign_attempt WHERE request_id = $1 ORDER BY id", [requestId]),
    )
  ).rows;

const auditOf = async ({ world }: Pick<Sent, "world">): Promise<string[]> =>
  (
    await runAs(world.organization.id, () =>
      query<{ action: string }>("SELECT action FROM audit_event WHERE actor_name = 'Dropbox Sign' ORDER BY id"),
    )
  ).rows.map(({ action }) => action);

const kinds = ({ history }: Answer): string[] => history.map(({ kind }: Answer) => kind);

const post = ({ body, contentType }: Posted) =>
  fetch(`${api.url}/webhooks/dropbox-sign`, { method: "POST", headers: { "content-type": contentType }, body });

/** Tells us what happened, and lets the workers work. */
async function tell(type: string, about: { requestId: string; order?: number }): Promise<void> {
  const response = await post(fake.event(type, about));
  expect([response.status, await response.text()]).toEqual([200, "Hello API Event Received"]);
  await api.work();
}

/** Seconds until a job of that task may run; null: none waits. */
async function secondsUntil(task: string): Promise<number | null> {
  const { rows } = await jobs.query(
    `SELECT extract(epoch FROM job.run_at - now())::float AS seconds FROM graphile_worker.jobs job
     WHERE job.task_identifier = $1 AND job.run_at > now() ORDER BY job.run_at LIMIT 1`,
    [task],
  );
  return rows[0]?.seconds ?? null;
}

/** As when the time has come for everything that waits. */
async function workLater(): Promise<void> {
  await jobs.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()");
  await api.work();
}

const sends = () => fake.calls.filter((call) => /Send|CreateEmbedded/.test(call)).length;

describe("sending", () => {
  it("is refused in words where Dropbox Sign is not set up", async () => {
    const quote = await approvedQuote();
    useDropboxSign(null);
    expect(await quote.world.sales.command("sendQuote", "quote { id }", await sendInput(quote))).toMatchObject({
      code: "PROVIDER_NOT_SET_UP",
      path: ["provider"],
      message: expect.stringMatching(/DROPBOX_SIGN_API_KEY.*EMBEDDED/),
    });
    expect((await quoteOf(quote)).status).toBe("APPROVED");
  });

  it("brings the offer, the signers in order and our reference to Dropbox Sign, as practice for a sandbox", async () => {
    const sent = await sentQuote();
    expect(sent.at).toMatchObject({
      title: "Q-00001, version 1: Acme 2027",
      subject: "Test Seller Ltd asks you to sign Q-00001",
      message: "Dear Ada, here it is.",
      isTest: true,
      isEmbedded: false,
      expiresAt: null,
      metadata: { billgrid_reference: sent.requestId, billgrid_organization: sent.world.organization.id },
      signatures: [
        { name: "Ada Byron", email: "ada@acme.example", order: 0 },
        { name: "Grace Hopper", email: "grace@seller.example", order: 1 },
      ],
    });
    const [offer] = (await quoteOf(sent)).documents;
    expect(offer).toMatchObject({ kind: "OFFER", sha256: sha256Of(sent.at.pdf) });
    expect(await requestOf(sent)).toMatchObject({
      status: "sent",
      providerId: sent.at.id,
      signers: ["waiting", "waiting"],
    });
    expect((await quoteOf(sent)).status).toBe("SENT");
  });

  it("is meant where the organization is live, and ends with the offer's last day", async () => {
    const expiresOn = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
    const sent = await queuedQuote({ expiresOn }, { mode: "live", testClockAt: null });
    await api.work();
    const midnight = startOfLocalDay(addDays(plainDate(expiresOn), 1), "Europe/London");
    expect(fake.requests).toMatchObject([{ isTest: false, expiresAt: midnight.getTime() / 1000 }]);
    fake.sign(fake.requests[0]?.id ?? "", 0);
    await tell("signature_request_signed", { requestId: fake.requests[0]?.id ?? "", order: 0 });
    expect(await requestOf(sent)).toMatchObject({ signers: ["signed", "waiting"] });
  });

  it("signers at the same position sign at once", async () => {
    const { at } = await sentQuote({ signers: SIGNERS.map((signer) => ({ ...signer, position: 1 })) });
    expect(at.signatures.map(({ order }) => order)).toEqual([0, 0]);
  });

  it("twice at the same moment is once", async () => {
    const sent = await queuedQuote();
    await runAs(sent.world.organization.id, () =>
      Promise.all([1, 2, 3].map(() => sendSignatureRequest(clock, sent.requestId))),
    );
    await api.work();
    expect(fake.requests).toHaveLength(1);
    expect(sends()).toBe(1);
  });
});

describe("what goes wrong on the way", () => {
  it.each([
    ["no answer came", { kind: "silence", isDone: true }],
    ["the connection broke", { kind: "hang_up", isDone: true }],
    ["the answer was nonsense", { kind: "nonsense", isDone: true }],
  ] as const)("a request that arrived although %s is found again, and not sent twice", async (_, fault) => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", fault);
    // Silence is waited for.
    if (fault.kind === "silence") setUp({ timeoutMs: 1_000 });
    await api.work();
    setUp();
    expect(await requestOf(sent)).toMatchObject({ status: "queued", failure: null });
    expect(await secondsUntil("send_signature_request")).toBeGreaterThan(170);
    await workLater();
    expect(fake.requests).toHaveLength(1);
    expect(fake.calls.slice(0, 2)).toEqual(["signatureRequestSend", "signatureRequestList"]);
    expect(await requestOf(sent)).toMatchObject({ status: "sent", providerId: fake.requests[0]?.id });
    expect(await attemptsOf(sent)).toMatchObject([{ outcome: "unknown" }, { outcome: "sent" }]);
  });

  it("a request that did not arrive is looked for, and then sent again", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "hang_up", isDone: false });
    await api.work();
    await workLater();
    expect(fake.calls.slice(0, 3)).toEqual(["signatureRequestSend", "signatureRequestList", "signatureRequestSend"]);
    expect(fake.requests).toHaveLength(1);
    expect(await requestOf(sent)).toMatchObject({ status: "sent" });
  });

  it("where it cannot be looked for, it is not sent either", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "hang_up", isDone: true });
    fake.fail("signatureRequestList", { kind: "answer", status: 503 }, { kind: "answer", status: 429 });
    await api.work();
    await workLater();
    await workLater();
    expect(sends()).toBe(1);
    await workLater();
    expect(sends()).toBe(1);
    expect(await requestOf(sent)).toMatchObject({ status: "sent", providerId: fake.requests[0]?.id });
  });

  it("an event tells that it arrived before a search finds it", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "hang_up", isDone: true });
    fake.isSearchable = false;
    await api.work();
    await tell("signature_request_sent", { requestId: fake.requests[0]?.id ?? "" });
    expect(await requestOf(sent)).toMatchObject({ status: "sent", providerId: fake.requests[0]?.id });
    await workLater();
    expect(sends()).toBe(1);
  });

  it("one that got there twice all the same is taken back", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "hang_up", isDone: true });
    fake.isSearchable = false;
    await api.work();
    await workLater();
    const [lost, known] = fake.requests;
    expect(await requestOf(sent)).toMatchObject({ status: "sent", providerId: known?.id });
    await tell("signature_request_sent", { requestId: lost?.id ?? "" });
    expect(fake.requests.map(({ isCancelled }) => isCancelled)).toEqual([true, false]);
    expect(await requestOf(sent)).toMatchObject({ status: "sent", providerId: known?.id });
  });

  it("after a worker that died on the way, the next one looks first", async () => {
    const sent = await queuedQuote();
    const begin = (at: Date) =>
      runAs(sent.world.organization.id, () =>
        query(
          `INSERT INTO dropbox_sign_attempt (organization_id, id, request_id, started_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (organization_id, request_id) WHERE ended_at IS NULL DO UPDATE SET started_at = excluded.started_at`,
          [sent.world.organization.id, newId(), sent.requestId, at],
        ),
      );
    // Perhaps it is still at it.
    await begin(new Date());
    await api.work();
    expect(fake.calls).toEqual([]);
    expect(await secondsUntil("send_signature_request")).toBeGreaterThan(170);
    await begin(new Date(Date.now() - 200_000));
    await workLater();
    expect(fake.calls.slice(0, 2)).toEqual(["signatureRequestList", "signatureRequestSend"]);
    expect(await attemptsOf(sent)).toMatchObject([{ outcome: "unknown" }, { outcome: "sent" }]);
  });

  it("who is told to wait waits that long", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "answer", status: 429, headers: { "retry-after": "1234" } });
    await api.work();
    const seconds = await secondsUntil("send_signature_request");
    expect(seconds).toBeGreaterThan(1_200);
    expect(seconds).toBeLessThanOrEqual(1_234);
    await api.work();
    expect(sends()).toBe(1);
    await workLater();
    // What was refused cannot have arrived: nothing is looked for.
    expect(fake.calls.slice(0, 2)).toEqual(["signatureRequestSend", "signatureRequestSend"]);
    expect(await requestOf(sent)).toMatchObject({ status: "sent" });
  });

  it("a refusal is said on the quote, which can then be sent to be signed here", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "answer", status: 402 });
    await api.work();
    const reason = "The plan of the Dropbox Sign account does not cover this. It says: Fault 402";
    expect(await requestOf(sent)).toMatchObject({ status: "failed", failure: reason });
    expect((await quoteOf(sent)).history.at(-1)).toEqual({
      kind: "SIGNATURE_CANCELLED",
      actor: "Dropbox Sign",
      reason,
    });
    const again = await sendInput(sent, { provider: "EMBEDDED" });
    await sent.world.sales.done("sendQuote", "quote { id }", again);
    expect(await requestOf(sent)).toMatchObject({ status: "sent", failure: null });
  });

  it("what lasts is given up after ten tries, longer and longer apart, and taken back should it have arrived", async () => {
    const sent = await queuedQuote();
    fake.isSearchable = false;
    fake.fail("signatureRequestSend", { kind: "hang_up", isDone: true });
    fake.fail("signatureRequestSend", ...Array.from({ length: 9 }, () => ({ kind: "answer", status: 429 }) as const));
    const pauses: number[] = [];
    await api.work();
    for (let tries = 1; tries < 10; tries++) {
      pauses.push(Math.round((await secondsUntil("send_signature_request")) ?? 0));
      await workLater();
    }
    expect(pauses).toEqual([180, 30, 60, 120, 240, 480, 960, 1920, 3600]);
    expect(await requestOf(sent)).toMatchObject({
      status: "failed",
      failure: "Dropbox Sign asks us to slow down. Given up after 10 tries.",
    });
    fake.isSearchable = true;
    await workLater();
    expect(fake.requests.map(({ isCancelled }) => isCancelled)).toEqual([true]);
  });

  it("an offer that is not the one that was sent does not go out", async () => {
    const sent = await queuedQuote();
    await api.database.owner.query("SELECT set_config('billgrid.organization_id', $1, false)", [
      sent.world.organization.id,
    ]);
    await api.database.owner.query("ALTER TABLE quote_document DISABLE TRIGGER insert_only");
    await api.database.owner.query("UPDATE quote_document SET content = 'other' WHERE quote_id = $1", [sent.quoteId]);
    await api.database.owner.query("ALTER TABLE quote_document ENABLE TRIGGER insert_only");
    await api.work();
    expect(await requestOf(sent)).toMatchObject({ status: "failed", failure: expect.stringMatching(/not the one/) });
    expect(fake.calls).toEqual([]);
  });
});

describe("signing", () => {
  it("goes from the first to the last signature, and ends with the document that Dropbox Sign keeps", async () => {
    const sent = await sentQuote();
    const { id } = sent.at;
    fake.view(id, 0);
    await tell("signature_request_viewed", { requestId: id, order: 0 });
    fake.sign(id, 0);
    await tell("signature_request_signed", { requestId: id, order: 0 });
    expect(await requestOf(sent)).toMatchObject({ status: "sent", signers: ["signed", "waiting"] });
    fake.sign(id, 1);
    await tell("signature_request_signed", { requestId: id, order: 1 });
    await tell("signature_request_all_signed", { requestId: id });
    await tell("signature_request_downloadable", { requestId: id });

    const quote = await quoteOf(sent);
    expect(quote.status).toBe("SIGNED");
    expect(kinds(quote).slice(-5)).toEqual(["SENT", "VIEWED", "SIGNER_SIGNED", "SIGNER_SIGNED", "SIGNED"]);
    const pdf = Buffer.concat([sent.at.pdf, Buffer.from("\n% signed by 2\n")]);
    expect(quote.documents).toMatchObject([{ kind: "OFFER" }, { kind: "SIGNED", sha256: sha256Of(pdf) }]);
    expect(await requestOf(sent)).toMatchObject({ status: "completed", signers: ["signed", "signed"] });
    expect(await auditOf(sent)).toEqual([
      "quote.signature_request_arrived",
      "quote.signer_signed",
      "quote.signer_signed",
      "quote.signed",
    ]);
  });

  it("does not mind events that are told twice, in another order, or by two at once", async () => {
    const sent = await sentQuote();
    const { id } = sent.at;
    fake.sign(id, 0);
    fake.sign(id, 1);
    const events = [
      fake.event("signature_request_all_signed", { requestId: id }),
      fake.event("signature_request_signed", { requestId: id, order: 1 }),
      fake.event("signature_request_signed", { requestId: id, order: 0 }),
      fake.event("signature_request_viewed", { requestId: id, order: 0 }),
      fake.event("signature_request_sent", { requestId: id }),
    ];
    const answers = await Promise.all([...events, ...events].map(post));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    await api.work();
    await Promise.all(events.map(post));
    await api.work();
    const quote = await quoteOf(sent);
    expect(quote.status).toBe("SIGNED");
    expect(kinds(quote).filter((kind) => /SIGNED|VIEWED/.test(kind))).toEqual([
      "VIEWED",
      "SIGNER_SIGNED",
      "SIGNER_SIGNED",
      "SIGNED",
    ]);
    expect(quote.documents.map(({ kind }: Answer) => kind)).toEqual(["OFFER", "SIGNED"]);
  });

  it("is noticed within the hour where all events were lost", async () => {
    const sent = await sentQuote();
    expect(await secondsUntil("follow_signature_requests")).toBeGreaterThan(3_500);
    fake.sign(sent.at.id, 0);
    await workLater();
    expect(await requestOf(sent)).toMatchObject({ status: "sent", signers: ["signed", "waiting"] });
    expect(await secondsUntil("follow_signature_requests")).toBeGreaterThan(3_500);
    fake.sign(sent.at.id, 1);
    await workLater();
    expect((await quoteOf(sent)).status).toBe("SIGNED");
    await workLater();
    expect(await secondsUntil("follow_signature_requests")).toBeNull();
  });

  it("waits for a document that is still being put together, and for Dropbox Sign where it is down", async () => {
    const sent = await sentQuote();
    fake.sign(sent.at.id, 0);
    fake.sign(sent.at.id, 1);
    fake.areFilesReady = false;
    fake.fail("signatureRequestGet", { kind: "answer", status: 500 });
    await tell("signature_request_all_signed", { requestId: sent.at.id });
    expect(await requestOf(sent)).toMatchObject({ signers: ["waiting", "waiting"] });
    await workLater();
    expect(await requestOf(sent)).toMatchObject({ status: "sent", signers: ["signed", "signed"] });
    expect((await quoteOf(sent)).status).toBe("SENT");
    fake.areFilesReady = true;
    await workLater();
    expect((await quoteOf(sent)).status).toBe("SIGNED");
  });

  it("ends where a signer declines, with the reason", async () => {
    const sent = await sentQuote();
    fake.decline(sent.at.id, 1, "Too dear");
    await tell("signature_request_declined", { requestId: sent.at.id, order: 1 });
    const quote = await quoteOf(sent);
    expect(quote).toMatchObject({ status: "DECLINED", statusReason: "Too dear" });
    expect(quote.history.at(-1)).toEqual({ kind: "DECLINED", actor: "Grace Hopper", reason: "Too dear" });
    expect(await requestOf(sent)).toMatchObject({ status: "declined", signers: ["waiting", "declined"] });
  });

  it("ends where somebody took it back at Dropbox Sign, or time ran out there, and can be sent again", async () => {
    const [cancelled, expired] = [await sentQuote(), await sentQuote()];
    cancelled.at.isCancelled = true;
    await tell("signature_request_canceled", { requestId: cancelled.at.id });
    expect(await requestOf(cancelled)).toMatchObject({
      status: "withdrawn",
      statusReason: "It was taken back at Dropbox Sign.",
    });
    fake.expire(expired.at.id);
    await tell("signature_request_expired", { requestId: expired.at.id });
    expect(await requestOf(expired)).toMatchObject({
      status: "failed",
      failure: "Not all signed in time at Dropbox Sign.",
    });
    await expired.world.sales.done("sendQuote", "quote { id }", await sendInput(expired));
    await api.work();
    expect(await requestOf(expired)).toMatchObject({ status: "sent", signers: ["waiting", "waiting"] });
  });

  it("by all on the last day counts although the quote has expired by the time we learn of it", async () => {
    const sent = await liveQuote();
    fake.sign(fake.requests[0]?.id ?? "", 0);
    fake.sign(fake.requests[0]?.id ?? "", 1);
    const at = fake.requests[0] as FakeRequest;
    await theDayAfter(sent, at);
    fake.fail("signatureRequestGet", { kind: "answer", status: 500 });
    await lookForExpiry(api, sent.world);
    expect(await quoteOf(sent)).toMatchObject({ status: "EXPIRED" });
    expect(await requestOf(sent)).toMatchObject({ status: "sent", signers: ["waiting", "waiting"] });
    await workLater();
    expect(await quoteOf(sent)).toMatchObject({ status: "SIGNED", statusReason: null });
    expect(await requestOf(sent)).toMatchObject({ status: "completed", signers: ["signed", "signed"] });
  });

  it("by some on the last day does not: what is still open there is taken back", async () => {
    const sent = await liveQuote();
    const at = fake.requests[0] as FakeRequest;
    fake.sign(at.id, 0);
    await theDayAfter(sent, at);
    await lookForExpiry(api, sent.world);
    await api.work();
    expect(await quoteOf(sent)).toMatchObject({ status: "EXPIRED" });
    expect(await requestOf(sent)).toMatchObject({ status: "withdrawn", signers: ["signed", "waiting"] });
    expect(at.isCancelled).toBe(true);
  });

  it("after the last day does not count", async () => {
    const sent = await liveQuote();
    const at = fake.requests[0] as FakeRequest;
    await theDayAfter(sent, at);
    fake.sign(at.id, 0);
    fake.sign(at.id, 1);
    await lookForExpiry(api, sent.world);
    await api.work();
    expect(await quoteOf(sent)).toMatchObject({ status: "EXPIRED" });
    expect(await requestOf(sent)).toMatchObject({
      status: "withdrawn",
      statusReason: "Ada Byron signed too late. The last day of this offer is over, so it cannot be signed any more.",
      signers: ["waiting", "waiting"],
    });
  });

  it("is not over because another account knows nothing of it, but is where it was cancelled", async () => {
    const sent = await sentQuote();
    sent.at.isCancelled = true;
    fake.isForgetful = true;
    await workLater();
    expect(await requestOf(sent)).toMatchObject({ status: "sent", failure: expect.stringMatching(/Is the API key/) });
    await tell("signature_request_canceled", { requestId: sent.at.id });
    expect(await requestOf(sent)).toMatchObject({ status: "withdrawn" });
  });

  it("cannot go on where Dropbox Sign cannot, and says why", async () => {
    const sent = await sentQuote();
    fake.breakDown(sent.at.id, 0, "The address does not exist");
    await tell("signature_request_invalid", { requestId: sent.at.id });
    expect(await requestOf(sent)).toMatchObject({
      status: "failed",
      failure: "Dropbox Sign could not go on: The address does not exist",
    });
  });

  it("says on the quote while nothing can be learned, such as after the key was changed, and goes on then", async () => {
    const sent = await sentQuote();
    fake.sign(sent.at.id, 0);
    setUp({ apiKey: "old" });
    await workLater();
    expect(await requestOf(sent)).toMatchObject({
      status: "sent",
      failure: expect.stringMatching(/does not accept the API key/),
      signers: ["waiting", "waiting"],
    });
    setUp();
    await workLater();
    expect(await requestOf(sent)).toMatchObject({ status: "sent", failure: null, signers: ["signed", "waiting"] });
  });

  it("is worth nothing once the quote was voided: the request is taken back there, and what is signed meanwhile stays unsigned here", async () => {
    const sent = await sentQuote();
    fake.sign(sent.at.id, 0);
    await sent.world.sales.done("voidQuote", "quote { id }", { quoteId: sent.quoteId, reason: "Other terms" });
    await tell("signature_request_signed", { requestId: sent.at.id, order: 0 });
    expect(sent.at.isCancelled).toBe(true);
    expect(await requestOf(sent)).toMatchObject({ status: "withdrawn", signers: ["waiting", "waiting"] });
    expect((await quoteOf(sent)).status).toBe("VOIDED");
    expect(await auditOf(sent)).toContain("quote.signature_request_taken_back");
  });

  it("one that is voided while it is on its way is taken back as soon as it arrived", async () => {
    const sent = await queuedQuote();
    fake.fail("signatureRequestSend", { kind: "hang_up", isDone: true });
    await api.work();
    await sent.world.sales.done("voidQuote", "quote { id }", { quoteId: sent.quoteId, reason: "Other terms" });
    await workLater();
    expect(sends()).toBe(1);
    expect(fake.requests.map(({ isCancelled }) => isCancelled)).toEqual([true]);
    expect(await requestOf(sent)).toMatchObject({ status: "withdrawn", providerId: fake.requests[0]?.id });
  });

  it("taking back is tried again where Dropbox Sign is down", async () => {
    const sent = await sentQuote();
    fake.fail("signatureRequestCancel", { kind: "hang_up", isDone: false }, { kind: "answer", status: 503 });
    await sent.world.sales.done("voidQuote", "quote { id }", { quoteId: sent.quoteId, reason: "Other terms" });
    await api.work();
    await workLater();
    expect(sent.at.isCancelled).toBe(false);
    await workLater();
    expect(sent.at.isCancelled).toBe(true);
  });
});

describe("events", () => {
  const signedBySomebody = async () => {
    const sent = await sentQuote();
    fake.sign(sent.at.id, 0);
    return sent;
  };
  const calls = () => fake.calls.filter((call) => call === "signatureRequestGet").length;

  it("that are forged are refused, and nothing is asked", async () => {
    const { at } = await signedBySomebody();
    const response = await post(
      fake.event("signature_request_signed", { requestId: at.id, order: 0, apiKey: "other" }),
    );
    expect(response.status).toBe(401);
    await api.work();
    expect(calls()).toBe(0);
  });

  it("that are no events are refused", async () => {
    const contentType = "multipart/form-data; boundary=x";
    const form = (text: string) => `--x\r\nContent-Disposition: form-data; name="json"\r\n\r\n${text}\r\n--x--\r\n`;
    expect((await post({ body: form("{}"), contentType })).status).toBe(400);
    expect((await post({ body: form("no json"), contentType })).status).toBe(400);
    expect((await post({ body: "no form", contentType })).status).toBe(400);
    expect((await post({ body: "{}", contentType: "application/json" })).status).toBe(400);
    expect((await post({ body: "json={}", contentType: "application/x-www-form-urlencoded" })).status).toBe(415);
    expect((await post({ body: form("x".repeat(300_000)), contentType })).status).toBe(413);
  });

  it("of nothing that we know are received and left", async () => {
    const { at, requestId } = await signedBySomebody();
    const other = await api.organization();
    for (const about of [
      {},
      { requestId: "unknown" },
      { requestId: at.id, metadata: {} },
      { requestId: at.id, metadata: { billgrid_reference: requestId } },
      { requestId: at.id, metadata: { billgrid_reference: "x", billgrid_organization: "y" } },
      // The request is another organization's: from here it cannot be seen.
      { requestId: at.id, metadata: { billgrid_reference: requestId, billgrid_organization: other.id } },
      { requestId: at.id, at: new Date(Date.now() - 8 * 24 * 3_600_000) },
    ]) {
      const response = await post(fake.event("signature_request_signed", about));
      expect([response.status, await response.text()]).toEqual([200, "Hello API Event Received"]);
    }
    expect((await post(fake.event("callback_test", {}))).status).toBe(200);
    await api.work();
    expect(calls()).toBe(0);
  });

  it("are believed in nothing but that something happened", async () => {
    const sent = await sentQuote();
    await tell("signature_request_all_signed", { requestId: sent.at.id });
    await tell("signature_request_declined", { requestId: sent.at.id, order: 0 });
    expect(await requestOf(sent)).toMatchObject({ status: "sent", signers: ["waiting", "waiting"] });
    expect((await quoteOf(sent)).status).toBe("SENT");
  });

  it("of one kind in one second about two requests are two", async () => {
    const [one, two] = [await signedBySomebody(), await signedBySomebody()];
    const at = new Date();
    for (const { at: request } of [one, two]) {
      await post(fake.event("signature_request_signed", { requestId: request.id, order: 0, at }));
    }
    await api.work();
    expect(await requestOf(one)).toMatchObject({ signers: ["signed", "waiting"] });
    expect(await requestOf(two)).toMatchObject({ signers: ["signed", "waiting"] });
  });

  it("find nobody where Dropbox Sign is not set up", async () => {
    const event = fake.event("callback_test", {});
    useDropboxSign(null);
    expect((await post(event)).status).toBe(404);
  });
});

describe("reminders", () => {
  it("are Dropbox Sign's, to whoever is to sign now, an hour apart", async () => {
    const sent = await sentQuote();
    const remind = () => sent.world.sales.command("remindSigners", "signers { name }", { quoteId: sent.quoteId });
    expect(await remind()).toMatchObject({ code: "REMINDED_RECENTLY" });
    await sent.world.organization.admin.done("setTestClock", "organization { id }", { now: "2026-11-03T11:00:00Z" });
    expect((await remind()).__typename).toBe("RemindSignersSuccess");
    await api.work();
    expect(sent.at.signatures.map(({ remindedAt }) => remindedAt !== null)).toEqual([true, false]);
    expect(await auditOf(sent)).toContain("quote.signer_reminded");
  });

  it("that Dropbox Sign refuses are in the audit trail", async () => {
    const sent = await sentQuote();
    await sent.world.organization.admin.done("setTestClock", "organization { id }", { now: "2026-11-03T11:00:00Z" });
    fake.fail("signatureRequestRemind", { kind: "answer", status: 400 });
    await sent.world.sales.done("remindSigners", "signers { name }", { quoteId: sent.quoteId });
    await api.work();
    expect(await auditOf(sent)).toContain("quote.signer_not_reminded");
  });
});

describe("signing inside a page that embeds Dropbox Sign", () => {
  const urlOf = async ({ world, requestId }: Sent, position: number) => {
    const { rows } = await runAs(world.organization.id, () =>
      query<{ id: string }>("SELECT id FROM signer WHERE request_id = $1 AND position = $2", [requestId, position]),
    );
    const asked = `query ($id: ID!) { signerEmbeddedUrl(signerId: $id) { url expiresAt code message } }`;
    return (await world.sales.data(asked, { id: rows[0]?.id })).signerEmbeddedUrl;
  };

  it("gives whoever is to sign an address, in turn, until all is signed", async () => {
    const sent = await sentQuote({ isEmbeddedAtProvider: true });
    expect(sent.at.isEmbedded).toBe(true);
    expect(await urlOf(sent, 1)).toMatchObject({
      code: null,
      url: expect.stringContaining(sent.at.signatures[0]?.id ?? "?"),
    });
    expect(await urlOf(sent, 2)).toMatchObject({ code: "NOT_YOUR_TURN" });
    fake.sign(sent.at.id, 0);
    await tell("signature_request_signed", { requestId: sent.at.id, order: 0 });
    expect(await urlOf(sent, 1)).toMatchObject({ code: "NOTHING_TO_SIGN" });
    expect(await urlOf(sent, 2)).toMatchObject({ url: expect.stringContaining(sent.at.signatures[1]?.id ?? "?") });
    fake.fail("embeddedSignUrl", { kind: "answer", status: 500 });
    expect(await urlOf(sent, 2)).toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });

  it("is refused where there is no client id, and for signers who are mailed", async () => {
    const quote = await approvedQuote();
    setUp({ clientId: null });
    const input = await sendInput(quote, { isEmbeddedAtProvider: true });
    expect(await quote.world.sales.command("sendQuote", "quote { id }", input)).toMatchObject({
      code: "EMBEDDING_NOT_SET_UP",
      path: ["isEmbeddedAtProvider"],
    });
    setUp();
    expect(await urlOf(await sentQuote(), 1)).toMatchObject({ code: "NOT_EMBEDDED_AT_PROVIDER" });
  });
});
