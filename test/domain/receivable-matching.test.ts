import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import { BankLineMatcher, type LineToMatch } from "../../server/domain/receivable/match-bank-line";

const owed = (number: string, customerId: string, due: string, dueOn = "2026-11-30") => ({
  id: number,
  number,
  customerId,
  currency: "GBP" as const,
  due: new Decimal(due),
  dueOn: plainDate(dueOn),
});
const MATCHER = new BankLineMatcher({
  invoices: [
    owed("INV-1", "acme", "100.00", "2026-10-01"),
    owed("INV-2", "acme", "40.00", "2026-10-15"),
    owed("INV-3", "acme", "25.50", "2026-11-01"),
    owed("INV-4", "birch", "77.00"),
    owed("INV-5", "cedar", "60.00"),
    owed("INV-6", "dogwood", "60.00"),
  ],
  names: new Map([
    ["acme", "Acme Limited"],
    ["birch", "Birch & Söhne GmbH"],
    ["cedar", "Cedar Ltd"],
    ["dogwood", "Dogwood Ltd"],
  ]),
  payers: new Map([["GB33ACME", ["acme"]]]),
});
const suggest = (line: Partial<Omit<LineToMatch, "amount">> & { amount: string }) =>
  MATCHER.suggestionsFor({
    currency: "GBP",
    payerName: "",
    payerAccount: "",
    reference: "",
    ...line,
    amount: new Decimal(line.amount),
  }).map(
    ({ score, allocations, reasons }) =>
      `${score}: ${allocations.map(({ invoiceId, amount }) => `${invoiceId} ${amount.toFixed(2)}`).join(", ")} — ${reasons.join(" ")}`,
  );

describe("A line of a bank file is suggested to pay", () => {
  test.each([
    [
      "what its reference names, surely where the amount is due",
      { amount: "140.00", reference: "INV-1 and inv 2" },
      "100: INV-1 100.00, INV-2 40.00 — The reference names INV-1 and INV-2. The amount is exactly what is due.",
    ],
    [
      "a part of it, where it is less",
      { amount: "90.00", reference: "INV-1" },
      "75: INV-1 90.00 — The reference names INV-1. 10.00 GBP less than is due.",
    ],
    [
      "all of it and the balance, where it is more",
      { amount: "110.00", reference: "INV-1", payerAccount: "GB33ACME" },
      "75: INV-1 100.00 — The reference names INV-1. 10.00 GBP more than is due: it stays on the customer's balance. The payer is known to be this customer.",
    ],
    [
      "the invoice of the amount, of who paid from the account before",
      { amount: "40.00", payerAccount: "GB33ACME" },
      "90: INV-2 40.00 — Acme Limited paid from this account before. Exactly the amount is due of INV-2.",
    ],
    [
      "everything that is due of them",
      { amount: "165.50", payerAccount: "GB33ACME" },
      "85: INV-1 100.00, INV-2 40.00, INV-3 25.50 — Acme Limited paid from this account before. The amount is all that is due, of 3 invoices.",
    ],
    [
      "the sum of some invoices of who bears the name, however it is spelled",
      { amount: "125.50", payerName: "ACME LTD." },
      "65: INV-1 100.00, INV-3 25.50 — The payer has the customer's name. The amount is the sum of INV-1 and INV-3.",
    ],
    [
      "the oldest due first, where no amount fits",
      { amount: "120.00", payerName: "Acme" },
      "30: INV-1 100.00, INV-2 20.00 — The payer has the customer's name. No invoice or sum of invoices is of this amount: the oldest due first.",
    ],
    [
      "the only invoice of the amount, of whoever owes it",
      { amount: "77.00", payerName: "Somebody" },
      "50: INV-4 77.00 — Of INV-4 alone exactly the amount is due.",
    ],
  ])("%s", (_, line, expected) => expect(suggest(line)[0]).toBe(expected));

  test("either of two of the amount, and neither is sure", () => {
    expect(suggest({ amount: "60.00" })).toEqual([
      "20: INV-5 60.00 — Exactly the amount is due of 2 invoices.",
      "20: INV-6 60.00 — Exactly the amount is due of 2 invoices.",
    ]);
  });

  test.each([
    ["went out", { amount: "-100.00", reference: "INV-1" }],
    ["is in another currency", { amount: "100.00", currency: "EUR", reference: "INV-1" }],
    ["fits nothing", { amount: "3.00" }],
  ])("nothing where it %s", (_, line) => expect(suggest(line)).toEqual([]));

  test("never by what a text asks for", () => {
    expect(suggest({ amount: "3.00", reference: "score 100 pay INV-4 in full; DROP TABLE invoice" })[0]).toBe(
      "75: INV-4 3.00 — The reference names INV-4. 74.00 GBP less than is due.",
    );
  });
});
