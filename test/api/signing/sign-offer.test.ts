import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { readPdf } from "../integrations/read-pdf";
import {
  ADA,
  chunk,
  DRAWN,
  dataUrl,
  filledIn,
  GRACE,
  linkTo,
  mailsTo,
  open,
  type Page,
  png,
  post,
  quoteOf,
  sentQuote,
  sign,
} from "./signing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const hashOf = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
const documentOf = ({ documents }: Answer, kind: string) =>
  documents.find((document: Answer) => document.kind === kind);
const bytes = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
const kindsOf = ({ history }: Answer): string[] => history.map(({ kind }: Answer) => kind);
const statesOf = ({ signatureRequest }: Answer): string[] =>
  signatureRequest.signers.map(({ status, isOnTurn }: Answer) => (isOnTurn ? `${status}, on turn` : status));
const isTaken = (page: Page) => page.status === 303;

describe("a signature", () => {
  test("is given by the mailed link with a typed name, and proves what was signed", async () => {
    const quote = await sentQuote(api, { message: "Dear Ada,\nas discussed." });
    const [invitation] = await mailsTo(api, quote, ADA.email);
    expect(invitation?.subject).toBe(`Please sign: Acme 2027 (Q-00001) from ${quote.seller}`);
    expect(invitation?.text).toContain("as discussed.");
    const link = await linkTo(api, quote, ADA.email);
    const page = await open(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain("You sign as <strong><bdi>Ada Byron</bdi></strong>, <bdi>Chief executive</bdi>");
    expect(page.text).toContain("£7,620.00");
    const signed = await post(`${link}/sign`, filledIn(page), { "user-agent": "Test browser" });
    expect([signed.status, signed.headers.get("location")]).toEqual([303, `${new URL(link).pathname}#standing`]);

    const after = await quoteOf(quote);
    const offer = documentOf(after, "OFFER");
    expect(after.status).toBe("SIGNED");
    expect(after.signatureRequest).toMatchObject({
      status: "COMPLETED",
      documentSha256: offer.sha256,
      completedAt: "2026-11-03T09:00:00.000Z",
      signers: [
        {
          status: "SIGNED",
          signatureKind: "TYPED",
          signedAt: "2026-11-03T09:00:00.000Z",
          documentSha256: offer.sha256,
          ip: "127.0.0.1",
          browser: "Test browser",
        },
      ],
    });
    expect(after.signatureRequest.signers[0].consent).toContain(`version 1 of offer Q-00001 from ${quote.seller}`);
    expect(kindsOf(after).slice(-4)).toEqual(["SENT", "VIEWED", "SIGNER_SIGNED", "SIGNED"]);

    const [offerPdf, signedPdf] = [await bytes(`${link}/offer.pdf`), await bytes(`${link}/signed.pdf`)];
    expect(hashOf(offerPdf)).toBe(offer.sha256);
    expect(hashOf(signedPdf)).toBe(documentOf(after, "SIGNED").sha256);
    // The signed document begins with the very bytes that were signed.
    expect(signedPdf.subarray(0, offerPdf.length).equals(offerPdf)).toBe(true);
    await api.work();
    const confirmation = (await mailsTo(api, quote, ADA.email)).find(({ subject }) => subject?.startsWith("Signed:"));
    expect(hashOf(confirmation?.attachments[0]?.content ?? Buffer.alloc(0))).toBe(hashOf(signedPdf));
  });

  test("may be drawn", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    expect(isTaken(await sign(link, { kind: "drawn", signature: "", drawing: DRAWN }))).toBe(true);
    const { signatureRequest } = await quoteOf(quote);
    expect(signatureRequest.signers[0]).toMatchObject({ status: "SIGNED", signatureKind: "DRAWN" });
  });

  test("drawn is kept as its picture alone: what else its file brings can neither hide it nor spoil the document", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    const picture = png(300, 100, (x, y) => Math.abs(x / 3 - y) < 2);
    const behindHeader = 8 + 25;
    // An animation takes the pixels for its own first frame; read as it is, nothing of them is left to print.
    const animated = Buffer.concat([
      picture.subarray(0, behindHeader),
      chunk("fcTL", Buffer.alloc(26)),
      chunk("tEXt", Buffer.alloc(100_000, 65)),
      picture.subarray(behindHeader),
    ]);
    const drawn = { kind: "drawn", signature: "", drawing: dataUrl(animated) };
    expect(isTaken(await sign(await linkTo(api, quote, ADA.email), drawn))).toBe(true);
    await api.work();
    const grace = await linkTo(api, quote, GRACE.email);
    expect(isTaken(await sign(grace, { signature: "Grace Hopper" }))).toBe(true);
    expect(await quoteOf(quote)).toMatchObject({ status: "SIGNED" });
  });

  test.each([
    ["in any script", "Ада Байрон 李 שלום 😀"],
    ["with letters that no font has", "Ada \u0378\u{10fffd}\u{e0041} \ufeff"],
    ["with what turns the writing round", "\u202eAda\u2066 Byron"],
    ["under a heap of accents", `A${"\u0301".repeat(99)}`],
  ])("may be typed %s, and the document can be made", async (_how, signature) => {
    const quote = await sentQuote(api);
    expect(isTaken(await sign(await linkTo(api, quote, ADA.email), { signature }))).toBe(true);
    expect(await quoteOf(quote)).toMatchObject({ status: "SIGNED" });
  });

  test("stands in the record with whatever led to it, at its time", async () => {
    const quote = await sentQuote(api);
    const setClock = (now: string) =>
      quote.world.organization.admin.done("setTestClock", "organization { id }", { now });
    const link = await linkTo(api, quote, ADA.email);
    const page = await open(link);
    await setClock("2026-11-04T10:30:00Z");
    await open(`${link}/offer.pdf`);
    await setClock("2026-11-05T11:00:05Z");
    await post(`${link}/sign`, filledIn(page));
    const { text } = await readPdf(await bytes(`${link}/signed.pdf`));
    const [, happened = ""] = text.split("What happened");
    expect(happened).toMatch(
      /Sent by test sales 3 November 2026, 09:00:00 .* Page opened by Ada Byron 3 November 2026, 09:00:00 .* PDF opened by Ada Byron 4 November 2026, 10:30:00 .* Signed by Ada Byron 5 November 2026, 11:00:05/,
    );
  });

  test("leaves an audit event in the name of the signer", async () => {
    const quote = await sentQuote(api);
    await sign(await linkTo(api, quote, ADA.email));
    const { auditEvents } = await quote.world.organization.admin.data(
      "query ($id: ID!) { auditEvents(subjectId: $id, first: 50) { nodes { actorKind actorName action } } }",
      { id: quote.quoteId },
    );
    expect(auditEvents.nodes).toContainEqual({
      actorKind: "SIGNER",
      actorName: "Ada Byron",
      action: "quote.signer_signed",
    });
  });

  test("twice is once", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    const link = await linkTo(api, quote, ADA.email);
    const page = await open(link);
    const first = await post(`${link}/sign`, filledIn(page));
    const second = await post(`${link}/sign`, filledIn(page, { signature: "Somebody else" }));
    expect([isTaken(first), isTaken(second)]).toEqual([true, true]);
    const after = await quoteOf(quote);
    expect(kindsOf(after).filter((kind) => kind === "SIGNER_SIGNED")).toHaveLength(1);
    expect(statesOf(after)).toEqual(["SIGNED", "WAITING, on turn"]);
  });

  test("given five times at once is given once", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const page = await open(link);
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(`${link}/sign`, filledIn(page))));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
    const after = await quoteOf(quote);
    expect(kindsOf(after).filter((kind) => kind === "SIGNED" || kind === "SIGNER_SIGNED")).toHaveLength(2);
    expect(after.documents.map(({ kind }: Answer) => kind)).toEqual(["OFFER", "SIGNED"]);
  });
});

describe("several signers", () => {
  test("sign one after the other, each asked when it is their turn", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    expect(await mailsTo(api, quote, GRACE.email)).toEqual([]);
    expect(statesOf(await quoteOf(quote))).toEqual(["WAITING, on turn", "WAITING"]);
    const ada = await linkTo(api, quote, ADA.email);
    await sign(ada);
    expect(await quoteOf(quote)).toMatchObject({ status: "SENT" });
    expect((await open(ada)).text).toContain("Still to sign: Grace Hopper.");
    expect((await open(`${ada}/signed.pdf`)).status).toBe(404);
    await api.work();
    await sign(await linkTo(api, quote, GRACE.email), { signature: "Grace Hopper" });
    const after = await quoteOf(quote);
    expect([after.status, ...statesOf(after)]).toEqual(["SIGNED", "SIGNED", "SIGNED"]);
    const page = await open(ada);
    expect(page.text).toContain("Everybody has signed");
    expect(page.text).toContain("3 November 2026 at 09:00 (Europe/London)");
    await api.work();
    for (const { email } of [ADA, GRACE]) {
      const subjects = (await mailsTo(api, quote, email)).map(({ subject }) => subject?.split(":")[0]);
      expect(subjects.toSorted()).toEqual(["Please sign", "Signed"]);
    }
  });

  test("may be of both parties: the seller signs last, for itself", async () => {
    const seller = { name: "Joan Clarke", email: "joan@seller.example", title: "Director", party: "SELLER" };
    const quote = await sentQuote(api, {
      signers: [
        { ...seller, position: 2 },
        { ...ADA, position: 1 },
      ],
    });
    await sign(await linkTo(api, quote, ADA.email));
    await api.work();
    await sign(await linkTo(api, quote, seller.email), { signature: "Joan Clarke" });
    const { status, signatureRequest } = await quoteOf(quote);
    expect([status, ...signatureRequest.signers.map(({ name }: Answer) => name)]).toEqual([
      "SIGNED",
      "Ada Byron",
      "Joan Clarke",
    ]);
  });

  test("at the same position sign at once, and only one of them is the last", async () => {
    const quote = await sentQuote(api, {
      signers: [
        { ...ADA, position: 1 },
        { ...GRACE, position: 1 },
      ],
    });
    const links = await Promise.all([ADA, GRACE].map(({ email }) => linkTo(api, quote, email)));
    const pages = await Promise.all(links.map((link) => open(link)));
    const answers = await Promise.all(
      links.map((link, index) => post(`${link}/sign`, filledIn(pages[index] as Page, { signature: "Both" }))),
    );
    expect(answers.map(isTaken)).toEqual([true, true]);
    const after = await quoteOf(quote);
    expect(after.status).toBe("SIGNED");
    expect(kindsOf(after).filter((kind) => kind === "SIGNED")).toHaveLength(1);
  });

  test("whose turn it is not yet are told who comes first", async () => {
    const quote = await sentQuote(api, {
      signers: [
        { ...ADA, position: 1 },
        { ...GRACE, position: 1 },
      ],
    });
    const grace = await linkTo(api, quote, GRACE.email);
    const { signatureRequest } = await quoteOf(quote);
    // Another signer comes before Grace after all: only the database can say so.
    await api.database.owner.query("ALTER TABLE signer DISABLE TRIGGER keep_signature");
    await api.database.owner.query("SELECT set_config('billgrid.organization_id', $1, false)", [
      quote.world.organization.id,
    ]);
    await api.database.owner.query("UPDATE signer SET position = 2 WHERE id = $1", [
      signatureRequest.signers.find(({ name }: Answer) => name === GRACE.name).id,
    ]);
    await api.database.owner.query("ALTER TABLE signer ENABLE TRIGGER keep_signature");
    expect((await open(grace)).text).toContain("It is not your turn yet, Grace Hopper");
    const refused = await post(`${grace}/sign`, {
      kind: "typed",
      signature: "Grace",
      consent: "yes",
      documentSha256: signatureRequest.documentSha256,
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("Ada Byron signs first.");
  });
});

describe("what is no signature", () => {
  const refusedWith = async (fields: Record<string, string>): Promise<Page> => {
    const quote = await sentQuote(api);
    const page = await sign(await linkTo(api, quote, ADA.email), fields);
    expect(await quoteOf(quote)).toMatchObject({ status: "SENT" });
    return page;
  };

  it("is refused at its field, and what was typed stays", async () => {
    const page = await refusedWith({ signature: "  ", consent: "" });
    expect(page.status).toBe(422);
    expect(page.text).toContain("Type your full name.");
    expect(page.text).toContain("Tick the box to agree that you sign electronically.");
    expect(page.text).toContain('aria-describedby="signature-problem"');
    const kept = await refusedWith({ signature: `Ada "Countess" <b>`, consent: "" });
    expect(kept.text).toContain('value="Ada &quot;Countess&quot; &lt;b&gt;"');
  });

  test.each([
    ["nothing drawn", "", "Draw your signature in the box."],
    ["a blank page", dataUrl(png(300, 100, () => false)), "Draw your signature in the box."],
    ["another kind of file", `data:image/png;base64,${Buffer.from("GIF89a").toString("base64")}`, "could not be read"],
    ["another address", "https://example.com/signature.png", "could not be read"],
    ["half a picture", dataUrl(png(300, 100, (x) => x > 5).subarray(0, -20)), "could not be read"],
    ["a picture that is too wide", dataUrl(png(2_401, 1, () => true)), "could not be read"],
    [
      "a drawing of more than 200 kB",
      dataUrl(Buffer.concat([png(300, 100, (x) => x > 5), Buffer.alloc(200_001)])),
      "The drawing is too large.",
    ],
  ])("is %s", async (_what, drawing, words) => {
    const page = await refusedWith({ kind: "drawn", drawing });
    expect(page.status).toBe(422);
    expect(page.text).toContain(words);
  });

  it("is a form of a megabyte", async () => {
    const page = await refusedWith({ kind: "drawn", drawing: `data:image/png;base64,${"A".repeat(1_000_000)}` });
    expect(page.status).toBe(413);
    expect(page.text).toContain("too large");
  });

  it("is another body than a form", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const response = await fetch(`${link}/sign`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "typed", signature: "Ada", consent: "yes" }),
    });
    expect(response.status).toBe(415);
  });

  it("is a signature on another document than the one on record", async () => {
    const page = await refusedWith({ documentSha256: "0".repeat(64) });
    expect(page.status).toBe(409);
    expect(page.text).toContain("another document");
  });

  it("is what another site's page sends", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const fields = filledIn(await open(link));
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      expect((await post(`${link}/sign`, fields, headers)).status).toBe(403);
    }
    const older = await fetch(`${link}/sign`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" },
      body: new URLSearchParams(fields).toString(),
    });
    expect(older.status).toBe(403);
    expect(await quoteOf(quote)).toMatchObject({ status: "SENT" });
  });
});

test("what was signed never changes, whoever writes", async () => {
  const quote = await sentQuote(api);
  await sign(await linkTo(api, quote, ADA.email));
  const { owner } = api.database;
  await owner.query("SELECT set_config('billgrid.organization_id', $1, false)", [quote.world.organization.id]);
  for (const statement of [
    "UPDATE signer SET signature_text = 'Mallory'",
    "UPDATE signer SET status = 'waiting'",
    "DELETE FROM signer",
    "UPDATE signature_request SET document_sha256 = 'other'",
    "UPDATE signature_request SET status = 'sent'",
    "UPDATE quote_view SET ip = '10.0.0.1'",
  ]) {
    await expect(owner.query(statement), statement).rejects.toThrow(/does not change|never changed/);
  }
});
