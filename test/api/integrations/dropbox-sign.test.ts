import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { readEnvironment } from "../../../server/environment";
import { createDropboxSign, type DropboxSignSettings } from "../../../server/integrations/dropbox-sign/dropbox-sign";
import { readDropboxSignEvent } from "../../../server/integrations/dropbox-sign/read-event";
import type { SignatureOrder } from "../../../server/integrations/dropbox-sign/signature-provider";
import { type FakeDropboxSign, type Fault, startDropboxSign } from "../../testkit/dropbox-sign";

const NOW = new Date("2026-11-03T09:00:00Z");
const USUAL = { isTestMode: false, timeoutMs: 20_000, now: () => NOW };
const toStop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
});

/** Dropbox Sign as described, and our side of it. */
async function start(settings: Partial<DropboxSignSettings> = {}) {
  const fake = await startDropboxSign(() => NOW);
  toStop.push(fake.stop);
  const { apiKey, clientId, url } = fake;
  return { fake, provider: createDropboxSign({ ...USUAL, apiKey, clientId, url, ...settings }) };
}

const order = (more: Partial<SignatureOrder> = {}): SignatureOrder => ({
  reference: "01890000-0000-7000-8000-000000000001",
  title: "Q-00012, version 2: Acme 2027",
  subject: "Please sign Q-00012",
  message: "Dear Ada,\nhere is what we agreed.",
  signers: [
    { name: "Ada Byron", email: "ada@acme.example", position: 0 },
    { name: "Grace O’Hopper", email: "grace@seller.example", position: 1 },
  ],
  pdf: Buffer.from("%PDF-1.7\n…\n%%EOF"),
  fileName: "Q-00012-v2.pdf",
  expiresAt: new Date("2026-12-03T00:00:00Z"),
  metadata: { organization: "01890000-0000-7000-8000-00000000000a" },
  isTest: true,
  isEmbedded: false,
  ...more,
});

/** What the provider made of the order; a failure is the test's mistake. */
async function sent({ provider }: Awaited<ReturnType<typeof start>>, more: Partial<SignatureOrder> = {}) {
  const answer = await provider.send(order(more));
  if (answer.outcome !== "done") throw new Error(answer.reason);
  return answer.value;
}

describe("the published description", () => {
  test("is kept by everything that is asked, and by every answer that is understood", async ({ skip }) => {
    const both = await start();
    const { fake, provider } = both;
    skip(!fake.isDescribed, "the description does not lie beside this checkout, in ../shared/contracts");
    const request = await sent(both);
    const embedded = await sent(both, { reference: "another", isEmbedded: true, expiresAt: null });
    await provider.status(request.id);
    await provider.find(order().reference);
    await provider.remind(request.id, { name: "Ada Byron", email: "ada@acme.example" });
    await provider.embeddedSignUrl(embedded.signatures[0]?.id ?? "");
    await provider.signedPdf(request.id);
    await provider.cancel(request.id);
    await provider.status(request.id);
    expect(fake.calls).toEqual([
      "signatureRequestSend",
      "signatureRequestCreateEmbedded",
      "signatureRequestGet",
      "signatureRequestList",
      "signatureRequestRemind",
      "embeddedSignUrl",
      "signatureRequestFiles",
      "signatureRequestCancel",
      "signatureRequestGet",
    ]);
    expect(fake.problems).toEqual([]);
  });

  test("is strict: what it does not name, or names otherwise, is a problem", async ({ skip }) => {
    const { fake } = await start();
    skip(!fake.isDescribed, "the description does not lie beside this checkout, in ../shared/contracts");
    const authorization = `Basic ${Buffer.from(`${fake.apiKey}:`).toString("base64")}`;
    const post = async (path: string, body: object) => {
      const headers = { "content-type": "application/json", authorization };
      await fetch(`${fake.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return fake.problems.splice(0).join("\n");
    };
    const signers = [{ name: "Ada", email_address: "ada@acme.example", order: 0 }];
    const right = { signers, files: ["bytes"], title: "T" };
    expect(await post("/signature_request/send", right)).toBe("");
    expect(await post("/signature_request/send", { ...right, titel: "T" })).toMatch(/titel/);
    expect(await post("/signature_request/send", { ...right, signers: "Ada" })).toMatch(/signers must be array/);
    expect(await post("/signature_request/send", { ...right, signers: [{ name: "Ada" }] })).toMatch(/email_address/);
    expect(await post("/signature_request/create_embedded", right)).toMatch(/client_id/);
    await fetch(`${fake.url}/signature_request/list?search=T`);
    expect(fake.problems.join("\n")).toMatch(/no authorization[\s\S]*unknown query parameter search/);
  });
});

test("a request goes out whole: signers in order, document, words, expiry, and our reference", async () => {
  const both = await start();
  const request = await sent(both);
  expect(both.fake.requests).toMatchObject([
    {
      title: "Q-00012, version 2: Acme 2027",
      subject: "Please sign Q-00012",
      message: "Dear Ada,\nhere is what we agreed.",
      isTest: true,
      isEmbedded: false,
      expiresAt: 1796256000,
      metadata: {
        billgrid_reference: order().reference,
        billgrid_search: "01890000000070008000000000000001",
        organization: "01890000-0000-7000-8000-00000000000a",
      },
      signatures: [
        { name: "Ada Byron", email: "ada@acme.example", order: 0 },
        { name: "Grace O’Hopper", email: "grace@seller.example", order: 1 },
      ],
    },
  ]);
  expect(both.fake.requests[0]?.pdf.equals(order().pdf)).toBe(true);
  expect(request).toMatchObject({
    id: both.fake.requests[0]?.id,
    reference: order().reference,
    isTest: true,
    state: "open",
    signatures: [
      { name: "Ada Byron", state: "waiting", signedAt: null },
      { name: "Grace O’Hopper", state: "waiting", signedAt: null },
    ],
  });
});

test("in test mode, and for a sandbox, all is practice", async () => {
  const [practice, live] = [await start({ isTestMode: true }), await start()];
  await sent(practice, { isTest: false });
  await sent(live, { isTest: false });
  await sent(live, { isTest: true, reference: "another" });
  expect(practice.fake.requests.map(({ isTest }) => isTest)).toEqual([true]);
  expect(live.fake.requests.map(({ isTest }) => isTest)).toEqual([false, true]);
});

test("signers at the same position sign at once", async () => {
  const both = await start();
  const [ada, grace] = order().signers;
  await sent(both, { signers: [ada, grace].flatMap((signer) => (signer ? [{ ...signer, position: 0 }] : [])) });
  expect(both.fake.requests[0]?.signatures.map((signature) => signature.order)).toEqual([0, 0]);
});

test.each([
  ["within a day", "2026-11-04T08:59:00Z", null],
  ["a day and an hour ahead", "2026-11-04T10:00:00Z", 1793786400],
  ["after more than ninety days", "2027-02-02T00:00:00Z", null],
])("an expiry %s is told only where Dropbox Sign takes it", async (_, expiresAt, told) => {
  const both = await start();
  await sent(both, { expiresAt: new Date(expiresAt) });
  expect(both.fake.requests[0]?.expiresAt).toBe(told);
});

test("a request is followed to its end: viewed, signed by one, signed by all, with the document", async () => {
  const both = await start();
  const { fake, provider } = both;
  const { id } = await sent(both);
  fake.view(id, 0);
  expect(await provider.status(id)).toMatchObject({
    value: {
      state: "open",
      signatures: [
        { state: "waiting", viewedAt: NOW },
        { state: "waiting", viewedAt: null },
      ],
    },
  });
  fake.sign(id, 0);
  expect(await provider.status(id)).toMatchObject({
    value: { state: "open", signatures: [{ state: "signed", signedAt: NOW }, { state: "waiting" }] },
  });
  fake.sign(id, 1);
  expect(await provider.status(id)).toMatchObject({ outcome: "done", value: { state: "signed" } });
  const pdf = await provider.signedPdf(id);
  expect(pdf.outcome === "done" && pdf.value.toString("utf8")).toMatch(/^%PDF-[\s\S]*signed by 2/);
});

test("a signer who declines says why, and what expired is expired", async () => {
  const both = await start();
  const [declined, expired] = [await sent(both), await sent(both, { reference: "two" })];
  both.fake.decline(declined.id, 0, "Too dear");
  both.fake.expire(expired.id);
  expect(await both.provider.status(declined.id)).toMatchObject({
    value: { state: "declined", signatures: [{ state: "declined", reason: "Too dear" }, {}] },
  });
  expect(await both.provider.status(expired.id)).toMatchObject({ value: { state: "expired" } });
});

test("what goes wrong with a signature is failed, and says how", async () => {
  const both = await start();
  const { id } = await sent(both);
  both.fake.breakDown(id, 1, "The address does not exist");
  expect(await both.provider.status(id)).toMatchObject({
    value: {
      state: "failed",
      signatures: [{ state: "waiting" }, { state: "failed", reason: "The address does not exist" }],
    },
  });
});

test("what was taken back is gone, and taking it back again is done too", async () => {
  const both = await start();
  const { id } = await sent(both);
  expect(await both.provider.cancel(id)).toEqual({ outcome: "done", value: null });
  expect(await both.provider.cancel(id)).toEqual({ outcome: "done", value: null });
  expect(await both.provider.status(id)).toEqual({ outcome: "done", value: "gone" });
  expect(await both.provider.status("another")).toEqual({ outcome: "done", value: "unknown" });
});

test("a request is found by our reference alone, the first one of several, and null where there is none", async () => {
  const both = await start();
  const first = await sent(both);
  await sent(both);
  await sent(both, { reference: "another" });
  expect(await both.provider.find(order().reference)).toMatchObject({ outcome: "done", value: { id: first.id } });
  expect(await both.provider.find("unknown")).toEqual({ outcome: "done", value: null });
});

test("embedded signing gives each signer an address, and needs a client id", async () => {
  const both = await start();
  const { signatures } = await sent(both, { isEmbedded: true });
  const [first] = signatures;
  expect(both.fake.requests[0]?.isEmbedded).toBe(true);
  expect(await both.provider.embeddedSignUrl(first?.id ?? "")).toEqual({
    outcome: "done",
    value: {
      url: `https://app.hellosign.com/editor/embeddedSign?signature_id=${first?.id}&token=x`,
      expiresAt: new Date("2026-11-03T10:00:00Z"),
    },
  });
  const without = await start({ clientId: null });
  expect(await without.provider.send(order({ isEmbedded: true }))).toEqual({
    outcome: "permanent",
    reason: "Embedded signing needs DROPBOX_SIGN_CLIENT_ID. An administrator has to set it.",
  });
  expect(without.fake.calls).toEqual([]);
});

test("the account is read from the surroundings, and not offered without a key", () => {
  const read = (variables: Record<string, string>) => readEnvironment(variables).dropboxSign;
  expect(read({ DROPBOX_SIGN_CLIENT_ID: "id" })).toBeNull();
  expect(read({ DROPBOX_SIGN_API_KEY: "key" })).toEqual({
    apiKey: "key",
    clientId: null,
    isTestMode: false,
    url: null,
  });
  const all = { DROPBOX_SIGN_API_KEY: "key", DROPBOX_SIGN_CLIENT_ID: "id", DROPBOX_SIGN_TEST_MODE: "true" };
  expect(read({ ...all, DROPBOX_SIGN_URL: "http://127.0.0.1:9/v3" })).toEqual({
    apiKey: "key",
    clientId: "id",
    isTestMode: true,
    url: "http://127.0.0.1:9/v3",
  });
  expect(() => read({ ...all, DROPBOX_SIGN_TEST_MODE: "yes" })).toThrow(/DROPBOX_SIGN_TEST_MODE/);
  expect(() => read({ ...all, DROPBOX_SIGN_URL: "api.hellosign.com" })).toThrow(/DROPBOX_SIGN_URL/);
});

describe("faults", () => {
  const temporary = (reason: RegExp, mayHaveHappened: boolean, retryAfterSeconds: number | null = null) => ({
    outcome: "temporary",
    reason: expect.stringMatching(reason),
    retryAfterSeconds,
    mayHaveHappened,
  });
  const after = async (fault: Fault) => {
    // Silence is waited for.
    const { fake, provider } = await start(fault.kind === "silence" ? { timeoutMs: 1_000 } : {});
    fake.fail("signatureRequestSend", fault);
    const answer = await provider.send(order());
    return { answer, made: fake.requests.length };
  };

  test.each<[string, Fault, boolean, RegExp]>([
    ["no answer to what was not done", { kind: "silence", isDone: false }, false, /did not answer in time/],
    ["no answer to what was done", { kind: "silence", isDone: true }, true, /did not answer in time/],
    ["a connection that breaks before", { kind: "hang_up", isDone: false }, false, /did not answer in time/],
    ["a connection that breaks after", { kind: "hang_up", isDone: true }, true, /did not answer in time/],
    ["an answer that is no JSON", { kind: "nonsense", isDone: true }, true, /could not be read/],
    ["an answer that is nothing", { kind: "nonsense", isDone: true, body: "null" }, true, /could not be read/],
    ["an answer without a request", { kind: "nonsense", isDone: true, body: "{}" }, true, /could not be read/],
    [
      "an answer of other shapes",
      { kind: "nonsense", isDone: true, body: '{"signature_request":{"signature_request_id":7,"signatures":"x"}}' },
      true,
      /could not be read/,
    ],
  ])("%s is temporary, and may have happened", async (_, fault, isMade, reason) => {
    const { answer, made } = await after(fault);
    expect(answer).toEqual(temporary(reason, true));
    expect(made).toBe(isMade ? 1 : 0);
  });

  test.each<[string, Record<string, string>, number | null]>([
    ["in seconds", { "retry-after": "37" }, 37],
    ["as an instant", { "retry-after": "Tue, 03 Nov 2026 09:02:00 GMT" }, 120],
    ["as the start of the next window", { "x-ratelimit-reset": String(NOW.getTime() / 1000 + 90) }, 90],
    ["in the past, which is now", { "retry-after": "Tue, 03 Nov 2026 08:00:00 GMT" }, 0],
    ["for a year, which is a day", { "retry-after": "31536000" }, 86_400],
    ["unreadably", { "retry-after": "soon" }, null],
    ["not at all", {}, null],
  ])("who is too fast is told when to come again, %s", async (_, headers, seconds) => {
    const { answer, made } = await after({ kind: "answer", status: 429, headers });
    expect(answer).toEqual(temporary(/slow down/, false, seconds));
    expect(made).toBe(0);
  });

  test.each([500, 502, 503])("an error of theirs, %i, is temporary and may have happened", async (status) => {
    const { answer } = await after({
      kind: "answer",
      status,
      body: "<html>sorry</html>",
      headers: { "retry-after": "5" },
    });
    expect(answer).toEqual(temporary(/out of order/, true, 5));
  });

  test("where nobody listens nothing has happened", async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const { port } = probe.address() as { port: number };
    await new Promise<void>((resolve) => probe.close(() => resolve()));
    const { provider } = await start({ url: `http://127.0.0.1:${port}/v3` });
    expect(await provider.send(order())).toEqual(temporary(/could not be reached/, false));
  });

  test.each([
    [400, "Dropbox Sign refused: Fault 400"],
    [402, "The plan of the Dropbox Sign account does not cover this. It says: Fault 402"],
    [403, "The Dropbox Sign account may not do this. It says: Fault 403"],
    [422, "Dropbox Sign refused: Fault 422"],
  ])("a refusal, %i, is permanent and said in words", async (status, reason) => {
    const { answer } = await after({ kind: "answer", status });
    expect(answer).toEqual({ outcome: "permanent", reason });
  });

  test("a wrong API key is said, and is not told", async () => {
    const { provider, fake } = await start({ apiKey: "s3cret-api-key" });
    fake.fail("signatureRequestSend", {
      kind: "answer",
      status: 401,
      body: JSON.stringify({ error: { error_name: "unauthorized", error_msg: "Unknown key s3cret-api-key" } }),
    });
    const answer = await provider.send(order());
    expect(answer).toMatchObject({
      outcome: "permanent",
      reason: expect.stringMatching(/does not accept the API key/),
    });
    expect(JSON.stringify(answer)).not.toContain("s3cret-api-key");
  });

  test("a document that is still being put together is worth another try", async () => {
    const both = await start();
    const { id } = await sent(both);
    both.fake.areFilesReady = false;
    expect(await both.provider.signedPdf(id)).toEqual(temporary(/cannot do this right now/, false));
    both.fake.fail("signatureRequestFiles", { kind: "nonsense", isDone: true, body: "<html>" });
    expect(await both.provider.signedPdf(id)).toEqual(temporary(/could not be read/, true));
  });

  test("a second reminder within the hour is refused in their words", async () => {
    const both = await start();
    const { id } = await sent(both);
    const ada = { name: "Ada Byron", email: "ada@acme.example" };
    expect(await both.provider.remind(id, ada)).toEqual({ outcome: "done", value: null });
    expect(await both.provider.remind(id, ada)).toEqual({
      outcome: "permanent",
      reason: "Dropbox Sign refused: A reminder was sent within the last hour",
    });
  });
});

describe("an event", () => {
  const jsonOf = (posted: ReturnType<FakeDropboxSign["event"]>) => /\r\n\r\n(.*)\r\n--/s.exec(posted.body)?.[1] ?? "";

  test("is read where its hash is right", async () => {
    const both = await start();
    const { id } = await sent(both);
    const json = jsonOf(both.fake.event("signature_request_signed", { requestId: id, order: 1, at: NOW }));
    expect(readDropboxSignEvent(json, both.fake.apiKey)).toEqual({
      kind: "event",
      event: {
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        type: "signature_request_signed",
        at: NOW,
        requestId: id,
        signatureId: both.fake.requests[0]?.signatures[1]?.id,
        reference: order().reference,
        message: null,
        metadata: both.fake.requests[0]?.metadata,
      },
    });
  });

  test("is forged where the key is another one, and where type, time or hash were changed", async () => {
    const { fake } = await start();
    const json = jsonOf(fake.event("signature_request_signed", { at: NOW }));
    const read = (text: string) => readDropboxSignEvent(text, fake.apiKey).kind;
    expect(read(json)).toBe("event");
    expect(read(jsonOf(fake.event("signature_request_signed", { at: NOW, apiKey: "other" })))).toBe("forged");
    expect(read(json.replace("request_signed", "request_declined"))).toBe("forged");
    expect(read(json.replace(/"event_time":"\d/, '"event_time":"2'))).toBe("forged");
    expect(read(json.replace(/"event_hash":"\w{8}/, '"event_hash":"00000000'))).toBe("forged");
    expect(read(json.replace(/"event_hash":"\w+/, '"event_hash":"0'))).toBe("forged");
  });

  test.each(["", "no json", "null", "[]", '{"event":{}}', '{"event":{"event_time":1}}'])("%j is no event", (text) => {
    expect(readDropboxSignEvent(text, "key").kind).toBe("unreadable");
  });
});
