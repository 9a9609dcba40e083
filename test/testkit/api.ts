import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger, runOnce } from "graphile-worker";
import pg from "pg";
import { connect, startServer, tasks } from "../../server/billgrid";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import type { MailTransport } from "../../server/integrations/email/mail";
import { createOutboxMail } from "../../server/integrations/email/outbox-mail";
import { createApiKey } from "../../server/modules/access/create-api-key";
import { createOrganization } from "../../server/modules/organization";
import type { Role } from "../../server/platform/access";
import { runAs } from "../../server/platform/database/tenant-pool";
import { newId } from "../../server/platform/ids";
import { createLogger } from "../../server/platform/logger";
import { RequestContext } from "../../server/platform/request-context";
import { createTestDatabase, type TestDatabase } from "./database";

// biome-ignore lint/suspicious/noExplicitAny: answers are read by tests, each of which knows what it asked for
export type Answer = any;

export type Reply = { readonly status: number; readonly data: Answer; readonly errors: readonly Answer[] | undefined };

/** Asks over real HTTP, as one caller. */
export type Client = {
  readonly token: string;
  /** The whole reply, with errors. */
  ask(query: string, variables?: object): Promise<Reply>;
  /** The data of a reply without errors. */
  data(query: string, variables?: object): Promise<Answer>;
  /**
   * A mutation's answer: `command("createProduct", "product { id }", { code: "API" })` sends the input with a fresh
   * idempotency key (unless it has one) and answers the union member, `__typename` and the fields of a UserError included.
   */
  command(mutation: string, selection: string, input: object): Promise<Answer>;
  /** Like command, where anything but success is the test's mistake. */
  done(mutation: string, selection: string, input: object): Promise<Answer>;
};

export type TestOrganization = {
  readonly id: string;
  /** a client with an API key of that role */
  as(role: Role): Promise<Client>;
  /** an administrator */
  readonly admin: Client;
};

export type TestApi = {
  readonly url: string;
  readonly database: TestDatabase;
  /** where mail of sandboxes ends up */
  readonly outbox: string;
  /** A sandbox whose clock stands at `now`, in London and GBP unless said. */
  organization(
    settings?: Partial<Parameters<typeof createOrganization>[0]> & { readonly now?: string },
  ): Promise<TestOrganization>;
  client(token: string | null): Client;
  /** Does all queued jobs, with what they enqueue, and comes back when the queue is empty. */
  work(): Promise<void>;
  stop(): Promise<void>;
};

export const TEST_NOW = "2026-11-03T09:00:00Z";

/**
 * A server on a database of its own; each test file starts one, each test makes the organization it needs. Mail goes to
 * the outbox folder, unless another transport is given.
 */
export async function startTestApi(options: { readonly transport?: MailTransport } = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), "billgrid-test-"));
  const logger = createLogger(process.env["LOG_LEVEL"] ?? "silent");
  const clock = { now: () => new Date() };
  const pool = connect(database);
  const server = await startServer({ database, logger, clock, host: "127.0.0.1", port: 0, graphiqlFolder: folder });
  const outbox = join(folder, "outbox");
  const transport = options.transport ?? createOutboxMail(outbox);
  const jobs = new pg.Pool({ connectionString: database.jobsUrl, max: 3 });
  jobs.on("error", () => {});
  jobs.on("connect", (client) => client.on("error", () => {}));
  const taskList = Object.fromEntries(
    Object.entries(tasks({ clock, publicUrl: server.url, transports: { live: transport, sandbox: transport } })).map(
      ([name, task]) => [
        name,
        (payload: unknown) => {
          const { organizationId, ...rest } = payload as { organizationId: string };
          return runAs(organizationId, async () => await task(rest));
        },
      ],
    ),
  );
  const client = (token: string | null) => clientOf(server.url, token);

  return {
    url: server.url,
    database,
    outbox,
    client,
    async organization({ now = TEST_NOW, ...settings } = {}) {
      const id = await createOrganization({ ...ORGANIZATION, testClockAt: new Date(now), ...settings }, new Date(now));
      const keyFor = (role: Role) =>
        runAs(id, async () => {
          const actor = { kind: "system", id: null, name: "Test", email: null, role: "admin" } as const;
          const caller = {
            organizationId: id,
            actor,
            sessionId: null,
            expiresAt: null,
            now: new Date(now),
            today: plainDate(now.slice(0, 10)),
          };
          const context = new RequestContext(newId(), caller, {
            clock,
            notifications: { listen: async function* () {}, stop: async () => {} },
            publicUrl: server.url,
          });
          const key = await createApiKey(context, {
            name: `test ${role}`,
            role,
            expiresAt: null,
            idempotencyKey: newId(),
          });
          if (!key.ok || key.value.token === null) throw new Error(JSON.stringify(key));
          return client(key.value.token);
        });
      return { id, as: keyFor, admin: await keyFor("admin") };
    },
    async work() {
      await runOnce({ pgPool: jobs, taskList, noHandleSignals: true, logger: new Logger(() => () => {}) });
    },
    async stop() {
      await server.stop();
      await jobs.end();
      await pool.end();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ORGANIZATION: Parameters<typeof createOrganization>[0] = {
  legalName: "Test Seller Ltd",
  addressLines: ["1 Test Street", "London"],
  country: "GB",
  taxNumber: "GB123456789",
  bankDetails: ["IBAN: GB33BUKB20201555555555"],
  baseCurrency: "GBP",
  timeZone: "Europe/London",
  mode: "sandbox",
  testClockAt: null,
  taxRounding: "per_line",
  paymentTerms: { kind: "net_days", days: 30 },
  brandColor: "#1f5f4a",
  mailFrom: "Test Billing <billing@example.com>",
  varianceThresholds: { amount: new Decimal(100), percent: new Decimal(20) },
};

function clientOf(url: string, token: string | null): Client {
  const ask: Client["ask"] = async (query, variables = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data: Answer; errors?: readonly Answer[] };
    return { status: response.status, data: body.data, errors: body.errors };
  };
  const data: Client["data"] = async (query, variables) => {
    const reply = await ask(query, variables);
    if (reply.errors) throw new Error(JSON.stringify(reply.errors, null, 1));
    return reply.data;
  };
  const command: Client["command"] = async (mutation, selection, input) => {
    const name = mutation[0]?.toUpperCase() + mutation.slice(1);
    const answer = await data(
      `mutation ($input: ${name}Input!) { ${mutation}(input: $input) { __typename ... on ${name}Success { ${selection} }
        ... on UserError { code message path } ... on InvalidInput { problems { code message path } } ... on StaleVersion { currentVersion } } }`,
      // Usage is idempotent by the ids of its events; all other commands by a key.
      { input: { ...(mutation === "recordUsageEvents" ? {} : { idempotencyKey: newId() }), ...input } },
    );
    return answer[mutation];
  };
  const done: Client["done"] = async (mutation, selection, input) => {
    const answer = await command(mutation, selection, input);
    if (!answer.__typename.endsWith("Success")) throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return { token: token ?? "", ask, data, command, done };
}
