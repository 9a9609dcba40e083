import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type QuoteWorld, quoteWorld } from "../quote/quote-world";
import { execute, signedQuote } from "./signed-quote";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** A contract that a signed quote became, to be reviewed. */
async function reviewed(terms: object = {}): Promise<{ readonly world: QuoteWorld; readonly contract: Answer }> {
  const world = await quoteWorld(api);
  const { contract } = await execute(world, await signedQuote(api, world, terms));
  return { world, contract };
}

const read = async ({ finance }: QuoteWorld, { id }: Answer): Promise<Answer> =>
  (
    await finance.data(
      `query ($id: ID!) { contract(id: $id) { id version schedule { status revision }
         differencesFromQuote { kind description fields startsOn endsBefore before after inWords } } }`,
      { id },
    )
  ).contract;

const activate = async (world: QuoteWorld, contract: Answer): Promise<Answer> =>
  world.finance.command("activateContract", "contract { schedule { status } }", {
    id: contract.id,
    version: (await read(world, contract)).version,
  });

const update = async (world: QuoteWorld, contract: Answer, changes: object): Promise<void> => {
  const { id, version } = await read(world, contract);
  await world.finance.done("updateContract", "contract { id }", { id, version, ...changes });
};

const amend = async (world: QuoteWorld, contract: Answer, ...changes: object[]): Promise<void> => {
  const { id, version } = await read(world, contract);
  const amendment = { effectiveOn: "2027-01-01", unusedTime: "CREDIT", reason: "As agreed on the phone" };
  await world.finance.done("amendContract", "contract { id }", { id, version, ...amendment, changes });
};

describe("A schedule that a quote became", () => {
  test("is activated where it bills what was signed", async () => {
    const { world, contract } = await reviewed();
    expect(contract.differencesFromQuote).toEqual([]);
    expect(await activate(world, contract)).toMatchObject({ contract: { schedule: { status: "ACTIVE" } } });
  });

  test("is not activated with other payment terms, until they are taken back", async () => {
    const { world, contract } = await reviewed({ paymentTerms: { kind: "NET_DAYS", days: 30 } });
    await update(world, contract, { paymentTerms: { kind: "NET_DAYS", days: 14 } });
    expect((await read(world, contract)).differencesFromQuote).toEqual([
      {
        kind: "CONDITION",
        description: "Payment terms",
        fields: ["paymentTerms"],
        startsOn: null,
        endsBefore: null,
        before: { kind: "net_days", days: 30 },
        after: { kind: "net_days", days: 14 },
        inWords: "Payment terms: 14 days net instead of 30 days net.",
      },
    ]);
    expect(await activate(world, contract)).toMatchObject({
      __typename: "Conflict",
      code: "SCHEDULE_DIFFERS_FROM_QUOTE",
      path: ["id"],
      message: expect.stringContaining("Payment terms: 14 days net instead of 30 days net."),
    });
    await update(world, contract, { paymentTerms: { kind: "NET_DAYS", days: 30 } });
    expect(await activate(world, contract)).toMatchObject({ __typename: "ActivateContractSuccess" });
  });

  test("is not activated with an amendment that nobody signed, until it is undone", async () => {
    const { world, contract } = await reviewed();
    const { lineageId } = world.prices.seats;
    await amend(world, contract, { changeQuantity: { lineageId, quantity: "12" } });
    const { differencesFromQuote } = await read(world, contract);
    expect(differencesFromQuote).toMatchObject([
      {
        kind: "CHARGE",
        fields: ["quantity"],
        before: { quantity: "10" },
        after: { quantity: "12" },
        inWords: "Seat, from 1 Jan 2027 to 31 Dec 2027: quantity 12 instead of 10.",
      },
    ]);
    expect(await activate(world, contract)).toMatchObject({ code: "SCHEDULE_DIFFERS_FROM_QUOTE" });
    await amend(world, contract, { changeQuantity: { lineageId, quantity: "10" } });
    expect(await activate(world, contract)).toMatchObject({ __typename: "ActivateContractSuccess" });
  });

  test("differs in renewal, in the term, in lines, minimums and discounts, each in a sentence", async () => {
    const { world, contract } = await reviewed({ renewal: { months: 12, noticeDays: 30 } });
    await update(world, contract, { renewal: null, lateUsage: "IGNORE_WITH_REPORT" });
    const { prices, productId } = world;
    await amend(
      world,
      contract,
      { removeCharge: { lineageId: prices.fee.lineageId } },
      { addCharge: { charge: { priceId: prices.annual.id } } },
      { changeDiscounts: { lineageId: prices.seats.lineageId, discounts: [] } },
      {
        addMinimum: { description: "Floor", amount: { amount: "900", currency: "GBP" }, cadence: "MONTHLY", productId },
      },
      { addDiscount: { description: "Loyalty", percent: "5" } },
      { extend: { endsBefore: "2028-07-01" } },
    );
    const { differencesFromQuote } = await read(world, contract);
    expect(differencesFromQuote.map(({ inWords }: Answer) => inWords)).toEqual([
      "The term ends on 30 Jun 2028 instead of 31 Dec 2027.",
      "Platform fee is not billed from 1 Jan 2027 to 31 Dec 2027.",
      "Seat, from 1 Jan 2027 to 31 Dec 2027: discounts none instead of 10 % (Launch).",
      "Seat is billed from 1 Jan 2028 to 30 Jun 2028: 10 × 15.00 GBP monthly.",
      "Support plan is billed from 1 Jan 2027 to 30 Jun 2028: 1200.00 GBP annual.",
      'There is a minimum "Floor" of 900.00 GBP monthly from 1 Jan 2027.',
      'There is a discount "Loyalty" of 5 % from 1 Jan 2027.',
      "Renewal: none instead of by 12 months, 30 days of notice.",
      "Late usage: ignore with report instead of next invoice.",
    ]);
  });

  test("may get a PO number that the quote did not name, and another name", async () => {
    const { world, contract } = await reviewed();
    await update(world, contract, { poNumber: "4711", name: "Acme, renamed" });
    expect((await read(world, contract)).differencesFromQuote).toEqual([]);
    expect(await activate(world, contract)).toMatchObject({ __typename: "ActivateContractSuccess" });
  });

  test("keeps the PO number that the customer signed", async () => {
    const { world, contract } = await reviewed({ poNumber: "PO-7" });
    await update(world, contract, { poNumber: "4711" });
    expect(await activate(world, contract)).toMatchObject({
      code: "SCHEDULE_DIFFERS_FROM_QUOTE",
      message: expect.stringContaining("PO number: 4711 instead of PO-7."),
    });
  });

  test("is not activated where somebody wrote into the tables that billing reads", async () => {
    const { world, contract } = await reviewed();
    await api.database.owner.query("UPDATE charge SET quantity = 11 WHERE quantity = 10 AND organization_id = $1", [
      world.organization.id,
    ]);
    expect(await activate(world, contract)).toMatchObject({ code: "SCHEDULE_DIFFERS_FROM_QUOTE" });
  });

  test("once it is active, is amended freely: what differs is told and blocks nothing", async () => {
    const { world, contract } = await reviewed();
    await activate(world, contract);
    await amend(world, contract, { changeQuantity: { lineageId: world.prices.seats.lineageId, quantity: "12" } });
    const after = await read(world, contract);
    expect(after.schedule.status).toBe("ACTIVE");
    expect(after.differencesFromQuote).toHaveLength(1);
  });

  test("has nothing to be held against where the contract was entered by itself", async () => {
    const world = await quoteWorld(api);
    const { contract } = await world.finance.done(
      "createContract",
      "contract { id quote { id } documents { id } differencesFromQuote { kind } }",
      {
        customerId: world.customerId,
        name: "Entered",
        startsOn: "2027-01-01",
        phases: [{ startsOn: "2027-01-01", charges: [{ priceId: world.prices.fee.id }] }],
      },
    );
    expect(contract).toMatchObject({ quote: null, documents: [], differencesFromQuote: null });
    expect(await activate(world, contract)).toMatchObject({ __typename: "ActivateContractSuccess" });
  });
});
