import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const TRAIL = `query ($id: ID!, $first: Int!, $after: String) { auditEvents(subjectId: $id, first: $first, after: $after) {
  nodes { action actorKind actorName subjectType before after requestId } pageInfo { hasNextPage endCursor } } }`;

const customer = async () => {
  const org = await api.organization();
  const { customer: made } = await org.admin.done("createCustomer", "customer { id version }", {
    legalName: "Acme Ltd",
    currency: "GBP",
  });
  await org.admin.done("updateCustomer", "customer { id }", {
    id: made.id,
    version: made.version,
    legalName: "Acme Robotics Ltd",
  });
  return { org, id: made.id as string };
};

it("says who changed what, the newest first, with how it was before", async () => {
  const { org, id } = await customer();
  const { auditEvents } = await org.admin.data(TRAIL, { id, first: 10 });
  expect(auditEvents.nodes).toMatchObject([
    {
      action: "customer.updated",
      actorKind: "API_KEY",
      actorName: "test admin",
      subjectType: "customer",
      before: { legalName: "Acme Ltd" },
      after: { legalName: "Acme Robotics Ltd" },
    },
    { action: "customer.created", before: null, after: { legalName: "Acme Ltd" } },
  ]);
});

it("is read in pages", async () => {
  const { org, id } = await customer();
  const first = (await org.admin.data(TRAIL, { id, first: 1 })).auditEvents;
  const second = (await org.admin.data(TRAIL, { id, first: 1, after: first.pageInfo.endCursor })).auditEvents;
  expect([first.nodes[0].action, first.pageInfo.hasNextPage]).toEqual(["customer.updated", true]);
  expect([second.nodes[0].action, second.pageInfo.hasNextPage]).toEqual(["customer.created", false]);
});

it("is not seen by another organization, and an unknown id has none", async () => {
  const { id } = await customer();
  const { admin } = await api.organization();
  expect((await admin.data(TRAIL, { id, first: 10 })).auditEvents.nodes).toEqual([]);
  expect((await admin.data(TRAIL, { id: "nonsense", first: 10 })).auditEvents.nodes).toEqual([]);
});
