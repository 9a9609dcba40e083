import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { currency } from "../../server/domain/money/currency";
import { type BankFileFormat, readAmount, readBankFile, readDay } from "../../server/domain/receivable/bank-file";

const EUR = { currency: currency("EUR"), today: plainDate("2026-11-30") };
const read = (rows: string[][], format: Partial<BankFileFormat> = {}) => readBankFile(rows, format, EUR);
const shown = (rows: string[][], format: Partial<BankFileFormat> = {}) => {
  const result = read(rows, format);
  if (!result.ok) return result.error.map(({ code }) => code);
  return result.value.lines.map(({ bookedOn, amount, payerName, reference }) =>
    [bookedOn, amount.toFixed(2), payerName, reference].join(" | "),
  );
};

describe("A bank's file is read", () => {
  test("with German headings, decimal comma and days first, below lines about the account", () => {
    const rows = [
      ["Konto", "DE00 1234"],
      [""],
      ["Buchungstag", "Valuta", "Auftraggeber", "Verwendungszweck", "Betrag", "Währung"],
      ["03.11.2026", "03.11.2026", "Müller GmbH", "RE  INV-2026-00001", "1.234,50", "EUR"],
      ["04.11.2026", "04.11.2026", "Bank", "Gebühren", "-5,00", "EUR"],
      ["", "", "", "Summe", "1.229,50", ""],
    ];
    expect(shown(rows)).toEqual([
      "2026-11-03 | 1234.50 | Müller GmbH | RE INV-2026-00001",
      "2026-11-04 | -5.00 | Bank | Gebühren",
    ]);
    const result = read(rows);
    expect(result.ok && result.value.skipped).toBe(1);
    expect(result.ok && result.value.format).toMatchObject({
      columns: { bookedOn: "Buchungstag", amount: "Betrag", reference: "Verwendungszweck" },
      decimalMark: ",",
      dateOrder: "day_month_year",
    });
  });

  test("with columns for what came in and went out", () => {
    const rows = [
      ["Date", "Description", "Paid out", "Paid in"],
      ["2026-11-03", "Acme", "", "1,200.00"],
      ["2026-11-04", "Rent", "800.00", ""],
    ];
    expect(shown(rows)).toEqual(["2026-11-03 | 1200.00 |  | Acme", "2026-11-04 | -800.00 |  | Rent"]);
  });

  test("with the names of ISO 20022, and debits marked as such", () => {
    const rows = [
      ["BookgDt", "Amt", "Ccy", "CdtDbtInd", "Dbtr/Nm", "DbtrAcct/IBAN", "RmtInf/Ustrd"],
      ["2026-11-03", "10.00", "EUR", "CRDT", "Acme", "de12 3456", "INV-2026-00001"],
      ["2026-11-03", "4.00", "EUR", "DBIT", "Acme", "", "Fee"],
    ];
    expect(shown(rows)).toEqual(["2026-11-03 | 10.00 | Acme | INV-2026-00001", "2026-11-03 | -4.00 | Acme | Fee"]);
    const result = read(rows);
    expect(result.ok && result.value.lines[0]?.payerAccount).toBe("DE123456");
  });

  test("with headings that are said, before those that are found", () => {
    const rows = [
      ["When", "Date", "Amount", "Reference"],
      ["2026-11-02", "2026-11-05", "10.00", "x"],
    ];
    expect(shown(rows, { columns: { bookedOn: "when" } })).toEqual(["2026-11-02 | 10.00 |  | x"]);
    expect(shown(rows, { columns: { payerName: "Who" } })).toEqual(["COLUMN_NOT_FOUND"]);
  });

  test("as data: control characters and line breaks in a text are spaces", () => {
    const rows = [
      ["Date", "Amount", "Reference"],
      ["2026-11-02", "10.00", "=HYPERLINK(1)\u0000\r\n second"],
    ];
    expect(shown(rows)).toEqual(["2026-11-02 | 10.00 |  | =HYPERLINK(1) second"]);
  });
});

describe("A bank's file is refused", () => {
  const dates = (...texts: string[]) => [["Date", "Amount"], ...texts.map((text) => [text, "1.50"])];
  const amounts = (...texts: string[]) => [["Date", "Amount"], ...texts.map((text) => ["2026-11-02", text])];

  test("without headings", () => expect(shown([["2026-11-02", "10.00"]])).toEqual(["HEADINGS_NOT_FOUND"]));
  test("where days can be read in two ways", () => {
    expect(shown(dates("03/04/2026", "05/04/2026"))).toEqual(["DATE_ORDER_AMBIGUOUS"]);
    expect(shown(dates("03/04/2026"), { dateOrder: "month_day_year" })).toEqual(["2026-03-04 | 1.50 |  | "]);
  });
  test("but not where one of the days, or the calendar, says which", () => {
    expect(shown(dates("03/04/2026", "25/04/2026"))).toHaveLength(2);
    expect(shown(dates("10/12/2026"))).toEqual(["2026-10-12 | 1.50 |  | "]);
    expect(shown(dates("03.04.2026"))).toEqual(["2026-04-03 | 1.50 |  | "]);
  });
  test("where an amount cannot be read", () => {
    const result = read(amounts("10.00", "ten"));
    expect(result.ok || result.error).toEqual([{ code: "AMOUNT_UNREADABLE", row: 3, given: "ten" }]);
  });
  test("where a day is not in the calendar", () => expect(shown(dates("2026-02-30"))).toEqual(["DATE_UNREADABLE"]));
});

describe("An amount reads", () => {
  test.each([
    ["1234.50", ".", "1234.50"],
    ["1,234.50", ".", "1234.50"],
    ["1.234,50", ",", "1234.50"],
    ["1 234,50", ",", "1234.50"],
    ["1'234.50", ".", "1234.50"],
    ["€ 5.00", ".", "5.00"],
    ["5.00 EUR", ".", "5.00"],
    ["-5,00", ",", "-5.00"],
    ["5.00-", ".", "-5.00"],
    ["(5.00)", ".", "-5.00"],
    ["+5", ".", "5.00"],
  ] as const)("%s with %s as %s", (text, mark, expected) => expect(readAmount(text, mark)?.toFixed(2)).toBe(expected));

  test.each(["", "abc", "1,23.50", "1e5", "0x10", "1.2.3"])("not %s", (text) =>
    expect(readAmount(text, ".")).toBeNull(),
  );
});

test.each([
  ["2026-11-03", "2026-11-03"],
  ["20261103", "2026-11-03"],
  ["03.11.26", "2026-11-03"],
  ["3/11/2026", "2026-11-03"],
  ["3 Nov 2026", "2026-11-03"],
  ["03-Nov-26", "2026-11-03"],
  ["2026-11-03T10:15:00Z", "2026-11-03"],
  ["31.11.2026", null],
  ["yesterday", null],
])("The day of %s is %s", (text, day) => expect(readDay(text, "day_month_year")).toBe(day));
