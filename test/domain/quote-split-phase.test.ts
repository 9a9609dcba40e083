import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import type { QuoteLine, QuotePhase } from "../../server/domain/quote/quote-terms";
import { splitPhase } from "../../server/domain/quote/split-phase";

const LINE: QuoteLine = {
  id: "line",
  priceId: "seat",
  customPrice: null,
  quantity: "10",
  description: null,
  discounts: [],
  trial: null,
  ramp: [],
};

const split = (on: string, line: Partial<QuoteLine> = {}, phase: Partial<QuotePhase> = {}) => {
  let count = 0;
  const whole: QuotePhase = {
    id: "phase",
    name: "Year",
    startsOn: plainDate("2027-01-31"),
    endsBefore: null,
    lines: [{ ...LINE, ...line }],
    ...phase,
  };
  return splitPhase(whole, {
    on: plainDate(on),
    until: plainDate("2028-01-31"),
    name: "Later",
    newId: () => `new-${++count}`,
  });
};

const partsOf = (result: ReturnType<typeof split>) => {
  if (!result.ok) throw new Error(result.error.code);
  const [before, after] = result.value;
  return { before, after, kept: before.lines[0], gone: after.lines[0] };
};

describe("a phase that is split", () => {
  test("is split on any day after its first and not after its last", () => {
    const outside = { ok: false, error: { code: "SPLIT_OUTSIDE_PHASE" } };
    expect(split("2027-01-31")).toEqual(outside);
    expect(partsOf(split("2027-02-01")).before).toMatchObject({ id: "phase", name: "Year", endsBefore: "2027-02-01" });
    const { after } = partsOf(split("2028-01-30"));
    expect(after).toMatchObject({ id: "new-1", name: "Later", startsOn: "2028-01-30", endsBefore: null });
    expect(split("2028-01-31")).toEqual(outside);
  });

  test("keeps an end of its own", () => {
    const { after } = partsOf(split("2027-06-01", {}, { endsBefore: plainDate("2028-01-31") }));
    expect(after.endsBefore).toBe("2028-01-31");
  });

  test("has its trials over before; months count from its first day", () => {
    const trial = { days: null, months: 1, percentOff: "100" };
    expect(split("2027-02-27", { trial })).toEqual({
      ok: false,
      error: { code: "TRIAL_ACROSS_SPLIT", lineId: "line", endsBefore: "2027-02-28" },
    });
    const { kept, gone } = partsOf(split("2027-02-28", { trial }));
    expect(kept?.trial).toEqual(trial);
    expect(gone?.trial).toBeNull();
  });

  test("gives each step of a ramp to where its day lies; one on the day itself is how the second begins", () => {
    const step = (id: string, afterMonths: number, quantity: string) => ({
      id,
      startsOn: null,
      afterMonths,
      quantity,
      priceId: null,
      customPrice: null,
    });
    const ramp = [step("a", 3, "20"), step("b", 6, "30"), step("c", 9, "40")];
    const { kept, gone } = partsOf(split("2027-07-31", { ramp }));
    expect(kept?.ramp.map(({ id }) => id)).toEqual(["a"]);
    expect(gone).toMatchObject({
      quantity: "30",
      ramp: [{ startsOn: "2027-10-31", afterMonths: null, quantity: "40" }],
    });
  });

  test("takes no discount along that is over by then", () => {
    const discount = (id: string, endsBefore: string | null) => ({
      id,
      description: id,
      percent: "10",
      amount: null,
      position: "before_minimum" as const,
      endsBefore: endsBefore === null ? null : plainDate(endsBefore),
    });
    const discounts = [discount("over", "2027-06-01"), discount("on", "2027-06-02"), discount("always", null)];
    const { kept, gone } = partsOf(split("2027-06-01", { discounts }));
    expect(kept?.discounts.map(({ id }) => id)).toEqual(["over", "on", "always"]);
    expect(gone?.discounts.map(({ id }) => id)).toEqual(["on", "always"]);
  });
});
