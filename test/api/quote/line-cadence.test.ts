import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { execute, sign } from "../execution/signed-quote";
import { type QuoteWorld, quoteWorld, simpleQuote } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** The platform fee, listed at 500.00 a month in advance, by other terms. */
const offering = ({ prices }: QuoteWorld, customTerms: object, more: object = {}) => ({
  phases: [{ startsOn: "2027-01-01", lines: [{ priceId: prices.fee.id, customTerms, ...more }] }],
});
const YEARLY = { terms: { flat: { fee: "5400.00" } }, cadence: "ANNUAL" };

/** The terms of the line with its cells, by the names that they have within it. */
async function readLine({ sales }: QuoteWorld, quoteId: string) {
  const { quote } = await sales.data(
    `query ($id: ID!) { quote(id: $id) { current { cells { path value standard givenWith } terms { ... on QuoteSaleTerms {
       phases { lines { customTerms { cadence cadenceMonths timing terms { ... on FlatTerms { fee } } } } } } } } } }`,
    { id: quoteId },
  );
  const cells: Answer[] = quote.current.cells;
  const place = cells.find(({ path }) => path.endsWith(".cadence"))?.path.replace(/\.cadence$/, "");
  return {
    place,
    customTerms: quote.current.terms.phases[0].lines[0].customTerms,
    cell: (name: string): Answer => cells.find(({ path }) => path === `${place}.${name}`),
  };
}

async function push({ sales }: QuoteWorld, quoteId: string, edits: object[]): Promise<Answer> {
  const { updateQuoteTerms } = await sales.data(
    `mutation ($input: UpdateQuoteTermsInput!) { updateQuoteTerms(input: $input) { __typename
       ... on UpdateQuoteTermsSuccess { applied { title before after } undo { path base value } problems { code } }
       ... on InvalidInput { problems { code message path } } } }`,
    { input: { quoteId, versionOrdinal: 1, edits, idempotencyKey: newId() } },
  );
  return updateQuoteTerms;
}

describe("A line of a quote", () => {
  test("falls due by a cadence and a timing of its own, and as listed where it has none", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, offering(world, { ...YEARLY, timing: "IN_ARREARS" }));
    expect((await readLine(world, id)).customTerms).toEqual({
      cadence: "ANNUAL",
      cadenceMonths: null,
      timing: "IN_ARREARS",
      terms: { fee: "5400" },
    });
    const other = await simpleQuote(
      world,
      offering(world, { terms: YEARLY.terms, cadence: "CUSTOM", cadenceMonths: 2 }),
    );
    expect((await readLine(world, other.id)).customTerms).toMatchObject({
      cadence: "CUSTOM",
      cadenceMonths: 2,
      timing: null,
    });
    const plain = await readLine(world, (await simpleQuote(world, offering(world, { terms: YEARLY.terms }))).id);
    expect(plain.customTerms).toMatchObject({ cadence: null, cadenceMonths: null, timing: null });
    expect(plain.cell("cadence")).toMatchObject({ value: "monthly", standard: "monthly" });
  });

  test("is refused where its terms do not fit what falls due then", async () => {
    const world = await quoteWorld(api);
    const { customerId, sales } = world;
    const create = async (terms: object) =>
      problemsOf(
        await sales.command("createQuote", "quote { id }", {
          customerId,
          terms: { name: "Offer", startsOn: "2027-01-01", endsBefore: "2028-01-01", ...terms },
        }),
      );
    expect(await create(offering(world, { ...YEARLY, cadenceMonths: 12 }))).toEqual([
      "CADENCE_MONTHS_NOT_APPLICABLE at terms.phases.0.lines.0.customTerms.cadenceMonths",
    ]);
    expect(await create(offering(world, { terms: { oneTime: { fee: "1" } }, cadence: "ANNUAL" }))).toEqual([
      "ONE_TIME_PRICE_RECURRING at terms.phases.0.lines.0.customTerms.cadence",
    ]);
    const step = { afterMonths: 6, priceId: world.prices.fee.id, customTerms: { terms: { flat: { fee: "450" } } } };
    expect(await create(offering(world, YEARLY, { ramp: [step] }))).toEqual([
      "PRICE_NOT_ALIKE at terms.phases.0.lines.0.ramp.0.priceId",
    ]);
  });

  test("has its list on the listed cadence over the same days", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, offering(world, YEARLY));
    const { previewQuote } = await world.sales.data(
      `query ($id: ID!) { previewQuote(input: { quoteId: $id }) { problems { code } figures {
         total { list { amount } discount { amount } discountPercent net { amount } }
         phases { monthlyRecurring { amount } } invoices { billsOn net { amount } } } } }`,
      { id },
    );
    expect(previewQuote).toEqual({
      problems: [],
      figures: {
        total: {
          list: { amount: "6000.00" },
          discount: { amount: "600.00" },
          discountPercent: "10",
          net: { amount: "5400.00" },
        },
        phases: [{ monthlyRecurring: { amount: "450.00" } }],
        invoices: [{ billsOn: "2027-01-01", net: { amount: "5400.00" } }],
      },
    });
  });

  test("gets another cadence in cells together with what it then costs, and back by the undo", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, {
      phases: [{ startsOn: "2027-01-01", lines: [{ priceId: world.prices.fee.id }] }],
    });
    const { place, cell } = await readLine(world, id);
    expect(cell("cadence")).toMatchObject({ value: "monthly", givenWith: [`${place}.price`] });
    const cadence = { path: `${place}.cadence`, base: "monthly", value: "annual" };

    expect(await push(world, id, [cadence])).toEqual({
      __typename: "InvalidInput",
      problems: [
        {
          code: "AMOUNTS_MISSING",
          message:
            "Phase 1, Platform fee, Cadence: what is agreed is for one period of the present cadence. Edit with it, even where it stays the same: Fee.",
          path: ["edits", "0", "value"],
        },
      ],
    });
    const edits = [cadence, { path: `${place}.price`, base: "500", value: "5400.00" }];
    const { applied, undo } = await push(world, id, edits);
    expect(applied).toEqual([
      { title: "Fee", before: "500", after: "5400" },
      { title: "Cadence", before: "monthly", after: "annual" },
    ]);
    expect((await readLine(world, id)).customTerms).toMatchObject({ cadence: "ANNUAL", terms: { fee: "5400" } });
    await push(world, id, undo);
    expect((await readLine(world, id)).customTerms).toBeNull();
  });

  test("that cannot fall due so is refused at the edit", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, {
      phases: [{ startsOn: "2027-01-01", lines: [{ priceId: world.prices.calls.id }] }],
    });
    const { place } = await readLine(world, id);
    const edits = [{ path: `${place}.timing`, base: "in_arrears", value: "in_advance" }];
    expect((await push(world, id, edits)).problems).toMatchObject([
      { code: "METERED_IN_ADVANCE", path: ["edits", "0", "value"] },
    ]);
  });

  test("is billed as it was signed, and stays so when its price is amended", async () => {
    const world = await quoteWorld(api);
    const { finance, organization } = world;
    const quote = await sign(api, world, (await simpleQuote(world, offering(world, YEARLY))).id);
    const { contract } = await execute(world, quote);
    expect(contract.differencesFromQuote).toEqual([]);
    await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
    await organization.admin.done("setTestClock", "organization { today }", { now: "2027-01-02T08:00:00Z" });
    await finance.done("draftInvoices", "operation { id }", {});
    await api.work();
    const { invoices } = await finance.data(
      "{ invoices { nodes { net { amount } lines { description timing servicePeriod { startsOn endsBefore } } } } }",
    );
    expect(invoices.nodes).toEqual([
      {
        net: { amount: "5400.00" },
        lines: [
          {
            description: "Platform fee",
            timing: "IN_ADVANCE",
            servicePeriod: { startsOn: "2027-01-01", endsBefore: "2028-01-01" },
          },
        ],
      },
    ]);

    const amend = async (customTerms: object) =>
      problemsOf(
        await finance.command("amendContract", "contract { id }", {
          id: contract.id,
          version: contract.version + 1,
          effectiveOn: "2027-02-01",
          unusedTime: "CREDIT",
          reason: "Renegotiated",
          changes: [{ changePrice: { lineageId: world.prices.fee.lineageId, customTerms } }],
        }),
      );
    const terms = { flat: { fee: "5700" } };
    expect(await amend({ terms, cadence: "MONTHLY" })).toEqual(["PRICE_NOT_ALIKE at changes.0.changePrice.priceId"]);
    expect(await amend({ terms })).toEqual([]);
  });
});
