import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate, createFirstAdmin, signIn } from "../../../server/modules/access";
import { memberships } from "../../../server/modules/access/account.store";
import { hashPassword, isPassword, newPassword } from "../../../server/modules/access/password";
import { inTransaction, query, runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const password = "correct horse battery staple";
let people = 0;

/** A person who is the administrator of a new organization. */
async function newAdmin(legalName = "Seller Ltd") {
  const organization = await api.organization({ legalName });
  const email = `admin${++people}@example.com`;
  await createFirstAdmin({ organizationId: organization.id, email, name: "Ada Admin", password }, new Date());
  return { organization, email };
}

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignInSuccess { token expiresAt viewer { kind name email role expiresAt organization { id legalName today } } }
  ... on SignInRefused { code message path organizations { id legalName mode } } } }`;
const attempt = async (input: object): Promise<Answer> => (await api.client(null).data(SIGN_IN, { input })).signIn;

const at = (instant: string) => ({ now: () => new Date(instant) });

describe("signing in", () => {
  test("opens a session of twelve hours for the member", async () => {
    const { organization, email } = await newAdmin();

    const answer = await attempt({ email, password });

    expect(answer.viewer).toMatchObject({
      kind: "MEMBER",
      name: "Ada Admin",
      email,
      role: "ADMIN",
      expiresAt: answer.expiresAt,
      organization: { id: organization.id, legalName: "Seller Ltd", today: "2026-11-03" },
    });
    const hours = (Date.parse(answer.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
    const { viewer } = await api.client(answer.token).data("{ viewer { name organization { id } } }");
    expect(viewer).toEqual({ name: "Ada Admin", organization: { id: organization.id } });
  });

  test("takes an email in any case", async () => {
    const { email } = await newAdmin();
    expect((await attempt({ email: ` ${email.toUpperCase()} `, password })).__typename).toBe("SignInSuccess");
  });

  test("does not tell an unknown email from a wrong password", async () => {
    const { email } = await newAdmin();
    const wrong = await attempt({ email, password: "guess" });
    const unknown = await attempt({ email: "nobody@example.com", password: "guess" });

    expect(wrong).toMatchObject({ __typename: "SignInRefused", code: "BAD_CREDENTIALS", organizations: [] });
    expect(unknown).toEqual(wrong);
  });

  test("refuses text that no account can have", async () => {
    expect((await attempt({ email: "a\u0000@example.com", password })).code).toBe("BAD_CREDENTIALS");
    expect((await attempt({ email: "a@example.com", password: "x".repeat(2_000) })).code).toBe("BAD_CREDENTIALS");
  });

  test("asks which organization where there are several", async () => {
    const { organization, email } = await newAdmin("Alpha Ltd");
    const other = await api.organization({ legalName: "Beta Ltd" });
    await createFirstAdmin({ organizationId: other.id, email, name: "Ada Admin" }, new Date());

    const answer = await attempt({ email, password });
    expect(answer).toMatchObject({
      code: "CHOOSE_ORGANIZATION",
      path: ["organizationId"],
      organizations: [
        { id: organization.id, legalName: "Alpha Ltd", mode: "SANDBOX" },
        { id: other.id, legalName: "Beta Ltd", mode: "SANDBOX" },
      ],
    });
    const chosen = await attempt({ email, password, organizationId: other.id });
    expect(chosen.viewer.organization).toMatchObject({ id: other.id, legalName: "Beta Ltd" });
    const foreign = await api.organization();
    expect((await attempt({ email, password, organizationId: foreign.id })).code).toBe("CHOOSE_ORGANIZATION");
  });

  test("refuses the sixth attempt after five failures, even with the right password, for fifteen minutes", async () => {
    const { email } = await newAdmin();
    const attemptAt = (minute: number, given: string) =>
      signIn(
        { email, password: given, organizationId: null },
        at(`2026-11-03T10:${String(minute).padStart(2, "0")}:00Z`),
        newId(),
      );
    for (let minute = 0; minute < 5; minute++) await attemptAt(minute, "guess");

    expect(await attemptAt(5, password)).toMatchObject({ ok: false, error: { code: "TOO_MANY_ATTEMPTS" } });
    expect(await attemptAt(14, password)).toMatchObject({ ok: false, error: { code: "TOO_MANY_ATTEMPTS" } });
    expect(await attemptAt(15, password)).toMatchObject({ ok: true });
  });

  test("looks at no more than five of many guesses at once", async () => {
    const { email } = await newAdmin();
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt({ email, password: "guess" })));

    expect(answers.filter(({ code }) => code === "BAD_CREDENTIALS")).toHaveLength(5);
    expect(answers.filter(({ code }) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(7);
  });

  test("forgets the failures with a success", async () => {
    const { email } = await newAdmin();
    for (let round = 0; round < 2; round++) {
      for (let failure = 0; failure < 4; failure++) await attempt({ email, password: "guess" });
      expect((await attempt({ email, password })).__typename).toBe("SignInSuccess");
    }
  });

  test("is in the audit trail", async () => {
    const { organization, email } = await newAdmin();
    await attempt({ email, password });
    const { rows } = await api.database.owner.query(
      "SELECT action, actor_name FROM audit_event WHERE organization_id = $1 AND subject_type = 'member'",
      [organization.id],
    );
    expect(rows).toEqual([{ action: "member.signed_in", actor_name: "Ada Admin" }]);
  });
});

describe("a session", () => {
  test("is over after twelve hours", async () => {
    const { email } = await newAdmin();
    const signedIn = await signIn({ email, password, organizationId: null }, at("2026-11-03T09:00:00Z"), newId());
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    const header = `Bearer ${signedIn.value.token}`;

    expect(await authenticate(header, at("2026-11-03T20:59:59Z"))).toMatchObject({ actor: { kind: "member", email } });
    expect(await authenticate(header, at("2026-11-03T21:00:00Z"))).toBeNull();
  });

  test("is over once signed out", async () => {
    const { email } = await newAdmin();
    const client = api.client((await attempt({ email, password })).token);

    expect(await client.data("mutation { signOut { signedOut } }")).toEqual({ signOut: { signedOut: true } });
    expect((await client.ask("{ viewer { name } }")).errors?.[0].extensions.code).toBe("UNAUTHENTICATED");
  });

  test("ends for a member who was deactivated", async () => {
    const { organization, email } = await newAdmin();
    const client = api.client((await attempt({ email, password })).token);
    await api.database.owner.query("UPDATE member SET deactivated_at = now() WHERE organization_id = $1", [
      organization.id,
    ]);

    expect((await client.ask("{ viewer { name } }")).errors?.[0].extensions.code).toBe("UNAUTHENTICATED");
    expect((await attempt({ email, password })).code).toBe("BAD_CREDENTIALS");
  });

  test("leaves its secret in no table", async () => {
    const { email } = await newAdmin();
    const { token } = await attempt({ email, password });
    const { rows } = await api.database.owner.query("SELECT row_to_json(session)::text AS row FROM session");
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token.split("_").at(-1).slice(-20));
  });
});

describe("the first administrator", () => {
  test("gets a password that is shown once and works", async () => {
    const organization = await api.organization();
    const first = await createFirstAdmin(
      { organizationId: organization.id, email: "First@Example.com", name: "First" },
      new Date(),
    );

    expect(first).toMatchObject({
      email: "first@example.com",
      password: expect.stringMatching(/^([a-z2-9]{4}-){5}[a-z2-9]{4}$/),
    });
    expect((await attempt({ email: "first@example.com", password: first.password })).__typename).toBe("SignInSuccess");
  });

  test("who has an account keeps its password", async () => {
    const { email } = await newAdmin();
    const other = await api.organization();
    expect(await createFirstAdmin({ organizationId: other.id, email, name: "Ada" }, new Date())).toMatchObject({
      password: null,
    });
  });
});

test("accounts are closed to the application, but for the functions it signs in with", async () => {
  for (const table of ["account", "sign_in_attempt"]) {
    await expect(api.database.pool.query(`SELECT * FROM ${table}`), table).rejects.toMatchObject({ code: "42501" });
  }
  const { rows } = await api.database.owner.query(
    `SELECT proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
     WHERE nspname IN ('access_api', 'usage_api') AND (NOT prosecdef OR NOT proconfig @> ARRAY['search_path=pg_catalog'])`,
  );
  expect(rows).toEqual([]);
});

test("looking for memberships leaves the organization of the connection as it was", async () => {
  const { organization, email } = await newAdmin();
  const { rows } = await api.database.owner.query("SELECT id FROM account WHERE email = $1", [email]);
  const seen = await runAs(organization.id, () =>
    inTransaction(async () => {
      await memberships(rows[0].id);
      return (await query<{ id: string }>("SELECT current_organization_id() AS id")).rows[0]?.id;
    }),
  );
  expect(seen).toBe(organization.id);
});

describe("a password", () => {
  test("matches its own hash and no other", async () => {
    const hash = await hashPassword("Straße 7");
    expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPassword("Straße 7", hash)).toBe(true);
    expect(await isPassword("Strasse 7", hash)).toBe(false);
    expect(await isPassword("", null)).toBe(false);
  });

  test("is new each time", () => {
    expect(new Set(Array.from({ length: 100 }, newPassword)).size).toBe(100);
  });
});
