import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readDescription } from "./api-description";
import type { Fault } from "./dropbox-sign";

type Json = Readonly<Record<string, unknown>>;

export type FakeDocument = {
  readonly kind: "invoice" | "credit_note";
  readonly id: string;
  readonly number: string;
  readonly sent: Json;
  readonly currency: string;
  readonly total: number;
  due: number;
  status: string;
  updatedAt: Date;
};

export type FakePayment = {
  readonly id: string;
  readonly invoiceId: string;
  readonly amount: number;
  readonly on: string;
  readonly reference: string;
  isDeleted: boolean;
  updatedAt: Date;
};

/**
 * Xero over real HTTP, its sign-in included, with a memory and with faults on demand. Where its published description is at
 * hand it holds both sides to it: it refuses what is not asked as described, and keeps that, and what it answered otherwise
 * itself, in `problems`.
 */
export type FakeXero = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookKey: string;
  readonly isDescribed: boolean;
  readonly problems: string[];
  /** The operations asked for, in order, faulty ones included. */
  readonly calls: string[];
  /** The most that were under way at once. */
  atOnce: number;
  readonly tenants: { tenantId: string; tenantName: string; tenantType: string }[];
  readonly contacts: { id: string; sent: Json; status: string }[];
  readonly documents: FakeDocument[];
  readonly payments: FakePayment[];
  readonly allocations: { noteId: string; invoiceId: string; amount: number }[];
  readonly settings: {
    baseCurrency: string;
    currencies: string[];
    accounts: string[];
    taxTypes: string[];
    periodLockDate: string | null;
  };
  /** How often a refresh token was redeemed. */
  refreshes: number;
  /** Tokens that were given out are good no more; the refresh token neither. */
  revoke(): void;
  /** Access tokens end, refresh tokens stay. */
  expire(): void;
  /** A person allows the connection: where the browser is sent back to. */
  allow(authorizationUrl: string): string;
  /** What happens to the next call of an operation; several queue up. */
  fail(operationId: string, ...faults: Fault[]): void;
  addContact(contact: { Name: string; ContactNumber?: string; AccountNumber?: string }): string;
  pay(number: string, amount: number, on: string): FakePayment;
  unpay(paymentId: string): void;
  voidDocument(number: string): void;
  webhook(events: readonly Json[], key?: string): { readonly body: string; readonly signature: string };
  stop(): Promise<void>;
};

export async function startXero(now: () => Date = () => new Date()): Promise<FakeXero> {
  const description = readDescription("xero_accounting.yaml");
  const faults = new Map<string, Fault[]>();
  const [codes, replays] = [new Map<string, string>(), new Map<string, Answer>()];
  let [access, refresh, running] = [new Set<string>(), new Set<string>(), 0];
  const server = createServer((request, response) => {
    running += 1;
    fake.atOnce = Math.max(fake.atOnce, running);
    response.on("close", () => {
      running -= 1;
    });
    serve(request, response).catch((error: unknown) => {
      fake.problems.push(String(error));
      response.destroy();
    });
  });
  const find = (kind: FakeDocument["kind"], id: unknown) =>
    fake.documents.find((document) => document.kind === kind && document.id === id);
  const numbered = (number: string) => {
    const found = fake.documents.find((document) => document.number === number && document.status !== "VOIDED");
    if (!found) throw new Error(`no document ${number}`);
    return found;
  };

  const fake: FakeXero = {
    url: "",
    clientId: randomBytes(16).toString("hex").toUpperCase(),
    clientSecret: randomBytes(24).toString("base64url"),
    webhookKey: randomBytes(32).toString("base64"),
    isDescribed: description !== null,
    problems: [],
    calls: [],
    atOnce: 0,
    tenants: [{ tenantId: randomUUID(), tenantName: "Test Seller (Xero)", tenantType: "ORGANISATION" }],
    contacts: [],
    documents: [],
    payments: [],
    allocations: [],
    settings: {
      baseCurrency: "GBP",
      currencies: ["GBP", "EUR", "USD"],
      accounts: ["200", "201", "610", "820"],
      taxTypes: ["OUTPUT2", "ZERORATEDOUTPUT", "NONE"],
      periodLockDate: null,
    },
    refreshes: 0,
    revoke() {
      access = new Set();
      refresh = new Set();
    },
    expire() {
      access = new Set();
    },
    allow(authorizationUrl) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = randomBytes(16).toString("hex");
      codes.set(code, asked.get("code_challenge") ?? "");
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.search = new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
      return back.href;
    },
    fail: (operationId, ...more) => void faults.set(operationId, [...(faults.get(operationId) ?? []), ...more]),
    addContact(sent) {
      const id = randomUUID();
      fake.contacts.push({ id, sent, status: "ACTIVE" });
      return id;
    },
    pay(number, amount, on) {
      const invoice = numbered(number);
      const payment = {
        id: randomUUID(),
        invoiceId: invoice.id,
        amount,
        on,
        reference: `paid ${number}`,
        isDeleted: false,
        updatedAt: now(),
      };
      fake.payments.push(payment);
      change(invoice, -amount);
      return payment;
    },
    unpay(id) {
      const payment = fake.payments.find((each) => each.id === id);
      if (!payment) throw new Error(`no payment ${id}`);
      Object.assign(payment, { isDeleted: true, updatedAt: now() });
      change(find("invoice", payment.invoiceId) as FakeDocument, payment.amount);
    },
    voidDocument(number) {
      Object.assign(numbered(number), { status: "VOIDED", due: 0, updatedAt: now() });
    },
    webhook(events, key = fake.webhookKey) {
      const body = JSON.stringify({
        events,
        firstEventSequence: 1,
        lastEventSequence: events.length,
        entropy: randomUUID(),
      });
      return { body, signature: createHmac("sha256", key).update(body).digest("base64") };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  function change(document: FakeDocument, by: number): void {
    document.due = cents(document.due + by);
    document.status = document.due === 0 ? "PAID" : "AUTHORISED";
    document.updatedAt = now();
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? "/", "http://localhost");
    const signIn = signInAnswer(url.pathname, request, body);
    const path = url.pathname.replace(/^\/api\.xro\/2\.0/, "");
    const checked = signIn
      ? null
      : await description?.check({
          method: request.method ?? "",
          path,
          query: url.searchParams,
          contentType: request.headers["content-type"] ?? null,
          authorization: request.headers.authorization ?? null,
          headers: request.headers,
          body,
        });
    const operationId = signIn ? url.pathname.slice(1) : operationOf(request.method ?? "", path);
    fake.calls.push(operationId);
    fake.problems.push(...(checked?.problems ?? []).map((problem) => `${operationId}: ${problem}`));
    if (checked && checked.operationId !== operationId) fake.problems.push(`${operationId} is ${checked.operationId}`);

    if (checked && checked.problems.length > 0) {
      const words = JSON.stringify({ Message: checked.problems.join("; ") });
      return void response.writeHead(400, { "content-type": "application/json" }).end(words);
    }
    const fault = faults.get(operationId)?.shift();
    if (fault?.kind === "answer") {
      const { status, headers = {}, body: words = JSON.stringify({ Message: `Fault ${status}` }) } = fault;
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(words);
      return;
    }
    const isAllowed = signIn !== null || access.has((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    const key = request.headers["idempotency-key"]?.toString();
    const answer = (): Answer => {
      if (signIn) return signIn();
      if (!isAllowed) return { status: 401, json: { Title: "Unauthorized", Status: 401, Detail: "TokenExpired" } };
      const replay = key ? replays.get(key) : undefined;
      if (replay) return replay;
      const json = body.length > 0 ? (JSON.parse(body.toString("utf8")) as Json) : {};
      const since = Date.parse(request.headers["if-modified-since"]?.toString() ?? "");
      const made = carryOut(operationId, path, json, url.searchParams, Number.isNaN(since) ? 0 : since);
      if (key) replays.set(key, made);
      return made;
    };
    const { status, json } = fault && !fault.isDone ? { status: 200, json: {} } : answer();
    if (fault?.kind === "silence") return;
    if (fault?.kind === "hang_up") return void response.destroy();
    if (fault) return void response.writeHead(200, { "content-type": "application/json" }).end(fault.body ?? "<html>");
    const text = Buffer.from(JSON.stringify(json));
    if (!signIn && description && (status === 200 || status === 400)) {
      const missing = description.checkAnswer(operationId, { status, contentType: "application/json", body: text });
      fake.problems.push(...missing.map((problem) => `${operationId} answered: ${problem}`));
    }
    response.writeHead(status, { "content-type": "application/json" }).end(text);
  }

  /** Tokens rotate: a refresh token is good once. */
  function signInAnswer(path: string, request: IncomingMessage, body: Buffer): (() => Answer) | null {
    const basic = `Basic ${Buffer.from(`${fake.clientId}:${fake.clientSecret}`).toString("base64")}`;
    if (path === "/connections") {
      return () => {
        const isKnown = access.has((request.headers.authorization ?? "").replace(/^Bearer /, ""));
        return isKnown ? { status: 200, json: fake.tenants } : { status: 401, json: {} };
      };
    }
    if (path === "/connect/revocation") {
      return () => {
        fake.revoke();
        return { status: 200, json: {} };
      };
    }
    if (path !== "/connect/token") return null;
    return () => {
      const form = new URLSearchParams(body.toString("utf8"));
      if (request.headers.authorization !== basic) return { status: 401, json: { error: "invalid_client" } };
      const [code, verifier] = [form.get("code") ?? "", form.get("code_verifier") ?? ""];
      if (form.get("grant_type") === "authorization_code") {
        const challenge = createHash("sha256").update(verifier).digest("base64url");
        if (!codes.has(code) || codes.get(code) !== challenge) return { status: 400, json: { error: "invalid_grant" } };
        codes.delete(code);
      } else {
        fake.refreshes += 1;
        if (!refresh.delete(form.get("refresh_token") ?? "")) return { status: 400, json: { error: "invalid_grant" } };
      }
      const tokens = [randomBytes(20).toString("hex"), randomBytes(20).toString("hex")] as const;
      access.add(tokens[0]);
      refresh.add(tokens[1]);
      return {
        status: 200,
        json: { access_token: tokens[0], refresh_token: tokens[1], expires_in: 1800, token_type: "Bearer" },
      };
    };
  }

  function carryOut(operationId: string, path: string, json: Json, query: URLSearchParams, since: number): Answer {
    const id = path.split("/")[2] ?? "";
    const where = query.get("where") ?? "";
    const conditions = [...where.matchAll(/(\w+)=="([^"]*)"/g)].map(
      ([, name, value]) => [name as string, value as string] as const,
    );
    const changed = (at: Date) => at.getTime() >= since;
    const list = (key: string) => (json[key] ?? []) as readonly Json[];
    switch (operationId) {
      case "getOrganisations": {
        const { baseCurrency, periodLockDate } = fake.settings;
        return ok({
          Organisations: [
            {
              Name: "Test",
              BaseCurrency: baseCurrency,
              ...(periodLockDate && { PeriodLockDate: msDate(periodLockDate) }),
            },
          ],
        });
      }
      case "getCurrencies":
        return ok({ Currencies: fake.settings.currencies.map((Code) => ({ Code, Description: Code })) });
      case "getAccounts":
        return ok({
          Accounts: fake.settings.accounts.map((Code) => ({ Code, Name: `Account ${Code}`, Status: "ACTIVE" })),
        });
      case "getTaxRates":
        return ok({
          TaxRates: fake.settings.taxTypes.map((TaxType) => ({ Name: TaxType, TaxType, Status: "ACTIVE" })),
        });
      case "getContacts": {
        const term = query.get("searchTerm")?.toLowerCase();
        const found = fake.contacts.filter(({ sent, status }) =>
          status !== "ACTIVE"
            ? false
            : term
              ? String(sent["Name"]).toLowerCase().includes(term)
              : conditions.some(([name, value]) => sent[name] === value),
        );
        return ok({ Contacts: found.map(contactAnswer) });
      }
      case "createContacts":
        return ok({
          Contacts: list("Contacts").map((sent) => {
            if (fake.contacts.some((contact) => contact.sent["Name"] === sent["Name"] && contact.status === "ACTIVE")) {
              const Message = `The contact name ${sent["Name"]} is already assigned to another contact.`;
              return { ...sent, HasValidationErrors: true, ValidationErrors: [{ Message }] };
            }
            const contact = { id: randomUUID(), sent, status: "ACTIVE" };
            fake.contacts.push(contact);
            return contactAnswer(contact);
          }),
        });
      case "getInvoices": {
        const numbers = query.get("InvoiceNumbers")?.split(",");
        const found = fake.documents.filter(
          (one) => one.kind === "invoice" && changed(one.updatedAt) && (!numbers || numbers.includes(one.number)),
        );
        return ok({ Invoices: paged(found, query).map(documentAnswer) });
      }
      case "getCreditNotes": {
        const numbers = conditions.filter(([name]) => name === "CreditNoteNumber").map(([, value]) => value);
        const found = fake.documents.filter(
          (one) =>
            one.kind === "credit_note" &&
            changed(one.updatedAt) &&
            (numbers.length === 0 || numbers.includes(one.number)),
        );
        return ok({ CreditNotes: paged(found, query).map(documentAnswer) });
      }
      case "getPayments":
        return ok({
          Payments: paged(
            fake.payments.filter(({ updatedAt }) => changed(updatedAt)),
            query,
          ).map(paymentAnswer),
        });
      case "createInvoices":
        return ok({ Invoices: list("Invoices").map((sent) => create("invoice", sent)) });
      case "createCreditNotes":
        return ok({ CreditNotes: list("CreditNotes").map((sent) => create("credit_note", sent)) });
      case "updateInvoice":
      case "updateCreditNote": {
        const kind = operationId === "updateInvoice" ? "invoice" : "credit_note";
        const document = find(kind, id);
        if (!document) return { status: 404, json: {} };
        const isUsed = fake.payments.some((payment) => payment.invoiceId === id && !payment.isDeleted);
        if (isUsed) return { status: 400, json: { Message: "Invoice has payments and cannot be voided" } };
        Object.assign(document, { status: "VOIDED", due: 0, updatedAt: now() });
        return ok({ [kind === "invoice" ? "Invoices" : "CreditNotes"]: [documentAnswer(document)] });
      }
      case "createCreditNoteAllocation":
        return ok({
          Allocations: list("Allocations").map((allocation) => {
            const amount = allocation["Amount"] as number;
            const invoiceId = (allocation["Invoice"] as Json)["InvoiceID"] as string;
            const [note, invoice] = [find("credit_note", id), find("invoice", invoiceId)];
            if (!note || !invoice || amount > note.due || amount > invoice.due) {
              return { ...allocation, StatusAttributeString: "ERROR", ValidationErrors: [{ Message: "Too much." }] };
            }
            fake.allocations.push({ noteId: id, invoiceId, amount });
            change(note, -amount);
            change(invoice, -amount);
            return { ...allocation, AllocationID: randomUUID() };
          }),
        });
      default:
        return { status: 404, json: { Message: `not offered here: ${operationId}` } };
    }
  }

  function create(kind: FakeDocument["kind"], sent: Json): Json {
    const number = String(sent[kind === "invoice" ? "InvoiceNumber" : "CreditNoteNumber"]);
    const lines = sent["LineItems"] as readonly Json[];
    const sum = (name: string) => cents(lines.reduce((total, line) => total + (line[name] as number), 0));
    const wrong = faultsOf(kind, number, sent, lines);
    if (wrong.length > 0) {
      return {
        ...sent,
        HasErrors: true,
        StatusAttributeString: "ERROR",
        ValidationErrors: wrong.map((Message) => ({ Message })),
      };
    }
    const total = cents(sum("LineAmount") + sum("TaxAmount"));
    const document: FakeDocument = {
      kind,
      id: randomUUID(),
      number,
      sent,
      currency: String(sent["CurrencyCode"]),
      total,
      due: total,
      status: total === 0 ? "PAID" : "AUTHORISED",
      updatedAt: now(),
    };
    fake.documents.push(document);
    return { ...documentAnswer(document), StatusAttributeString: "OK" };
  }

  function faultsOf(kind: FakeDocument["kind"], number: string, sent: Json, lines: readonly Json[]): string[] {
    const wrong: string[] = [];
    const isTaken = fake.documents.some((one) => one.kind === kind && one.number === number && one.status !== "VOIDED");
    if (isTaken) wrong.push(kind === "invoice" ? "Invoice # must be unique." : "Credit note number must be unique.");
    const { currencies, accounts, taxTypes } = fake.settings;
    if (!currencies.includes(String(sent["CurrencyCode"])))
      wrong.push("Organisation is not subscribed to that currency");
    if (!fake.contacts.some(({ id }) => id === (sent["Contact"] as Json)["ContactID"])) wrong.push("Contact unknown");
    for (const line of lines) {
      if (!accounts.includes(String(line["AccountCode"])))
        wrong.push(`Account code '${line["AccountCode"]}' is not a valid code for this document.`);
      if (!taxTypes.includes(String(line["TaxType"])))
        wrong.push(`The TaxType code '${line["TaxType"]}' does not exist`);
      const product = cents((line["Quantity"] as number) * (line["UnitAmount"] as number));
      if (product !== line["LineAmount"])
        wrong.push(`The line total ${line["LineAmount"]} does not match the expected line total ${product}`);
    }
    return wrong;
  }

  const contactAnswer = ({ id, sent, status }: FakeXero["contacts"][number]): Json => ({
    ...sent,
    ContactID: id,
    ContactStatus: status,
  });
  const documentAnswer = ({ kind, id, number, sent, currency, total, due, status, updatedAt }: FakeDocument): Json => ({
    Type: sent["Type"],
    Status: status,
    CurrencyCode: currency,
    Total: total,
    UpdatedDateUTC: `/Date(${updatedAt.getTime()}+0000)/`,
    ...(kind === "invoice"
      ? { InvoiceID: id, InvoiceNumber: number, AmountDue: due }
      : { CreditNoteID: id, CreditNoteNumber: number, RemainingCredit: due }),
  });
  const paymentAnswer = ({ id, invoiceId, amount, on, reference, isDeleted, updatedAt }: FakePayment): Json => ({
    PaymentID: id,
    Invoice: { InvoiceID: invoiceId },
    Amount: amount,
    Date: msDate(on),
    Reference: reference,
    Status: isDeleted ? "DELETED" : "AUTHORISED",
    PaymentType: "ACCRECPAYMENT",
    UpdatedDateUTC: `/Date(${updatedAt.getTime()}+0000)/`,
  });

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

type Answer = { readonly status: number; readonly json: unknown };
const ok = (json: Json): Answer => ({ status: 200, json });
const cents = (value: number): number => Math.round((value + Number.EPSILON * Math.sign(value)) * 100) / 100;
const msDate = (day: string): string => `/Date(${Date.parse(`${day}T00:00:00Z`)}+0000)/`;

function paged<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("pageSize") ?? 100);
  return items.slice((page - 1) * size, page * size);
}

const ROUTES: readonly (readonly [string, RegExp, string])[] = [
  ["GET", /^\/Organisation$/, "getOrganisations"],
  ["GET", /^\/Currencies$/, "getCurrencies"],
  ["GET", /^\/Accounts$/, "getAccounts"],
  ["GET", /^\/TaxRates$/, "getTaxRates"],
  ["GET", /^\/Contacts$/, "getContacts"],
  ["PUT", /^\/Contacts$/, "createContacts"],
  ["GET", /^\/Invoices$/, "getInvoices"],
  ["PUT", /^\/Invoices$/, "createInvoices"],
  ["POST", /^\/Invoices\/[^/]+$/, "updateInvoice"],
  ["GET", /^\/CreditNotes$/, "getCreditNotes"],
  ["PUT", /^\/CreditNotes$/, "createCreditNotes"],
  ["POST", /^\/CreditNotes\/[^/]+$/, "updateCreditNote"],
  ["PUT", /^\/CreditNotes\/[^/]+\/Allocations$/, "createCreditNoteAllocation"],
  ["GET", /^\/Payments$/, "getPayments"],
];

const operationOf = (method: string, path: string): string =>
  ROUTES.find(([wanted, pattern]) => wanted === method && pattern.test(path))?.[2] ?? `${method} ${path}`;
