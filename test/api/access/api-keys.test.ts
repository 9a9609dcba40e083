import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate } from "../../../server/modules/access";
import { newToken, parseToken } from "../../../server/modules/access/token";
import { newId } from "../../../server/platform/ids";
import { type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";

let api: TestApi;
let organization: TestOrganization;
let admin: Client;
beforeAll(async () => {
  api = await startTestApi();
  organization = await api.organization();
  admin = organization.admin;
});
afterAll(() => api.stop());

const KEY = "token apiKey { id name role hint expiresAt lastUsedAt revokedAt }";
const isRefused = async (token: string): Promise<boolean> => {
  const { errors } = await api.client(token).ask("{ viewer { name } }");
  return errors?.[0]?.extensions.code === "UNAUTHENTICATED";
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describe("an API key", () => {
  test("signs a machine in with its role", async () => {
    const expiresAt = inAnHour();
    const { token, apiKey } = await admin.done("createApiKey", KEY, {
      name: "Warehouse",
      role: "INTEGRATION",
      expiresAt,
    });

    expect(token).toMatch(/^bgk_[\w-]{22}_[\w-]{43}$/);
    expect(apiKey).toMatchObject({
      name: "Warehouse",
      role: "INTEGRATION",
      hint: token.slice(-4),
      expiresAt,
      revokedAt: null,
    });
    const { viewer } = await api
      .client(token)
      .data("{ viewer { kind id name email role expiresAt organization { id } } }");
    expect(viewer).toEqual({
      kind: "API_KEY",
      id: apiKey.id,
      name: "Warehouse",
      email: null,
      role: "INTEGRATION",
      expiresAt,
      organization: { id: organization.id },
    });
  });

  test("is shown once: a repeated command answers the same key without its secret", async () => {
    const input = { name: "Once", role: "ANALYST", idempotencyKey: newId() };
    const first = await admin.done("createApiKey", KEY, input);
    const again = await admin.done("createApiKey", KEY, input);

    expect(first.token).not.toBeNull();
    expect(again).toMatchObject({ token: null, apiKey: { id: first.apiKey.id } });
  });

  test("leaves its secret in no table", async () => {
    const { token } = await admin.done("createApiKey", KEY, { name: "Secret", role: "ANALYST" });
    const secret = token.split("_").slice(2).join("_");
    for (const table of ["api_key", "audit_event", "idempotency_key"]) {
      const { rows } = await api.database.owner.query(`SELECT row_to_json(kept)::text AS row FROM ${table} AS kept`);
      expect(rows.length).toBeGreaterThan(0);
      for (const { row } of rows) expect(row).not.toContain(secret);
    }
  });

  test("is refused from the moment it is revoked", async () => {
    const { token, apiKey } = await admin.done("createApiKey", KEY, { name: "Lost", role: "FINANCE" });
    expect(await isRefused(token)).toBe(false);

    const revoked = await admin.done("revokeApiKey", "apiKey { revokedAt }", { id: apiKey.id });
    expect(revoked.apiKey.revokedAt).not.toBeNull();
    expect(await isRefused(token)).toBe(true);
    expect(await admin.command("revokeApiKey", "apiKey { id }", { id: apiKey.id })).toMatchObject({
      code: "API_KEY_REVOKED",
    });
  });

  test("is refused from the moment it expires", async () => {
    const expiresAt = inAnHour();
    const { token } = await admin.done("createApiKey", KEY, { name: "Short", role: "ANALYST", expiresAt });
    const at = (milliseconds: number) => ({ now: () => new Date(Date.parse(expiresAt) + milliseconds) });

    expect(await authenticate(`Bearer ${token}`, at(-1))).toMatchObject({ actor: { name: "Short" } });
    expect(await authenticate(`Bearer ${token}`, at(0))).toBeNull();
  });

  test("cannot expire in the past, and needs a name", async () => {
    const answer = await admin.command("createApiKey", KEY, {
      name: " ",
      role: "ANALYST",
      expiresAt: "2020-01-01T00:00:00Z",
    });
    expect(answer.problems).toMatchObject([
      { code: "TEXT_MISSING", path: ["name"] },
      { code: "EXPIRY_IN_THE_PAST", path: ["expiresAt"] },
    ]);
  });

  test("notes when it was used, once a minute at the most", async () => {
    const { token, apiKey } = await admin.done("createApiKey", KEY, { name: "Used", role: "ANALYST" });
    const lastUsed = async () =>
      (await admin.data("{ apiKeys { id lastUsedAt } }")).apiKeys.find(({ id }: { id: string }) => id === apiKey.id)
        .lastUsedAt;
    const use = (instant: string) => authenticate(`Bearer ${token}`, { now: () => new Date(instant) });

    expect(await lastUsed()).toBeNull();
    await use("2026-11-03T09:00:00.000Z");
    await use("2026-11-03T09:00:59.000Z");
    expect(await lastUsed()).toBe("2026-11-03T09:00:00.000Z");
    await use("2026-11-03T09:01:01.000Z");
    expect(await lastUsed()).toBe("2026-11-03T09:01:01.000Z");
  });

  test("cannot be signed out", async () => {
    expect(await admin.data("mutation { signOut { signedOut } }")).toEqual({ signOut: { signedOut: false } });
  });
});

describe("a token that is not accepted", () => {
  test("is told what may be wrong, but not which", async () => {
    const { errors, status } = await api.client("bgk_garbage").ask("{ viewer { name } }");
    expect(status).toBe(401);
    expect(errors?.[0].message).toContain("over, revoked, or not of this server");
  });

  test.each([
    ["text that is no token", () => "hunter2"],
    ["a key of nobody", () => newToken("key", organization.id).token],
    ["a key of an organization that does not exist", () => newToken("key", newId()).token],
    ["a session with the secret of a key", () => admin.token.replace(/^bgk/, "bgs")],
    [
      "a key of another organization with this one's name",
      async () => {
        const { token } = (await api.organization()).admin;
        const ours = newToken("key", organization.id).token.slice(4, 26);
        return `bgk_${ours}_${token.slice(27)}`;
      },
    ],
  ])("%s", async (_name, token) => {
    expect(await isRefused(await token())).toBe(true);
  });

  test("names its organization and carries only a hash into the database", () => {
    const { token, hash } = newToken("session", organization.id);
    expect(parseToken(token)).toEqual({ kind: "session", organizationId: organization.id, hash });
    expect(parseToken(`${token}x`)).toBeNull();
  });
});

describe("keys are for administrators", () => {
  test.each(["finance", "sales", "analyst", "integration"] as const)("not for %s", async (role) => {
    const client = await organization.as(role);
    const input = { name: "Mine", role: "ADMIN", idempotencyKey: newId() };
    const { errors } = await client.ask(
      "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }",
      { input },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    expect((await client.ask("{ apiKeys { id } }")).errors?.[0].extensions.code).toBe("FORBIDDEN");
  });
});

test("a key of another organization cannot be seen or revoked", async () => {
  const { apiKey } = await (await api.organization()).admin.done("createApiKey", KEY, {
    name: "Theirs",
    role: "ANALYST",
  });
  const { apiKeys } = await admin.data("{ apiKeys { name } }");
  expect(apiKeys.map(({ name }: { name: string }) => name)).not.toContain("Theirs");
  expect(await admin.command("revokeApiKey", "apiKey { id }", { id: apiKey.id })).toMatchObject({
    __typename: "NotFound",
    code: "API_KEY_NOT_FOUND",
  });
});
