import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import {
  ADA,
  approvedQuote,
  filledIn,
  GRACE,
  linkTo,
  mailsTo,
  open,
  type Page,
  post,
  quoteOf,
  type SentQuote,
  send,
  sentQuote,
  sign,
} from "./signing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const kindsOf = ({ history }: Answer): string[] => history.map(({ kind }: Answer) => kind);
const subjectsTo = async (quote: SentQuote, address: string) => {
  await api.work();
  return (await mailsTo(api, quote, address)).map(({ subject }) => subject?.split(":")[0]).toSorted();
};
const swapped = <A, B>(first: A, second: B): [B, A] => [second, first];
const startVersion = ({ world, quoteId }: SentQuote, more: object = {}) =>
  world.sales.command("startQuoteVersion", "quote { status current { ordinal } } signers { name outcome message }", {
    quoteId,
    versionOrdinal: 1,
    ...more,
  });

describe("a signer who declines", () => {
  it("ends the version for everybody, with the reason", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    await sign(await linkTo(api, quote, ADA.email));
    await api.work();
    const grace = await linkTo(api, quote, GRACE.email);
    const declined = await post(`${grace}/decline`, { reason: "Too dear.\nSorry." });
    expect(declined.status).toBe(303);
    const after = await quoteOf(quote);
    expect(after).toMatchObject({
      status: "DECLINED",
      statusReason: "Too dear.\nSorry.",
      signatureRequest: { status: "DECLINED", signers: [{ status: "SIGNED" }, { status: "DECLINED" }] },
    });
    expect(after.history.at(-1)).toMatchObject({ kind: "DECLINED", actor: "Grace Hopper" });
    expect((await open(grace)).text).toContain("This offer was declined");
    expect(await subjectsTo(quote, ADA.email)).toEqual(["No longer to be signed", "Please sign"]);
    const late = await post(`${grace}/sign`, filledIn(await open(grace), {}));
    expect(late.status).toBe(409);
  });

  it("twice declines once, and may keep the reason to themselves", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    expect([(await post(`${link}/decline`, {})).status, (await post(`${link}/decline`, {})).status]).toEqual([
      303, 303,
    ]);
    const after = await quoteOf(quote);
    expect(after).toMatchObject({ status: "DECLINED", statusReason: null });
    expect(kindsOf(after).filter((kind) => kind === "DECLINED")).toHaveLength(1);
  });
});

describe("staff", () => {
  test("note that the customer declined, with a reason", async () => {
    const quote = await sentQuote(api);
    const decline = (reason: string) =>
      quote.world.sales.command("declineQuote", "quote { status statusReason }", { quoteId: quote.quoteId, reason });
    expect(await decline(" ")).toMatchObject({ code: "TEXT_MISSING", path: ["reason"] });
    expect(await decline("They went elsewhere")).toMatchObject({
      quote: { status: "DECLINED", statusReason: "They went elsewhere" },
    });
    expect(await decline("Again")).toMatchObject({ code: "QUOTE_DECLINED", path: ["quoteId"] });
    expect((await open(await linkTo(api, quote, ADA.email))).text).toContain("This offer was declined");
  });

  test("void a quote: signers are told, and the page shows nothing of it any more", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const page = await open(link);
    await quote.world.sales.done("voidQuote", "quote { status }", { quoteId: quote.quoteId, reason: "Wrong customer" });
    const after = await quoteOf(quote);
    expect(after).toMatchObject({
      status: "VOIDED",
      statusReason: "Wrong customer",
      signatureRequest: { status: "WITHDRAWN" },
    });
    expect(kindsOf(after).slice(-2)).toEqual(["SIGNATURE_CANCELLED", "VOIDED"]);
    const shown = await open(link);
    expect(shown.text).toContain("This offer was taken back");
    expect(shown.text).not.toContain("Platform fee");
    expect((await open(`${link}/offer.pdf`)).status).toBe(404);
    const late = await post(`${link}/sign`, filledIn(page));
    expect([late.status, late.text.includes("This offer was taken back")]).toEqual([409, true]);
    expect(await subjectsTo(quote, ADA.email)).toEqual(["No longer to be signed", "Please sign"]);
  });

  test("who void while the last signature is given: one of the two comes first, and nothing is half done", async () => {
    for (let round = 0; round < 4; round += 1) {
      const quote = await sentQuote(api);
      const link = await linkTo(api, quote, ADA.email);
      const fields = filledIn(await open(link));
      const signing = () => post(`${link}/sign`, fields);
      const voiding = () =>
        quote.world.sales.command("voidQuote", "quote { status }", { quoteId: quote.quoteId, reason: "Race" });
      const acts: [Promise<Page>, Promise<Answer>] =
        round % 2 === 0 ? [signing(), voiding()] : swapped(voiding(), signing());
      const [signed, voided] = await Promise.all(acts);
      const after = await quoteOf(quote);
      expect([after.status, voided.__typename]).toEqual(["VOIDED", "VoidQuoteSuccess"]);
      // Signed first and voided then, with its signed document; or voided first and never signed.
      const isSigned = signed.status === 303;
      expect(after.signatureRequest.status).toBe(isSigned ? "COMPLETED" : "WITHDRAWN");
      expect(after.documents.map(({ kind }: Answer) => kind)).toEqual(isSigned ? ["OFFER", "SIGNED"] : ["OFFER"]);
    }
  });
});

describe("a new version", () => {
  it("supersedes what was sent, and says what becomes of each signature", async () => {
    const third = { name: "Third Signer", email: "third@acme.example", title: null };
    const quote = await sentQuote(api, { signers: [ADA, GRACE, third] });
    const ada = await linkTo(api, quote, ADA.email);
    await sign(ada);
    await api.work();
    const grace = await linkTo(api, quote, GRACE.email);
    const before = await open(grace);
    expect(await startVersion(quote)).toMatchObject({
      quote: { status: "DRAFT", current: { ordinal: 2 } },
      signers: [
        {
          name: "Ada Byron",
          outcome: "SIGNATURE_LAPSED",
          message:
            "Ada Byron signed version 1 on 3 November 2026 at 09:00 (Europe/London); the signature does not hold for version 2.",
        },
        { name: "Grace Hopper", outcome: "TOLD" },
        { name: "Third Signer", outcome: "NEVER_ASKED" },
      ],
    });
    const late = await post(`${grace}/sign`, filledIn(before));
    expect([late.status, late.text.includes("This version was replaced")]).toEqual([409, true]);
    expect((await open(ada)).text).toContain("This version was replaced");
    expect(await subjectsTo(quote, ADA.email)).toEqual(["No longer to be signed", "Please sign"]);
    expect(await subjectsTo(quote, third.email)).toEqual([]);
    const after = await quoteOf(quote);
    expect(after).toMatchObject({ status: "DRAFT", signatureRequest: null });
    expect(kindsOf(after)).toContain("SIGNATURE_CANCELLED");
  });

  it("is sent and signed like the first, which keeps its own document", async () => {
    const quote = await sentQuote(api);
    await startVersion(quote);
    await quote.world.sales.done("submitQuote", "quote { status }", { quoteId: quote.quoteId });
    expect(await send(quote)).toMatchObject({ quote: { status: "SENT" } });
    await api.work();
    const link = await linkTo(api, quote, ADA.email);
    expect((await open(link)).text).toContain("version 2");
    await sign(link);
    const after = await quoteOf(quote);
    expect(after.status).toBe("SIGNED");
    expect(after.documents.map(({ kind, versionOrdinal }: Answer) => `${kind} ${versionOrdinal}`)).toEqual([
      "OFFER 1",
      "OFFER 2",
      "SIGNED 2",
    ]);
  });

  it("may bring edits, all or none, made on the version that was sent", async () => {
    const quote = await sentQuote(api);
    const { quote: read } = await quote.world.sales.data(
      "query ($id: ID!) { quote(id: $id) { current { cells { path title value } } } }",
      { id: quote.quoteId },
    );
    const cell = read.current.cells.find(({ value }: Answer) => value === "10");
    const clash = await startVersion(quote, { edits: [{ path: cell.path, base: "11", value: "12" }] });
    expect(clash).toMatchObject({ __typename: "QuoteEditConflict", code: "QUOTE_EDIT_CONFLICT" });
    expect(await quoteOf(quote)).toMatchObject({ status: "SENT", current: { ordinal: 1 } });
    const started = await startVersion(quote, { edits: [{ path: cell.path, base: "10", value: "12" }] });
    expect(started).toMatchObject({ quote: { status: "DRAFT", current: { ordinal: 2 } } });
  });

  it("does not follow a draft, or a version that is not the current one", async () => {
    const draft = await approvedQuote(api);
    expect(await startVersion(draft)).toMatchObject({ code: "QUOTE_NOT_IN_STATE" });
    const sent = await sentQuote(api);
    expect(await startVersion(sent, { versionOrdinal: 2 })).toMatchObject({
      code: "QUOTE_VERSION_NOT_FOUND",
      path: ["versionOrdinal"],
    });
  });

  it("that is started by two at once is started once", async () => {
    const quote = await sentQuote(api);
    const answers = await Promise.all([startVersion(quote), startVersion(quote)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(["Conflict", "StartQuoteVersionSuccess"]);
  });
});

describe("after the last day", () => {
  test("the page says so, and nobody signs", async () => {
    const quote = await sentQuote(api, { expiresOn: "2026-11-10" });
    const link = await linkTo(api, quote, ADA.email);
    const page = await open(link);
    const setClock = (now: string) =>
      quote.world.organization.admin.done("setTestClock", "organization { id }", { now });
    // The last day is the seller's: half past eleven in London.
    await setClock("2026-11-10T23:30:00Z");
    expect((await open(link)).text).toContain("Sign this offer");
    await setClock("2026-11-11T00:00:00Z");
    expect((await open(link)).text).toContain("The last day of this offer is over");
    const late = await post(`${link}/sign`, filledIn(page));
    expect([late.status, late.text.includes("cannot be signed any more")]).toEqual([409, true]);
    expect(await quoteOf(quote)).not.toMatchObject({ status: "SIGNED" });
  });
});
