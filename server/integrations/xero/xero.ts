import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import type {
  AccountingApi,
  Contact,
  CreditNote,
  LineItem,
  CurrencyCode as XeroCurrency,
  Invoice as XeroInvoice,
} from "xero-node";
import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type {
  AccountingSystem,
  LedgerChange,
  LedgerDocument,
  LedgerParty,
  Outcome,
  Posted,
  RemoteContact,
} from "./accounting-ledger";
import { contactOf, dayIn, documentOf, optionalText, paymentOf } from "./read-answers";
import { type Failure, field, listIn, UnreadableAnswer, undoneOf, wordsIn } from "./undone";
import { signOf, xeroAmounts } from "./xero-line";

export type XeroSettings = {
  /** "https://api.xero.com/api.xro/2.0", or a server for tests. */
  readonly url: string;
  /** For the whole of an answer. */
  readonly timeoutMs: number;
  readonly now: () => Date;
};

/** One organization's way in. */
export type XeroSession = { readonly accessToken: string; readonly tenantId: string };

/** Prices with four decimals. */
const UNIT_DECIMALS = 4;
const PAGE_SIZE = 100;
const LARGEST_ANSWER_BYTES = 50 * 1024 * 1024;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_NAME = 255;

/** A document that Xero cannot hold whatever is mapped; in words. Null: it can. */
export function xeroCannotHold({ currency: code, number, gross }: LedgerDocument): string | null {
  const { minorUnits } = currency(code);
  if (minorUnits > 2) {
    return `Xero keeps two decimals, and ${code} has ${minorUnits}: ${number} would lose some. Book it by a file export.`;
  }
  if (gross.abs().gte("100000000000")) return `${number} is larger than Xero can hold.`;
  return null;
}

/** Books at Xero, by its own client. Nothing is asked before the first call; each call is one request. */
export function createXero(settings: XeroSettings): (session: XeroSession) => AccountingSystem {
  const { url, now } = settings;
  return ({ accessToken, tenantId }) => {
    const ask = async <T>(call: (api: AccountingApi) => Promise<Answer>, read: (body: unknown) => T) =>
      asking(settings, accessToken, async (underWay) => {
        const api = await openApi(url, accessToken);
        try {
          // The client makes types of an answer that lose what they do not expect; what came over the wire is read instead.
          const { response } = await call(api);
          return { outcome: "done", value: read(response.data) } as const;
        } catch (error) {
          if (error instanceof UnreadableAnswer || underWay.isUnreadable) {
            const reason = "Xero answered something that could not be read.";
            return { outcome: "temporary", reason, retryAfterSeconds: null, mayHaveHappened: true } as const;
          }
          if (!underWay.failure)
            throw error instanceof Error ? error : new Error(`Xero's client: ${String(error).slice(0, 200)}`);
          return undoneOf(underWay.failure, now());
        }
      });

    return {
      post(documents, key) {
        const [first] = documents;
        if (!first) return Promise.resolve({ outcome: "done", value: [] });
        const { kind } = first;
        return ask(
          (api) =>
            kind === "invoice"
              ? api.createInvoices(tenantId, { invoices: documents.map(invoiceOf) }, false, UNIT_DECIMALS, key)
              : api.createCreditNotes(
                  tenantId,
                  { creditNotes: documents.map(creditNoteOf) },
                  false,
                  UNIT_DECIMALS,
                  key,
                ),
          (body) => {
            const answers = listIn(body, kind === "invoice" ? "Invoices" : "CreditNotes");
            if (answers.length !== documents.length) throw new UnreadableAnswer();
            return answers.map((answer) => postedOf(kind, answer));
          },
        );
      },

      organisation: () =>
        ask(
          (api) => api.getOrganisations(tenantId),
          (body) => {
            const [own] = listIn(body, "Organisations");
            const baseCurrency = optionalText(own, "BaseCurrency");
            if (baseCurrency === null) throw new UnreadableAnswer();
            const locks = [dayIn(own, "PeriodLockDate"), dayIn(own, "EndOfYearLockDate")].filter((day) => day !== null);
            return { baseCurrency, lockedThrough: locks.sort().at(-1) ?? null };
          },
        ),
      currencies: () =>
        ask(
          (api) => api.getCurrencies(tenantId),
          (body) => textsOf(listIn(body, "Currencies"), "Code"),
        ),
      accounts: () =>
        ask(
          (api) => api.getAccounts(tenantId, undefined, 'Status=="ACTIVE"'),
          (body) => textsOf(listIn(body, "Accounts"), "Code"),
        ),
      taxTypes: () =>
        ask(
          (api) => api.getTaxRates(tenantId, 'Status=="ACTIVE"'),
          (body) => textsOf(listIn(body, "TaxRates"), "TaxType"),
        ),

      findContacts(parties) {
        const [only] = parties;
        const conditions = parties.map(conditionOf);
        const isPlain = conditions.every((condition) => condition !== null);
        return ask(
          (api) =>
            isPlain
              ? api.getContacts(tenantId, undefined, conditions.join(" OR "))
              : api.getContacts(
                  tenantId,
                  undefined,
                  undefined,
                  undefined,
                  undefined,
                  undefined,
                  false,
                  undefined,
                  only?.legalName,
                ),
          (body) => listIn(body, "Contacts").map(contactOf),
        );
      },

      createContacts: (parties, key) =>
        ask(
          (api) => api.createContacts(tenantId, { contacts: parties.map(newContact) }, false, key),
          (body) => {
            const answers = listIn(body, "Contacts");
            if (answers.length !== parties.length) throw new UnreadableAnswer();
            return answers.map((answer): PostedContact => {
              const refused = refusalIn(answer);
              return refused ?? { outcome: "done", value: contactOf(answer) };
            });
          },
        ),

      find: (kind, numbers) =>
        ask(
          (api) =>
            kind === "invoice"
              ? api.getInvoices(tenantId, undefined, 'Type=="ACCREC"', undefined, undefined, [...numbers])
              : api.getCreditNotes(
                  tenantId,
                  undefined,
                  numbers.map((number) => `CreditNoteNumber=="${number}"`).join(" OR "),
                ),
          (body) =>
            listIn(body, kind === "invoice" ? "Invoices" : "CreditNotes")
              .map((one) => documentOf(kind, one))
              .filter(({ number }) => numbers.includes(number)),
        ),

      void: (kind, externalId, key) =>
        ask(
          (api) =>
            kind === "invoice"
              ? api.updateInvoice(tenantId, externalId, { invoices: [{ status: VOIDED as never }] }, undefined, key)
              : api.updateCreditNote(
                  tenantId,
                  externalId,
                  { creditNotes: [{ status: VOIDED as never }] },
                  undefined,
                  key,
                ),
          () => null,
        ),

      async allocate(creditNoteId, invoiceId, amount, on, key) {
        const allocation = { invoice: { invoiceID: invoiceId }, amount: exact(amount), date: on };
        const answer = await ask(
          (api) => api.createCreditNoteAllocation(tenantId, creditNoteId, { allocations: [allocation] }, false, key),
          (body) => refusalIn(listIn(body, "Allocations")[0]),
        );
        if (answer.outcome !== "done") return answer;
        return answer.value ?? { outcome: "done", value: null };
      },

      changed: (kind, since, page) =>
        ask(
          (api) =>
            kind === "invoice"
              ? api.getInvoices(
                  tenantId,
                  since ?? undefined,
                  'Type=="ACCREC"',
                  "UpdatedDateUTC ASC",
                  undefined,
                  undefined,
                  undefined,
                  undefined,
                  page,
                  undefined,
                  undefined,
                  undefined,
                  undefined,
                  PAGE_SIZE,
                )
              : api.getCreditNotes(
                  tenantId,
                  since ?? undefined,
                  'Type=="ACCRECCREDIT"',
                  "UpdatedDateUTC ASC",
                  page,
                  undefined,
                  PAGE_SIZE,
                ),
          (body) =>
            pageOf(listIn(body, kind === "invoice" ? "Invoices" : "CreditNotes"), (one) => documentOf(kind, one)),
        ),

      payments: (since, page) =>
        ask(
          (api) => api.getPayments(tenantId, since ?? undefined, undefined, "UpdatedDateUTC ASC", page, PAGE_SIZE),
          (body) => pageOf(listIn(body, "Payments"), paymentOf),
        ),
    };
  };
}

type Answer = { readonly response: { readonly data: unknown } };
type PostedContact =
  | { readonly outcome: "done"; readonly value: RemoteContact }
  | { readonly outcome: "permanent"; readonly reason: string };

const VOIDED = "VOIDED";

function pageOf<T>(items: readonly unknown[], read: (item: unknown) => T | null): LedgerChange<T> {
  return { items: items.flatMap((item) => read(item) ?? []), hasMore: items.length >= PAGE_SIZE };
}

const textsOf = (items: readonly unknown[], name: string): string[] =>
  items.flatMap((item) => optionalText(item, name) ?? []);

/** What is wrong with one of many; null: nothing. */
function refusalIn(answer: unknown): { readonly outcome: "permanent"; readonly reason: string } | null {
  const isRefused =
    field(answer, "HasErrors") === true ||
    field(answer, "HasValidationErrors") === true ||
    field(answer, "StatusAttributeString") === "ERROR";
  return isRefused ? { outcome: "permanent", reason: wordsIn(answer) ?? "Xero refused it without a reason." } : null;
}

const postedOf = (kind: LedgerDocument["kind"], answer: unknown): Posted =>
  refusalIn(answer) ?? { outcome: "done", value: documentOf(kind, answer) };

/** A party by its numbers or its exact name; null for text that cannot stand in a condition. */
function conditionOf({ id, externalId, legalName }: LedgerParty): string | null {
  const wanted = [
    ["ContactNumber", id],
    ...(externalId === null ? [] : [["ContactNumber", externalId] as const, ["AccountNumber", externalId] as const]),
    ["Name", cut(legalName, LONGEST_NAME)],
  ] as const;
  return wanted.some(([, value]) => /["\\]/.test(value))
    ? null
    : `(${wanted.map(([name, value]) => `${name}=="${value}"`).join(" OR ")})`;
}

function newContact({ id, legalName, externalId, email, addressLines, country, taxId }: LedgerParty): Contact {
  const [line1, line2, line3, line4] = addressLines;
  return {
    name: cut(legalName, LONGEST_NAME),
    contactNumber: id,
    ...(externalId !== null && externalId.length <= 50 && { accountNumber: externalId }),
    ...(email !== null && { emailAddress: email }),
    ...(taxId !== null && taxId.length <= 50 && { taxNumber: taxId }),
    ...(line1 && {
      addresses: [
        {
          addressType: "POBOX" as never,
          addressLine1: line1,
          ...(line2 && { addressLine2: line2 }),
          ...(line3 && { addressLine3: line3 }),
          ...(line4 && { addressLine4: line4 }),
          ...(country && { country }),
        },
      ],
    }),
  };
}

const invoiceOf = (document: LedgerDocument): XeroInvoice => ({
  type: "ACCREC" as never,
  invoiceNumber: document.number,
  dueDate: document.dueOn ?? document.issuedOn,
  ...(document.reference !== null && { reference: cut(document.reference, LONGEST_NAME) }),
  ...contentOf(document),
});

const creditNoteOf = (document: LedgerDocument): CreditNote => ({
  type: "ACCRECCREDIT" as never,
  creditNoteNumber: document.number,
  ...(document.reference !== null && { reference: cut(document.reference, LONGEST_NAME) }),
  ...contentOf(document),
});

function contentOf(document: LedgerDocument) {
  const { customer, lines, currency: code, rate, issuedOn } = document;
  return {
    contact: { contactID: customer.contactId as string },
    date: issuedOn,
    lineAmountTypes: "Exclusive" as never,
    currencyCode: code as unknown as XeroCurrency,
    // Xero counts units of the document's currency for one of the base currency.
    ...(rate !== null && { currencyRate: exact(new Decimal(1).div(rate).toSignificantDigits(12)) }),
    status: "AUTHORISED" as never,
    lineItems: lines.map((line): LineItem => {
      const { quantity, unitAmount, lineAmount } = xeroAmounts(line, signOf(document));
      return {
        description: cut(line.description, LONGEST_DESCRIPTION),
        quantity: exact(quantity),
        unitAmount: exact(unitAmount),
        lineAmount: exact(lineAmount),
        accountCode: line.revenueAccount,
        taxType: line.taxType,
        taxAmount: exact(line.tax.times(signOf(document))),
        ...(line.tracking.length > 0 && {
          tracking: line.tracking.map(({ category, option }) => ({ name: category, option })),
        }),
      };
    }),
  };
}

const cut = (text: string, length: number): string => [...text].slice(0, length).join("");

/** The wire has JSON numbers. One that would not come back as the same decimal is a bug, as its size was looked at before. */
function exact(value: Decimal): number {
  const number = value.toNumber();
  if (!new Decimal(String(number)).equals(value)) throw new Error(`${value.toFixed()} is no exact number`);
  return number;
}

// ── The client's own way over the wire ───────────────────────────────────────────────────────────────────────────────

type UnderWay = { readonly timeoutMs: number; failure: Failure | null; isUnreadable: boolean };
type Config = {
  method?: string;
  data?: unknown;
  signal?: AbortSignal;
  maxContentLength?: number;
  maxRedirects?: number;
  transformResponse?: unknown;
};
type WireError = Error & {
  readonly code?: string;
  readonly response?: { readonly status: number; readonly headers: Record<string, unknown>; readonly data: unknown };
};
type Axios = {
  readonly interceptors: {
    readonly request: { use(prepare: (config: Config) => Config): void };
    readonly response: { use(pass: (answer: unknown) => unknown, fail: (error: WireError) => never): void };
  };
};

const calls = new AsyncLocalStorage<UnderWay>();
let client: Promise<typeof import("xero-node")> | null = null;

/** Runs one call so that its failure is known as it was, and its token gets into no words. */
async function asking<T>(
  { timeoutMs }: XeroSettings,
  accessToken: string,
  call: (underWay: UnderWay) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const underWay: UnderWay = { timeoutMs, failure: null, isUnreadable: false };
  const outcome = await calls.run(underWay, () => call(underWay));
  return outcome.outcome === "done" ? outcome : { ...outcome, reason: outcome.reason.replaceAll(accessToken, "…") };
}

async function openApi(url: string, accessToken: string): Promise<AccountingApi> {
  client ??= loadClient();
  const { AccountingApi } = await client;
  const api = new AccountingApi(url);
  api.accessToken = accessToken;
  return api;
}

/** The client is big, so it is loaded by the first who needs it. It shares its axios with others: only our calls are touched. */
async function loadClient() {
  const require = createRequire(import.meta.url);
  const axios = createRequire(require.resolve("xero-node"))("axios") as Axios;
  axios.interceptors.request.use((config) => {
    const underWay = calls.getStore();
    if (!underWay) return config;
    // The client sends a body with what has none, and its own timeout starts anew with every byte.
    if (config.method?.toLowerCase() === "get") delete config.data;
    config.signal = AbortSignal.timeout(underWay.timeoutMs);
    config.maxContentLength = LARGEST_ANSWER_BYTES;
    config.maxRedirects = 0;
    config.transformResponse = [readBody];
    return config;
  });
  axios.interceptors.response.use(
    (answer) => answer,
    (error) => {
      const underWay = calls.getStore();
      if (underWay) {
        underWay.isUnreadable = error instanceof UnreadableAnswer;
        underWay.failure = {
          code: error.code ?? null,
          status: error.response?.status ?? null,
          headers: error.response?.headers ?? {},
          body: error.response?.data,
        };
      }
      throw error;
    },
  );
  return import("xero-node");
}

/** JSON or, on a refusal, nothing: for that its status is enough. */
function readBody(body: unknown, _headers: unknown, status: number | undefined): unknown {
  const isFine = status !== undefined && status < 400;
  try {
    const json: unknown = typeof body === "string" && body.trim() !== "" ? JSON.parse(body) : {};
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  } catch {
    // Said below.
  }
  if (isFine) throw new UnreadableAnswer();
  return {};
}
