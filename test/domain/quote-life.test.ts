import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import {
  expiryWarningDue,
  type QuoteAct,
  type QuoteStatus,
  statusAfter,
  statusOn,
} from "../../server/domain/quote/quote-life";

const STATUSES: readonly QuoteStatus[] = [
  "draft",
  "in_approval",
  "approved",
  "sent",
  "signed",
  "executed",
  "declined",
  "expired",
  "voided",
];
const LAST = plainDate("2026-11-20");
const AFTER = plainDate("2026-11-21");
const quote = (status: QuoteStatus) => ({ status, expiresOn: LAST });
const allowed = (act: QuoteAct, on = LAST) => STATUSES.filter((status) => statusAfter(quote(status), act, on).ok);

describe("An act is possible", () => {
  test.each<[QuoteAct, QuoteStatus[], QuoteStatus[]]>([
    ["edit", ["draft", "in_approval", "approved"], ["draft"]],
    ["submit", ["draft"], []],
    ["approve", ["in_approval"], []],
    ["reject", ["in_approval"], []],
    ["recall", ["in_approval"], []],
    ["send", ["approved"], []],
    ["sign", ["sent", "expired"], []],
    ["decline", ["sent"], []],
    ["execute", ["signed"], ["signed"]],
    ["expire", ["in_approval", "approved", "sent"], ["in_approval", "approved", "sent"]],
    [
      "start_version",
      ["sent", "signed", "declined", "expired"],
      ["in_approval", "approved", "sent", "signed", "declined", "expired"],
    ],
    [
      "void",
      ["draft", "in_approval", "approved", "sent", "signed", "declined", "expired"],
      ["draft", "in_approval", "approved", "sent", "signed", "declined", "expired"],
    ],
  ])("%s: up to the last day from %j, after it from %j", (act, upTo, after) => {
    expect(allowed(act)).toEqual(upTo);
    expect(allowed(act, AFTER)).toEqual(after);
  });

  test("or is refused with the reason", () => {
    expect(statusAfter(quote("approved"), "send", AFTER)).toEqual({
      ok: false,
      error: { code: "QUOTE_EXPIRED", expiresOn: LAST },
    });
    expect(statusAfter(quote("approved"), "edit", AFTER)).toEqual({
      ok: false,
      error: { code: "QUOTE_NOT_IN_STATE", status: "expired", from: ["draft", "in_approval", "approved"] },
    });
  });
});

test("What is offered has expired on the day after its last, whoever noticed; a draft is not offered yet", () => {
  expect(STATUSES.map((status) => statusOn(quote(status), LAST))).toEqual(STATUSES);
  expect(STATUSES.map((status) => statusOn(quote(status), AFTER))).toEqual([
    "draft",
    "expired",
    "expired",
    "expired",
    "signed",
    "executed",
    "declined",
    "expired",
    "voided",
  ]);
  expect(statusOn({ status: "sent", expiresOn: null }, AFTER)).toBe("sent");
});

describe("A quote about to expire is warned of", () => {
  const due = (day: string, given: (7 | 1)[] = [], status: QuoteStatus = "sent") =>
    expiryWarningDue(quote(status), given, plainDate(day));

  test("seven days and one day before, each once", () => {
    expect(due("2026-11-12")).toBeNull();
    expect(due("2026-11-13")).toBe(7);
    expect(due("2026-11-13", [7])).toBeNull();
    expect(due("2026-11-18")).toBe(7);
    expect(due("2026-11-19", [7])).toBe(1);
    expect(due("2026-11-20")).toBe(1);
    expect(due("2026-11-20", [7, 1])).toBeNull();
    expect(due("2026-11-20", [1])).toBeNull();
    expect(due("2026-11-21")).toBeNull();
  });

  test("while it is offered", () => {
    expect(due("2026-11-19", [], "in_approval")).toBe(1);
    expect(due("2026-11-19", [], "draft")).toBeNull();
    expect(due("2026-11-19", [], "signed")).toBeNull();
    expect(expiryWarningDue({ status: "sent", expiresOn: null }, [], LAST)).toBeNull();
  });
});
