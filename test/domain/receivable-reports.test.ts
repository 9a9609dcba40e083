import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import { currency } from "../../server/domain/money/currency";
import { Decimal } from "../../server/domain/money/decimal";
import { ageOf, bucketOf, totalDue } from "../../server/domain/receivable/aging";
import { addRollForwards, inBase, rollForward } from "../../server/domain/receivable/roll-forward";
import { statementOf } from "../../server/domain/receivable/statement";

describe("What was due on 31 October is, on", () => {
  test.each([
    ["2026-10-30", "notDue"],
    ["2026-10-31", "notDue"],
    ["2026-11-01", "days1To30"],
    ["2026-11-30", "days1To30"],
    ["2026-12-01", "days31To60"],
    ["2026-12-30", "days31To60"],
    ["2026-12-31", "days61To90"],
    ["2027-01-29", "days61To90"],
    ["2027-01-30", "over90"],
  ])("%s: %s", (on, bucket) => {
    expect(bucketOf({ dueOn: plainDate("2026-10-31"), isDisputed: false }, plainDate(on))).toBe(bucket);
  });

  test("any day apart, where it is disputed, and part of the total", () => {
    const dueOn = plainDate("2026-10-31");
    const items = [
      { due: new Decimal("10.00"), dueOn, isDisputed: true },
      { due: new Decimal("5.00"), dueOn, isDisputed: false },
    ];
    const aged = ageOf(items, plainDate("2027-06-01"));
    expect([aged.disputed, aged.over90, totalDue(aged)].map((each) => each.toFixed(2))).toEqual([
      "10.00",
      "5.00",
      "15.00",
    ]);
  });
});

const flows = (invoiced: string, credited: string, paid: string, refunded: string, writtenOff: string) => ({
  invoiced: new Decimal(invoiced),
  credited: new Decimal(credited),
  paid: new Decimal(paid),
  refunded: new Decimal(refunded),
  writtenOff: new Decimal(writtenOff),
});

describe("Receivables of a month", () => {
  const row = rollForward(new Decimal("1000.00"), flows("500.00", "50.00", "700.00", "20.00", "30.00"));
  const rate = (month: string, value: string) => ({
    currency: "EUR" as const,
    month: plainMonth(month),
    rate: new Decimal(value),
    source: "test",
  });
  const gbp = { from: "EUR", base: currency("GBP"), month: plainMonth("2026-10") } as const;

  test("close with what was there, and what came and went", () => expect(row.closing.toFixed(2)).toBe("740.00"));

  test("have no effect of rates in the base currency itself", () => {
    const same = inBase(row, { ...gbp, from: "GBP", rates: [] });
    expect([same?.opening, same?.fx, same?.closing].map((each) => each?.toFixed(2))).toEqual([
      "1000.00",
      "0.00",
      "740.00",
    ]);
  });

  test("open at the rate of the month before, and the difference is the effect of rates", () => {
    const based = inBase(row, { ...gbp, rates: [rate("2026-09", "0.80"), rate("2026-10", "0.90")] });
    expect(based && [based.opening, based.invoiced, based.fx, based.closing].map((each) => each.toFixed(2))).toEqual([
      "800.00",
      "450.00",
      "100.00",
      "666.00",
    ]);
  });

  test("are not guessed where a rate is missing", () => {
    expect(inBase(row, { ...gbp, rates: [rate("2026-10", "0.90")] })).toBeNull();
    expect(inBase(row, { ...gbp, rates: [rate("2026-09", "0.80")] })).toBeNull();
  });

  test("need no rate of a month before in which nothing was owed", () => {
    const first = rollForward(new Decimal(0), flows("10.00", "0", "0", "0", "0"));
    expect(inBase(first, { ...gbp, rates: [rate("2026-10", "0.90")] })?.closing.toFixed(2)).toBe("9.00");
  });

  test("add up", () => expect(addRollForwards([row, row]).closing.toFixed(2)).toBe("1480.00"));
});

test("A statement says after each movement what is owed", () => {
  const moved = (on: string, kind: "invoice" | "payment", amount: string) => ({
    on: plainDate(on),
    kind,
    amount: new Decimal(amount),
  });
  const statement = statementOf(new Decimal("10.00"), [
    moved("2026-10-01", "invoice", "120.00"),
    moved("2026-10-20", "payment", "-150.00"),
  ]);
  expect(statement.entries.map(({ balance }) => balance.toFixed(2))).toEqual(["130.00", "-20.00"]);
  expect(statement.closing.toFixed(2)).toBe("-20.00");
});
