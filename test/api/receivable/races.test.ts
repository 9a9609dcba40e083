import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { settle } from "../../../server/modules/receivable";
import { inTransaction, query } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type ReceivableWorld, receivableWorld } from "./receivable-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const countBy = (answers: readonly Answer[]) =>
  answers.reduce((counts: Record<string, number>, { code, __typename }) => {
    counts[code ?? __typename] = (counts[code ?? __typename] ?? 0) + 1;
    return counts;
  }, {});
const payment = (customerId: string, invoiceId: string, amount: string) => ({
  customerId,
  amount,
  currency: "GBP",
  receivedOn: "2026-11-03",
  method: "CARD",
  allocations: [{ invoiceId, amount }],
});

/** What the ledger says, beside what the documents say. */
const ledgerOf = (world: ReceivableWorld, invoiceId: string) =>
  world.within(async () => {
    const { rows } = await query<{ settled: string; ledger: string }>(
      `SELECT settled_total AS settled, (SELECT coalesce(sum(amount), 0) FROM settlement WHERE invoice_id = invoice.id) AS ledger
       FROM invoice WHERE id = $1`,
      [invoiceId],
    );
    return [Number(rows[0]?.settled), Number(rows[0]?.ledger)];
  });

describe("At once", () => {
  test("two payments of the whole never settle it twice", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    const answers = await times(2, () =>
      world.finance.command("recordPayment", "payment { id }", payment(customerId, invoiceId, "100.00")),
    );
    expect(countBy(answers)).toEqual({ RecordPaymentSuccess: 1, MORE_THAN_DUE: 1 });
    expect(await ledgerOf(world, invoiceId)).toEqual([100, 100]);
  });

  test("twenty payments of a tenth settle it ten times", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    const answers = await times(20, () =>
      world.finance.command("recordPayment", "payment { id }", payment(customerId, invoiceId, "10.00")),
    );
    expect(countBy(answers)).toEqual({ RecordPaymentSuccess: 10, MORE_THAN_DUE: 10 });
    expect(await world.standing(invoiceId)).toBe("paid 100.00, due 0.00");
    expect((await world.balance(customerId)).amount).toBe("0.00");
  });

  test("twenty invoices are paid out of one balance, in whatever order, until it is used up", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    await world.pay(customerId, "95.00");
    const invoices: string[] = [];
    for (let index = 0; index < 20; index += 1) invoices.push(await world.issue(customerId, "10.00"));
    const results = await times(20, (index) =>
      world.within(() =>
        inTransaction(async () =>
          settle([{ kind: "balance", invoiceId: invoices[index] as string, amount: new Decimal(10) }], {
            now: new Date(),
            today: plainDate("2026-11-03"),
            recordedBy: "Test",
          }),
        ),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(9);
    expect((await world.balance(customerId)).amount).toBe("5.00");
  });

  test("of commands that saw the same balance only one uses it", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    await world.pay(customerId, "100.00");
    const invoices = [await world.issue(customerId, "60.00"), await world.issue(customerId, "60.00")];
    const { version: balanceVersion } = await world.balance(customerId);
    const answers = await Promise.all(
      invoices.map((invoiceId) =>
        world.finance.command("applyCustomerBalance", "invoice { id }", { invoiceId, balanceVersion }),
      ),
    );
    expect(countBy(answers)).toEqual({ ApplyCustomerBalanceSuccess: 1, STALE_VERSION: 1 });
  });

  test("payments of several invoices in opposite order do not stand in each other's way", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const [first, second] = [await world.issue(customerId, "100.00"), await world.issue(customerId, "100.00")];
    const answers = await times(10, (index) =>
      world.finance.command("recordPayment", "payment { id }", {
        ...payment(customerId, first, "20.00"),
        allocations: (index % 2 === 0 ? [first, second] : [second, first]).map((invoiceId) => ({
          invoiceId,
          amount: "10.00",
        })),
      }),
    );
    expect(countBy(answers)).toEqual({ RecordPaymentSuccess: 10 });
    expect(await world.standing(first)).toBe("paid 100.00, due 0.00");
  });

  test("a payment bounces while it is reallocated, and pays nothing in the end", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const [first, second] = [await world.issue(customerId, "50.00"), await world.issue(customerId, "50.00")];
    const { id: paymentId } = await world.pay(customerId, "50.00", {
      allocations: [{ invoiceId: first, amount: "50.00" }],
    });
    await Promise.all([
      world.finance.command("reallocatePayment", "payment { id }", {
        paymentId,
        reason: "Other one",
        allocations: [{ invoiceId: second, amount: "50.00" }],
      }),
      world.finance.command("reversePayment", "payment { id }", { paymentId, kind: "BOUNCED", reason: "No funds" }),
    ]);
    const again = await world.finance.command("reversePayment", "payment { id }", {
      paymentId,
      kind: "BOUNCED",
      reason: "No funds",
    });
    expect(["PAYMENT_REVERSED", undefined]).toContain(again.code);
    expect(await world.standing(first)).toBe("unpaid 0.00, due 50.00");
    expect(await world.standing(second)).toBe("unpaid 0.00, due 50.00");
  });

  test("a payment and a void: one of them is refused", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    const voided = world.within(() =>
      inTransaction(async () => {
        const { rowCount } = await query(
          `UPDATE invoice SET status = 'voided', voided_at = now(), void_reason = 'Wrong' WHERE id = $1 AND settled_total = 0`,
          [invoiceId],
        );
        return rowCount;
      }),
    );
    const [count, paid] = await Promise.all([
      voided,
      world.finance.command("recordPayment", "payment { id }", payment(customerId, invoiceId, "100.00")),
    ]);
    expect([count, paid.code ?? "paid"]).toEqual(count === 1 ? [1, "INVOICE_NOT_PAYABLE"] : [0, "paid"]);
  });
});

describe("The database refuses", () => {
  async function settled() {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00");
    const { id: paymentId } = await world.pay(customerId, "60.00", { allocations: [{ invoiceId, amount: "60.00" }] });
    return {
      world,
      invoiceId,
      paymentId,
      write: (text: string, ...values: unknown[]) => world.within(async () => await query(text, values)),
    };
  }
  const INSERT = `INSERT INTO settlement (organization_id, id, kind, invoice_id, payment_id, amount, effective_on, recorded_by, recorded_at)
    SELECT organization_id, gen_random_uuid(), 'payment', $1, $2, $3, '2026-11-03', 'Test', now() FROM invoice WHERE id = $1`;

  test("a settlement that its invoice does not count", async () => {
    const { write, invoiceId, paymentId } = await settled();
    await expect(write(INSERT, invoiceId, paymentId, "10")).rejects.toThrow("its settlements say 70.0000");
  });

  test("to change or delete what was settled, paid or reversed", async () => {
    const { write } = await settled();
    for (const table of ["settlement", "payment", "payment_reversal", "refund"]) {
      await expect(write(`DELETE FROM ${table}`)).rejects.toThrow("permission denied");
      await expect(write(`UPDATE ${table} SET recorded_by = 'x'`)).rejects.toThrow("permission denied");
    }
  });

  test("to settle more than the gross, or the wrong way round", async () => {
    const { write, invoiceId } = await settled();
    await expect(write("UPDATE invoice SET settled_total = 101 WHERE id = $1", invoiceId)).rejects.toThrow(
      "invoice_settled_within",
    );
    await expect(write("UPDATE invoice SET settled_total = -1 WHERE id = $1", invoiceId)).rejects.toThrow(
      "invoice_settled_within",
    );
  });

  test("to void what was paid", async () => {
    const { write, invoiceId } = await settled();
    await expect(
      write("UPDATE invoice SET status = 'voided', voided_at = now(), void_reason = 'x' WHERE id = $1", invoiceId),
    ).rejects.toThrow("invoice_voided_unsettled");
  });

  test("a payment that pays more than came in", async () => {
    const { world, paymentId } = await settled();
    const other = await world.issue(await world.customer("Other Ltd"), "100.00");
    const both = world.within(() =>
      inTransaction(async () => {
        await query(INSERT, [other, paymentId, "10"]);
        await query("UPDATE invoice SET settled_total = 10, payment_status = 'partially_paid' WHERE id = $1", [other]);
        await query(INSERT, [other, paymentId, "31"]);
        await query("UPDATE invoice SET settled_total = 41 WHERE id = $1", [other]);
      }),
    );
    await expect(both).rejects.toThrow("would pay 101.0000");
  });
});
