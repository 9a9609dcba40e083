import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote } from "./quote-world";
import { putAt } from "./version-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Edit = { readonly path: string; readonly base: string | null; readonly value: string | null };

const SUCCESS = `applied { path where title before after } undo { path base value } problems { code } warnings { code path }
  quote { status current { revision } }`;

/** Pushes edits as updateQuoteTerms, conflicts included. */
async function push(client: Client, quoteId: string, edits: readonly Edit[], more: object = {}): Promise<Answer> {
  const { updateQuoteTerms } = await client.data(
    `mutation ($input: UpdateQuoteTermsInput!) { updateQuoteTerms(input: $input) { __typename
       ... on UpdateQuoteTermsSuccess { ${SUCCESS} }
       ... on UserError { code message path } ... on InvalidInput { problems { code message path } }
       ... on StaleVersion { currentVersion }
       ... on QuoteEditConflict { conflicts { path base mine theirs isGone changedBy } } } }`,
    { input: { quoteId, versionOrdinal: 1, edits, idempotencyKey: newId(), ...more } },
  );
  return updateQuoteTerms;
}

type Cells = ReadonlyMap<string, string | null>;

async function cellsOf(client: Client, quoteId: string): Promise<Cells> {
  const { quote } = await client.data("query ($id: ID!) { quote(id: $id) { current { cells { path value } } } }", {
    id: quoteId,
  });
  return new Map(quote.current.cells.map(({ path, value }: Answer) => [path, value]));
}

/** The paths of the simple quote: the fee is its first line, ten seats at 10 % off its second. */
async function simpleQuoteWithPaths(world: QuoteWorld) {
  const { id } = await simpleQuote(world);
  const cells = await cellsOf(world.sales, id);
  const [fee, seats] = [
    ...new Set([...cells.keys()].flatMap((path) => /^phases\.[^.]+\.lines\.[^.]+/.exec(path) ?? [])),
  ];
  return {
    id,
    cells,
    fee: fee as string,
    seats: seats as string,
    phase: /^phases\.[^.]+/.exec(fee as string)?.[0] as string,
  };
}

describe("the cells of a version", () => {
  test("say what can be edited, what it shows and how it is written", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { current { cells { where title kind value standard isEditable isOptional } } } }`,
      { id },
    );
    const cell = (title: string, where: string[]) =>
      quote.current.cells.find((each: Answer) => each.title === title && `${each.where}` === `${where}`);
    expect(cell("Start", [])).toEqual({
      where: [],
      title: "Start",
      kind: "DAY",
      value: "2027-01-01",
      standard: null,
      isEditable: true,
      isOptional: false,
    });
    expect(cell("Term, months", [])).toMatchObject({ kind: "WHOLE_NUMBER", value: "12" });
    expect(cell("Fee", ["Phase 1", "Platform fee"])).toMatchObject({ kind: "MONEY", value: "500", standard: "500" });
    expect(cell("Discount", ["Phase 1", "Seat"])).toMatchObject({ kind: "PERCENT", value: "10", isOptional: true });
    expect(cell("Amount", ["Phase 1", "Seat", 'Discount "Launch"'])).toMatchObject({ value: null, isEditable: false });
  });

  test("are read for many quotes in no more statements than for one", async () => {
    const world = await quoteWorld(api);
    await simpleQuote(world);
    const read = () => countStatements(() => world.sales.data("{ quotes { nodes { current { cells { path } } } } }"));
    const one = await read();
    for (let count = 0; count < 4; count += 1) await simpleQuote(world);
    expect(await read()).toBe(one);
  });
});

describe("edits of cells", () => {
  test("are made together, with what follows, and kept in the history", async () => {
    const world = await quoteWorld(api);
    const { id, fee, seats, phase } = await simpleQuoteWithPaths(world);
    const edited = await push(
      world.sales,
      id,
      [
        { path: "startsOn", base: "2027-01-01", value: "2026-12-01" },
        { path: `${fee}.price`, base: "500.00", value: "450.00" },
        { path: `${seats}.quantity`, base: "10.0", value: "12" },
      ],
      { note: "As agreed on the phone" },
    );
    expect(edited).toMatchObject({
      __typename: "UpdateQuoteTermsSuccess",
      applied: [
        { path: "startsOn", where: [], title: "Start", before: "2027-01-01", after: "2026-12-01" },
        { path: "termMonths", before: "12", after: "13" },
        { path: `${phase}.startsOn`, where: ["Phase 1"], before: "2027-01-01", after: "2026-12-01" },
        { path: `${fee}.price`, where: ["Phase 1", "Platform fee"], title: "Fee", before: "500", after: "450" },
        { path: `${seats}.quantity`, title: "Quantity", before: "10", after: "12" },
      ],
      problems: [],
      warnings: [],
      quote: { status: "DRAFT", current: { revision: 2 } },
    });
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { current { edits { revision path before after note editedBy } } } }`,
      { id },
    );
    const of = { revision: 2, note: "As agreed on the phone", editedBy: "test sales" };
    expect(quote.current.edits).toEqual([
      { path: "startsOn", before: "2027-01-01", after: "2026-12-01", ...of },
      { path: `${phase}.startsOn`, before: "2027-01-01", after: "2026-12-01", ...of },
      { path: `${fee}.price`, before: "500", after: "450", ...of },
      { path: `${seats}.quantity`, before: "10", after: "12", ...of },
    ]);
  });

  test("that would lead to terms that cannot be are refused at their places, and none is made", async () => {
    const world = await quoteWorld(api);
    const { id, fee, seats, cells } = await simpleQuoteWithPaths(world);
    const refused = await push(world.sales, id, [
      { path: "name", base: "Acme 2027", value: "Acme, renamed" },
      { path: `${fee}.price`, base: "500", value: "449.999" },
      { path: `${seats}.discountPercent`, base: "10", value: "101" },
      { path: `${seats}.quantity`, base: "10", value: "ten" },
      { path: "nonsense", base: null, value: "1" },
    ]);
    expect(problemsOf(refused)).toEqual([
      "AMOUNT_TOO_PRECISE at edits.1.value",
      "PERCENT_OUT_OF_RANGE at edits.2.value",
      "NUMBER_MALFORMED at edits.3.value",
      "CELL_UNKNOWN at edits.4.path",
    ]);
    const outside = await push(world.sales, id, [
      { path: "name", base: "Acme 2027", value: "" },
      { path: `${seats}.quantity`, base: "10", value: "-1" },
    ]);
    expect(problemsOf(outside)).toEqual(["VALUE_MISSING at edits.0.value"]);
    const negative = await push(world.sales, id, [
      { path: "name", base: "Acme 2027", value: "Acme, renamed" },
      { path: `${seats}.quantity`, base: "10", value: "-1" },
      { path: `${fee}.price`, base: "500", value: "-1" },
    ]);
    expect(problemsOf(negative).sort()).toEqual(["NEGATIVE at edits.2.value", "QUANTITY_NEGATIVE at edits.1.value"]);
    expect(await cellsOf(world.sales, id)).toEqual(cells);
  });

  test("are at most 2,000, at least one, and have a note of a length that people read", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const edits = Array.from({ length: 2_001 }, (_, index) => ({ path: `cell ${index}`, base: null, value: "1" }));
    expect(problemsOf(await push(world.sales, id, edits))).toEqual(["TOO_MANY_EDITS at edits"]);
    expect(problemsOf(await push(world.sales, id, edits.slice(1)))).toHaveLength(2_000);
    expect(problemsOf(await push(world.sales, id, []))).toEqual(["EDITS_MISSING at edits"]);
    const note = "x".repeat(1_001);
    expect(problemsOf(await push(world.sales, id, edits.slice(0, 1), { note }))).toEqual(["TEXT_TOO_LONG at note"]);
  });

  test("that come twice with one key are made once", async () => {
    const world = await quoteWorld(api);
    const { id, fee } = await simpleQuoteWithPaths(world);
    const edits = [{ path: `${fee}.price`, base: "500", value: "450" }];
    const idempotencyKey = newId();
    const [first, again] = [
      await push(world.sales, id, edits, { idempotencyKey }),
      await push(world.sales, id, edits, { idempotencyKey }),
    ];
    expect(again).toEqual(first);
    expect(again.quote.current.revision).toBe(2);
  });

  test("that leave a gap are taken, and say what keeps the quote from being submitted", async () => {
    const world = await quoteWorld(api);
    const { id, phase } = await simpleQuoteWithPaths(world);
    const edited = await push(world.sales, id, [{ path: `${phase}.endsBefore`, base: null, value: "2027-07-01" }]);
    expect(edited.problems).toEqual([{ code: "PHASES_GAP" }]);
  });

  test("may be a slip, and then say so at their place", async () => {
    const world = await quoteWorld(api);
    const { id, fee, seats } = await simpleQuoteWithPaths(world);
    const edited = await push(world.sales, id, [
      { path: `${fee}.discountPercent`, base: null, value: "0.2" },
      { path: `${seats}.discountPercent`, base: "10", value: "0.1" },
    ]);
    expect(edited.warnings).toEqual([
      { code: "PERCENT_BELOW_ONE", path: ["edits", "0", "value"] },
      { code: "PERCENT_BELOW_ONE", path: ["edits", "1", "value"] },
    ]);
  });

  test("are not for those who may only read", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const analyst = await world.organization.as("analyst");
    const reply = await analyst.ask(
      `mutation ($input: UpdateQuoteTermsInput!) { updateQuoteTerms(input: $input) { __typename } }`,
      { input: { quoteId: id, versionOrdinal: 1, edits: [{ path: "name", value: "Mine" }], idempotencyKey: newId() } },
    );
    expect(reply.errors?.[0].extensions.code).toBe("FORBIDDEN");
  });

  test("by the hundred take no more statements than one", async () => {
    const world = await quoteWorld(api);
    const lineCount = 100;
    const prices = [];
    for (let count = 0; count < lineCount; count += 1) {
      const { price } = await world.finance.done("createPrice", "price { id }", {
        productId: world.productId,
        currency: "GBP",
        cadence: "MONTHLY",
        timing: "IN_ADVANCE",
        effectiveOn: "2026-01-01",
        name: `Module ${count}`,
        terms: { flat: { fee: "10" } },
      });
      prices.push(price.id);
    }
    const phases = [{ startsOn: "2027-01-01", lines: prices.map((priceId) => ({ priceId, quantity: "1" })) }];
    const { id } = await simpleQuote(world, { phases });
    const cells = await cellsOf(world.sales, id);
    const editsOf = (name: string, value: (index: number) => string) =>
      [...cells]
        .filter(([path]) => path.endsWith(name))
        .map(([path, base], index) => ({ path, base, value: value(index) }));
    const many = [
      ...editsOf(".quantity", (index) => String(index + 2)),
      ...editsOf(".price", () => "9.5"),
      ...editsOf(".description", (index) => `Module number ${index}`),
      ...editsOf(".discountPercent", () => "5"),
    ].filter(({ path }) => path.includes(".lines."));
    expect(many.length).toBe(4 * lineCount);
    const one = await countStatements(() =>
      push(world.sales, id, [{ path: "name", base: "Acme 2027", value: "Acme" }]),
    );
    let answer: Answer;
    const all = await countStatements(async () => {
      answer = await push(world.sales, id, many);
    });
    expect(answer.__typename).toBe("UpdateQuoteTermsSuccess");
    expect(all).toBe(one);
  });
});

describe("two people who push edits at once", () => {
  test("do not disturb each other on different cells", async () => {
    const world = await quoteWorld(api);
    const { id, fee, seats } = await simpleQuoteWithPaths(world);
    const answers = await Promise.all([
      push(world.sales, id, [{ path: `${fee}.price`, base: "500", value: "480" }]),
      push(world.finance, id, [{ path: `${seats}.quantity`, base: "10", value: "25" }]),
    ]);
    expect(answers.map(({ __typename }) => __typename)).toEqual(["UpdateQuoteTermsSuccess", "UpdateQuoteTermsSuccess"]);
    const cells = await cellsOf(world.sales, id);
    expect([cells.get(`${fee}.price`), cells.get(`${seats}.quantity`)]).toEqual(["480", "25"]);
  });

  test("clash on the same cell: one is told of all three values and of the other, and nothing of theirs is made", async () => {
    const world = await quoteWorld(api);
    const { id, fee } = await simpleQuoteWithPaths(world);
    const edits = (price: string, name: string) => [
      { path: `${fee}.price`, base: "500", value: price },
      { path: `${fee}.description`, base: null, value: name },
    ];
    const pushes = await Promise.all([
      push(world.sales, id, edits("480", "From sales")),
      push(world.finance, id, edits("490", "From finance")),
    ]);
    const isSales = pushes[0].__typename === "UpdateQuoteTermsSuccess";
    const [won, lost] = isSales ? pushes : [...pushes].reverse();
    const [mine, theirs] = isSales ? ["490", "480"] : ["480", "490"];
    const winner = isSales ? "sales" : "finance";
    expect(won.__typename).toBe("UpdateQuoteTermsSuccess");
    expect(lost).toMatchObject({ __typename: "QuoteEditConflict", code: "QUOTE_EDIT_CONFLICT", path: ["edits"] });
    expect(lost.conflicts).toEqual([
      { path: `${fee}.price`, base: "500", mine, theirs, isGone: false, changedBy: `test ${winner}` },
      {
        path: `${fee}.description`,
        base: null,
        mine: isSales ? "From finance" : "From sales",
        theirs: `From ${winner}`,
        isGone: false,
        changedBy: `test ${winner}`,
      },
    ]);
    expect((await cellsOf(world.sales, id)).get(`${fee}.price`)).toBe(theirs);
  });

  test("agree where both want the same", async () => {
    const world = await quoteWorld(api);
    const { id, fee } = await simpleQuoteWithPaths(world);
    const edit = { path: `${fee}.price`, base: "500", value: "480" };
    const [first, second] = [await push(world.sales, id, [edit]), await push(world.finance, id, [edit])];
    expect(first.applied).toHaveLength(1);
    expect(second).toMatchObject({ __typename: "UpdateQuoteTermsSuccess", applied: [], undo: [] });
    expect(second.quote.current.revision).toBe(2);
  });

  test("clash where one removed the line that the other edits", async () => {
    const world = await quoteWorld(api);
    const { id, seats } = await simpleQuoteWithPaths(world);
    await world.finance.done("removeQuoteLine", "quote { id }", {
      quoteId: id,
      versionOrdinal: 1,
      revision: 1,
      lineId: seats.split(".").at(-1),
    });
    const clash = await push(world.sales, id, [{ path: `${seats}.quantity`, base: "10", value: "12" }]);
    expect(clash.conflicts).toEqual([
      { path: `${seats}.quantity`, base: "10", mine: "12", theirs: null, isGone: true, changedBy: "test finance" },
    ]);
  });

  test("clash on the months of a term as on its end", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    await push(world.finance, id, [{ path: "endsBefore", base: "2028-01-01", value: "2028-07-01" }]);
    const clash = await push(world.sales, id, [{ path: "termMonths", base: "12", value: "24" }]);
    expect(clash.conflicts).toEqual([
      { path: "termMonths", base: "12", mine: "24", theirs: "18", isGone: false, changedBy: "test finance" },
    ]);
  });
});

describe("undo", () => {
  test("takes back everything that was edited, with what followed", async () => {
    const world = await quoteWorld(api);
    const { id, fee, seats, cells } = await simpleQuoteWithPaths(world);
    const edited = await push(world.sales, id, [
      { path: "startsOn", base: "2027-01-01", value: "2026-12-01" },
      { path: "termMonths", base: "12", value: "24" },
      { path: `${fee}.price`, base: "500", value: "450" },
      { path: `${fee}.trial.days`, base: null, value: "14" },
      { path: `${seats}.discountPercent`, base: "10", value: null },
      { path: "renewal.months", base: null, value: "12" },
    ]);
    expect(edited.__typename).toBe("UpdateQuoteTermsSuccess");
    const undone = await push(world.sales, id, edited.undo);
    expect(undone.__typename).toBe("UpdateQuoteTermsSuccess");
    expect(await cellsOf(world.sales, id)).toEqual(cells);
  });

  test("stops where somebody else edited the same since", async () => {
    const world = await quoteWorld(api);
    const { id, fee } = await simpleQuoteWithPaths(world);
    const { undo } = await push(world.sales, id, [{ path: `${fee}.price`, base: "500", value: "450" }]);
    await push(world.finance, id, [{ path: `${fee}.price`, base: "450", value: "475" }]);
    const clash = await push(world.sales, id, undo);
    expect(clash.conflicts).toEqual([
      { path: `${fee}.price`, base: "450", mine: "500", theirs: "475", isGone: false, changedBy: "test finance" },
    ]);
  });
});

describe("edits on a version", () => {
  const rename = [{ path: "name", base: "Acme 2027", value: "Acme, renamed" }];

  test("that there is not, or of no quote, find nothing", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    expect(await push(world.sales, id, rename, { versionOrdinal: 2 })).toMatchObject({
      code: "QUOTE_VERSION_NOT_FOUND",
    });
    expect(await push(world.sales, newId(), rename)).toMatchObject({ code: "QUOTE_NOT_FOUND" });
  });

  test("of another organization find nothing", async () => {
    const [world, other] = [await quoteWorld(api), await quoteWorld(api)];
    const { id } = await simpleQuote(world);
    expect(await push(other.sales, id, rename)).toMatchObject({ code: "QUOTE_NOT_FOUND" });
  });

  test("that insist on a revision are refused where anybody edited since", async () => {
    const world = await quoteWorld(api);
    const { id, fee } = await simpleQuoteWithPaths(world);
    await push(world.finance, id, [{ path: `${fee}.price`, base: "500", value: "480" }], { revision: 1 });
    const stale = await push(world.sales, id, rename, { revision: 1 });
    expect(stale).toMatchObject({ __typename: "StaleVersion", currentVersion: 2 });
  });

  test("that was sent are refused, and what to do instead is said", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    await putAt(world, id, "sent");
    const refused = await push(world.sales, id, rename);
    expect(refused).toMatchObject({ __typename: "Conflict", code: "QUOTE_SENT" });
    expect(refused.message).toContain("startQuoteVersion");
  });

  test("that was approved make it a draft again", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    await putAt(world, id, "approved");
    expect((await push(world.sales, id, rename)).quote.status).toBe("DRAFT");
    const { quote } = await world.sales.data("query ($id: ID!) { quote(id: $id) { history { kind actor } } }", { id });
    expect(quote.history.at(-1)).toEqual({ kind: "RECALLED", actor: "test sales" });
  });
});

describe("moving a quote", () => {
  test("keeps the lengths of the term and its phases", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, {
      phases: [
        { startsOn: "2027-01-01", lines: [{ priceId: world.prices.fee.id }] },
        { startsOn: "2027-04-01", lines: [{ priceId: world.prices.annual.id }] },
      ],
    });
    const { problems } = await world.sales.done("moveQuote", "problems { code }", {
      quoteId: id,
      versionOrdinal: 1,
      startsOn: "2027-02-15",
    });
    expect(problems).toEqual([]);
    const cells = await cellsOf(world.sales, id);
    const days = [...cells].filter(([path, value]) => /startsOn|endsBefore|termMonths/.test(path) && value !== null);
    expect(days.map(([, value]) => value)).toEqual(["2027-02-15", "12", "2028-02-15", "2027-02-15", "2027-05-15"]);
  });

  test("is refused to a day on which its prices are not effective yet", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const refused = await world.sales.command("moveQuote", "quote { id }", {
      quoteId: id,
      versionOrdinal: 1,
      startsOn: "2025-12-31",
    });
    expect(problemsOf(refused)).toEqual(["PRICE_NOT_YET_EFFECTIVE at startsOn", "PRICE_NOT_YET_EFFECTIVE at startsOn"]);
  });
});
