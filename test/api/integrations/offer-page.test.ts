import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "../../../server/integrations/pages/html";
import { renderOfferHtml } from "../../../server/integrations/pages/render-offer-html";
import type { OfferDocument } from "../../../server/integrations/pdf/offer-document";
import { launchBrowser } from "../../testkit/browser";
import { sampleOffer, sampleOfferLine, sampleOfferOfLines } from "./sample-offer";
import { drawnSignature } from "./sample-signatures";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const ADDRESS = "https://billgrid.example/offer";
const NONCE = "c2VjcmV0";
const POLICY = `default-src 'none'; style-src 'nonce-${NONCE}'; script-src 'nonce-${NONCE}'; img-src data:; form-action 'self'; base-uri 'none'`;

const actions = html`<h2>Sign this quote</h2>
<form class="fields"><label>Your name <input name="name"></label>
<label class="check"><input type="checkbox" name="consent"> I agree to sign electronically.</label>
<div class="actions"><button class="button primary">Sign</button><button class="button" type="button">Decline</button></div></form>`;

const rendered = (document: OfferDocument): string =>
  renderOfferHtml(document, {
    nonce: NONCE,
    banner: html`<p class="notice good" role="status">It is your turn to sign.</p>`,
    actions,
    footer: html`<p>Sent with Billgrid</p>`,
    pdfUrl: "/offer.pdf",
    script: `document.documentElement.dataset.ran = "</script>"`,
  });

type Shown = { readonly page: Page; readonly complaints: readonly string[]; readonly requests: readonly string[] };

/** Opens the page as a server sends it, under a strict policy. */
async function show(document: OfferDocument, width = 1280): Promise<Shown> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**", (route) => {
    const url = route.request().url();
    if (!url.startsWith("data:")) requests.push(url);
    const headers = { "content-security-policy": POLICY };
    return route.fulfill({ body: rendered(document), contentType: "text/html; charset=utf-8", headers });
  });
  await page.goto(ADDRESS);
  return { page, complaints, requests };
}

async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

const widthNeeded = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

describe("the page of an offer", () => {
  test("says what its PDF says", async () => {
    const { page } = await show(sampleOffer());
    const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
    for (const said of [
      "Q-00042 · version 2",
      "Northwind platform 2027–2028",
      "Northwind Freight Holdings plc",
      "£28,160.00",
      "thank you for the good talks",
      "Within 30 days of the invoice date.",
      "£0.10 per call up to 1,000, then £0.05",
      "40 seats",
      "£540.00 per month",
      "list £600.00",
      "by usage",
      "At least £1,000.00 per month",
      "£31,000.00",
      "1 December 2027",
      "The move of the first four depots",
      "Chief Financial Officer",
    ])
      expect(text).toContain(said);
    expect(await page.getByRole("link", { name: "Download as PDF" }).getAttribute("href")).toBe("/offer.pdf");
    expect(await page.title()).toBe("Quote Q-00042 · Northwind platform 2027–2028 · Ledgerline Software Ltd");
  });

  test("runs under a strict policy and fetches nothing but itself", async () => {
    const { seller } = sampleOffer();
    const logo = { contentType: "image/png", content: drawnSignature() } as const;
    const { page, complaints, requests } = await show(sampleOffer({ seller: { ...seller, logo } }));
    expect(await page.evaluate(() => document.documentElement.dataset["ran"])).toBe("</script>");
    expect(
      await page.getByRole("img", { name: seller.legalName }).evaluate((it) => (it as HTMLImageElement).naturalWidth),
    ).toBe(240);
    expect(await page.locator(".button.primary").evaluate((it) => getComputedStyle(it).backgroundColor)).toBe(
      "rgb(31, 95, 74)",
    );
    expect(requests).toEqual([ADDRESS]);
    expect(complaints).toEqual([]);
  });

  test.each([360, 768, 1280])("at %i pixels is accessible and needs no scrolling to the side", async (width) => {
    const { page } = await show(sampleOffer(), width);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await widthNeeded(page)).toBe(width);
  });

  test.each(["#ffe600", "#7a7a7a", "#000000", "#ffffff", "not a colour"])(
    "in the brand colour %s can be read",
    async (brandColour) => {
      const { page } = await show(sampleOffer({ seller: { ...sampleOffer().seller, brandColour } }));
      expect(await accessibilityProblems(page)).toEqual([]);
    },
  );

  test("of an amendment, of 100 lines, or with nothing on it is accessible too", async () => {
    const bare = { highlights: [], terms: [], phases: [], commitments: [], totals: null, invoices: null };
    const changes = [{ subject: "Seats", sentence: "The quantity goes from 40 to 60.", details: [], days: null }];
    for (const document of [
      sampleOfferOfLines(100),
      sampleOffer({ ...bare, signers: [], introduction: null, notes: null }),
      sampleOffer({ ...bare, kind: "amendment", changes }),
    ]) {
      const { page } = await show(document, 360);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await widthNeeded(page)).toBe(360);
    }
  });

  test.each([
    ["markup", `<img src=x onerror="alert(1)"><script>alert(1)</script>&amp;'"`],
    ["an unbroken word", "x".repeat(3_000)],
    ["Arabic", "شركة المثال للتجارة (ش.م.م) 2026"],
    ["characters that turn the direction round", "pay \u202E00.1\u202C now"],
  ])("shows %s as text", async (_, hostile) => {
    const line = sampleOfferLine({
      description: hostile,
      price: [hostile],
      details: [hostile],
      quantity: hostile,
      amount: hostile,
    });
    const document = sampleOffer({
      title: hostile,
      number: hostile,
      introduction: hostile,
      notes: hostile,
      closing: hostile,
      seller: { ...sampleOffer().seller, legalName: hostile, addressLines: [hostile], taxNumber: hostile },
      customer: {
        legalName: hostile,
        addressLines: [hostile],
        taxId: hostile,
        contact: { name: hostile, email: hostile },
      },
      terms: [{ label: hostile, value: hostile }],
      highlights: [{ label: hostile, value: hostile, note: hostile }],
      phases: [{ name: hostile, days: hostile, lines: [line], total: null }],
      commitments: [{ kind: hostile, description: hostile, sentence: hostile }],
      signers: [{ order: 1, name: hostile, title: hostile, company: hostile }],
    });
    const { page, complaints, requests } = await show(document, 360);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([ADDRESS]);
    expect(await page.locator("img, main script").count()).toBe(0);
    expect(await page.locator("h1").innerText()).toBe(hostile.replace(/[\u202a-\u202e]/g, ""));
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await widthNeeded(page)).toBe(width);
    }
  });

  test("on paper leaves out what is to be clicked", async () => {
    const { page } = await show(sampleOffer());
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "Sign" }).isVisible()).toBe(false);
    expect(await page.getByRole("heading", { name: "Totals" }).isVisible()).toBe(true);
  });
});
