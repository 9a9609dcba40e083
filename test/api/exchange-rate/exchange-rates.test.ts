import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";

let api: TestApi;
let org: TestOrganization;
let finance: Client;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  org = await api.organization();
  finance = await org.as("finance");
});
afterAll(() => api.stop());

const rate = (from: string, to: string, on: string, value: string, source = "ECB") => ({
  from,
  to,
  on,
  rate: value,
  source,
});
const set = (rates: readonly object[], more: object = {}): Promise<Answer> =>
  finance.command("setExchangeRates", "set replaced staleInvoices", { rates, ...more });
const listed = async (args = ""): Promise<string[]> =>
  (await finance.data(`{ exchangeRates${args} { nodes { from to on rate source } } }`)).exchangeRates.nodes.map(
    (each: Answer) => `${each.on} ${each.from}/${each.to} ${each.rate} ${each.source}`,
  );
const documentRate = async (from: string, to: string, on: string): Promise<string | null> => {
  const { documentRate: found } = await finance.data(
    "query ($from: String!, $to: String!, $on: PlainDate!) { documentRate(from: $from, to: $to, on: $on) { on rate } }",
    { from, to, on },
  );
  return found && `${found.on} ${found.rate}`;
};
const problems = ({ problems: all }: Answer): string[] =>
  all.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`);

describe("exchange rates", () => {
  it("are set many at once and listed, the newest first", async () => {
    const answer = await set([
      rate("EUR", "GBP", "2026-10-29", "0.8701"),
      rate("USD", "GBP", "2026-10-30", "0.76"),
      rate("EUR", "GBP", "2026-10-30", "0.8712"),
    ]);
    expect(answer).toMatchObject({ set: 3, replaced: 0, staleInvoices: 0 });
    expect(await listed()).toEqual([
      "2026-10-30 EUR/GBP 0.8712 ECB",
      "2026-10-30 USD/GBP 0.76 ECB",
      "2026-10-29 EUR/GBP 0.8701 ECB",
    ]);
    expect(await listed(`(from: "EUR", to: "GBP", through: "2026-10-29")`)).toEqual(["2026-10-29 EUR/GBP 0.8701 ECB"]);
  });

  it("are read in pages without a gap or a double", async () => {
    await set(
      Array.from({ length: 9 }, (_, index) => [
        rate("EUR", "GBP", `2026-10-0${index + 1}`, "0.87"),
        rate("USD", "GBP", `2026-10-0${index + 1}`, "0.76"),
      ]).flat(),
    );
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { exchangeRates }: Answer = await finance.data(
        "query ($after: String) { exchangeRates(first: 5, after: $after) { nodes { from on } pageInfo { hasNextPage endCursor } } }",
        { after },
      );
      seen.push(...exchangeRates.nodes.map(({ from, on }: Answer) => `${on} ${from}`));
      if (!exchangeRates.pageInfo.hasNextPage) break;
      after = exchangeRates.pageInfo.endCursor;
    }
    expect(seen).toHaveLength(18);
    expect(new Set(seen).size).toBe(18);
    expect(
      seen.toSorted((a, b) => (a.slice(0, 10) < b.slice(0, 10) ? 1 : a.slice(0, 10) > b.slice(0, 10) ? -1 : 0)),
    ).toEqual(seen);
  });

  it("replace those of the same day, which the audit trail remembers", async () => {
    await set([rate("EUR", "GBP", "2026-10-30", "0.8"), rate("EUR", "GBP", "2026-10-29", "0.7")]);
    expect(
      await set([rate("EUR", "GBP", "2026-10-30", "0.8712"), rate("EUR", "GBP", "2026-10-29", "0.7")]),
    ).toMatchObject({
      set: 2,
      replaced: 1,
    });
    expect(await listed()).toEqual(["2026-10-30 EUR/GBP 0.8712 ECB", "2026-10-29 EUR/GBP 0.7 ECB"]);
    const { auditEvents } = await org.admin.data(
      "query ($id: ID!) { auditEvents(subjectId: $id) { nodes { action before after } } }",
      { id: org.id },
    );
    expect(auditEvents.nodes.filter(({ before }: Answer) => before !== null)).toMatchObject([
      {
        action: "exchange_rates.set",
        before: { rates: [{ from: "EUR", to: "GBP", on: "2026-10-30", rate: "0.8" }] },
        after: { rates: [{ rate: "0.8712" }, { rate: "0.7" }] },
      },
    ]);
  });

  it("of a document are the latest of the last seven days, in either direction", async () => {
    await set([rate("EUR", "GBP", "2026-10-30", "0.8"), rate("GBP", "USD", "2026-10-30", "1.6")]);
    expect(await documentRate("EUR", "GBP", "2026-10-30")).toBe("2026-10-30 0.8");
    expect(await documentRate("EUR", "GBP", "2026-11-06")).toBe("2026-10-30 0.8");
    expect(await documentRate("EUR", "GBP", "2026-11-07")).toBeNull();
    expect(await documentRate("EUR", "GBP", "2026-10-29")).toBeNull();
    expect(await documentRate("GBP", "EUR", "2026-10-30")).toBe("2026-10-30 1.25");
    expect(await documentRate("USD", "GBP", "2026-10-31")).toBe("2026-10-30 0.625");
  });

  test.each<[string, readonly object[], string]>([
    ["none", [], "rates: RATES_OUT_OF_RANGE"],
    ["zero", [rate("EUR", "GBP", "2026-10-30", "0")], "rates.0.rate: RATE_OUT_OF_RANGE"],
    ["a negative rate", [rate("EUR", "GBP", "2026-10-30", "-1")], "rates.0.rate: RATE_OUT_OF_RANGE"],
    ["a currency that there is not", [rate("EUR", "XXQ", "2026-10-30", "1")], "rates.0.to: CURRENCY_UNKNOWN"],
    ["a currency and itself", [rate("EUR", "EUR", "2026-10-30", "1")], "rates.0.to: CURRENCIES_ALIKE"],
    ["nobody as source", [rate("EUR", "GBP", "2026-10-30", "1", "")], "rates.0.source: TEXT_MISSING"],
    [
      "two rates of one day",
      [rate("EUR", "GBP", "2026-10-30", "1"), rate("EUR", "GBP", "2026-10-30", "2")],
      "rates.1: RATE_GIVEN_TWICE",
    ],
  ])("are refused with %s", async (_, rates, problem) => {
    expect(problems(await set(rates))).toContain(problem);
    expect(await listed()).toEqual([]);
  });

  it("are refused beyond a thousand at once", async () => {
    const many = Array.from({ length: 1_001 }, (_, index) =>
      rate("EUR", "GBP", new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10), "1"),
    );
    expect(problems(await set(many))).toEqual(["rates: RATES_OUT_OF_RANGE"]);
    expect(await set(many.slice(1))).toMatchObject({ set: 1_000 });
  });

  it("are set once by one idempotency key, by who keeps the catalog, and seen by their organization alone", async () => {
    const once = { idempotencyKey: "once" };
    await set([rate("EUR", "GBP", "2026-10-30", "0.8")], once);
    expect(await set([rate("EUR", "GBP", "2026-10-30", "0.8")], once)).toMatchObject({ set: 1, replaced: 0 });
    expect(await set([rate("EUR", "GBP", "2026-10-30", "0.9")], once)).toMatchObject({
      __typename: "IdempotencyKeyReused",
    });
    for (const role of ["sales", "analyst"] as const) {
      const { errors } = await (await org.as(role)).ask(
        "mutation ($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { __typename } }",
        { input: { rates: [rate("EUR", "GBP", "2026-10-30", "0.8")], idempotencyKey: "k" } },
      );
      expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    }
    const { admin } = await api.organization();
    expect(await admin.data("{ exchangeRates { nodes { on } } }")).toEqual({ exchangeRates: { nodes: [] } });
  });
});

describe("reporting rates", () => {
  const setReporting = (rates: readonly object[]): Promise<Answer> =>
    finance.command("setReportingRates", "set replaced", { rates });
  const of = async (month: string): Promise<string[]> =>
    (
      await finance.data("query ($month: PlainMonth!) { reportingRates(month: $month) { currency rate source } }", {
        month,
      })
    ).reportingRates.map(({ currency, rate: value, source }: Answer) => `${currency} ${value} ${source}`);

  it("are one per currency and month, and replaced", async () => {
    const october = (currency: string, value: string) => ({ currency, month: "2026-10", rate: value, source: "HMRC" });
    expect(await setReporting([october("USD", "0.76"), october("EUR", "0.87")])).toMatchObject({ set: 2, replaced: 0 });
    expect(await setReporting([october("EUR", "0.88")])).toMatchObject({ set: 1, replaced: 1 });
    expect(await of("2026-10")).toEqual(["EUR 0.88 HMRC", "USD 0.76 HMRC"]);
    expect(await of("2026-11")).toEqual([]);
    expect(problems(await setReporting([october("GBP", "1")]))).toEqual(["rates.0.currency: CURRENCIES_ALIKE"]);
    expect(problems(await setReporting([october("EUR", "1"), october("EUR", "2")]))).toEqual([
      "rates.1: RATE_GIVEN_TWICE",
    ]);
  });
});
