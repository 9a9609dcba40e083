import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { launchBrowser } from "../../testkit/browser";
import { issuedCompany, linkIn, mailsOf, send } from "./delivery-world";

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startTestApi(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const PERSON = { "user-agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15" };
const look = (url: string, headers: Record<string, string> = PERSON, method = "GET") => fetch(url, { method, headers });

const LOOKED = `query ($id: ID!) { invoice(id: $id) { viewedAt links { id purpose revokedAt } views { what visitor } } }`;

async function sentInvoice() {
  const world = await issuedCompany(api);
  await send(api, world.finance, [world.invoiceId]);
  const [mail] = await mailsOf(api, [world.invoiceId]);
  const link = linkIn(mail);
  const looked = async () => (await world.finance.data(LOOKED, { id: world.invoiceId })).invoice;
  return { ...world, link, looked };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

test("the link in the mail leads to the invoice: what is owed, until when, for what and how to pay", async () => {
  const { link } = await sentInvoice();
  const response = await look(link);
  expect(response.status).toBe(200);
  const page = await response.text();
  for (const said of [
    "INV-2026-00001",
    "£120.00",
    "3 December 2026",
    "Platform subscription",
    "GB33 BUKB 2020 1555 5555 55",
  ]) {
    expect(page).toContain(said);
  }
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect(response.headers.get("x-robots-tag")).toBe("noindex, nofollow");
  const pdf = await look(`${link}/invoice.pdf`);
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect((await look(`${link}/usage.csv`)).status).toBe(404);
});

test("the customer's first look is when it was seen; those of programs and of staff are not", async () => {
  const { link, looked, finance, invoiceId } = await sentInvoice();
  expect((await look(link, PERSON, "HEAD")).status).toBe(200);
  await look(link, { "user-agent": "Slackbot-LinkExpanding 1.0" });
  await look(link, { ...PERSON, "sec-purpose": "prefetch" });
  await look(link, { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" });
  const staff = await finance.done("createInvoiceLink", "url", { invoiceId });
  await look(staff.url);
  expect(await looked()).toMatchObject({
    viewedAt: null,
    views: [{ visitor: "STAFF" }, { visitor: "PROGRAM" }, { visitor: "PROGRAM" }, { visitor: "PROGRAM" }],
  });
  await look(link);
  const { viewedAt } = await looked();
  expect(viewedAt).toBe("2026-11-03T09:00:00.000Z");
});

test("a link that was taken back, is wrong or of another organization leads nowhere and says nothing", async () => {
  const { link, looked, finance } = await sentInvoice();
  const other = await sentInvoice();
  const [{ id: linkId }] = (await looked()).links;
  await finance.done("revokeInvoiceLink", "linkId", { linkId });
  const revoked = await look(link);
  expect(revoked.status).toBe(410);
  expect(await revoked.text()).not.toContain("INV-");
  const token = link.split("/i/")[1] as string;
  const strange = other.link.split("/i/")[1] as string;
  for (const wrong of ["x", token.slice(0, 64), token.slice(0, 22) + strange.slice(22), `${"A".repeat(65)}`]) {
    expect((await look(`${api.url}/i/${wrong}`)).status).toBe(404);
  }
  expect(await other.finance.command("revokeInvoiceLink", "linkId", { linkId })).toMatchObject({
    code: "LINK_NOT_FOUND",
  });
});

test("a link that is used too often rests", async () => {
  const { link } = await sentInvoice();
  const statuses: number[] = [];
  for (let index = 0; index < 62; index += 1) statuses.push((await look(link)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  expect(statuses.at(-1)).toBe(429);
});

test.each([320, 390, 1280])("at %i px it fits, needs no script and axe finds nothing", async (width) => {
  const { link } = await sentInvoice();
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(link);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(await page.locator("script").count()).toBe(0);
  expect(await violationsIn(page)).toEqual([]);
  expect(complaints).toEqual([]);
  const folder = process.env["INVOICE_PAGE_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/invoice-${width}.png`, fullPage: true });
  await context.close();
});
