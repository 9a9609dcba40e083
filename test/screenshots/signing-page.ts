import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { simpleParser } from "mailparser";
import type { Browser } from "playwright-core";
import { QUOTE_STORIES } from "../../prisma/seed/plant-quotes";
import type { Answer } from "../testkit/api";

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** The server with the demo company, where its mail goes, and who is signed in there. */
export type Demo = { readonly graphqlUrl: string; readonly outbox: string; readonly token: string };

/** Writes `<folder>/sign.png`: the demo's signed quote once more, on its customer's phone, about to be signed. */
export async function takeSigningPage(browser: Browser, demo: Demo, folder: string): Promise<void> {
  const [story] = QUOTE_STORIES;
  if (!story) throw new Error("the demo has no quote");
  const { contact, expiresOn } = story;
  const before = new Set(mailsIn(demo));
  await sendAgain(demo, { signers: [contact], expiresOn });
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(await linkInNewMail(demo, before), { waitUntil: "networkidle" });
  const panel = page.locator("#sign");
  await panel.getByLabel("Your full name").fill(contact.name);
  await panel.getByRole("checkbox").check();
  await panel.evaluate((element) => {
    (element.ownerDocument.activeElement as HTMLElement | null)?.blur();
    element.scrollIntoView({ block: "start", behavior: "instant" });
  });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: path.join(folder, "sign.png") });
  await context.close();
}

/** A copy of the quote that the demo's customer signed, sent to be signed. */
async function sendAgain(demo: Demo, more: { readonly signers: readonly object[]; readonly expiresOn: string }) {
  const { quotes } = await ask(demo, "{ quotes(first: 50) { nodes { id status } } }");
  const signed = quotes.nodes.find(({ status }: Answer) => status === "SIGNED" || status === "EXECUTED");
  const quoteId = (await command(demo, "cloneQuote", { quoteId: signed.id })).id;
  const { version } = await command(demo, "submitQuote", { quoteId });
  await command(demo, "sendQuote", { quoteId, version, ...more });
}

async function ask({ graphqlUrl, token }: Demo, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(graphqlUrl, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer;
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The quote as a mutation leaves it. */
async function command(demo: Demo, mutation: string, input: object): Promise<Answer> {
  const name = mutation[0]?.toUpperCase() + mutation.slice(1);
  const query = `mutation ($input: ${name}Input!) { answer: ${mutation}(input: $input) {
    ... on ${name}Success { quote { id version } } ... on UserError { code message } } }`;
  const { answer } = await ask(demo, query, { input: { ...input, idempotencyKey: crypto.randomUUID() } });
  if (!answer.quote) throw new Error(JSON.stringify(answer));
  return answer.quote;
}

const mailsIn = ({ outbox }: Demo): string[] => (existsSync(outbox) ? readdirSync(outbox) : []);

/** A worker of the server sends the mail, in a moment. */
async function linkInNewMail(demo: Demo, before: ReadonlySet<string>): Promise<string> {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    for (const file of mailsIn(demo).filter((name) => name.endsWith(".eml") && !before.has(name))) {
      const { text = "" } = await simpleParser(readFileSync(path.join(demo.outbox, file)));
      const [link] = /https?:\/\/\S+\/q\/\S+/.exec(text) ?? [];
      if (link) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail with a link came to ${demo.outbox}`);
}
