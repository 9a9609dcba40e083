import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Decimal, ZERO } from "../../server/domain/money/decimal";
import { sign } from "../api/execution/signed-quote";
import { type QuoteWorld, quoteWorld } from "../api/quote/quote-world";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";

/**
 * The law of quotes, through the whole product: whatever was offered, executing it and billing its whole term comes to the
 * total contract value that the customer signed, to the penny.
 */
let api: TestApi;
let world: QuoteWorld;
beforeAll(async () => {
  api = await startTestApi();
  world = await quoteWorld(api);
});
afterAll(() => api.stop());

const QUOTES = 12;
const SEED = 2027;

const gbp = (amount: string) => ({ amount, currency: "GBP" });
const percent = fc.integer({ min: 1, max: 60 }).map(String);
const quantity = fc.integer({ min: 1, max: 40 }).map(String);

/** A discount of a line. */
const lineDiscount = fc.oneof(
  percent.map((value) => ({ description: "Launch", percent: value })),
  fc.record({
    description: fc.constant("Rebate"),
    amount: fc.integer({ min: 1, max: 9_999 }).map((pence) => gbp(pounds(pence))),
  }),
);
const pounds = (pence: number): string => new Decimal(pence).div(100).toFixed(2);

type Line = Readonly<Record<string, unknown>>;

/** What a phase may offer, each at most once. */
const lines = ({ prices }: QuoteWorld): fc.Arbitrary<Line[]> => {
  const discounts = fc.array(lineDiscount, { maxLength: 2 });
  const trial = fc.option(
    fc.record({ days: fc.integer({ min: 5, max: 45 }), percentOff: fc.constantFrom("50", "100") }),
    { freq: 3 },
  );
  const ramp = fc
    .uniqueArray(fc.integer({ min: 1, max: 2 }), { maxLength: 2 })
    .chain((months) =>
      fc.tuple(
        ...months
          .sort((a, b) => a - b)
          .map((afterMonths) => quantity.map((units) => ({ afterMonths, quantity: units }))),
      ),
    );
  const fee = fc.record({
    priceId: fc.constant(prices.fee.id),
    discounts,
    trial,
    customTerms: fc.option(
      fc.record({
        terms: fc.integer({ min: 10_001, max: 99_999 }).map((pence) => ({ flat: { fee: pounds(pence) } })),
        cadence: fc.constantFrom(null, "QUARTERLY", "ANNUAL"),
        timing: fc.constantFrom(null, "IN_ARREARS"),
      }),
    ),
  });
  const seats = fc.record({ priceId: fc.constant(prices.seats.id), quantity, discounts, ramp });
  const annual = fc.record({ priceId: fc.constant(prices.annual.id), discounts: fc.constant([]) });
  const setup = fc.record({ priceId: fc.constant(prices.setup.id), quantity: fc.constant("1") });
  const calls = fc.record({ priceId: fc.constant(prices.calls.id) });
  return fc
    .tuple(fee, fc.option(seats), fc.option(annual), fc.option(setup), fc.option(calls))
    .map((some) => some.filter((line) => line !== null));
};

/** Twelve months from some day, in one to three phases that may begin off the boundaries of periods. */
const terms = (of: QuoteWorld) => {
  const starts = fc.constantFrom(
    ["2027-01-01"],
    ["2027-01-15", "2027-07-15"],
    ["2027-01-31", "2027-04-10", "2027-09-01"],
  );
  const minimum = fc.record({
    description: fc.constant("Commitment"),
    amount: fc.integer({ min: 100, max: 20_000 }).map((amount) => gbp(String(amount))),
    cadence: fc.constantFrom("MONTHLY", "QUARTERLY", "TERM"),
    productId: fc.constant(of.productId),
  });
  const discount = fc.oneof(
    percent.map((value) => ({ description: "Founders", percent: value })),
    fc
      .integer({ min: 10, max: 200 })
      .map((amount) => ({ description: "Credit", amount: gbp(String(amount)), cadence: "MONTHLY" })),
  );
  return starts.chain((days) =>
    fc.record({
      startsOn: fc.constant(days[0]),
      termMonths: fc.constant(12),
      name: fc.constant("Generated"),
      phases: fc.tuple(...days.map((startsOn) => lines(of).map((own) => ({ startsOn, lines: own })))),
      minimums: fc.array(minimum, { maxLength: 1 }),
      discounts: fc.array(discount, { maxLength: 2 }),
    }),
  );
};

/** Through every mutation that a quote passes: a draft at first, an active contract at last. */
async function sellAndActivate(offered: object): Promise<{ readonly contractId: string; readonly value: string }> {
  const { sales, finance, customerId } = world;
  const { quote } = await sales.done("createQuote", "quote { id }", { customerId, terms: offered });
  const quoteId = quote.id;
  const { previewQuote } = await sales.data(
    "query ($id: ID!) { previewQuote(input: { quoteId: $id }) { problems { message } figures { totalContractValue { amount } } } }",
    { id: quoteId },
  );
  expect(previewQuote.problems).toEqual([]);
  const signed = await sign(api, world, quoteId);
  const { contract } = await finance.done(
    "executeQuote",
    "contract { id version documents { kind } differencesFromQuote { inWords } }",
    { quoteId, version: signed.version },
  );
  expect(contract.differencesFromQuote).toEqual([]);
  expect(contract.documents.map(({ kind }: Answer) => kind)).toContain("PAPER");
  await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
  return { contractId: contract.id, value: previewQuote.figures.totalContractValue.amount };
}

async function billed(contractId: string): Promise<string> {
  const { invoices } = await world.finance.data(
    "query ($filter: InvoiceFilterInput) { invoices(first: 100, filter: $filter) { nodes { net { amount } } pageInfo { hasNextPage } } }",
    { filter: { contractIds: [contractId] } },
  );
  expect(invoices.pageInfo.hasNextPage).toBe(false);
  return invoices.nodes.reduce((sum: Decimal, { net }: Answer) => sum.plus(net.amount), ZERO).toFixed(2);
}

test("an executed quote, billed over its whole term without usage, comes to its total contract value", async () => {
  const sold = [];
  for (const offered of fc.sample(terms(world), { numRuns: QUOTES, seed: SEED }))
    sold.push(await sellAndActivate(offered));
  await world.organization.admin.done("setTestClock", "organization { today }", { now: "2028-03-01T08:00:00Z" });
  await world.finance.done("draftInvoices", "operation { id }", {});
  await api.work();

  const bills = [];
  for (const { contractId } of sold) bills.push(await billed(contractId));
  expect(bills).toEqual(sold.map(({ value }) => value));
});
