import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { type ContractWorld, contractWorld, problemsOf, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const WHOLE = `contract {
  number name currency startsOn endsBefore poNumber billedThroughOn version paymentTerms { kind days } customer { legalName }
  schedule { status anchorOn firstPeriod
    phases { name startsOn endsBefore charges {
      description quantity lineageId price { id } product { name }
      discounts { description percent amount { amount currency } endsBefore position } } }
    minimums { description amount { amount currency } cadence proration lineageIds product { name } } }
} warnings { code message path }`;

const create = ({ admin }: ContractWorld, input: object) => admin.command("createContract", WHOLE, input);
const refusals = async (world: ContractWorld, more: object) =>
  problemsOf(await create(world, simpleContract(world, more)));

describe("A ramp of three phases", () => {
  test("is stored as it was asked for, with a billing schedule in draft", async () => {
    const world = await contractWorld(api);
    const { fee, feeNext, seats, setup } = world.prices;
    const answer = await create(world, {
      customerId: world.customerId,
      name: "Acme ramp",
      startsOn: "2026-04-01",
      endsBefore: "2028-04-01",
      anchorOn: "2026-04-30",
      firstPeriod: "CALENDAR",
      poNumber: "PO-4711",
      paymentTerms: { kind: "END_OF_MONTH", days: 15 },
      billedThroughOn: "2026-06-30",
      phases: [
        {
          name: "Start",
          startsOn: "2026-04-01",
          charges: [
            { priceId: setup.id, quantity: "2.5", description: "Set-up days" },
            {
              priceId: fee.id,
              discounts: [
                { description: "Ramp", percent: "50" },
                {
                  description: "Goodwill",
                  amount: { amount: "25.5", currency: "GBP" },
                  endsBefore: "2026-06-01",
                  position: "AFTER_MINIMUM",
                },
              ],
            },
          ],
        },
        {
          startsOn: "2026-10-01",
          charges: [{ priceId: feeNext.id, discounts: [{ description: "Ramp", percent: "20" }] }],
        },
        {
          startsOn: "2027-04-01",
          endsBefore: "2028-04-01",
          charges: [{ priceId: feeNext.id }, { priceId: seats.id, quantity: "10" }],
        },
      ],
      minimums: [
        {
          amount: { amount: "1200", currency: "GBP" },
          cadence: "QUARTERLY",
          proration: "FULL",
          lineageIds: [fee.lineageId],
          productId: world.productId,
        },
      ],
    });

    expect(answer.contract).toMatchObject({
      number: "C-00001",
      name: "Acme ramp",
      currency: "GBP",
      startsOn: "2026-04-01",
      endsBefore: "2028-04-01",
      poNumber: "PO-4711",
      billedThroughOn: "2026-06-30",
      version: 1,
      paymentTerms: { kind: "END_OF_MONTH", days: 15 },
      customer: { legalName: "Acme Ltd" },
    });
    expect(answer.contract.schedule).toEqual({
      status: "DRAFT",
      anchorOn: "2026-04-30",
      firstPeriod: "CALENDAR",
      phases: [
        {
          name: "Start",
          startsOn: "2026-04-01",
          endsBefore: "2026-10-01",
          charges: [
            {
              description: "Set-up days",
              quantity: "2.5",
              lineageId: setup.lineageId,
              price: { id: setup.id },
              product: { name: "Platform" },
              discounts: [],
            },
            {
              description: "Platform fee",
              quantity: "1",
              lineageId: fee.lineageId,
              price: { id: fee.id },
              product: { name: "Platform" },
              discounts: [
                { description: "Ramp", percent: "50", amount: null, endsBefore: null, position: "BEFORE_MINIMUM" },
                {
                  description: "Goodwill",
                  percent: null,
                  amount: { amount: "25.50", currency: "GBP" },
                  endsBefore: "2026-06-01",
                  position: "AFTER_MINIMUM",
                },
              ],
            },
          ],
        },
        {
          name: "Phase 2",
          startsOn: "2026-10-01",
          endsBefore: "2027-04-01",
          charges: [expect.objectContaining({ price: { id: feeNext.id }, lineageId: fee.lineageId })],
        },
        {
          name: "Phase 3",
          startsOn: "2027-04-01",
          endsBefore: "2028-04-01",
          charges: [
            expect.objectContaining({ discounts: [] }),
            expect.objectContaining({ description: "Seat", quantity: "10" }),
          ],
        },
      ],
      minimums: [
        {
          description: "Minimum commitment",
          amount: { amount: "1200.00", currency: "GBP" },
          cadence: "QUARTERLY",
          proration: "FULL",
          lineageIds: [fee.lineageId],
          product: { name: "Platform" },
        },
      ],
    });
    expect(answer.warnings).toEqual([]);
  });
});

describe("What is left out", () => {
  test("is the customer's currency, the start as anchor, an open end, one unit, no seats, all lineages", async () => {
    const world = await contractWorld(api);
    const minimum = { amount: { amount: "10", currency: "GBP" }, cadence: "MONTHLY", productId: world.productId };
    const { contract } = await create(world, {
      customerId: world.customerId,
      name: "Acme",
      startsOn: "2026-01-31",
      phases: [
        { startsOn: "2026-01-31", charges: [{ priceId: world.prices.fee.id }, { priceId: world.prices.seats.id }] },
      ],
      minimums: [minimum],
    });
    expect(contract).toMatchObject({
      currency: "GBP",
      endsBefore: null,
      poNumber: null,
      paymentTerms: null,
      billedThroughOn: null,
    });
    expect(contract.schedule).toMatchObject({ anchorOn: "2026-01-31", firstPeriod: "ANCHOR" });
    expect(contract.schedule.phases[0]).toMatchObject({ name: "Phase 1", endsBefore: null });
    expect(contract.schedule.phases[0].charges).toMatchObject([{ quantity: "1" }, { quantity: "0" }]);
    expect(contract.schedule.minimums).toMatchObject([{ lineageIds: null, proration: "BY_DAYS" }]);
  });

  test("a number is the organization's next that no contract has taken", async () => {
    const world = await contractWorld(api);
    const number = async (more: object) => (await create(world, simpleContract(world, more))).contract.number;
    expect(await number({})).toBe("C-00001");
    expect(await number({ number: "C-00002" })).toBe("C-00002");
    expect(await number({ number: "2026/17" })).toBe("2026/17");
    expect(await number({})).toBe("C-00003");
  });

  test("numbers of contracts that are entered at once all differ", async () => {
    const world = await contractWorld(api);
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(world, simpleContract(world))));
    const numbers = answers.map(({ contract }) => contract.number).sort();
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((counter) => `C-0000${counter}`));
  });

  test("a refused contract takes no number", async () => {
    const world = await contractWorld(api);
    await create(world, simpleContract(world, { name: "" }));
    expect((await create(world, simpleContract(world))).contract.number).toBe("C-00001");
  });
});

describe("A percentage below one", () => {
  test("is taken as it stands, with a warning at its place", async () => {
    const world = await contractWorld(api);
    const charge = { priceId: world.prices.fee.id, discounts: [{ description: "Ten?", percent: "0.1" }] };
    const answer = await create(
      world,
      simpleContract(world, { phases: [{ startsOn: "2026-01-01", charges: [charge] }] }),
    );
    expect(answer.contract.schedule.phases[0].charges[0].discounts[0].percent).toBe("0.1");
    expect(answer.warnings).toEqual([
      {
        code: "PERCENT_BELOW_ONE",
        message: '"0.1" means 0.1 %. If you meant 10 %, send "10".',
        path: ["phases", "0", "charges", "0", "discounts", "0", "percent"],
      },
    ]);
  });
});

describe("Refused is", () => {
  test("everything that is wrong, at once, each with its place, and nothing is stored", async () => {
    const world = await contractWorld(api);
    const { fee, dollars } = world.prices;
    const answer = await create(world, {
      customerId: world.organization.id,
      name: " ",
      currency: "GBP",
      startsOn: "2026-01-01",
      endsBefore: "2026-12-01",
      paymentTerms: { kind: "NET_DAYS", days: 400 },
      phases: [
        {
          startsOn: "2026-01-01",
          endsBefore: "2026-06-01",
          charges: [
            { priceId: "not-an-id" },
            { priceId: dollars.id },
            { priceId: fee.id, quantity: "-1" },
            { priceId: fee.id },
          ],
        },
        {
          startsOn: "2026-07-01",
          charges: [
            {
              priceId: fee.id,
              discounts: [
                { description: "Both", percent: "5", amount: { amount: "5", currency: "GBP" } },
                { description: "Neither" },
                { description: "", percent: "101" },
                { description: "Negative", amount: { amount: "-5.005", currency: "GBP" } },
              ],
            },
          ],
        },
      ],
      minimums: [
        {
          amount: { amount: "10", currency: "USD" },
          cadence: "MONTHLY",
          lineageIds: [world.organization.id],
          productId: fee.id,
        },
      ],
    });
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual([
      "CUSTOMER_NOT_FOUND at customerId",
      "TEXT_MISSING at name",
      "PAYMENT_DAYS_OUT_OF_RANGE at paymentTerms.days",
      "PRICE_NOT_FOUND at phases.0.charges.0.priceId",
      "CURRENCY_MISMATCH at phases.0.charges.1.priceId",
      "PERCENT_OR_AMOUNT at phases.1.charges.0.discounts.0",
      "PERCENT_OR_AMOUNT at phases.1.charges.0.discounts.1",
      "TEXT_MISSING at phases.1.charges.0.discounts.2.description",
      "PERCENT_OUT_OF_RANGE at phases.1.charges.0.discounts.2.percent",
      "AMOUNT_TOO_PRECISE at phases.1.charges.0.discounts.3.amount.amount",
      "PRODUCT_NOT_FOUND at minimums.0.productId",
      "CURRENCY_MISMATCH at minimums.0.amount.currency",
      "PHASES_GAP at phases.1.startsOn",
      "QUANTITY_NEGATIVE at phases.0.charges.2.quantity",
      "LINEAGE_TWICE_IN_PHASE at phases.0.charges.3.priceId",
      "NEGATIVE at phases.1.charges.0.discounts.3.amount",
      "COVERED_LINEAGE_UNKNOWN at minimums.0.lineageIds.0",
    ]);
    expect(answer.message).toMatch(/ \(and 16 more\)$/);
    const { contracts } = await world.admin.data("{ contracts { nodes { id } } }");
    expect(contracts.nodes).toEqual([]);
  });

  test("a term without days", async () => {
    const world = await contractWorld(api);
    expect(await refusals(world, { endsBefore: "2026-01-01" })).toContain("TERM_WITHOUT_DAYS at endsBefore");
    expect(await refusals(world, { endsBefore: "2026-01-02" })).toEqual([]);
  });

  test("a phase without days, outside the term, or overlapping the one before", async () => {
    const world = await contractWorld(api);
    const charges = [{ priceId: world.prices.fee.id }];
    const phases = (...days: [string, string?][]) => ({
      phases: days.map(([startsOn, endsBefore]) => ({ startsOn, endsBefore, charges })),
    });
    expect(await refusals(world, { phases: [] })).toEqual(["PHASES_MISSING at phases"]);
    expect(
      await refusals(world, phases(["2026-01-01", "2026-05-01"], ["2026-05-01", "2026-05-01"], ["2026-05-01"])),
    ).toEqual(["PHASE_WITHOUT_DAYS at phases.1.endsBefore"]);
    expect(await refusals(world, phases(["2026-01-01", "2027-01-02"]))).toEqual([
      "PHASE_OUTSIDE_TERM at phases.0.endsBefore",
    ]);
    expect(await refusals(world, phases(["2026-01-01", "2026-05-02"], ["2026-05-01"]))).toEqual([
      "PHASES_OVERLAP at phases.1.startsOn",
    ]);
    expect(await refusals(world, phases(["2026-01-01", "2026-12-31"]))).toEqual(["PHASES_GAP at phases.0.endsBefore"]);
  });

  test("a price version that is not effective when its phase starts", async () => {
    const world = await contractWorld(api);
    const startingOn = (startsOn: string) => ({
      startsOn,
      phases: [{ startsOn, charges: [{ priceId: world.prices.feeNext.id }] }],
    });
    expect(await refusals(world, startingOn("2026-06-30"))).toEqual([
      "PRICE_NOT_YET_EFFECTIVE at phases.0.charges.0.priceId",
    ]);
    expect(await refusals(world, startingOn("2026-07-01"))).toEqual([]);
  });

  test("a currency that nobody has, or that the prices do not have", async () => {
    const world = await contractWorld(api);
    expect(await refusals(world, { currency: "GPB" })).toEqual(["CURRENCY_UNKNOWN at currency"]);
    expect(await refusals(world, { currency: "USD" })).toEqual(["CURRENCY_MISMATCH at phases.0.charges.0.priceId"]);
  });

  test("a quantity that no invoice could hold", async () => {
    const world = await contractWorld(api);
    const quantity = (text: string) => ({
      phases: [{ startsOn: "2026-01-01", charges: [{ priceId: world.prices.fee.id, quantity: text }] }],
    });
    expect(await refusals(world, quantity("10000000000000000"))).toEqual([
      "QUANTITY_TOO_LARGE at phases.0.charges.0.quantity",
    ]);
    expect(await refusals(world, quantity("9999999999999999.999999999999"))).toEqual([]);
  });

  test("the same discount twice in a charge, though not in two phases", async () => {
    const world = await contractWorld(api);
    const discount = { description: "Loyalty", amount: { amount: "10", currency: "GBP" }, key: "loyalty" };
    const charge = (...discounts: object[]) => [{ priceId: world.prices.fee.id, discounts }];
    expect(
      await refusals(world, { phases: [{ startsOn: "2026-01-01", charges: charge(discount, discount) }] }),
    ).toEqual(["DISCOUNT_TWICE at phases.0.charges.0.discounts.1.key"]);
    const { contract } = await world.admin.done(
      "createContract",
      "contract { schedule { phases { charges { discounts { id } } } } }",
      simpleContract(world, {
        phases: [
          { startsOn: "2026-01-01", charges: charge(discount) },
          { startsOn: "2026-02-15", charges: charge(discount, { ...discount, key: null }) },
        ],
      }),
    );
    const [first, second] = contract.schedule.phases.map(
      ({ charges }: { charges: { discounts: { id: string }[] }[] }) => charges[0]?.discounts.map(({ id }) => id),
    );
    expect(second).toEqual([first[0], expect.not.stringMatching(first[0])]);
  });

  test("a number that another contract has", async () => {
    const world = await contractWorld(api);
    await create(world, simpleContract(world, { number: "K-1" }));
    expect(await create(world, simpleContract(world, { number: "K-1" }))).toMatchObject({
      __typename: "Conflict",
      code: "NUMBER_TAKEN",
      path: ["number"],
    });
  });

  test("text that holds control characters", async () => {
    const world = await contractWorld(api);
    expect(await refusals(world, { poNumber: "PO\u0000" })).toEqual(["TEXT_UNPRINTABLE at poNumber"]);
  });

  test.each([
    ["a quantity as a JSON number", { charges: [{ priceId: "x", quantity: 2 }] }, '"1250.00"'],
    ["a day that no calendar has", { startsOn: "2026-02-30" }, "2026-02-30"],
    ["an unknown field", { startedOn: "2026-01-01" }, "startedOn"],
    ["an unknown cadence", { cadence: "WEEKLY" }, "cadence"],
  ])("%s, before anything runs", async (_, phase, named) => {
    const world = await contractWorld(api);
    const input = simpleContract(world, { phases: [{ startsOn: "2026-01-01", charges: [], ...phase }] });
    const { errors } = await world.admin.ask(
      "mutation ($input: CreateContractInput!) { createContract(input: $input) { __typename } }",
      { input: { ...input, idempotencyKey: "k" } },
    );
    expect(errors?.[0].message).toContain(named);
    expect(errors?.[0].extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("The same idempotency key", () => {
  test("answers the first contract again, and refuses another one", async () => {
    const world = await contractWorld(api);
    const input = simpleContract(world, { idempotencyKey: "acme-2026" });
    const first = await create(world, input);
    expect(await create(world, input)).toEqual(first);
    expect(await create(world, { ...input, name: "Other" })).toMatchObject({ __typename: "IdempotencyKeyReused" });
    const { contracts } = await world.admin.data("{ contracts { nodes { name } } }");
    expect(contracts.nodes).toEqual([{ name: "Acme 2026" }]);
  });

  test("may be used for the corrected input after a refusal", async () => {
    const world = await contractWorld(api);
    const input = simpleContract(world, { idempotencyKey: "acme-2026" });
    expect((await create(world, { ...input, name: "" })).__typename).toBe("InvalidInput");
    expect((await create(world, input)).__typename).toBe("CreateContractSuccess");
  });
});
