import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";

let api: TestApi;
let admin: Client;
let acme: string;
let beta: string;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  admin = (await api.organization()).admin;
  acme = await newCustomer("Acme Ltd");
  beta = await newCustomer("Beta Ltd");
});
afterAll(() => api.stop());

const newCustomer = async (legalName: string): Promise<string> =>
  (await admin.done("createCustomer", "customer { id }", { legalName, currency: "GBP" })).customer.id;
const map = (customerId: string, alias: string, days: object = {}) =>
  admin.command("mapCustomerAlias", "staleInvoices customer { aliases { id alias startsOn endsBefore } }", {
    customerId,
    alias,
    ...days,
  });
const end = (aliasId: string, endsBefore: string | null) =>
  admin.command("endCustomerAlias", "customer { aliases { alias startsOn endsBefore } }", { aliasId, endsBefore });
const days = ({ customer }: Answer) =>
  customer.aliases.map(({ alias, startsOn, endsBefore }: Answer) => [alias, startsOn, endsBefore]);

describe("mapping an alias", () => {
  test("gives it to a customer for all days, or for some", async () => {
    expect(days(await map(acme, "acme-eu"))).toEqual([["acme-eu", null, null]]);
    expect(days(await map(acme, "acme", { startsOn: "2026-10-01", endsBefore: "2026-11-01" }))).toEqual([
      ["acme", "2026-10-01", "2026-11-01"],
      ["acme-eu", null, null],
    ]);
  });

  test("lets customers have it one after the other, to the day", async () => {
    await map(acme, "shared", { endsBefore: "2026-10-15" });
    expect(days(await map(beta, "shared", { startsOn: "2026-10-15" }))).toEqual([["shared", "2026-10-15", null]]);
  });

  test.each([
    ["all days", {}],
    ["the last day of the other", { startsOn: "2026-10-14" }],
    ["the first day of the other", { endsBefore: "2026-10-02" }],
    ["a day in its middle", { startsOn: "2026-10-05", endsBefore: "2026-10-06" }],
  ])("refuses %s and names the customer who has it", async (_name, wanted) => {
    await map(acme, "shared", { startsOn: "2026-10-01", endsBefore: "2026-10-15" });
    const answer = await map(beta, "shared", wanted);
    expect(answer).toMatchObject({ __typename: "Conflict", code: "ALIAS_TAKEN", path: ["alias"] });
    expect(answer.message).toContain("Acme Ltd from 1 Oct 2026 until 14 Oct 2026");
  });

  test("lets one of two at once win", async () => {
    const answers = await Promise.all([acme, beta, acme, beta].map((customerId) => map(customerId, "contested")));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      "Conflict",
      "Conflict",
      "Conflict",
      "MapCustomerAliasSuccess",
    ]);
  });

  test("tells capital letters apart", async () => {
    await map(acme, "acme-eu");
    expect((await map(beta, "ACME-EU")).__typename).toBe("MapCustomerAliasSuccess");
  });

  test("refuses a period without days, an empty alias and an unknown customer", async () => {
    expect(await map(acme, "acme", { startsOn: "2026-10-01", endsBefore: "2026-10-01" })).toMatchObject({
      code: "PERIOD_WITHOUT_DAYS",
      path: ["endsBefore"],
    });
    expect(await map(acme, " ")).toMatchObject({ code: "TEXT_MISSING", path: ["alias"] });
    expect(await map(newId(), "acme")).toMatchObject({ code: "CUSTOMER_NOT_FOUND", path: ["customerId"] });
  });

  test("refuses a malformed day with its place", async () => {
    const { errors } = await admin.ask(
      "mutation ($input: MapCustomerAliasInput!) { mapCustomerAlias(input: $input) { __typename } }",
      {
        input: { customerId: acme, alias: "acme", startsOn: "2026-02-30", idempotencyKey: newId() },
      },
    );
    expect(errors?.[0].message).toMatch(/input\.startsOn.*2026-02-30.*PlainDate/);
  });

  test("is refused by the database too", async () => {
    await map(acme, "shared", { startsOn: "2026-10-01" });
    await expect(
      api.database.owner.query(
        `INSERT INTO customer_alias (organization_id, id, customer_id, alias, starts_on)
         SELECT organization_id, gen_random_uuid(), $1, alias, '2027-01-01' FROM customer_alias WHERE customer_id = $2`,
        [beta, acme],
      ),
    ).rejects.toMatchObject({ code: "23P01" });
  });

  test("is in the customer's audit trail", async () => {
    await map(acme, "acme");
    const { rows } = await api.database.owner.query(
      "SELECT after->>'alias' AS alias FROM audit_event WHERE subject_id = $1 AND action = 'customer_alias.mapped'",
      [acme],
    );
    expect(rows).toEqual([{ alias: "acme" }]);
  });

  test("does not stand in another organization's way", async () => {
    const theirs = await api.organization();
    await map(acme, "acme");
    const { customer } = await theirs.admin.done("createCustomer", "customer { id }", {
      legalName: "Theirs",
      currency: "GBP",
    });
    await theirs.admin.done("mapCustomerAlias", "staleInvoices", { customerId: customer.id, alias: "acme" });
    expect(
      await theirs.admin.command("mapCustomerAlias", "staleInvoices", { customerId: acme, alias: "x" }),
    ).toMatchObject({ __typename: "NotFound" });
  });
});

describe("ending an alias", () => {
  test("frees it from a day on for another customer", async () => {
    const { customer } = await map(acme, "shared");
    expect(days(await end(customer.aliases[0].id, "2026-10-15"))).toEqual([["shared", null, "2026-10-15"]]);
    expect((await map(beta, "shared", { startsOn: "2026-10-15" })).__typename).toBe("MapCustomerAliasSuccess");
  });

  test("on or before its first day takes it away", async () => {
    const { customer } = await map(acme, "shared", { startsOn: "2026-10-01" });
    expect(days(await end(customer.aliases[0].id, "2026-10-01"))).toEqual([]);
    expect((await map(beta, "shared")).__typename).toBe("MapCustomerAliasSuccess");
  });

  test("without a day takes it away", async () => {
    const { customer } = await map(acme, "shared");
    expect(days(await end(customer.aliases[0].id, null))).toEqual([]);
  });

  test("cannot make it longer, and needs one that exists", async () => {
    const { customer } = await map(acme, "shared", { endsBefore: "2026-10-15" });
    expect(await end(customer.aliases[0].id, "2026-10-15")).toMatchObject({ code: "ALIAS_ENDED" });
    expect(await end(newId(), "2026-10-15")).toMatchObject({ code: "CUSTOMER_ALIAS_NOT_FOUND", path: ["aliasId"] });
    expect(await end("nonsense", null)).toMatchObject({ code: "CUSTOMER_ALIAS_NOT_FOUND" });
  });
});
