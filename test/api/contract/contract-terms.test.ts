import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { billableContracts } from "../../../server/modules/contract";
import { runAs } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type ContractWorld, contractWorld, problemsOf, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const CHARGES =
  "charges { description quantity isFreeTrial lineageId price { id contractId } discounts { description percent } }";
const WHOLE = `contract { id pricesIncludeTax rollsUpUsage lateUsage renewal { months noticeDays upliftPercent }
  schedule { revision startsOn endsBefore phases { name startsOn endsBefore ${CHARGES} }
    minimums { id description amount { amount } cadence cadenceMonths startsOn endsBefore lineageIds }
    maximums { id description amount { amount } cadence cadenceMonths startsOn endsBefore lineageIds }
    discounts { description percent amount { amount } cadence cadenceMonths position startsOn endsBefore scope { kind lineageIds boundId } } } }
  warnings { code path }`;

const create = ({ admin }: ContractWorld, input: object) => admin.command("createContract", WHOLE, input);
const refusals = async (world: ContractWorld, more: object) =>
  problemsOf(await create(world, simpleContract(world, more)));
const pounds = (amount: string) => ({ amount, currency: "GBP" });
const billableOf = async (world: ContractWorld, id: string) => {
  const [billable] = await runAs(world.organization.id, () => billableContracts({ contractIds: [id] }));
  if (!billable) throw new Error(`no contract ${id}`);
  return billable;
};

describe("Minimums, maximums and discounts of a contract", () => {
  test("are stored as agreed, and billing is given them", async () => {
    const world = await contractWorld(api);
    const { fee } = world.prices;
    const { contract } = await create(
      world,
      simpleContract(world, {
        lateUsage: "CREDIT_AND_REBILL",
        renewal: { months: 12, noticeDays: 30, upliftPercent: "3.5" },
        minimums: [
          {
            key: "floor",
            amount: pounds("6000"),
            cadence: "TERM",
            productId: world.productId,
            lineageIds: [fee.lineageId],
          },
        ],
        maximums: [
          {
            amount: pounds("2000"),
            cadence: "CUSTOM",
            cadenceMonths: 2,
            startsOn: "2026-03-01",
            productId: world.productId,
          },
        ],
        discounts: [
          { description: "Loyalty", percent: "5" },
          {
            description: "Bundle",
            amount: pounds("10"),
            cadence: "MONTHLY",
            scope: { group: { lineageIds: [fee.lineageId] } },
          },
          {
            description: "Commitment",
            percent: "10",
            scope: { commitment: { key: "floor" } },
            endsBefore: "2026-07-01",
          },
        ],
      }),
    );
    expect(contract).toMatchObject({
      pricesIncludeTax: false,
      rollsUpUsage: false,
      lateUsage: "CREDIT_AND_REBILL",
      renewal: { months: 12, noticeDays: 30, upliftPercent: "3.5" },
      schedule: { revision: 0, startsOn: "2026-01-01", endsBefore: "2027-01-01" },
    });
    const { minimums, maximums, discounts } = contract.schedule;
    expect(minimums).toMatchObject([
      {
        description: "Minimum commitment",
        amount: { amount: "6000.00" },
        cadence: "TERM",
        cadenceMonths: null,
        startsOn: "2026-01-01",
        endsBefore: "2027-01-01",
        lineageIds: [fee.lineageId],
      },
    ]);
    expect(maximums).toMatchObject([
      { description: "Maximum", cadence: "CUSTOM", cadenceMonths: 2, startsOn: "2026-03-01", endsBefore: null },
    ]);
    const none = { lineageIds: null, boundId: null };
    expect(discounts).toMatchObject([
      {
        description: "Loyalty",
        percent: "5",
        cadence: null,
        position: "AFTER_MINIMUM",
        scope: { kind: "INVOICE", ...none },
      },
      {
        description: "Bundle",
        amount: { amount: "10.00" },
        cadence: "MONTHLY",
        position: "BEFORE_MINIMUM",
        scope: { kind: "GROUP", lineageIds: [fee.lineageId], boundId: null },
      },
      {
        description: "Commitment",
        percent: "10",
        endsBefore: "2026-07-01",
        position: "BEFORE_MINIMUM",
        scope: { kind: "COMMITMENT", lineageIds: null, boundId: minimums[0].id },
      },
    ]);

    const billable = await billableOf(world, contract.id);
    expect(billable.contract.lateUsage).toBe("credit_and_rebill");
    expect(billable.contract.maximums).toMatchObject([{ cadence: "every_2_months", lineageIds: "all" }]);
    expect(billable.contract.discounts.map(({ kind, scope }) => `${kind} ${scope.kind}`)).toEqual([
      "percent invoice",
      "fixed group",
      "percent commitment",
    ]);
    expect(billable.productOfBound).toEqual(
      new Map([...minimums, ...maximums].map(({ id }: { id: string }) => [id, world.productId])),
    );
    expect(billable.customers).toEqual([{ id: world.customerId, name: "Acme Ltd" }]);
    expect(billable.pricesIncludeTax).toBe(false);
  });

  test("three months asked as CUSTOM are QUARTERLY", async () => {
    const world = await contractWorld(api);
    const minimum = { amount: pounds("10"), cadence: "CUSTOM", cadenceMonths: 3, productId: world.productId };
    const { contract } = await create(world, simpleContract(world, { minimums: [minimum] }));
    expect(contract.schedule.minimums).toMatchObject([{ cadence: "QUARTERLY", cadenceMonths: null }]);
  });

  test("that are wrong are refused at once, each with its place", async () => {
    const world = await contractWorld(api);
    const { fee } = world.prices;
    const bound = { amount: pounds("10"), cadence: "MONTHLY", productId: world.productId };
    const other = world.organization.id;
    expect(
      await refusals(world, {
        endsBefore: "2027-01-01",
        minimums: [
          { ...bound, cadence: "CUSTOM" },
          { ...bound, cadenceMonths: 3, key: "a" },
          { ...bound, key: "a", startsOn: "2026-05-01", endsBefore: "2026-05-01" },
          { ...bound, amount: pounds("-1"), lineageIds: [other] },
        ],
        maximums: [
          { ...bound, cadence: "QUARTERLY", endsBefore: "2027-02-01" },
          { ...bound, cadence: "TERM", cadenceMonths: 2, productId: other },
        ],
        discounts: [
          { description: "Both", percent: "5", amount: pounds("5"), cadence: "MONTHLY" },
          { description: "No cadence", amount: pounds("5.001") },
          { description: "Two scopes", percent: "5", scope: { invoice: true, group: { lineageIds: [fee.lineageId] } } },
          { description: "No group", percent: "101", scope: { group: { lineageIds: [] } } },
          { description: "Foreign", percent: "1", scope: { group: { lineageIds: [other] } } },
          { description: "Unknown", percent: "1", scope: { commitment: { key: "b" } } },
        ],
        renewal: { months: 0, noticeDays: 400, upliftPercent: "-1" },
      }),
    ).toEqual([
      "CADENCE_MONTHS_MISSING at minimums.0.cadenceMonths",
      "CADENCE_MONTHS_NOT_APPLICABLE at minimums.1.cadenceMonths",
      "PRODUCT_NOT_FOUND at maximums.1.productId",
      "CADENCE_MONTHS_NOT_APPLICABLE at maximums.1.cadenceMonths",
      "KEY_TWICE at minimums.2.key",
      "PERCENT_OR_AMOUNT at discounts.0",
      "CADENCE_NOT_APPLICABLE at discounts.0.cadence",
      "AMOUNT_TOO_PRECISE at discounts.1.amount.amount",
      "CADENCE_MISSING at discounts.1.cadence",
      "NOT_ONE_SCOPE at discounts.2.scope",
      "PERCENT_OUT_OF_RANGE at discounts.3.percent",
      "LINEAGES_MISSING at discounts.3.scope.group.lineageIds",
      "VALIDITY_WITHOUT_DAYS at minimums.2.endsBefore",
      "NEGATIVE at minimums.3.amount",
      "COVERED_LINEAGE_UNKNOWN at minimums.3.lineageIds.0",
      "VALIDITY_OUTSIDE_TERM at maximums.0.endsBefore",
      "COVERED_LINEAGE_UNKNOWN at discounts.4.scope.group.lineageIds.0",
      "COMMITMENT_UNKNOWN at discounts.5.scope.commitment",
      "PERCENT_OUT_OF_RANGE at renewal.upliftPercent",
      "RENEWAL_MONTHS_OUT_OF_RANGE at renewal.months",
      "NOTICE_DAYS_OUT_OF_RANGE at renewal.noticeDays",
    ]);
  });

  test("a minimum above the maximum of the same prices and periods, or once over a term that has no end", async () => {
    const world = await contractWorld(api);
    const bound = (amount: string) => ({ amount: pounds(amount), cadence: "MONTHLY", productId: world.productId });
    expect(await refusals(world, { minimums: [bound("11")], maximums: [bound("10")] })).toEqual([
      "MINIMUM_ABOVE_MAXIMUM at minimums.0.amount",
    ]);
    expect(await refusals(world, { minimums: [bound("10")], maximums: [bound("10")] })).toEqual([]);
    expect(await refusals(world, { endsBefore: null, minimums: [{ ...bound("10"), cadence: "TERM" }] })).toEqual([
      "VALIDITY_MISSING at minimums.0.endsBefore",
    ]);
  });
});

describe("A trial and a ramp", () => {
  test("become phases, and the charges of one price keep its lineage", async () => {
    const world = await contractWorld(api);
    const { fee, seats, feeNext } = world.prices;
    const charges = [
      { priceId: fee.id, trial: { months: 1 }, ramp: [{ afterMonths: 6, priceId: feeNext.id }] },
      { priceId: seats.id, quantity: "10", ramp: [{ startsOn: "2026-04-01", quantity: "20" }] },
    ];
    const { contract } = await create(
      world,
      simpleContract(world, { phases: [{ name: "All", startsOn: "2026-01-01", charges }] }),
    );
    const { phases } = contract.schedule;
    const shown = phases.map(({ name, startsOn, charges: [own, seat] }: Answer) => [
      name,
      startsOn,
      own.isFreeTrial,
      own.price.id === feeNext.id ? "next" : "first",
      seat.quantity,
    ]);
    expect(shown).toEqual([
      ["All", "2026-01-01", true, "first", "10"],
      ["All, from 1 Feb 2026", "2026-02-01", false, "first", "10"],
      ["All, from 1 Apr 2026", "2026-04-01", false, "first", "20"],
      ["All, from 1 Jul 2026", "2026-07-01", false, "next", "20"],
    ]);
    expect(phases[0].charges[0].discounts).toEqual([{ description: "Free trial", percent: "100" }]);
    const { contract: billed } = await billableOf(world, contract.id);
    expect(billed.phases.map(({ charges: [own] }) => own?.lineageId)).toEqual(Array(4).fill(fee.lineageId));
    expect(billed.phases[1]?.charges[0]?.id).toBe(billed.phases[2]?.charges[0]?.id);
  });

  test("a discounted trial stands as a percentage of its own", async () => {
    const world = await contractWorld(api);
    const charge = { priceId: world.prices.fee.id, trial: { days: 14, percentOff: "0.5" } };
    const { contract, warnings } = await create(
      world,
      simpleContract(world, { phases: [{ startsOn: "2026-01-01", charges: [charge] }] }),
    );
    expect(contract.schedule.phases[0]).toMatchObject({ endsBefore: "2026-01-15", charges: [{ isFreeTrial: false }] });
    expect(warnings).toMatchObject([
      { code: "PERCENT_BELOW_ONE", path: ["phases", "0", "charges", "0", "trial", "percentOff"] },
    ]);
  });

  test("that lead nowhere are refused with their places", async () => {
    const world = await contractWorld(api);
    const { fee, setup, seats } = world.prices;
    const charges = [
      { priceId: fee.id, trial: { days: 1, months: 1 }, ramp: [{ quantity: "2" }, { afterMonths: 1 }] },
      { priceId: setup.id, trial: { days: 3 } },
      {
        priceId: seats.id,
        trial: { months: 0, percentOff: "120" },
        ramp: [
          { afterMonths: 3, quantity: "-1" },
          { afterMonths: 3, priceId: fee.id },
          { startsOn: "2027-01-01", quantity: "1" },
        ],
      },
    ];
    expect(await refusals(world, { phases: [{ startsOn: "2026-01-01", charges }] })).toEqual([
      "DAYS_OR_MONTHS at phases.0.charges.0.trial",
      "DAY_OR_MONTHS at phases.0.charges.0.ramp.0",
      "QUANTITY_OR_PRICE at phases.0.charges.0.ramp.1",
      "PERCENT_OUT_OF_RANGE at phases.0.charges.2.trial.percentOff",
      "QUANTITY_NEGATIVE at phases.0.charges.2.ramp.0.quantity",
      "TRIAL_NOT_APPLICABLE at phases.0.charges.1.trial",
      "TRIAL_LENGTH_NOT_POSITIVE at phases.0.charges.2.trial.months",
      "RAMP_NOT_ASCENDING at phases.0.charges.2.ramp.1.afterMonths",
      "RAMP_OUTSIDE_TERM at phases.0.charges.2.ramp.2.startsOn",
    ]);
  });

  test("a step to a price of another cadence is refused", async () => {
    const world = await contractWorld(api);
    const { price: yearly } = await world.admin.done("createPrice", "price { id }", {
      productId: world.productId,
      name: "Yearly fee",
      currency: "GBP",
      cadence: "ANNUAL",
      timing: "IN_ADVANCE",
      effectiveOn: "2026-01-01",
      terms: { flat: { fee: "5000" } },
    });
    const charge = { priceId: world.prices.fee.id, ramp: [{ afterMonths: 2, priceId: yearly.id }] };
    expect(await refusals(world, { phases: [{ startsOn: "2026-01-01", charges: [charge] }] })).toEqual([
      "PRICE_NOT_ALIKE at phases.0.charges.0.ramp.0.priceId",
    ]);
  });
});

describe("Terms of its own", () => {
  const custom = (fee: string) => ({ terms: { flat: { fee } } });

  test("stand in the place of a price's, of the same lineage, for this contract alone", async () => {
    const world = await contractWorld(api);
    const { fee } = world.prices;
    const charge = {
      priceId: fee.id,
      customTerms: custom("450"),
      ramp: [{ afterMonths: 6, priceId: fee.id, customTerms: custom("470") }],
    };
    const { contract } = await create(
      world,
      simpleContract(world, { phases: [{ startsOn: "2026-01-01", charges: [charge] }] }),
    );
    const { contract: billed } = await billableOf(world, contract.id);
    expect(billed.phases.map(({ charges: [own] }) => JSON.stringify(own?.price))).toEqual([
      '{"model":"flat","fee":"450"}',
      '{"model":"flat","fee":"470"}',
    ]);
    const [price] = contract.schedule.phases[0].charges.map((own: { price: object }) => own.price);
    expect(price).toEqual({ id: expect.not.stringMatching(fee.id), contractId: contract.id });
    expect(contract.schedule.phases[0].charges[0].lineageId).toBe(fee.lineageId);
    expect(await refusals(world, { phases: [{ startsOn: "2026-01-01", charges: [{ priceId: price.id }] }] })).toEqual([
      "PRICE_NOT_FOUND at phases.0.charges.0.priceId",
    ]);
  });

  test("may fall due at other times, and steps of a ramp then do so too", async () => {
    const world = await contractWorld(api);
    const { fee } = world.prices;
    const yearly = (amount: string) => ({
      ...custom(amount),
      cadence: "CUSTOM",
      cadenceMonths: 12,
      timing: "IN_ARREARS",
    });
    const phases = (...ramp: object[]) => [
      {
        startsOn: "2026-01-01",
        charges: [
          { priceId: fee.id, customTerms: yearly("5400"), ramp: ramp.map((step) => ({ afterMonths: 12, ...step })) },
        ],
      },
    ];
    const stepped = { priceId: fee.id, customTerms: yearly("5700") };
    const { contract } = await create(
      world,
      simpleContract(world, { endsBefore: "2028-01-01", phases: phases(stepped) }),
    );
    const { contract: billed } = await billableOf(world, contract.id);
    expect(billed.phases.map(({ charges: [own] }) => [JSON.stringify(own?.price), own?.cadence, own?.timing])).toEqual([
      ['{"model":"flat","fee":"5400"}', "annual", "in_arrears"],
      ['{"model":"flat","fee":"5700"}', "annual", "in_arrears"],
    ]);
    const { contract: shown } = await world.admin.data(
      "query ($id: ID!) { contract(id: $id) { schedule { phases { charges { price { cadence cadenceMonths timing terms { ... on FlatTerms { fee } } } } } } } }",
      { id: contract.id },
    );
    expect(shown.schedule.phases[0].charges).toEqual([
      { price: { cadence: "ANNUAL", cadenceMonths: null, timing: "IN_ARREARS", terms: { fee: "5400" } } },
    ]);

    const monthly = [{ priceId: fee.id, customTerms: custom("475") }];
    expect(await refusals(world, { endsBefore: "2028-01-01", phases: phases(...monthly) })).toEqual([
      "PRICE_NOT_ALIKE at phases.0.charges.0.ramp.0.priceId",
    ]);
  });

  test("that do not fit what falls due then are refused with their places", async () => {
    const world = await contractWorld(api);
    const { fee } = world.prices;
    const { usageMetric } = await world.admin.done("createUsageMetric", "usageMetric { id }", {
      code: "pages",
      name: "Pages",
      unit: "page",
      eventType: "page",
      aggregation: "SUM",
      property: "count",
    });
    const { price: calls } = await world.admin.done("createPrice", "price { id }", {
      productId: world.productId,
      name: "Pages",
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ARREARS",
      metricId: usageMetric.id,
      effectiveOn: "2026-01-01",
      terms: { perUnit: { unitPrice: "0.10" } },
    });
    const overage = { perUnit: { unitPrice: "9" }, strategy: "USE_MAXIMUM", overageCadence: "QUARTERLY" };
    const charges = [
      { priceId: fee.id, customTerms: { ...custom("5400"), cadence: "CUSTOM" } },
      {
        priceId: calls.id,
        customTerms: { terms: { perUnit: { unitPrice: "0.08" } }, cadence: "ONE_TIME", timing: "IN_ADVANCE" },
      },
      { priceId: fee.id, customTerms: { terms: { oneTime: { fee: "99" } }, cadence: "ANNUAL" } },
      {
        priceId: world.prices.seats.id,
        customTerms: { terms: { seat: overage }, cadence: "HALF_YEARLY", timing: "IN_ARREARS" },
      },
    ];
    expect(await refusals(world, { phases: [{ startsOn: "2026-01-01", charges }] })).toEqual(
      expect.arrayContaining([
        "CADENCE_MONTHS_MISSING at phases.0.charges.0.customTerms.cadenceMonths",
        "METERED_IN_ADVANCE at phases.0.charges.1.customTerms.timing",
        "METERED_ONE_TIME at phases.0.charges.1.customTerms.cadence",
        "ONE_TIME_PRICE_RECURRING at phases.0.charges.2.customTerms.cadence",
        "OVERAGE_IN_ARREARS at phases.0.charges.3.customTerms.terms.seat.overageCadence",
      ]),
    );
  });

  test("that do not fit the price are refused with their places", async () => {
    const world = await contractWorld(api);
    const charges = [
      { priceId: world.prices.fee.id, customTerms: { terms: { flat: { fee: "-1" } } } },
      { priceId: world.prices.seats.id, customTerms: { terms: {} } },
    ];
    expect(await refusals(world, { phases: [{ startsOn: "2026-01-01", charges }] })).toEqual([
      "NEGATIVE at phases.0.charges.0.customTerms.terms.flat.fee",
      "NOT_EXACTLY_ONE_MODEL at phases.0.charges.1.customTerms.terms",
    ]);
  });
});

test("prices with and without the tax in them do not go together", async () => {
  const world = await contractWorld(api);
  const { price: gross } = await world.admin.done("createPrice", "price { id }", {
    productId: world.productId,
    name: "Support, tax included",
    currency: "GBP",
    cadence: "MONTHLY",
    timing: "IN_ADVANCE",
    effectiveOn: "2026-01-01",
    taxInclusive: true,
    terms: { flat: { fee: "120" } },
  });
  const phases = (...ids: string[]) => ({
    phases: [{ startsOn: "2026-01-01", charges: ids.map((priceId) => ({ priceId })) }],
  });
  expect(await refusals(world, phases(world.prices.fee.id, gross.id))).toEqual([
    "TAX_INCLUSIVE_MIXED at phases.0.charges.1.priceId",
  ]);
  const { contract } = await create(world, simpleContract(world, phases(gross.id)));
  expect(contract.pricesIncludeTax).toBe(true);
});
