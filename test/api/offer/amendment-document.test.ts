import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { quoteWorld } from "../quote/quote-world";
import { withRunningContract } from "../quote/running-contract";
import { offerOfQuote } from "./offer-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("the document of an amendment quote", () => {
  test("names the contract, lists the changes in words, and says what they come to", async () => {
    const world = await withRunningContract(await quoteWorld(api));
    const { sales, prices, productId, contractId, contractNumber } = world;
    const { quote } = await sales.done("createAmendmentQuote", "quote { id }", {
      contractId,
      terms: {
        effectiveOn: "2026-12-01",
        reason: "More people",
        changes: [
          { changeQuantity: { lineageId: prices.seats.lineageId, quantity: "25" } },
          { addLine: { line: { priceId: prices.calls.id, discounts: [{ description: "Launch", percent: "10" }] } } },
          { changePrice: { lineageId: prices.fee.lineageId, customTerms: { terms: { flat: { fee: "450" } } } } },
          {
            addMinimum: {
              key: "floor",
              description: "Floor",
              amount: { amount: "700", currency: "GBP" },
              cadence: "MONTHLY",
              productId,
            },
          },
          { addDiscount: { description: "For it", percent: "2", scope: { commitment: { key: "floor" } } } },
        ],
      },
    });
    const document = await offerOfQuote(world, quote.id);
    expect(document).toMatchObject({ kind: "amendment", title: "Acme 2026", phases: [], totals: null });
    expect(document.terms).toEqual(
      expect.arrayContaining([
        { label: "Contract", value: `${contractNumber} · Acme 2026` },
        { label: "Takes effect", value: "1 December 2026" },
        { label: "Reason", value: "More people" },
      ]),
    );
    expect(document.changes).toEqual([
      { subject: "Seat", sentence: "The quantity goes from 10 to 25.", details: [], days: "from 1 December 2026" },
      {
        subject: "API calls",
        sentence: "Is added.",
        details: ["£0.10 per call up to 1,000, then £0.05", "Launch: 10% off."],
        days: "from 1 December 2026",
      },
      {
        subject: "Platform fee",
        sentence: "The price becomes:",
        details: ["£450.00 per month"],
        days: "from 1 December 2026",
      },
      {
        subject: "Floor",
        sentence: "A new minimum holds:",
        details: ["At least £700.00 per month for all lines together; what is missing is added to the invoice."],
        days: "from 1 December 2026",
      },
      {
        subject: "For it",
        sentence: "A new discount holds:",
        details: ["2% off what counts towards “Floor”."],
        days: "from 1 December 2026",
      },
    ]);
    // December: 450.00 and 25 seats at 15.00, less 2 %: 808.50 in the place of 650.00.
    expect(document.highlights).toEqual([
      expect.objectContaining({ label: "Change of the contract value", value: "+£158.50" }),
      expect.objectContaining({ label: "Per month from then on", value: "£808.50" }),
    ]);
    expect(document.terms.at(-1)).toEqual({ label: "Per month", value: "£650.00 before, £808.50 after" });
  });
});
