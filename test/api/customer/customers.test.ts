import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";

let api: TestApi;
let organization: TestOrganization;
let admin: Client;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  organization = await api.organization();
  admin = organization.admin;
});
afterAll(() => api.stop());

const ALL = `id legalName addressLines country taxId taxStatus currency paymentTerms { kind days } externalId language isPoRequired
  customFields version parent { id legalName } contacts { name email isPrimary } aliases { alias }`;
const create = (input: object) =>
  admin.command("createCustomer", `customer { ${ALL} }`, { legalName: "Acme Ltd", currency: "GBP", ...input });
const created = async (input: object = {}): Promise<Answer> => {
  const answer = await create(input);
  if (!answer.customer) throw new Error(JSON.stringify(answer));
  return answer.customer;
};
const update = (input: object) => admin.command("updateCustomer", `customer { ${ALL} }`, input);
const read = async (id: string, client = admin): Promise<Answer> =>
  (await client.data(`query ($id: ID!) { customer(id: $id) { ${ALL} } }`, { id })).customer;
const problemsOf = (answer: Answer): string[] =>
  answer.problems.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`).sort();

describe("adding a customer", () => {
  test("needs a name and a currency; the rest has a default", async () => {
    expect(await created()).toMatchObject({
      legalName: "Acme Ltd",
      addressLines: [],
      country: null,
      taxId: null,
      taxStatus: "TAXED",
      currency: "GBP",
      paymentTerms: null,
      externalId: null,
      language: "en-GB",
      isPoRequired: false,
      customFields: {},
      version: 1,
      parent: null,
      contacts: [],
      aliases: [],
    });
  });

  test("keeps everything that was sent", async () => {
    const parent = await created({ legalName: "Acme Group" });
    const input = {
      addressLines: ["1 High Street", "Leeds"],
      country: "GB",
      taxId: "GB999",
      taxStatus: "REVERSE_CHARGE",
      currency: "JPY",
      paymentTerms: { kind: "END_OF_MONTH", days: 10 },
      externalId: "crm-7",
      language: "de",
      isPoRequired: true,
      customFields: { region: "north", tier: 3, nested: { list: [1, null] } },
      contacts: [
        { name: "Bo", email: "bo@example.com", isPrimary: false },
        { name: "Cy", email: "cy@example.com", isPrimary: true },
      ],
    };
    const customer = await created({ ...input, parentCustomerId: parent.id });

    expect(customer).toMatchObject({
      ...input,
      contacts: [input.contacts[1], input.contacts[0]],
      parent: { legalName: "Acme Group" },
    });
    expect(await read(customer.id)).toEqual(customer);
  });

  test("makes the first contact primary where none is marked", async () => {
    const { contacts } = await created({
      contacts: [
        { name: "Bo", email: "bo@example.com" },
        { name: "Cy", email: "cy@example.com" },
      ],
    });
    expect(contacts).toEqual([
      { name: "Bo", email: "bo@example.com", isPrimary: true },
      { name: "Cy", email: "cy@example.com", isPrimary: false },
    ]);
  });

  test("says everything that is wrong at once, and where", async () => {
    const answer = await create({
      legalName: "",
      currency: "EURO",
      country: "Germany",
      language: "german",
      addressLines: ["ok", ""],
      paymentTerms: { kind: "NET_DAYS", days: -1 },
      customFields: ["not", "an", "object"],
      contacts: [
        { name: "Bo", email: "bo", isPrimary: true },
        { name: "Cy", email: "cy@example.com", isPrimary: true },
      ],
    });
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual([
      "addressLines.1: TEXT_MISSING",
      "contacts.0.email: EMAIL_MALFORMED",
      "contacts: SEVERAL_PRIMARY_CONTACTS",
      "country: COUNTRY_MALFORMED",
      "currency: CURRENCY_UNKNOWN",
      "customFields: CUSTOM_FIELDS_MALFORMED",
      "language: LANGUAGE_MALFORMED",
      "legalName: TEXT_MISSING",
      "paymentTerms.days: PAYMENT_DAYS_OUT_OF_RANGE",
    ]);
    expect((await admin.data("{ customers { nodes { id } } }")).customers.nodes).toEqual([]);
  });

  test.each([
    ["a NUL character in a name", { legalName: "Ac\u0000me" }, "legalName: TEXT_UNPRINTABLE"],
    ["half a surrogate pair in a name", { legalName: "Acme \ud83d" }, "legalName: TEXT_UNPRINTABLE"],
    ["a NUL character in custom fields", { customFields: { note: "\u0000" } }, "customFields: TEXT_UNPRINTABLE"],
    ["a name of 201 characters", { legalName: "x".repeat(201) }, "legalName: TEXT_TOO_LONG"],
  ])("refuses %s", async (_name, input, problem) => {
    expect(problemsOf(await create(input))).toEqual([problem]);
  });

  test("takes what looks like an escape in custom fields as the text it is", async () => {
    expect((await created({ customFields: { path: "C:\\u0000", face: "😀" } })).customFields).toEqual({
      path: "C:\\u0000",
      face: "😀",
    });
  });

  test("refuses a parent that does not exist", async () => {
    const id = newId();
    expect(await create({ parentCustomerId: id })).toMatchObject({
      __typename: "NotFound",
      code: "CUSTOMER_NOT_FOUND",
      path: ["parentCustomerId"],
    });
    expect(await create({ parentCustomerId: "nonsense" })).toMatchObject({ __typename: "NotFound" });
  });

  test("refuses an external id that is taken", async () => {
    await created({ externalId: "crm-1" });
    expect(await create({ externalId: "crm-1" })).toMatchObject({
      __typename: "Conflict",
      code: "EXTERNAL_ID_TAKEN",
      path: ["externalId"],
    });
  });

  test("refuses unknown fields by name", async () => {
    const { errors, status } = await admin.ask(
      "mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { __typename } }",
      {
        input: { legalName: "Acme", currency: "GBP", shoeSize: 43, idempotencyKey: newId() },
      },
    );
    expect(status).toBe(400);
    expect(errors?.[0].message).toContain('"shoeSize"');
  });

  test("happens once per idempotency key, also for two at once", async () => {
    const idempotencyKey = newId();
    const [first, second] = await Promise.all([created({ idempotencyKey }), created({ idempotencyKey })]);
    expect(second.id).toBe(first.id);
    expect(await create({ legalName: "Other", idempotencyKey })).toMatchObject({ __typename: "IdempotencyKeyReused" });
    expect((await admin.data("{ customers { nodes { legalName } } }")).customers.nodes).toEqual([
      { legalName: "Acme Ltd" },
    ]);
  });
});

describe("changing a customer", () => {
  test("leaves what is left out and takes away what is null", async () => {
    const { id, ...before } = await created({
      country: "GB",
      taxId: "GB1",
      externalId: "a",
      contacts: [{ name: "Bo", email: "bo@example.com" }],
    });
    const { customer } = await update({ id, version: 1, taxId: null, isPoRequired: true });
    expect(customer).toEqual({ ...before, id, taxId: null, isPoRequired: true, version: 2 });
  });

  test("replaces all contacts", async () => {
    const { id } = await created({ contacts: [{ name: "Bo", email: "bo@example.com" }] });
    const contacts = [{ name: "Cy", email: "cy@example.com", isPrimary: true }];
    expect((await update({ id, version: 1, contacts })).customer.contacts).toEqual(contacts);
    expect((await update({ id, version: 2, contacts: [] })).customer.contacts).toEqual([]);
  });

  test("refuses null for what a customer cannot do without", async () => {
    const { id } = await created();
    const answer = await update({ id, version: 1, legalName: null, language: null, contacts: null });
    expect(problemsOf(answer)).toEqual([
      "contacts: NULL_NOT_ALLOWED",
      "language: NULL_NOT_ALLOWED",
      "legalName: NULL_NOT_ALLOWED",
    ]);
  });

  test("refuses an older version and says the current one", async () => {
    const { id } = await created();
    await update({ id, version: 1, taxId: "GB1" });
    expect(await update({ id, version: 1, taxId: "GB2" })).toMatchObject({
      __typename: "StaleVersion",
      path: ["version"],
      currentVersion: 2,
    });
    expect(await read(id)).toMatchObject({ taxId: "GB1", version: 2 });
  });

  test("lets one of two at once win", async () => {
    const { id } = await created();
    const answers = await Promise.all(["GB1", "GB2"].map((taxId) => update({ id, version: 1, taxId })));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["StaleVersion", "UpdateCustomerSuccess"]);
  });

  test("refuses an external id that another one has, and a customer that does not exist", async () => {
    await created({ externalId: "crm-1" });
    const { id } = await created({ externalId: "crm-2" });
    expect(await update({ id, version: 1, externalId: "crm-1" })).toMatchObject({ code: "EXTERNAL_ID_TAKEN" });
    expect(await update({ id: newId(), version: 1, externalId: "x" })).toMatchObject({
      code: "CUSTOMER_NOT_FOUND",
      path: ["id"],
    });
    expect(await read(id)).toMatchObject({ externalId: "crm-2", version: 1 });
  });

  test("refuses a circle of parents", async () => {
    const group = await created({ legalName: "Group" });
    const child = await created({ legalName: "Child", parentCustomerId: group.id });
    const grandchild = await created({ legalName: "Grandchild", parentCustomerId: child.id });
    for (const parentCustomerId of [group.id, child.id, grandchild.id]) {
      expect(await update({ id: group.id, version: 1, parentCustomerId })).toMatchObject({
        code: "PARENT_IN_CIRCLE",
        path: ["parentCustomerId"],
      });
    }
  });

  test("is in the audit trail with before and after", async () => {
    const { id } = await created({ taxId: "GB1" });
    await update({ id, version: 1, taxId: "GB2" });
    const { rows } = await api.database.owner.query(
      "SELECT action, before->>'taxId' AS before, after->>'taxId' AS after FROM audit_event WHERE subject_id = $1 ORDER BY recorded_at, id",
      [id],
    );
    expect(rows).toEqual([
      { action: "customer.created", before: null, after: "GB1" },
      { action: "customer.updated", before: "GB1", after: "GB2" },
    ]);
  });
});

describe("listing customers", () => {
  const LIST = `query ($first: Int!, $after: String, $search: String) { customers(first: $first, after: $after, search: $search) {
    edges { cursor node { legalName } } nodes { legalName } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const list = async (variables: object) => (await admin.data(LIST, { first: 50, ...variables })).customers;
  const namesIn = ({ nodes }: Answer): string[] => nodes.map(({ legalName }: Answer) => legalName);

  test("goes through all of them page by page, by name, with namesakes", async () => {
    for (const legalName of ["Delta", "Beta", "Alpha", "Beta", "Gamma"]) await created({ legalName });
    const first = await list({ first: 2 });
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    const third = await list({ first: 2, after: second.pageInfo.endCursor });

    expect([first, second, third].map(namesIn)).toEqual([["Alpha", "Beta"], ["Beta", "Delta"], ["Gamma"]]);
    expect([first, second, third].map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
    expect(first.pageInfo).toMatchObject({ startCursor: first.edges[0].cursor, endCursor: first.edges[1].cursor });
  });

  test("finds a part of the name or the external id in any case, and takes wildcards as text", async () => {
    await created({ legalName: "Northwind Freight" });
    await created({ legalName: "100% Cotton", externalId: "CRM-77" });
    expect(namesIn(await list({ search: "WIND" }))).toEqual(["Northwind Freight"]);
    expect(namesIn(await list({ search: "crm-7" }))).toEqual(["100% Cotton"]);
    expect(namesIn(await list({ search: "0%" }))).toEqual(["100% Cotton"]);
    expect(namesIn(await list({ search: "%" }))).toEqual(["100% Cotton"]);
  });

  test.each([
    ["a page of 0", { first: 0 }],
    ["a page of 201", { first: 201 }],
    ["a cursor that is none", { after: "x" }],
    ["a cursor of another list", { after: Buffer.from('["only-one"]').toString("base64url") }],
    ["a cursor with a broken id", { after: Buffer.from('["Alpha","7"]').toString("base64url") }],
  ])("refuses %s", async (_name, variables) => {
    const { errors } = await admin.ask(LIST, { first: 50, ...variables });
    expect(errors?.[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  test("asks as many statements for 30 customers as for 3", async () => {
    const group = await created({ legalName: "Group" });
    const grow = async (count: number) => {
      for (let index = 0; index < count; index++) {
        await created({
          legalName: `Child ${newId()}`,
          parentCustomerId: group.id,
          contacts: [{ name: "Bo", email: "bo@example.com" }],
        });
      }
    };
    const whole = () => admin.data(`{ customers(first: 100) { nodes { ${ALL} } } }`);
    await grow(3);
    await whole();
    const few = await countStatements(whole);
    await grow(27);
    expect(await countStatements(whole)).toBe(few);
    expect(few).toBeLessThan(10);
  });
});

describe("isolation", () => {
  test("customers of another organization are neither seen, changed nor named", async () => {
    const theirs = await api.organization();
    const { customer } = await theirs.admin.done("createCustomer", "customer { id }", {
      legalName: "Theirs",
      currency: "GBP",
      externalId: "crm-1",
    });

    expect(await read(customer.id)).toBeNull();
    expect(await update({ id: customer.id, version: 1, legalName: "Mine" })).toMatchObject({ __typename: "NotFound" });
    expect(await create({ parentCustomerId: customer.id })).toMatchObject({ __typename: "NotFound" });
    expect((await admin.data("{ customers { nodes { id } } }")).customers.nodes).toEqual([]);
    expect(await created({ externalId: "crm-1" })).toMatchObject({ externalId: "crm-1" });
  });

  test("an id that is none is nobody", async () => {
    expect(await read("not-an-id")).toBeNull();
  });
});
