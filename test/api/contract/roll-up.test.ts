import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { billableContracts } from "../../../server/modules/contract";
import { runAs } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { contractWorld, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** A parent with two children and a grandchild, and a price per call. */
async function familyWorld() {
  const world = await contractWorld(api);
  const { admin, customerId: parent } = world;
  const child = async (legalName: string, parentCustomerId: string): Promise<string> =>
    (await admin.done("createCustomer", "customer { id }", { legalName, currency: "GBP", parentCustomerId })).customer
      .id;
  const north = await child("Acme North Ltd", parent);
  const south = await child("Acme South Ltd", parent);
  const south2 = await child("Acme South Two Ltd", south);
  const { usageMetric } = await admin.done("createUsageMetric", "usageMetric { id }", {
    code: "calls",
    name: "Calls",
    eventType: "call",
    aggregation: "COUNT",
    unit: "call",
  });
  const { price } = await admin.done("createPrice", "price { id lineageId }", {
    productId: world.productId,
    name: "Calls",
    currency: "GBP",
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-01-01",
    metricId: usageMetric.id,
    terms: { perUnit: { unitPrice: "0.1" } },
  });
  const contract = async (customerId: string, more: object = {}): Promise<Answer> => {
    const phases = [{ startsOn: "2026-01-01", charges: [{ priceId: price.id }] }];
    const input = simpleContract(world, { customerId, phases, ...more });
    return (await admin.done("createContract", "contract { id number }", input)).contract;
  };
  const activate = (id: string, version = 1): Promise<Answer> =>
    admin.command("activateContract", "contract { schedule { status } }", { id, version });
  return { world, parent, north, south, south2, price, contract, activate };
}

test("A contract that rolls up is billed for the usage of all descendants, the customer itself first", async () => {
  const { world, parent, north, south, south2, contract } = await familyWorld();
  const [own, all] = [await contract(parent), await contract(parent, { rollsUpUsage: true })];
  const billables = await runAs(world.organization.id, () => billableContracts({ contractIds: [own.id, all.id] }));
  const customers = new Map(billables.map((billable) => [billable.contract.id, billable.customers]));
  expect(customers.get(own.id)).toEqual([{ id: parent, name: "Acme Ltd" }]);
  expect(customers.get(all.id)).toEqual([
    { id: parent, name: "Acme Ltd" },
    { id: north, name: "Acme North Ltd" },
    { id: south, name: "Acme South Ltd" },
    { id: south2, name: "Acme South Two Ltd" },
  ]);
});

describe("Usage is not billed twice:", () => {
  test("a parent's contract that rolls up is not activated beside that of a descendant", async () => {
    const { parent, south2, contract, activate } = await familyWorld();
    const [childs, parents] = [await contract(south2), await contract(parent, { rollsUpUsage: true })];
    await activate(childs.id);
    expect(await activate(parents.id)).toMatchObject({
      __typename: "Conflict",
      code: "USAGE_BILLED_TWICE",
      path: ["id"],
      message: `Usage would be billed twice, as one contract counts that of its customer's children: Calls by the contract ${childs.number} of Acme South Two Ltd from 1 Jan 2026. Cancel one of them before that day, or take the price out.`,
    });
  });

  test("nor that of a descendant beside the parent's; of two at once one is refused", async () => {
    const { parent, north, contract, activate } = await familyWorld();
    const contracts = [await contract(north), await contract(parent, { rollsUpUsage: true })];
    const answers = await Promise.all(contracts.map(({ id }) => activate(id)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["ActivateContractSuccess", "Conflict"]);
  });

  test("contracts that do not roll up, on other days, or of other families stand beside each other", async () => {
    const { world, parent, north, price, contract, activate } = await familyWorld();
    const later = { startsOn: "2027-01-01", endsBefore: "2028-01-01" };
    const stranger = (
      await world.admin.done("createCustomer", "customer { id }", { legalName: "Other Ltd", currency: "GBP" })
    ).customer.id;
    const contracts = [
      await contract(north),
      await contract(parent),
      await contract(stranger, { rollsUpUsage: true }),
      await contract(parent, {
        rollsUpUsage: true,
        ...later,
        phases: [
          {
            startsOn: "2027-01-01",
            charges: [{ priceId: price.id }],
          },
        ],
      }),
    ];
    for (const { id } of contracts) expect((await activate(id)).__typename).toBe("ActivateContractSuccess");
  });

  test("an amendment that extends into the other's days is refused", async () => {
    const { world, parent, north, price, contract, activate } = await familyWorld();
    const half = await contract(north, { endsBefore: "2026-07-01" });
    const rest = await contract(parent, {
      rollsUpUsage: true,
      startsOn: "2026-07-01",
      phases: [
        {
          startsOn: "2026-07-01",
          charges: [{ priceId: price.id }],
        },
      ],
    });
    expect((await activate(half.id)).__typename).toBe("ActivateContractSuccess");
    expect((await activate(rest.id)).__typename).toBe("ActivateContractSuccess");
    const extension = { id: half.id, version: 2, effectiveOn: "2026-07-01", unusedTime: "CREDIT", reason: "Longer" };
    const answer = await world.admin.command("amendContract", "contract { id }", {
      ...extension,
      changes: [{ extend: { endsBefore: "2026-08-01" } }],
    });
    expect(answer).toMatchObject({ __typename: "Conflict", code: "USAGE_BILLED_TWICE", path: ["changes"] });
    expect(answer.message).toContain(`Calls by the contract ${rest.number} of Acme Ltd from 1 Jul 2026`);
  });
});
