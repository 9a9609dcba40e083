import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote } from "../quote/quote-world";
import { execute, signedQuote } from "./signed-quote";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** What there is of everything that an execution makes. */
async function made({ finance }: QuoteWorld): Promise<Answer> {
  const { contracts, customers } = await finance.data(
    "{ contracts { nodes { number } } customers { nodes { legalName aliases { alias } } } }",
  );
  return {
    contracts: contracts.nodes.map(({ number }: Answer) => number),
    customers: customers.nodes.map(({ legalName }: Answer) => legalName),
    aliases: customers.nodes.flatMap(({ aliases }: Answer) => aliases.map(({ alias }: Answer) => alias)),
  };
}

const statusOf = async ({ finance }: QuoteWorld, id: string): Promise<string> =>
  (await finance.data("query ($id: ID!) { quote(id: $id) { status } }", { id })).quote.status;

const NEWCOMER = {
  legalName: "Newcomer GmbH",
  addressLines: ["Hauptstraße 1", "10115 Berlin"],
  country: "DE",
  language: "de-DE",
  contactName: "Carl Gauß",
  contactEmail: "carl@newcomer.example",
  externalId: "crm-77",
};

describe("Executing a signed quote", () => {
  test("makes the contract with a draft billing schedule, and nothing is billed yet", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world, {
      poNumber: "PO-7",
      paymentTerms: { kind: "NET_DAYS", days: 14 },
      renewal: { months: 12, noticeDays: 90, upliftPercent: "5" },
    });
    const executed = await execute(world, quote);
    expect(executed).toMatchObject({
      __typename: "ExecuteQuoteSuccess",
      quote: { status: "EXECUTED", contract: { id: executed.contract.id } },
      contract: {
        number: "C-00001",
        name: "Acme 2027",
        currency: "GBP",
        startsOn: "2027-01-01",
        endsBefore: "2028-01-01",
        poNumber: "PO-7",
        paymentTerms: { kind: "NET_DAYS", days: 14 },
        renewal: { months: 12, noticeDays: 90, upliftPercent: "5" },
        customer: { legalName: "Acme Ltd" },
        quote: { number: quote.number },
        differencesFromQuote: [],
        schedule: {
          status: "DRAFT",
          revision: 0,
          phases: [
            {
              name: "Phase 1",
              startsOn: "2027-01-01",
              endsBefore: "2028-01-01",
              charges: [
                { description: "Platform fee", quantity: "1", discounts: [] },
                { description: "Seat", quantity: "10", discounts: [{ description: "Launch", percent: "10" }] },
              ],
            },
          ],
        },
      },
      amendment: null,
      warnings: [],
    });
    expect(executed.quote.history.at(-1)).toMatchObject({ kind: "EXECUTED", actor: "test finance" });
  });

  test("compiles trials and ramps into phases, with minimums, maximums and discounts over lines", async () => {
    const world = await quoteWorld(api);
    const { prices, productId } = world;
    const quote = await signedQuote(api, world, {
      phases: [
        {
          name: "Year 1",
          startsOn: "2027-01-01",
          lines: [
            { priceId: prices.fee.id, customTerms: { terms: { flat: { fee: "450.00" } } }, trial: { months: 1 } },
            { priceId: prices.seats.id, quantity: "10", ramp: [{ afterMonths: 6, quantity: "25" }] },
            { priceId: prices.calls.id },
          ],
        },
      ],
      minimums: [
        {
          key: "floor",
          description: "Platform floor",
          amount: gbp("600"),
          cadence: "MONTHLY",
          productId,
          startsOn: "2027-02-01",
        },
      ],
      maximums: [{ description: "Ceiling", amount: gbp("20000"), cadence: "TERM", productId }],
      discounts: [
        { description: "Loyalty", percent: "5" },
        { description: "For the commitment", percent: "2", scope: { commitment: { key: "floor" } } },
      ],
    });
    const { contract } = await execute(world, quote);
    expect(contract.differencesFromQuote).toEqual([]);
    expect(contract.schedule.phases.map(({ name, startsOn }: Answer) => `${startsOn} ${name}`)).toEqual([
      "2027-01-01 Year 1",
      "2027-02-01 Year 1, from 1 Feb 2027",
      "2027-07-01 Year 1, from 1 Jul 2027",
    ]);
    expect(contract.schedule.phases[0].charges[0]).toMatchObject({ description: "Platform fee", isFreeTrial: true });
    expect(contract.schedule.phases[2].charges[1]).toMatchObject({ description: "Seat", quantity: "25" });
    expect(contract.schedule.minimums).toMatchObject([{ description: "Platform floor", amount: { amount: "600.00" } }]);
    expect(contract.schedule.maximums).toMatchObject([{ description: "Ceiling" }]);
  });

  test("takes the number and the PO number that finance adds", async () => {
    const world = await quoteWorld(api);
    const executed = await execute(world, await signedQuote(api, world), { number: "ACME-1", poNumber: "4711" });
    expect(executed.contract).toMatchObject({ number: "ACME-1", poNumber: "4711", differencesFromQuote: [] });
  });

  test("attaches the files of what was signed, and no others but what was attached", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world);
    await attach(world, quote.id, 1, "attachment");
    const { contract } = await execute(world, quote);
    expect(contract.documents.map(({ kind }: Answer) => kind)).toEqual(["OFFER", "PAPER", "ATTACHMENT"]);
  });
});

describe("The audit trail of an execution", () => {
  test("says in one request who made which customer and which contract of which quote", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
    const { contract } = await execute(world, quote, { aliases: [{ alias: "newcomer" }] });
    await execute(world, quote);
    const eventsOf = async (subjectId: string): Promise<Answer[]> =>
      (
        await world.organization.admin.data(
          "query ($id: ID!) { auditEvents(subjectId: $id, first: 20) { nodes { action actorName requestId } } }",
          { id: subjectId },
        )
      ).auditEvents.nodes;
    const all = [quote.id, contract.id, contract.customer.id].map(eventsOf);
    const byFinance = (await Promise.all(all)).flat().filter(({ actorName }) => actorName === "test finance");
    expect(byFinance.map(({ action }) => action).sort()).toEqual([
      "contract.created",
      "customer.created",
      "customer_alias.mapped",
      "quote.executed",
      "quote.execution_repeated",
    ]);
    const executed = byFinance.filter(({ action }) => action !== "quote.execution_repeated");
    expect(new Set(executed.map(({ requestId }) => requestId)).size).toBe(1);
  });
});

describe("The customer", () => {
  test("is made from the prospect, who is spoken to becoming the first billing contact", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
    const executed = await execute(world, quote, { aliases: [{ alias: "newcomer" }] });
    expect(executed.quote).toMatchObject({ prospect: null, customer: { legalName: "Newcomer GmbH" } });
    expect(executed.contract.customer).toMatchObject({
      legalName: "Newcomer GmbH",
      externalId: "crm-77",
      contacts: [{ name: "Carl Gauß", email: "carl@newcomer.example", isPrimary: true }],
      aliases: [{ alias: "newcomer", startsOn: null, endsBefore: null }],
    });
  });

  test("is the one that has the external id of the prospect already, as it is", async () => {
    const world = await quoteWorld(api);
    await world.finance.done("createCustomer", "customer { id }", {
      legalName: "Newcomer (known)",
      currency: "EUR",
      externalId: "crm-77",
    });
    const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
    const { contract } = await execute(world, quote);
    expect(contract.customer.legalName).toBe("Newcomer (known)");
    expect((await made(world)).customers).toEqual(["Acme Ltd", "Newcomer (known)"]);
  });

  test("is one for two quotes to the same prospect that are executed at once", async () => {
    const world = await quoteWorld(api);
    const asked = { customerId: null, prospect: NEWCOMER };
    const [first, second] = [await signedQuote(api, world, {}, asked), await signedQuote(api, world, {}, asked)];
    const executed = await Promise.all([execute(world, first), execute(world, second)]);
    const customers = executed.map(({ contract }) => contract.customer.id);
    expect(customers[0]).toBe(customers[1]);
    expect((await made(world)).contracts).toEqual(["C-00001", "C-00002"]);
  });
});

describe("Executing twice", () => {
  test("answers the same contract, with the same key and with another", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world);
    const first = await execute(world, quote, { idempotencyKey: "once" });
    const again = await execute(world, quote, { idempotencyKey: "once" });
    const other = await execute(world, quote);
    expect([again.contract.id, other.contract.id]).toEqual([first.contract.id, first.contract.id]);
    expect((await made(world)).contracts).toEqual(["C-00001"]);
  });

  test("at once makes one contract", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
    const executed = await Promise.all(
      Array.from({ length: 5 }, () => execute(world, quote, { aliases: [{ alias: "n" }] })),
    );
    expect(new Set(executed.map(({ contract }) => contract.id)).size).toBe(1);
    expect(await made(world)).toEqual({
      contracts: ["C-00001"],
      customers: ["Acme Ltd", "Newcomer GmbH"],
      aliases: ["n"],
    });
  });
});

describe("Execution is refused", () => {
  test("before everybody has signed", async () => {
    const world = await quoteWorld(api);
    const { id, version } = await simpleQuote(world);
    expect(await execute(world, { id, version })).toMatchObject({
      __typename: "Conflict",
      code: "QUOTE_NOT_SIGNED",
      path: ["quoteId"],
      message: "Version 1 of Q-00001 is a draft, so that it cannot be executed. Everybody has to sign it first.",
    });
  });

  test("of what was voided, with the reason", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world);
    await world.organization.admin.done("voidQuote", "quote { id }", {
      quoteId: quote.id,
      reason: "Ordered elsewhere",
    });
    expect(await execute(world, quote)).toMatchObject({
      __typename: "Conflict",
      code: "QUOTE_VOIDED",
      path: ["quoteId"],
    });
    expect((await made(world)).contracts).toEqual([]);
  });

  test("of a version that another follows", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world);
    await world.sales.done("startQuoteVersion", "quote { id }", { quoteId: quote.id, versionOrdinal: 1 });
    expect(await execute(world, quote)).toMatchObject({ __typename: "Conflict", code: "QUOTE_NOT_SIGNED" });
  });

  test("where the quote was changed since it was read, and where there is none", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world);
    const stale = await execute(world, { ...quote, version: quote.version - 1 });
    expect(stale).toMatchObject({ __typename: "StaleVersion", currentVersion: quote.version });
    const none = await execute(world, { ...quote, id: world.customerId });
    expect(none).toMatchObject({ __typename: "NotFound", code: "QUOTE_NOT_FOUND", path: ["quoteId"] });
  });

  test("to sales, integrations and analysts", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world);
    for (const role of ["sales", "integration", "analyst"] as const) {
      const client = await world.organization.as(role);
      const reply = await client.ask(
        "mutation ($input: ExecuteQuoteInput!) { executeQuote(input: $input) { __typename } }",
        { input: { quoteId: quote.id, version: quote.version, idempotencyKey: role } },
      );
      expect(reply.errors?.[0].extensions.code).toBe("FORBIDDEN");
    }
    expect(await statusOf(world, quote.id)).toBe("SIGNED");
  });

  test("with an alias that belongs to another customer, and nothing is half made", async () => {
    const world = await quoteWorld(api);
    await world.finance.done("mapCustomerAlias", "customer { id }", { customerId: world.customerId, alias: "taken" });
    const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
    const refused = await execute(world, quote, { aliases: [{ alias: "free" }, { alias: "taken" }] });
    expect(refused).toMatchObject({ __typename: "Conflict", code: "ALIAS_TAKEN", path: ["aliases", "1", "alias"] });
    expect(await made(world)).toEqual({ contracts: [], customers: ["Acme Ltd"], aliases: ["taken"] });
    expect(await statusOf(world, quote.id)).toBe("SIGNED");
  });

  test("with a number that is taken, another PO number than was signed, and texts that do not fit", async () => {
    const world = await quoteWorld(api);
    await execute(world, await signedQuote(api, world), { number: "ACME-1" });
    const quote = await signedQuote(api, world, { poNumber: "PO-7" });
    expect(await execute(world, quote, { number: "ACME-1" })).toMatchObject({ code: "NUMBER_TAKEN", path: ["number"] });
    expect(await execute(world, quote, { poNumber: "PO-8" })).toMatchObject({
      code: "PO_NUMBER_SIGNED",
      path: ["poNumber"],
    });
    const texts = await execute(world, quote, {
      number: " ",
      aliases: [{ alias: "a", startsOn: "2027-02-01", endsBefore: "2027-01-01" }],
    });
    expect(problemsOf(texts)).toEqual(["PERIOD_WITHOUT_DAYS at aliases.0.endsBefore"]);
    expect(problemsOf(await execute(world, quote, { number: " " }))).toEqual(["TEXT_MISSING at number"]);
    expect((await made(world)).contracts).toEqual(["ACME-1"]);
  });

  test("of terms that have no lines, however they came to be signed", async () => {
    const world = await quoteWorld(api);
    const { quote } = await world.sales.done("createQuote", "quote { id version }", {
      customerId: world.customerId,
      terms: { name: "Blank", startsOn: "2027-01-01" },
    });
    await api.database.owner.query("UPDATE quote SET status = 'signed' WHERE id = $1", [quote.id]);
    expect(problemsOf(await execute(world, quote))).toEqual(["PHASES_MISSING at terms.phases"]);
  });
});

describe("What was stored is read back before it is kept:", () => {
  test("where it is not what was signed, nothing is made", async () => {
    const world = await quoteWorld(api);
    const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
    await api.database.owner.query(`
      CREATE FUNCTION one_seat_more() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.quantity := NEW.quantity + 1; RETURN NEW; END $$;
      CREATE TRIGGER one_seat_more BEFORE INSERT ON charge FOR EACH ROW EXECUTE FUNCTION one_seat_more()`);
    const reply = await world.finance
      .ask("mutation ($input: ExecuteQuoteInput!) { executeQuote(input: $input) { __typename } }", {
        input: { quoteId: quote.id, version: quote.version, aliases: [{ alias: "n" }], idempotencyKey: "spoiled" },
      })
      .finally(() => api.database.owner.query("DROP TRIGGER one_seat_more ON charge; DROP FUNCTION one_seat_more()"));
    expect(reply.errors?.[0].extensions.code).toBe("INTERNAL_SERVER_ERROR");
    expect(await made(world)).toEqual({ contracts: [], customers: ["Acme Ltd"], aliases: [] });
    expect(await statusOf(world, quote.id)).toBe("SIGNED");
    expect(await execute(world, quote)).toMatchObject({ __typename: "ExecuteQuoteSuccess" });
  });
});

describe("The customer's aliases", () => {
  test("that it has on all of the days stay as they are", async () => {
    const world = await quoteWorld(api);
    const alias = { customerId: world.customerId, alias: "acme", startsOn: "2026-01-01" };
    await world.finance.done("mapCustomerAlias", "customer { id }", alias);
    const { contract } = await execute(world, await signedQuote(api, world), {
      aliases: [{ alias: "acme", startsOn: "2027-01-01" }, { alias: "acme-eu" }],
    });
    expect(contract.customer.aliases).toEqual([
      { alias: "acme", startsOn: "2026-01-01", endsBefore: null },
      { alias: "acme-eu", startsOn: null, endsBefore: null },
    ]);
  });
});

describe("What happens at once is decided by locks:", () => {
  test("a quote is executed or voided, never both", async () => {
    for (let round = 0; round < 4; round += 1) {
      const world = await quoteWorld(api);
      const quote = await signedQuote(api, world);
      const [executed, voided] = await Promise.all([
        execute(world, quote),
        world.organization.admin.command("voidQuote", "quote { id }", {
          quoteId: quote.id,
          reason: "Ordered elsewhere",
        }),
      ]);
      const winners = [executed, voided].filter(({ __typename }) => __typename.endsWith("Success"));
      expect(winners).toHaveLength(1);
      const isExecuted = executed.__typename === "ExecuteQuoteSuccess";
      expect(await statusOf(world, quote.id)).toBe(isExecuted ? "EXECUTED" : "VOIDED");
      expect((await made(world)).contracts).toHaveLength(isExecuted ? 1 : 0);
    }
  });

  test("a quote is executed or followed by a new version, never both", async () => {
    for (let round = 0; round < 4; round += 1) {
      const world = await quoteWorld(api);
      const quote = await signedQuote(api, world);
      const [executed, started] = await Promise.all([
        execute(world, quote),
        world.sales.command("startQuoteVersion", "quote { id }", { quoteId: quote.id, versionOrdinal: 1 }),
      ]);
      const winners = [executed, started].filter(({ __typename }) => __typename.endsWith("Success"));
      expect(winners).toHaveLength(1);
      const isExecuted = executed.__typename === "ExecuteQuoteSuccess";
      expect(await statusOf(world, quote.id)).toBe(isExecuted ? "EXECUTED" : "DRAFT");
      expect((await made(world)).contracts).toHaveLength(isExecuted ? 1 : 0);
    }
  });

  test("an alias goes to the quote's customer or to another, and without it nothing is made", async () => {
    for (let round = 0; round < 4; round += 1) {
      const world = await quoteWorld(api);
      const quote = await signedQuote(api, world, {}, { customerId: null, prospect: NEWCOMER });
      const [executed, mapped] = await Promise.all([
        execute(world, quote, { aliases: [{ alias: "shared" }] }),
        world.finance.command("mapCustomerAlias", "customer { id }", { customerId: world.customerId, alias: "shared" }),
      ]);
      const isExecuted = executed.__typename === "ExecuteQuoteSuccess";
      expect(mapped).toMatchObject(isExecuted ? { code: "ALIAS_TAKEN" } : { __typename: "MapCustomerAliasSuccess" });
      expect(await made(world)).toEqual({
        contracts: isExecuted ? ["C-00001"] : [],
        customers: isExecuted ? ["Acme Ltd", "Newcomer GmbH"] : ["Acme Ltd"],
        aliases: ["shared"],
      });
    }
  });
});

const gbp = (amount: string) => ({ amount, currency: "GBP" });

/** A file of a quote, as signing leaves it. */
async function attach({ organization }: QuoteWorld, quoteId: string, ordinal: number, kind: string): Promise<void> {
  await api.database.owner.query(
    `INSERT INTO quote_document (organization_id, id, quote_id, version_ordinal, kind, file_name, content_type, content, sha256, created_by, created_at)
     VALUES ($1, $5, $2, $3, $4, $4 || '.pdf', 'application/pdf', '', '', 'Test', now())`,
    [organization.id, quoteId, ordinal, kind, newId()],
  );
}
