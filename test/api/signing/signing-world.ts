import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { type ParsedMail, simpleParser } from "mailparser";
import type { Answer, TestApi } from "../../testkit/api";
import { type QuoteWorld, quoteWorld, simpleQuote } from "../quote/quote-world";

export const ADA = { name: "Ada Byron", email: "ada@acme.example", title: "Chief executive" };
export const GRACE = { name: "Grace Hopper", email: "grace@acme.example", title: null };

export type SentQuote = { readonly world: QuoteWorld; readonly quoteId: string; readonly seller: string };

/** A quote that may be sent. */
export async function approvedQuote(
  api: TestApi,
  settings: Parameters<TestApi["organization"]>[0] = {},
): Promise<SentQuote> {
  // The outbox is one for all organizations: by the name of its sender a mail is told from others.
  sellers += 1;
  const world = await quoteWorld(api, { legalName: `Seller ${sellers} Ltd`, ...settings });
  const { id: quoteId } = await simpleQuote(world);
  await world.sales.done("submitQuote", "quote { status }", { quoteId });
  return { world, quoteId: quoteId as string, seller: `Seller ${sellers} Ltd` };
}
let sellers = 0;

export const QUOTE = `query ($id: ID!) { quote(id: $id) { number status statusReason version current { ordinal sentAt }
  documents { kind fileName contentType sha256 versionOrdinal } history { kind actor reason facts }
  signatureRequest { id status statusReason provider documentSha256 completedAt createdBy
    signers { id name email title position status isOnTurn signatureKind signedAt consent documentSha256 ip browser
      declineReason remindedAt mails { kind recipient status } } }
  links { id purpose revokedAt expiresAt createdBy viewCount signer { name } views { what viewedAt ip browser } } } }`;

export const quoteOf = async ({ world, quoteId }: Pick<SentQuote, "world" | "quoteId">): Promise<Answer> =>
  (await world.sales.data(QUOTE, { id: quoteId })).quote;

/** The answer to sendQuote, whatever it is. */
export async function send({ world, quoteId }: SentQuote, more: object = {}): Promise<Answer> {
  const { version } = await quoteOf({ world, quoteId });
  return world.sales.command("sendQuote", "quote { id status signatureRequest { id status signers { id name } } }", {
    quoteId,
    version,
    signers: [ADA],
    ...more,
  });
}

/** A quote that was sent, with the mails gone out. */
export async function sentQuote(
  api: TestApi,
  more: object = {},
  settings: Parameters<TestApi["organization"]>[0] = {},
): Promise<SentQuote> {
  const quote = await approvedQuote(api, settings);
  const sent = await send(quote, more);
  if (sent.__typename !== "SendQuoteSuccess") throw new Error(JSON.stringify(sent));
  await api.work();
  return quote;
}

/** The mails in the outbox to this address from the seller of this quote, in the order in which they were written. */
export async function mailsTo(api: TestApi, { seller }: SentQuote, address: string): Promise<readonly ParsedMail[]> {
  const files = existsSync(api.outbox) ? readdirSync(api.outbox).sort() : [];
  const mails = await Promise.all(files.map(async (file) => await simpleParser(readFileSync(join(api.outbox, file)))));
  const isOurs = ({ subject, text }: ParsedMail) => `${subject} ${text}`.includes(seller);
  return mails.filter((mail) => isOurs(mail) && [mail.to].flat().some((to) => to?.text.includes(address)));
}

/** The address of the link in the last mail to this address. */
export async function linkTo(api: TestApi, quote: SentQuote, address: string): Promise<string> {
  const mails = await mailsTo(api, quote, address);
  const [link] = /http:\/\/\S+\/q\/\S+/.exec(mails.findLast(({ text }) => text?.includes("/q/"))?.text ?? "") ?? [];
  if (!link) throw new Error(`no link was mailed to ${address}`);
  return link;
}

export type Page = { readonly status: number; readonly text: string; readonly headers: Headers };

export async function open(url: string, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(url, { headers, redirect: "manual" });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const hiddenIn = (page: Page): string => /name="documentSha256" value="([0-9a-f]*)"/.exec(page.text)?.[1] ?? "";

/** Sends the form of a page that was opened before, as a browser does. */
export async function post(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Page> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", ...headers },
    body: new URLSearchParams(fields).toString(),
    redirect: "manual",
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** What a signer fills in on the page that they look at. */
export const filledIn = (page: Page, more: Record<string, string> = {}): Record<string, string> => ({
  documentSha256: hiddenIn(page),
  kind: "typed",
  signature: "Ada Byron",
  drawing: "",
  consent: "yes",
  ...more,
});

/** Opens the link and signs by a typed name. */
export async function sign(link: string, more: Record<string, string> = {}): Promise<Page> {
  return post(`${link}/sign`, filledIn(await open(link), more));
}

/** As if the hour were over, after which an organization looks for quotes that have expired. */
export async function lookForExpiry(api: TestApi, { organization }: Pick<QuoteWorld, "organization">): Promise<void> {
  await api.database.owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE $1", [
    `expire_quotes:${organization.id}:%`,
  ]);
  await api.work();
}

/** A PNG as a canvas gives it: eight bits a channel with alpha. `ink` says which pixels are dark. */
export function png(width: number, height: number, ink: (x: number, y: number) => boolean): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) if (ink(x, y)) rows[y * (1 + width * 4) + 1 + x * 4 + 3] = 255;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A part of a PNG, with its length and its checksum. */
export function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export const dataUrl = (image: Buffer): string => `data:image/png;base64,${image.toString("base64")}`;

/** A stroke from corner to corner. */
export const DRAWN = dataUrl(png(300, 100, (x, y) => Math.abs(x / 3 - y) < 2));
