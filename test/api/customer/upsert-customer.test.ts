import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFirstAdmin } from "../../../server/modules/access";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const UPSERTED = `outcome customer { id legalName currency country externalId version customFields owner { name }
  contacts { name email isPrimary } }`;
const upsert = (client: Client, input: object): Promise<Answer> => client.command("upsertCustomer", UPSERTED, input);

const BETA = {
  externalId: "account-1",
  legalName: "Beta SA",
  country: "FR",
  customFields: { tier: "gold", region: "south" },
  contacts: [{ name: "Bea", email: "bea@beta.example" }],
};

describe("a customer by its external id", () => {
  test("is made once; the same content again changes nothing and answers the same", async () => {
    const { admin } = await api.organization();
    const first = await upsert(admin, BETA);
    expect(first).toMatchObject({
      outcome: "CREATED",
      customer: {
        legalName: "Beta SA",
        currency: "GBP",
        version: 1,
        contacts: [{ name: "Bea", email: "bea@beta.example", isPrimary: true }],
      },
    });
    expect(await upsert(admin, { ...BETA, customFields: { region: "south", tier: "gold" } })).toEqual({
      ...first,
      outcome: "UNCHANGED",
    });
    const { auditEvents } = await admin.data("query ($id: ID!) { auditEvents(subjectId: $id) { nodes { action } } }", {
      id: first.customer.id,
    });
    expect(auditEvents.nodes).toEqual([{ action: "customer.created" }]);
  });

  test("changes what is sent, and keeps what is left out", async () => {
    const { admin } = await api.organization();
    await upsert(admin, BETA);
    expect(await upsert(admin, { externalId: "account-1", legalName: "Beta SAS" })).toMatchObject({
      outcome: "UPDATED",
      customer: { legalName: "Beta SAS", country: "FR", version: 2, contacts: [{ name: "Bea" }] },
    });
    expect(
      await upsert(admin, { externalId: "account-1", contacts: [{ name: "Bo", email: "bo@beta.example" }] }),
    ).toMatchObject({ outcome: "UPDATED", customer: { version: 3, contacts: [{ name: "Bo" }] } });
    expect(await upsert(admin, { externalId: "account-1", country: null })).toMatchObject({
      outcome: "UPDATED",
      customer: { country: null, version: 4 },
    });
  });

  test("sent twice at the same time is made once", async () => {
    const { admin } = await api.organization();
    const answers = await Promise.all([1, 2, 3, 4].map(() => upsert(admin, BETA)));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["CREATED", "UNCHANGED", "UNCHANGED", "UNCHANGED"]);
    const { customers } = await admin.data("{ customers { nodes { id } } }");
    expect(customers.nodes).toHaveLength(1);
  });

  test("two different ones at the same time are both kept, one after the other", async () => {
    const { admin } = await api.organization();
    await upsert(admin, BETA);
    const [one, other] = await Promise.all([
      upsert(admin, { externalId: "account-1", legalName: "Beta One" }),
      upsert(admin, { externalId: "account-1", country: "ES" }),
    ]);
    expect([one.outcome, other.outcome]).toEqual(["UPDATED", "UPDATED"]);
    expect((await upsert(admin, { externalId: "account-1" })).customer).toMatchObject({
      legalName: "Beta One",
      country: "ES",
      version: 3,
    });
  });

  test("is refused where it cannot be", async () => {
    const { admin, as } = await api.organization();
    expect(await upsert(admin, { externalId: "account-2" })).toMatchObject({
      code: "LEGAL_NAME_MISSING",
      path: ["legalName"],
    });
    expect(problemsOf(await upsert(admin, { externalId: " ", legalName: "X", currency: "XYZ" }))).toEqual([
      "TEXT_MISSING at externalId",
      "CURRENCY_UNKNOWN at currency",
    ]);
    await upsert(admin, BETA);
    expect(problemsOf(await upsert(admin, { externalId: "account-1", legalName: null }))).toEqual([
      "NULL_NOT_ALLOWED at legalName",
    ]);
    const analyst = await as("analyst");
    const { errors } = await analyst.ask(
      "mutation ($input: UpsertCustomerInput!) { upsertCustomer(input: $input) { __typename } }",
      { input: { ...BETA, idempotencyKey: "analyst" } },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
  });

  test("may have an owner among the members", async () => {
    const { id, admin } = await api.organization();
    const olive = { organizationId: id, name: "Olive Owner", email: `olive-${id}@seller.example` };
    await createFirstAdmin(olive, new Date());
    const { members } = await admin.data("{ members { id name role isActive } }");
    expect(members).toEqual([{ id: expect.any(String), name: "Olive Owner", role: "ADMIN", isActive: true }]);
    const ownerId = members[0].id;
    expect(await upsert(admin, { ...BETA, ownerId })).toMatchObject({ customer: { owner: { name: "Olive Owner" } } });
    expect(await upsert(admin, { externalId: "account-1", ownerId: null })).toMatchObject({
      outcome: "UPDATED",
      customer: { owner: null },
    });
    expect(problemsOf(await upsert(admin, { externalId: "account-1", ownerId: id }))).toEqual([
      "OWNER_NOT_FOUND at ownerId",
    ]);
  });
});
