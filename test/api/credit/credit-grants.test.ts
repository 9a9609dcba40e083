import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { lapseCredits } from "../../../server/modules/credit";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type CreditWorld, creditWorld, entriesInShort, linesInShort } from "./credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const realClock = { now: () => new Date() };
const lapse = (world: CreditWorld) => world.within(async () => await lapseCredits(realClock));

describe("a grant of credits", () => {
  it("has what it was given, and its whole amount as balance", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.grant(acme, "1200.50", {
      kind: "PROMOTIONAL",
      name: "Welcome",
      endsBefore: "2027-01-01",
      priority: 5,
      productIds: [world.products.api],
      rollover: { percent: "50", maximumAmount: "100", months: 3 },
    });
    const [grant] = await world.grants(acme);
    expect(grant).toMatchObject({
      kind: "PROMOTIONAL",
      name: "Welcome",
      amount: { amount: "1200.50", currency: "GBP" },
      balance: { amount: "1200.50" },
      projectedBalance: { amount: "1200.50" },
      startsOn: "2026-10-01",
      endsBefore: "2027-01-01",
      lapsesOn: "2027-02-01",
      priority: 5,
      products: [{ code: "API" }],
      rollover: { percent: "50", maximumAmount: { amount: "100.00" }, months: 3 },
      rolledOverFrom: null,
      entries: [{ kind: "GRANTED", amount: { amount: "1200.50" }, effectiveOn: "2026-11-03", invoice: null }],
    });
  });

  it("is for finance to give and to void, and in the audit trail", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const input = { customerId: acme, kind: "PREPAID", name: "x", amount: "1.00", startsOn: "2026-10-01" };
    for (const role of ["sales", "analyst", "integration"] as const) {
      const client = await world.org.as(role);
      const { errors } = await client.ask(
        "mutation ($input: GrantCreditsInput!) { grantCredits(input: $input) { __typename } }",
        { input: { ...input, idempotencyKey: "k" } },
      );
      expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    }
    const { creditGrant } = await world.grant(acme, "10.00");
    await world.finance.done("voidCreditGrant", "staleInvoices", { id: creditGrant.id, reason: "a slip" });
    const { auditEvents } = await world.org.admin.data(
      `query ($id: ID!) { auditEvents(subjectId: $id) { nodes { action after } } }`,
      { id: creditGrant.id },
    );
    expect(auditEvents.nodes.map(({ action }: Answer) => action).toSorted()).toEqual([
      "credit_grant.granted",
      "credit_grant.voided",
    ]);
  });

  it("is made once by one idempotency key", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const first = await world.grant(acme, "10.00", { idempotencyKey: "once" });
    expect((await world.grant(acme, "10.00", { idempotencyKey: "once" })).creditGrant.id).toBe(first.creditGrant.id);
    expect(await world.grants(acme)).toHaveLength(1);
    const other = await world.finance.command("grantCredits", "staleInvoices", {
      customerId: acme,
      kind: "PREPAID",
      name: "Prepayment",
      amount: "11.00",
      startsOn: "2026-10-01",
      idempotencyKey: "once",
    });
    expect(other.__typename).toBe("IdempotencyKeyReused");
  });

  test.each<[string, object, string]>([
    ["no amount", { amount: "0" }, "amount: AMOUNT_OUT_OF_RANGE"],
    ["an amount below zero", { amount: "-1" }, "amount: AMOUNT_OUT_OF_RANGE"],
    ["more decimals than the currency has", { amount: "1.005" }, "amount: AMOUNT_TOO_PRECISE"],
    ["decimals of a currency without", { amount: "1.5", currency: "JPY" }, "amount: AMOUNT_TOO_PRECISE"],
    ["an unknown currency", { currency: "XXQ" }, "currency: CURRENCY_UNKNOWN"],
    ["no name", { name: " " }, "name: TEXT_MISSING"],
    ["an end on its first day", { endsBefore: "2026-10-01" }, "endsBefore: PERIOD_WITHOUT_DAYS"],
    ["days after an end that there is not", { graceDays: 5 }, "graceDays: GRACE_WITHOUT_END"],
    ["too many of them", { graceDays: 367, endsBefore: "2027-01-01" }, "graceDays: GRACE_OUT_OF_RANGE"],
    ["a rollover without an end", { rollover: { percent: "50", months: 1 } }, "rollover: ROLLOVER_WITHOUT_END"],
    [
      "a rollover of whatever",
      { rollover: { months: 1 }, endsBefore: "2027-01-01" },
      "rollover: ROLLOVER_WITHOUT_LIMIT",
    ],
    [
      "a rollover of more than all",
      { rollover: { percent: "101", months: 1 }, endsBefore: "2027-01-01" },
      "rollover.percent: PERCENT_OUT_OF_RANGE",
    ],
    [
      "a rollover for no time",
      { rollover: { percent: "50", months: 0 }, endsBefore: "2027-01-01" },
      "rollover.months: MONTHS_OUT_OF_RANGE",
    ],
    ["no product at all", { productIds: [] }, "productIds: PRODUCTS_OUT_OF_RANGE"],
    ["an unknown product", { productIds: ["nonsense"] }, "productIds.0: PRODUCT_NOT_FOUND"],
    ["a priority below zero", { priority: -1 }, "priority: PRIORITY_OUT_OF_RANGE"],
  ])("is refused with %s", async (_, more, problem) => {
    const world = await refusedWorld();
    const answer = await world.finance.command("grantCredits", "staleInvoices", {
      customerId: world.acme,
      kind: "PREPAID",
      name: "Prepayment",
      amount: "10.00",
      startsOn: "2026-10-01",
      ...more,
    });
    expect(answer.problems.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`)).toContain(problem);
  });

  it("is refused for a customer that is not there, and voided neither twice nor after use", async () => {
    const world = await creditWorld(api);
    const unknown = { customerId: world.org.id, kind: "PREPAID", name: "x", amount: "1.00", startsOn: "2026-10-01" };
    expect(await world.finance.command("grantCredits", "staleInvoices", unknown)).toMatchObject({
      code: "CUSTOMER_NOT_FOUND",
    });
    const acme = await world.newCustomer("acme");
    const void_ = (id: string, reason = "a slip") =>
      world.finance.command("voidCreditGrant", "staleInvoices", { id, reason });
    expect(await void_(world.org.id)).toMatchObject({ code: "CREDIT_GRANT_NOT_FOUND" });
    expect(await void_("nonsense")).toMatchObject({ code: "CREDIT_GRANT_NOT_FOUND" });
    const { creditGrant } = await world.grant(acme, "10.00");
    expect(await void_(creditGrant.id, " ")).toMatchObject({ code: "TEXT_MISSING" });
    expect(await void_(creditGrant.id)).toMatchObject({ __typename: "VoidCreditGrantSuccess" });
    expect(await void_(creditGrant.id)).toMatchObject({ code: "CREDIT_GRANT_VOIDED" });

    const used = await world.grant(acme, "10.00");
    await world.newContract(acme, [world.prices.platform]);
    await world.draft();
    await world.finalize();
    expect(await void_(used.creditGrant.id)).toMatchObject({ code: "CREDIT_GRANT_USED" });
  });

  it("of another organization is not there", async () => {
    const world = await creditWorld(api);
    const { creditGrant } = await world.grant(await world.newCustomer("acme"), "10.00");
    const { admin } = await api.organization();
    const asked = `query ($id: ID!) { creditGrant(id: $id) { name } }`;
    expect(await admin.data(asked, { id: creditGrant.id })).toEqual({ creditGrant: null });
    expect(await world.finance.data(asked, { id: creditGrant.id })).toEqual({ creditGrant: { name: "Prepayment" } });
  });

  it("costs the same number of statements, however many there are, with customers, products, entries and invoices", async () => {
    const world = await creditWorld(api);
    const ask = (first: number) => () =>
      world.finance.data(`{ customers(first: ${first}) { nodes { creditGrants { name balance { amount } customer { legalName } products { name }
        rolledOverFrom { id } entries { kind invoice { number } } } } } }`);
    for (let index = 1; index <= 4; index += 1) {
      const customer = await world.newCustomer(`customer-${index}`);
      await world.newContract(customer, [world.prices.platform]);
      await world.grant(customer, "50.00", { productIds: [world.products.platform] });
      await world.grant(customer, "60.00", { productIds: [world.products.platform, world.products.api] });
    }
    await world.draft();
    await world.finalize();
    const statements = async (first: number) => {
      await ask(first)();
      return countStatements(ask(first));
    };
    expect(await statements(4)).toBe(await statements(1));
  });
});

let refused: Promise<CreditWorld & { readonly acme: string }> | null = null;
/** What is refused leaves nothing behind, so one world is enough. */
const refusedWorld = () =>
  (refused ??= creditWorld(api).then(async (world) => ({ ...world, acme: await world.newCustomer("acme") })));

describe("the ledger", () => {
  const add = (world: CreditWorld, grantId: string, kind: string, amount: string) =>
    api.database.owner.query(
      `INSERT INTO credit_entry (organization_id, id, grant_id, kind, amount, effective_on, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, '2026-11-03', now())`,
      [world.org.id, grantId, kind, amount],
    );

  it("keeps a balance from below zero and from above what was granted, whoever writes", async () => {
    const world = await creditWorld(api);
    const { creditGrant } = await world.grant(await world.newCustomer("acme"), "10.00");
    await expect(add(world, creditGrant.id, "expired", "-10.01")).rejects.toThrow("would have a balance of -0.0100");
    await expect(add(world, creditGrant.id, "granted", "0.01")).rejects.toThrow("would have a balance of 10.0100");
    await expect(add(world, creditGrant.id, "expired", "1")).rejects.toThrow("credit_entry_sign");
    await add(world, creditGrant.id, "expired", "-10");
  });

  it("is never changed", async () => {
    const world = await creditWorld(api);
    await world.grant(await world.newCustomer("acme"), "10.00");
    for (const sql of [
      "UPDATE credit_entry SET amount = 5",
      "DELETE FROM credit_entry",
      "UPDATE credit_grant SET priority = 1",
    ]) {
      await expect(api.database.owner.query(sql)).rejects.toThrow("never changed");
    }
  });
});

describe("when a grant lapses", () => {
  it("what is left expires, once, and not before its day", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.grant(acme, "10.00", { endsBefore: "2026-11-01", graceDays: 3 });
    await lapse(world);
    expect(entriesInShort((await world.grants(acme))[0])).toEqual(["granted 10.00"]);
    await world.setClock("2026-11-04T09:00:00Z");
    await lapse(world);
    await lapse(world);
    expect(entriesInShort((await world.grants(acme))[0])).toEqual(["granted 10.00", "expired -10.00"]);
  });

  it("a share rolls over into a grant that begins where it lapsed and goes no further", async () => {
    const world = await creditWorld(api, { now: "2026-11-04T09:00:00Z" });
    const acme = await world.newCustomer("acme");
    await world.grant(acme, "33.33", {
      endsBefore: "2026-11-01",
      graceDays: 3,
      priority: 7,
      rollover: { percent: "50", months: 2 },
    });
    await lapse(world);
    const [old, next] = await world.grants(acme);
    expect(entriesInShort(old)).toEqual(["granted 33.33", "rolled_over -16.67", "expired -16.66"]);
    expect(next).toMatchObject({
      name: "Prepayment",
      amount: { amount: "16.67" },
      startsOn: "2026-11-04",
      endsBefore: "2027-01-04",
      lapsesOn: "2027-01-07",
      priority: 7,
      rollover: null,
      rolledOverFrom: { id: old.id },
    });
  });

  it("it waits for drafts that draw on it, of which arrears of its last days come later", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.api]);
    await world.use("acme", "2026-10-15", 40);
    await world.grant(acme, "10.00", { endsBefore: "2026-11-01", graceDays: 1 });
    await world.draft();
    await lapse(world);
    const [draft] = await world.invoices(acme);
    expect(linesInShort(draft)).toEqual(["charge 4.00 + 0.80", "credit -4.00 + -0.80"]);
    expect(entriesInShort((await world.grants(acme))[0])).toEqual(["granted 10.00"]);
    await world.finalize();
    await lapse(world);
    expect(entriesInShort((await world.grants(acme))[0])).toEqual(["granted 10.00", "consumed -4.00", "expired -6.00"]);
  });

  it("it is looked at every hour, as long as anything may lapse", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const jobs = async () => {
      const { rows } = await api.database.owner.query<{ minutes: string }>(
        "SELECT round(extract(epoch FROM run_at - now()) / 60) AS minutes FROM graphile_worker.jobs WHERE key = $1",
        [`lapse_credits:${world.org.id}`],
      );
      return rows.map(({ minutes }) => Number(minutes));
    };
    await world.grant(acme, "10.00");
    expect(await jobs()).toEqual([]);
    await world.grant(acme, "10.00", { endsBefore: "2026-11-01", graceDays: 0 });
    expect(await jobs()).toEqual([60]);
    await api.database.owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1", [
      `lapse_credits:${world.org.id}`,
    ]);
    await api.work();
    expect(entriesInShort((await world.grants(acme))[1])).toEqual(["granted 10.00", "expired -10.00"]);
    expect(await jobs()).toEqual([]);
  });
});
