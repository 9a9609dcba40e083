import { describe, expect, it } from "vitest";
import {
  addMonths,
  dayInWords,
  instantInWords,
  lastClosedMonth,
  monthInWords,
  shortMonth,
} from "../../../excel-addin/sheets/calendar-text";

describe("days and months in words", () => {
  it("follow the language of Excel", () => {
    expect(monthInWords("2026-10", "en-GB")).toBe("October 2026");
    expect(monthInWords("2026-10", "de-DE")).toBe("Oktober 2026");
    expect(shortMonth("2026-10", "en-GB")).toBe("Oct 2026");
    expect(dayInWords("2026-10-31", "en-GB")).toBe("31 Oct 2026");
  });

  it("do not move with the time zone of the machine", () => {
    expect(dayInWords("2026-01-01", "en-GB")).toBe("1 Jan 2026");
    expect(dayInWords("2026-12-31", "en-GB")).toBe("31 Dec 2026");
  });

  it("show an instant on the clock of the organization", () => {
    const instant = "2026-11-03T23:30:00Z";
    expect(instantInWords(instant, { locale: "en-GB", timeZone: "Europe/London" })).toBe("3 Nov 2026, 23:30");
    expect(instantInWords(instant, { locale: "en-GB", timeZone: "Asia/Tokyo" })).toBe("4 Nov 2026, 08:30");
  });
});

describe("the month to close", () => {
  it("is the one before today's, over the turn of the year too", () => {
    expect(lastClosedMonth("2026-11-03")).toBe("2026-10");
    expect(lastClosedMonth("2026-10-31")).toBe("2026-09");
    expect(lastClosedMonth("2027-01-01")).toBe("2026-12");
  });

  it("is stepped over the turn of the year in both directions", () => {
    expect(addMonths("2026-12", 1)).toBe("2027-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(addMonths("2026-06", -36)).toBe("2023-06");
  });
});
