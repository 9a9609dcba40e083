import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { billableContracts } from "../../../server/modules/contract";
import { currentDatabase, runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type ContractWorld, contractWorld, problemsOf, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const pounds = (amount: string) => ({ amount, currency: "GBP" });

/** Active from 2026: the fee of 500, and five seats. */
async function activeContract(world: ContractWorld, more: object = {}) {
  const { fee, seats } = world.prices;
  const charges = [{ priceId: fee.id }, { priceId: seats.id, quantity: "5" }];
  const input = simpleContract(world, { phases: [{ name: "Year", startsOn: "2026-01-01", charges }], ...more });
  const { contract } = await world.admin.done("createContract", "contract { id }", input);
  await world.admin.done("activateContract", "contract { id }", { id: contract.id, version: 1 });
  return contract.id as string;
}

const SCHEDULE = `revision startsOn endsBefore
  phases { name startsOn endsBefore charges { id lineageId description quantity price { id } discounts { id description } } }
  minimums { id startsOn endsBefore amount { amount } } maximums { id } discounts { id description startsOn endsBefore }`;
const AMENDED = `staleInvoices contract { version endsBefore schedule { status ${SCHEDULE} } } amendment { id ordinal revision reason recordedBy }`;

const amend = (world: ContractWorld, id: string, version: number, effectiveOn: string, changes: object[], more = {}) =>
  world.admin.command("amendContract", AMENDED, {
    id,
    version,
    effectiveOn,
    unusedTime: "CREDIT",
    reason: "As agreed by mail",
    changes,
    ...more,
  });
const chargeIds = (schedule: Answer): string[][] =>
  schedule.phases.map(({ charges }: Answer) => charges.map(({ id }: Answer) => id));
const billableOf = async (world: ContractWorld, id: string) => {
  const [billable] = await runAs(world.organization.id, () => billableContracts({ contractIds: [id] }));
  if (!billable) throw new Error(`no contract ${id}`);
  return billable;
};

describe("An amendment", () => {
  test("changes what is billed from its day on; what it does not name stays the charge it is", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await activeContract(world);
    const first = await billableOf(world, id);
    const { contract, amendment } = await amend(world, id, 2, "2026-04-10", [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "8" } },
    ]);
    expect(contract).toMatchObject({ version: 3, schedule: { status: "ACTIVE", revision: 1 } });
    expect(amendment).toMatchObject({ ordinal: 1, revision: 1, reason: "As agreed by mail", recordedBy: "test admin" });
    const { phases } = contract.schedule;
    expect(phases.map(({ name, startsOn, charges }: Answer) => [name, startsOn, charges[1].quantity])).toEqual([
      ["Year", "2026-01-01", "5"],
      ["Year, from 10 Apr 2026", "2026-04-10", "8"],
    ]);
    const [before, after] = chargeIds(contract.schedule);
    const original = first.contract.phases[0]?.charges.map((charge) => charge.id);
    expect(before).toEqual(original);
    expect(after?.[0]).toBe(original?.[0]);
    expect(after?.[1]).not.toBe(original?.[1]);
    const billed = await billableOf(world, id);
    expect(billed.contract.phases.map(({ charges }) => charges[1]?.quantity.toFixed())).toEqual(["5", "8"]);
    expect(billed.version).toBe(3);
  });

  test("made anew from the contract as first agreed, charges keep their ids over revisions", async () => {
    const world = await contractWorld(api);
    const { seats, fee, feeNext } = world.prices;
    const id = await activeContract(world);
    const first = await amend(world, id, 2, "2026-04-01", [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "8" } },
    ]);
    const second = await amend(world, id, 3, "2026-07-01", [
      { changePrice: { lineageId: fee.lineageId, priceId: feeNext.id } },
    ]);
    const [, april] = chargeIds(first.contract.schedule);
    const [, aprilAgain, july] = chargeIds(second.contract.schedule);
    expect(aprilAgain).toEqual(april);
    expect(july?.[1]).toBe(april?.[1]);
    expect(second.contract.schedule.phases[2].charges[0].price.id).toBe(feeNext.id);
  });

  test("can replace, add and remove charges, with terms of their own and discounts", async () => {
    const world = await contractWorld(api);
    const { seats, fee, setup } = world.prices;
    const id = await activeContract(world);
    const { product: other } = await world.admin.done("createProduct", "product { id }", {
      code: "PRO",
      name: "Pro",
      taxCode: "standard",
    });
    const { price: pro } = await world.admin.done("createPrice", "price { id lineageId }", {
      productId: other.id,
      name: "Pro fee",
      currency: "GBP",
      cadence: "ANNUAL",
      timing: "IN_ADVANCE",
      effectiveOn: "2026-01-01",
      terms: { flat: { fee: "9000" } },
    });
    const { contract } = await amend(world, id, 2, "2026-05-01", [
      {
        replaceCharge: {
          lineageId: fee.lineageId,
          charge: { priceId: pro.id, customTerms: { terms: { flat: { fee: "8500" } } } },
        },
      },
      { removeCharge: { lineageId: seats.lineageId } },
      { addCharge: { charge: { priceId: setup.id, discounts: [{ description: "Goodwill", percent: "50" }] } } },
    ]);
    expect(contract.schedule.phases[1].charges).toMatchObject([
      { lineageId: fee.lineageId, description: "Pro fee" },
      { description: "Set-up", discounts: [{ description: "Goodwill" }] },
    ]);
    const { contract: billed } = await billableOf(world, id);
    expect(billed.phases[1]?.charges[0]).toMatchObject({
      lineageId: fee.lineageId,
      productId: other.id,
      cadence: "annual",
    });
    expect(JSON.stringify(billed.phases[1]?.charges[0]?.price)).toBe('{"model":"flat","fee":"8500"}');

    // Read again from what is stored, the next amendment finds the same.
    const next = await amend(world, id, 3, "2026-06-01", [
      { changeDiscounts: { lineageId: fee.lineageId, discounts: [{ description: "Sorry", percent: "10" }] } },
    ]);
    expect(next.contract.schedule.phases.at(-1).charges[0].discounts).toMatchObject([{ description: "Sorry" }]);
  });

  test("adds and ends minimums and discounts of the contract", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    const added = await amend(world, id, 2, "2026-03-01", [
      { addMinimum: { key: "floor", amount: pounds("600"), cadence: "MONTHLY", productId: world.productId } },
      { addDiscount: { description: "For it", percent: "3", scope: { commitment: { key: "floor" } } } },
      { addMaximum: { amount: pounds("900"), cadence: "MONTHLY", productId: world.productId } },
    ]);
    const { minimums, maximums, discounts } = added.contract.schedule;
    expect(minimums).toMatchObject([{ startsOn: "2026-03-01", endsBefore: null, amount: { amount: "600.00" } }]);
    expect(discounts).toMatchObject([{ description: "For it", startsOn: "2026-03-01" }]);
    const ended = await amend(world, id, 3, "2026-09-01", [
      { endBound: { boundId: minimums[0].id } },
      { endDiscount: { discountId: discounts[0].id } },
    ]);
    expect(ended.contract.schedule.minimums).toMatchObject([{ id: minimums[0].id, endsBefore: "2026-09-01" }]);
    expect(ended.contract.schedule.discounts).toMatchObject([{ id: discounts[0].id, endsBefore: "2026-09-01" }]);
    const { productOfBound } = await billableOf(world, id);
    expect([...productOfBound.keys()].sort()).toEqual([minimums[0].id, maximums[0].id].sort());
  });

  test("extends the term, and what ran to its end runs to the new one", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    const { contract } = await amend(world, id, 2, "2026-10-01", [{ extend: { endsBefore: "2028-01-01" } }]);
    expect(contract.endsBefore).toBe("2028-01-01");
    expect(contract.schedule.phases).toMatchObject([{ startsOn: "2026-01-01", endsBefore: "2028-01-01" }]);
  });

  test("is kept as a record, with the schedule before and after it", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await activeContract(world);
    await amend(world, id, 2, "2026-04-01", [{ changeQuantity: { lineageId: seats.lineageId, quantity: "8" } }]);
    await amend(world, id, 3, "2026-02-01", [
      {
        changePrice: {
          lineageId: seats.lineageId,
          customTerms: { terms: { seat: { perUnit: { unitPrice: "14" }, strategy: "USE_MAXIMUM" } } },
        },
      },
    ]);
    const { contract } = await world.admin.data(
      `query ($id: ID!) { contract(id: $id) {
        scheduleRevision(revision: 0) { phases { startsOn } } none: scheduleRevision(revision: 3) { id }
        amendments { ordinal effectiveOn unusedTime isRenewal
          changes { kind lineageId quantity endsBefore price { contractId } }
          before { revision phases { startsOn } } after { revision phases { startsOn } } } } }`,
      { id },
    );
    const starts = (...days: string[]) => days.map((startsOn) => ({ startsOn }));
    expect(contract).toEqual({
      scheduleRevision: { phases: starts("2026-01-01") },
      none: null,
      amendments: [
        {
          ordinal: 1,
          effectiveOn: "2026-04-01",
          unusedTime: "CREDIT",
          isRenewal: false,
          changes: [
            {
              kind: "CHANGE_QUANTITY",
              lineageId: seats.lineageId,
              quantity: "8",
              endsBefore: null,
              price: null,
            },
          ],
          before: {
            revision: 0,
            phases: starts("2026-01-01"),
          },
          after: {
            revision: 1,
            phases: starts("2026-01-01", "2026-04-01"),
          },
        },
        {
          ordinal: 2,
          effectiveOn: "2026-02-01",
          unusedTime: "CREDIT",
          isRenewal: false,
          changes: [
            {
              kind: "CHANGE_PRICE",
              lineageId: seats.lineageId,
              quantity: null,
              endsBefore: null,
              price: { contractId: id },
            },
          ],
          before: {
            revision: 1,
            phases: starts("2026-01-01", "2026-04-01"),
          },
          after: {
            revision: 2,
            phases: starts("2026-01-01", "2026-02-01", "2026-04-01"),
          },
        },
      ],
    });
  });

  test("leaves an audit event, and none of it can be edited afterwards", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    await amend(world, id, 2, "2026-10-01", [{ extend: { endsBefore: "2028-01-01" } }]);
    const { rows } = await runAs(world.organization.id, () =>
      currentDatabase().query<Answer>(
        "SELECT actor_name, before, after FROM audit_event WHERE subject_id = $1 AND action = 'contract.amended'",
        [id],
      ),
    );
    expect(rows).toMatchObject([
      {
        actor_name: "test admin",
        before: { revision: 0, endsBefore: "2027-01-01" },
        after: { revision: 1, endsBefore: "2028-01-01", reason: "As agreed by mail" },
      },
    ]);
    for (const table of ["amendment", "schedule_revision", "phase", "charge", "spend_bound"]) {
      const edit = () => runAs(world.organization.id, () => currentDatabase().query(`DELETE FROM ${table}`));
      await expect(edit()).rejects.toThrow(/permission denied/);
    }
  });
});

describe("Refused is", () => {
  test("all that is wrong with an amendment, at once, each with its place; nothing is stored", async () => {
    const world = await contractWorld(api);
    const { fee, seats, setup, dollars } = world.prices;
    const id = await activeContract(world);
    const other = newId();
    const answer = await amend(
      world,
      id,
      2,
      "2026-05-01",
      [
        {},
        { resume: true, cancel: { at: "DATE" } },
        { addCharge: { charge: { priceId: fee.id, quantity: "-1" } } },
        { changeQuantity: { lineageId: other, quantity: "1" } },
        { changePrice: { lineageId: seats.lineageId, priceId: setup.id } },
        { changePrice: { lineageId: seats.lineageId } },
        { replaceCharge: { lineageId: fee.lineageId, charge: { priceId: dollars.id } } },
        { endBound: { boundId: other } },
        { extend: { endsBefore: "2026-12-01" } },
        { addMinimum: { amount: pounds("1"), cadence: "MONTHLY", productId: other, startsOn: "2026-04-30" } },
        { changeDiscounts: { lineageId: fee.lineageId, discounts: [{ description: "", percent: "101" }] } },
      ],
      { reason: " " },
    );
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual([
      "TEXT_MISSING at reason",
      "NOT_EXACTLY_ONE_CHANGE at changes.0",
      "NOT_EXACTLY_ONE_CHANGE at changes.1",
      "PRICE_NOT_ALIKE at changes.4.changePrice.priceId",
      "PRICE_MISSING at changes.5.changePrice",
      "CURRENCY_MISMATCH at changes.6.replaceCharge.charge.priceId",
      "PRODUCT_NOT_FOUND at changes.9.addMinimum.productId",
      "TEXT_MISSING at changes.10.changeDiscounts.discounts.0.description",
      "PERCENT_OUT_OF_RANGE at changes.10.changeDiscounts.discounts.0.percent",
      "LINEAGE_ALREADY_BILLED at changes.2.addCharge.charge.lineageId",
      "LINEAGE_UNKNOWN at changes.3.changeQuantity.lineageId",
      "BOUND_UNKNOWN at changes.7.endBound.boundId",
      "EXTENSION_NOT_LATER at changes.8.extend.endsBefore",
      "CHANGE_STARTS_BEFORE_AMENDMENT at changes.9.addMinimum.startsOn",
    ]);
    const { contract } = await world.admin.data(
      "query ($id: ID!) { contract(id: $id) { version amendments { id } schedule { revision } } }",
      { id },
    );
    expect(contract).toEqual({ version: 2, amendments: [], schedule: { revision: 0 } });
  });

  test("an amendment without changes, or outside the term", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    expect(problemsOf(await amend(world, id, 2, "2026-05-01", []))).toEqual(["CHANGES_MISSING at changes"]);
    const longer = [{ changeQuantity: { lineageId: world.prices.seats.lineageId, quantity: "1" } }];
    expect(problemsOf(await amend(world, id, 2, "2025-12-31", longer))).toEqual([
      "AMENDMENT_OUTSIDE_TERM at effectiveOn",
    ]);
    expect(problemsOf(await amend(world, id, 2, "2027-01-01", longer))).toEqual([
      "AMENDMENT_OUTSIDE_TERM at effectiveOn",
    ]);
    expect((await amend(world, id, 2, "2026-12-31", longer)).__typename).toBe("AmendContractSuccess");
  });

  test("an amendment after which a later one could not be made", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await activeContract(world);
    await amend(world, id, 2, "2026-06-01", [{ changeQuantity: { lineageId: seats.lineageId, quantity: "8" } }]);
    const answer = await amend(world, id, 3, "2026-05-01", [{ removeCharge: { lineageId: seats.lineageId } }]);
    expect(problemsOf(answer)).toEqual(["LINEAGE_UNKNOWN at effectiveOn"]);
    expect(answer.message).toMatch(
      /^After this, the amendment of 1 Jun 2026 \("As agreed by mail"\) could no longer be made/,
    );
  });

  test("a quantity that the contract could not be billed with", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    const answer = await amend(world, id, 2, "2026-05-01", [
      { changeQuantity: { lineageId: world.prices.seats.lineageId, quantity: "-2" } },
    ]);
    expect(problemsOf(answer)).toEqual(["QUANTITY_NEGATIVE at changes"]);
  });

  test.each(["sales", "analyst", "integration"] as const)("the role %s", async (role) => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    const client = await world.organization.as(role);
    const common = 'version: 2, effectiveOn: "2026-05-01", reason: "r", idempotencyKey: "k"';
    for (const mutation of [
      `amendContract(input: { id: "${id}", ${common}, unusedTime: CREDIT, changes: [] })`,
      `cancelContract(input: { id: "${id}", ${common}, unusedTime: CREDIT })`,
      `resumeContract(input: { id: "${id}", ${common} })`,
      `renewContract(input: { id: "${id}", version: 2, idempotencyKey: "k" })`,
    ]) {
      const { errors } = await client.ask(`mutation { ${mutation} { __typename } }`);
      expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    }
  });

  test("what another organization has, and what is not there", async () => {
    const world = await contractWorld(api);
    const others = await contractWorld(api);
    const id = await activeContract(world);
    const change = [{ addCharge: { charge: { priceId: world.prices.setup.id } } }];
    for (const each of [id, newId(), "no-id"]) {
      expect(await amend(others, each, 2, "2026-05-01", change)).toMatchObject({
        __typename: "NotFound",
        code: "CONTRACT_NOT_FOUND",
      });
    }
    const theirs = await activeContract(others);
    expect(problemsOf(await amend(others, theirs, 2, "2026-05-01", change))).toEqual([
      "PRICE_NOT_FOUND at changes.0.addCharge.charge.priceId",
    ]);
    const { contract } = await others.admin.data("query ($id: ID!) { contract(id: $id) { amendments { id } } }", {
      id,
    });
    expect(contract).toBeNull();
  });
});

describe("Two people at once", () => {
  test("amend one version: one is told that it is stale", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await activeContract(world);
    const answers = await Promise.all(
      ["8", "9"].map((quantity) =>
        amend(world, id, 2, "2026-05-01", [{ changeQuantity: { lineageId: seats.lineageId, quantity } }]),
      ),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["AmendContractSuccess", "StaleVersion"]);
  });

  test("send the same command: it is done once, and the second gets the first answer", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await activeContract(world);
    const changes = [{ changeQuantity: { lineageId: seats.lineageId, quantity: "8" } }];
    const send = (more: object = {}) => amend(world, id, 2, "2026-05-01", changes, { idempotencyKey: "once", ...more });
    const [one, two] = await Promise.all([send(), send()]);
    expect(one.amendment.id).toBe(two.amendment.id);
    expect((await send()).amendment.id).toBe(one.amendment.id);
    expect(await send({ reason: "Another" })).toMatchObject({ __typename: "IdempotencyKeyReused" });
    const { contract } = await world.admin.data("query ($id: ID!) { contract(id: $id) { amendments { id } } }", { id });
    expect(contract.amendments).toHaveLength(1);
  });
});

describe("Cancelling", () => {
  const cancel = (world: ContractWorld, id: string, version: number, input: object) =>
    world.admin.command("cancelContract", AMENDED, {
      id,
      version,
      effectiveOn: "2026-05-10",
      unusedTime: "CREDIT",
      reason: "Notice of 1 May",
      ...input,
    });

  test("ends a contract on a day; billing goes on until it is billed", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    const { contract } = await cancel(world, id, 2, {});
    expect(contract).toMatchObject({
      endsBefore: "2026-05-10",
      schedule: { status: "ACTIVE", endsBefore: "2026-05-10", phases: [{ endsBefore: "2026-05-10" }] },
    });
  });

  test("at the end of the period, or keeping unused time, lets what is billed in advance run out", async () => {
    const world = await contractWorld(api);
    const [first, second] = [await activeContract(world), await activeContract(world)];
    expect((await cancel(world, first, 2, { at: "AT_PERIOD_END" })).contract.endsBefore).toBe("2026-06-01");
    expect((await cancel(world, second, 2, { unusedTime: "KEEP" })).contract.endsBefore).toBe("2026-06-01");
  });

  test("and resuming on the same day is as if nothing had been", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world, {
      minimums: [{ amount: pounds("600"), cadence: "MONTHLY", productId: world.productId }],
    });
    const before = await billableOf(world, id);
    await cancel(world, id, 2, {});
    const { contract, amendment } = await world.admin.done("resumeContract", AMENDED, {
      id,
      version: 3,
      effectiveOn: "2026-05-10",
      reason: "They stay",
    });
    expect(contract).toMatchObject({ version: 4, endsBefore: "2027-01-01" });
    expect(amendment).toMatchObject({ ordinal: 2, reason: "They stay" });
    const after = await billableOf(world, id);
    const terms = ({ contract: billed }: typeof after) =>
      JSON.stringify({ ...billed, phases: billed.phases.map(({ id: _, ...phase }) => phase) });
    expect(terms(after)).toBe(terms(before));
  });

  test("resumed later, what held over the pause is split, and its parts can be named", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world, {
      minimums: [{ amount: pounds("600"), cadence: "MONTHLY", productId: world.productId }],
    });
    await cancel(world, id, 2, {});
    const { contract } = await world.admin.done("resumeContract", AMENDED, {
      id,
      version: 3,
      effectiveOn: "2026-08-01",
      reason: "Back again",
    });
    const { minimums } = contract.schedule;
    expect(minimums).toMatchObject([{ endsBefore: "2026-05-10" }, { startsOn: "2026-08-01" }]);
    const { productOfBound } = await billableOf(world, id);
    expect(productOfBound.get(minimums[1].id)).toBe(world.productId);
    const ended = await amend(world, id, 4, "2026-10-01", [{ endBound: { boundId: minimums[1].id } }]);
    expect(ended.contract.schedule.minimums[1]).toMatchObject({ id: minimums[1].id, endsBefore: "2026-10-01" });
  });

  test("what is cancelled, or resuming what is not, is refused", async () => {
    const world = await contractWorld(api);
    const id = await activeContract(world);
    const resume = (version: number) =>
      world.admin.command("resumeContract", AMENDED, { id, version, effectiveOn: "2026-06-01", reason: "?" });
    expect(await resume(2)).toMatchObject({ __typename: "InvalidInput", code: "NOT_CANCELLED" });
    await cancel(world, id, 2, {});
    expect(await cancel(world, id, 3, { effectiveOn: "2026-05-10" })).toMatchObject({
      __typename: "InvalidInput",
      code: "CONTRACT_CANCELLED",
    });
    expect(problemsOf(await cancel(world, id, 3, { effectiveOn: "2025-05-10" }))).toEqual([
      "AMENDMENT_OUTSIDE_TERM at effectiveOn",
    ]);
  });
});

describe("Drafts become stale", () => {
  test("by an amendment from the first day on which billing differs", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await activeContract(world, {
      startsOn: "2026-09-01",
      phases: [{ startsOn: "2026-09-01", charges: [{ priceId: seats.id, quantity: "5" }] }],
    });
    await world.admin.done("draftInvoices", "operation { id }", { asOf: "2026-11-03" });
    await api.work();
    const { staleInvoices } = await amend(world, id, 2, "2026-10-15", [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "6" } },
    ]);
    expect(staleInvoices).toBe(2);
    const { staleInvoices: none } = await amend(world, id, 3, "2026-10-15", [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "6" } },
    ]);
    expect(none).toBe(0);
  });
});

test("what was issued is not touched: billing proposes exactly the difference, once", async () => {
  const world = await contractWorld(api);
  const { admin } = world;
  await admin.done("setTaxRate", "taxRate { id }", {
    code: "standard",
    name: "VAT",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const { fee } = world.prices;
  const id = await activeContract(world, {
    startsOn: "2026-10-01",
    phases: [{ startsOn: "2026-10-01", charges: [{ priceId: fee.id }] }],
  });
  const draft = async () => {
    await admin.done("draftInvoices", "operation { id }", { asOf: "2026-11-03" });
    await api.work();
    const { invoices } = await admin.data(
      "{ invoices(first: 20) { nodes { id status net { amount } lines { kind net { amount } } } } }",
    );
    return invoices.nodes.filter(({ status }: Answer) => status === "DRAFT");
  };
  const issued = await draft();
  await admin.done("finalizeInvoices", "operation { id }", {
    selection: { invoiceIds: issued.map((invoice: Answer) => invoice.id) },
  });
  await api.work();
  // 17 of 31 days of October and all of November at 100 less.
  await amend(world, id, 2, "2026-10-15", [
    { changePrice: { lineageId: fee.lineageId, customTerms: { terms: { flat: { fee: "400" } } } } },
  ]);
  const proposed = await draft();
  const lines = proposed.flatMap((invoice: Answer) => invoice.lines);
  const total = lines.reduce((sum: number, { net }: Answer) => sum + Math.round(Number(net.amount) * 100), 0);
  expect(total).toBe(-(5484 + 10000));
  expect(await draft()).toEqual(proposed);
});

test("amendments of twenty contracts take as many statements as those of one", async () => {
  const world = await contractWorld(api);
  const { seats } = world.prices;
  const make = async () => {
    const id = await activeContract(world);
    await amend(world, id, 2, "2026-04-01", [{ changeQuantity: { lineageId: seats.lineageId, quantity: "8" } }]);
    await amend(world, id, 3, "2026-06-01", [
      {
        changePrice: {
          lineageId: seats.lineageId,
          customTerms: { terms: { seat: { perUnit: { unitPrice: "14" }, strategy: "USE_MAXIMUM" } } },
        },
      },
    ]);
  };
  // Each asks one thing, so that what is loaded together does not depend on what comes back first.
  const asked = [
    "pricesIncludeTax amendments { changes { price { name } } }",
    `amendments { before { ${SCHEDULE} } }`,
    `amendments { after { ${SCHEDULE} } }`,
  ];
  const statements = async () => {
    const query = vi.spyOn(currentDatabase(), "query");
    let rows = 0;
    for (const fields of asked) {
      const { contracts } = await world.admin.data(`{ contracts(first: 50) { nodes { ${fields} } } }`);
      rows = contracts.nodes.length;
    }
    const count = query.mock.calls.length;
    query.mockRestore();
    return { rows, count };
  };
  await make();
  await statements();
  const one = await statements();
  for (let made = 1; made < 20; made++) await make();
  const twenty = await statements();
  expect([one.rows, twenty.rows]).toEqual([1, 20]);
  expect(twenty.count).toBe(one.count);
});
