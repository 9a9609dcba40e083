import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { quoteWorld, simpleQuote } from "../quote/quote-world";
import { withRunningContract } from "../quote/running-contract";
import {
  ADA,
  approvedQuote,
  filledIn,
  GRACE,
  linkTo,
  mailsTo,
  open,
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

/** An approved quote for more seats in a running contract. */
async function approvedAmendment(): Promise<SentQuote & { readonly contractId: string }> {
  const world = await withRunningContract(await quoteWorld(api));
  const { prices, sales, contractId } = world;
  const changes = [{ changeQuantity: { lineageId: prices.seats.lineageId, quantity: "25" } }];
  const { quote } = await sales.done("createAmendmentQuote", "quote { id }", {
    contractId,
    terms: { effectiveOn: "2026-12-01", reason: "More people", changes },
  });
  await sales.done("submitQuote", "quote { id }", { quoteId: quote.id });
  return { world, quoteId: quote.id, seller: "", contractId };
}

const codesOf = (refusal: Answer): string[] =>
  refusal.problems.map(({ code, path }: Answer) => `${code} ${path.join(".")}`);

describe("sending", () => {
  it("freezes the version and keeps its document", async () => {
    const quote = await approvedQuote(api);
    const sent = await send(quote, { signers: [ADA, GRACE], expiresOn: "2026-11-30" });
    expect(sent).toMatchObject({ quote: { status: "SENT", signatureRequest: { status: "SENT" } } });
    const after = await quoteOf(quote);
    expect(after.current.sentAt).toBe("2026-11-03T09:00:00.000Z");
    expect(after.documents).toMatchObject([{ kind: "OFFER", fileName: "Q-00001-v1.pdf" }]);
    expect(after.signatureRequest.documentSha256).toBe(after.documents[0].sha256);
    const edited = await quote.world.sales.command("updateQuoteTerms", "quote { id }", {
      quoteId: quote.quoteId,
      versionOrdinal: 1,
      edits: [{ path: "name", base: "Acme 2027", value: "Other" }],
    });
    expect(edited).toMatchObject({ code: "QUOTE_SENT" });
  });

  it("is refused where the contract that it amends has become another one since the approval", async () => {
    expect((await send(await approvedAmendment())).quote.status).toBe("SENT");
    const late = await approvedAmendment();
    const { contract } = await late.world.finance.data("query ($id: ID!) { contract(id: $id) { version } }", {
      id: late.contractId,
    });
    await late.world.finance.done("amendContract", "contract { id }", {
      id: late.contractId,
      version: contract.version,
      effectiveOn: "2026-12-01",
      unusedTime: "CREDIT",
      reason: "On the phone",
      changes: [{ removeCharge: { lineageId: late.world.prices.seats.lineageId } }],
    });
    const refused = await send(late);
    expect(refused.__typename).toBe("InvalidInput");
    expect(codesOf(refused)).toEqual(["CONTRACT_CHANGED changes"]);
    expect((await quoteOf(late)).status).toBe("APPROVED");
  });

  it("is refused with every place that is wrong", async () => {
    const quote = await approvedQuote(api);
    const refused = await send(quote, {
      signers: [
        { name: " ", email: "ada@acme.example" },
        { name: "Ada", email: "ADA@acme.example", position: 0 },
        { name: "Grace", email: "Grace <grace@acme.example>", title: "x".repeat(101) },
      ],
      message: "x".repeat(2_001),
      expiresOn: "2026-11-02",
    });
    expect(codesOf(refused)).toEqual([
      "TEXT_MISSING signers.0.name",
      "POSITION_OUT_OF_RANGE signers.1.position",
      "SIGNER_TWICE signers.1.email",
      "EMAIL_INVALID signers.2.email",
      "TEXT_TOO_LONG signers.2.title",
      "TEXT_TOO_LONG message",
      "EXPIRED_ALREADY expiresOn",
    ]);
    expect(codesOf(await send(quote, { signers: [] }))).toEqual(["SIGNERS_MISSING signers"]);
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `S${index}`, email: `s${index}@acme.example` }));
    expect(codesOf(await send(quote, { signers: many }))).toEqual(["TOO_MANY_SIGNERS signers"]);
    expect(await quoteOf(quote)).toMatchObject({ status: "APPROVED", documents: [] });
  });

  it("needs an approved quote, as it was read", async () => {
    const quote = await approvedQuote(api);
    const { id } = await simpleQuote(quote.world);
    expect(await send({ ...quote, quoteId: id })).toMatchObject({ code: "QUOTE_NOT_IN_STATE", path: ["quoteId"] });
    expect(await send(quote, { version: 1 })).toMatchObject({ __typename: "StaleVersion", code: "STALE_VERSION" });
    expect(
      await send({ ...quote, quoteId: quote.quoteId }, { quoteId: "0190c5b0-0000-7000-8000-000000000000" }),
    ).toMatchObject({
      code: "QUOTE_NOT_FOUND",
    });
  });

  it("twice at once sends once", async () => {
    const quote = await approvedQuote(api);
    const answers = await Promise.all([send(quote), send(quote)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(["SendQuoteSuccess", "StaleVersion"]);
    await api.work();
    expect(await mailsTo(api, quote, ADA.email)).toHaveLength(1);
  });

  it("is nothing for analysts, who can read where it stands", async () => {
    const quote = await sentQuote(api);
    const analyst = await quote.world.organization.as("analyst");
    const reply = await analyst.ask(
      `mutation { voidQuote(input: { quoteId: "${quote.quoteId}", reason: "No", idempotencyKey: "k" }) { __typename } }`,
    );
    expect(reply.errors?.[0].extensions.code).toBe("FORBIDDEN");
    const { quote: read } = await analyst.data("query ($id: ID!) { quote(id: $id) { signatureRequest { status } } }", {
      id: quote.quoteId,
    });
    expect(read.signatureRequest.status).toBe("SENT");
  });

  test("the page goes on showing what was sent, whatever changes around it", async () => {
    const quote = await sentQuote(api);
    const link = await linkTo(api, quote, ADA.email);
    const { organization } = await quote.world.organization.admin.data("{ organization { version } }");
    await quote.world.organization.admin.done("updateOrganization", "organization { legalName }", {
      version: organization.version,
      addressLines: ["99 Other Street"],
    });
    const page = await open(link);
    expect(page.text).toContain("1 Test Street");
    expect(page.text).not.toContain("99 Other Street");
  });
});

describe("a reminder", () => {
  const remind = ({ world, quoteId }: Awaited<ReturnType<typeof sentQuote>>) =>
    world.sales.command("remindSigners", "signers { name }", { quoteId });

  it("goes to whoever is to sign now, an hour after the last mail at the earliest", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    const refused = await remind(quote);
    expect(refused).toMatchObject({ code: "REMINDED_RECENTLY" });
    expect(refused.message).toContain("3 November 2026 at 10:00 (Europe/London)");
    const setClock = (now: string) =>
      quote.world.organization.admin.done("setTestClock", "organization { id }", { now });
    await setClock("2026-11-03T09:59:59Z");
    expect(await remind(quote)).toMatchObject({ code: "REMINDED_RECENTLY" });
    await setClock("2026-11-03T10:00:00Z");
    expect(await remind(quote)).toMatchObject({ signers: [{ name: "Ada Byron" }] });
    expect(await remind(quote)).toMatchObject({ code: "REMINDED_RECENTLY" });
    await api.work();
    const subjects = (await mailsTo(api, quote, ADA.email)).map(({ subject }) => subject?.split(":")[0]);
    expect(subjects.toSorted()).toEqual(["Please sign", "Reminder"]);
    expect(await mailsTo(api, quote, GRACE.email)).toEqual([]);
    // Either mail leads to the page.
    const links = (await mailsTo(api, quote, ADA.email)).map(({ text }) => /http:\S+\/q\/\S+/.exec(text ?? "")?.[0]);
    for (const link of links) expect((await open(link ?? "")).status).toBe(200);
  });

  it("is not sent for what cannot be signed", async () => {
    const quote = await sentQuote(api);
    await sign(await linkTo(api, quote, ADA.email));
    expect(await remind(quote)).toMatchObject({ code: "ALL_SIGNED" });
    expect(await remind(await approvedQuote(api))).toMatchObject({ code: "QUOTE_NOT_SENT" });
  });
});

describe("a wrong address", () => {
  const replace = (quote: Awaited<ReturnType<typeof sentQuote>>, input: object) =>
    quote.world.sales.command("replaceSigner", "signer { name email isOnTurn }", input);

  it("is corrected before the signature: the old link is dead, a new one is mailed", async () => {
    const quote = await sentQuote(api);
    const old = await linkTo(api, quote, ADA.email);
    const [{ id: signerId }] = (await quoteOf(quote)).signatureRequest.signers;
    const person = { name: "Ada King", email: "ada.king@acme.example", title: "Owner" };
    expect(await replace(quote, { signerId, ...person })).toMatchObject({
      signer: { name: "Ada King", email: "ada.king@acme.example", isOnTurn: true },
    });
    await api.work();
    expect((await open(old)).status).toBe(410);
    const link = await linkTo(api, quote, person.email);
    expect((await open(link)).text).toContain("You sign as <strong><bdi>Ada King</bdi></strong>");
    await sign(link, { signature: "Ada King" });
    expect(await quoteOf(quote)).toMatchObject({ status: "SIGNED" });
    expect(await replace(quote, { signerId, ...person })).toMatchObject({ code: "ALL_SIGNED" });
  });

  it("that is corrected while its owner signs: the one or the other, never a signature in the wrong name", async () => {
    for (let round = 0; round < 4; round += 1) {
      const quote = await sentQuote(api);
      const link = await linkTo(api, quote, ADA.email);
      const fields = filledIn(await open(link));
      const [{ id: signerId }] = (await quoteOf(quote)).signatureRequest.signers;
      const eve = { signerId, name: "Eve", email: "eve@acme.example" };
      const [signed, replaced] = await Promise.all([post(`${link}/sign`, fields), replace(quote, eve)]);
      const [signer] = (await quoteOf(quote)).signatureRequest.signers;
      const isSigned = signed.status === 303;
      expect(signer).toMatchObject(
        isSigned ? { name: "Ada Byron", status: "SIGNED" } : { name: "Eve", status: "WAITING" },
      );
      expect(replaced.__typename).toBe(isSigned ? "Conflict" : "ReplaceSignerSuccess");
      if (!isSigned) expect(signed.status).toBe(410);
    }
  });

  it("is not one that another signer has, and no signature is replaced", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    const [ada, grace] = (await quoteOf(quote)).signatureRequest.signers;
    expect(await replace(quote, { signerId: grace.id, name: "Grace", email: "ADA@acme.example" })).toMatchObject({
      code: "SIGNER_TWICE",
    });
    await sign(await linkTo(api, quote, ADA.email));
    expect(await replace(quote, { signerId: ada.id, name: "Eve", email: "eve@acme.example" })).toMatchObject({
      code: "ALREADY_SIGNED",
    });
    expect(await replace(quote, { signerId: grace.id, name: "", email: "none" })).toMatchObject({
      problems: [{ code: "TEXT_MISSING" }, { code: "EMAIL_INVALID" }],
    });
  });

  it("of somebody who is not to sign yet is corrected without a mail", async () => {
    const quote = await sentQuote(api, { signers: [ADA, GRACE] });
    const [, grace] = (await quoteOf(quote)).signatureRequest.signers;
    await replace(quote, { signerId: grace.id, name: "Grace Hopper", email: "hopper@acme.example" });
    await api.work();
    expect(await mailsTo(api, quote, "hopper@acme.example")).toEqual([]);
    await sign(await linkTo(api, quote, ADA.email));
    await api.work();
    expect(await mailsTo(api, quote, "hopper@acme.example")).toHaveLength(1);
  });

  test("a mail that went out before the worker died is not a second one, and its link works", async () => {
    const quote = await sentQuote(api);
    const [before] = await mailsTo(api, quote, ADA.email);
    const { id: organizationId } = quote.world.organization;
    await api.database.owner.query("SELECT set_config('billgrid.organization_id', $1, false)", [organizationId]);
    const { rows } = await api.database.owner.query<{ id: string }>(
      "UPDATE signing_mail SET status = 'queued' WHERE organization_id = $1 RETURNING id",
      [organizationId],
    );
    const payload = { organizationId, signingMailId: rows[0]?.id };
    await api.database.pool.query("SELECT jobs_api.enqueue('send_signing_mail', $1)", [JSON.stringify(payload)]);
    await api.work();
    const mails = await mailsTo(api, quote, ADA.email);
    expect(mails.map(({ messageId }) => messageId)).toEqual([before?.messageId]);
    expect((await open(await linkTo(api, quote, ADA.email))).status).toBe(200);
    expect((await quoteOf(quote)).signatureRequest.signers[0].mails).toMatchObject([{ status: "SENT" }]);
  });

  test("a mail that has become untrue does not go out", async () => {
    const quote = await approvedQuote(api);
    await send(quote);
    await quote.world.sales.done("voidQuote", "quote { status }", { quoteId: quote.quoteId, reason: "At once" });
    await api.work();
    const [signer] = (await quoteOf(quote)).signatureRequest.signers;
    expect(signer.mails).toMatchObject([{ kind: "INVITATION", status: "DROPPED" }, { kind: "WITHDRAWN" }]);
  });
});
