import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type BillingAnchor,
  cadenceOfMonths,
  fullPeriods,
  monthsIn,
  type RecurringCadence,
} from "../../server/domain/calendar/cadence";
import { formatDay, formatMonth, formatPeriod } from "../../server/domain/calendar/format";
import { isTimeZone, localDayOf, localDaysBetween } from "../../server/domain/calendar/local-day";
import { dueOn } from "../../server/domain/calendar/payment-terms";
import {
  clip,
  daysIn,
  includes,
  intersect,
  lastDayOf,
  overlaps,
  parsePeriod,
  period,
  spanOf,
} from "../../server/domain/calendar/period";
import { addDays, addMonths, daysBetween, parsePlainDate, plainDate } from "../../server/domain/calendar/plain-date";
import {
  monthOf,
  monthsBetween,
  parsePlainMonth,
  periodOf,
  plainMonth,
  shiftMonth,
} from "../../server/domain/calendar/plain-month";

const day = plainDate;
const days = (text: string) => {
  const [startsOn = "", endsBefore = ""] = text.split(" ");
  return period(day(startsOn), day(endsBefore));
};
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays(day("2000-01-01"), count));

describe("plain dates", () => {
  test.each(["2024-02-29", "2026-12-31", "1000-01-01", "9999-12-31"])("%s is a day", (text) => {
    expect(parsePlainDate(text).ok).toBe(true);
  });

  test.each([
    "2025-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "0999-12-31",
    "9999-12-32",
    "1000-00-01",
    "2026-01-01T00:00:00Z",
    "",
    "now",
  ])("%j is none", (given) =>
    expect(parsePlainDate(given)).toEqual({ ok: false, error: { code: "DATE_MALFORMED", given } }),
  );

  it("follow the Gregorian calendar over its whole cycle of 400 years", () => {
    const firstMillisecond = Date.UTC(1900, 0, 1);
    let today = day("1900-01-01");
    for (let count = 0; count < 146_097; count += 1) {
      if (today !== new Date(firstMillisecond + count * 86_400_000).toISOString().slice(0, 10)) break;
      today = addDays(today, 1);
    }
    expect(today).toBe("2300-01-01");
  });

  it("count months from the anchor, clamped at month end", () => {
    expect([1, 2, 13, -2].map((months) => addMonths(day("2024-01-31"), months))).toEqual([
      "2024-02-29",
      "2024-03-31",
      "2025-02-28",
      "2023-11-30",
    ]);
  });

  it("count days over months, years and leap days", () => {
    expect(daysBetween(day("2024-02-28"), day("2024-03-01"))).toBe(2);
    expect(daysBetween(day("2025-12-31"), day("2026-01-01"))).toBe(1);
    expect(addDays(day("2024-03-01"), -1)).toBe("2024-02-29");
  });

  it("end with the year 9999", () => expect(() => addDays(day("9999-12-31"), 1)).toThrow());
});

describe("periods", () => {
  it("hold their first day and not the day they end before", () => {
    const september = days("2026-09-01 2026-10-01");
    expect(
      ["2026-08-31", "2026-09-01", "2026-09-30", "2026-10-01"].map((each) => includes(september, day(each))),
    ).toEqual([false, true, true, false]);
    expect([daysIn(september), lastDayOf(september)]).toEqual([30, "2026-09-30"]);
  });

  test.each([
    ["adjacent", "2026-09-01 2026-09-10", "2026-09-10 2026-09-20", null],
    ["one day shared", "2026-09-01 2026-09-11", "2026-09-10 2026-09-20", "2026-09-10 2026-09-11"],
    ["one in the other", "2026-09-01 2026-09-30", "2026-09-10 2026-09-20", "2026-09-10 2026-09-20"],
  ])("%s", (_case, a, b, shared) => {
    expect(intersect(days(a), days(b))).toEqual(shared && days(shared));
    expect(overlaps(days(a), days(b))).toBe(shared !== null);
  });

  it("without days are refused", () => {
    const [startsOn, endsBefore] = [day("2026-09-10"), day("2026-09-10")];
    expect(parsePeriod(startsOn, endsBefore)).toEqual({
      ok: false,
      error: { code: "PERIOD_WITHOUT_DAYS", startsOn, endsBefore },
    });
    expect(() => period(startsOn, endsBefore)).toThrow();
  });

  it("clip to a span that may have no end", () => {
    const september = days("2026-09-01 2026-10-01");
    expect(clip(september, { startsOn: day("2026-09-16"), endsBefore: null })).toEqual(days("2026-09-16 2026-10-01"));
    expect(clip(september, { startsOn: day("2026-10-01"), endsBefore: null })).toBeNull();
    expect(clip(september, { startsOn: day("2026-01-01"), endsBefore: day("2026-09-02") })).toEqual(
      days("2026-09-01 2026-09-02"),
    );
  });

  it("span from the first start to the last end", () => {
    expect(spanOf([days("2026-09-10 2026-09-12"), days("2026-09-01 2026-09-02")])).toEqual(
      days("2026-09-01 2026-09-12"),
    );
    expect(spanOf([])).toBeNull();
  });

  test.each([
    ["2026-09-16 2026-10-01", "16–30 Sep 2026"],
    ["2026-09-30 2026-10-01", "30 Sep 2026"],
    ["2026-09-01 2026-10-16", "1 Sep – 15 Oct 2026"],
    ["2026-12-28 2027-01-04", "28 Dec 2026 – 3 Jan 2027"],
  ])("%s is shown with its last day as %s", (text, shown) => expect(formatPeriod(days(text))).toBe(shown));
});

describe("plain months", () => {
  it("step, count and hold their days", () => {
    expect(shiftMonth(plainMonth("2026-01"), -1)).toBe("2025-12");
    expect(monthsBetween(plainMonth("2025-11"), plainMonth("2026-02"))).toBe(3);
    expect(periodOf(plainMonth("2024-02"))).toEqual(days("2024-02-01 2024-03-01"));
    expect(monthOf(day("2026-10-31"))).toBe("2026-10");
    expect([formatMonth(plainMonth("2026-10")), formatDay(day("2026-10-05"))]).toEqual(["Oct 2026", "5 Oct 2026"]);
  });

  test.each(["2026-13", "2026-00", "2026-1", "2026-10-01", ""])("%j is none", (given) =>
    expect(parsePlainMonth(given)).toEqual({ ok: false, error: { code: "MONTH_MALFORMED", given } }),
  );
});

describe("an instant falls on a local day", () => {
  test.each([
    ["2026-10-31T23:59:59.999Z", "UTC", "2026-10-31"],
    ["2026-10-31T23:30:00Z", "Europe/Berlin", "2026-11-01"],
    ["2026-07-31T22:59:59Z", "Europe/London", "2026-07-31"],
    ["2026-07-31T23:00:00Z", "Europe/London", "2026-08-01"],
    ["2026-01-01T02:00:00+09:00", "America/New_York", "2025-12-31"],
    ["2026-01-01T00:00:00Z", "Pacific/Kiritimati", "2026-01-01"],
  ])("%s in %s: %s", (instant, zone, expected) => {
    expect(localDayOf(instant, zone)).toBe(expected);
    expect(localDayOf(new Date(instant), zone)).toBe(expected);
  });

  it("a day of 23 and one of 25 hours are one day each", () => {
    expect(localDaysBetween("2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z", "Europe/London")).toBe(1);
    expect(localDaysBetween("2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z", "Europe/London")).toBe(1);
  });

  it("text without offset and unknown zones are refused", () => {
    expect(() => localDayOf("2026-01-01T00:00:00", "UTC")).toThrow();
    expect([isTimeZone("Europe/London"), isTimeZone("Mars/Olympus")]).toEqual([true, false]);
  });
});

describe("full periods", () => {
  const starts = (cadence: RecurringCadence, anchor: BillingAnchor, from: string, through: string) =>
    fullPeriods(cadence, anchor, { from: day(from), through: day(through) }).map(({ startsOn }) => startsOn);
  const anchored = (startsOn: string, anchorOn: string): BillingAnchor => ({
    startsOn: day(startsOn),
    anchorOn: day(anchorOn),
    firstPeriod: "anchor",
  });

  test.each([
    ["the day before the anchor day", "2026-03-14", "2026-02-15"],
    ["the anchor day", "2026-03-15", "2026-03-15"],
    ["the day after it", "2026-03-16", "2026-03-15"],
  ])("begin on the last anchor day on or before a start on %s", (_case, startsOn, first) => {
    expect(starts("quarterly", anchored(startsOn, "2025-01-15"), startsOn, startsOn)[0]).toBe(first);
  });

  it("of an anchor on the 31st end with each month and come back to the 31st", () => {
    expect(starts("monthly", anchored("2026-02-10", "2025-08-31"), "2026-02-10", "2026-05-31")).toEqual([
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
    ]);
  });

  test.each([
    ["monthly", "2026-05-01"],
    ["quarterly", "2026-04-01"],
    ["half_yearly", "2026-01-01"],
    ["annual", "2026-01-01"],
  ] as const)("of the calendar, %s, begin on %s for a start on 20 May", (cadence, first) => {
    const anchor: BillingAnchor = { ...anchored("2026-05-20", "2026-05-20"), firstPeriod: "calendar" };
    expect(starts(cadence, anchor, "2026-05-20", "2026-05-20")).toEqual([first]);
  });

  it("tile, touch the window, and are the same however far the window lies ahead", () => {
    const cadences = fc.constantFrom<RecurringCadence>(
      "monthly",
      "quarterly",
      "half_yearly",
      "annual",
      "every_5_months",
      "every_18_months",
    );
    fc.assert(
      fc.property(
        cadences,
        anyDay,
        anyDay,
        anyDay,
        fc.nat(900),
        fc.boolean(),
        (cadence, a, b, anchorOn, length, byCalendar) => {
          const [startsOn, from] = a < b ? [a, b] : [b, a];
          const anchor: BillingAnchor = { startsOn, anchorOn, firstPeriod: byCalendar ? "calendar" : "anchor" };
          const through = addDays(from, length);
          const all = fullPeriods(cadence, anchor, { from: startsOn, through });
          const seen = fullPeriods(cadence, anchor, { from, through });
          expect(includes(all[0] ?? period(from, through), startsOn)).toBe(true);
          for (const [index, each] of all.entries()) {
            expect(all[index + 1]?.startsOn ?? each.endsBefore).toBe(each.endsBefore);
          }
          expect(seen).toEqual(all.filter(({ endsBefore }) => endsBefore >= from));
          expect((seen.at(-1)?.endsBefore ?? through) > through).toBe(true);
        },
      ),
    );
  });
});

describe("a cadence of so many months", () => {
  test.each<[number, string]>([
    [1, "monthly"],
    [2, "every_2_months"],
    [3, "quarterly"],
    [6, "half_yearly"],
    [12, "annual"],
    [120, "every_120_months"],
  ])("%d is %s", (months, cadence) => {
    const read = cadenceOfMonths(months);
    expect(read).toEqual({ ok: true, value: cadence });
    expect(read.ok && monthsIn(read.value)).toBe(months);
  });

  test.each([0, -1, 1.5, 121, Number.NaN])("%d is none", (months) => {
    expect(cadenceOfMonths(months)).toEqual({ ok: false, error: { code: "CADENCE_MONTHS_OUT_OF_RANGE", months } });
  });

  it("bills every second month from the anchor on the 31st", () => {
    const anchor: BillingAnchor = { startsOn: day("2026-12-31"), anchorOn: day("2026-12-31"), firstPeriod: "anchor" };
    const periods = fullPeriods("every_2_months", anchor, { from: day("2026-12-31"), through: day("2027-08-01") });
    expect(periods.map(({ startsOn }) => startsOn)).toEqual(["2026-12-31", "2027-02-28", "2027-04-30", "2027-06-30"]);
  });
});

describe("payment terms", () => {
  test.each([
    ["net_days", 0, "2026-10-05", "2026-10-05"],
    ["net_days", 30, "2026-01-31", "2026-03-02"],
    ["end_of_month", 0, "2026-02-03", "2026-02-28"],
    ["end_of_month", 30, "2026-01-15", "2026-02-28"],
    ["end_of_month", 0, "2026-10-31", "2026-10-31"],
  ] as const)("%s %d from %s is due on %s", (kind, count, issuedOn, expected) => {
    expect(dueOn(day(issuedOn), { kind, days: count })).toBe(expected);
  });
});
