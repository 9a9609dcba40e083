import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { billableContracts, renewContracts } from "../../../server/modules/contract";
import { runAs } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type ContractWorld, contractWorld, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const clock = { now: () => new Date() };
const look = (world: ContractWorld) => runAs(world.organization.id, async () => await renewContracts(clock));
const setDay = (world: ContractWorld, day: string) =>
  world.admin.done("setTestClock", "organization { id }", { now: `${day}T09:00:00Z` });

async function renewing(world: ContractWorld, renewal: object | null, more: object = {}) {
  const input = simpleContract(world, { renewal, ...more });
  const { contract } = await world.admin.done("createContract", "contract { id }", input);
  await world.admin.done("activateContract", "contract { id }", { id: contract.id, version: 1 });
  return contract.id as string;
}

const READ = `query ($id: ID!) { contract(id: $id) { version endsBefore amendments { isRenewal recordedBy reason effectiveOn changes { kind endsBefore } }
  schedule { phases { startsOn endsBefore charges { lineageId price { contractId } } } minimums { startsOn endsBefore amount { amount } product { id } } } } }`;
const read = async (world: ContractWorld, id: string): Promise<Answer> =>
  (await world.admin.data(READ, { id })).contract;

describe("A contract with a renewal rule", () => {
  test("renews once on the day on which notice is over, in the organization's day", async () => {
    const world = await contractWorld(api);
    const id = await renewing(world, { months: 12, noticeDays: 31, upliftPercent: "4" });
    await setDay(world, "2026-11-30");
    // 1 January less 31 days is 1 December.
    await look(world);
    expect(await read(world, id)).toMatchObject({ endsBefore: "2027-01-01", amendments: [] });
    await setDay(world, "2026-12-01");
    await look(world);
    await look(world);
    const contract = await read(world, id);
    expect(contract).toMatchObject({
      version: 3,
      endsBefore: "2028-01-01",
      amendments: [
        {
          isRenewal: true,
          recordedBy: "Billgrid",
          effectiveOn: "2027-01-01",
          reason: "Renewed by its rule on 1 Dec 2026.",
          changes: [{ kind: "EXTEND", endsBefore: "2028-01-01" }, { kind: "CHANGE_PRICE" }],
        },
      ],
    });
    expect(contract.schedule.phases).toMatchObject([
      { startsOn: "2026-01-01", charges: [{ price: { contractId: null } }] },
      { startsOn: "2027-01-01", endsBefore: "2028-01-01", charges: [{ price: { contractId: id } }] },
    ]);
    const [billable] = await runAs(world.organization.id, () => billableContracts({ contractIds: [id] }));
    expect(billable?.contract.phases.map(({ charges: [own] }) => JSON.stringify(own?.price))).toEqual([
      '{"model":"flat","fee":"500"}',
      '{"model":"flat","fee":"520"}',
    ]);
    expect(billable?.contract.phases[1]?.charges[0]?.lineageId).toBe(world.prices.fee.lineageId);
    const { auditEvents } = await world.admin.data(
      "query ($id: ID!) { auditEvents(subjectId: $id, first: 5) { nodes { action actorName } } }",
      { id },
    );
    expect(auditEvents.nodes).toContainEqual({ action: "contract.renewed", actorName: "Billgrid" });
  });

  test("renews again and again, and its commitment over the term with it", async () => {
    const world = await contractWorld(api);
    const id = await renewing(
      world,
      { months: 12 },
      { minimums: [{ amount: { amount: "6000", currency: "GBP" }, cadence: "TERM", productId: world.productId }] },
    );
    for (const day of ["2027-01-01", "2028-01-01"]) {
      await setDay(world, day);
      await look(world);
    }
    const { endsBefore, schedule } = await read(world, id);
    expect(endsBefore).toBe("2029-01-01");
    const terms = schedule.minimums.map((minimum: Answer) => minimum.startsOn).sort();
    expect(terms).toEqual(["2026-01-01", "2027-01-01", "2028-01-01"]);
    expect(schedule.minimums.every(({ product }: Answer) => product.id === world.productId)).toBe(true);
  });

  test("does not renew once it is cancelled, nor without a rule, nor as a draft", async () => {
    const world = await contractWorld(api);
    const [cancelled, none] = [await renewing(world, { months: 12 }), await renewing(world, null)];
    await world.admin.done("cancelContract", "contract { id }", {
      id: cancelled,
      version: 2,
      effectiveOn: "2026-12-31",
      unusedTime: "CREDIT",
      reason: "Notice",
    });
    const { contract: draft } = await world.admin.done(
      "createContract",
      "contract { id }",
      simpleContract(world, { renewal: { months: 12 } }),
    );
    await setDay(world, "2027-01-01");
    await look(world);
    const ends = await Promise.all([cancelled, none, draft.id].map(async (id) => (await read(world, id)).endsBefore));
    expect(ends).toEqual(["2026-12-31", "2027-01-01", "2027-01-01"]);
  });

  test("is looked at again in an hour for as long as one may renew; activation begins it", async () => {
    const world = await contractWorld(api);
    const jobs = async () => {
      const { rows } = await api.database.owner.query(
        "SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE task_identifier = 'renew_contracts' AND run_at > now() AND key = $1",
        [`renew_contracts:${world.organization.id}`],
      );
      return rows[0].count;
    };
    await renewing(world, null);
    expect(await jobs()).toBe(0);
    await renewing(world, { months: 12 });
    await renewing(world, { months: 6 });
    expect(await jobs()).toBe(1);
  });
});

describe("Renewing by hand", () => {
  const renew = (world: ContractWorld, id: string, version: number, more: object = {}) =>
    world.admin.command("renewContract", "contract { endsBefore version } amendment { isRenewal reason }", {
      id,
      version,
      ...more,
    });

  test("follows the rule ahead of its day, or what was agreed instead", async () => {
    const world = await contractWorld(api);
    const id = await renewing(world, { months: 12, noticeDays: 30 });
    expect(await renew(world, id, 2)).toMatchObject({
      contract: { endsBefore: "2028-01-01", version: 3 },
      amendment: { isRenewal: true, reason: "Renewed." },
    });
    expect(await renew(world, id, 3, { months: 3, upliftPercent: "2", reason: "Bridge" })).toMatchObject({
      amendment: { isRenewal: false, reason: "Bridge" },
    });
  });

  test("is refused without a rule or months, without an end, cancelled, or with nonsense", async () => {
    const world = await contractWorld(api);
    const none = await renewing(world, null);
    expect(await renew(world, none, 2)).toMatchObject({ __typename: "Conflict", code: "NO_RENEWAL_RULE" });
    expect((await renew(world, none, 2, { months: 121, upliftPercent: "101" })).problems).toMatchObject([
      { code: "PERCENT_OUT_OF_RANGE", path: ["upliftPercent"] },
      { code: "RENEWAL_MONTHS_OUT_OF_RANGE", path: ["months"] },
    ]);
    expect((await renew(world, none, 2, { months: 2 })).contract.endsBefore).toBe("2027-03-01");
    expect(await renew(world, none, 2, { months: 2 })).toMatchObject({ __typename: "StaleVersion", currentVersion: 3 });
    const forever = await renewing(world, { months: 12 }, { endsBefore: null });
    expect(await renew(world, forever, 2)).toMatchObject({ __typename: "Conflict", code: "NO_END" });
    const cancelled = await renewing(world, { months: 12 });
    await world.admin.done("cancelContract", "contract { id }", {
      id: cancelled,
      version: 2,
      effectiveOn: "2026-06-01",
      unusedTime: "KEEP",
      reason: "Notice",
    });
    expect(await renew(world, cancelled, 3)).toMatchObject({ __typename: "Conflict", code: "CONTRACT_CANCELLED" });
  });
});
