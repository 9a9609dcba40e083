import { expect } from "vitest";
import type { Answer, Client, TestApi } from "../testkit/api";

/*
 * What the billing scenarios tell their stories with: one organization, asked through GraphQL alone. Invoices are shown
 * as text, so that a scenario lists them the way finance reads them.
 */

/** An invoice as a scenario writes it: `lines` are "KIND description (first day to last day) net". */
export type ShownInvoice = {
  readonly billsOn: string;
  readonly net: string;
  readonly lines: readonly string[];
};

export type PriceRef = { readonly id: string; readonly lineageId: string };

type Usage = { readonly alias: string; readonly type: string };

/** An event: when it happened, and what it says of itself. */
type Happened = readonly [at: string, properties?: Readonly<Record<string, string | number | boolean>>];

type Settings = NonNullable<Parameters<TestApi["organization"]>[0]>;

export type Story = Awaited<ReturnType<typeof tellStory>>;

const INVOICE = `id status isStale number billsOn billingMonth currency blockers net { amount } tax { amount } gross { amount }
  lines { kind description quantity servicePeriod { startsOn lastDay } charge { amount } discount { amount } net { amount } tax { amount } explanationText }`;

/** In GBP, London and with VAT of 20 % unless said. */
export async function tellStory(
  api: TestApi,
  { taxPercent = "20", ...settings }: Settings & { readonly now: string; readonly taxPercent?: string },
) {
  const org = await api.organization(settings);
  const finance = await org.as("finance");
  const currency = settings.baseCurrency ?? "GBP";
  await finance.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: `VAT ${taxPercent} %`,
    jurisdiction: "GB",
    percent: taxPercent,
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });

  let now = settings.now;
  const clock = async (at: string): Promise<void> => {
    now = instantOf(at);
    await org.admin.done("setTestClock", "organization { today }", { now });
  };
  const operate = async (mutation: string, input: object): Promise<Answer> => {
    const { operation } = await finance.done(mutation, "operation { id }", input);
    await api.work();
    const answer = await finance.data(
      "query ($id: ID!) { operation(id: $id) { status failed items(first: 200) { nodes { status code message } } } }",
      { id: operation.id },
    );
    return answer.operation;
  };
  const codesOf = ({ items }: Answer): string[] => items.nodes.map(({ code }: Answer) => code);
  const invoices = async (filter: object): Promise<Answer[]> => {
    const answer = await finance.data(
      `query ($filter: InvoiceFilterInput) { invoices(first: 200, filter: $filter) { nodes { ${INVOICE} } } }`,
      { filter },
    );
    return answer.invoices.nodes.toSorted((a: Answer, b: Answer) => (a.billsOn < b.billsOn ? -1 : 1));
  };
  const draftAll = async (): Promise<string[]> => codesOf(await operate("draftInvoices", {}));
  const drafts = () => invoices({ status: ["DRAFT"] });

  /** Finalizes the drafts there are, and sees that drafting again proposes nothing. */
  const finalizeAll = async (): Promise<Answer[]> => {
    const before = await drafts();
    if (before.length > 0) {
      const done = await operate("finalizeInvoices", {
        selection: { invoiceIds: before.map(({ id }: Answer) => id) },
      });
      expect(done, "finalizing").toMatchObject({ status: "COMPLETED", failed: 0 });
    }
    const again = await draftAll();
    expect(
      again.filter((code) => !PROPOSES_NOTHING.includes(code)),
      "drafting once more",
    ).toEqual([]);
    return before;
  };

  return {
    org,
    finance,
    clock,
    draftAll,
    drafts,
    invoices,
    finalizeAll,
    operate: async (mutation: string, input: object) => codesOf(await operate(mutation, input)),

    /** A day's work of finance: the clock moves on, what is due is drafted and issued, and nothing is left. */
    async bill(day: string): Promise<ShownInvoice[]> {
      await clock(day);
      await draftAll();
      return (await finalizeAll()).map(shown);
    },

    /** What is due on a day, as drafts: nothing is issued. */
    async draft(day: string): Promise<ShownInvoice[]> {
      await clock(day);
      await draftAll();
      return (await drafts()).map(shown);
    },

    async product(code: string, name: string, more: object = {}): Promise<string> {
      const input = { code, name, taxCode: "STANDARD", ...more };
      return (await finance.done("createProduct", "product { id }", input)).product.id;
    },

    async metric(code: string, more: object): Promise<string> {
      const input = { code, name: code, eventType: code, unit: "unit", ...more };
      return (await finance.done("createUsageMetric", "usageMetric { id }", input)).usageMetric.id;
    },

    /** Monthly and in the currency of the organization unless said. */
    async price(productId: string, name: string, timing: "IN_ADVANCE" | "IN_ARREARS", more: object): Promise<PriceRef> {
      const usual = { currency, cadence: "MONTHLY", effectiveOn: "2020-01-01" };
      const input = { productId, name, timing, ...usual, ...more };
      return (await finance.done("createPrice", "price { id lineageId }", input)).price;
    },

    async customer(
      legalName: string,
      { aliases = [], ...more }: { aliases?: string[]; [field: string]: unknown } = {},
    ) {
      const input = { legalName, currency, ...more };
      const { id } = (await finance.done("createCustomer", "customer { id }", input)).customer;
      for (const alias of aliases) await finance.done("mapCustomerAlias", "customer { id }", { customerId: id, alias });
      return id as string;
    },

    /** A contract of one phase with these charges, active. */
    contract: (customerId: string, terms: ContractTerms) => activeContract(finance, customerId, terms),

    /** Records events as they happen: the clock moves on to the last of them, unless it is later already. Answers ids. */
    async use({ alias, type }: Usage, events: readonly Happened[]): Promise<string[]> {
      const last = events.map(([at]) => instantOf(at)).reduce((a, b) => (Date.parse(a) < Date.parse(b) ? b : a));
      if (Date.parse(last) > Date.parse(now)) await clock(last);
      const recorded = events.map(([at, properties = {}]) => ({
        id: `event-${(eventsRecorded += 1)}`,
        alias,
        type,
        timestamp: instantOf(at),
        properties,
      }));
      await finance.done("recordUsageEvents", "recorded", { events: recorded });
      return recorded.map(({ id }) => id);
    },
  };
}

/** Of a contract that has no draft now; adjustments may wait for its next invoice. */
const PROPOSES_NOTHING = ["NOTHING_DUE", "ADJUSTMENTS_WAIT"];

let eventsRecorded = 0;

/** Noon UTC where only a day is given. */
const instantOf = (at: string): string => (at.includes("T") ? at : `${at}T12:00:00Z`);

export type ContractTerms = {
  readonly name?: string;
  readonly startsOn: string;
  readonly endsBefore?: string;
  /** Of the one phase; or else `phases`. */
  readonly charges?: readonly object[];
  readonly [field: string]: unknown;
};

async function activeContract(finance: Client, customerId: string, { charges, ...terms }: ContractTerms) {
  const { contract } = await finance.done("createContract", "contract { id schedule { minimums { id } } }", {
    customerId,
    name: "Agreement",
    phases: [{ startsOn: terms.startsOn, charges }],
    ...terms,
  });
  const id = contract.id as string;
  const version = async (): Promise<number> =>
    (await finance.data("query ($id: ID!) { contract(id: $id) { version } }", { id })).contract.version;
  const change = async (mutation: string, effectiveOn: string, more: object): Promise<Answer> =>
    finance.done(mutation, "staleInvoices contract { id endsBefore }", {
      id,
      version: await version(),
      effectiveOn,
      reason: "As agreed",
      ...more,
    });
  await finance.done("activateContract", "contract { id }", { id, version: await version() });
  return {
    id,
    amend: (effectiveOn: string, changes: readonly object[], unusedTime: "CREDIT" | "KEEP" = "CREDIT") =>
      change("amendContract", effectiveOn, { changes, unusedTime }),
    cancel: (effectiveOn: string, more: { at?: string; unusedTime: "CREDIT" | "KEEP" }) =>
      change("cancelContract", effectiveOn, more),
    resume: (effectiveOn: string) => change("resumeContract", effectiveOn, {}),
    renew: async (): Promise<Answer> =>
      finance.done("renewContract", "contract { id endsBefore }", { id, version: await version() }),
    seats: (lineageId: string, effectiveOn: string, seats: number): Promise<Answer> =>
      finance.done("recordSeats", "staleInvoices", { contractId: id, lineageId, effectiveOn, seats }),
  };
}

/** As a scenario writes it. */
const shown = ({ billsOn, net, lines }: Answer): ShownInvoice => ({
  billsOn,
  net: net.amount,
  lines: lines.map(shownLine),
});

const shownLine = ({ kind, description, servicePeriod, net }: Answer): string =>
  `${kind} ${description} (${servicePeriod.startsOn} to ${servicePeriod.lastDay}) ${net.amount}`;

/** How an invoice's line came about, in words. */
export const wordsOf = ({ lines }: Answer, description: string): string[] =>
  lines.find((line: Answer) => line.description === description)?.explanationText;
