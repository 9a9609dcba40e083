import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const TERMS = `ordinal revision terms { name currency notes ... on QuoteSaleTerms { startsOn endsBefore termMonths
  phases { id name startsOn endsBefore lines { id description quantity price { name } customTerms { terms { ... on FlatTerms { fee } } }
    discounts { id description percent amount { amount currency } } trial { days percentOff } ramp { startsOn afterMonths quantity } } }
  minimums { id description amount { amount currency } cadence }
  maximums { id amount { amount } }
  discounts { id description percent amount { amount } scope { kind boundId } position } } }`;
const EDITED = `quote { status version current { ${TERMS} } } warnings { code path }`;

/** A quote that is edited step by step, each edit made on what the one before left. */
async function builder(world: QuoteWorld, terms: object = {}) {
  const created = await simpleQuote(world, terms);
  let at = { versionOrdinal: 1, revision: 1 };
  const read = async (): Promise<Answer> =>
    (await world.sales.data(`query ($id: ID!) { quote(id: $id) { current { ${TERMS} } } }`, { id: created.id })).quote
      .current;
  return {
    id: created.id as string,
    read,
    /** What the edit answers; the next is made on its revision. */
    async edit(mutation: string, input: object, selection = EDITED): Promise<Answer> {
      const answer = await world.sales.done(mutation, `${selection}`, { quoteId: created.id, ...at, ...input });
      at = { versionOrdinal: answer.quote.current.ordinal, revision: answer.quote.current.revision };
      return answer;
    },
    refused: (mutation: string, input: object): Promise<Answer> =>
      world.sales.command(mutation, "warnings { code }", { quoteId: created.id, ...at, ...input }),
  };
}

const daysOf = (phases: readonly Answer[]): string[] =>
  phases.map(({ name, startsOn, endsBefore }) => `${name}: ${startsOn} to ${endsBefore}`);

describe("phases", () => {
  test("are added where their first day belongs, and end those before that have no end of their own", async () => {
    const quote = await builder(await quoteWorld(api));
    const { quote: after, phaseId } = await quote.edit(
      "addQuotePhase",
      { phase: { name: "Second half", startsOn: "2027-07-01" } },
      `phaseId ${EDITED}`,
    );
    const { phases } = after.current.terms;
    expect(daysOf(phases)).toEqual(["Phase 1: 2027-01-01 to 2027-07-01", "Second half: 2027-07-01 to 2028-01-01"]);
    expect(phases[1]).toMatchObject({ id: phaseId, lines: [] });
    expect(after).toMatchObject({ status: "DRAFT", current: { ordinal: 1, revision: 2 } });
  });

  test("that overlap, or lie outside the term, are refused with their place", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world, {
      phases: [{ startsOn: "2027-01-01", endsBefore: "2028-01-01", lines: [{ priceId: world.prices.fee.id }] }],
    });
    expect(problemsOf(await quote.refused("addQuotePhase", { phase: { startsOn: "2027-07-01" } }))).toEqual([
      "PHASES_OVERLAP at phase.startsOn",
    ]);
    const [{ id: phaseId }] = (await quote.read()).terms.phases;
    expect(problemsOf(await quote.refused("updateQuotePhase", { phaseId, endsBefore: "2028-02-01" }))).toEqual([
      "PHASE_OUTSIDE_TERM at endsBefore",
    ]);
    expect(problemsOf(await quote.refused("updateQuotePhase", { phaseId, startsOn: "2028-01-01" }))).toEqual([
      "PHASE_WITHOUT_DAYS at endsBefore",
    ]);
    expect(problemsOf(await quote.refused("updateQuotePhase", { phaseId, startsOn: null }))).toEqual([
      "NULL_NOT_ALLOWED at startsOn",
    ]);
    expect(await quote.refused("removeQuotePhase", { phaseId: quote.id })).toMatchObject({
      __typename: "NotFound",
      code: "QUOTE_PHASE_NOT_FOUND",
      path: ["phaseId"],
    });
  });

  test("may leave days without a phase while people work on them", async () => {
    const quote = await builder(await quoteWorld(api));
    const [{ id: phaseId }] = (await quote.read()).terms.phases;
    await quote.edit("updateQuotePhase", { phaseId, name: "Pilot", endsBefore: "2027-03-01" });
    const { quote: after } = await quote.edit(
      "updateQuotePhase",
      { phaseId, startsOn: "2027-02-01" },
      "quote { current { ordinal revision problems { code path } terms { ... on QuoteSaleTerms { phases { name startsOn } } } } }",
    );
    expect(after.current.terms.phases).toEqual([{ name: "Pilot", startsOn: "2027-02-01" }]);
    expect(after.current.problems.map(({ code, path }: Answer) => `${code} at ${path.join(".")}`)).toEqual([
      "PHASES_GAP at phases.0.startsOn",
      "PHASES_GAP at phases.0.endsBefore",
    ]);
    const emptied = await quote.edit("removeQuotePhase", { phaseId });
    expect(emptied.quote.current.terms.phases).toEqual([]);
  });

  test("are split on a day: lines go on, trials stay, ramps go where their days lie", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world, {
      phases: [
        {
          startsOn: "2027-01-01",
          lines: [
            {
              priceId: world.prices.seats.id,
              quantity: "10",
              discounts: [{ description: "Launch", amount: { amount: "20", currency: "GBP" } }],
              trial: { days: 14 },
              ramp: [
                { afterMonths: 3, quantity: "20" },
                { afterMonths: 9, quantity: "40" },
              ],
            },
          ],
        },
      ],
    });
    const [{ id: phaseId }] = (await quote.read()).terms.phases;
    expect(problemsOf(await quote.refused("splitQuotePhase", { phaseId, on: "2028-01-01" }))).toEqual([
      "SPLIT_OUTSIDE_PHASE at on",
    ]);
    expect(problemsOf(await quote.refused("splitQuotePhase", { phaseId, on: "2027-01-10" }))).toEqual([
      "TRIAL_ACROSS_SPLIT at on",
    ]);
    const totalNow = async (): Promise<Answer> =>
      (
        await world.sales.data(
          "query ($id: ID!) { quote(id: $id) { current { figures { total { list { amount } net { amount } } } } } }",
          { id: quote.id },
        )
      ).quote.current.figures.total;
    const total = await totalNow();
    const { quote: after } = await quote.edit("splitQuotePhase", { phaseId, on: "2027-07-01", name: "Later" });
    const { phases } = after.current.terms;
    expect(daysOf(phases)).toEqual(["Phase 1: 2027-01-01 to 2027-07-01", "Later: 2027-07-01 to 2028-01-01"]);
    const [before, later] = phases.map(({ lines }: Answer) => lines[0]);
    expect(before).toMatchObject({ quantity: "10", trial: { days: 14 }, ramp: [{ afterMonths: 3, quantity: "20" }] });
    expect(later).toMatchObject({ quantity: "20", trial: null, ramp: [{ startsOn: "2027-10-01", quantity: "40" }] });
    expect(later.id).not.toBe(before.id);
    expect(later.discounts).toEqual(before.discounts);
    // 3 × 150.00 + 6 × 300.00 + 3 × 600.00, less 67.74 for 14 days of 31, and 20.00 in each of 12 months.
    expect(total).toEqual({ list: { amount: "4050.00" }, net: { amount: "3742.26" } });
    expect(await totalNow()).toEqual(total);
  });
});

describe("lines", () => {
  test("are added to several phases at once, with the same discounts", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world, {
      phases: [
        { startsOn: "2027-01-01", lines: [{ priceId: world.prices.fee.id }] },
        { startsOn: "2027-07-01", lines: [] },
      ],
    });
    const phaseIds = (await quote.read()).terms.phases.map(({ id }: Answer) => id);
    const { quote: after, lineIds } = await quote.edit(
      "addQuoteLine",
      {
        phaseIds,
        line: {
          priceId: world.prices.seats.id,
          quantity: "5",
          description: "Seats",
          discounts: [{ description: "Welcome", amount: { amount: "100", currency: "GBP" } }],
        },
      },
      `lineIds ${EDITED}`,
    );
    const added = after.current.terms.phases.map(({ lines }: Answer) => lines.at(-1));
    expect(added.map(({ id }: Answer) => id)).toEqual(lineIds);
    expect(added[0]).toMatchObject({ quantity: "5", description: "Seats", price: { name: "Seat" } });
    expect(added[0].discounts).toEqual([
      expect.objectContaining({ description: "Welcome", amount: { amount: "100.00", currency: "GBP" } }),
    ]);
    expect(added[1].discounts).toEqual(added[0].discounts);
  });

  test("that cannot be are refused with their place in the input, once for all phases", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world);
    const [phase] = (await quote.read()).terms.phases;
    const add = async (line: object) => problemsOf(await quote.refused("addQuoteLine", { phaseIds: [phase.id], line }));
    expect(await add({ priceId: world.prices.dollars.id })).toEqual(["CURRENCY_MISMATCH at line.priceId"]);
    expect(await add({ priceId: world.prices.fee.id })).toEqual(["LINEAGE_TWICE_IN_PHASE at line.priceId"]);
    expect(await add({ priceId: quote.id })).toEqual(["PRICE_NOT_FOUND at line.priceId"]);
    expect(
      await add({ priceId: world.prices.annual.id, discounts: [{ description: "All and more", percent: "100.1" }] }),
    ).toEqual(["PERCENT_OUT_OF_RANGE at line.discounts.0.percent"]);
    expect(
      await add({
        priceId: world.prices.annual.id,
        discounts: [{ description: "Dollars", amount: { amount: "5", currency: "USD" } }],
      }),
    ).toEqual(["CURRENCY_MISMATCH at line.discounts.0.amount.currency"]);
    expect(await add({ priceId: world.prices.annual.id, quantity: "-1" })).toEqual([
      "QUANTITY_NEGATIVE at line.quantity",
    ]);
    expect(
      await add({ priceId: world.prices.annual.id, customTerms: { terms: { seat: { strategy: "USE_MAXIMUM" } } } }),
    ).toEqual(["NOT_EXACTLY_ONE_MODEL at line.customTerms.terms.seat"]);
    const line = { priceId: world.prices.annual.id };
    expect(problemsOf(await quote.refused("addQuoteLine", { phaseIds: [], line }))).toEqual([
      "PHASES_MISSING at phaseIds",
    ]);
    expect(await quote.refused("addQuoteLine", { phaseIds: [phase.id, quote.id], line })).toMatchObject({
      code: "QUOTE_PHASE_NOT_FOUND",
      path: ["phaseIds", "1"],
    });
  });

  test("change one thing at a time; what is left out stays, null takes it away", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world);
    const [fee, seats] = (await quote.read()).terms.phases[0].lines;
    const changed = await quote.edit("updateQuoteLine", {
      lineId: seats.id,
      quantity: "12.50",
      description: "Named users",
      trial: { days: 30 },
      ramp: [{ afterMonths: 6, quantity: "20" }],
    });
    expect(changed.quote.current.terms.phases[0].lines[1]).toMatchObject({
      id: seats.id,
      quantity: "12.5",
      description: "Named users",
      trial: { days: 30, percentOff: "100" },
      ramp: [{ startsOn: null, afterMonths: 6, quantity: "20" }],
      discounts: seats.discounts,
    });
    await quote.edit("updateQuoteLine", { lineId: seats.id, description: null, trial: null, quantity: null, ramp: [] });
    await quote.edit("updateQuoteLine", { lineId: fee.id, customTerms: { terms: { flat: { fee: "450" } } } });
    const { quote: after } = await quote.edit("updateQuoteLine", { lineId: fee.id, description: "Fee" });
    expect(after.current.terms.phases[0].lines).toMatchObject([
      { description: "Fee", customTerms: { terms: { fee: "450" } } },
      { description: null, quantity: null, trial: null, ramp: [] },
    ]);
    const other = await quote.edit("updateQuoteLine", { lineId: fee.id, priceId: world.prices.annual.id });
    expect(other.quote.current.terms.phases[0].lines[0]).toMatchObject({
      price: { name: "Support plan" },
      customTerms: null,
    });
    expect(problemsOf(await quote.refused("updateQuoteLine", { lineId: fee.id, priceId: null }))).toEqual([
      "NULL_NOT_ALLOWED at priceId",
    ]);
    expect(
      problemsOf(
        await quote.refused("updateQuoteLine", { lineId: seats.id, ramp: [{ afterMonths: 13, quantity: "1" }] }),
      ),
    ).toEqual(["RAMP_OUTSIDE_TERM at ramp.0.afterMonths"]);
    const removed = await quote.edit("removeQuoteLine", { lineId: fee.id });
    expect(removed.quote.current.terms.phases[0].lines.map(({ id }: Answer) => id)).toEqual([seats.id]);
  });

  test("keep a discount by its id; one of another line becomes the same one", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world);
    const [fee, seats] = (await quote.read()).terms.phases[0].lines;
    const [{ id }] = seats.discounts;
    const changed = await quote.edit("setQuoteLineDiscounts", {
      lineId: seats.id,
      discounts: [
        { id, description: "Launch", percent: "15" },
        { description: "Loyalty", percent: "0.5" },
      ],
    });
    expect(changed.warnings).toEqual([{ code: "PERCENT_BELOW_ONE", path: ["discounts", "1", "percent"] }]);
    expect(changed.quote.current.terms.phases[0].lines[1].discounts).toMatchObject([
      { id, percent: "15" },
      { description: "Loyalty", percent: "0.5" },
    ]);
    const shared = await quote.edit("setQuoteLineDiscounts", {
      lineId: fee.id,
      discounts: [{ id, description: "Launch", percent: "15" }],
    });
    expect(shared.quote.current.terms.phases[0].lines[0].discounts[0].id).toBe(id);
    const refused = await quote.refused("setQuoteLineDiscounts", {
      lineId: fee.id,
      discounts: [
        { id: quote.id, description: "Foreign", percent: "1" },
        { id, description: "Once", percent: "101" },
        { id, description: "Twice", percent: "1" },
      ],
    });
    expect(problemsOf(refused)).toEqual(["ID_UNKNOWN at discounts.0.id", "ID_TWICE at discounts.2.id"]);
  });
});

describe("what holds over several lines", () => {
  test("minimums, maximums and discounts are said in one go each, and keep their ids", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world);
    const { productId } = world;
    const money = (amount: string) => ({ amount, currency: "GBP" });
    const first = await quote.edit("setQuoteMinimums", {
      minimums: [{ amount: money("600"), cadence: "MONTHLY", productId }],
    });
    const [minimum] = first.quote.current.terms.minimums;
    expect(minimum).toMatchObject({
      description: "Minimum commitment",
      amount: { amount: "600.00", currency: "GBP" },
      cadence: "MONTHLY",
    });
    const discounted = await quote.edit("setQuoteDiscounts", {
      discounts: [
        { description: "For the commitment", percent: "5", scope: { commitment: { boundId: minimum.id } } },
        { description: "Goodwill", percent: "2" },
      ],
    });
    expect(discounted.quote.current.terms.discounts).toMatchObject([
      { percent: "5", scope: { kind: "COMMITMENT", boundId: minimum.id }, position: "BEFORE_MINIMUM" },
      { percent: "2", scope: { kind: "INVOICE" }, position: "AFTER_MINIMUM" },
    ]);
    const raised = await quote.edit("setQuoteMinimums", {
      minimums: [{ id: minimum.id, amount: money("650"), cadence: "MONTHLY", productId }],
    });
    expect(raised.quote.current.terms.minimums).toMatchObject([{ id: minimum.id, amount: { amount: "650.00" } }]);
    await quote.edit("setQuoteMaximums", { maximums: [{ amount: money("900"), cadence: "MONTHLY", productId }] });

    expect(problemsOf(await quote.refused("setQuoteMinimums", { minimums: [] }))).toEqual([
      "COMMITMENT_UNKNOWN at terms.discounts.0.scope.commitment",
    ]);
    expect(
      problemsOf(
        await quote.refused("setQuoteMinimums", {
          minimums: [{ id: minimum.id, amount: money("901"), cadence: "MONTHLY", productId }],
        }),
      ),
    ).toEqual(["MINIMUM_ABOVE_MAXIMUM at minimums.0.amount"]);
    expect(
      problemsOf(
        await quote.refused("setQuoteDiscounts", { discounts: [{ description: "Too much", percent: "101" }] }),
      ),
    ).toEqual(["PERCENT_OUT_OF_RANGE at discounts.0.percent"]);

    const [one, other] = discounted.quote.current.terms.discounts;
    const reordered = await quote.edit("setQuoteDiscounts", {
      discounts: [
        { id: other.id, description: "Goodwill", percent: "2" },
        { id: one.id, description: "For the commitment", percent: "5", scope: { commitment: { boundId: minimum.id } } },
      ],
    });
    expect(reordered.quote.current.terms.discounts.map(({ id }: Answer) => id)).toEqual([other.id, one.id]);
    expect((await quote.read()).terms.discounts.map(({ id }: Answer) => id)).toEqual([other.id, one.id]);
  });

  test("the head: a first phase that began with the term still does, and the end follows the months", async () => {
    const quote = await builder(await quoteWorld(api));
    const { quote: after } = await quote.edit("updateQuoteHeadTerms", {
      name: "Acme, two years",
      startsOn: "2027-02-01",
      termMonths: 24,
      notes: "Agreed by phone.\nTo be confirmed.",
    });
    expect(after.current.terms).toMatchObject({
      name: "Acme, two years",
      startsOn: "2027-02-01",
      endsBefore: "2029-02-01",
      termMonths: 24,
      notes: "Agreed by phone.\nTo be confirmed.",
    });
    expect(daysOf(after.current.terms.phases)).toEqual(["Phase 1: 2027-02-01 to 2029-02-01"]);
    const open = await quote.edit("updateQuoteHeadTerms", { endsBefore: null, notes: null });
    expect(open.quote.current.terms).toMatchObject({ endsBefore: null, termMonths: null, notes: null });
    const refused = await quote.refused("updateQuoteHeadTerms", { endsBefore: "2029-01-01", termMonths: 3 });
    expect(problemsOf(refused)).toEqual(["END_SAID_TWICE at termMonths"]);
    expect(problemsOf(await quote.refused("updateQuoteHeadTerms", { currency: "USD" }))).toEqual([
      "CURRENCY_MISMATCH at terms.phases.0.lines.0.priceId",
      "CURRENCY_MISMATCH at terms.phases.0.lines.1.priceId",
    ]);
    expect(problemsOf(await quote.refused("updateQuoteHeadTerms", { currency: "XYZ", name: null }))).toEqual([
      "NULL_NOT_ALLOWED at name",
      "CURRENCY_UNKNOWN at currency",
    ]);
  });
});

describe("an edit", () => {
  test("made on an earlier revision, or another version, is refused", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world);
    await quote.edit("updateQuoteHeadTerms", { name: "Renamed" });
    const at = (versionOrdinal: number, revision: number) =>
      quote.refused("updateQuoteHeadTerms", { versionOrdinal, revision, name: "Renamed again" });
    expect(await at(1, 1)).toMatchObject({ __typename: "StaleVersion", currentVersion: 2, path: ["revision"] });
    expect(await at(2, 1)).toMatchObject({ __typename: "NotFound" });
  });

  test("two at once: one is made, the other is stale", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const answers = await Promise.all(
      ["One", "Two"].map((name) =>
        world.sales.command("updateQuoteHeadTerms", "warnings { code }", {
          quoteId: id,
          versionOrdinal: 1,
          revision: 1,
          name,
        }),
      ),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["StaleVersion", "UpdateQuoteHeadTermsSuccess"]);
  });

  test("leaves who changed what, from what to what, and why; the same content again leaves nothing", async () => {
    const world = await quoteWorld(api);
    const quote = await builder(world);
    const [{ id: phaseId, lines }] = (await quote.read()).terms.phases;
    await quote.edit("updateQuoteLine", { lineId: lines[1].id, quantity: "12", note: "Two more" });
    await quote.edit("updateQuoteLine", { lineId: lines[1].id, quantity: "12" });
    await quote.edit("removeQuoteLine", { lineId: lines[0].id });
    const { quote: read } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { current { revision edits { revision path before after note editedBy } } } }",
      { id: quote.id },
    );
    const path = `phases.${phaseId}.lines`;
    expect(read.current).toEqual({
      revision: 3,
      edits: [
        {
          revision: 2,
          path: `${path}.${lines[1].id}.quantity`,
          before: "10",
          after: "12",
          note: "Two more",
          editedBy: "test sales",
        },
        {
          revision: 3,
          path: `${path}.${lines[0].id}`,
          before: expect.objectContaining({ id: lines[0].id, priceId: world.prices.fee.id }),
          after: null,
          note: null,
          editedBy: "test sales",
        },
      ],
    });
  });

  test("of an approved quote makes it a draft again, and says so in its history", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const submit = () => world.sales.done("submitQuote", "quote { status version }", { quoteId: id });
    expect((await submit()).quote.status).toBe("APPROVED");
    const STATE = "quote { status version history { kind facts } }";
    const on = { quoteId: id, versionOrdinal: 1, revision: 1 };
    const edited = await world.sales.done("updateQuoteHeadTerms", STATE, { ...on, name: "Acme, once more" });
    expect(edited.quote.status).toBe("DRAFT");
    expect(edited.quote.history.at(-1)).toEqual({ kind: "RECALLED", facts: { status: "approved", cause: "edit" } });

    const { quote: approved } = await submit();
    const crm = { id, version: approved.version, deal: "D-9", expiresOn: "2026-12-31" };
    const { quote: dated } = await world.sales.done("updateQuote", STATE, crm);
    expect(dated.status).toBe("APPROVED");
    const moved = { id, version: dated.version, prospect: { legalName: "Newcomer GmbH" } };
    expect((await world.sales.done("updateQuote", STATE, moved)).quote.status).toBe("DRAFT");
  });

  test("of a quote that was sent is refused; who looks after it may still change", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { quote } = await world.sales.done("submitQuote", "quote { version }", { quoteId: id });
    const signers = [{ name: "Ada Byron", email: "ada@acme.example" }];
    const sent = await world.sales.done("sendQuote", "quote { status version }", {
      quoteId: id,
      version: quote.version,
      signers,
    });
    expect(sent.quote.status).toBe("SENT");
    const on = { quoteId: id, versionOrdinal: 1, revision: 1 };
    expect(await world.sales.command("updateQuoteHeadTerms", "quote { id }", { ...on, name: "Late" })).toMatchObject({
      __typename: "Conflict",
      code: "QUOTE_SENT",
    });
    const { version } = sent.quote;
    const update = (input: object) =>
      world.sales.command("updateQuote", "quote { deal status }", { id, version, ...input });
    expect(await update({ prospect: { legalName: "Newcomer GmbH" } })).toMatchObject({ code: "QUOTE_SENT" });
    expect(await update({ expiresOn: "2026-12-31" })).toMatchObject({ code: "QUOTE_SENT" });
    expect(await update({ deal: "D-9" })).toMatchObject({ quote: { deal: "D-9", status: "SENT" } });
  });

  test("once more with the same key is made once", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const again = {
      quoteId: id,
      versionOrdinal: 1,
      revision: 1,
      phase: { startsOn: "2027-07-01" },
      idempotencyKey: "phase",
    };
    const answers = [
      await world.sales.done("addQuotePhase", "phaseId", again),
      await world.sales.done("addQuotePhase", "phaseId", again),
    ];
    expect(answers[1]).toEqual(answers[0]);
  });

  test("is not for those who only read", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const analyst = await world.organization.as("analyst");
    const input = { quoteId: id, versionOrdinal: 1, revision: 1, name: "Mine", idempotencyKey: "analyst" };
    const { errors } = await analyst.ask(
      "mutation ($input: UpdateQuoteHeadTermsInput!) { updateQuoteHeadTerms(input: $input) { __typename } }",
      { input },
    );
    expect(errors?.[0].extensions).toMatchObject({ code: "FORBIDDEN", permission: "CHANGE_QUOTES" });
  });
});

describe("what stands beside the terms", () => {
  const HEAD = "quote { version expiresOn deal externalId customer { legalName } prospect { legalName } status }";

  test("changes by itself; a prospect takes the place of the customer", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const changed = await world.sales.done("updateQuote", HEAD, {
      id,
      version: 1,
      expiresOn: "2026-12-31",
      deal: "D-7",
      externalId: "crm-7",
    });
    expect(changed.quote).toEqual({
      version: 2,
      expiresOn: "2026-12-31",
      deal: "D-7",
      externalId: "crm-7",
      customer: { legalName: "Acme Ltd" },
      prospect: null,
      status: "DRAFT",
    });
    const moved = await world.sales.done("updateQuote", HEAD, {
      id,
      version: 2,
      prospect: { legalName: "Newcomer GmbH" },
      deal: null,
    });
    expect(moved.quote).toMatchObject({
      version: 3,
      customer: null,
      prospect: { legalName: "Newcomer GmbH" },
      deal: null,
      expiresOn: "2026-12-31",
    });
    const same = await world.sales.done("updateQuote", HEAD, { id, version: 3, externalId: "crm-7" });
    expect(same.quote.version).toBe(3);
  });

  test("is refused where it cannot be", async () => {
    const world = await quoteWorld(api);
    const [one, other] = [await simpleQuote(world), await simpleQuote(world, {}, { externalId: "crm-1" })];
    const update = (input: object) =>
      world.sales.command("updateQuote", "quote { id }", { id: one.id, version: 1, ...input });
    expect(await update({ externalId: "crm-1" })).toMatchObject({ __typename: "Conflict", code: "EXTERNAL_ID_TAKEN" });
    expect(await update({ version: 2 })).toMatchObject({ __typename: "StaleVersion", currentVersion: 1 });
    expect(await update({ id: world.customerId })).toMatchObject({ __typename: "NotFound", code: "QUOTE_NOT_FOUND" });
    expect(problemsOf(await update({ expiresOn: "2020-01-01", ownerId: other.id }))).toEqual([
      "EXPIRED_ALREADY at expiresOn",
      "OWNER_NOT_FOUND at ownerId",
    ]);
    expect(problemsOf(await update({ customerId: null }))).toEqual(["CUSTOMER_OR_PROSPECT at customerId"]);
    expect(problemsOf(await update({ prospect: { legalName: "X", country: "Germany", contactEmail: "x" } }))).toEqual([
      "COUNTRY_MALFORMED at prospect.country",
      "EMAIL_MALFORMED at prospect.contactEmail",
    ]);
  });
});
