import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type QuoteWorld, quoteWorld, simpleQuote } from "../quote/quote-world";
import { ADA, lookForExpiry, send } from "../signing/signing-world";
import { newRule, quoteWithDiscount, read, submit } from "./approval-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const setDay = (world: QuoteWorld, day: string) =>
  world.organization.admin.done("setTestClock", "organization { today }", { now: `${day}T09:00:00Z` });

/** The minutes to the next looks at the organization's quotes. */
async function looks({ organization }: QuoteWorld): Promise<string[]> {
  const { rows } = await api.database.owner.query<{ at: string }>(
    `SELECT to_char(run_at AT TIME ZONE 'UTC', 'MI:SS') AS at FROM graphile_worker.jobs WHERE key LIKE $1 AND run_at > now()`,
    [`expire_quotes:${organization.id}:%`],
  );
  return rows.map(({ at }) => at);
}

const look = (world: QuoteWorld) => lookForExpiry(api, world);

const historyOf = async (world: QuoteWorld, { id }: { readonly id: string }): Promise<unknown[]> => {
  const { quote } = await world.sales.data(
    "query ($id: ID!) { quote(id: $id) { history { kind actor reason facts } } }",
    {
      id,
    },
  );
  return quote.history.flatMap(({ kind, actor, reason, facts }: Answer) =>
    ["EXPIRING", "EXPIRED"].includes(kind) ? [[kind, actor, reason, facts.warning ?? facts.status]] : [],
  );
};

async function sent(world: QuoteWorld, expiresOn: string): Promise<Answer> {
  const quote = await simpleQuote(world, {}, { expiresOn });
  await submit(world.sales, quote);
  const answer = await send({ world, quoteId: quote.id, seller: "" }, { signers: [ADA] });
  expect(answer.quote.status).toBe("SENT");
  return quote;
}

describe("The last day of a quote", () => {
  test("is warned of a week and a day before, once each, and over the day after", async () => {
    const world = await quoteWorld(api);
    const quote = await sent(world, "2026-11-20");
    const seen = async (day: string) => {
      await setDay(world, day);
      await look(world);
      await look(world);
      return [(await read(world.sales, quote)).status, ...(await historyOf(world, quote))];
    };
    const week = ["EXPIRING", "Billgrid", null, 7];
    const day = ["EXPIRING", "Billgrid", null, 1];
    const expired = ["EXPIRED", "Billgrid", "Its last day was 20 Nov 2026.", "sent"];
    expect(await seen("2026-11-12")).toEqual(["SENT"]);
    expect(await seen("2026-11-13")).toEqual(["SENT", week]);
    expect(await seen("2026-11-18")).toEqual(["SENT", week]);
    expect(await seen("2026-11-19")).toEqual(["SENT", week, day]);
    expect(await seen("2026-11-20")).toEqual(["SENT", week, day]);
    expect(await seen("2026-11-21")).toEqual(["EXPIRED", week, day, expired]);
    expect(await seen("2026-11-22")).toEqual(["EXPIRED", week, day, expired]);
    expect((await read(world.sales, quote)).statusReason).toBe("Its last day was 20 Nov 2026.");
  });

  test("that nobody looked at in time is warned of late, and not twice at once", async () => {
    const world = await quoteWorld(api);
    const quote = await sent(world, "2026-11-20");
    await setDay(world, "2026-11-20");
    await look(world);
    expect(await historyOf(world, quote)).toEqual([["EXPIRING", "Billgrid", null, 1]]);
  });

  test("over takes back the signatures that are asked for", async () => {
    const world = await quoteWorld(api);
    const quote = await sent(world, "2026-11-05");
    await setDay(world, "2026-11-06");
    await look(world);
    const { quote: after } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { status signatureRequest { status statusReason } } }",
      { id: quote.id },
    );
    expect(after).toEqual({
      status: "EXPIRED",
      signatureRequest: { status: "WITHDRAWN", statusReason: "Its last day was 5 Nov 2026." },
    });
  });

  test("ends what waits for approval, and leaves drafts alone", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", { discountOver: { percent: "15" } });
    const draft = await simpleQuote(world, {}, { expiresOn: "2026-11-05" });
    const waiting = await quoteWithDiscount(world, "22", {}, { expiresOn: "2026-11-05" });
    await submit(world.sales, waiting);
    await setDay(world, "2026-11-06");
    await look(world);
    expect((await read(world.sales, waiting)).status).toBe("EXPIRED");
    expect((await read(world.sales, draft)).status).toBe("DRAFT");
    const { auditEvents } = await world.organization.admin.data(
      `query ($id: ID!) { auditEvents(subjectId: $id) { nodes { action actorName } } }`,
      { id: waiting.id },
    );
    expect(auditEvents.nodes).toContainEqual({ action: "quote.expired", actorName: "Billgrid" });
  });

  test("is looked at every hour on the hour, for as long as any quote may expire", async () => {
    const world = await quoteWorld(api);
    const quote = await simpleQuote(world, {}, { expiresOn: "2026-11-05" });
    expect(await looks(world)).toEqual([]);
    await submit(world.sales, quote);
    expect(await looks(world)).toEqual(["00:00"]);
    await sent(world, "2026-12-31");
    expect(await looks(world)).toEqual(["00:00"]);
    await setDay(world, "2026-11-06");
    await look(world);
    expect(await looks(world)).toEqual(["00:00"]);
    await setDay(world, "2027-01-01");
    await look(world);
    expect(await looks(world)).toEqual([]);
  });
});
