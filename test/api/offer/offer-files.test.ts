import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendSignatures } from "../../../server/integrations/pdf/append-signatures";
import { keepOffer } from "../../../server/modules/offer";
import { insertQuoteDocument, lockQuote, quoteDocumentContent } from "../../../server/modules/quote";
import { inTransaction } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Client, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { readPdf } from "../integrations/read-pdf";
import { drawnSignature, sampleRecord } from "../integrations/sample-signatures";
import { type QuoteWorld, quoteWorld, simpleQuote } from "../quote/quote-world";
import { NOW, offerOfQuote, withVersion } from "./offer-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const get = (client: Client | null, path: string) =>
  fetch(`${api.url}${path}`, { headers: client ? { authorization: `Bearer ${client.token}` } : {} });

const attach = (client: Client, quoteId: string, content: Buffer, { fileName = "scan.pdf", key = newId() } = {}) =>
  fetch(`${api.url}/quotes/${quoteId}/documents?fileName=${encodeURIComponent(fileName)}`, {
    method: "POST",
    headers: { authorization: `Bearer ${client.token}`, "idempotency-key": key, "content-type": "application/pdf" },
    body: new Uint8Array(content),
  });

const keep = (world: QuoteWorld, id: string) =>
  withVersion(world, id, (_quote, version) =>
    inTransaction(async () => {
      const quote = await lockQuote(id);
      if (!quote) throw new Error("no quote");
      return keepOffer(quote, version, [{ position: 1, name: "Ada Byron", title: "CFO" }], NOW);
    }),
  );

describe("the PDF of an offer", () => {
  test("is kept once, and then always the same bytes", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const first = await keep(world, id);
    expect(await keep(world, id)).toEqual(first);
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { offer { id url sha256 fileName size } current { offer { id } } } }`,
      { id },
    );
    expect(quote.offer).toMatchObject({ id: first.id, sha256: first.sha256, fileName: "Q-00001-v1.pdf" });
    expect(quote.current.offer.id).toBe(first.id);
    const response = await get(world.sales, quote.offer.url);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(hashOf(bytes)).toBe(first.sha256);
    const { text } = await readPdf(bytes);
    for (const said of ["Acme 2027", "Seat", "£15.00 per seat and month", "Ada Byron", "CFO"]) {
      expect(text).toContain(said);
    }
  });

  test("can be looked at as a draft, marked so, before it is sent; nothing is kept", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const ask = `query ($id: ID!) { quote(id: $id) { offer { id } documents { id } current { previewUrl } } }`;
    const { quote } = await world.sales.data(ask, { id });
    const response = await get(world.sales, quote.current.previewUrl);
    const { pages } = await readPdf(Buffer.from(await response.arrayBuffer()));
    for (const page of pages) expect(page).toContain("DRAFT");
    expect((await world.sales.data(ask, { id })).quote).toMatchObject({ offer: null, documents: [] });
  });

  test("is nothing for people without an account, or of another organization", async () => {
    const [world, other] = [await quoteWorld(api), await quoteWorld(api)];
    const { id } = await simpleQuote(world);
    const { id: documentId } = await keep(world, id);
    const { quote } = await world.sales.data(`query ($id: ID!) { quote(id: $id) { current { previewUrl } } }`, { id });
    for (const path of [`/quotes/documents/${documentId}`, quote.current.previewUrl]) {
      expect((await get(null, path)).status).toBe(401);
      expect((await get(other.sales, path)).status).toBe(404);
    }
    expect((await get(world.sales, "/quotes/documents/x")).status).toBe(404);
    expect((await get(world.sales, "/quotes/previews/x.pdf")).status).toBe(404);
  });
});

describe("the template of offers", () => {
  const template = "organization { offerTemplate { introduction closing hasLogo version } }";

  test("begins and ends every offer, with a logo in the place of the name", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const logo = drawnSignature().toString("base64");
    await world.organization.admin.done("setOfferTemplate", "version", {
      version: 0,
      introduction: "Dear customer,\n\nthank you.",
      closing: "1. Everything holds.",
      logo,
    });
    await world.organization.admin.done("setOfferTemplate", "version", { version: 1, closing: "2. It still holds." });
    expect((await world.sales.data(`{ ${template} }`)).organization.offerTemplate).toEqual({
      introduction: "Dear customer,\n\nthank you.",
      closing: "2. It still holds.",
      hasLogo: true,
      version: 2,
    });
    expect(await offerOfQuote(world, id)).toMatchObject({
      introduction: "Dear customer,\n\nthank you.",
      closing: "2. It still holds.",
      seller: { logo: { contentType: "image/png" } },
    });
    const { pages } = await readPdf(
      Buffer.from(
        await (
          await get(
            world.sales,
            (
              await world.sales.data(`query ($id: ID!) { quote(id: $id) { current { previewUrl } } }`, { id })
            ).quote.current.previewUrl,
          )
        ).arrayBuffer(),
      ),
    );
    expect(pages.join(" ")).toContain("2. It still holds.");
  });

  test("is for administrators, and made on its latest version", async () => {
    const world = await quoteWorld(api);
    const refused = await world.sales.ask(
      `mutation ($input: SetOfferTemplateInput!) { setOfferTemplate(input: $input) { __typename } }`,
      { input: { version: 0, introduction: "x", idempotencyKey: newId() } },
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe("FORBIDDEN");
    const set = (version: number) =>
      world.organization.admin.command("setOfferTemplate", "version", { version, introduction: "x" });
    expect((await set(0)).__typename).toBe("SetOfferTemplateSuccess");
    expect((await set(0)).__typename).toBe("StaleVersion");
  });

  const png = drawnSignature();
  const broken = Buffer.from(png);
  broken[60] = (broken[60] ?? 0) ^ 1;
  test.each([
    ["no picture", Buffer.from("<svg/>").toString("base64"), "LOGO_UNREADABLE"],
    ["a PNG with a wrong byte", broken.toString("base64"), "LOGO_UNREADABLE"],
    ["a PNG cut off", png.subarray(0, 400).toString("base64"), "LOGO_UNREADABLE"],
    ["no base64", "§§§", "BASE64_MALFORMED"],
    ["too many pixels", drawnSignature(4001, 10).toString("base64"), "LOGO_TOO_LARGE"],
    ["too many bytes", Buffer.alloc(600 * 1024, 1).toString("base64"), "LOGO_TOO_LARGE"],
  ])("takes no logo that cannot be drawn: %s", async (_what, logo, code) => {
    const { admin } = await api.organization();
    const refused = await admin.command("setOfferTemplate", "version", { version: 0, logo });
    expect(problemsOf(refused)).toEqual([`${code} at logo`]);
  });
});

describe("a file attached to a quote", () => {
  const pdf = Buffer.from("%PDF-1.7\n…\n%%EOF\n");

  test("is kept under a safe name with the type that its bytes say, once per key", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const key = newId();
    const first = await attach(world.sales, id, drawnSignature(), { fileName: '../Übersicht "1".pdf', key });
    const attached = (await first.json()) as { documentId: string; url: string };
    expect(first.status).toBe(201);
    const again = await attach(world.sales, id, drawnSignature(), { fileName: '../Übersicht "1".pdf', key });
    expect(await again.json()).toEqual(attached);
    expect((await attach(world.sales, id, pdf, { key })).status).toBe(409);
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { documents { id kind fileName contentType url } } }`,
      { id },
    );
    expect(quote.documents).toEqual([
      {
        id: attached.documentId,
        kind: "ATTACHMENT",
        fileName: "Ubersicht _1_.png",
        contentType: "image/png",
        url: attached.url,
      },
    ]);
    const response = await get(world.sales, attached.url);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await response.arrayBuffer()).equals(drawnSignature())).toBe(true);
  });

  test("of the wrong kind, empty, too large, without a key or without a quote is refused with the reason", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
    expect(await codeOf(await attach(world.sales, id, Buffer.from("MZ")))).toEqual([422, "FILE_TYPE_UNKNOWN"]);
    expect(await codeOf(await attach(world.sales, id, Buffer.alloc(0)))).toEqual([422, "FILE_EMPTY"]);
    expect(await codeOf(await attach(world.sales, id, Buffer.alloc(10 * 1024 * 1024 + 1)))).toEqual([
      413,
      "FILE_TOO_LARGE",
    ]);
    expect(await codeOf(await attach(world.sales, id, pdf, { key: "" }))).toEqual([422, "IDEMPOTENCY_KEY_MISSING"]);
    expect(await codeOf(await attach(world.sales, newId(), pdf))).toEqual([404, "QUOTE_NOT_FOUND"]);
    const analyst = await world.organization.as("analyst");
    expect((await attach(analyst, id, pdf)).status).toBe(403);
    expect((await fetch(`${api.url}/quotes/${id}/documents`, { method: "POST", body: pdf })).status).toBe(401);
  });
});

describe("the check of a signed document", () => {
  const check = `query ($id: ID!, $content: String) { checkSignedDocument(quoteId: $id, content: $content)
    { code message isIntact isOfferIntact document { kind } } }`;

  test("compares what is kept, and what somebody sends", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    expect((await world.sales.data(check, { id })).checkSignedDocument).toMatchObject({ code: "NOTHING_SIGNED" });

    const offer = await keep(world, id);
    const signed = await withVersion(world, id, async (quote, version) => {
      const content = (await quoteDocumentContent(offer.id)) as Buffer;
      const bytes = await appendSignatures(content, sampleRecord(content));
      const facts = { quoteId: quote.id, versionOrdinal: version.ordinal, kind: "signed", createdBy: "Test" } as const;
      const file = { fileName: "signed.pdf", contentType: "application/pdf", content: bytes };
      await insertQuoteDocument({ ...facts, ...file }, NOW);
      return bytes;
    });
    const codeOf = async (content: Buffer | null) =>
      (await world.sales.data(check, { id, content: content?.toString("base64") ?? null })).checkSignedDocument;
    expect(await codeOf(null)).toMatchObject({ code: "INTACT", isIntact: true, document: { kind: "SIGNED" } });
    expect(await codeOf(signed)).toMatchObject({ code: "INTACT", isIntact: true });
    const changed = Buffer.from(signed);
    changed[1_000] = (changed[1_000] ?? 0) ^ 1;
    expect(await codeOf(changed)).toMatchObject({ code: "OFFER_CHANGED", isIntact: false, isOfferIntact: false });
    expect(await codeOf(Buffer.concat([signed, Buffer.from(" ")]))).toMatchObject({
      code: "APPENDED",
      isOfferIntact: true,
    });
  });
});
