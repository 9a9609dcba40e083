import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { quoteWorld, simpleQuote } from "./quote-world";
import { followedBy, putAt } from "./version-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function compare(client: Client, quoteId: string, selection: string): Promise<Answer> {
  const { compareQuoteVersions } = await client.data(
    `query ($id: ID!) { compareQuoteVersions(quoteId: $id, from: 1, to: 2) { ${selection} } }`,
    { id: quoteId },
  );
  return compareQuoteVersions;
}

/** The paths of the lines of a quote, in order. */
async function linePaths(client: Client, quoteId: string): Promise<string[]> {
  const { quote } = await client.data("query ($id: ID!) { quote(id: $id) { current { cells { path } } } }", {
    id: quoteId,
  });
  const lines = quote.current.cells.flatMap(({ path }: Answer) => /^phases\.[^.]+\.lines\.[^.]+/.exec(path) ?? []);
  return [...new Set<string>(lines)];
}

describe("a version that follows a sent one", () => {
  test("is a draft with the same terms and ids, and the sent one stays as it was", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const lines = await linePaths(world.sales, id);
    await putAt(world, id, "sent");
    expect((await followedBy(world, id, { note: "They want a longer term" })).ok).toBe(true);
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { status current { ordinal revision createdBy }
         versions { ordinal sentAt supersededAt } history { kind versionOrdinal reason } } }`,
      { id },
    );
    expect(quote).toEqual({
      status: "DRAFT",
      current: { ordinal: 2, revision: 1, createdBy: "test sales" },
      versions: [
        { ordinal: 1, sentAt: "2026-11-03T09:00:00.000Z", supersededAt: "2026-11-03T09:00:00.000Z" },
        { ordinal: 2, sentAt: null, supersededAt: null },
      ],
      history: [
        { kind: "CREATED", versionOrdinal: 1, reason: null },
        { kind: "VERSION_STARTED", versionOrdinal: 2, reason: "They want a longer term" },
      ],
    });
    expect(await linePaths(world.sales, id)).toEqual(lines);
    expect((await compare(world.sales, id, "differences { sentence } ")).differences).toEqual([]);
  });

  test("takes edits with it, and an edit of the superseded version is refused", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    await putAt(world, id, "sent");
    const edits = [{ path: "termMonths", base: "12", value: "24" }];
    expect(await followedBy(world, id, { edits })).toMatchObject({
      ok: true,
      value: { version: { ordinal: 2, revision: 2 }, undo: [{ path: "endsBefore", value: "2028-01-01" }] },
    });
    const { updateQuoteTerms } = await world.sales.data(
      `mutation ($input: UpdateQuoteTermsInput!) { updateQuoteTerms(input: $input) { ... on UserError { code path } } }`,
      { input: { quoteId: id, versionOrdinal: 1, edits: [{ path: "name", value: "Old" }], idempotencyKey: newId() } },
    );
    expect(updateQuoteTerms).toEqual({ code: "QUOTE_VERSION_SUPERSEDED", path: ["versionOrdinal"] });
  });

  test("is not started with edits that clash or cannot be", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    await putAt(world, id, "sent");
    const clash = await followedBy(world, id, { edits: [{ path: "termMonths", base: "6", value: "24" }] });
    expect(clash).toMatchObject({ ok: false, error: { kind: "QuoteEditConflict" } });
    const wrong = await followedBy(world, id, { edits: [{ path: "termMonths", base: "12", value: "0" }] });
    expect(wrong).toMatchObject({ ok: false, error: { kind: "InvalidInput", code: "NUMBER_OUT_OF_RANGE" } });
    const { quote } = await world.sales.data("query ($id: ID!) { quote(id: $id) { status versions { ordinal } } }", {
      id,
    });
    expect(quote).toEqual({ status: "SENT", versions: [{ ordinal: 1 }] });
  });

  test("needs another last day where the sent one is over", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    await putAt(world, id, "sent", { expiresOn: "2026-11-02" as never });
    expect(await followedBy(world, id)).toMatchObject({ error: { code: "EXPIRY_NEEDED", path: ["expiresOn"] } });
    const over = await followedBy(world, id, { expiresOn: "2026-11-02" as never });
    expect(over).toMatchObject({ error: { code: "EXPIRED_ALREADY" } });
    const good = await followedBy(world, id, { expiresOn: "2026-11-03" as never });
    expect(good).toMatchObject({ ok: true, value: { quote: { expiresOn: "2026-11-03", status: "draft" } } });
  });

  test("does not follow a draft, which is edited as it is", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    expect(await followedBy(world, id)).toMatchObject({ error: { kind: "Conflict", code: "QUOTE_NOT_IN_STATE" } });
  });
});

describe("two versions compared", () => {
  test("name every difference in terms and in money", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const [fee, seats] = await linePaths(world.sales, id);
    await putAt(world, id, "sent");
    await followedBy(world, id, {
      edits: [
        { path: "termMonths", base: "12", value: "24" },
        { path: `${fee}.price`, base: "500", value: "450" },
        { path: `${seats}.quantity`, base: "10", value: "20" },
        { path: "renewal.months", base: null, value: "12" },
      ],
    });
    const amount = "before { amount } after { amount } change { amount }";
    const comparison = await compare(
      world.sales,
      id,
      `from { ordinal } to { ordinal } differences { kind where title before after sentence }
       money { problems { code } figures { totalContractValue { ${amount} } annualContractValue { ${amount} }
         oneTime { ${amount} } phases { name net { ${amount} } } lines { name net { ${amount} } } } }`,
    );
    expect([comparison.from.ordinal, comparison.to.ordinal]).toEqual([1, 2]);
    expect(comparison.differences.map(({ sentence }: Answer) => sentence)).toEqual([
      "Ends before: 1 Jan 2028 → 1 Jan 2029",
      "Renews for months: none → 12",
      "Notice, days: none → 0",
      "Phase 1, Platform fee, Fee: 500.00 GBP → 450.00 GBP",
      "Phase 1, Seat, Quantity: 10 → 20",
    ]);
    expect(comparison.differences[3]).toMatchObject({
      kind: "CHANGED",
      where: ["Phase 1", "Platform fee"],
      title: "Fee",
      before: "500",
      after: "450",
    });
    // A year at 500 and ten seats at 13.50; two at 450 and twenty.
    const change = (before: string, after: string, difference: string) => ({
      before: { amount: before },
      after: { amount: after },
      change: { amount: difference },
    });
    const { figures, problems } = comparison.money;
    expect(problems).toEqual([]);
    expect(figures.totalContractValue).toEqual(change("7620.00", "17280.00", "9660.00"));
    expect(figures.annualContractValue).toEqual(change("7620.00", "8640.00", "1020.00"));
    expect(figures.oneTime).toEqual(change("0.00", "0.00", "0.00"));
    expect(figures.phases).toEqual([{ name: "Phase 1", net: change("7620.00", "17280.00", "9660.00") }]);
    expect(figures.lines).toEqual([
      { name: "Platform fee", net: change("6000.00", "10800.00", "4800.00") },
      { name: "Seat", net: change("1620.00", "6480.00", "4860.00") },
    ]);
  });

  test("name lines that came and went", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const [, seats] = await linePaths(world.sales, id);
    await putAt(world, id, "sent");
    await followedBy(world, id);
    const { quote } = await world.sales.data("query ($id: ID!) { quote(id: $id) { current { revision } } }", { id });
    const edit = { quoteId: id, versionOrdinal: 2, revision: quote.current.revision };
    await world.sales.done("removeQuoteLine", "quote { id }", { ...edit, lineId: seats?.split(".").at(-1) });
    const comparison = await compare(
      world.sales,
      id,
      "differences { kind title where sentence } money { figures { lines { name net { before { amount } after { amount } } } } }",
    );
    expect(comparison.differences).toEqual([
      {
        kind: "REMOVED",
        title: "Line",
        where: ["Phase 1", "Seat"],
        sentence:
          'Phase 1, Seat: removed (quantity 10, unit price 15.00 GBP, cadence monthly, billed in advance, Discount "Launch" (percent 10 %, taken before minimum))',
      },
    ]);
    expect(comparison.money.figures.lines).toEqual([
      { name: "Platform fee", net: { before: { amount: "6000.00" }, after: { amount: "6000.00" } } },
      { name: "Seat", net: { before: { amount: "1620.00" }, after: null } },
    ]);
  });

  test("have no money where one of them cannot be billed, and say why", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const phase = (await linePaths(world.sales, id))[0]?.split(".").slice(0, 2).join(".");
    await putAt(world, id, "sent");
    await followedBy(world, id, { edits: [{ path: `${phase}.endsBefore`, base: null, value: "2027-07-01" }] });
    const { money } = await compare(
      world.sales,
      id,
      "money { figures { oneTime { change { amount } } } problems { code } }",
    );
    expect(money).toEqual({ figures: null, problems: [{ code: "PHASES_GAP" }] });
  });

  test("find nothing where there is no such version or quote", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    expect(await compare(world.sales, id, "from { ordinal }")).toBeNull();
    expect(await compare(world.sales, newId(), "from { ordinal }")).toBeNull();
  });
});
