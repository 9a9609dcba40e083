import { serverAudits } from "graphql-http";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { useDatabase } from "../../server/platform/database/transaction";
import { COST_LIMIT, DEPTH_LIMIT } from "../../server/platform/graphql/query-limits";
import { startTestApi, type TestApi, type TestOrganization } from "../testkit/api";
import { countStatements } from "../testkit/count-statements";

let api: TestApi;
let org: TestOrganization;
beforeAll(async () => {
  api = await startTestApi();
  org = await api.organization();
});
afterAll(() => api.stop());

describe("GraphQL over HTTP", () => {
  const audits = serverAudits({ url: () => `${api.url}/graphql`, fetchFn: fetch });

  it.each(audits.filter(({ name }) => name.startsWith("MUST")).map((audit) => [audit.name, audit] as const))(
    "%s",
    async (_name, audit) => {
      expect(await audit.fn()).toMatchObject({ status: "ok" });
    },
  );

  it("refuses a cross-site request that no page asked about first", async () => {
    const response = await fetch(`${api.url}/graphql?query={viewer{id}}`, {
      headers: { "content-type": "text/plain" },
    });
    expect(response.status).toBe(400);
  });

  it("refuses a body that is larger than any batch", async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ viewer { id } }", padding: "x".repeat(5_000_000) }),
    });
    expect(response.status).toBe(413);
  });
});

describe("health", () => {
  it("answers whether the process lives and whether it can work", async () => {
    expect(await (await fetch(`${api.url}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${api.url}/readyz`)).json()).toEqual({ status: "ready" });
  });
});

describe("top-level errors", () => {
  it("asks a stranger to sign in", async () => {
    const { errors, status } = await api.client(null).ask("{ viewer { id } }");
    expect(status).toBe(401);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("Sign in"),
      extensions: { code: "UNAUTHENTICATED" },
    });
  });

  it("names an unknown field and its place", async () => {
    const { errors, status } = await org.admin.ask("{ viewer { shoeSize } }");
    expect(status).toBe(400);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('"shoeSize"'),
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
      locations: [{ line: 1, column: 12 }],
    });
  });

  it("refuses an unknown input field by name", async () => {
    const { errors } = await org.admin.ask(
      "mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { __typename } }",
      {
        input: { legalName: "Acme", currency: "EUR", idempotencyKey: "k", shoeSize: 43 },
      },
    );
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('Field "shoeSize" is not defined'),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  it("shows no stack trace", async () => {
    const { errors } = await org.admin.ask("{ viewer { shoeSize } }");
    expect(JSON.stringify(errors)).not.toContain("node_modules");
  });
});

describe("a bug", () => {
  it("is masked with a reference, compiled or not, and says nothing of the inside", async () => {
    const broken = await startTestApi();
    try {
      const { admin } = await broken.organization();
      await broken.database.owner.query("ALTER TABLE saved_view RENAME TO gone");
      for (let time = 0; time < 3; time += 1) {
        const { errors } = await admin.ask("{ savedViews { id } }");
        expect(errors).toEqual([
          {
            message: expect.stringMatching(/^Something went wrong on our side\..*Reference [0-9a-f-]{36}$/),
            path: ["savedViews"],
            locations: expect.anything(),
            extensions: { code: "INTERNAL_SERVER_ERROR", reference: expect.any(String) },
          },
        ]);
      }
    } finally {
      await broken.stop();
      useDatabase(api.database.pool);
    }
  });
});

describe("limits", () => {
  it("refuses a query that is too deep, with the limit", async () => {
    const deep = `{ invoices(first: 1) { nodes { customer ${"{ parent ".repeat(DEPTH_LIMIT)}{ id }${" }".repeat(DEPTH_LIMIT)} } } }`;
    const { errors } = await org.admin.ask(deep);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(`the limit is ${DEPTH_LIMIT}`),
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
    });
  });

  it("refuses a query that could answer too much, with the limit", async () => {
    const { errors } = await org.admin.ask(
      "{ invoices(first: 200) { nodes { contract { customer { contracts(first: 200) { nodes { id number name } } } } } } }",
    );
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(`the limit is ${COST_LIMIT}`),
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
    });
  });

  it("measures fragments that hold fragments without being stalled by them", async () => {
    const levels = 30;
    const fragments = Array.from(
      { length: levels },
      (_, level) => `fragment f${level} on Viewer { ${level === 0 ? "id" : `...f${level - 1} ...f${level - 1}`} }`,
    );
    const { status } = await org.admin.ask(`{ viewer { ...f${levels - 1} } } ${fragments.join(" ")}`);
    expect(status).toBeLessThan(500);
  });

  it("refuses a page that is too large", async () => {
    const { errors } = await org.admin.ask("{ invoices(first: 201) { nodes { id } } }");
    expect(errors?.[0]).toMatchObject({
      message: "first must be from 1 to 200, not 201. Ask for further pages with after.",
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  it("refuses a cursor that is none", async () => {
    const { errors } = await org.admin.ask('{ invoices(after: "nonsense") { nodes { id } } }');
    expect(errors?.[0]?.message).toContain('"nonsense" is not a cursor');
  });
});

describe("scalars", () => {
  const create = "mutation ($input: CreatePriceInput!) { createPrice(input: $input) { __typename } }";
  const refusal = async (fee: unknown, effectiveOn: unknown = "2026-01-01") => {
    const input = {
      productId: "p",
      name: "Fee",
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ADVANCE",
      effectiveOn,
      terms: { flat: { fee } },
      idempotencyKey: "k",
    };
    return (await org.admin.ask(create, { input })).errors?.[0];
  };

  it("refuse a JSON number where an exact one is meant, and say why", async () => {
    expect(await refusal(0.1)).toMatchObject({
      message: expect.stringMatching(
        /input\.terms\.flat\.fee.*must be sent as a string such as "1250\.00", not as the JSON number 0\.1/,
      ),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  it.each(["1,000", "1e3", " 1", "1.", "", "NaN", "1".repeat(29)])("refuse %j as a decimal", async (fee) => {
    expect((await refusal(fee))?.message).toContain("is not a Decimal");
  });

  it.each(["2026-02-30", "2026-1-1", "01/02/2026", "2026-10-01T00:00:00Z"])("refuse %j as a day", async (day) => {
    expect((await refusal("1.00", day))?.message).toContain("is not a PlainDate");
  });

  it("refuse a number in the query itself as well", async () => {
    const { errors } = await org.admin.ask("{ unattributedUsage(month: 202610) { rows { alias } } }");
    expect(errors?.[0]?.message).toContain("PlainMonth must be sent as a string");
  });
});

describe("over a WebSocket", () => {
  const connect = (authorization: string | null) =>
    createClient({
      url: `${api.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(authorization && { connectionParams: { authorization } }),
    });

  it("a stranger is not let in", async () => {
    const client = connect(null);
    const answers = client.iterate({
      query: 'subscription { operationProgress(id: "00000000-0000-7000-8000-000000000000") { id } }',
    });
    await expect(answers.next()).rejects.toMatchObject({ code: 4403 });
  });

  it("the same limits hold", async () => {
    const client = connect(`Bearer ${org.admin.token}`);
    const deep = `subscription { operationProgress(id: "x") { items { nodes { invoice { customer ${"{ parent ".repeat(DEPTH_LIMIT)}{ id }${" }".repeat(DEPTH_LIMIT)} } } } } }`;
    await expect(client.iterate({ query: deep }).next()).rejects.toMatchObject([
      { message: expect.stringContaining(`the limit is ${DEPTH_LIMIT}`) },
    ]);
    await client.dispose();
  });
});

describe("a query that comes again", () => {
  it("gives the same answer when it runs compiled, errors included", async () => {
    const answers = [];
    for (let i = 0; i < 3; i += 1)
      answers.push(await org.admin.data("{ viewer { name role organization { today } } }"));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const refusals = [];
    for (let i = 0; i < 3; i += 1)
      refusals.push((await api.client(null).ask("{ organization { id } }")).errors?.[0]?.extensions.code);
    expect(refusals).toEqual(["UNAUTHENTICATED", "UNAUTHENTICATED", "UNAUTHENTICATED"]);
  });

  it("runs once, also where it asks for a union", async () => {
    const { product } = await org.admin.done("createProduct", "product { id }", {
      code: "ONCE",
      name: "Once",
      taxCode: "STANDARD",
    });
    const { price } = await org.admin.done("createPrice", "price { id }", {
      productId: product.id,
      name: "Once",
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ADVANCE",
      effectiveOn: "2026-01-01",
      terms: { flat: { fee: "1" } },
    });
    const counts: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      counts.push(
        await countStatements(async () => {
          const query =
            "query ($id: ID!) { prices(productId: $id) { nodes { id terms { ... on FlatTerms { fee } } } } }";
          expect((await org.admin.data(query, { id: product.id })).prices.nodes).toEqual([
            { id: price.id, terms: { fee: "1" } },
          ]);
        }),
      );
    }
    expect(new Set(counts).size).toBe(1);
  });
});
