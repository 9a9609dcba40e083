import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import {
  ADA,
  approvedQuote,
  linkTo,
  lookForExpiry,
  open,
  png,
  post,
  quoteOf,
  type SentQuote,
  send,
  sentQuote,
} from "./signing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
/** A frame of 16 by 16 with three components, and nothing in it. */
const JPEG = Buffer.from("ffd8ffc00011080010001003012200021101031101ffd9", "hex");
const MEGABYTE = 1024 * 1024;

type Uploaded = { readonly status: number; readonly body: Answer };

async function upload(
  { world, quoteId }: SentQuote,
  content: Buffer,
  { type = "application/pdf", name = "scan.pdf", token = world.sales.token } = {},
): Promise<Uploaded> {
  const response = await fetch(`${api.url}/quotes/${quoteId}/paper-scans?fileName=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { "content-type": type, ...(token && { authorization: `Bearer ${token}` }) },
    body: new Uint8Array(content),
  });
  return { status: response.status, body: await response.json() };
}

const record = ({ world, quoteId }: SentQuote, scanId: string, more: object = {}) =>
  world.sales.command("recordPaperSignature", "quote { status }", {
    quoteId,
    scanId,
    signers: [{ name: "Ada Byron", title: "Chief executive", signedOn: "2026-11-03" }],
    ...more,
  });

describe("a signature on paper", () => {
  test("completes a quote that was sent on paper, with the scan among its documents", async () => {
    const quote = await approvedQuote(api);
    expect(await send(quote, { provider: "PAPER", signers: [] })).toMatchObject({ quote: { status: "SENT" } });
    const { body } = await upload(quote, PDF, { name: "../Signed offer.PDF" });
    expect(await record(quote, body.scanId)).toMatchObject({ quote: { status: "SIGNED" } });
    const after = await quoteOf(quote);
    const sha256 = createHash("sha256").update(PDF).digest("hex");
    expect(after.documents.at(-1)).toMatchObject({ kind: "PAPER", fileName: "Signed offer.pdf", sha256 });
    expect(after.signatureRequest).toMatchObject({
      provider: "PAPER",
      status: "COMPLETED",
      signers: [{ name: "Ada Byron", status: "SIGNED", signatureKind: "PAPER", signedAt: "2026-11-03T00:00:00.000Z" }],
    });
    expect(after.history.map(({ kind }: Answer) => kind).slice(-2)).toEqual(["SIGNER_SIGNED", "SIGNED"]);
    const { url } = await quote.world.sales.done("createQuoteLink", "url", { quoteId: quote.quoteId });
    expect((await open(url)).text).toContain("Everybody has signed");
    const scan = await fetch(`${url}/signed.pdf`);
    expect(Buffer.from(await scan.arrayBuffer()).equals(PDF)).toBe(true);
  });

  test("takes back the signatures that are asked for on our page", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const { body } = await upload(quote, JPEG, { type: "image/jpeg", name: "photo.jpeg" });
    expect(await record(quote, body.scanId)).toMatchObject({ quote: { status: "SIGNED" } });
    const { quote: read } = await quote.world.sales.data(
      "query ($id: ID!) { quote(id: $id) { signatureRequests { provider status statusReason } documents { kind contentType } } }",
      { id: quote.quoteId },
    );
    expect(read.signatureRequests).toEqual([
      { provider: "EMBEDDED", status: "WITHDRAWN", statusReason: "Signed on paper." },
      { provider: "PAPER", status: "COMPLETED", statusReason: null },
    ]);
    expect(read.documents.at(-1)).toEqual({ kind: "PAPER", contentType: "image/jpeg" });
    expect((await post(`${link}/sign`, { kind: "typed", signature: "Ada", consent: "yes" })).status).toBe(409);
  });

  it("counts by the day of signing, which lies neither ahead nor after the last day", async () => {
    const quote = await sentQuote(api, { expiresOn: "2026-11-03" });
    const { body } = await upload(quote, PDF);
    const on = (signedOn: string) => record(quote, body.scanId, { signers: [{ name: "Ada", signedOn }] });
    expect(await on("2026-11-04")).toMatchObject({
      code: "SIGNED_IN_THE_FUTURE",
      path: ["signers", "0", "signedOn"],
    });
    const setClock = (now: string) =>
      quote.world.organization.admin.done("setTestClock", "organization { id }", { now });
    await setClock("2026-11-05T09:00:00Z");
    expect(await on("2026-11-04")).toMatchObject({ code: "QUOTE_EXPIRED" });
    expect(await on("2026-11-03")).toMatchObject({ quote: { status: "SIGNED" } });
  });

  it("given in time counts although the quote has expired since and its signatures were taken back", async () => {
    const quote = await sentQuote(api, { expiresOn: "2026-11-03" });
    const link = await linkTo(api, quote, ADA.email);
    const { body } = await upload(quote, PDF);
    await quote.world.organization.admin.done("setTestClock", "organization { id }", { now: "2026-11-05T09:00:00Z" });
    await lookForExpiry(api, quote.world);
    expect(await quoteOf(quote)).toMatchObject({ status: "EXPIRED", signatureRequest: { status: "WITHDRAWN" } });
    expect((await open(link)).text).toContain("The last day of this offer is over");
    const on = (signedOn: string) => record(quote, body.scanId, { signers: [{ name: "Ada", signedOn }] });
    expect(await on("2026-11-04")).toMatchObject({ code: "QUOTE_EXPIRED" });
    expect(await on("2026-11-03")).toMatchObject({ quote: { status: "SIGNED" } });
    const after = await quoteOf(quote);
    expect(after).toMatchObject({ statusReason: null, signatureRequest: { provider: "PAPER", status: "COMPLETED" } });
    expect(
      after.history
        .map(({ kind }: Answer) => kind)
        .filter((kind: string) => kind !== "VIEWED")
        .slice(-3),
    ).toEqual(["EXPIRED", "SIGNER_SIGNED", "SIGNED"]);
    await lookForExpiry(api, quote.world);
    expect(await quoteOf(quote)).toMatchObject({ status: "SIGNED" });
  });

  it("does not count for an offer that expired before anybody was sent it", async () => {
    const quote = await approvedQuote(api);
    const { version } = await quoteOf(quote);
    const { sales, organization } = quote.world;
    await sales.done("updateQuote", "quote { id }", { id: quote.quoteId, version, expiresOn: "2026-11-03" });
    await organization.admin.done("setTestClock", "organization { id }", { now: "2026-11-05T09:00:00Z" });
    await lookForExpiry(api, quote.world);
    const { body } = await upload(quote, PDF);
    expect(await record(quote, body.scanId)).toMatchObject({ code: "QUOTE_NOT_SENT" });
    expect(await quoteOf(quote)).toMatchObject({ status: "EXPIRED" });
  });

  it("needs a sent quote, a signer and a scan of this quote, which is filed once", async () => {
    const quote = await sentQuote(api);
    const other = await sentQuote(api);
    const { body } = await upload(quote, PDF);
    expect(await record(quote, body.scanId, { signers: [] })).toMatchObject({ code: "SIGNERS_MISSING" });
    expect(await record(quote, "0190c5b0-0000-7000-8000-000000000000")).toMatchObject({ code: "SCAN_NOT_FOUND" });
    expect(await record(other, body.scanId)).toMatchObject({ code: "SCAN_NOT_FOUND", path: ["scanId"] });
    const draft = await approvedQuote(api);
    expect(await record(draft, (await upload(draft, PDF)).body.scanId)).toMatchObject({ code: "QUOTE_NOT_SENT" });
    expect(await record(quote, body.scanId)).toMatchObject({ quote: { status: "SIGNED" } });
    expect(await record(quote, body.scanId)).toMatchObject({ code: "ALL_SIGNED" });
  });
});

describe("a scan", () => {
  test.each([
    ["a PDF", PDF, "application/pdf"],
    ["a PNG", png(3, 3, () => true), "image/png"],
    ["a JPEG", JPEG, "image/jpeg"],
  ])("may be %s, whatever it is declared to be", async (_what, content) => {
    const quote = await sentQuote(api);
    expect(await upload(quote, content, { type: "application/octet-stream" })).toMatchObject({ status: 201 });
  });

  test.each([
    ["a page that says it is a PDF", Buffer.from("<html><script>alert(1)</script></html>")],
    ["a program", Buffer.from([0x4d, 0x5a, 0x90, 0x00])],
    ["half a PDF", PDF.subarray(0, 20)],
    ["nothing", Buffer.alloc(0)],
  ])("is not %s", async (_what, content) => {
    const quote = await sentQuote(api);
    const { status, body } = await upload(quote, content);
    expect([status, body.code, body.path]).toEqual([415, "SCAN_TYPE_UNKNOWN", ["content"]]);
  });

  it("has at most ten megabytes", async () => {
    const quote = await sentQuote(api);
    const ofSize = (size: number) => Buffer.concat([PDF, Buffer.alloc(size - 2 * PDF.length, 32), PDF]);
    expect((await upload(quote, ofSize(10 * MEGABYTE))).status).toBe(201);
    const { status, body } = await upload(quote, ofSize(10 * MEGABYTE + 1));
    expect([status, body.code, body.path]).toEqual([413, "SCAN_TOO_LARGE", ["content"]]);
  });

  it("is taken from those who may change quotes, of their own organization", async () => {
    const quote = await sentQuote(api);
    const stranger = await sentQuote(api);
    const analyst = await quote.world.organization.as("analyst");
    expect((await upload(quote, PDF, { token: "" })).status).toBe(401);
    expect((await upload(quote, PDF, { token: "bgk_nobody" })).status).toBe(401);
    expect((await upload(quote, PDF, { token: analyst.token })).status).toBe(403);
    const foreign = await upload(quote, PDF, { token: stranger.world.sales.token });
    expect([foreign.status, foreign.body.code]).toEqual([404, "QUOTE_NOT_FOUND"]);
  });
});
