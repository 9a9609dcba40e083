import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote, simpleTerms } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const AMOUNTS = "list { amount } discount { amount } discountPercent net { amount }";
const preview = async (client: Client, selection: string, input: object): Promise<Answer> =>
  (
    await client.data(
      `query ($input: PreviewQuoteInput!) { previewQuote(input: $input) {
         figures { ${selection} } problems { code message path } warnings { code path } } }`,
      { input },
    )
  ).previewQuote;

/** "list − discount (percent) = net" */
const inShort = ({ list, discount, discountPercent, net }: Answer): string =>
  `${list.amount} − ${discount.amount} (${discountPercent} %) = ${net.amount}`;

describe("a preview of a saved quote", () => {
  test("answers the totals, by phase, by year and by line", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { figures, problems } = await preview(
      world.sales,
      `currency startsOn endsBefore hasEnd termMonths total { ${AMOUNTS} } totalContractValue { amount currency }
       annualContractValue { amount } oneTime { amount } usage { amount } totalWithUsage { amount }
       phases { name startsOn endsBefore amounts { ${AMOUNTS} } monthlyRecurring { amount } annualRecurring { amount } }
       years { ordinal amounts { ${AMOUNTS} } } lines { description isMetered amounts { ${AMOUNTS} } } overLines { id }`,
      { quoteId: id },
    );
    expect(problems).toEqual([]);
    expect(figures).toMatchObject({
      currency: "GBP",
      startsOn: "2027-01-01",
      endsBefore: "2028-01-01",
      hasEnd: true,
      termMonths: "12",
      totalContractValue: { amount: "7620.00", currency: "GBP" },
      annualContractValue: { amount: "7620.00" },
      oneTime: { amount: "0.00" },
      usage: null,
      totalWithUsage: null,
      overLines: [],
    });
    expect(inShort(figures.total)).toBe("7800.00 − 180.00 (2.31 %) = 7620.00");
    expect(figures.lines.map(({ description, amounts }: Answer) => `${description}: ${inShort(amounts)}`)).toEqual([
      "Platform fee: 6000.00 − 0.00 (0 %) = 6000.00",
      "Seat: 1800.00 − 180.00 (10 %) = 1620.00",
    ]);
    expect(figures.phases).toMatchObject([
      { name: "Phase 1", monthlyRecurring: { amount: "635.00" }, annualRecurring: { amount: "7620.00" } },
    ]);
    expect(figures.years.map(({ amounts }: Answer) => inShort(amounts))).toEqual([inShort(figures.total)]);
  });

  test("shows the first twelve invoices, with their lines where they are asked for", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, { endsBefore: null });
    const { figures } = await preview(
      world.sales,
      "hasEnd invoices { billsOn billingMonth net { amount } lines { description net { amount } inWords } }",
      { quoteId: id },
    );
    expect(figures.hasEnd).toBe(false);
    expect(figures.invoices).toHaveLength(12);
    expect(figures.invoices[0]).toMatchObject({
      billsOn: "2027-01-01",
      billingMonth: "2027-01",
      net: { amount: "635.00" },
      lines: [
        { description: "Platform fee", net: { amount: "500.00" } },
        { description: "Seat", net: { amount: "135.00" } },
      ],
    });
    expect(figures.invoices[0].lines[1].inWords.join(" ")).toContain("10 %");
  });

  test("adds what is assumed to be used, at a level for all months and at another for one", async () => {
    const world = await quoteWorld(api);
    const { prices, metricId } = world;
    const { id } = await simpleQuote(world, {
      phases: [
        { startsOn: "2027-01-01", lines: [{ priceId: prices.calls.id }, { priceId: prices.seats.id, quantity: "10" }] },
      ],
    });
    const { figures } = await preview(
      world.sales,
      "total { net { amount } } usage { amount } totalWithUsage { amount } invoices { billsOn net { amount } }",
      {
        quoteId: id,
        // 1,000 at 0.10 and 1,000 at 0.05; in March nothing; two seats more on each day of the term.
        usage: [
          { metricId, quantity: "2000" },
          { metricId, month: "2027-03", quantity: "0" },
        ],
        seats: [{ priceId: prices.seats.id, effectiveOn: "2026-12-31", seats: 12 }],
      },
    );
    expect(figures).toMatchObject({
      total: { net: { amount: "1800.00" } },
      usage: { amount: "2010.00" },
      totalWithUsage: { amount: "3810.00" },
    });
    expect(figures.invoices.slice(0, 4).map(({ net }: Answer) => net.amount)).toEqual([
      "180.00",
      "330.00",
      "330.00",
      "180.00",
    ]);
  });

  test("is of the version that is asked for, and also stands at the version itself", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const asked = await preview(world.sales, "totalContractValue { amount }", { quoteId: id, versionOrdinal: 1 });
    expect(asked.figures.totalContractValue.amount).toBe("7620.00");
    const none = await preview(world.sales, "currency", { quoteId: id, versionOrdinal: 2 });
    expect(none).toMatchObject({
      figures: null,
      problems: [{ code: "QUOTE_VERSION_NOT_FOUND", path: ["versionOrdinal"] }],
    });
    const { quote } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { current { figures { totalContractValue { amount } } } } }",
      { id },
    );
    expect(quote.current.figures.totalContractValue.amount).toBe("7620.00");
  });
});

describe("a preview of edits that are not pushed", () => {
  const cellsOf = async ({ sales }: QuoteWorld, id: string): Promise<Answer> => {
    const { quote } = await sales.data("query ($id: ID!) { quote(id: $id) { current { cells { path value } } } }", {
      id,
    });
    return quote.current.cells;
  };
  const cellAt = (cells: Answer, ending: string): Answer => cells.findLast(({ path }: Answer) => path.endsWith(ending));

  test("prices the quote as if they were made, and saves nothing", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { path, value } = cellAt(await cellsOf(world, id), ".quantity");
    const before = await rowsOf(api);
    const { figures } = await preview(world.sales, "totalContractValue { amount }", {
      quoteId: id,
      edits: [{ path, base: value, value: "20" }],
    });
    expect(figures.totalContractValue.amount).toBe("9240.00");
    expect(await rowsOf(api)).toEqual(before);
    const saved = await preview(world.sales, "totalContractValue { amount }", { quoteId: id });
    expect(saved.figures.totalContractValue.amount).toBe("7620.00");
  });

  test("that cannot be made answers why, at the edit", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { path, value } = cellAt(await cellsOf(world, id), ".quantity");
    const problemsFor = async (edits: object[]) =>
      problemsOf(await preview(world.sales, "currency", { quoteId: id, edits }));
    expect(await problemsFor([{ path, base: "7", value: "20" }])).toEqual(["CELL_CHANGED at edits.0.base"]);
    expect(await problemsFor([{ path, base: value, value: "many" }])).toEqual([
      expect.stringMatching(/ at edits\.0\./),
    ]);
    expect(await problemsFor([{ path: "nowhere", base: null, value: "1" }])).toEqual([
      expect.stringMatching(/ at edits\.0\./),
    ]);
  });
});

describe("a preview of terms that are not saved", () => {
  test("prices them for a customer or a prospect", async () => {
    const world = await quoteWorld(api);
    const terms = simpleTerms(world);
    const parties = [{ customerId: world.customerId }, { prospect: { legalName: "Newcomer GmbH" } }];
    for (const party of parties) {
      const { figures } = await preview(world.sales, "totalContractValue { amount }", { terms, ...party });
      expect(figures.totalContractValue.amount).toBe("7620.00");
    }
  });

  test("that cannot be billed answers every problem with its place, and no figures", async () => {
    const world = await quoteWorld(api);
    const { figures, problems } = await preview(world.sales, "currency", {
      customerId: world.customerId,
      terms: simpleTerms(world, {
        phases: [
          {
            startsOn: "2027-02-01",
            lines: [{ priceId: world.prices.fee.id, discounts: [{ description: "Too much", percent: "101" }] }],
          },
        ],
      }),
      usage: [{ metricId: world.metricId, quantity: "1" }],
    });
    expect(figures).toBeNull();
    expect(problemsOf({ problems })).toEqual([
      "PERCENT_OUT_OF_RANGE at terms.phases.0.lines.0.discounts.0.percent",
      "PHASES_GAP at terms.phases.0.startsOn",
      "METRIC_NOT_BILLED at usage.0.metricId",
    ]);
  });

  test("that may be a slip is priced, with a warning at the place", async () => {
    const world = await quoteWorld(api);
    const answer = await preview(world.sales, "total { discountPercent }", {
      customerId: world.customerId,
      terms: simpleTerms(world, {
        phases: [
          {
            startsOn: "2027-01-01",
            lines: [{ priceId: world.prices.fee.id, discounts: [{ description: "Meant 10 %", percent: "0.1" }] }],
          },
        ],
      }),
    });
    expect(answer.figures.total.discountPercent).toBe("0.1");
    expect(answer.warnings).toEqual([
      { code: "PERCENT_BELOW_ONE", path: ["terms", "phases", "0", "lines", "0", "discounts", "0", "percent"] },
    ]);
  });

  test("longer than ten years is refused, however long", async () => {
    const world = await quoteWorld(api);
    const ends = { "2037-01-01": [], "2037-01-02": ["TERM_TOO_LONG at terms.endsBefore"] };
    for (const [endsBefore, found] of Object.entries({ ...ends, "9990-01-01": ends["2037-01-02"] })) {
      const terms = simpleTerms(world, { endsBefore });
      const { problems } = await preview(world.sales, "currency", { customerId: world.customerId, terms });
      expect(problemsOf({ problems })).toEqual(found);
    }
  });

  test.each([
    ["neither a quote nor terms", {}, "QUOTE_OR_TERMS at quoteId"],
    ["a quote that there is not", { quoteId: "0192f0c1-2b1d-7000-8000-000000000000" }, "QUOTE_NOT_FOUND at quoteId"],
    ["what is no id", { quoteId: "Q-00001" }, "QUOTE_NOT_FOUND at quoteId"],
  ])("of %s is a problem", async (_what, input, found) => {
    const world = await quoteWorld(api);
    const { figures, problems } = await preview(world.sales, "currency", input);
    expect(figures).toBeNull();
    expect(problemsOf({ problems })).toEqual([found]);
  });
});

test("a preview takes as many statements for a hundred lines as for one", async () => {
  const world = await quoteWorld(api);
  const prices = await manyPrices(world, 100);
  const statementsFor = (count: number) =>
    countStatements(() =>
      preview(world.sales, "totalContractValue { amount } lines { lineId }", {
        customerId: world.customerId,
        terms: simpleTerms(world, {
          phases: [{ startsOn: "2027-01-01", lines: prices.slice(0, count).map((priceId) => ({ priceId })) }],
        }),
      }),
    );
  await statementsFor(1);
  expect(await statementsFor(100)).toBe(await statementsFor(1));
});

describe("what a quote names is read once", () => {
  test("and not again for edits that are not pushed", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { quote } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { current { cells { path value } } } }",
      { id },
    );
    const { path, value } = quote.current.cells.findLast((cell: Answer) => cell.path.endsWith(".quantity"));
    const statementsFor = (edits: object[]) =>
      countStatements(() => preview(world.sales, "totalContractValue { amount }", { quoteId: id, edits }));
    await statementsFor([]);
    expect(await statementsFor([{ path, base: value, value: "20" }])).toBe(await statementsFor([]));
  });

  test("for the figures of all quotes of a list, whatever each names", async () => {
    const world = await quoteWorld(api);
    const prices = await manyPrices(world, 3);
    for (const priceId of prices)
      await simpleQuote(world, { phases: [{ startsOn: "2027-01-01", lines: [{ priceId }] }] });
    const statementsFor = (first: number) =>
      countStatements(async () => {
        const { quotes } = await world.sales.data(
          `query ($first: Int!) { quotes(first: $first) { edges { node {
             current { figures { totalContractValue { amount } } } } } } }`,
          { first },
        );
        const totals = quotes.edges.map(({ node }: Answer) => node.current.figures.totalContractValue.amount);
        expect(totals).toEqual(Array.from({ length: first }, () => "120.00"));
      });
    await statementsFor(1);
    expect(await statementsFor(3)).toBe(await statementsFor(1));
  });
});

async function manyPrices({ finance, productId }: QuoteWorld, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { price } = await finance.done("createPrice", "price { id }", {
      productId,
      name: `Price ${index}`,
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ADVANCE",
      effectiveOn: "2026-01-01",
      terms: { flat: { fee: "10" } },
    });
    ids.push(price.id);
  }
  return ids;
}

/** How many rows every table has. */
async function rowsOf({ database }: TestApi): Promise<Answer> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    const counts = rows.map(({ name }) => `(SELECT count(*) FROM "${name}") AS "${name}"`);
    return (await client.query(`SELECT ${counts.join(", ")}`)).rows[0];
  } finally {
    await client.end();
  }
}
