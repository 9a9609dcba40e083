import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { calculateDrafts, recalculateOneOffs } from "../../../server/modules/invoice";
import { inTransaction, query } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type CreditWorld, creditWorld } from "../credit/credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const SCOPE = { today: plainDate("2026-11-03"), now: new Date("2026-11-03T09:00:00Z") };

/** Acme, billed 100.00 in advance on the 1st of October, and on the 1st of November again beside 1,000 calls at 0.10. */
async function acmeWorld() {
  const world = await creditWorld(api);
  const acme = await world.newCustomer("acme");
  const contractId = await world.newContract(acme, [world.prices.api, world.prices.platform]);
  await world.use("acme", "2026-10-15", 1_000);
  await world.draft();
  const [october, november] = await world.invoices(acme);
  return { ...world, acme, contractId, october: october as Answer, november: november as Answer, ...inputs(world) };
}

/** What people decide about drafts, as it is stored. */
function inputs(world: CreditWorld) {
  const write = (text: string, values: readonly unknown[]) =>
    world.within(async () => void (await query(text, [world.org.id, newId(), ...values])));
  return {
    writeLine: (invoiceId: string, amount: string) =>
      write(
        `INSERT INTO manual_line (organization_id, id, invoice_id, ordinal, product_id, description, service_starts_on, service_ends_before,
           amount, reason, created_by, created_at) VALUES ($1, $2, $3, 1, $4, 'Workshop', '2026-10-20', '2026-10-21', $5, 'Held on site', 'Fay', now())`,
        [invoiceId, world.products.platform, amount],
      ),
    override: (contractId: string, key: string, engineAmount: string, amount: string) =>
      write(
        `INSERT INTO line_override (organization_id, id, contract_id, billing_key, description, engine_amount, amount, reason, created_by, created_at)
         VALUES ($1, $2, $3, $4, 'API calls', $5, $6, 'Agreed by phone', 'Fay', now())`,
        [contractId, key, engineAmount, amount],
      ),
    place: (contractId: string, billsOn: string, invoiceId: string, key: string | null = null) =>
      write(
        "INSERT INTO draft_placement (organization_id, id, contract_id, bills_on, invoice_id, billing_key) VALUES ($1, $2, $3, $4, $5, $6)",
        [contractId, billsOn, invoiceId, key],
      ),
    emptyDraft: (customerId: string, origin: "schedule" | "one_off" = "schedule") =>
      world.within(async () => {
        const id = newId();
        await query(
          `INSERT INTO invoice (organization_id, id, origin, status, document_kind, customer_id, currency, bills_on, billing_month,
             service_starts_on, service_ends_before, net_total, tax_total, gross_total, blockers, content_hash, calculated_at, created_at, updated_at)
           VALUES ($1, $2, $3, 'draft', 'invoice', $4, 'GBP', '2026-11-01', '2026-11-01', '2026-11-01', '2026-11-02', 0, 0, 0, '{}', '', now(), now(), now())`,
          [world.org.id, id, origin, customerId],
        );
        return id;
      }),
    keysOf: (invoiceId: string) =>
      world.within(async () => {
        const { rows } = await query<{ key: string; net: string; engine: string | null; reason: string | null }>(
          `SELECT billing_key AS key, net_amount::numeric(19,2)::text AS net, engine_amount::numeric(19,2)::text AS engine, reason
           FROM invoice_line WHERE invoice_id = $1 ORDER BY ordinal`,
          [invoiceId],
        );
        return rows;
      }),
    calculate: (...contractIds: string[]) =>
      world.within(async () =>
        (await inTransaction(() => calculateDrafts(contractIds, SCOPE))).map(({ outcome }) => outcome),
      ),
  };
}

const callsKey = (lines: readonly { readonly key: string; readonly net: string }[]): string =>
  (lines.find(({ net, key }) => net === "100.00" && key.includes("2026-10-01/2026-11-01")) as { key: string }).key;

const inShort = ({ lines, net, tax }: Answer): string =>
  `${lines.map((line: Answer) => `${line.description} ${line.net.amount}`).join(", ")} = ${net.amount} + ${tax.amount}`;

describe("what people wrote on a draft", () => {
  it("is taxed with the rest, outlives recalculation, and leaves amounts of the engine alone", async () => {
    const world = await acmeWorld();
    await world.writeLine(world.november.id, "50.00");
    expect(await world.calculate(world.contractId)).toContain("changed");
    const [, november] = await world.invoices(world.acme);
    expect(inShort(november as Answer)).toBe("API calls 100.00, Platform 100.00, Workshop 50.00 = 250.00 + 50.00");
    expect(november?.lines[2].explanationText).toEqual(["added by hand: Held on site", "net 50.00"]);
    expect(await world.calculate(world.contractId)).toEqual(["unchanged", "unchanged"]);
    const after = await world.invoices(world.acme);
    expect(after[1]?.version).toBe(november?.version);
  });

  it("keeps a draft alive that nothing falls due for any more; without it the draft goes", async () => {
    const world = await acmeWorld();
    await world.writeLine(world.november.id, "50.00");
    const elsewhere = await world.emptyDraft(world.acme);
    await world.place(world.contractId, "2026-11-01", elsewhere);
    await world.calculate(world.contractId);
    expect((await world.invoices(world.acme)).map(inShort).sort()).toEqual([
      "API calls 100.00, Platform 100.00 = 200.00 + 40.00",
      "Platform 100.00 = 100.00 + 20.00",
      "Workshop 50.00 = 50.00 + 10.00",
    ]);
    await world.within(async () => void (await query("DELETE FROM manual_line")));
    expect(await world.calculate(world.contractId)).toContain("removed");
    expect(await world.invoices(world.acme)).toHaveLength(2);
  });

  it("alone makes an invoice of no contract, and counts for nothing in what the contract is billed", async () => {
    const world = await acmeWorld();
    const oneOff = await world.emptyDraft(world.acme, "one_off");
    await world.writeLine(oneOff, "80.00");
    const outcomes = await world.within(() => inTransaction(() => recalculateOneOffs([oneOff], SCOPE)));
    expect(outcomes).toEqual([{ invoiceId: oneOff, contractIds: [], outcome: "changed" }]);
    const drafts = await world.invoices(world.acme);
    expect(inShort(drafts.find(({ id }) => id === oneOff) as Answer)).toBe("Workshop 80.00 = 80.00 + 16.00");
    expect(await world.calculate(world.contractId)).toEqual(["unchanged", "unchanged"]);
    expect(await world.within(() => inTransaction(() => recalculateOneOffs([oneOff], SCOPE)))).toMatchObject([
      { outcome: "unchanged" },
    ]);
  });
});

describe("an amount that people set", () => {
  it("stands in place of the engine's, which stays beside it and counts as billed", async () => {
    const world = await acmeWorld();
    const key = callsKey(await world.keysOf(world.november.id));
    await world.override(world.contractId, key, "100.00", "80.00");
    await world.calculate(world.contractId);
    const [, november] = await world.invoices(world.acme);
    expect(inShort(november as Answer)).toBe("API calls 80.00, Platform 100.00 = 180.00 + 36.00");
    expect(november?.lines[0].explanationText.slice(-2)).toEqual(["set by hand: Agreed by phone", "net 80.00"]);
    expect((await world.keysOf(world.november.id))[0]).toMatchObject({
      net: "80.00",
      engine: "100.00",
      reason: "Agreed by phone",
    });
    await world.finalize();
    await world.calculate(world.contractId);
    expect((await world.invoices(world.acme)).map(({ status }) => status)).toEqual(["FINALIZED", "FINALIZED"]);
    await world.use("acme", "2026-10-20", 100);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    const [, , december] = await world.invoices(world.acme);
    expect(december?.lines.map((line: Answer) => line.net.amount)).toContain("10.00");
  });

  it("stays when the engine's moves, which is seen on the line", async () => {
    const world = await acmeWorld();
    const key = callsKey(await world.keysOf(world.november.id));
    await world.override(world.contractId, key, "100.00", "80.00");
    await world.use("acme", "2026-10-20", 500);
    await world.calculate(world.contractId);
    expect((await world.keysOf(world.november.id))[0]).toMatchObject({ net: "80.00", engine: "150.00" });
  });
});

describe("drafts that share documents", () => {
  it("go on one invoice for a customer who gets one, and back on their own when that ends", async () => {
    const world = await acmeWorld();
    const second = await world.newContract(world.acme, [world.prices.platform]);
    const { customer } = await world.finance.data("query ($id: ID!) { customer(id: $id) { version } }", {
      id: world.acme,
    });
    await world.finance.done("updateCustomer", "customer { id }", {
      id: world.acme,
      version: customer.version,
      invoiceGrouping: "PER_CUSTOMER",
    });
    await world.calculate(second);
    const shared = await world.invoices(world.acme);
    expect(shared.map(inShort)).toEqual([
      "Platform 100.00, Platform 100.00 = 200.00 + 40.00",
      "API calls 100.00, Platform 100.00, Platform 100.00 = 300.00 + 60.00",
    ]);
    expect(await world.calculate(world.contractId)).toEqual(["unchanged", "unchanged"]);
    await world.finalize();
    expect(await world.calculate(world.contractId, second)).toEqual([]);
    expect((await world.invoices(world.acme)).map(({ status }) => status)).toEqual(["FINALIZED", "FINALIZED"]);
  });

  it("become stale by the usage of either, and bill late usage of what they shared", async () => {
    const world = await acmeWorld();
    const second = await world.newContract(world.acme, [world.prices.platform]);
    await world.calculate(second);
    await world.place(second, "2026-11-01", world.november.id);
    await world.calculate(second);
    const [, merged] = (await world.invoices(world.acme)).filter(({ lines }) => lines.length !== 1);
    expect(merged).toBeUndefined();
    const november = (await world.invoices(world.acme)).find(({ id }) => id === world.november.id) as Answer;
    expect(inShort(november)).toBe("API calls 100.00, Platform 100.00, Platform 100.00 = 300.00 + 60.00");
    await world.use("acme", "2026-10-25", 10);
    const stale = (await world.invoices(world.acme)).find(({ id }) => id === world.november.id) as Answer;
    expect(stale.staleReasons).toEqual(["USAGE"]);
    await world.recalculate();
    await world.finalize();
    await world.use("acme", "2026-10-26", 10);
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    const december = (await world.invoices(world.acme)).filter(({ status }) => status === "DRAFT");
    expect(december.flatMap(({ lines }) => lines.map((line: Answer) => line.net.amount)).sort()).toEqual([
      "0.00",
      "1.00",
      "100.00",
      "100.00",
    ]);
  });
});

describe("who is billed", () => {
  it("decides the tax of the documents, and is named on them", async () => {
    const world = await acmeWorld();
    const parent = await world.newCustomer("Holding");
    await world.finance.done("updateCustomer", "customer { id }", {
      id: parent,
      version: 1,
      taxStatus: "REVERSE_CHARGE",
      taxId: "DE123",
    });
    const { customer } = await world.finance.data("query ($id: ID!) { customer(id: $id) { version } }", {
      id: world.acme,
    });
    await world.finance.done("updateCustomer", "customer { id billToCustomerId }", {
      id: world.acme,
      version: customer.version,
      billToCustomerId: parent,
    });
    expect((await world.invoices(world.acme))[0]?.staleReasons).toEqual(["CUSTOMER"]);
    await world.calculate(world.contractId);
    const [october] = await world.invoices(world.acme);
    expect(inShort(october as Answer)).toBe("Platform 100.00 = 100.00 + 0.00");
    const { rows } = await world.within(() =>
      query<{ billed: string }>("SELECT bill_to_customer_id AS billed FROM invoice WHERE id = $1", [october?.id]),
    );
    expect(rows).toEqual([{ billed: parent }]);
  });

  it("pays its own bills, and cannot be billed to the one it is billed for", async () => {
    const world = await acmeWorld();
    const parent = await world.newCustomer("Holding");
    const update = (id: string, billToCustomerId: string, version = 1) =>
      world.finance.command("updateCustomer", "customer { id }", { id, version, billToCustomerId });
    expect(await update(parent, parent)).toMatchObject({ code: "BILLED_TO_ITSELF" });
    await world.finance.done("updateCustomer", "customer { id }", {
      id: world.acme,
      version: 1,
      billToCustomerId: parent,
    });
    expect(await update(parent, world.acme)).toMatchObject({ code: "BILLED_TO_ANOTHER" });
  });
});

describe("laws", () => {
  it("whatever people write, set, merge and split, the engine's amounts of the contract add up to its proposal, and twice is once", async () => {
    const world = await acmeWorld();
    const second = await world.newContract(world.acme, [world.prices.api, world.prices.platform]);
    await world.calculate(world.contractId, second);
    const engineSum = async (contractId: string) =>
      world.within(async () => {
        const { rows } = await query<{ total: string }>(
          `SELECT sum(coalesce(engine_amount, charge_amount - discount_amount))::numeric(19,2)::text AS total FROM invoice_line
           WHERE contract_id = $1 AND kind <> 'credit'`,
          [contractId],
        );
        return new Decimal(rows[0]?.total ?? 0).toFixed(2);
      });
    const proposed = { [world.contractId]: await engineSum(world.contractId), [second]: await engineSum(second) };
    const drafts = async () => (await world.invoices(world.acme)).map(({ id }) => id as string);
    const act = fc.record({
      kind: fc.constantFrom("write", "set", "merge", "split", "undo"),
      which: fc.nat({ max: 5 }),
      first: fc.boolean(),
      amount: fc.integer({ min: -5_000, max: 50_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 4 }), async (acts) => {
        for (const { kind, which, first, amount } of acts) {
          const contractId = first ? world.contractId : second;
          const ids = await drafts();
          const target = ids[which % ids.length] as string;
          const keys = (await world.keysOf(target)).filter(({ key }) => !key.startsWith("manual"));
          const key = keys[which % Math.max(keys.length, 1)]?.key;
          const own = new Decimal(amount).div(100).toFixed(2);
          await world.within(async () => {
            if (kind === "undo") await query("DELETE FROM draft_placement WHERE contract_id = $1", [contractId]);
            if (kind === "set" && key)
              await query("DELETE FROM line_override WHERE contract_id = $1 AND billing_key = $2", [contractId, key]);
            if (kind === "merge")
              await query("DELETE FROM draft_placement WHERE contract_id = $1 AND billing_key IS NULL", [contractId]);
            if (kind === "split" && key)
              await query("DELETE FROM draft_placement WHERE contract_id = $1 AND billing_key = $2", [contractId, key]);
          });
          if (kind === "write") await world.writeLine(target, own);
          if (kind === "set" && key) await world.override(contractId, key, "0.00", own);
          if (kind === "merge") await world.place(contractId, "2026-11-01", target);
          if (kind === "split" && key)
            await world.place(contractId, "2026-11-01", await world.emptyDraft(world.acme), key);
          await world.calculate(world.contractId, second);
          expect(await engineSum(world.contractId)).toBe(proposed[world.contractId]);
          expect(await engineSum(second)).toBe(proposed[second]);
          expect(new Set(await world.calculate(world.contractId, second))).toEqual(new Set(["unchanged"]));
        }
      }),
      { seed: 2026, numRuns: Number(process.env["LAW_RUNS"] ?? 12) },
    );
  });
});
