import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";

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

const ALL = `id legalName addressLines country taxNumber bankDetails baseCurrency timeZone mode taxRounding paymentTerms { kind days }
  brandColor mailFrom varianceThresholds { amount percent } version today now`;
const read = async () => (await admin.data(`{ organization { ${ALL} } }`)).organization;
const update = (input: object) =>
  admin.command("updateOrganization", `organization { ${ALL} }`, { version: 1, ...input });

describe("an organization", () => {
  test("is what its administrator set", async () => {
    const before = await read();
    const answer = await update({
      legalName: "Ledgerline Ltd",
      taxNumber: null,
      paymentTerms: { kind: "END_OF_MONTH", days: 14 },
      varianceThresholds: { amount: "250.50", percent: "10" },
      taxRounding: "PER_RATE",
    });

    expect(answer.organization).toEqual({
      ...before,
      legalName: "Ledgerline Ltd",
      taxNumber: null,
      paymentTerms: { kind: "END_OF_MONTH", days: 14 },
      varianceThresholds: { amount: "250.5", percent: "10" },
      taxRounding: "PER_RATE",
      version: 2,
    });
    expect(await read()).toEqual(answer.organization);
  });

  test("says everything that is wrong at once", async () => {
    const answer = await update({
      legalName: " ",
      country: "gb",
      timeZone: "Europe/Atlantis",
      brandColor: "green",
      mailFrom: "nobody",
      paymentTerms: { kind: "NET_DAYS", days: 366 },
      varianceThresholds: { amount: "-1", percent: "20" },
    });

    expect(answer.__typename).toBe("InvalidInput");
    expect(
      answer.problems.map(({ code, path }: { code: string; path: string[] }) => `${path.join(".")}: ${code}`).sort(),
    ).toEqual([
      "brandColor: COLOR_MALFORMED",
      "country: COUNTRY_MALFORMED",
      "legalName: TEXT_MISSING",
      "mailFrom: EMAIL_MALFORMED",
      "paymentTerms.days: PAYMENT_DAYS_OUT_OF_RANGE",
      "timeZone: TIME_ZONE_UNKNOWN",
      "varianceThresholds.amount: THRESHOLD_OUT_OF_RANGE",
    ]);
  });

  test("cannot lose what it needs", async () => {
    expect(await update({ legalName: null })).toMatchObject({ code: "NULL_NOT_ALLOWED", path: ["legalName"] });
  });

  test("is not changed by who read an older version", async () => {
    await update({ legalName: "First Ltd" });
    expect(await update({ legalName: "Second Ltd" })).toMatchObject({
      __typename: "StaleVersion",
      code: "STALE_VERSION",
      currentVersion: 2,
    });
    expect(await read()).toMatchObject({ legalName: "First Ltd" });
  });

  test("remembers who changed what", async () => {
    await update({ brandColor: "#000000" });
    const { rows } = await api.database.owner.query(
      "SELECT actor_kind, actor_name, before->>'brandColor' AS before, after->>'brandColor' AS after FROM audit_event WHERE organization_id = $1 AND action = 'organization.updated'",
      [organization.id],
    );
    expect(rows).toEqual([{ actor_kind: "api_key", actor_name: "test admin", before: "#1f5f4a", after: "#000000" }]);
  });

  test("keeps its time zone once usage was recorded", async () => {
    expect((await update({ timeZone: "America/New_York" })).organization.timeZone).toBe("America/New_York");
    const event = { id: "e1", alias: "acme", type: "call", timestamp: "2026-10-31T12:00:00Z" };
    await admin.done("recordUsageEvents", "recorded", { events: [event] });

    expect(await update({ version: 2, timeZone: "Europe/London" })).toMatchObject({
      __typename: "Conflict",
      code: "TIME_ZONE_IN_USE",
      path: ["timeZone"],
    });
    expect((await update({ version: 2, timeZone: "America/New_York" })).__typename).toBe("UpdateOrganizationSuccess");
  });
});

describe("the clock", () => {
  test.each([
    ["Europe/London", "2026-11-01"],
    ["America/New_York", "2026-10-31"],
  ])("of a sandbox shows the day in %s", async (timeZone, today) => {
    const { admin } = await api.organization({ timeZone, now: "2026-11-01T02:30:00Z" });
    expect((await admin.data("{ organization { today now } }")).organization).toEqual({
      today,
      now: "2026-11-01T02:30:00.000Z",
    });
  });

  test("of a sandbox can be set, and is set for the answer already", async () => {
    const answer = await admin.done("setTestClock", "organization { today now }", { now: "2026-12-01T00:30:00+01:00" });
    expect(answer.organization).toEqual({ today: "2026-11-30", now: "2026-11-30T23:30:00.000Z" });
    expect(await read()).toMatchObject(answer.organization);
  });

  test.each(["1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z"])("cannot be set to %s", async (now) => {
    expect(await admin.command("setTestClock", "organization { id }", { now })).toMatchObject({
      __typename: "InvalidInput",
      code: "CLOCK_OUT_OF_RANGE",
      path: ["now"],
    });
  });

  test("of a live organization cannot", async () => {
    const { admin } = await api.organization({ mode: "live", testClockAt: null });
    expect(await admin.command("setTestClock", "organization { id }", { now: "2026-12-01T00:00:00Z" })).toMatchObject({
      __typename: "Conflict",
      code: "NOT_A_SANDBOX",
      path: ["now"],
    });
    const { now } = (await admin.data("{ organization { now } }")).organization;
    expect(Math.abs(Date.now() - Date.parse(now))).toBeLessThan(60_000);
  });
});

describe("a command that is repeated", () => {
  test("answers the same and happens once", async () => {
    const input = { version: 1, legalName: "Once Ltd", idempotencyKey: newId() };
    const first = await update(input);
    const again = await update(input);

    expect(first).toMatchObject({ organization: { version: 2, legalName: "Once Ltd" } });
    expect(again).toEqual(first);
  });

  test("with other input is refused", async () => {
    const idempotencyKey = newId();
    await update({ legalName: "One Ltd", idempotencyKey });
    expect(await update({ legalName: "Other Ltd", idempotencyKey })).toMatchObject({
      __typename: "IdempotencyKeyReused",
      path: ["idempotencyKey"],
    });
    expect(await read()).toMatchObject({ legalName: "One Ltd", version: 2 });
  });

  test("after a refusal may use its key again", async () => {
    const idempotencyKey = newId();
    await update({ legalName: "", idempotencyKey });
    expect((await update({ legalName: "Good Ltd", idempotencyKey })).__typename).toBe("UpdateOrganizationSuccess");
  });

  test("two commands of one request each answer what they did", async () => {
    const one = (version: number, legalName: string) => ({ version, legalName, idempotencyKey: newId() });
    const data = await admin.data(
      `mutation ($a: UpdateOrganizationInput!, $b: UpdateOrganizationInput!) {
        a: updateOrganization(input: $a) { ... on UpdateOrganizationSuccess { organization { version legalName } } }
        b: updateOrganization(input: $b) { ... on UpdateOrganizationSuccess { organization { version legalName } } } }`,
      { a: one(1, "A Ltd"), b: one(2, "B Ltd") },
    );
    expect(data).toEqual({
      a: { organization: { version: 2, legalName: "A Ltd" } },
      b: { organization: { version: 3, legalName: "B Ltd" } },
    });
  });
});
