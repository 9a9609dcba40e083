import { describe, expect, test } from "vitest";
import { formatAmount, formatAmountWithSign, formatPercent } from "../../../server/integrations/pdf/format-amount";
import { formatDay, formatPeriod } from "../../../server/integrations/pdf/format-day";
import type { InvoiceDocument } from "../../../server/integrations/pdf/invoice-document";
import { invoiceWords } from "../../../server/integrations/pdf/invoice-words";
import { renderInvoicePdf } from "../../../server/integrations/pdf/render-invoice-pdf";
import { readPdf } from "./read-pdf";
import { sampleInvoice, sampleInvoiceOfLines, sampleLine } from "./sample-invoice";

const words = invoiceWords["en-GB"];
const gbp = { code: "GBP", minorUnits: 2 };
const jpy = { code: "JPY", minorUnits: 0 };
const kwd = { code: "KWD", minorUnits: 3 };

const render = async (document: InvoiceDocument) => readPdf(await renderInvoicePdf(document));

describe("amounts", () => {
  test.each([
    ["1234.5", gbp, "1,234.50"],
    ["1234567.89", gbp, "1,234,567.89"],
    ["999.99", gbp, "999.99"],
    ["1000", jpy, "1,000"],
    ["100", jpy, "100"],
    ["1234.5", kwd, "1,234.500"],
    ["1.5000", gbp, "1.50"],
    ["-1234.5", gbp, "-1,234.50"],
    ["-0.00", gbp, "0.00"],
    ["007", gbp, "7.00"],
    ["99999999999999999999999999999999.99", gbp, "99,999,999,999,999,999,999,999,999,999,999.99"],
  ])("%s is written with the digits of its currency", (amount, currency, written) => {
    expect(formatAmount(amount, currency, words)).toBe(written);
  });

  test.each(["1.005", "", "1e3", "1,000", "NaN", "+1", ".5", "1."])(
    "%j is refused, not rounded or read as 0",
    (amount) => {
      expect(() => formatAmount(amount, gbp, words)).toThrow(RangeError);
    },
  );

  test("half a yen is refused", () => {
    expect(() => formatAmount("0.5", jpy, words)).toThrow(/more digits than JPY/);
  });

  test("the sign of the currency stands between the minus and the figure", () => {
    expect(formatAmountWithSign("-1234.5", gbp, words)).toBe("-£1,234.50");
    expect(formatAmountWithSign("1.234", kwd, words)).toBe("1.234");
  });

  test("a percentage loses only its empty digits", () => {
    expect(["20", "20.00", "7.50", "0", "100"].map((percent) => formatPercent(percent, words))).toEqual([
      "20%",
      "20%",
      "7.5%",
      "0%",
      "100%",
    ]);
  });
});

describe("days", () => {
  test("a day is written out", () => expect(formatDay("2026-11-30", words)).toBe("30 November 2026"));

  test.each(["2026-02-29", "2026-13-01", "30.11.2026", ""])("%j is refused as a day", (day) => {
    expect(() => formatDay(day, words)).toThrow(RangeError);
  });

  test.each([
    ["2026-10-01", "2026-11-01", "1–31 Oct 2026"],
    ["2026-10-15", "2026-11-15", "15 Oct – 14 Nov 2026"],
    ["2026-12-01", "2027-02-01", "1 Dec 2026 – 31 Jan 2027"],
    ["2028-02-01", "2028-03-01", "1–29 Feb 2028"],
    ["2026-10-31", "2026-11-01", "31 Oct 2026"],
    ["2026-01-01", "2027-01-01", "1 Jan – 31 Dec 2026"],
  ])("a period from %s to before %s is shown with its last day", (startsOn, endsBefore, written) => {
    expect(formatPeriod({ startsOn, endsBefore }, words)).toBe(written);
  });

  test("a period without days is refused", () => {
    expect(() => formatPeriod({ startsOn: "2026-10-01", endsBefore: "2026-10-01" }, words)).toThrow(RangeError);
  });
});

describe("an invoice", () => {
  test("says everything it was given, on one page", async () => {
    const { pages, text } = await render(sampleInvoice());
    expect(pages).toHaveLength(1);
    for (const said of [
      "Invoice",
      "INV-2026-00417",
      "Ledgerline Software Ltd",
      "Tax number GB 318 4420 91",
      "Northwind Freight Holdings plc",
      "Bristol BS1 4QS",
      "Tax ID GB 204 8812 65",
      "accounts@northwind.example.com",
      "3 November 2026",
      "3 December 2026",
      "1–31 Oct 2026",
      "PO-88120",
      "5,001 to 20,000: 15,000 × 0.065 = 975.00",
      "16 of 31 days × 310.00",
      "24,875 invoices",
      "Net total 5,185.65",
      "VAT 20% on 5,185.65 1,037.13",
      "Total GBP £6,222.78",
      "Amount due £6,222.78 GBP",
      "GB33 BUKB 2020 1555 5555 55",
      "Thank you for your business.",
      "Page 1 of 1",
    ])
      expect(text).toContain(said);
  });

  test("ends its figures at one right edge", async () => {
    const { pieces } = await render(sampleInvoice());
    const net = ["2,160.00", "160.00", "1,218.75", "1,104.00", "92.90", "450.00", "5,185.65", "1,037.13", "£6,222.78"];
    const edges = net.map((figure) =>
      Math.max(...pieces.filter(({ text }) => text === figure).map(({ right }) => right)),
    );
    for (const edge of edges) expect(edge).toBeCloseTo(547.28, 0);
  });

  test("names itself, its author and its language, and is tagged for screen readers", async () => {
    const { info, structure } = await render(sampleInvoice());
    expect(info).toMatchObject({
      Title: "Invoice INV-2026-00417 · Ledgerline Software Ltd",
      Author: "Ledgerline Software Ltd",
      Language: "en-GB",
      CreationDate: "D:20261103090000Z",
    });
    expect(structure).toContain("H1");
    expect(structure.filter((role) => role === "TR").length).toBeGreaterThanOrEqual(10);
  });

  test("is the same bytes whenever and in whatever company it is rendered", async () => {
    const first = await renderInvoicePdf(sampleInvoice());
    const [again, other] = await Promise.all([
      renderInvoicePdf(sampleInvoice()),
      renderInvoicePdf(sampleInvoice({ memo: "東京 שלום 😀" })),
    ]);
    expect(again.equals(first)).toBe(true);
    expect(other.equals(first)).toBe(false);
    expect((await renderInvoicePdf(sampleInvoice())).equals(first)).toBe(true);
  });

  test("prints the totals it is given, not its own sums", async () => {
    const totals = {
      net: "1.11",
      taxes: [
        { name: "VAT", percent: "20", taxable: "1.00", amount: "0.21", note: null },
        { name: "VAT", percent: "0.00", taxable: "0.11", amount: "0", note: "Reverse charge: Article 196" },
      ],
      gross: "987654.32",
      settlements: [{ label: "Payment received", amount: "-4321.09" }],
      amountDue: "983333.23",
    };
    const { text } = await render(sampleInvoice({ totals }));
    for (const figure of ["1.11", "0.21", "£987,654.32", "-4,321.09", "£983,333.23"]) expect(text).toContain(figure);
    expect(text).toContain("VAT 0% on 0.11");
    expect(text).toContain("Reverse charge: Article 196");
  });

  test("in yen has no minor digits, in dinars three", async () => {
    const totals = { net: "1488000", taxes: [], gross: "1488000", settlements: [], amountDue: "1488000" };
    const yen = await render(
      sampleInvoice({
        currency: jpy,
        groups: [{ title: null, net: null, lines: [sampleLine({ net: "1488000" })] }],
        totals,
      }),
    );
    expect(yen.text).toContain("¥1,488,000");
    expect(yen.text).not.toContain("1,488,000.");
    const dinars = await render(sampleInvoice({ currency: kwd, groups: [], totals }));
    expect(dinars.text).toContain("1,488,000.000");
  });

  test("with nothing on it still is one", async () => {
    const totals = { net: "0", taxes: [], gross: "0", settlements: [], amountDue: "0" };
    const { pages, text } = await render(sampleInvoice({ groups: [], totals, memo: null }));
    expect(pages).toHaveLength(1);
    expect(text).toContain("No charges");
    expect(text).toContain("Nothing to pay");
    expect(text).not.toContain("IBAN");
  });

  test("in draft or void says so on every page", async () => {
    const draft = await render(sampleInvoiceOfLines(60, { mark: "draft", number: null }));
    expect(draft.pages.length).toBeGreaterThan(1);
    for (const page of draft.pages) expect(page).toContain("DRAFT");
    expect((await render(sampleInvoice({ mark: "void" }))).text).toContain("VOID");
    expect((await render(sampleInvoice({ mark: "amended_copy" }))).text).toContain("AMENDED COPY");
    expect((await render(sampleInvoice())).text).not.toMatch(/DRAFT|VOID|AMENDED/);
  });

  test("on letter paper keeps inside its margins", async () => {
    const { pieces } = await render(sampleInvoice({ paper: "LETTER" }));
    expect(Math.max(...pieces.map(({ right }) => right))).toBeCloseTo(564, 0);
  });
});

describe("a credit note", () => {
  test("names the invoice it corrects and asks for no payment", async () => {
    const { text } = await render(
      sampleInvoice({
        kind: "credit_note",
        number: "CN-2026-00012",
        correctedNumbers: ["INV-2026-00391", "INV-2026-00392"],
        dueOn: null,
        totals: { ...sampleInvoice().totals, amountDue: null },
      }),
    );
    expect(text).toContain("Credit note");
    expect(text).toContain("INV-2026-00391, INV-2026-00392");
    expect(text).toContain("Amount credited");
    expect(text).not.toMatch(/Amount due|Due date|Payment details|IBAN/);
  });
});

describe("a long invoice", () => {
  test("of 300 lines shows each of them once, under a heading on each page, with the totals at the end", async () => {
    const { pages, text } = await render(sampleInvoiceOfLines(300));
    expect(pages.length).toBeGreaterThan(8);
    const depots = Array.from(text.matchAll(/Depot (\d+)/g), ([, depot]) => Number(depot));
    expect(depots).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    for (const [index, page] of pages.entries()) {
      expect(page).toContain("Unit price");
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page.includes("Net total")).toBe(index === pages.length - 1);
    }
  });

  test.each(Array.from({ length: 14 }, (_, index) => index + 12))(
    "of %i lines never leaves the totals alone on a page, nor prints below the margin",
    async (count) => {
      const { pages, pieces } = await render(sampleInvoiceOfLines(count));
      const last = pages.find((page) => page.includes("Net total"));
      expect(last).toContain(`Depot ${count}`);
      const lowest = Math.min(
        ...pieces.filter(({ text }) => /Depot|Total|BUKB/.test(text)).map(({ bottom }) => bottom),
      );
      expect(lowest).toBeGreaterThan(50);
    },
  );
});

describe("hostile text", () => {
  const ten = (text: string) => text.repeat(Math.ceil(10_000 / text.length)).slice(0, 10_000);

  test("10,000 characters wrap, words or none, and stay inside the page", async () => {
    const { pieces, text } = await render(
      sampleInvoice({
        number: ten("N"),
        poNumber: ten("9"),
        memo: ten("memo "),
        customer: { legalName: ten("Name "), addressLines: [ten("w"), ten("路")], taxId: ten("1"), contact: ten("@") },
        groups: [
          {
            title: ten("T"),
            net: null,
            lines: [
              sampleLine({
                description: ten("word "),
                explanation: [ten("x"), ten("日本")],
                quantity: ten("8 "),
                unitPrice: ten("7"),
              }),
            ],
          },
        ],
        totals: {
          ...sampleInvoice().totals,
          taxes: [{ name: ten("V"), percent: "20", taxable: "1", amount: "1", note: ten("note ") }],
        },
      }),
    );
    expect(text.match(/memo/g)).toHaveLength(2_000);
    expect(text.replaceAll(" ", "").match(/word/g)).toHaveLength(2_000);
    expect(Math.min(...pieces.map(({ left }) => left))).toBeGreaterThan(47);
    expect(Math.max(...pieces.map(({ right }) => right))).toBeLessThan(560);
    expect(text).toContain("£6,222.78");
  });

  test.each([
    ["Japanese", "株式会社東京グリッド"],
    ["Chinese", "北京市朝阳区建国路"],
    ["Korean", "서울특별시"],
    ["Greek", "Ελληνικά"],
    ["Cyrillic", "Кириллица"],
    ["Vietnamese", "Tiếng Việt"],
    ["Thai", "กรุงเทพ"],
    ["accents put together", "Cafe\u0301 Mu\u0308nchen".normalize("NFC")],
  ])("%s can be read back", async (_, legalName) => {
    const { text } = await render(sampleInvoice({ customer: { ...sampleInvoice().customer, legalName } }));
    expect(text.normalize("NFC").replaceAll(" ", "")).toContain(legalName.replaceAll(" ", ""));
  });

  test.each([
    ["Arabic", "شركة المثال للتجارة (ش.م.م) 2026"],
    ["Hebrew", "רחוב הרצל 5, תל אביב"],
    ["Hindi", "मुंबई महाराष्ट्र"],
    ["emoji", "👨‍👩‍👧‍👦 🇬🇧 😀 ☎️ ✓"],
    ["half a character", "\ud800 x \udfff"],
    ["control characters", "a\u0000b\u0007c\u001b[31m"],
    ["nothing but spaces", " \t\n "],
    ["a script we have no font for", "𓀀𓁀 ᚠᚢᚦ"],
    ["PDF syntax", ") Tj ET (%%EOF <</Type /Catalog>>"],
    ["many line ends", "\n\r\n\u2028".repeat(50)],
    ["stacked accents", `Z${"\u0351\u0363".repeat(200)}`],
  ])("%s does not break it", async (_, hostile) => {
    const document = sampleInvoice({
      memo: hostile,
      number: hostile,
      poNumber: hostile,
      seller: {
        ...sampleInvoice().seller,
        legalName: hostile,
        logoText: hostile,
        bankDetails: [hostile],
        brandColour: hostile,
      },
      customer: { legalName: hostile, addressLines: [hostile], taxId: hostile, contact: hostile },
      groups: [{ title: hostile, net: "1", lines: [sampleLine({ description: hostile, explanation: [hostile] })] }],
    });
    expect((await render(document)).text).toContain("£6,222.78");
  });

  test("characters that turn the direction round are left out, so that no figure reads backwards", async () => {
    const { text } = await render(sampleInvoice({ memo: "pay \u202E00.1 GBP\u202C now" }));
    expect(text).toContain("pay 00.1 GBP now");
  });

  test("right-to-left words stand in their order, figures in theirs", async () => {
    const { pieces } = await render(sampleInvoice({ memo: "רחוב הרצל 512" }));
    const leftOf = (part: string) => pieces.find(({ text }) => text.includes(part))?.left ?? Number.NaN;
    expect(leftOf("512")).toBeLessThan(leftOf("הרצל"));
    expect(leftOf("הרצל")).toBeLessThan(leftOf("רחוב"));
  });

  test("an amount that would have to be rounded stops the document", async () => {
    const totals = { ...sampleInvoice().totals, gross: "1.005" };
    await expect(renderInvoicePdf(sampleInvoice({ totals }))).rejects.toThrow(/more digits/);
  });
});
