import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { billedWorld, pullGrid } from "./billed-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const MONTHLY = [{ name: "API calls" }];

async function newWorld() {
  const organization = await api.organization();
  return { organization, client: organization.admin, ...billedWorld(organization) };
}

/** A customer with one contract, billed `before` in September and `now` in October. */
async function movedBy(world: Awaited<ReturnType<typeof newWorld>>, name: string, before: string, now: string) {
  const contract = await world.contract(await world.customer(name), MONTHLY);
  await world.bill(contract, "2026-09", { "API calls": before }, { status: "sent" });
  return world.bill(contract, "2026-10", { "API calls": now });
}

describe("the baseline", () => {
  test("is what the customer was billed in this currency in the previous billing month", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const acme = await contract(await customer("Acme Ltd"), MONTHLY);
    await bill(acme, "2026-08", { "API calls": "999.00" }, { status: "sent" });
    await bill(acme, "2026-09", { "API calls": "400.00" }, { status: "finalized" });
    const id = await bill(acme, "2026-10", { "API calls": "460.00" });

    const grid = await pullGrid(client, {});
    expect(grid.baselineMonth).toBe("2026-09");
    expect(grid.records).toEqual([
      {
        id,
        customer: "Acme Ltd",
        number: null,
        status: "DRAFT",
        currency: "GBP",
        billingMonth: "2026-10",
        servicePeriod: "1–31 Oct 2026",
        dueOn: null,
        net: "460.00",
        tax: "0.00",
        gross: "460.00",
        previousNet: "400.00",
        change: "60.00",
        changePercent: "15",
        changeWithoutTiming: "60.00",
        flags: null,
        reason: "API calls: +60.00.",
      },
    ]);
    expect(grid.totals).toEqual([
      {
        currency: "GBP",
        count: 1,
        previous: "400.00",
        current: "460.00",
        change: "60.00",
        changePercent: "15",
        flagged: 0,
        stale: 0,
      },
    ]);
  });

  test("takes drafts only where nothing of the customer and currency was issued", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const issued = await customer("Issued Ltd");
    const [first, second] = [await contract(issued, MONTHLY), await contract(issued, MONTHLY)];
    await bill(first, "2026-09", { "API calls": "100.00" }, { status: "sent" });
    await bill(second, "2026-09", { "API calls": "50.00" });
    await bill(first, "2026-10", { "API calls": "100.00" });
    const drafted = await contract(await customer("Drafted Ltd"), MONTHLY);
    await bill(drafted, "2026-09", { "API calls": "70.00" });
    await bill(drafted, "2026-10", { "API calls": "70.00" });

    const { records } = await pullGrid(client, {});
    expect(records).toMatchObject([
      { customer: "Drafted Ltd", previousNet: "70.00" },
      { customer: "Issued Ltd", previousNet: "100.00" },
    ]);
  });

  test("ignores what was voided, on both sides", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const acme = await contract(await customer("Acme Ltd"), MONTHLY);
    await bill(acme, "2026-09", { "API calls": "400.00", Storage: "5.00" }, { status: "sent" });
    await bill(acme, "2026-09", { "API calls": "123.00" }, { status: "voided" });
    await bill(acme, "2026-10", { "API calls": "400.00" }, { status: "voided", billsOn: "2026-11-01" });
    await bill(acme, "2026-10", { "API calls": "410.00" }, { billsOn: "2026-11-02" });
    const only = await contract(await customer("Only Voided Ltd"), MONTHLY);
    await bill(only, "2026-09", { "API calls": "70.00" }, { status: "sent" });
    await bill(only, "2026-10", { "API calls": "70.00" }, { status: "voided" });

    const { records, totals } = await pullGrid(client, {});
    expect(records).toMatchObject([
      { status: "VOIDED", net: "0.00", gross: "0.00", previousNet: "0.00", change: "0.00", flags: null },
      { status: "DRAFT", net: "410.00", previousNet: "405.00", change: "5.00" },
      { status: "VOIDED", net: "0.00", previousNet: "0.00", flags: null },
      { status: null, net: "0.00", previousNet: "70.00", flags: "MISSING_BILL" },
    ]);
    expect(totals).toMatchObject([{ count: 3, previous: "475.00", current: "410.00" }]);
  });

  test("is not narrowed by the state filters of a view, and what they leave out is not missing", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const drafted = await contract(await customer("Drafted Ltd"), MONTHLY);
    await bill(drafted, "2026-09", { "API calls": "400.00" }, { status: "sent" });
    await bill(drafted, "2026-10", { "API calls": "420.00" });
    const sent = await contract(await customer("Sent Ltd"), MONTHLY);
    await bill(sent, "2026-09", { "API calls": "90.00" }, { status: "sent" });
    await bill(sent, "2026-10", { "API calls": "90.00" }, { status: "sent" });
    const { savedView } = await client.done("createSavedView", "savedView { id }", {
      name: "Drafts",
      filter: { status: ["DRAFT"], isStale: false },
    });

    const { records, totals } = await pullGrid(client, { viewId: savedView.id });
    expect(records).toMatchObject([{ customer: "Drafted Ltd", previousNet: "400.00", change: "20.00" }]);
    expect(totals).toMatchObject([{ previous: "400.00", current: "420.00" }]);
  });

  test("is narrowed by the population of a view: customers, contracts, currencies, a name that is searched", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const acme = await customer("Acme Ltd");
    const [pounds, dollars] = [await contract(acme, MONTHLY), await contract(acme, MONTHLY, { currency: "USD" })];
    const other = await contract(await customer("Other Ltd"), MONTHLY);
    for (const one of [pounds, dollars, other])
      await bill(one, "2026-09", { "API calls": "10.00" }, { status: "sent" });
    await bill(pounds, "2026-10", { "API calls": "10.00" });
    const view = async (filter: object) =>
      (await client.done("createSavedView", "savedView { id }", { name: JSON.stringify(filter), filter })).savedView.id;
    const namesOf = async (filter: object) =>
      (await pullGrid(client, { viewId: await view(filter) })).records.map(
        ({ customer: name, currency, net, previousNet }: Record<string, string>) =>
          [name, currency, net, previousNet].join(" "),
      );

    expect(await namesOf({ customerIds: [acme] })).toEqual(["Acme Ltd GBP 10.00 10.00", "Acme Ltd USD 0.00 10.00"]);
    expect(await namesOf({ contractIds: [other.id] })).toEqual(["Other Ltd GBP 0.00 10.00"]);
    expect(await namesOf({ currencies: ["USD"] })).toEqual(["Acme Ltd USD 0.00 10.00"]);
    expect(await namesOf({ search: "OTHER" })).toEqual(["Other Ltd GBP 0.00 10.00"]);
    expect(await namesOf({ search: "INV-2026" })).toEqual([]);
  });

  test("goes to the bill of the same contract, then to one of the same customer and currency, and the columns add up", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const acme = await customer("Acme Ltd");
    const [first, second, ended] = [
      await contract(acme, [{ name: "Seats" }]),
      await contract(acme, MONTHLY),
      await contract(acme, [{ name: "Storage" }]),
    ];
    await bill(first, "2026-09", { Seats: "100.00" }, { status: "sent" });
    await bill(second, "2026-09", { "API calls": "20.00", Support: "5.00" }, { status: "sent" });
    await bill(ended, "2026-09", { Storage: "3.00" }, { status: "sent" });
    await bill(first, "2026-10", { Seats: "110.00" }, { billsOn: "2026-11-01" });
    await bill(second, "2026-10", { Support: "5.00" }, { billsOn: "2026-11-02" });
    await bill(second, "2026-10", { "API calls": "30.00" }, { billsOn: "2026-11-03" });
    const gone = await contract(await customer("Gone Ltd"), MONTHLY);
    await bill(gone, "2026-09", { "API calls": "7.00" }, { status: "sent" });

    const { records, totals } = await pullGrid(client, {});
    expect(records).toMatchObject([
      { customer: "Acme Ltd", net: "110.00", previousNet: "103.00", change: "7.00" },
      { customer: "Acme Ltd", net: "5.00", previousNet: "5.00", change: "0.00" },
      { customer: "Acme Ltd", net: "30.00", previousNet: "20.00", change: "10.00" },
      { customer: "Gone Ltd", net: "0.00", previousNet: "7.00", change: "-7.00" },
    ]);
    expect(totals).toMatchObject([{ count: 3, previous: "135.00", current: "145.00", change: "10.00" }]);
  });

  test("of two contracts that bill the same price stays with each", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const acme = await customer("Acme Ltd");
    const [first, second] = [await contract(acme, MONTHLY), await contract(acme, MONTHLY)];
    await bill(first, "2026-09", { "API calls": "20.00" }, { status: "sent" });
    await bill(second, "2026-09", { "API calls": "300.00" }, { status: "sent" });
    await bill(first, "2026-10", { "API calls": "21.00" }, { billsOn: "2026-11-01" });
    await bill(second, "2026-10", { "API calls": "310.00" }, { billsOn: "2026-11-02" });

    expect((await pullGrid(client, {})).records).toMatchObject([{ change: "1.00" }, { change: "10.00" }]);
  });
});

describe("flags and reasons", () => {
  test("the first bill of a customer, and the first one of its kind", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const fresh = await contract(await customer("Fresh Ltd"), MONTHLY);
    await bill(fresh, "2026-10", { "API calls": "50.00" });
    const back = await customer("Returning Ltd");
    await bill(await contract(back, [{ name: "Storage" }]), "2026-05", { Storage: "9.00" }, { status: "sent" });
    await bill(await contract(back, MONTHLY), "2026-10", { "API calls": "50.00" });
    const paused = await contract(await customer("Paused Ltd"), MONTHLY);
    await bill(paused, "2026-05", { "API calls": "50.00" }, { status: "sent" });
    await bill(paused, "2026-10", { "API calls": "50.00" });

    const { records, flagged } = await pullGrid(client, {});
    expect(records).toMatchObject([
      { customer: "Fresh Ltd", flags: "FIRST_BILL", reason: "First bill for this customer.", changePercent: null },
      { customer: "Paused Ltd", flags: null, reason: "API calls was not billed last month: +50.00." },
      { customer: "Returning Ltd", flags: "FIRST_BILL", reason: "API calls is billed for the first time." },
    ]);
    expect(flagged).toBe(2);
  });

  test("a bill that is due again and not there is missing; what ended is missing too; what is only not due is timing", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const due = await customer("Due Ltd");
    await bill(await contract(due, MONTHLY), "2026-09", { "API calls": "1420.00" }, { status: "sent" });
    const ended = await contract(await customer("Ended Ltd"), MONTHLY, { endsBefore: "2026-10-01" });
    await bill(ended, "2026-09", { "API calls": "80.00" }, { status: "sent" });
    const annual = await contract(
      await customer("Yearly Ltd"),
      [{ name: "Annual support", cadence: "annual", timing: "in_advance" }],
      { startsOn: "2024-09-01" },
    );
    await bill(annual, "2026-09", { "Annual support": "1200.00" }, { status: "sent" });

    const { records, totals, rows } = await pullGrid(client, {});
    expect(records).toMatchObject([
      {
        id: `missing:${due}:GBP`,
        customer: "Due Ltd",
        status: null,
        net: "0.00",
        change: "-1420.00",
        flags: "MISSING_BILL",
        reason: "API calls was not billed this month; last month it was 1,420.00.",
      },
      { customer: "Ended Ltd", flags: "MISSING_BILL", reason: "API calls ended; last month it was 80.00." },
      {
        customer: "Yearly Ltd",
        flags: null,
        change: "-1200.00",
        changeWithoutTiming: "0.00",
        reason: "Annual support was billed last month: −1,200.00.",
      },
    ]);
    expect(rows[0]).toMatchObject({ invoiceId: null, version: null });
    expect(totals).toMatchObject([{ count: 0, previous: "2700.00", current: "0.00", flagged: 2 }]);
  });

  test("a bill in arrears is not missing before its day has come", async () => {
    const organization = await api.organization({ now: "2026-10-20T09:00:00Z" });
    const { customer, contract, bill } = billedWorld(organization);
    const acme = await contract(await customer("Acme Ltd"), MONTHLY);
    await bill(acme, "2026-09", { "API calls": "100.00" }, { status: "sent" });
    const ahead = await contract(await customer("Ahead Ltd"), [{ name: "Platform", timing: "in_advance" }]);
    await bill(ahead, "2026-09", { Platform: "100.00" }, { status: "sent" });

    const { records } = await pullGrid(organization.admin, {});
    expect(records).toMatchObject([
      { customer: "Acme Ltd", flags: null },
      { customer: "Ahead Ltd", flags: "MISSING_BILL" },
    ]);
  });

  test("a change is a spike or a drop above both thresholds, 100 and 20 %, not on them", async () => {
    const world = await newWorld();
    await movedBy(world, "A on both", "500.00", "600.00");
    await movedBy(world, "B above both", "500.00", "600.01");
    await movedBy(world, "C above the amount only", "1000.00", "1150.00");
    await movedBy(world, "D above the percent only", "100.00", "190.00");
    await movedBy(world, "E on both, down", "500.00", "400.00");
    await movedBy(world, "F above both, down", "500.00", "399.99");
    await movedBy(world, "G down to nothing", "50.00", "0.00");

    const { records, flagged } = await pullGrid(world.client, {});
    expect(records.map(({ flags }: { flags: string }) => flags)).toEqual([
      null,
      "SPIKE",
      null,
      null,
      null,
      "DROP",
      "ZERO_BILL",
    ]);
    expect(flagged).toBe(3);
  });

  test("timing does not make a spike, however large", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const prices = [
      { name: "API calls" },
      { name: "Annual support", cadence: "annual" as const, timing: "in_advance" as const },
    ];
    const acme = await contract(await customer("Acme Ltd"), prices, { startsOn: "2024-10-01" });
    await bill(acme, "2025-10", { "Annual support": "5000.00" }, { status: "sent" });
    await bill(acme, "2026-09", { "API calls": "100.00" }, { status: "sent" });
    await bill(acme, "2026-10", { "API calls": "105.00", "Annual support": "5000.00" });

    const { records } = await pullGrid(client, {});
    expect(records).toMatchObject([
      {
        change: "5005.00",
        changeWithoutTiming: "5.00",
        flags: null,
        reason: "Annual support was not billed last month: +5,000.00; API calls: +5.00.",
      },
    ]);
  });

  test("what moved is said, the largest first", async () => {
    const { customer, contract, bill, client } = await newWorld();
    const acme = await contract(await customer("Acme Ltd"), [{ name: "API calls" }, { name: "Seats" }]);
    await bill(acme, "2026-09", { "API calls": "1000.00", Seats: "100.00" }, { status: "sent" });
    await bill(acme, "2026-10", { "API calls": "2234.50", Seats: "90.00", "Audit module": "80.00" });

    const { records } = await pullGrid(client, {});
    expect(records).toMatchObject([
      { flags: "SPIKE", reason: "API calls: +1,234.50; Audit module is new: +80.00; Seats: −10.00." },
    ]);
  });

  test("stale drafts and blocked drafts say so; stale alone is not flagged", async () => {
    const { customer, contract, bill, client } = await newWorld();
    for (const [name, settings] of [
      ["A", { staleBecause: "usage" }],
      ["B", { blockers: ["po_number_missing"] }],
      ["C", { blockers: ["tax_rate_missing", "buyer_tax_id_missing"], staleBecause: "tax" }],
    ] as const) {
      const one = await contract(await customer(name), MONTHLY);
      await bill(one, "2026-09", { "API calls": "10.00" }, { status: "sent" });
      await bill(one, "2026-10", { "API calls": "10.00" }, settings);
    }
    const grid = await pullGrid(client, {});
    expect(grid.records).toMatchObject([
      { flags: "STALE", reason: "Usage arrived after the calculation; recalculate." },
      {
        flags: "PO_NUMBER_MISSING",
        reason: "The customer requires a PO number; enter it on the contract and recalculate.",
      },
      {
        flags: "TAX_RATE_MISSING, BUYER_TAX_ID_MISSING, STALE",
        reason: "Tax changed after the calculation; recalculate.",
      },
    ]);
    expect([grid.flagged, grid.stale]).toEqual([2, 2]);
    expect(
      (await pullGrid(client, { comparison: "NONE" })).records.map(({ flags }: { flags: string }) => flags),
    ).toEqual(["STALE", "PO_NUMBER_MISSING", "TAX_RATE_MISSING, BUYER_TAX_ID_MISSING, STALE"]);
  });
});

describe("the shape of the answer", () => {
  test("amounts carry the minor units of their currency, and totals are by currency", async () => {
    const { customer, contract, bill, client } = await newWorld();
    for (const [name, currency, before, now] of [
      ["Yen KK", "JPY", "1000", "1500"],
      ["Euro GmbH", "EUR", "10.50", "10.50"],
    ] as const) {
      const one = await contract(await customer(name, currency), MONTHLY, { currency });
      await bill(one, "2026-09", { "API calls": before }, { status: "sent" });
      await bill(one, "2026-10", { "API calls": now });
    }
    const { records, totals } = await pullGrid(client, {});
    expect(records).toMatchObject([
      { currency: "EUR", net: "10.50", change: "0.00", changePercent: "0", reason: null },
      { currency: "JPY", net: "1500", change: "500", changePercent: "50" },
    ]);
    expect(totals).toMatchObject([
      { currency: "EUR", current: "10.50" },
      { currency: "JPY", previous: "1000", current: "1500", change: "500" },
    ]);
  });

  test("without comparison there are no columns of before and no missing bills", async () => {
    const { customer, contract, bill, client } = await newWorld();
    await bill(
      await contract(await customer("Gone Ltd"), MONTHLY),
      "2026-09",
      { "API calls": "7.00" },
      { status: "sent" },
    );
    await bill(await contract(await customer("Acme Ltd"), MONTHLY), "2026-10", { "API calls": "8.00" });
    const grid = await pullGrid(client, { comparison: null });
    expect(grid.baselineMonth).toBeNull();
    expect(grid.filterText).toBe("All invoices");
    expect(grid.columns.map(({ key }: { key: string }) => key).join(" ")).toBe(
      "customer status currency net flags reason number billingMonth servicePeriod dueOn tax gross",
    );
    expect(grid.records).toMatchObject([{ customer: "Acme Ltd" }]);
  });

  test("a view chooses and orders columns, and orders rows by amounts as numbers", async () => {
    const world = await newWorld();
    await movedBy(world, "B", "1.00", "90.00");
    await movedBy(world, "A", "1.00", "1000.00");
    await movedBy(world, "C", "1.00", "90.00");
    const { savedView } = await world.client.done("createSavedView", "savedView { id }", {
      name: "Largest first",
      columns: ["net", "contract", "customer"],
      sort: [{ column: "net", direction: "DESCENDING" }],
    });
    const grid = await pullGrid(world.client, { viewId: savedView.id });
    expect(grid.rows.map(({ cells }: { cells: unknown[] }) => cells)).toEqual([
      ["1000.00", "C-2", "A"],
      ["90.00", "C-1", "B"],
      ["90.00", "C-3", "C"],
    ]);
  });

  test("pages tile the rows, and totals are of the whole", async () => {
    const world = await newWorld();
    for (const name of ["A", "B", "C"]) await movedBy(world, name, "10.00", "10.00");
    const first = await pullGrid(world.client, { first: 2 });
    const second = await pullGrid(world.client, { first: 2, after: first.endCursor });
    expect([...first.records, ...second.records].map(({ customer: name }) => name)).toEqual(["A", "B", "C"]);
    expect([first.hasMore, second.hasMore]).toEqual([true, false]);
    expect(first.totals).toEqual(second.totals);
    expect(first.totals).toMatchObject([{ count: 3, current: "30.00" }]);
  });

  test.each([
    [{ first: 0 }, "first must be from 1 to 10000"],
    [{ first: 10_001 }, "first must be from 1 to 10000"],
    [{ after: "nonsense" }, "is not a cursor of this grid"],
    [{ viewId: "0192f000-0000-7000-8000-000000000000" }, "There is no saved view"],
  ])("refuses %j by name", async (input, message) => {
    const { admin } = await api.organization();
    await expect(pullGrid(admin, input)).rejects.toThrow(message);
  });

  test("no other organization's bills are seen", async () => {
    const one = await newWorld();
    await movedBy(one, "Acme Ltd", "1.00", "1.00");
    const other = await api.organization();
    expect((await pullGrid(other.admin, {})).records).toEqual([]);
  });

  test("the number of statements does not grow with rows", async () => {
    const world = await newWorld();
    const oneMore = async (n: number) => {
      await movedBy(world, `Customer ${n}`, "10.00", "20.00");
      await world.bill(await world.contract(await world.customer(`New ${n}`), MONTHLY), "2026-10", {
        "API calls": "1.00",
      });
      await world.bill(
        await world.contract(await world.customer(`Gone ${n}`), MONTHLY),
        "2026-09",
        { "API calls": "1.00" },
        { status: "sent" },
      );
    };
    await oneMore(1);
    await pullGrid(world.client, {});
    const few = await countStatements(() => pullGrid(world.client, {}));
    for (let n = 2; n <= 6; n += 1) await oneMore(n);
    const many = await countStatements(() => pullGrid(world.client, {}));
    expect(many).toBe(few);
  });
});
