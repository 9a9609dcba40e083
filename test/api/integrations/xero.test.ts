import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { currency } from "../../../server/domain/money/currency";
import { Decimal } from "../../../server/domain/money/decimal";
import { readEnvironment } from "../../../server/environment";
import type { AccountingSystem, LedgerDocument, Outcome } from "../../../server/integrations/xero/accounting-ledger";
import { readXeroWebhook } from "../../../server/integrations/xero/read-webhook";
import { createSecretBox } from "../../../server/integrations/xero/secret-box";
import { createXero, xeroCannotHold } from "../../../server/integrations/xero/xero";
import { xeroAmounts } from "../../../server/integrations/xero/xero-line";
import { createXeroOAuth, XERO_SCOPES, xeroAddresses } from "../../../server/integrations/xero/xero-oauth";
import type { Fault } from "../../testkit/dropbox-sign";
import { type FakeXero, startXero } from "../../testkit/xero";
import { ledgerDocument, ledgerLine } from "./sample-ledger-document";

const NOW = new Date("2026-11-03T09:00:00Z");
const toStop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
});

const amount = (text: string) => new Decimal(text);
const redirect = "http://billgrid.example/xero/callback";

/** Xero as described, connected to our side of it. */
async function start({ timeoutMs = 20_000 } = {}) {
  const fake = await startXero(() => NOW);
  toStop.push(fake.stop);
  const { clientId, clientSecret } = fake;
  const addresses = xeroAddresses(fake.url);
  const oauth = createXeroOAuth({ clientId, clientSecret, scopes: XERO_SCOPES, addresses, timeoutMs, now: () => NOW });
  const { url, verifier } = oauth.authorization("state", redirect);
  const code = new URL(fake.allow(url)).searchParams.get("code") ?? "";
  const tokens = valueOf(await oauth.redeem(code, verifier, redirect));
  const tenantId = fake.tenants[0]?.tenantId as string;
  const books = createXero({ url: addresses.api, timeoutMs, now: () => NOW })({
    accessToken: tokens.accessToken,
    tenantId,
  });
  return { fake, oauth, tokens, books, verifier, url };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.outcome !== "done") throw new Error(outcome.reason);
  return outcome.value;
}

/** With a contact at Xero. */
async function linked(books: AccountingSystem, more: Partial<LedgerDocument> = {}): Promise<LedgerDocument> {
  const document = ledgerDocument(more);
  const [made] = valueOf(await books.createContacts([document.customer], "contact"));
  const contactId = made?.outcome === "done" ? made.value.externalId : null;
  return { ...document, customer: { ...document.customer, contactId } };
}

const SKIPPED = "the description does not lie beside this checkout, in ../shared/contracts";

describe("the published description", () => {
  test("is kept by everything that is asked, and by every answer that is understood", async ({ skip }) => {
    const { fake, books } = await start();
    skip(!fake.isDescribed, SKIPPED);
    const tracking = [{ category: "Region", option: "North" }];
    const lines = [
      ledgerLine(),
      ledgerLine({ quantity: null, unitPrice: null, net: amount("0.01"), tax: amount("0"), tracking }),
    ];
    const invoice = await linked(books, { lines });
    const note = {
      ...invoice,
      kind: "credit_note",
      number: "CN-1",
      dueOn: null,
      lines: [ledgerLine({ net: amount("-10"), tax: amount("-2"), quantity: null })],
    } as const;
    await books.organisation();
    await books.currencies();
    await books.accounts();
    await books.taxTypes();
    expect(valueOf(await books.findContacts([invoice.customer]))).toHaveLength(1);
    const [posted] = valueOf(await books.post([invoice], "key-1"));
    const [credited] = valueOf(await books.post([note], "key-2"));
    expect([posted, credited]).toMatchObject([
      { outcome: "done", value: { number: "INV-2026-00001", status: "authorised", currency: "GBP" } },
      { outcome: "done", value: { number: "CN-1", kind: "credit_note" } },
    ]);
    const [invoiceId, noteId] = fake.documents.map(({ id }) => id) as [string, string];
    expect(fake.documents.map(({ total }) => total)).toEqual([120.01, 12]);
    expect(valueOf(await books.find("invoice", ["INV-2026-00001", "INV-404"]))).toMatchObject([
      { externalId: invoiceId },
    ]);
    expect(valueOf(await books.find("credit_note", ["CN-1"]))).toMatchObject([{ externalId: noteId }]);
    valueOf(await books.allocate(noteId, invoiceId, amount("12"), plainDate("2026-11-01"), "key-3"));
    fake.pay("INV-2026-00001", 50, "2026-11-02");
    expect(valueOf(await books.payments(null, 1)).items).toMatchObject([
      { invoiceExternalId: invoiceId, paidOn: "2026-11-02", isDeleted: false, reference: "paid INV-2026-00001" },
    ]);
    const changed = valueOf(await books.changed("invoice", new Date(NOW.getTime() - 1), 1));
    expect(changed.items.map(({ due }) => due.toFixed())).toEqual(["58.01"]);
    expect(valueOf(await books.changed("credit_note", null, 1)).items.map(({ status }) => status)).toEqual(["paid"]);
    valueOf(await books.void("credit_note", noteId, "key-4"));
    expect(fake.problems).toEqual([]);
  });

  test("is strict: what it does not name, or names otherwise, is a problem", async ({ skip }) => {
    const { fake, tokens } = await start();
    skip(!fake.isDescribed, SKIPPED);
    const put = async (body: object, headers: Record<string, string> = { "xero-tenant-id": "t" }) => {
      const authorization = `Bearer ${tokens.accessToken}`;
      await fetch(`${fake.url}/api.xro/2.0/Contacts`, {
        method: "PUT",
        headers: { "content-type": "application/json", authorization, ...headers },
        body: JSON.stringify(body),
      });
      return fake.problems.splice(0).join("\n");
    };
    expect(await put({ Contacts: [{ Name: "A" }] })).toBe("");
    expect(await put({ Contacts: [{ Nome: "A" }] })).toMatch(/Nome/);
    expect(await put({ Contacts: "A" })).toMatch(/must be array/);
    expect(await put({ Contacts: [] }, {})).toMatch(/header xero-tenant-id is missing/);
  });
});

test("an invoice goes out whole: days, contact, reference, currency, accounts, and the tax of each line", async () => {
  const { fake, books } = await start();
  const document = await linked(books, { currency: currency("EUR").code, rate: amount("0.8") });
  valueOf(await books.post([document], "key"));
  expect(fake.documents[0]?.sent).toEqual({
    Type: "ACCREC",
    Status: "AUTHORISED",
    InvoiceNumber: "INV-2026-00001",
    Reference: "PO-7",
    Contact: { ContactID: fake.contacts[0]?.id },
    Date: "2026-11-01",
    DueDate: "2026-12-01",
    LineAmountTypes: "Exclusive",
    CurrencyCode: "EUR",
    CurrencyRate: 1.25,
    LineItems: [
      {
        Description: "Platform, 1–31 Oct 2026",
        Quantity: 3,
        UnitAmount: 33.3333,
        LineAmount: 100,
        AccountCode: "200",
        TaxType: "OUTPUT2",
        TaxAmount: 20,
      },
    ],
  });
  expect(fake.contacts[0]?.sent).toMatchObject({
    Name: "Acme Ltd",
    ContactNumber: "01890000-0000-7000-8000-0000000000c1",
    AccountNumber: "CRM-1",
    EmailAddress: "accounts@acme.example",
    TaxNumber: "GB999",
  });
});

describe("quantity and price", () => {
  const sent = (line: { quantity: string | null; unitPrice: string | null; net: string }, sign: 1 | -1 = 1) => {
    const decimal = (text: string | null) => (text === null ? null : amount(text));
    const { quantity, unitAmount } = xeroAmounts(
      { quantity: decimal(line.quantity), unitPrice: decimal(line.unitPrice), net: amount(line.net) },
      sign,
    );
    return `${quantity.toFixed()} × ${unitAmount.toFixed()}`;
  };
  test("go as they are where Xero multiplies them to the same cent", () => {
    expect(sent({ quantity: "3", unitPrice: "33.3333", net: "100.00" })).toBe("3 × 33.3333");
    expect(sent({ quantity: "2.5", unitPrice: "0.0042", net: "0.01" })).toBe("2.5 × 0.0042");
  });
  test("become one piece where four decimals of the price miss the amount", () => {
    expect(sent({ quantity: "1000000", unitPrice: "0.000025", net: "25.00" })).toBe("1 × 25");
    expect(sent({ quantity: "10000", unitPrice: "0.00035", net: "3.50" })).toBe("1 × 3.5");
  });
  test("become one piece where a discount, tiers or a quantity of five decimals make the amount", () => {
    expect(sent({ quantity: "3", unitPrice: "10", net: "27.00" })).toBe("1 × 27");
    expect(sent({ quantity: null, unitPrice: null, net: "99.99" })).toBe("1 × 99.99");
    expect(sent({ quantity: "0.00001", unitPrice: "100000", net: "1.00" })).toBe("1 × 1");
  });
  test("of a credit note are above zero", () => {
    expect(sent({ quantity: "3", unitPrice: "-10", net: "-30.00" }, -1)).toBe("1 × 30");
    expect(sent({ quantity: "3", unitPrice: "10", net: "-30.00" }, -1)).toBe("3 × 10");
  });
  test("of nothing are one piece at nothing", () => {
    expect(sent({ quantity: "0", unitPrice: "10", net: "0.00" })).toBe("1 × 0");
  });
});

test("a currency of three decimals is more than Xero can hold", () => {
  expect(xeroCannotHold(ledgerDocument())).toBeNull();
  expect(xeroCannotHold(ledgerDocument({ currency: currency("JPY").code }))).toBeNull();
  expect(xeroCannotHold(ledgerDocument({ currency: currency("KWD").code }))).toBe(
    "Xero keeps two decimals, and KWD has 3: INV-2026-00001 would lose some. Book it by a file export.",
  );
});

test("of a batch each fares by itself", async () => {
  const { fake, books } = await start();
  const good = await linked(books);
  const bad = { ...good, number: "INV-2", lines: [ledgerLine({ revenueAccount: "999" })] };
  expect(valueOf(await books.post([good, bad, { ...good, number: "INV-3" }], "key"))).toMatchObject([
    { outcome: "done", value: { number: "INV-2026-00001" } },
    { outcome: "permanent", reason: expect.stringMatching(/Account code '999' is not a valid code/) },
    { outcome: "done", value: { number: "INV-3" } },
  ]);
  expect(fake.documents.map(({ number }) => number)).toEqual(["INV-2026-00001", "INV-3"]);
});

test("the same key twice is one document", async () => {
  const { fake, books } = await start();
  const document = await linked(books);
  const first = valueOf(await books.post([document], "key"));
  expect(valueOf(await books.post([document], "key"))).toEqual(first);
  expect(fake.documents).toHaveLength(1);
});

describe("what goes wrong", () => {
  const failing = async (fault: Fault, { timeoutMs = 300 } = {}) => {
    const { fake, books } = await start({ timeoutMs });
    const document = await linked(books);
    fake.fail("createInvoices", fault);
    return { outcome: await books.post([document], "key"), made: fake.documents.length };
  };
  test("429 is a limit, and says how long to wait", async () => {
    expect(await failing({ kind: "answer", status: 429, headers: { "retry-after": "17" } })).toEqual({
      outcome: {
        outcome: "temporary",
        reason: "Xero asks us to slow down.",
        retryAfterSeconds: 17,
        mayHaveHappened: false,
        isLimit: true,
      },
      made: 0,
    });
  });
  test("the day's limit is called that", async () => {
    const headers = { "retry-after": "3600", "x-rate-limit-problem": "day" };
    expect((await failing({ kind: "answer", status: 429, headers })).outcome).toMatchObject({
      reason: "Xero's calls of today are used up.",
      retryAfterSeconds: 3600,
    });
  });
  test("500 is temporary, and may have happened", async () => {
    expect((await failing({ kind: "answer", status: 500 })).outcome).toMatchObject({
      outcome: "temporary",
      mayHaveHappened: true,
    });
  });
  test("no answer to what was done is temporary, and may have happened", async () => {
    expect(await failing({ kind: "silence", isDone: true })).toMatchObject({
      outcome: { outcome: "temporary", reason: "Xero did not answer in time.", mayHaveHappened: true },
      made: 1,
    });
  });
  test("a connection that breaks may have happened too", async () => {
    expect((await failing({ kind: "hang_up", isDone: true })).outcome).toMatchObject({ mayHaveHappened: true });
  });
  test("an answer that is no JSON may have happened", async () => {
    expect((await failing({ kind: "nonsense", isDone: true })).outcome).toMatchObject({
      outcome: "temporary",
      reason: "Xero answered something that could not be read.",
      mayHaveHappened: true,
    });
  });
  test("400 is for good, in Xero's words", async () => {
    const body = JSON.stringify({
      Elements: [{ ValidationErrors: [{ Message: "No day." }] }],
      Message: "A validation exception occurred",
    });
    expect((await failing({ kind: "answer", status: 400, body })).outcome).toEqual({
      outcome: "permanent",
      reason: "Xero refused: No day.",
    });
  });
  test("nobody listening cannot have happened", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const books = createXero({ url: `http://127.0.0.1:${port}`, timeoutMs: 1_000, now: () => NOW })({
      accessToken: "secret",
      tenantId: "t",
    });
    expect(await books.organisation()).toEqual({
      outcome: "temporary",
      reason: "Xero could not be reached.",
      retryAfterSeconds: null,
      mayHaveHappened: false,
    });
  });
  test("a token that is withdrawn is denied, without the token in the words", async () => {
    const { fake, books, tokens } = await start();
    fake.revoke();
    const denied = await books.organisation();
    expect(denied).toEqual({ outcome: "denied", reason: "Xero no longer allows the connection." });
    expect(JSON.stringify(denied)).not.toContain(tokens.accessToken);
  });
});

describe("the connection", () => {
  test("asks with state and PKCE for what it needs, offline too", async () => {
    const { url } = await start();
    const asked = new URL(url);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      redirect_uri: redirect,
      state: "state",
      code_challenge_method: "S256",
      scope: "offline_access accounting.transactions accounting.contacts accounting.settings.read",
    });
  });
  test("a code is good once, and only with its verifier", async () => {
    const { fake, oauth, url, verifier } = await start();
    const code = new URL(fake.allow(url)).searchParams.get("code") ?? "";
    expect((await oauth.redeem(code, "another", redirect)).outcome).toBe("denied");
    expect((await oauth.redeem(code, verifier, redirect)).outcome).toBe("done");
    expect((await oauth.redeem(code, verifier, redirect)).outcome).toBe("denied");
  });
  test("a refresh token is good once", async () => {
    const { oauth, tokens } = await start();
    expect((await oauth.refresh(tokens.refreshToken)).outcome).toBe("done");
    expect(await oauth.refresh(tokens.refreshToken)).toEqual({
      outcome: "denied",
      reason: "Xero no longer accepts the connection: it was revoked, or not used for 60 days.",
    });
  });
});

describe("what Xero posts", () => {
  const posted = (fake: FakeXero, key?: string) =>
    fake.webhook(
      [
        {
          tenantId: "t",
          resourceId: "r",
          eventCategory: "INVOICE",
          eventType: "UPDATE",
          eventDateUtc: "2026-11-03T09:00:00.123",
        },
      ],
      key,
    );
  test("is believed by its signature over the very bytes", async () => {
    const { fake } = await start();
    const { body, signature } = posted(fake);
    expect(readXeroWebhook(Buffer.from(body), signature, fake.webhookKey)).toEqual({
      kind: "events",
      events: [
        {
          tenantId: "t",
          resourceId: "r",
          category: "INVOICE",
          type: "UPDATE",
          happenedAt: new Date("2026-11-03T09:00:00.123Z"),
        },
      ],
    });
    expect(readXeroWebhook(Buffer.from(`${body} `), signature, fake.webhookKey).kind).toBe("forged");
    expect(readXeroWebhook(Buffer.from(body), undefined, fake.webhookKey).kind).toBe("forged");
    expect(readXeroWebhook(Buffer.from(body), posted(fake, "another").signature, fake.webhookKey).kind).toBe("forged");
  });
  test("may be no event at all, when Xero looks whether signatures are checked", async () => {
    const { fake } = await start();
    const { body, signature } = fake.webhook([]);
    expect(readXeroWebhook(Buffer.from(body), signature, fake.webhookKey)).toEqual({ kind: "events", events: [] });
  });
});

describe("a secret", () => {
  const box = createSecretBox(Buffer.alloc(32, 7));
  test("opens with its key, for whom it was sealed, and never looks the same twice", () => {
    const sealed = box.seal("token", "a");
    expect(box.open(sealed, "a")).toBe("token");
    expect(sealed).not.toContain("token");
    expect(box.seal("token", "a")).not.toBe(sealed);
  });
  test("opens with no other key, for nobody else, and not where a byte was changed", () => {
    const sealed = box.seal("token", "a");
    expect(() => box.open(sealed, "b")).toThrow();
    expect(() => createSecretBox(Buffer.alloc(32, 8)).open(sealed, "a")).toThrow();
    expect(() => box.open(`${sealed.slice(0, -2)}AA`, "a")).toThrow();
  });
});

describe("the environment", () => {
  const whole = {
    XERO_CLIENT_ID: "id",
    XERO_CLIENT_SECRET: "secret",
    BILLGRID_SECRETS_KEY: Buffer.alloc(32, 1).toString("base64"),
  };
  test("without Xero has none; with it a key of 32 bytes, in hex or base64", () => {
    expect(readEnvironment({}).xero).toBeNull();
    expect(readEnvironment(whole).xero).toMatchObject({ clientId: "id", url: null, webhookKey: null, scopes: null });
    expect(readEnvironment({ ...whole, BILLGRID_SECRETS_KEY: "01".repeat(32) }).xero?.secretsKey).toEqual(
      Buffer.alloc(32, 1),
    );
  });
  test("is refused in halves, and the refusal does not repeat a key", () => {
    expect(() => readEnvironment({ XERO_CLIENT_ID: "id" })).toThrow("together or not at all");
    expect(() => readEnvironment({ ...whole, BILLGRID_SECRETS_KEY: "c2hvcnQ=" })).toThrow(
      /BILLGRID_SECRETS_KEY must be 32 random bytes/,
    );
  });
});
