import { type Answer, type Client, type TestApi, type TestOrganization } from "../../testkit/api";

/** An organization that measures calls and bytes, with a customer; every test makes its own. */
export type UsageWorld = {
  readonly organization: TestOrganization;
  readonly admin: Client;
  readonly customerId: string;
  /** Metrics by their code. */
  readonly metrics: Readonly<Record<"calls" | "bytes" | "peak", string>>;
  newCustomer(legalName: string, alias?: string): Promise<string>;
  newMetric(input: object): Promise<string>;
  record(events: readonly object[]): Promise<Answer>;
  /** Records events that are known, with what is other now. */
  correct(events: readonly object[]): Promise<Answer>;
  void(eventIds: readonly string[], more?: object): Promise<Answer>;
};

type Settings = Parameters<TestApi["organization"]>[0];

export async function usageWorld(api: TestApi, settings: Settings = {}): Promise<UsageWorld> {
  const organization = await api.organization(settings);
  const { admin } = organization;
  const newMetric = async (input: object): Promise<string> =>
    (await admin.done("createUsageMetric", "usageMetric { id }", { name: "Metric", unit: "unit", ...input }))
      .usageMetric.id;
  const newCustomer = async (legalName: string, alias?: string): Promise<string> => {
    const { customer } = await admin.done("createCustomer", "customer { id }", { legalName, currency: "GBP" });
    if (alias) await admin.done("mapCustomerAlias", "staleInvoices", { customerId: customer.id, alias });
    return customer.id;
  };
  const record = (events: readonly object[]) =>
    admin.command(
      "recordUsageEvents",
      "recorded duplicates corrected unattributed unknownAliases warnings { code message path }",
      { events },
    );
  return {
    organization,
    admin,
    newMetric,
    newCustomer,
    customerId: await newCustomer("Acme Ltd", "acme"),
    metrics: {
      calls: await newMetric({ code: "calls", eventType: "call", aggregation: "COUNT" }),
      bytes: await newMetric({ code: "bytes", eventType: "transfer", aggregation: "SUM", property: "bytes" }),
      peak: await newMetric({ code: "peak", eventType: "transfer", aggregation: "MAX", property: "bytes" }),
    },
    record,
    correct: (events) => record(events.map((event) => ({ isCorrection: true, ...event }))),
    void: (eventIds, more = {}) =>
      admin.command("voidUsageEvents", "voided alreadyVoided", { eventIds, reason: "sent twice", ...more }),
  };
}

/** The day sums of an organization: metric, alias, day, group if there is one, events, sum, maximum. */
export async function daySumsOf(api: TestApi, organizationId: string): Promise<string[]> {
  const { rows } = await api.database.owner.query(
    `SELECT concat_ws(' ', metric.code, day.alias, day.occurred_on::text, nullif(day.group_key, ''), day.event_count,
                      trim_scale(day.quantity_sum), trim_scale(day.quantity_max)) AS line
     FROM usage_day AS day JOIN usage_metric AS metric ON metric.id = day.metric_id
     WHERE day.organization_id = $1 ORDER BY 1`,
    [organizationId],
  );
  return rows.map(({ line }) => line);
}

let made = 0;

/** A call of Acme on 15 October 2026, with an id of its own. */
export const call = (more: object = {}): Answer => ({
  id: `event-${++made}`,
  alias: "acme",
  type: "call",
  timestamp: "2026-10-15T12:00:00Z",
  ...more,
});

export const transfer = (bytes: unknown, more: object = {}): Answer =>
  call({ type: "transfer", properties: { bytes }, ...more });

/** What an answer has wrong, as "place: CODE". */
export const problemsOf = (answer: Answer): string[] =>
  answer.problems.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`);
