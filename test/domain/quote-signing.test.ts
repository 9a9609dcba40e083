import { describe, expect, it, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import {
  checkLink,
  checkSignature,
  haveAllSigned,
  mayAct,
  mayNote,
  positionsOf,
  remindableFrom,
  type SignerState,
  type SigningState,
  signersOnTurn,
  standingOf,
} from "../../server/domain/quote/signing";

const signer = (id: string, position: number, status: SignerState["status"] = "waiting"): SignerState => ({
  id,
  position,
  name: id.toUpperCase(),
  status,
});
const ids = (signers: readonly SignerState[]) => signers.map(({ id }) => id);
const today = plainDate("2026-11-03");

const sent = (signers: readonly SignerState[], more: Partial<SigningState> = {}): SigningState => ({
  quote: { status: "sent", expiresOn: plainDate("2026-11-30") },
  isSuperseded: false,
  request: { provider: "embedded", status: "sent" },
  signers,
  ...more,
});

describe("the turn", () => {
  it("is the lowest position with somebody who waits; at one position all sign at once", () => {
    const [a, b, c] = [signer("a", 1), signer("b", 1), signer("c", 2)];
    expect(ids(signersOnTurn([c, a, b]))).toEqual(["a", "b"]);
    expect(ids(signersOnTurn([{ ...a, status: "signed" }, b, c]))).toEqual(["b"]);
    expect(ids(signersOnTurn([signer("a", 1, "signed"), signer("b", 1, "signed"), c]))).toEqual(["c"]);
  });

  it("is nobody's once all have signed", () => {
    expect(signersOnTurn([signer("a", 1, "signed")])).toEqual([]);
    expect(signersOnTurn([])).toEqual([]);
  });

  it("comes in the order of the list unless positions are given, which may have gaps", () => {
    expect(positionsOf([null, null, null])).toEqual([1, 2, 3]);
    expect(positionsOf([5, 5, 9])).toEqual([1, 1, 2]);
    expect(positionsOf([2, 1, null])).toEqual([2, 1, 3]);
    expect(positionsOf([])).toEqual([]);
  });
});

describe("a signer", () => {
  const signers = [signer("a", 1), signer("b", 2)];

  it("may sign in their turn, and not before or again", () => {
    expect(mayAct(sent(signers), "a", today)).toMatchObject({ ok: true, value: { id: "a" } });
    expect(mayAct(sent(signers), "b", today)).toMatchObject({
      error: { code: "NOT_YOUR_TURN", waitingFor: [{ id: "a" }] },
    });
    expect(mayAct(sent([signer("a", 1, "signed"), signer("b", 2)]), "a", today)).toMatchObject({
      error: { code: "ALREADY_SIGNED" },
    });
  });

  it("may not sign if not listed, by a link for reading, or where the provider asks for it", () => {
    expect(mayAct(sent(signers), "stranger", today)).toMatchObject({ error: { code: "NOT_A_SIGNER" } });
    expect(mayAct(sent(signers), null, today)).toMatchObject({ error: { code: "NOT_A_SIGNER" } });
    const elsewhere = sent(signers, { request: { provider: "dropbox_sign", status: "sent" } });
    expect(mayAct(elsewhere, "a", today)).toMatchObject({ error: { code: "NOT_A_SIGNER" } });
  });

  it("may sign on the last day, and not on the day after", () => {
    expect(mayAct(sent(signers), "a", plainDate("2026-11-29")).ok).toBe(true);
    expect(mayAct(sent(signers), "a", plainDate("2026-11-30")).ok).toBe(true);
    expect(mayAct(sent(signers), "a", plainDate("2026-12-01"))).toMatchObject({ error: { code: "QUOTE_EXPIRED" } });
  });

  test.each([
    ["VERSION_SUPERSEDED", { isSuperseded: true }],
    ["QUOTE_VOIDED", { quote: { status: "voided", expiresOn: null } }],
    ["QUOTE_DECLINED", { quote: { status: "declined", expiresOn: null } }],
    ["QUOTE_EXPIRED", { quote: { status: "expired", expiresOn: plainDate("2026-11-02") } }],
    ["ALL_SIGNED", { quote: { status: "signed", expiresOn: null } }],
    ["ALL_SIGNED", { quote: { status: "executed", expiresOn: null } }],
    ["REQUEST_WITHDRAWN", { quote: { status: "draft", expiresOn: null } }],
    ["REQUEST_WITHDRAWN", { request: { provider: "embedded", status: "withdrawn" } }],
    ["REQUEST_WITHDRAWN", { request: { provider: "embedded", status: "failed" } }],
    ["QUOTE_DECLINED", { request: { provider: "embedded", status: "declined" } }],
  ] as const)("gets %s where it is over", (code, more) => {
    expect(mayAct(sent(signers, more), "a", today)).toEqual({ ok: false, error: { code } });
    expect(mayNote(sent(signers, more), "a", today)).toEqual({ ok: false, error: { code } });
  });

  it("of a version that was replaced is told so, whatever else happened to it", () => {
    const state = sent(signers, {
      isSuperseded: true,
      quote: { status: "voided", expiresOn: plainDate("2020-01-01") },
    });
    expect(standingOf(state, "a", today)).toEqual({ kind: "superseded" });
  });

  it("who signed elsewhere is noted in whatever order the news arrives, but once", () => {
    const elsewhere = (list: readonly SignerState[]) =>
      sent(list, { request: { provider: "dropbox_sign", status: "sent" } });
    expect(mayNote(elsewhere(signers), "b", today)).toMatchObject({ ok: true, value: { id: "b" } });
    expect(mayNote(elsewhere([signer("a", 1, "signed")]), "a", today)).toMatchObject({
      error: { code: "ALREADY_SIGNED" },
    });
    expect(mayNote(elsewhere(signers), "c", today)).toMatchObject({ error: { code: "NOT_A_SIGNER" } });
  });

  it("who signed elsewhere in time counts although the quote has expired since, and nobody who signed the day after", () => {
    const expired = sent(signers, {
      quote: { status: "expired", expiresOn: plainDate("2026-11-30") },
      request: { provider: "dropbox_sign", status: "sent" },
    });
    expect(mayNote(expired, "a", plainDate("2026-11-30")).ok).toBe(true);
    expect(mayNote(expired, "a", plainDate("2026-12-01"))).toMatchObject({ error: { code: "QUOTE_EXPIRED" } });
    const takenBack = { ...expired, request: { provider: "embedded", status: "withdrawn" } } as const;
    expect(mayAct(takenBack, "a", plainDate("2026-11-30"))).toMatchObject({ error: { code: "REQUEST_WITHDRAWN" } });
  });
});

test("everybody has signed when nobody is left", () => {
  expect(haveAllSigned([signer("a", 1, "signed"), signer("b", 2)])).toBe(false);
  expect(haveAllSigned([signer("a", 1, "signed"), signer("b", 2, "signed")])).toBe(true);
});

describe("a link", () => {
  const expiresAt = new Date("2026-11-10T12:00:00Z");

  it("leads somewhere before the instant of its expiry, and not at it", () => {
    const link = { expiresAt, revokedAt: null };
    expect(checkLink(link, new Date("2026-11-10T11:59:59.999Z")).ok).toBe(true);
    expect(checkLink(link, expiresAt)).toEqual({ ok: false, error: { code: "LINK_EXPIRED", at: expiresAt } });
  });

  it("that was taken back says so even after its expiry", () => {
    const link = { expiresAt, revokedAt: new Date("2026-11-04T00:00:00Z") };
    expect(checkLink(link, new Date("2026-12-01T00:00:00Z"))).toMatchObject({ error: { code: "LINK_REVOKED" } });
  });
});

describe("a signature", () => {
  const typed = { kind: "typed", text: "Ada Byron", drawing: null, hasConsented: true } as const;
  const drawing = { bytes: 4_000, isReadable: true, isBlank: false };
  const drawn = { ...typed, kind: "drawn", text: "", drawing } as const;

  it("is a name with a letter or a digit, in any script", () => {
    expect(checkSignature(typed)).toEqual([]);
    for (const text of ["李", "José", "Ω", "X"]) expect(checkSignature({ ...typed, text })).toEqual([]);
    for (const text of ["", "   ", "...", "\u200b"]) {
      expect(checkSignature({ ...typed, text })).toEqual([{ code: "SIGNATURE_EMPTY", field: "signature" }]);
    }
  });

  it("has at most 100 characters", () => {
    expect(checkSignature({ ...typed, text: "a".repeat(100) })).toEqual([]);
    expect(checkSignature({ ...typed, text: "a".repeat(101) })).toEqual([
      { code: "SIGNATURE_TOO_LONG", field: "signature" },
    ]);
  });

  it("that is drawn is readable, not blank, and at most 200 kB", () => {
    expect(checkSignature(drawn)).toEqual([]);
    expect(checkSignature({ ...drawn, drawing: { ...drawing, bytes: 200_000 } })).toEqual([]);
    const codeOf = (given: typeof drawing | null) =>
      checkSignature({ ...drawn, drawing: given }).map(({ code }) => code);
    expect(codeOf({ ...drawing, bytes: 200_001 })).toEqual(["SIGNATURE_TOO_LARGE"]);
    expect(codeOf({ ...drawing, isReadable: false })).toEqual(["DRAWING_UNREADABLE"]);
    expect(codeOf({ ...drawing, isBlank: true })).toEqual(["SIGNATURE_EMPTY"]);
    expect(codeOf(null)).toEqual(["SIGNATURE_EMPTY"]);
  });

  it("needs consent, and everything that is wrong is said at once", () => {
    expect(checkSignature({ ...typed, text: "", hasConsented: false })).toEqual([
      { code: "SIGNATURE_EMPTY", field: "signature" },
      { code: "CONSENT_MISSING", field: "consent" },
    ]);
  });
});

test("a signer is reminded an hour after the last mail at the earliest", () => {
  expect(remindableFrom(new Date("2026-11-03T09:00:00Z"))).toEqual(new Date("2026-11-03T10:00:00Z"));
  expect(remindableFrom(null)).toBeNull();
});
