import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { figuresOfVersion } from "../../../server/modules/quote";
import { startTestApi, type TestApi } from "../../testkit/api";
import { quoteWorld, simpleQuote } from "../quote/quote-world";
import { NOW, offerOfQuote, withVersion } from "./offer-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("the document of a quote", () => {
  test("says who offers what to whom, and until when", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, {}, { expiresOn: "2026-11-30" });
    expect(await offerOfQuote(world, id)).toMatchObject({
      kind: "sale",
      number: "Q-00001",
      version: 1,
      title: "Acme 2027",
      issuedOn: "3 November 2026",
      validUntil: "30 November 2026",
      seller: { legalName: "Test Seller Ltd", taxNumber: "GB123456789", brandColour: "#1f5f4a", logo: null },
      customer: { legalName: "Acme Ltd", contact: { name: "Ada Byron", email: "ada@acme.example" } },
      signers: [
        { order: 1, name: null, company: "Acme Ltd" },
        { order: 2, name: null, company: "Test Seller Ltd" },
      ],
    });
  });

  test("says on which end of its periods a line is billed that falls due otherwise than listed", async () => {
    const world = await quoteWorld(api);
    const { fee, seats } = world.prices;
    const perUnit = { unitPrice: "40" };
    const { id } = await simpleQuote(world, {
      phases: [
        {
          startsOn: "2027-01-01",
          lines: [
            { priceId: fee.id, customTerms: { terms: { flat: { fee: "5400" } }, cadence: "ANNUAL" } },
            {
              priceId: seats.id,
              quantity: "10",
              customTerms: {
                terms: { seat: { perUnit, strategy: "USE_MAXIMUM" } },
                cadence: "QUARTERLY",
                timing: "IN_ARREARS",
              },
            },
          ],
        },
      ],
    });
    const { phases, terms } = await offerOfQuote(world, id);
    expect(phases[0]?.lines).toMatchObject([
      {
        price: ["£5,400.00 per year, in advance"],
        amount: "£5,400.00",
        per: "per year",
        listAmount: "£6,000.00",
      },
      {
        price: ["£40.00 per seat and quarter, in arrears"],
        amount: "£400.00",
        per: "per quarter",
        listAmount: "£450.00",
      },
    ]);
    expect(terms).toContainEqual({
      label: "Billing",
      value: "Yearly in advance: Platform fee. Quarterly in arrears: Seat.",
    });
  });

  test("says each line with its price, discount, trial and ramp, and the amount that the engine bills", async () => {
    const world = await quoteWorld(api);
    const { fee, seats, calls, setup } = world.prices;
    const { id } = await simpleQuote(world, {
      phases: [
        {
          name: "First year",
          startsOn: "2027-01-01",
          lines: [
            { priceId: fee.id, trial: { months: 3, percentOff: "100" } },
            {
              priceId: seats.id,
              quantity: "10",
              discounts: [{ description: "Launch", percent: "10", endsBefore: "2027-07-01" }],
              ramp: [{ afterMonths: 6, quantity: "20" }],
            },
            { priceId: setup.id },
            { priceId: calls.id },
          ],
        },
      ],
    });
    const { phases } = await offerOfQuote(world, id);
    expect(phases).toMatchObject([{ name: "First year", days: "1 January – 31 December 2027 (12 months)" }]);
    expect(phases[0]?.lines).toEqual([
      {
        description: "Platform fee",
        price: ["£500.00 per month"],
        details: ["Free of charge for the first 3 months, until 31 March 2027."],
        quantity: null,
        amount: "£500.00",
        per: "per month",
        listAmount: null,
        isByUsage: false,
      },
      {
        description: "Seat",
        price: ["£15.00 per seat and month"],
        details: [
          "Added and removed seats count by the day.",
          "Launch: 10% off, until 30 June 2027.",
          "From 1 July 2027: 20 seats.",
        ],
        quantity: "10 seats",
        amount: "£135.00",
        per: "per month",
        listAmount: "£150.00",
        isByUsage: false,
      },
      {
        description: "Set-up",
        price: ["£1,000.00 once"],
        details: [],
        quantity: null,
        amount: "£1,000.00",
        per: "once",
        listAmount: null,
        isByUsage: false,
      },
      {
        description: "API calls",
        price: ["£0.10 per call up to 1,000, then £0.05"],
        details: [],
        quantity: null,
        amount: "by usage",
        per: null,
        listAmount: null,
        isByUsage: true,
      },
    ]);
  });

  test("says in sentences what is agreed beside the prices", async () => {
    const world = await quoteWorld(api);
    const { fee, calls, annual } = world.prices;
    const { id } = await simpleQuote(world, {
      anchorOn: "2027-01-15",
      paymentTerms: { kind: "END_OF_MONTH", days: 10 },
      poNumber: "PO-7",
      renewal: { months: 12, noticeDays: 60, upliftPercent: "3" },
      phases: [{ startsOn: "2027-01-01", lines: [{ priceId: fee.id }, { priceId: annual.id }, { priceId: calls.id }] }],
      minimums: [
        {
          description: "Commitment",
          amount: { amount: "1000", currency: "GBP" },
          cadence: "MONTHLY",
          productId: world.productId,
        },
      ],
      discounts: [
        {
          description: "Partner",
          percent: "5",
          scope: { group: { lineageIds: [fee.lineageId] } },
          endsBefore: "2027-07-01",
        },
      ],
    });
    const { terms, commitments } = await offerOfQuote(world, id);
    expect(terms).toEqual([
      { label: "Term", value: "1 January – 31 December 2027 (12 months)" },
      {
        label: "Billing",
        value: "Monthly in advance: Platform fee. Yearly in advance: Support plan. Monthly in arrears: API calls.",
      },
      { label: "Billing periods", value: "Begin on the 15th of the month." },
      {
        label: "Payment",
        value: "By the end of the month in which 10 days from the invoice date are over.",
      },
      {
        label: "Renewal",
        value:
          "Renews for 12 months at a time, with recurring prices raised by 3%, unless one of the parties gives notice at least 60 days before the term ends.",
      },
      { label: "Currency", value: "GBP" },
      { label: "PO number", value: "PO-7" },
    ]);
    expect(commitments).toEqual([
      {
        kind: "Minimum",
        description: "Commitment",
        sentence: "At least £1,000.00 per month for all lines together; what is missing is added to the invoice.",
      },
      { kind: "Discount", description: "Partner", sentence: "5% off Platform fee. Holds until 30 June 2027." },
    ]);
  });

  test("shows the very figures of the quote: phases, years, the whole, and the first invoices", async () => {
    const world = await quoteWorld(api);
    const { fee, seats, setup } = world.prices;
    const { id } = await simpleQuote(world, {
      endsBefore: "2028-07-01",
      phases: [
        { startsOn: "2027-01-01", lines: [{ priceId: fee.id }, { priceId: setup.id }] },
        {
          startsOn: "2027-10-01",
          lines: [{ priceId: seats.id, quantity: "7", discounts: [{ description: "Loyal", percent: "12.5" }] }],
        },
      ],
    });
    const { totals, phases, invoices, highlights } = await offerOfQuote(world, id);
    const priced = await withVersion(world, id, (quote, version) => figuresOfVersion(quote, version, NOW));
    if (!priced.ok || !totals) throw new Error("a complete quote has figures");
    const figures = priced.value;
    const pounds = (amount: { toFixed(digits: number): string }) =>
      `£${amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}`;
    expect(totals.total).toMatchObject({ list: pounds(figures.total.list), net: pounds(figures.total.net) });
    expect(totals.phases.map(({ net }) => net)).toEqual(figures.phases.map(({ net }) => pounds(net)));
    expect(totals.years.map(({ net }) => net)).toEqual(figures.years.map(({ net }) => pounds(net)));
    expect(phases.map(({ total }) => total?.net)).toEqual(figures.phases.map(({ net }) => pounds(net)));
    expect(invoices?.invoices.map(({ amount }) => amount)).toEqual(figures.invoices.map(({ net }) => pounds(net)));
    expect(invoices?.remarks).toEqual(["Further invoices follow in the same way."]);
    expect(highlights[0]).toMatchObject({ label: "Total contract value", value: pounds(figures.total.net) });
    // 105.00 a month less 13.13: a discount is rounded, then subtracted.
    expect(phases[1]?.lines[0]).toMatchObject({ amount: "£91.87", listAmount: "£105.00" });
    expect(totals.total).toMatchObject({ net: "£6,326.83", discount: "-£118.17" });
  });

  test("speaks of further invoices only where there are any", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { invoices } = await offerOfQuote(world, id);
    expect(invoices?.invoices).toHaveLength(12);
    expect(invoices?.remarks).toEqual([]);
  });

  test("of a draft without lines yet has no totals, and can be printed", async () => {
    const world = await quoteWorld(api);
    const { quote } = await world.sales.done("createQuote", "quote { id }", {
      prospect: { legalName: "Newcomer GmbH", contactName: "Eva", contactEmail: "eva@newcomer.example" },
      terms: { name: "Newcomer", startsOn: "2027-01-01" },
    });
    const document = await offerOfQuote(world, quote.id);
    expect(document).toMatchObject({
      totals: null,
      invoices: null,
      phases: [],
      customer: { legalName: "Newcomer GmbH", contact: { name: "Eva", email: "eva@newcomer.example" } },
    });
    expect(document.terms[0]).toEqual({ label: "Term", value: "From 1 January 2027 until further notice" });
  });
});
