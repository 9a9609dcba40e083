import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADA, GRACE, linkTo, mailsTo, quoteOf, type SentQuote, sentQuote } from "../api/signing/signing-world";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";
import { launchBrowser } from "../testkit/browser";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const DESK = { viewport: { width: 1280, height: 900 } };

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startTestApi(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** A window of somebody's own, and what the page complained about in it. */
async function visit(link: string, options: BrowserContextOptions) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && new URL(request.url()).origin !== api.url)
      complaints.push(request.url());
  });
  await page.goto(link);
  return { page, complaints, close: () => context.close() };
}

/** Moves the finger over the box in a wave, as somebody signs. */
async function draw(page: Page): Promise<void> {
  const canvas = page.locator("canvas");
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the box to sign in is not there");
  const at = (step: number) => ({
    x: box.x + 20 + ((box.width - 40) * step) / 40,
    y: box.y + box.height * (0.5 + 0.3 * Math.sin(step / 3)),
  });
  const client = await page.context().newCDPSession(page);
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at(0)] });
  for (let step = 1; step <= 40; step += 1) {
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at(step)] });
  }
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What a check of accessibility finds, a line each. */
async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

const signedHash = async (quote: SentQuote): Promise<string> => {
  const { documents } = await quoteOf(quote);
  return documents.find(({ kind }: Answer) => kind === "SIGNED").sha256;
};

test("two people open their mails: one draws on a phone, the other types at a desk, and both have the signed PDF", async () => {
  const quote = await sentQuote(api, { signers: [ADA, GRACE], expiresOn: "2026-12-31" });

  const ada = await visit(await linkTo(api, quote, ADA.email), PHONE);
  expect(await widthOf(ada.page)).toBe(360);
  expect(await violationsIn(ada.page)).toEqual([]);
  await ada.page.getByRole("link", { name: "Sign below" }).tap();
  const sign = ada.page.getByRole("button", { name: "Sign offer Q-00001" });
  await expect.poll(() => sign.isDisabled()).toBe(true);
  await ada.page.getByRole("radio", { name: "Draw it" }).check();
  const scrolled = await ada.page.evaluate(() => scrollY);
  await draw(ada.page);
  expect(await ada.page.evaluate(() => scrollY)).toBeGreaterThanOrEqual(scrolled);
  await ada.page.getByText("Your signature is drawn.").waitFor();
  expect(await sign.isDisabled()).toBe(true);
  await ada.page.getByRole("checkbox", { name: /I have read version 1/ }).check();
  expect(await violationsIn(ada.page)).toEqual([]);
  await sign.tap();
  await ada.page.getByRole("heading", { name: "Thank you, Ada Byron: you have signed" }).waitFor();
  await ada.page.getByText("Still to sign: Grace Hopper.").waitFor();
  // Loading the page again signs nothing again.
  await ada.page.reload();
  await ada.page.getByRole("heading", { name: /you have signed/ }).waitFor();
  expect(await violationsIn(ada.page)).toEqual([]);
  await api.work();

  const grace = await visit(await linkTo(api, quote, GRACE.email), DESK);
  await grace.page.getByLabel("Your full name").fill("Grace Hopper");
  await grace.page.getByRole("checkbox", { name: /I have read version 1/ }).check();
  expect(await violationsIn(grace.page)).toEqual([]);
  await grace.page.getByRole("button", { name: "Sign offer Q-00001" }).press("Enter");
  await grace.page.getByRole("heading", { name: "Everybody has signed" }).waitFor();
  expect(await violationsIn(grace.page)).toEqual([]);

  await ada.page.reload();
  const href = await ada.page.getByRole("link", { name: "Download the signed document" }).getAttribute("href");
  const pdf = await (await ada.page.request.get(new URL(href ?? "", api.url).href)).body();
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(createHash("sha256").update(pdf).digest("hex")).toBe(await signedHash(quote));
  await api.work();
  for (const { email } of [ADA, GRACE]) {
    const mails = await mailsTo(api, quote, email);
    const signed = mails.find(({ subject }) => subject?.startsWith("Signed:"));
    expect(signed?.attachments[0]?.content.equals(pdf)).toBe(true);
  }
  expect(await quoteOf(quote)).toMatchObject({
    status: "SIGNED",
    signatureRequest: { signers: [{ signatureKind: "DRAWN" }, { signatureKind: "TYPED" }] },
  });
  expect([...ada.complaints, ...grace.complaints]).toEqual([]);
  await Promise.all([ada.close(), grace.close()]);
});

test("without scripts a name is typed and signs; what is missing is said at its field", async () => {
  const quote = await sentQuote(api);
  const visitor = await visit(await linkTo(api, quote, ADA.email), { ...PHONE, javaScriptEnabled: false });
  const { page } = visitor;
  await page.getByLabel("Your full name").fill("Ada Byron");
  await page.getByRole("button", { name: "Sign offer Q-00001" }).tap();
  await page.getByText("Nothing is signed yet.").waitFor();
  expect(await page.getByLabel("Your full name").inputValue()).toBe("Ada Byron");
  const consent = page.getByRole("checkbox");
  expect(await consent.getAttribute("aria-invalid")).toBe("true");
  await consent.check();
  await page.getByRole("button", { name: "Sign offer Q-00001" }).tap();
  await page.getByRole("heading", { name: "Everybody has signed" }).waitFor();
  expect(await quoteOf(quote)).toMatchObject({ status: "SIGNED" });
  await visitor.close();
});

test("a page left open while the quote was voided signs nothing, and says so", async () => {
  const quote = await sentQuote(api);
  const visitor = await visit(await linkTo(api, quote, ADA.email), DESK);
  const { page } = visitor;
  expect(await violationsIn(page)).toEqual([]);
  await quote.world.sales.done("voidQuote", "quote { status }", { quoteId: quote.quoteId, reason: "Wrong customer" });
  await page.getByLabel("Your full name").fill("Ada Byron");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Sign offer Q-00001" }).click();
  await page.getByRole("heading", { name: "This offer was taken back" }).waitFor();
  expect(await violationsIn(page)).toEqual([]);
  expect(await quoteOf(quote)).toMatchObject({ status: "VOIDED" });
  await visitor.close();
});

test("the customer declines with a reason", async () => {
  const quote = await sentQuote(api);
  const visitor = await visit(await linkTo(api, quote, ADA.email), PHONE);
  const { page } = visitor;
  await page.getByText("I do not want to sign").tap();
  await page.getByLabel("Why not?").fill("We go with somebody else.");
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole("button", { name: "Decline the offer" }).tap();
  await page.getByRole("heading", { name: "This offer was declined" }).waitFor();
  expect(await violationsIn(page)).toEqual([]);
  expect(await quoteOf(quote)).toMatchObject({ status: "DECLINED", statusReason: "We go with somebody else." });
  await visitor.close();
});
