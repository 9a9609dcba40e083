import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";
import { makeCompany, operate } from "../../testkit/company";
import { readPdf } from "../integrations/read-pdf";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** A British seller bills a customer 99.99 euros a month from 1 November, in advance, and VAT of 20 %. */
async function euroWorld() {
  const org = await api.organization({ now: "2026-11-03T09:00:00Z" });
  const { finance } = await makeCompany(org, { customers: 1, currency: "EUR", fee: "99.99", startsOn: "2026-11-01" });
  return { org, finance };
}

const invoiceOf = async (finance: Client): Promise<Answer> =>
  (
    await finance.data(`{ invoices { nodes { id status blockers staleReasons taxPointOn net { amount } tax { amount }
      exchangeRate { rate on source net { amount currency } tax { amount currency } } } } }`)
  ).invoices.nodes[0];
const setRate = (finance: Client, on: string, rate: string) =>
  finance.done("setExchangeRates", "staleInvoices", {
    rates: [{ from: "EUR", to: "GBP", on, rate, source: "ECB" }],
  });
const codes = ({ items }: Answer): string[] => items.nodes.map(({ code }: Answer) => code);
const finalize = async (finance: Client): Promise<Answer> =>
  operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: [(await invoiceOf(finance)).id] } });
const setClock = ({ admin }: TestOrganization, now: string) =>
  admin.done("setTestClock", "organization { id }", { now });

describe("an invoice in another currency than the base one", () => {
  it("is blocked as long as there is no rate, and stale when there is", async () => {
    const { finance } = await euroWorld();
    await operate(api, finance, "draftInvoices", {});
    expect(await invoiceOf(finance)).toMatchObject({ blockers: ["EXCHANGE_RATE_MISSING"], exchangeRate: null });
    expect(codes(await finalize(finance))).toEqual(["EXCHANGE_RATE_MISSING"]);
    expect(await setRate(finance, "2026-10-30", "0.8712")).toMatchObject({ staleInvoices: 1 });
    expect(await invoiceOf(finance)).toMatchObject({ staleReasons: ["EXCHANGE_RATE"] });
    await operate(api, finance, "recalculateInvoices", {
      selection: { invoiceIds: [(await invoiceOf(finance)).id] },
    });
    expect(await invoiceOf(finance)).toMatchObject({ blockers: [], staleReasons: [] });
  });

  it("fixes rate and amounts in the base currency when it is issued, whatever the rate is later", async () => {
    const { finance } = await euroWorld();
    await setRate(finance, "2026-10-30", "0.8712");
    await operate(api, finance, "draftInvoices", {});
    expect((await invoiceOf(finance)).exchangeRate).toBeNull();
    expect(codes(await finalize(finance))).toEqual(["FINALIZED"]);
    const issued = {
      taxPointOn: "2026-11-03",
      net: { amount: "99.99" },
      tax: { amount: "20.00" },
      exchangeRate: {
        rate: "0.8712",
        on: "2026-10-30",
        source: "ECB",
        net: { amount: "87.11", currency: "GBP" },
        tax: { amount: "17.42", currency: "GBP" },
      },
    };
    expect(await invoiceOf(finance)).toMatchObject(issued);
    await setRate(finance, "2026-10-30", "0.9");
    expect(await invoiceOf(finance)).toMatchObject(issued);
  });

  it("states its tax in the base currency, with the rate, on its PDF", async () => {
    const { finance } = await euroWorld();
    await setRate(finance, "2026-10-30", "0.8712");
    await operate(api, finance, "draftInvoices", {});
    await finalize(finance);
    const { id } = await invoiceOf(finance);
    const response = await fetch(`${api.url}/documents/${id}.pdf`, {
      headers: { authorization: `Bearer ${finance.token}` },
    });
    const text = JSON.stringify(await readPdf(Buffer.from(await response.arrayBuffer())));
    for (const said of ["VAT in GBP", "17.42", "1 EUR = 0.8712 GBP (ECB, 30 October 2026)"]) {
      expect(text).toContain(said);
    }
  });

  it("waits for a rate that is young enough on the day of issue", async () => {
    const { org, finance } = await euroWorld();
    await setRate(finance, "2026-10-30", "0.8712");
    await operate(api, finance, "draftInvoices", {});
    await setClock(org, "2026-11-09T09:00:00Z");
    const { items } = await finalize(finance);
    expect(items.nodes).toMatchObject([
      {
        code: "EXCHANGE_RATE_MISSING",
        message:
          "There is no rate from EUR to GBP for 9 Nov 2026; the latest is of 30 Oct 2026, which is too old. Set the rate, then finalize again.",
      },
    ]);
    await setRate(finance, "2026-11-09", "0.88");
    expect(codes(await finalize(finance))).toEqual(["FINALIZED"]);
    expect((await invoiceOf(finance)).exchangeRate).toMatchObject({ rate: "0.88", on: "2026-11-09" });
  });
});
