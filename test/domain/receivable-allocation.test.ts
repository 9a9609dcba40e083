import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import { allocatePayment, type UnsettledInvoice } from "../../server/domain/receivable/allocate-payment";
import { balanceOf, drawFunds } from "../../server/domain/receivable/draw-funds";
import { numbersIn } from "../../server/domain/receivable/invoice-numbers";
import { paymentStatusOf } from "../../server/domain/receivable/payment-status";

const invoice = (number: string, due: string, dueOn: string): UnsettledInvoice => ({
  id: number,
  number,
  due: new Decimal(due),
  dueOn: plainDate(dueOn),
});
const OWED = [
  invoice("INV-2026-00003", "70.00", "2026-11-15"),
  invoice("INV-2026-00001", "50.00", "2026-10-01"),
  invoice("INV-2026-00002", "70.00", "2026-10-15"),
];
const allocated = (amount: string, reference = "", invoices = OWED) =>
  allocatePayment({ amount: new Decimal(amount), reference }, invoices).map(
    ({ invoiceId, amount: paid }) => `${invoiceId.slice(-1)}: ${paid.toFixed(2)}`,
  );

describe("A payment allocates itself", () => {
  test.each([
    ["to the invoice that its reference names", "70.00", "inv 2026 00003", ["3: 70.00"]],
    [
      "to all that it names, the oldest due first",
      "100.00",
      "INV-2026-00003, INV-2026-00001",
      ["1: 50.00", "3: 50.00"],
    ],
    ["and leaves the rest of what is named to the customer", "90.00", "INV-2026-00003", ["3: 70.00"]],
    ["else to the only one of exactly the amount", "50.00", "", ["1: 50.00"]],
    ["else to the oldest due first, where two are of the amount", "70.00", "", ["1: 50.00", "2: 20.00"]],
    ["else to the oldest due first", "100.00", "thanks", ["1: 50.00", "2: 50.00"]],
    ["and no further than what is due", "500.00", "", ["1: 50.00", "2: 70.00", "3: 70.00"]],
  ])("%s", (_, amount, reference, expected) => {
    expect(allocated(amount, reference)).toEqual(expected);
  });

  test("to nothing where nothing is due", () => expect(allocated("10.00", "", [])).toEqual([]));
});

describe("A text names an invoice", () => {
  const found = (text: string) => numbersIn(text, OWED).map(({ number }) => number.slice(-1));
  test.each([
    ["as it is written", "INV-2026-00001"],
    ["in small letters and other punctuation", "pay inv/2026/00001."],
    ["without any", "RE INV202600001 ACME"],
    ["broken where a line ends", "INV-2026-000 01"],
    ["before other digits", "INV-2026-00001 03.11.2026"],
  ])("%s", (_, text) => expect(found(text)).toEqual(["1"]));

  test.each([
    ["a longer number", "INV-2026-000010"],
    ["a part of it", "2026-00001"],
    ["nothing", ""],
  ])("but not by %s", (_, text) => expect(found(text)).toEqual([]));
});

describe("The funds of a customer", () => {
  const fund = (paymentId: string, left: string, availableOn: string) => ({
    source: { paymentId },
    left: new Decimal(left),
    availableOn: plainDate(availableOn),
  });
  const funds = [
    fund("young", "30.00", "2026-11-02"),
    fund("old", "20.00", "2026-10-01"),
    fund("empty", "0.00", "2026-09-01"),
  ];
  const drawn = (amount: string) =>
    drawFunds(funds, new Decimal(amount))?.map((draw) => `${draw.fund.source.paymentId} ${draw.amount.toFixed(2)}`) ??
    null;

  test("are drawn the oldest first", () => expect(drawn("25.00")).toEqual(["old 20.00", "young 5.00"]));
  test("to the last penny", () => expect(drawn("50.00")).toEqual(["old 20.00", "young 30.00"]));
  test("and not beyond", () => expect(drawn("50.01")).toBeNull());
  test("are the balance together", () => expect(balanceOf(funds).toFixed(2)).toBe("50.00"));
});

describe("A document is", () => {
  test.each([
    ["120", "0", "0", "unpaid"],
    ["120", "119.99", "0", "partially_paid"],
    ["120", "120", "0", "paid"],
    ["120", "120", "0.01", "uncollectible"],
    ["0", "0", "0", "paid"],
    ["-120", "0", "0", "unpaid"],
    ["-120", "-20", "0", "partially_paid"],
    ["-120", "-120", "0", "paid"],
  ])("of %s with %s settled and %s given up %s", (gross, settled, badDebt, expected) => {
    const facts = { gross: new Decimal(gross), settled: new Decimal(settled), badDebt: new Decimal(badDebt) };
    expect(paymentStatusOf(facts)).toBe(expected);
  });
});
