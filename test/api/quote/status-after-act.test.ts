import { describe, expect, test } from "vitest";
import { type PlainDate, plainDate } from "../../../server/domain/calendar/plain-date";
import type { QuoteAct, QuoteStatus } from "../../../server/domain/quote/quote-life";
import { type Quote, statusAfterAct } from "../../../server/modules/quote";

const TODAY = plainDate("2026-11-03");

const quote = (status: QuoteStatus, more: Partial<Quote> = {}): Quote => ({
  id: "quote",
  number: "Q-00001",
  kind: "sale",
  status,
  customerId: "customer",
  prospect: null,
  contractId: null,
  currentVersion: 2,
  expiresOn: null,
  ownerId: null,
  externalId: null,
  deal: null,
  priceBookId: null,
  statusReason: null,
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  ...more,
});

const refusal = (of: Quote, act: QuoteAct, today: PlainDate = TODAY): string => {
  const after = statusAfterAct(of, act, today);
  return after.ok ? after.value : `${after.error.code}: ${after.error.message}`;
};

describe("What a quote does not allow", () => {
  test.each<[QuoteAct, Quote, string]>([
    ["edit", quote("draft"), "draft"],
    [
      "send",
      quote("draft"),
      "QUOTE_NOT_IN_STATE: Version 2 of Q-00001 is a draft, so that it cannot be sent. Submit it first.",
    ],
    [
      "start_version",
      quote("approved"),
      "QUOTE_NOT_IN_STATE: Version 2 of Q-00001 is approved, so that it cannot be followed by another. Edit it as it is.",
    ],
    [
      "submit",
      quote("in_approval"),
      "QUOTE_NOT_IN_STATE: Version 2 of Q-00001 is in approval, so that it cannot be submitted. Its approvals come first.",
    ],
    [
      "edit",
      quote("sent"),
      "QUOTE_SENT: Version 2 of Q-00001 is sent, so that it cannot be edited. Call startQuoteVersion to make its successor.",
    ],
    [
      "edit",
      quote("signed"),
      "QUOTE_SENT: Version 2 of Q-00001 is signed, so that it cannot be edited. Call startQuoteVersion to make its successor.",
    ],
    [
      "execute",
      quote("sent"),
      "QUOTE_NOT_SIGNED: Version 2 of Q-00001 is sent, so that it cannot be executed. Everybody has to sign it first.",
    ],
    [
      "execute",
      quote("declined", { statusReason: "Too dear" }),
      'QUOTE_DECLINED: Version 2 of Q-00001 is declined ("Too dear"), so that it cannot be executed. Call startQuoteVersion to make its successor.',
    ],
    [
      "execute",
      quote("voided"),
      "QUOTE_VOIDED: Version 2 of Q-00001 is voided, so that it cannot be executed. Clone it to offer the same again.",
    ],
    [
      "void",
      quote("executed", { kind: "amendment" }),
      "QUOTE_EXECUTED: Version 2 of Q-00001 is executed, so that it cannot be voided. Create another amendment quote to offer the same again.",
    ],
  ])("%s of %o", (act, of, expected) => {
    expect(refusal(of, act)).toBe(expected);
  });

  test("is what is over, from the day after its last, whether or not anybody wrote that down", () => {
    const expiring = { expiresOn: TODAY };
    expect(refusal(quote("sent", expiring), "sign")).toBe("signed");
    const dayAfter = plainDate("2026-11-04");
    expect(refusal(quote("sent", expiring), "sign", dayAfter)).toBe(
      "QUOTE_EXPIRED: Version 2 of Q-00001 is expired (its last day was 3 Nov 2026), so that it cannot be signed. Call startQuoteVersion to make its successor.",
    );
    expect(refusal(quote("draft", expiring), "submit", dayAfter)).toBe(
      "QUOTE_EXPIRED: Version 2 of Q-00001 is expired (its last day was 3 Nov 2026), so that it cannot be submitted. Set a later last day with updateQuote.",
    );
  });
});
