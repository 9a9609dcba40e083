import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "graphql-ws";
import { type ParsedMail, simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { insertQuoteEvent, type QuoteEvent } from "../../../server/modules/quote";
import { inTransaction, runAs } from "../../../server/platform/database/transaction";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import {
  approve,
  FINANCE,
  newMember,
  newRule,
  type Person,
  quoteWithDiscount,
  reject,
  submit,
} from "../approval/approval-world";
import { type QuoteWorld, quoteWorld, simpleQuote, simpleTerms } from "../quote/quote-world";
import { ADA, GRACE, linkTo, open, send, sign } from "../signing/signing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type World = QuoteWorld & { readonly sally: Person; readonly seller: string };
let sellers = 0;

/** A company where Sally sells. */
async function sellingWorld(): Promise<World> {
  const seller = `Sellers ${++sellers} Ltd`;
  const world = await quoteWorld(api, { legalName: seller });
  return { ...world, seller, sally: await newMember(api, world.organization.id, "sales", "Sally Sales") };
}

/** A quote of Sally's. */
async function sallysQuote(world: World, more: object = {}): Promise<Answer> {
  const asked = { customerId: world.customerId, terms: simpleTerms(world), ...more };
  return (await world.sally.done("createQuote", "quote { id number }", asked)).quote;
}

async function sentQuote(world: World, signers: readonly object[] = [ADA], more: object = {}): Promise<Answer> {
  const quote = await sallysQuote(world, more);
  await submit(world.sally, quote);
  expect((await send({ world, quoteId: quote.id, seller: world.seller }, { signers })).quote.status).toBe("SENT");
  await api.work();
  return quote;
}

const NOTIFICATIONS = `query ($first: Int, $after: String, $unreadOnly: Boolean = false) { unreadNotifications
  notifications(first: $first, after: $after, unreadOnly: $unreadOnly) { nodes { id kind title text link readAt quote { id } }
    pageInfo { hasNextPage endCursor } } }`;
const toldTo = async (client: Client): Promise<Answer[]> => {
  await api.work();
  return (await client.data(NOTIFICATIONS)).notifications.nodes;
};
const titlesFor = async (client: Client): Promise<string[]> => (await toldTo(client)).map(({ title }) => title);

async function mailsTo({ email }: Person): Promise<ParsedMail[]> {
  const files = existsSync(api.outbox) ? readdirSync(api.outbox).sort() : [];
  const mails = await Promise.all(files.map((file) => simpleParser(readFileSync(join(api.outbox, file)))));
  return mails.filter((mail) => [mail.to].flat().some((to) => to?.text.includes(email)));
}

/** As if the hour were over. */
async function look({ organization }: QuoteWorld): Promise<void> {
  await api.database.owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE $1", [
    `expire_quotes:${organization.id}:%`,
  ]);
  await api.work();
}
const setDay = (world: QuoteWorld, day: string) =>
  world.organization.admin.done("setTestClock", "organization { today }", { now: `${day}T09:00:00Z` });

describe("The owner of a quote is told once", () => {
  test("when a signer looks at it for the first time, signs, and when all have signed", async () => {
    const world = await sellingWorld();
    const quote = await sentQuote(world, [ADA, GRACE]);
    const toAda = await linkTo(api, { world, quoteId: quote.id, seller: world.seller }, ADA.email);
    expect(await titlesFor(world.sally)).toEqual([]);

    await open(toAda);
    await open(toAda);
    const [looked] = await toldTo(world.sally);
    expect(looked).toMatchObject({
      kind: "VIEWED",
      title: `Ada Byron looked at ${quote.number}`,
      text: "Ada Byron has seen “Acme 2027” for Acme Ltd for the first time.",
      link: `quotes/${quote.id}`,
      readAt: null,
      quote: { id: quote.id },
    });
    await sign(toAda);
    expect(await titlesFor(world.sally)).toEqual([`Ada Byron signed ${quote.number}`, looked.title]);
    await sign(await linkTo(api, { world, quoteId: quote.id, seller: world.seller }, GRACE.email), {
      signature: "Grace Hopper",
    });
    expect(await titlesFor(world.sally)).toEqual([
      `${quote.number} is signed by all`,
      `Grace Hopper signed ${quote.number}`,
      `Grace Hopper looked at ${quote.number}`,
      `Ada Byron signed ${quote.number}`,
      looked.title,
    ]);
    const mails = await mailsTo(world.sally);
    expect(mails.map(({ subject }) => subject).sort()).toEqual((await titlesFor(world.sally)).sort());
  });

  test("when it is declined, with the reason", async () => {
    const world = await sellingWorld();
    const quote = await sentQuote(world);
    await world.sales.done("declineQuote", "quote { status }", { quoteId: quote.id, reason: "Too dear." });
    const [declined] = await toldTo(world.sally);
    expect(declined).toMatchObject({
      kind: "DECLINED",
      title: `test sales declined ${quote.number}`,
      text: "test sales does not want “Acme 2027” for Acme Ltd. “Too dear.”",
    });
  });

  test("a week and a day before it expires, and when it has expired", async () => {
    const world = await sellingWorld();
    const quote = await sentQuote(world, [ADA], { expiresOn: "2026-11-20" });
    for (const day of ["2026-11-14", "2026-11-15", "2026-11-19", "2026-11-21", "2026-11-22"]) {
      await setDay(world, day);
      await look(world);
    }
    expect((await toldTo(world.sally)).map(({ kind, title }) => [kind, title])).toEqual([
      ["EXPIRED", `${quote.number} has expired`],
      ["EXPIRING", `${quote.number} expires tomorrow, on 20 Nov 2026`],
      ["EXPIRING", `${quote.number} expires in 6 days, on 20 Nov 2026`],
    ]);
    expect(await mailsTo(world.sally)).toHaveLength(3);
  });

  test("when it is approved or rejected, unless they did it themselves", async () => {
    const world = await sellingWorld();
    await newRule(world, "Cheap", { discountOver: { percent: "15" } }, { approvers: [FINANCE] });
    const terms = simpleTerms(world, {
      discounts: [{ description: "Friends", percent: "20" }],
    });
    const quote = await sallysQuote(world, { terms });
    await submit(world.sally, quote);
    await reject(world.finance, quote, { reason: "Ask for more." });
    await submit(world.sally, quote);
    await approve(world.finance, quote, { comment: "Well then." });
    expect((await toldTo(world.sally)).map(({ title, text }) => [title, text])).toEqual([
      [`${quote.number} is approved`, "“Acme 2027” for Acme Ltd may be sent. Approved by test finance. “Well then.”"],
      [`${quote.number} was rejected`, "test finance sent “Acme 2027” for Acme Ltd back. “Ask for more.”"],
    ]);
    const plain = await sallysQuote(world);
    await submit(world.sally, plain);
    expect(await titlesFor(world.sally)).toHaveLength(2);
  });

  test("however often the job runs, and whoever runs it at the same time", async () => {
    const world = await sellingWorld();
    const quote = await sallysQuote(world);
    const event = { quoteId: quote.id, versionOrdinal: 1, reason: null, happenedAt: new Date() };
    const happen = (kind: QuoteEvent["kind"], actor: string, facts: QuoteEvent["facts"] = {}) =>
      runAs(world.organization.id, () => inTransaction(() => insertQuoteEvent({ ...event, kind, actor, facts })));
    const { id: eventId } = await happen("signed", "Ada Byron");
    await happen("viewed", "Ada Byron", { signer: "Ada Byron" });
    await happen("viewed", "Ada Byron", { signer: "Ada Byron" });
    await happen("viewed", "Whoever holds the link", { linkId: "1", signer: null });
    await happen("voided", "Sally Sales");
    await api.work();
    const payload = JSON.stringify({ organizationId: world.organization.id, eventId });
    for (const _ of [1, 2, 3]) {
      await api.database.owner.query("SELECT graphile_worker.add_job('notify_quote_event', $1::json)", [payload]);
    }
    await Promise.all([api.work(), api.work(), api.work()]);
    expect(await titlesFor(world.sally)).toEqual([
      `Somebody with the link looked at ${quote.number}`,
      `Ada Byron looked at ${quote.number}`,
      `${quote.number} is signed by all`,
    ]);
    expect(await mailsTo(world.sally)).toHaveLength(3);
  });

  test("or whoever worked on it first, where it has none; a machine is told nothing", async () => {
    const world = await sellingWorld();
    const quote = await simpleQuote(world);
    await submit(world.sally, quote);
    await world.sally.done("declineQuote", "quote { id }", { quoteId: quote.id, reason: "No." }).catch(() => null);
    await send({ world, quoteId: quote.id, seller: world.seller });
    await world.sales.done("declineQuote", "quote { id }", { quoteId: quote.id, reason: "No." });
    expect(await titlesFor(world.sally)).toEqual([`test sales declined ${quote.number}`]);
    expect(await toldTo(world.sales)).toEqual([]);
    const orphan = await simpleQuote(world);
    await submit(world.sales, orphan);
    await send({ world, quoteId: orphan.id, seller: world.seller });
    await world.sales.done("declineQuote", "quote { id }", { quoteId: orphan.id, reason: "No." });
    expect(await titlesFor(world.sally)).toHaveLength(1);
  });
});

describe("Approvers are told", () => {
  test("when it is their turn, and not before; whoever submitted it is not", async () => {
    const world = await sellingWorld();
    const member = (role: "finance" | "admin", name: string) => newMember(api, world.organization.id, role, name);
    const fred = await member("finance", "Fred Figures");
    const frida = await member("finance", "Frida Figures");
    const carol = await member("admin", "Carol Chief");
    await newRule(
      world,
      "Cheap",
      { discountOver: { percent: "15" } },
      { approvers: [FINANCE, { memberId: carol.id }] },
    );
    const quote = await quoteWithDiscount(world, "22");
    await submit(frida, quote);
    const asked = {
      kind: "APPROVAL_REQUESTED",
      title: `${quote.number} waits for your approval`,
      text: "Frida Figures submitted “Acme 2027” for Acme Ltd. Discount 22 % on “Seat” is over 15 %.",
    };
    expect(await toldTo(fred)).toMatchObject([asked]);
    expect([await toldTo(frida), await toldTo(carol), await toldTo(world.sally)]).toEqual([[], [], []]);
    await approve(fred, quote);
    expect(await toldTo(carol)).toMatchObject([asked]);
    expect(await toldTo(fred)).toHaveLength(1);
    const [mail] = await mailsTo(carol);
    expect(mail?.subject).toBe(asked.title);
    expect(mail?.text).toContain(asked.text);
    expect(mail?.from?.text).toContain("billing@example.com");
  });

  test("nothing of what was taken back meanwhile", async () => {
    const world = await sellingWorld();
    const fred = await newMember(api, world.organization.id, "finance", "Fred Figures");
    await newRule(world, "Cheap", { discountOver: { percent: "15" } });
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    await world.sales.done("recallQuote", "quote { status }", { quoteId: quote.id });
    expect(await toldTo(fred)).toEqual([]);
  });
});

describe("Notifications", () => {
  const happen = (world: QuoteWorld, quoteId: string, times: number) =>
    runAs(world.organization.id, async () => {
      for (let time = 0; time < times; time++) {
        await inTransaction(() =>
          insertQuoteEvent({
            quoteId,
            versionOrdinal: 1,
            kind: "signer_signed",
            actor: `Signer ${time + 1}`,
            reason: null,
            facts: { left: times - time - 1 },
            happenedAt: new Date(),
          }),
        );
      }
      await api.work();
    });
  const read = (client: Client, more: object = {}) => client.command("markNotificationsRead", "readIds", more);

  test("come unread first, newest first, in pages, and are read by whom they are for", async () => {
    const world = await sellingWorld();
    const quote = await sallysQuote(world);
    await happen(world, quote.id, 4);
    const all = await toldTo(world.sally);
    expect(all.map(({ title }) => title)).toEqual([4, 3, 2, 1].map((one) => `Signer ${one} signed ${quote.number}`));
    expect(all.map(({ text }) => text)[1]).toBe("Signer 3 signed “Acme 2027” for Acme Ltd. 1 still to sign.");

    expect((await read(world.sally, { ids: [all[0].id, all[2].id] })).readIds).toHaveLength(2);
    expect((await read(world.sally, { ids: [all[0].id] })).readIds).toEqual([]);
    const order = [all[1], all[3], all[0], all[2]].map(({ id }) => id);
    const first = await world.sally.data(NOTIFICATIONS, { first: 3 });
    expect(first.unreadNotifications).toBe(2);
    const { pageInfo, nodes } = first.notifications;
    const second = (await world.sally.data(NOTIFICATIONS, { first: 3, after: pageInfo.endCursor })).notifications;
    expect([...nodes, ...second.nodes].map(({ id }: Answer) => id)).toEqual(order);
    expect([pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const unread = (await world.sally.data(NOTIFICATIONS, { unreadOnly: true })).notifications.nodes;
    expect(unread.map(({ id }: Answer) => id)).toEqual(order.slice(0, 2));

    const other = await newMember(api, world.organization.id, "sales", "Otto Other");
    expect(await toldTo(other)).toEqual([]);
    expect(await read(other, { ids: [all[1].id] })).toMatchObject({ code: "NOTIFICATION_NOT_FOUND" });
    expect(await read(world.sales)).toMatchObject({ code: "NOT_A_MEMBER" });
    expect((await read(world.sally)).readIds).toHaveLength(2);
    expect((await world.sally.data(NOTIFICATIONS)).unreadNotifications).toBe(0);
  });

  test("arrive by subscription with whom they are for, and with nobody else", async () => {
    const world = await sellingWorld();
    const otto = await newMember(api, world.organization.id, "sales", "Otto Other");
    const quote = await sallysQuote(world);
    const ottos = (
      await otto.done("createQuote", "quote { id number }", { customerId: world.customerId, terms: simpleTerms(world) })
    ).quote;
    const client = createClient({
      url: `${api.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${world.sally.token}` },
      lazy: false,
    });
    const told = client.iterate<{ notificationReceived: { title: string; quote: { number: string } } }>({
      query: "subscription { notificationReceived { title quote { number } } }",
    });
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { data } of told) {
        seen.push(`${data?.notificationReceived.title} | ${data?.notificationReceived.quote.number}`);
        if (seen.length > 0) return;
      }
    })();
    // Nobody says when the server listens: what is told before is found by the query, so it is told until it arrives.
    for (let times = 0; seen.length === 0 && times < 50; times++) {
      await happen(world, ottos.id, 1);
      await happen(world, quote.id, 1);
    }
    await watching;
    await client.dispose();
    expect(seen).toEqual([`Signer 1 signed ${quote.number} | ${quote.number}`]);
  });

  test("have their mails once, from the organization, in text and in HTML", async () => {
    const world = await sellingWorld();
    const quote = await sallysQuote(world, { terms: simpleTerms(world, { name: "Acme <b>2027</b>" }) });
    await happen(world, quote.id, 1);
    await api.database.owner.query(
      "SELECT graphile_worker.add_job('mail_notification', json_build_object('organizationId', organization_id, 'notificationId', id)) FROM notification WHERE quote_id = $1",
      [quote.id],
    );
    await api.work();
    const mails = await mailsTo(world.sally);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.messageId).toMatch(/^<notification\.[0-9a-f-]{36}@example\.com>$/);
    expect(mail?.from?.text).toBe('"Test Billing" <billing@example.com>');
    expect(mail?.text).toContain("Hello Sally Sales,");
    expect(mail?.text).toContain(`Quote: ${quote.number}`);
    expect(mail?.html).toContain("Acme &lt;b&gt;2027&lt;/b&gt;");
    expect(mail?.html).not.toContain("<b>");
  });
});
