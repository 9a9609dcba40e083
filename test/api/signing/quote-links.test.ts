import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { ADA, approvedQuote, filledIn, linkTo, open, post, quoteOf, sentQuote, sign } from "./signing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("a link for reading", () => {
  test("shows the offer, its address is shown once, and nobody signs by it", async () => {
    const quote = await sentQuote(api);
    const input = { quoteId: quote.quoteId, idempotencyKey: "link" };
    const { url, link } = await quote.world.sales.done("createQuoteLink", "url link { id purpose }", input);
    expect(link.purpose).toBe("VIEW");
    const again = await quote.world.sales.done("createQuoteLink", "url link { id }", input);
    expect(again).toMatchObject({ url: null, link: { id: link.id } });

    const page = await open(url);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Platform fee");
    expect(page.text).not.toContain("<form");
    const own = await open(await linkTo(api, quote, ADA.email));
    for (const act of ["sign", "decline"]) {
      const refused = await post(`${url}/${act}`, filledIn(own));
      expect(refused.status).toBe(409);
      expect(refused.text).toContain("This link is for reading.");
    }
    expect(await quoteOf(quote)).toMatchObject({ status: "SENT" });
  });

  it("keeps its secret: the database has the hash alone", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const token = new URL(link).pathname.slice("/q/".length);
    const { rows } = await api.database.owner.query(`SELECT set_config('billgrid.organization_id', $1, false)`, [
      quote.world.organization.id,
    ]);
    expect(rows).toHaveLength(1);
    const tables = ["quote_link", "signing_mail", "signer", "quote_event", "audit_event", "idempotency_key"];
    for (const table of tables) {
      const { rows: found } = await api.database.owner.query(
        `SELECT 1 FROM ${table} AS row WHERE strpos(row::text, $1) > 0`,
        [token.slice(22)],
      );
      expect(found, table).toEqual([]);
    }
  });

  it("is not made for a version that was not sent, or for an instant that is over or far away", async () => {
    const quote = await approvedQuote(api);
    const { sales } = quote.world;
    const create = (more: object) => sales.command("createQuoteLink", "url", { quoteId: quote.quoteId, ...more });
    expect(await create({})).toMatchObject({ code: "QUOTE_NOT_SENT", path: ["quoteId"] });
    for (const expiresAt of ["2026-11-03T09:00:00Z", "2028-01-01T00:00:00Z"]) {
      expect(await create({ expiresAt })).toMatchObject({ code: "EXPIRY_OUT_OF_RANGE", path: ["expiresAt"] });
    }
  });
});

describe("a link leads nowhere", () => {
  const dead = async (url: string, status: number, words: string) => {
    for (const path of ["", "/offer.pdf", "/signed.pdf"]) {
      const page = await open(url + path);
      expect([page.status, page.text.includes(words)], path).toEqual([status, true]);
      expect(page.text).not.toContain("Acme");
    }
    const posted = await post(`${url}/sign`, { kind: "typed", signature: "Ada", consent: "yes" });
    expect([posted.status, posted.text.includes(words)]).toEqual([status, true]);
  };

  it("once it was taken back", async () => {
    const quote = await sentQuote(api);
    const url = await linkTo(api, quote, ADA.email);
    const { links } = await quoteOf(quote);
    await quote.world.sales.done("revokeQuoteLink", "link { revokedAt }", { linkId: links[0].id });
    await dead(url, 410, "This link was taken back");
  });

  it("after its expiry by the organization's clock", async () => {
    const quote = await sentQuote(api);
    const { url } = await quote.world.sales.done("createQuoteLink", "url", {
      quoteId: quote.quoteId,
      expiresAt: "2026-11-05T00:00:00Z",
    });
    const setClock = (now: string) =>
      quote.world.organization.admin.done("setTestClock", "organization { id }", { now });
    await setClock("2026-11-04T23:59:59Z");
    expect((await open(url)).status).toBe(200);
    await setClock("2026-11-05T00:00:00Z");
    await dead(url, 410, "This link has expired");
  });

  it("with a token that is none, is too short, or of another organization", async () => {
    const [quote, other] = [await sentQuote(api), await sentQuote(api)];
    const [mine, theirs] = [await linkTo(api, quote, ADA.email), await linkTo(api, other, ADA.email)];
    await dead(`${api.url}/q/nothing`, 404, "There is nothing at this address");
    await dead(mine.slice(0, -1), 404, "There is nothing at this address");
    await dead(`${mine.slice(0, -1)}${mine.endsWith("A") ? "B" : "A"}`, 404, "There is nothing at this address");
    // The secret of one organization's link under the name of another.
    const [token, foreign] = [mine, theirs].map((link) => new URL(link).pathname.slice("/q/".length)) as [
      string,
      string,
    ];
    await dead(`${api.url}/q/${foreign.slice(0, 22)}${token.slice(22)}`, 404, "There is nothing at this address");
  });

  it("for staff of another organization, who cannot take it back either", async () => {
    const [quote, other] = [await sentQuote(api), await sentQuote(api)];
    const { links } = await quoteOf(quote);
    const refused = await other.world.sales.command("revokeQuoteLink", "link { id }", { linkId: links[0].id });
    expect(refused).toMatchObject({ code: "LINK_NOT_FOUND" });
    const { quote: unseen } = await other.world.sales.data("query ($id: ID!) { quote(id: $id) { id } }", {
      id: quote.quoteId,
    });
    expect(unseen).toBeNull();
  });
});

describe("the log of views", () => {
  test("says who looked at what and when, and tells of the first look alone", async () => {
    const quote = await sentQuote(api);
    const url = await linkTo(api, quote, ADA.email);
    for (const browser of ["First browser", "Second browser"]) await open(url, { "user-agent": browser });
    await open(`${url}/offer.pdf`);
    await fetch(url, { method: "HEAD" });
    const { links, history } = await quoteOf(quote);
    expect(links[0]).toMatchObject({ purpose: "SIGN", signer: { name: "Ada Byron" }, viewCount: 3 });
    expect(links[0].views.map(({ what, browser }: Answer) => [what, browser])).toEqual([
      ["OFFER", "node"],
      ["PAGE", "Second browser"],
      ["PAGE", "First browser"],
    ]);
    expect(links[0].views[0]).toMatchObject({ viewedAt: "2026-11-03T09:00:00.000Z", ip: "127.0.0.1" });
    expect(history.filter(({ kind }: Answer) => kind === "VIEWED")).toMatchObject([{ actor: "Ada Byron" }]);
  });

  test("takes the address from the socket, whatever a header says", async () => {
    const quote = await sentQuote(api);
    await open(await linkTo(api, quote, ADA.email), { "x-forwarded-for": "203.0.113.9" });
    expect((await quoteOf(quote)).links[0].views[0].ip).toBe("127.0.0.1");
  });

  test("does not grow without end: a link rests after 60 looks or 10 attempts within a minute", async () => {
    const quote = await sentQuote(api);
    const url = await linkTo(api, quote, ADA.email);
    const page = await open(url);
    const attempts: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      attempts.push((await post(`${url}/sign`, filledIn(page, { consent: "" }))).status);
    }
    expect(attempts).toEqual([...Array(10).fill(422), 429]);
    const looks: number[] = [];
    for (let look = 0; look < 60; look += 1) looks.push((await open(url)).status);
    expect(looks).toEqual([...Array(59).fill(200), 429]);
    expect((await quoteOf(quote)).links[0].viewCount).toBe(70);
  });
});

test("pages are kept nowhere, framed nowhere, told to nobody, and run nothing but our own script", async () => {
  const quote = await sentQuote(api);
  const url = await linkTo(api, quote, ADA.email);
  for (const page of [await open(url), await open(`${api.url}/q/nothing`)]) {
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("x-robots-tag")).toContain("noindex");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.text).not.toMatch(/\son[a-z]+=|\sstyle=|javascript:/i);
  }
  const nonces = await Promise.all([1, 2].map(async () => (await open(url)).headers.get("content-security-policy")));
  expect(nonces[0]).not.toBe(nonces[1]);
  for (const path of ["/offer.pdf", ""]) expect((await open(url + path)).headers.get("set-cookie")).toBeNull();
  await sign(url);
  const pdf = await open(`${url}/signed.pdf`);
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  expect(pdf.headers.get("cache-control")).toBe("no-store");
});
