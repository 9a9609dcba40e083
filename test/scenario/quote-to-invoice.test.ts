import { readdirSync, readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Decimal } from "../../server/domain/money/decimal";
import { type QuoteWorld, quoteWorld } from "../api/quote/quote-world";
import { type Answer, type Client, startTestApi, type TestApi } from "../testkit/api";

/**
 * Sales agrees terms with a newcomer, an administrator approves them, the newcomer signs on the hosted page, finance
 * executes and bills: through GraphQL and the page alone. Every figure of the invoices was on the quote.
 */
let api: TestApi;
let world: QuoteWorld;
let quoteId: string;
let contractId: string;
/** What the customer was shown before signing: invoices as they would fall, with a hundred calls a day. */
let shown: Answer;

beforeAll(async () => {
  api = await startTestApi();
  world = await quoteWorld(api);
});
afterAll(() => api.stop());

const clock = (now: string) => world.organization.admin.done("setTestClock", "organization { today }", { now });

const QUOTE = `query ($id: ID!) { quote(id: $id) { id number version status prospect { legalName } customer { legalName }
  current { ordinal revision terms { ... on QuoteSaleTerms { phases { id name lines { id } } } } } history { kind actor } documents { kind }
  signatureRequest { status signers { name status } } } }`;
const quoteNow = async (client: Client = world.sales): Promise<Answer> =>
  (await client.data(QUOTE, { id: quoteId })).quote;

/** A change of the terms, made on what is there now. */
const edit = async (mutation: string, input: object): Promise<void> => {
  const { current } = await quoteNow();
  const on = { quoteId, versionOrdinal: current.ordinal, revision: current.revision };
  await world.sales.done(mutation, "quote { id }", { ...on, ...input });
};

const operate = async (mutation: string, input: object = {}): Promise<Answer> => {
  const { operation } = await world.finance.done(mutation, "operation { id }", input);
  await api.work();
  const answer = await world.finance.data(
    "query ($id: ID!) { operation(id: $id) { status succeeded failed items { nodes { code message } } } }",
    { id: operation.id },
  );
  return answer.operation;
};

describe("A quote", () => {
  it("begins blank, to somebody who is no customer yet", async () => {
    const { quote } = await world.sales.done("createQuote", "quote { id number status }", {
      prospect: {
        legalName: "Newcomer Ltd",
        addressLines: ["1 New Road", "York"],
        country: "GB",
        contactName: "Grace Hopper",
        contactEmail: "grace@newcomer.example",
        externalId: "crm-77",
      },
      terms: { name: "Newcomer 2027", startsOn: "2027-01-01", termMonths: 12, currency: "GBP" },
      deal: "Newcomer, first year",
    });
    quoteId = quote.id;
    expect(quote).toMatchObject({ number: "Q-00001", status: "DRAFT" });
  });

  it("grows phases, lines, a trial, a ramp, a minimum and discounts", async () => {
    const { prices, productId } = world;
    await edit("addQuotePhase", { phase: { name: "Launch", startsOn: "2027-01-01" } });
    const phase = async (index: number) => (await quoteNow()).current.terms.phases[index].id;
    const add = async (index: number, line: object) => edit("addQuoteLine", { phaseIds: [await phase(index)], line });
    await add(0, { priceId: prices.setup.id });
    await add(0, {
      priceId: prices.fee.id,
      customTerms: { terms: { flat: { fee: "450.00" } } },
      trial: { months: 1, percentOff: "50" },
    });
    await add(0, {
      priceId: prices.seats.id,
      quantity: "10",
      ramp: [{ afterMonths: 3, quantity: "20" }],
      discounts: [{ description: "Launch", percent: "20" }],
    });
    await add(0, { priceId: prices.calls.id });
    await edit("addQuotePhase", {
      phase: {
        name: "Growth",
        startsOn: "2027-07-01",
        lines: [{ priceId: prices.fee.id }, { priceId: prices.seats.id, quantity: "30" }, { priceId: prices.calls.id }],
      },
    });
    await edit("setQuoteMinimums", {
      minimums: [
        {
          description: "Usage commitment",
          amount: { amount: "250", currency: "GBP" },
          cadence: "MONTHLY",
          productId,
          lineageIds: [prices.calls.lineageId],
        },
      ],
    });
    await edit("setQuoteDiscounts", { discounts: [{ description: "Founders", percent: "5" }] });
    const { current } = await quoteNow();
    expect(current.terms.phases.map(({ name, lines }: Answer) => `${name}: ${lines.length}`)).toEqual([
      "Launch: 4",
      "Growth: 3",
    ]);
  });

  it("says what it comes to, and how its invoices would fall", async () => {
    const { previewQuote } = await world.sales.data(
      `query ($input: PreviewQuoteInput!) { previewQuote(input: $input) { problems { code path } figures { totalContractValue { amount } totalWithUsage { amount }
         phases { name monthlyRecurring { amount } } invoices { billsOn billingMonth net { amount } lines { kind description
           serviceStartsOn serviceEndsBefore quantity unitPrice preciseAmount charge { amount } discount { amount } net { amount } } } } } }`,
      { input: { quoteId, usage: [{ metricId: world.metricId, month: "2027-01", quantity: "3100" }] } },
    );
    expect(previewQuote.problems).toEqual([]);
    shown = previewQuote.figures;
    // January: set-up 1,000, half of 450, ten seats at 15 less 20 %; 5 % off it all.
    expect(shown.invoices[0]).toMatchObject({ billsOn: "2027-01-01", net: { amount: "1277.75" } });
    // February: 450 and the seats, and January's calls: 1,000 × 0.10 + 2,100 × 0.05 = 205, topped up to 250; less 5 %.
    expect(shown.invoices[1]).toMatchObject({ billsOn: "2027-02-01", net: { amount: "779.00" } });
  });

  it("needs an approval for its discount, which sales cannot give", async () => {
    await world.organization.admin.done("createApprovalRule", "approvalRule { id }", {
      name: "Discounts over 10 %",
      condition: { discountOver: { percent: "10" } },
      approvers: [{ role: "ADMIN" }],
    });
    const { current } = await quoteNow();
    const looked = { quoteId, versionOrdinal: current.ordinal, revision: current.revision };
    const { quote } = await world.sales.done("submitQuote", "quote { status }", looked);
    expect(quote.status).toBe("IN_APPROVAL");
    expect(await world.sales.command("approveQuote", "quote { id }", looked)).not.toMatchObject({
      __typename: "ApproveQuoteSuccess",
    });
    const approved = await world.organization.admin.done("approveQuote", "quote { status }", looked);
    expect(approved.quote.status).toBe("APPROVED");
  });

  it("is sent to be signed, and cannot be executed before", async () => {
    const { version } = await quoteNow();
    const { quote } = await world.sales.done("sendQuote", "quote { status version }", {
      quoteId,
      version,
      signers: [{ name: "Grace Hopper", email: "grace@newcomer.example", title: "CFO" }],
    });
    expect(quote.status).toBe("SENT");
    const early = await world.finance.command("executeQuote", "quote { id }", { quoteId, version: quote.version });
    expect(early).toMatchObject({ __typename: "Conflict", code: "QUOTE_NOT_SIGNED" });
  });

  it("is signed by the customer on the page that the mail leads to", async () => {
    await api.work();
    const mails = readdirSync(api.outbox).map((name) => readFileSync(`${api.outbox}/${name}`));
    const parsed = await Promise.all(mails.map((mail) => simpleParser(mail)));
    const mail = parsed.find(({ to }) =>
      [to].flat().some((address) => address?.text.includes("grace@newcomer.example")),
    );
    const link = /https?:\/\/\S+\/q\/[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "";
    const page = await (await fetch(link)).text();
    expect(page).toContain("Newcomer 2027");
    const documentSha256 = /name="documentSha256" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? "";
    const form = { kind: "typed", signature: "Grace Hopper", consent: "yes", documentSha256 };
    const signed = await fetch(`${link}/sign`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    expect(signed.status).toBe(303);
    const quote = await quoteNow();
    expect(quote).toMatchObject({ status: "SIGNED", signatureRequest: { signers: [{ status: "SIGNED" }] } });
  });
});

describe("Its execution", () => {
  it("is not for sales", async () => {
    const { version } = await quoteNow();
    const reply = await world.sales.ask(
      "mutation ($input: ExecuteQuoteInput!) { executeQuote(input: $input) { __typename } }",
      { input: { quoteId, version, idempotencyKey: "sales" } },
    );
    expect(reply.errors?.[0].extensions.code).toBe("FORBIDDEN");
  });

  it("makes customer, contract and draft schedule in one command, with the signed document", async () => {
    const { version } = await quoteNow();
    const { contract, quote } = await world.finance.done(
      "executeQuote",
      `quote { status customer { legalName contacts { email } aliases { alias } } prospect { legalName } }
       contract { id number schedule { status phases { startsOn name } } documents { kind } differencesFromQuote { inWords } }`,
      { quoteId, version, aliases: [{ alias: "newcomer" }] },
    );
    contractId = contract.id;
    expect(quote).toEqual({
      status: "EXECUTED",
      customer: {
        legalName: "Newcomer Ltd",
        contacts: [{ email: "grace@newcomer.example" }],
        aliases: [{ alias: "newcomer" }],
      },
      prospect: null,
    });
    expect(contract.schedule).toEqual({
      status: "DRAFT",
      phases: [
        { startsOn: "2027-01-01", name: "Launch" },
        { startsOn: "2027-02-01", name: "Launch, from 1 Feb 2027" },
        { startsOn: "2027-04-01", name: "Launch, from 1 Apr 2027" },
        { startsOn: "2027-07-01", name: "Growth" },
      ],
    });
    expect(contract.documents.map(({ kind }: Answer) => kind)).toContain("SIGNED");
    expect(contract.differencesFromQuote).toEqual([]);
  });

  it("bills nothing before finance has reviewed and activated it", async () => {
    await clock("2027-01-01T08:00:00Z");
    expect(await world.finance.command("draftInvoices", "operation { id }", {})).toMatchObject({
      code: "NOTHING_SELECTED",
    });
    const { contract } = await world.finance.data("query ($id: ID!) { contract(id: $id) { version } }", {
      id: contractId,
    });
    const activated = await world.finance.done("activateContract", "contract { schedule { status } }", {
      id: contractId,
      version: contract.version,
    });
    expect(activated.contract.schedule.status).toBe("ACTIVE");
  });
});

const LINES = `kind description servicePeriod { startsOn endsBefore } quantity unitPrice preciseAmount charge { amount } discount { amount } net { amount }`;

/** A line as an invoice has it, and as the quote showed it: the same figures in the same words. */
const figuresOf = ({ serviceStartsOn, serviceEndsBefore, servicePeriod, ...line }: Answer) => ({
  ...line,
  servicePeriod: servicePeriod ?? { startsOn: serviceStartsOn, endsBefore: serviceEndsBefore },
  quantity: line.quantity && new Decimal(line.quantity).toFixed(),
  unitPrice: line.unitPrice && new Decimal(line.unitPrice).toFixed(),
  preciseAmount: new Decimal(line.preciseAmount).toFixed(),
});
const inOrder = (lines: Answer[]): Answer[] =>
  lines
    .map(figuresOf)
    .sort((a, b) =>
      JSON.stringify([a.kind, a.description, a.servicePeriod]) <
      JSON.stringify([b.kind, b.description, b.servicePeriod])
        ? -1
        : 1,
    );

/** Issues the one draft that there is. */
async function issue(): Promise<Answer> {
  const { invoices } = await world.finance.data(
    "query ($filter: InvoiceFilterInput) { invoices(filter: $filter) { nodes { id } } }",
    { filter: { contractIds: [contractId], status: ["DRAFT"] } },
  );
  expect(invoices.nodes).toHaveLength(1);
  const [{ id }] = invoices.nodes;
  const operation = await operate("finalizeInvoices", { selection: { invoiceIds: [id] } });
  expect(operation).toMatchObject({ succeeded: 1, failed: 0 });
  const { invoice } = await world.finance.data(
    `query ($id: ID!) { invoice(id: $id) { number status billingMonth net { amount } lines { ${LINES} } } }`,
    { id },
  );
  return invoice;
}

function expectAsShown({ billingMonth, net, lines }: Answer, index: number): void {
  const onQuote = shown.invoices[index];
  expect({ billingMonth, net }).toEqual({ billingMonth: onQuote.billingMonth, net: onQuote.net });
  expect(inOrder(lines)).toEqual(inOrder(onQuote.lines));
}

describe("Its invoices", () => {
  it("begin with one that has no figure that was not on the quote, line by line", async () => {
    await operate("draftInvoices");
    const invoice = await issue();
    expect(invoice).toMatchObject({ number: "INV-2027-00001", status: "FINALIZED", net: { amount: "1277.75" } });
    expectAsShown(invoice, 0);
  });

  it("go on with the usage that came in, as the quote had shown for so much of it", async () => {
    const days = Array.from({ length: 31 }, (_, day) => `2027-01-${String(day + 1).padStart(2, "0")}`);
    await clock("2027-02-01T08:00:00Z");
    const usage = await world.finance.done("recordUsageEvents", "recorded unattributed", {
      events: days.map((day) => ({
        id: `calls-${day}`,
        alias: "newcomer",
        type: "api_call",
        timestamp: `${day}T12:00:00Z`,
        properties: { count: "100" },
      })),
    });
    expect(usage).toMatchObject({ recorded: 31, unattributed: 0 });
    await operate("draftInvoices");
    const invoice = await issue();
    expect(invoice).toMatchObject({ number: "INV-2027-00002", net: { amount: "779.00" } });
    expectAsShown(invoice, 1);
  });
});
