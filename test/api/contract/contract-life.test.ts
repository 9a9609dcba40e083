import "reflect-metadata";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { billableContracts, seatReadings } from "../../../server/modules/contract";
import { currentDatabase, runAs } from "../../../server/platform/database/transaction";
import { type Client, startTestApi, type TestApi } from "../../testkit/api";
import { type ContractWorld, contractWorld, problemsOf, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const newContract = async (world: ContractWorld, more: object = {}) =>
  (
    await world.admin.done(
      "createContract",
      "contract { id number version schedule { status } }",
      simpleContract(world, more),
    )
  ).contract;
const activate = (client: Client, input: object) =>
  client.command("activateContract", "contract { version schedule { status } }", input);

describe("Activating", () => {
  test("makes a draft active, once", async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world);
    expect(await activate(world.admin, { id, version: 1 })).toEqual({
      __typename: "ActivateContractSuccess",
      contract: { version: 2, schedule: { status: "ACTIVE" } },
    });
    expect(await activate(world.admin, { id, version: 2 })).toMatchObject({
      __typename: "Conflict",
      code: "CONTRACT_NOT_DRAFT",
      message: "The contract C-00001 is active; only a draft can be activated.",
    });
  });

  test("is refused on a version that is no longer, and names the one that is", async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world);
    await world.admin.done("updateContract", "contract { version }", { id, version: 1, poNumber: "PO-1" });
    expect(await activate(world.admin, { id, version: 1 })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 2,
    });
  });

  test.each(["sales", "analyst", "integration"] as const)("is not for the role %s", async (role) => {
    const world = await contractWorld(api);
    const { id } = await newContract(world);
    const { errors } = await (await world.organization.as(role)).ask(
      'mutation ($id: ID!) { activateContract(input: { id: $id, version: 1, idempotencyKey: "k" }) { __typename } }',
      { id },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    const { contract } = await world.admin.data("query ($id: ID!) { contract(id: $id) { schedule { status } } }", {
      id,
    });
    expect(contract.schedule.status).toBe("DRAFT");
  });

  test("is for finance", async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world);
    const finance = await world.organization.as("finance");
    expect((await activate(finance, { id, version: 1 })).__typename).toBe("ActivateContractSuccess");
  });

  test("of what does not exist finds nothing", async () => {
    const { admin, customerId } = await contractWorld(api);
    for (const id of [customerId, "no-id"]) {
      expect(await activate(admin, { id, version: 1 })).toMatchObject({
        __typename: "NotFound",
        code: "CONTRACT_NOT_FOUND",
      });
    }
  });
});

test("only roles that may change contracts enter them", async () => {
  const world = await contractWorld(api);
  const enter = async (role: "sales" | "analyst" | "integration") => {
    const { errors } = await (await world.organization.as(role)).ask(
      "mutation ($input: CreateContractInput!) { createContract(input: $input) { __typename } }",
      { input: { ...simpleContract(world), idempotencyKey: role } },
    );
    return errors?.[0].extensions.code ?? "entered";
  };
  expect(await enter("sales")).toBe("FORBIDDEN");
  expect(await enter("analyst")).toBe("FORBIDDEN");
  expect(await enter("integration")).toBe("entered");
});

describe("Updating", () => {
  const TERMS = "contract { name poNumber paymentTerms { kind days } version } staleInvoices";

  test("changes what is sent, takes away what is null, and leaves the rest", async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world, { poNumber: "PO-1", paymentTerms: { kind: "NET_DAYS", days: 14 } });
    const update = (input: object) => world.admin.command("updateContract", TERMS, { id, ...input });
    expect((await update({ version: 1, name: "Acme Group 2026" })).contract).toEqual({
      name: "Acme Group 2026",
      poNumber: "PO-1",
      paymentTerms: { kind: "NET_DAYS", days: 14 },
      version: 2,
    });
    expect((await update({ version: 2, poNumber: null, paymentTerms: null })).contract).toEqual({
      name: "Acme Group 2026",
      poNumber: null,
      paymentTerms: null,
      version: 3,
    });
    expect(await update({ version: 2, name: "Late" })).toMatchObject({ __typename: "StaleVersion", currentVersion: 3 });
    const refused = await update({
      version: 3,
      name: null,
      poNumber: "",
      paymentTerms: { kind: "NET_DAYS", days: -1 },
    });
    expect(problemsOf(refused)).toEqual([
      "NULL_NOT_ALLOWED at name",
      "TEXT_MISSING at poNumber",
      "PAYMENT_DAYS_OUT_OF_RANGE at paymentTerms.days",
    ]);
  });

  test("changes what becomes of late usage, and what happens at the end of the term", async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world, { renewal: { months: 12, noticeDays: 30 } });
    const update = (input: object) =>
      world.admin.command("updateContract", "contract { lateUsage renewal { months noticeDays upliftPercent } }", {
        id,
        ...input,
      });
    expect((await update({ version: 1, lateUsage: "IGNORE_WITH_REPORT" })).contract).toEqual({
      lateUsage: "IGNORE_WITH_REPORT",
      renewal: { months: 12, noticeDays: 30, upliftPercent: null },
    });
    expect((await update({ version: 2, renewal: { months: 6, upliftPercent: "2" } })).contract.renewal).toEqual({
      months: 6,
      noticeDays: 0,
      upliftPercent: "2",
    });
    expect((await update({ version: 3, renewal: null })).contract.renewal).toBeNull();
    expect(
      problemsOf(await update({ version: 4, lateUsage: null, renewal: { months: 0, upliftPercent: "101" } })),
    ).toEqual([
      "NULL_NOT_ALLOWED at lateUsage",
      "PERCENT_OUT_OF_RANGE at renewal.upliftPercent",
      "RENEWAL_MONTHS_OUT_OF_RANGE at renewal.months",
    ]);
  });

  test("of two at once on one version, one is stale", async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world);
    const answers = await Promise.all(
      ["PO-1", "PO-2"].map((poNumber) => world.admin.command("updateContract", TERMS, { id, version: 1, poNumber })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["StaleVersion", "UpdateContractSuccess"]);
  });
});

describe("Seats", () => {
  const seatContract = async (world: ContractWorld) => {
    const charges = [{ priceId: world.prices.seats.id, quantity: "5" }, { priceId: world.prices.fee.id }];
    return newContract(world, { phases: [{ startsOn: "2026-01-01", charges }] });
  };
  const SEATS = "contract { seatChanges { lineageId effectiveOn seats } } staleInvoices";

  test("are those at the end of a day; recorded again for the day they replace the earlier ones", async () => {
    const world = await contractWorld(api);
    const { id } = await seatContract(world);
    const { lineageId } = world.prices.seats;
    const record = (effectiveOn: string, seats: number) =>
      world.admin.done("recordSeats", SEATS, { contractId: id, lineageId, effectiveOn, seats });
    await record("2026-03-10", 8);
    await record("2026-02-01", 6);
    const { contract } = await record("2026-03-10", 7);
    expect(contract.seatChanges).toEqual([
      { lineageId, effectiveOn: "2026-02-01", seats: 6 },
      { lineageId, effectiveOn: "2026-03-10", seats: 7 },
    ]);
  });

  test("are refused when negative, outside the term, or of a price that counts no seats", async () => {
    const world = await contractWorld(api);
    const { id } = await seatContract(world);
    const refused = async (input: object) =>
      problemsOf(
        await world.admin.command("recordSeats", SEATS, {
          contractId: id,
          lineageId: world.prices.seats.lineageId,
          effectiveOn: "2026-12-31",
          seats: 0,
          ...input,
        }),
      );
    expect(await refused({})).toEqual([]);
    expect(await refused({ effectiveOn: "2026-01-01" })).toEqual([]);
    expect(await refused({ seats: -1 })).toEqual(["SEATS_NEGATIVE at seats"]);
    expect(await refused({ effectiveOn: "2025-12-31" })).toEqual(["DAY_OUTSIDE_TERM at effectiveOn"]);
    expect(await refused({ effectiveOn: "2027-01-01" })).toEqual(["DAY_OUTSIDE_TERM at effectiveOn"]);
    expect(await refused({ lineageId: world.prices.fee.lineageId })).toEqual(["SEAT_LINEAGE_UNKNOWN at lineageId"]);
    expect(await refused({ lineageId: "?" })).toEqual(["SEAT_LINEAGE_UNKNOWN at lineageId"]);
  });

  test("are read for many periods in one statement: the total before each, and the changes in it", async () => {
    const world = await contractWorld(api);
    const { id: contractId } = await seatContract(world);
    const { lineageId } = world.prices.seats;
    for (const [effectiveOn, seats] of [
      ["2026-02-01", 6],
      ["2026-02-28", 8],
      ["2026-03-01", 4],
    ] as const) {
      await world.admin.done("recordSeats", SEATS, { contractId, lineageId, effectiveOn, seats });
    }
    const period = (startsOn: string, endsBefore: string) => ({
      startsOn: plainDate(startsOn),
      endsBefore: plainDate(endsBefore),
    });
    const wanted = [
      period("2026-01-01", "2026-02-01"),
      period("2026-02-01", "2026-03-01"),
      period("2026-04-01", "2026-05-01"),
    ];
    const query = vi.spyOn(currentDatabase(), "query");
    const readings = await runAs(world.organization.id, () =>
      seatReadings(wanted.map((asked) => ({ contractId, lineageId, period: asked }))),
    );
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
    expect(
      readings.map(({ openingSeats, changes }) => [
        openingSeats.toFixed(),
        ...changes.map(({ on, total }) => `${on} ${total.toFixed()}`),
      ]),
    ).toEqual([["0"], ["0", "2026-02-01 6", "2026-02-28 8"], ["4"]]);
  });
});

describe("A draft invoice becomes stale", () => {
  const drafted = async () => {
    const world = await contractWorld(api);
    const { id } = await newContract(world, {
      startsOn: "2026-10-01",
      phases: [{ startsOn: "2026-10-01", charges: [{ priceId: world.prices.seats.id, quantity: "5" }] }],
    });
    await world.admin.done("activateContract", "contract { id }", { id, version: 1 });
    await world.admin.done("draftInvoices", "operation { id }", { asOf: "2026-11-03" });
    await api.work();
    const stale = async () => {
      const { invoices } = await world.admin.data("{ invoices { nodes { billingMonth staleReasons } } }");
      return Object.fromEntries(
        invoices.nodes.map((invoice: { billingMonth: string; staleReasons: string[] }) => [
          invoice.billingMonth,
          invoice.staleReasons,
        ]),
      );
    };
    return { world, id, stale };
  };

  test("by seats of its service period or an earlier one, not by those of a later one", async () => {
    const { world, id, stale } = await drafted();
    expect(await stale()).toEqual({ "2026-10": [], "2026-11": [] });
    const { lineageId } = world.prices.seats;
    const seats = { contractId: id, lineageId, effectiveOn: "2026-11-02", seats: 9 };
    expect((await world.admin.done("recordSeats", "staleInvoices", seats)).staleInvoices).toBe(1);
    expect(await stale()).toEqual({ "2026-10": [], "2026-11": ["CONTRACT"] });
    expect(
      (await world.admin.done("recordSeats", "staleInvoices", { ...seats, effectiveOn: "2026-10-31" })).staleInvoices,
    ).toBe(1);
    expect(await stale()).toEqual({ "2026-10": ["CONTRACT"], "2026-11": ["CONTRACT"] });
  });

  test("by a change of the contract's terms", async () => {
    const { world, id, stale } = await drafted();
    const change = { id, version: 2, poNumber: "PO-2" };
    expect((await world.admin.done("updateContract", "staleInvoices", change)).staleInvoices).toBe(2);
    expect(await stale()).toEqual({ "2026-10": ["CONTRACT"], "2026-11": ["CONTRACT"] });
  });
});

describe("Billing is given", () => {
  test("the contract exactly as agreed, prices rebuilt", async () => {
    const world = await contractWorld(api);
    const { fee, seats } = world.prices;
    const { id } = await newContract(world, {
      poNumber: "PO-9",
      phases: [
        { startsOn: "2026-01-01", charges: [] },
        {
          startsOn: "2026-02-01",
          charges: [
            { priceId: seats.id, quantity: "3" },
            { priceId: fee.id, discounts: [{ description: "Loyalty", percent: "7.5" }] },
          ],
        },
      ],
      minimums: [{ amount: { amount: "99.5", currency: "GBP" }, cadence: "ANNUAL", productId: world.productId }],
    });
    const [billable, ...others] = await runAs(world.organization.id, () => billableContracts({ contractIds: [id] }));
    expect(others).toEqual([]);
    expect(billable).toMatchObject({
      customerId: world.customerId,
      number: "C-00001",
      poNumber: "PO-9",
      paymentTerms: null,
      status: "draft",
    });
    expect(billable?.contract).toMatchObject({
      id,
      currency: { code: "GBP", minorUnits: 2 },
      startsOn: "2026-01-01",
      endsBefore: "2027-01-01",
      anchorOn: "2026-01-01",
      firstPeriod: "anchor",
      billedThrough: null,
      phases: [
        { startsOn: "2026-01-01", endsBefore: "2026-02-01", charges: [] },
        {
          startsOn: "2026-02-01",
          endsBefore: "2027-01-01",
          charges: [
            {
              lineageId: seats.lineageId,
              productId: world.productId,
              description: "Seat",
              price: {
                model: "seat",
                perSeat: { model: "per_unit", unitPrice: new Decimal("15") },
                strategy: "prorate_all_changes",
              },
              quantity: new Decimal("3"),
              metricId: null,
              cadence: "monthly",
              timing: "in_advance",
              proration: "by_days",
              discounts: [],
            },
            {
              price: { model: "flat", fee: new Decimal("500") },
              quantity: new Decimal("1"),
              discounts: [
                { kind: "percent", percent: new Decimal("7.5"), endsBefore: null, position: "before_minimum" },
              ],
            },
          ],
        },
      ],
      minimums: [{ amount: new Decimal("99.5"), cadence: "annual", lineageIds: "all", proration: "by_days" }],
    });
    const boundId = billable?.contract.minimums[0]?.id ?? "";
    expect(billable?.productOfBound).toEqual(new Map([[boundId, world.productId]]));
  });

  test("active contracts that have begun, page by page, in three statements a page", async () => {
    const world = await contractWorld(api);
    const started = await Promise.all([1, 2, 3].map(() => newContract(world)));
    const later = await newContract(world, {
      startsOn: "2026-12-01",
      phases: [{ startsOn: "2026-12-01", charges: [] }],
    });
    await newContract(world, { name: "Stays a draft" });
    for (const { id } of [...started, later])
      await world.admin.done("activateContract", "contract { id }", { id, version: 1 });

    const query = vi.spyOn(currentDatabase(), "query");
    const page = (afterId: string | null) =>
      runAs(world.organization.id, () => billableContracts({ dueThrough: plainDate("2026-11-30"), limit: 2, afterId }));
    const first = await page(null);
    const second = await page(first.at(-1)?.contract.id ?? null);
    expect(query).toHaveBeenCalledTimes(6);
    query.mockRestore();
    const ids = [...first, ...second].map(({ contract }) => contract.id);
    expect(ids).toEqual(started.map(({ id }) => id).sort());
  });
});

describe("Another organization", () => {
  test("finds, lists, changes and names nothing of this one", async () => {
    const world = await contractWorld(api);
    const others = await contractWorld(api);
    const { id } = await newContract(world);
    const { contract, contracts } = await others.admin.data(
      "query ($id: ID!, $customerId: ID!) { contract(id: $id) { id } contracts(customerId: $customerId) { nodes { id } } }",
      { id, customerId: world.customerId },
    );
    expect(contract).toBeNull();
    expect(contracts.nodes).toEqual([]);
    expect(await activate(others.admin, { id, version: 1 })).toMatchObject({ __typename: "NotFound" });
    const foreign = simpleContract(others, {
      customerId: world.customerId,
      phases: [{ startsOn: "2026-01-01", charges: [{ priceId: world.prices.fee.id }] }],
    });
    expect(problemsOf(await others.admin.command("createContract", "contract { id }", foreign))).toEqual([
      "CUSTOMER_NOT_FOUND at customerId",
      "PRICE_NOT_FOUND at phases.0.charges.0.priceId",
    ]);
    const billable = await runAs(others.organization.id, () => billableContracts({ contractIds: [id] }));
    expect(billable).toEqual([]);
  });

  test("has numbers of its own", async () => {
    const [world, others] = [await contractWorld(api), await contractWorld(api)];
    expect((await newContract(world)).number).toBe("C-00001");
    expect((await newContract(others)).number).toBe("C-00001");
  });
});

describe("A list of contracts", () => {
  const LIST = `query ($first: Int!, $after: String, $status: BillingScheduleStatus) {
    contracts(first: $first, after: $after, status: $status) {
      nodes { number customer { legalName contracts { number } } seatChanges { seats }
        schedule { phases { charges { price { id } product { name } discounts { percent } } } minimums { amount { amount } product { name } } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

  test("comes in pages, in the order of the numbers, by status where asked", async () => {
    const world = await contractWorld(api);
    for (const number of ["K-3", "K-1", "K-2"]) await newContract(world, { number });
    const first = await world.admin.data(LIST, { first: 2 });
    expect(first.contracts.nodes.map(({ number }: { number: string }) => number)).toEqual(["K-1", "K-2"]);
    expect(first.contracts.pageInfo.hasNextPage).toBe(true);
    const second = await world.admin.data(LIST, { first: 2, after: first.contracts.pageInfo.endCursor });
    expect(second.contracts.nodes.map(({ number }: { number: string }) => number)).toEqual(["K-3"]);
    expect(second.contracts.pageInfo.hasNextPage).toBe(false);
    expect((await world.admin.data(LIST, { first: 2, status: "ACTIVE" })).contracts.nodes).toEqual([]);
  });

  test("takes as many statements for twenty contracts of three phases as for one", async () => {
    const world = await contractWorld(api);
    const ramp = {
      phases: ["2026-01-01", "2026-04-01", "2026-07-01"].map((startsOn) => ({
        startsOn,
        charges: [{ priceId: world.prices.fee.id }, { priceId: world.prices.seats.id }],
      })),
      minimums: [{ amount: { amount: "10", currency: "GBP" }, cadence: "MONTHLY", productId: world.productId }],
    };
    const statements = async () => {
      const query = vi.spyOn(currentDatabase(), "query");
      const { contracts } = await world.admin.data(LIST, { first: 50 });
      const count = query.mock.calls.length;
      query.mockRestore();
      return { rows: contracts.nodes.length, count };
    };
    await newContract(world, ramp);
    await statements();
    const one = await statements();
    for (let made = 1; made < 20; made++) await newContract(world, ramp);
    const twenty = await statements();
    expect([one.rows, twenty.rows]).toEqual([1, 20]);
    expect(twenty.count).toBe(one.count);
  });
});

test("every change of a contract leaves an audit event with what was before and after", async () => {
  const world = await contractWorld(api);
  const { id } = await newContract(world);
  await world.admin.done("updateContract", "contract { id }", { id, version: 1, poNumber: "PO-1" });
  await world.admin.done("activateContract", "contract { id }", { id, version: 2 });
  const { rows } = await runAs(world.organization.id, () =>
    currentDatabase().query<{ action: string; before: object; after: object }>(
      "SELECT action, before, after FROM audit_event WHERE subject_id = $1 ORDER BY recorded_at, id",
      [id],
    ),
  );
  expect(rows.map(({ action }) => action)).toEqual(["contract.created", "contract.updated", "contract.activated"]);
  expect(rows[1]).toMatchObject({ before: { poNumber: null }, after: { poNumber: "PO-1" } });
});
