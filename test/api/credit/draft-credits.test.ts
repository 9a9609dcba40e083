import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { returnCredits } from "../../../server/modules/credit";
import { calculateDrafts } from "../../../server/modules/invoice/calculate-drafts";
import { finalizeInvoices } from "../../../server/modules/invoice/finalize-invoices";
import { inTransaction } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { readPdf } from "../integrations/read-pdf";
import { type CreditWorld, creditWorld, entriesInShort, linesInShort, totalsOf } from "./credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const codesOf = ({ items }: Answer): string[] => items.nodes.map(({ code }: Answer) => code);
const scope = { today: plainDate("2026-11-03"), now: new Date("2026-11-03T09:00:00Z") };

/** Acme used 1,000 calls in October: 100.00, in arrears. */
async function acmeWorld(calls = 1_000): Promise<CreditWorld & { readonly acme: string }> {
  const world = await creditWorld(api);
  const acme = await world.newCustomer("acme");
  await world.newContract(acme, [world.prices.api]);
  await world.use("acme", "2026-10-15", calls);
  return { ...world, acme };
}

describe("a draft", () => {
  it("shows what credits would pay beside each line, and tax falls with it", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "60.00");
    await world.draft();
    const [draft] = await world.invoices(world.acme);
    expect(linesInShort(draft)).toEqual(["charge 100.00 + 20.00", "credit -60.00 + -12.00"]);
    expect(totalsOf(draft)).toEqual(["40.00", "8.00", "48.00"]);
    expect(draft.lines[1]).toMatchObject({
      description: "Prepaid credit: Prepayment",
      creditGrant: { name: "Prepayment" },
      explanationText: ["Prepayment: 60.00 available", "60.00 pays API calls (100.00)", "0.00 left", "net −60.00"],
    });
    const [grant] = await world.grants(world.acme);
    expect([grant.balance.amount, grant.projectedBalance.amount]).toEqual(["60.00", "0.00"]);
  });

  it("never goes below zero, and draws in the order of priority, end and kind", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "50.00", { name: "last", priority: 200 });
    await world.grant(world.acme, "30.00", { name: "prepaid" });
    await world.grant(world.acme, "30.00", { name: "promotional", kind: "PROMOTIONAL" });
    await world.grant(world.acme, "30.00", { name: "ends", endsBefore: "2026-11-01" });
    await world.draft();
    const [draft] = await world.invoices(world.acme);
    expect(draft.lines.map(({ description, net }: Answer) => `${description} ${net.amount}`)).toEqual([
      "API calls 100.00",
      "Prepaid credit: ends -30.00",
      "Promotional credit: promotional -30.00",
      "Prepaid credit: prepaid -30.00",
      "Prepaid credit: last -10.00",
    ]);
    expect(totalsOf(draft)).toEqual(["0.00", "0.00", "0.00"]);
  });

  it("draws for the products, the days and the currency of the grant alone", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.api, world.prices.platform]);
    await world.use("acme", "2026-10-15", 1_000);
    await world.grant(acme, "500.00", { productIds: [world.products.platform], startsOn: "2026-11-01" });
    await world.grant(acme, "500.00", { currency: "EUR" });
    await world.draft();
    const [october, november] = await world.invoices(acme);
    // The platform fee of October is earned on its first day, before the grant begins.
    expect(linesInShort(october)).toEqual(["charge 100.00 + 20.00"]);
    expect(linesInShort(november)).toEqual([
      "charge 100.00 + 20.00",
      "charge 100.00 + 20.00",
      "credit -100.00 + -20.00",
    ]);
  });

  it("that falls due first draws first, and drafts of other contracts keep what they draw", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const first = await world.newContract(acme, [world.prices.platform]);
    await world.newContract(acme, [world.prices.platform]);
    await world.grant(acme, "250.00");
    await world.draft();
    const drawn = async () =>
      (await world.invoices(acme)).map(({ lines }) => lines[1]?.net.amount ?? "0.00").toSorted();
    expect(await drawn()).toEqual(["-100.00", "-100.00", "-50.00", "0.00"]);
    // Calculated alone, the first contract finds what the other's drafts leave.
    const outcomes = await world.within(async () => await calculateDrafts([first], scope));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    expect(await drawn()).toEqual(["-100.00", "-100.00", "-50.00", "0.00"]);
  });

  it("does not change where nothing has changed, not even its version", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "60.00");
    await world.draft();
    const before = await world.invoices(world.acme);
    expect(codesOf(await world.recalculate())).toEqual(["UNCHANGED"]);
    expect(await world.invoices(world.acme)).toEqual(before);
  });

  it("becomes stale when credits are granted for its days, and when an unused grant is voided", async () => {
    const world = await acmeWorld();
    await world.draft();
    expect(await world.grant(world.acme, "10.00", { startsOn: "2026-11-01" })).toMatchObject({ staleInvoices: 0 });
    const { creditGrant, staleInvoices } = await world.grant(world.acme, "60.00");
    expect(staleInvoices).toBe(1);
    expect((await world.invoices(world.acme))[0]).toMatchObject({ staleReasons: ["CREDITS"] });
    expect(codesOf(await world.finalize())).toEqual(["STALE"]);
    await world.recalculate();
    expect(totalsOf((await world.invoices(world.acme))[0])).toEqual(["40.00", "8.00", "48.00"]);

    const voided = await world.finance.done("voidCreditGrant", "creditGrant { balance { amount } } staleInvoices", {
      id: creditGrant.id,
      reason: "wrong customer",
    });
    expect(voided).toMatchObject({ creditGrant: { balance: { amount: "0.00" } }, staleInvoices: 1 });
    await world.recalculate();
    expect(totalsOf((await world.invoices(world.acme))[0])).toEqual(["100.00", "20.00", "120.00"]);
  });

  it("that draws less than before lets the customer's other drafts know", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.api]);
    await world.newContract(acme, [world.prices.platform], {
      startsOn: "2026-11-01",
      phases: [{ startsOn: "2026-11-01", charges: [{ priceId: world.prices.platform }] }],
    });
    await world.use("acme", "2026-10-15", 1_000);
    await world.grant(acme, "100.00");
    await world.draft();
    const [calls, platform] = await world.invoices(acme);
    expect([linesInShort(calls), linesInShort(platform)]).toEqual([
      ["charge 100.00 + 20.00", "credit -100.00 + -20.00"],
      ["charge 100.00 + 20.00"],
    ]);
    await world.use("acme", "2026-10-16", -400);
    await world.recalculate([calls.id]);
    expect((await world.invoices(acme)).map(({ staleReasons }) => staleReasons)).toEqual([[], ["CREDITS"]]);
    await world.recalculate([platform.id]);
    expect((await world.invoices(acme)).map(linesInShort)).toEqual([
      ["charge 60.00 + 12.00", "credit -60.00 + -12.00"],
      ["charge 100.00 + 20.00", "credit -40.00 + -8.00"],
    ]);
  });
});

describe("finalizing", () => {
  it("uses the credits, and the next drafts find what is left", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "150.00");
    await world.draft();
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED"]);
    const [grant] = await world.grants(world.acme);
    expect(entriesInShort(grant)).toEqual(["granted 150.00", "consumed -100.00"]);
    expect(grant.entries[1]).toMatchObject({ effectiveOn: "2026-11-03", invoice: { number: "INV-2026-00001" } });
    expect([grant.balance.amount, grant.projectedBalance.amount]).toEqual(["50.00", "50.00"]);

    await world.setClock("2026-12-02T09:00:00Z");
    await world.use("acme", "2026-11-15", 1_000);
    await world.draft();
    const [, november] = await world.invoices(world.acme);
    expect(linesInShort(november)).toEqual(["charge 100.00 + 20.00", "credit -50.00 + -10.00"]);
  });

  it("several drafts of one customer at once leaves none stale, as each was drawn after the other", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.platform]);
    await world.newContract(acme, [world.prices.platform]);
    await world.grant(acme, "250.00");
    await world.draft();
    const [, , , last] = await world.invoices(acme);
    expect(codesOf(await world.finalize([last.id]))).toEqual(["FINALIZED"]);
    expect((await world.invoices(acme)).every(({ staleReasons }) => staleReasons.length === 0)).toBe(true);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED", "FINALIZED", "FINALIZED"]);
    expect((await world.grants(acme))[0].balance.amount).toBe("0.00");
  });

  it("is refused where the credits are no longer there, and marks drafts that draw too much", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.platform]);
    await world.grant(acme, "150.00");
    await world.draft();
    const [october, november] = await world.invoices(acme);
    const [grant] = await world.grants(acme);
    // As if two had calculated without seeing each other: more is used than the drafts leave.
    await api.database.owner.query(
      `INSERT INTO credit_entry (organization_id, id, grant_id, kind, amount, effective_on, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, 'expired', -80, '2026-11-03', now())`,
      [world.org.id, grant.id],
    );
    expect(codesOf(await world.finalize([october.id]))).toEqual(["CREDITS_CHANGED"]);
    expect(codesOf(await world.finalize([november.id]))).toEqual(["FINALIZED"]);
    const [left] = await world.invoices(acme);
    expect(left).toMatchObject({ status: "DRAFT", staleReasons: ["CREDITS"] });
    await world.recalculate();
    expect(linesInShort((await world.invoices(acme))[0])).toEqual(["charge 100.00 + 20.00", "credit -20.00 + -4.00"]);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED"]);
    expect((await world.grants(acme))[0].balance.amount).toBe("0.00");
  });

  it("of two drafts at once that together draw too much issues one", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.platform]);
    await world.grant(acme, "200.00");
    await world.draft();
    const drafts = await world.invoices(acme);
    const [grant] = await world.grants(acme);
    await api.database.owner.query(
      `INSERT INTO credit_entry (organization_id, id, grant_id, kind, amount, effective_on, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, 'expired', -50, '2026-11-03', now())`,
      [world.org.id, grant.id],
    );
    const outcomes = await Promise.all(
      drafts.map(({ id }) => world.within(async () => await inTransaction(() => finalizeInvoices([id], scope)))),
    );
    // The second one waits, and finds that the first one has left too little.
    expect(
      outcomes
        .flat()
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(["FINALIZED", "STALE"]);
    expect((await world.grants(acme))[0].balance.amount).toBe("50.00");
  });

  it("prints what credits paid", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "60.00");
    await world.draft();
    await world.finalize();
    const [invoice] = await world.invoices(world.acme);
    const response = await fetch(`${api.url}/documents/${invoice.id}.pdf`, {
      headers: { authorization: `Bearer ${world.finance.token}` },
    });
    expect(response.status).toBe(200);
    const text = JSON.stringify(await readPdf(Buffer.from(await response.arrayBuffer())));
    for (const said of ["Prepaid credit: Prepayment", "-60.00", "48.00"]) expect(text).toContain(said);
  });
});

describe("what was paid by credits and is credited", () => {
  it("gives credits back in proportion, and in the end exactly what was drawn", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "60.00");
    await world.draft();
    await world.finalize();
    await world.use("acme", "2026-10-20", -300);
    await world.setClock("2026-12-02T09:00:00Z");
    await world.use("acme", "2026-11-15", 1_000);
    await world.draft();
    const [, second] = await world.invoices(world.acme);
    // 30.00 of 100.00 are credited, of which credits paid 60.00: 18.00 come back, and pay for November at once.
    expect(linesInShort(second)).toEqual([
      "charge 100.00 + 20.00",
      "credit -18.00 + -3.60",
      "adjustment -30.00 + -6.00",
      "credit 18.00 + 3.60",
    ]);
    expect(totalsOf(second)).toEqual(["70.00", "14.00", "84.00"]);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED"]);
    expect(entriesInShort((await world.grants(world.acme))[0])).toEqual([
      "granted 60.00",
      "consumed -60.00",
      "returned 18.00",
      "consumed -18.00",
    ]);

    await world.use("acme", "2026-10-21", -700);
    await world.setClock("2027-01-04T09:00:00Z");
    await world.use("acme", "2026-12-15", 1_000);
    await world.draft();
    const [, , third] = await world.invoices(world.acme);
    expect(third.lines.filter(({ kind }: Answer) => kind === "CREDIT").map(({ net }: Answer) => net.amount)).toEqual([
      "-42.00",
      "42.00",
    ]);
  });

  it("comes back when an invoice is voided, once", async () => {
    const world = await acmeWorld();
    await world.grant(world.acme, "60.00");
    await world.draft();
    await world.finalize();
    const [invoice] = await world.invoices(world.acme);
    const undo = () => world.within(async () => await inTransaction(() => returnCredits(invoice.id, scope)));
    const [{ id: grantId }] = await world.grants(world.acme);
    expect(await undo()).toEqual({ ok: true, value: [{ grantId, amount: "60" }] });
    expect(await undo()).toEqual({ ok: true, value: [] });
    const [grant] = await world.grants(world.acme);
    expect(entriesInShort(grant)).toEqual(["granted 60.00", "consumed -60.00", "returned 60.00"]);
    expect(grant.balance.amount).toBe("60.00");
  });

  it("is not taken back twice, nor drawn again once others have used it", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.api, world.prices.platform]);
    await world.use("acme", "2026-10-15", 1_000);
    await world.grant(acme, "60.00", { productIds: [world.products.api] });
    await world.draft();
    await world.finalize();
    await world.use("acme", "2026-10-20", -300);
    await world.setClock("2026-12-02T09:00:00Z");
    await world.draft();
    await world.finalize();
    const [, november, december] = await world.invoices(acme);
    expect(linesInShort(december)).toContain("credit 18.00 + 3.60");
    const undo = ({ id }: Answer) => world.within(async () => await inTransaction(() => returnCredits(id, scope)));
    const [{ id: grantId }] = await world.grants(acme);
    expect(await undo(november)).toEqual({
      ok: false,
      error: { code: "CREDITS_RETURNED_BEFORE", grantId, amount: "18" },
    });

    await world.setClock("2027-01-04T09:00:00Z");
    await world.use("acme", "2026-12-15", 1_000);
    await world.draft();
    await world.finalize();
    expect((await world.grants(acme))[0].balance.amount).toBe("0.00");
    expect(await undo(december)).toEqual({ ok: false, error: { code: "CREDITS_SPENT", grantId, amount: "18" } });
  });
});

describe("a calculation with credits", () => {
  it("costs the same number of statements for one contract as for eight", async () => {
    const world = await creditWorld(api);
    const contracts: string[] = [];
    for (let index = 1; index <= 8; index += 1) {
      const customer = await world.newCustomer(`customer-${index}`);
      contracts.push(await world.newContract(customer, [world.prices.platform]));
      await world.grant(customer, "150.00");
      await world.grant(customer, "10.00");
    }
    const statements = async (ids: readonly string[]) => {
      const calculate = () => world.within(async () => await calculateDrafts(ids, scope));
      await calculate();
      return countStatements(calculate);
    };
    expect(await statements(contracts)).toBe(await statements(contracts.slice(0, 1)));
  });
});
