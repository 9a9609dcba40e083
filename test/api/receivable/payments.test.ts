import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { receivableWorld } from "./receivable-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("A payment", () => {
  test("pays what it is allocated to, in full and in part, and the rest is the customer's balance", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const [first, second] = [await world.issue(customerId, "120.00"), await world.issue(customerId, "60.00")];
    const payment = await world.pay(customerId, "200.00", {
      allocations: [
        { invoiceId: first, amount: "120.00" },
        { invoiceId: second, amount: "20.00" },
      ],
    });
    expect(payment.unallocated.amount).toBe("60.00");
    expect(await world.standing(first)).toBe("paid 120.00, due 0.00");
    expect(await world.standing(second)).toBe("partially_paid 20.00, due 40.00");
    expect(await world.balance(customerId)).toEqual({ amount: "60.00", version: 1 });
    expect((await world.invoice(first)).version).toBe(2);
  });

  test("allocates itself only when asked: to what its reference names, else the exact amount, else the oldest due", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const old = await world.issue(customerId, "50.00", { dueOn: "2026-10-01" });
    const middle = await world.issue(customerId, "70.00", { dueOn: "2026-10-15" });
    const young = await world.issue(customerId, "70.00", { dueOn: "2026-11-15" });

    expect((await world.pay(customerId, "10.00")).unallocated.amount).toBe("10.00");
    const automatic = { allocateAutomatically: true };
    await world.pay(customerId, "70.00", { ...automatic, reference: "Payment inv 2026/00003, thanks" });
    expect(await world.standing(young)).toBe("paid 70.00, due 0.00");
    await world.pay(customerId, "70.00", automatic);
    expect(await world.standing(middle)).toBe("paid 70.00, due 0.00");
    const last = await world.pay(customerId, "55.00", automatic);
    expect(await world.standing(old)).toBe("paid 50.00, due 0.00");
    expect(last.unallocated.amount).toBe("5.00");
  });

  test("never settles more than is due, nor more than came in", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "120.00");
    const tryTo = (amount: string, allocated: string) =>
      world.finance.command("recordPayment", "payment { id }", {
        customerId,
        amount,
        currency: "GBP",
        receivedOn: "2026-11-03",
        method: "CARD",
        allocations: [{ invoiceId, amount: allocated }],
      });
    expect(await tryTo("200.00", "120.01")).toMatchObject({
      __typename: "Conflict",
      code: "MORE_THAN_DUE",
      message: "INV-2026-00001 has 120.00 GBP due; 120.01 GBP is more than that.",
      path: ["allocations", "0", "amount"],
    });
    expect(await tryTo("100.00", "110.00")).toMatchObject({
      code: "MORE_THAN_LEFT",
      message: "Only 100.00 GBP is left of the payment in the invoice's currency.",
    });
    expect(await world.balance(customerId)).toEqual({ amount: "0.00", version: 0 });
    expect(await world.standing(invoiceId)).toBe("unpaid 0.00, due 120.00");
  });

  test.each([
    ["another currency", { currency: "EUR" }, "OTHER_CURRENCY"],
    ["another customer", { mine: false }, "OTHER_CUSTOMER"],
  ])(
    "does not pay an invoice of %s",
    async (_, { currency = "GBP", mine = true }: { currency?: string; mine?: boolean }, code) => {
      const world = await receivableWorld(api);
      const [customerId, other] = [await world.customer("Acme Ltd"), await world.customer("Other Ltd")];
      const invoiceId = await world.issue(mine ? customerId : other, "120.00");
      const refused = await world.finance.command("recordPayment", "payment { id }", {
        customerId,
        amount: "120.00",
        currency,
        receivedOn: "2026-11-03",
        method: "CARD",
        allocations: [{ invoiceId, amount: "120.00" }],
      });
      expect(refused).toMatchObject({ __typename: "Conflict", code, path: ["allocations", "0", "invoiceId"] });
    },
  );

  test("is of who is billed, where that is not who is served", async () => {
    const world = await receivableWorld(api);
    const [child, parent] = [await world.customer("Child Ltd"), await world.customer("Parent Ltd")];
    const invoiceId = await world.issue(child, "120.00", { billToCustomerId: parent });
    await world.pay(parent, "120.00", { allocateAutomatically: true });
    expect(await world.standing(invoiceId)).toBe("paid 120.00, due 0.00");
  });

  test.each([
    ["a day to come", { receivedOn: "2026-11-04" }, "DAY_IN_FUTURE"],
    ["nothing", { amount: "0.00" }, "AMOUNT_OUT_OF_RANGE"],
    ["less than a penny", { amount: "1.001" }, "AMOUNT_TOO_PRECISE"],
    ["an unknown currency", { currency: "XXX" }, "CURRENCY_UNKNOWN"],
  ])("of %s is refused", async (_, wrong, code) => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const given = { customerId, amount: "10.00", currency: "GBP", receivedOn: "2026-11-03", method: "CASH" };
    const refused = await world.finance.command("recordPayment", "payment { id }", { ...given, ...wrong });
    expect(refused).toMatchObject({ __typename: "InvalidInput", code });
  });

  test("is recorded once, however often the command is sent", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const again = { idempotencyKey: "payment-1" };
    const payments = [await world.pay(customerId, "10.00", again), await world.pay(customerId, "10.00", again)];
    expect(payments[0].id).toBe(payments[1].id);
    expect((await world.balance(customerId)).amount).toBe("10.00");
  });

  test("that is reallocated keeps what it still pays, and takes back the rest", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const [first, second, third] = [
      await world.issue(customerId, "100.00"),
      await world.issue(customerId, "50.00"),
      await world.issue(customerId, "70.00"),
    ];
    const { id: paymentId } = await world.pay(customerId, "150.00", {
      allocations: [
        { invoiceId: first, amount: "100.00" },
        { invoiceId: second, amount: "50.00" },
      ],
    });
    await world.finance.done("reallocatePayment", "payment { id }", {
      paymentId,
      reason: "They meant the third",
      allocations: [
        { invoiceId: first, amount: "100.00" },
        { invoiceId: third, amount: "40.00" },
      ],
    });
    expect(await world.standing(first)).toBe("paid 100.00, due 0.00");
    expect(await world.standing(second)).toBe("unpaid 0.00, due 50.00");
    expect(await world.standing(third)).toBe("partially_paid 40.00, due 30.00");
    const { settlements, unallocated } = await world.payment(paymentId);
    expect(settlements.map(({ amount, invoice }: any) => `${amount.amount} ${invoice.number.slice(-1)}`)).toEqual([
      "100.00 1",
      "50.00 2",
      "-50.00 2",
      "40.00 3",
    ]);
    expect(unallocated.amount).toBe("10.00");
  });

  test("that bounced pays nothing, wherever it was used, and its balance is gone", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const [first, second] = [await world.issue(customerId, "100.00"), await world.issue(customerId, "30.00")];
    const { id: paymentId } = await world.pay(customerId, "150.00", {
      allocations: [{ invoiceId: first, amount: "100.00" }],
    });
    const { version: balanceVersion } = await world.balance(customerId);
    await world.finance.done("applyCustomerBalance", "invoice { id }", { invoiceId: second, balanceVersion });
    expect(await world.standing(second)).toBe("paid 30.00, due 0.00");

    await world.finance.done("reversePayment", "payment { id }", { paymentId, kind: "BOUNCED", reason: "No funds" });
    expect(await world.standing(first)).toBe("unpaid 0.00, due 100.00");
    expect(await world.standing(second)).toBe("unpaid 0.00, due 30.00");
    expect((await world.balance(customerId)).amount).toBe("0.00");
    expect((await world.payment(paymentId)).reversal).toEqual({
      kind: "BOUNCED",
      on: "2026-11-03",
      reason: "No funds",
    });
    expect(
      await world.finance.command("reversePayment", "payment { id }", { paymentId, kind: "BOUNCED", reason: "Again" }),
    ).toMatchObject({ code: "PAYMENT_REVERSED" });
  });

  test("of a locked month counts from the first unlocked day", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "10.00", { accountingOn: "2026-09-30" });
    await world.within(async () => {
      const { query } = await import("../../../server/platform/database/transaction");
      await query("UPDATE organization SET locked_through = '2026-10-01' WHERE id = $1", [world.org.id]);
    });
    const { id } = await world.pay(customerId, "10.00", {
      receivedOn: "2026-10-20",
      allocations: [{ invoiceId, amount: "10.00" }],
    });
    const { receivedOn, accountingOn, settlements } = await world.payment(id);
    expect([receivedOn, accountingOn, settlements[0].effectiveOn]).toEqual(["2026-10-20", "2026-11-01", "2026-11-01"]);
  });
});

describe("Lists cost the same for many as for one:", () => {
  const perList = async (query: string) => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    for (const amount of ["10.00", "20.00", "30.00"]) {
      const invoiceId = await world.issue(customerId, amount);
      await world.pay(customerId, "25.00", { allocations: [{ invoiceId, amount: "10.00" }] });
    }
    const ask = async (first: number) => {
      // As many connections as it takes know the organization then.
      await Promise.all([first, first, first].map((count) => world.finance.data(query, { first: count })));
      return countStatements(() => world.finance.data(query, { first }));
    };
    expect(await ask(3)).toBe(await ask(1));
  };
  test("payments, with what they pay", () =>
    perList(
      `query ($first: Int!) { payments(first: $first) { nodes { id unallocated { amount } customer { legalName balances { version } }
         settlements { amount { amount } invoice { number due { amount } } payment { id } } } } }`,
    ));
  test("invoices, with what was paid of them", () =>
    perList(
      `query ($first: Int!) { invoices(first: $first) { nodes { id paymentStatus settled { amount } due { amount } daysOverdue promisedOn
         dispute { reason } settlements { kind amount { amount } payment { reference } creditNote { number } refund { id } } } } }`,
    ));
});

describe("Who may record payments:", () => {
  test("finance, not sales; and nobody where Xero keeps them", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const sales = await world.org.as("sales");
    const input = {
      customerId,
      amount: "10.00",
      currency: "GBP",
      receivedOn: "2026-11-03",
      method: "CASH",
      idempotencyKey: "one",
    };
    const { errors } = await sales.ask(
      "mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { __typename } }",
      { input },
    );
    expect(errors?.[0].extensions).toMatchObject({ code: "FORBIDDEN", permission: "RECORD_PAYMENTS" });

    const { organization } = await world.org.admin.data("{ organization { version } }");
    await world.org.admin.done("updateOrganization", "organization { paymentsMaster }", {
      version: organization.version,
      paymentsMaster: "XERO",
    });
    expect(await world.finance.command("recordPayment", "payment { id }", input)).toMatchObject({
      __typename: "Conflict",
      code: "PAYMENTS_MASTERED_BY_XERO",
    });
  });
});
