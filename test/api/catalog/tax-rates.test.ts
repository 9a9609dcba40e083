import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";

let api: TestApi;
let admin: Client;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  admin = (await api.organization()).admin;
});
afterAll(() => api.stop());

const RATE = "code name jurisdiction percent category exemptionText validFromOn";
const vat = {
  code: "standard",
  name: "VAT 20 %",
  jurisdiction: "GB",
  percent: "20",
  category: "STANDARD",
  validFromOn: "2011-01-04",
};
const set = (input: object) =>
  admin.command("setTaxRate", `staleInvoices warnings { code path } taxRate { ${RATE} }`, { ...vat, ...input });
const problemsOf = (answer: Answer): string[] =>
  answer.problems.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`);

describe("a tax rate", () => {
  test("follows the earlier ones of its code, which stay", async () => {
    await set({});
    await set({ percent: "17.5", name: "VAT 17.5 %", validFromOn: "2010-01-01" });
    await set({
      code: "exempt",
      name: "Exempt",
      percent: "0",
      category: "EXEMPT",
      exemptionText: "VAT exempt, insurance",
    });
    expect((await admin.data(`{ taxRates { ${RATE} } }`)).taxRates).toEqual([
      {
        ...vat,
        code: "exempt",
        name: "Exempt",
        percent: "0",
        category: "EXEMPT",
        exemptionText: "VAT exempt, insurance",
      },
      { ...vat, name: "VAT 17.5 %", percent: "17.5", validFromOn: "2010-01-01", exemptionText: null },
      { ...vat, exemptionText: null },
    ]);
  });

  test("is not set twice for a day", async () => {
    await set({});
    expect(await set({ percent: "21" })).toMatchObject({
      __typename: "Conflict",
      code: "TAX_RATE_EXISTS",
      path: ["validFromOn"],
    });
  });

  test.each([
    ["-1", "STANDARD", ["percent: PERCENT_OUT_OF_RANGE"]],
    ["100.1", "STANDARD", ["percent: PERCENT_OUT_OF_RANGE"]],
    ["7.12345", "REDUCED", ["percent: PERCENT_TOO_PRECISE"]],
    ["5", "ZERO", ["percent: PERCENT_NOT_ZERO"]],
    ["0", "EXEMPT", ["exemptionText: EXEMPTION_TEXT_MISSING"]],
  ])("of %s percent %s is refused", async (percent, category, expected) => {
    const answer = await set({ percent, category });
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual(expected);
  });

  test("between 0 and 1 percent is taken with a warning", async () => {
    expect(await set({ percent: "0.2" })).toMatchObject({
      warnings: [{ code: "PERCENT_BELOW_ONE", path: ["percent"] }],
      taxRate: { percent: "0.2" },
    });
    expect(await set({ percent: "1", validFromOn: "2012-01-01" })).toMatchObject({ warnings: [] });
  });

  test("cannot be sent as a number", async () => {
    const { errors } = await admin.ask(
      "mutation ($input: SetTaxRateInput!) { setTaxRate(input: $input) { __typename } }",
      {
        input: { ...vat, percent: 20, idempotencyKey: "k" },
      },
    );
    expect(errors?.[0].message).toContain("input.percent");
  });

  test("of another organization is not seen", async () => {
    await set({});
    const theirs = await api.organization();
    expect((await theirs.admin.data("{ taxRates { code } }")).taxRates).toEqual([]);
  });
});
