import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { applyIssuedCreditNotes, recordRefund } from "../../../server/modules/receivable";
import { inTransaction } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type ReceivableWorld, receivableWorld } from "./receivable-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const BUCKETS =
  "due { notDue { amount } days1To30 { amount } days31To60 { amount } days61To90 { amount } over90 { amount } disputed { amount } total { amount } }";
const AGING = `query ($on: PlainDate, $first: Int, $after: String) { aging(on: $on) { on currenciesWithoutRate
  rows(first: $first, after: $after) { nodes { customer { legalName } ${BUCKETS} balance { amount } net { amount currency } } pageInfo { hasNextPage endCursor } }
  totals { ${BUCKETS} balance { amount } net { amount currency } } totalInBase { due { total { amount } } balance { amount } net { amount currency } } } }`;
const amounts = ({ due }: Answer) => Object.values(due as Record<string, Answer>).map(({ amount }) => amount);
const aging = async ({ finance }: ReceivableWorld, on: string | null = null, more: object = {}) =>
  (await finance.data(AGING, { on, first: 50, ...more })).aging;
const rollForward = async ({ finance }: ReceivableWorld, month: string) => {
  const { receivablesRollForward } = await finance.data(
    `query ($month: PlainMonth!) { receivablesRollForward(month: $month) { currenciesWithoutRate rows { ...F } inBase { ...F } } }
     fragment F on RollForward { opening { amount currency } invoiced { amount } credited { amount } paid { amount } refunded { amount } writtenOff { amount } fx { amount } closing { amount } }`,
    { month },
  );
  return receivablesRollForward;
};
const figures = (row: Answer) => Object.values(row as Record<string, Answer>).map(({ amount }) => amount);

describe("Aging", () => {
  test("files what is due by how old it is, disputed apart, with the balances beside it", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    await world.issue(customerId, "1.00", { dueOn: "2026-11-03" });
    await world.issue(customerId, "2.00", { dueOn: "2026-11-02" });
    await world.issue(customerId, "3.00", { dueOn: "2026-10-03" });
    await world.issue(customerId, "4.00", { dueOn: "2026-09-03" });
    await world.issue(customerId, "5.00", { dueOn: "2026-08-01" });
    const disputed = await world.issue(customerId, "6.00", { dueOn: "2026-08-01" });
    await world.draft(customerId, "7.00");
    await world.finance.done("disputeInvoice", "invoice { id }", { invoiceId: disputed, reason: "Wrong" });
    await world.pay(customerId, "8.00");
    const { rows, totals, totalInBase, on } = await aging(world);
    expect(on).toBe("2026-11-03");
    expect(amounts(rows.nodes[0])).toEqual(["1.00", "2.00", "3.00", "4.00", "5.00", "6.00", "21.00"]);
    expect(rows.nodes[0]).toMatchObject({
      customer: { legalName: "Acme Ltd" },
      balance: { amount: "8.00" },
      net: { amount: "13.00" },
    });
    expect(amounts(totals[0])).toEqual(amounts(rows.nodes[0]));
    expect(totalInBase).toMatchObject({
      due: { total: { amount: "21.00" } },
      net: { amount: "13.00", currency: "GBP" },
    });
  });

  test("of a day before is by what was posted then", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00", { accountingOn: "2026-09-30", dueOn: "2026-10-15" });
    await world.issue(customerId, "50.00", { accountingOn: "2026-11-01" });
    await world.pay(customerId, "30.00", { receivedOn: "2026-10-20", allocations: [{ invoiceId, amount: "30.00" }] });
    await world.pay(customerId, "70.00", { receivedOn: "2026-11-02", allocations: [{ invoiceId, amount: "70.00" }] });
    expect((await aging(world, "2026-09-29")).rows.nodes).toEqual([]);
    expect(amounts((await aging(world, "2026-10-19")).totals[0])[1]).toBe("100.00");
    expect(amounts((await aging(world, "2026-10-31")).totals[0])[1]).toBe("70.00");
    expect((await aging(world, "2026-11-02")).totals[0].net.amount).toBe("50.00");
  });

  test("adds up in the base currency at the rates of the month, and says which are missing", async () => {
    const world = await receivableWorld(api);
    const [british, german] = [await world.customer("Acme Ltd"), await world.customer("Birch GmbH", "EUR")];
    await world.issue(british, "100.00");
    await world.issue(german, "10.00", { currency: "EUR" });
    expect(await aging(world)).toMatchObject({ totalInBase: null, currenciesWithoutRate: ["EUR"] });
    await world.finance.done("setReportingRates", "__typename", {
      rates: [{ currency: "EUR", month: "2026-11", rate: "0.85", source: "Bank" }],
    });
    const { totalInBase, totals } = await aging(world);
    expect(totalInBase.due.total.amount).toBe("108.50");
    expect(totals.map(({ net }: Answer) => `${net.amount} ${net.currency}`)).toEqual(["10.00 EUR", "100.00 GBP"]);
  });

  test("comes in pages, in as many statements for many customers as for one", async () => {
    const world = await receivableWorld(api);
    for (const name of ["Acme", "Birch", "Cedar"]) await world.issue(await world.customer(name), "10.00");
    const first = await aging(world, null, { first: 2 });
    expect(first.rows.nodes.map(({ customer }: Answer) => customer.legalName)).toEqual(["Acme", "Birch"]);
    const second = await aging(world, null, { first: 2, after: first.rows.pageInfo.endCursor });
    expect(second.rows.nodes.map(({ customer }: Answer) => customer.legalName)).toEqual(["Cedar"]);
    expect(second.rows.pageInfo.hasNextPage).toBe(false);
    const statements = async (count: number) => {
      await aging(world, null, { first: count });
      return countStatements(() => aging(world, null, { first: count }));
    };
    expect(await statements(3)).toBe(await statements(1));
  });
});

describe("A statement of account", () => {
  test("says what was owed, sent, paid and is owed", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const invoiceId = await world.issue(customerId, "100.00", { accountingOn: "2026-09-30", dueOn: "2026-10-30" });
    await world.issue(customerId, "40.00", { accountingOn: "2026-10-10" });
    await world.issue(customerId, "-15.00", { accountingOn: "2026-10-12", corrects: invoiceId });
    const { id: paymentId } = await world.pay(customerId, "60.00", { receivedOn: "2026-10-20", reference: "Part" });
    await world.finance.done("reversePayment", "payment { id }", {
      paymentId,
      kind: "BOUNCED",
      reason: "No funds",
      reversedOn: "2026-10-25",
    });
    const { statementOfAccount } = await world.finance.data(
      `query ($id: ID!) { statementOfAccount(customerId: $id, currency: "GBP", from: "2026-10-01", through: "2026-10-31") {
         opening { amount } closing { amount } due { total { amount } days1To30 { amount } } entries { on kind reference amount { amount } balance { amount } invoice { number } payment { id } } } }`,
      { id: customerId },
    );
    expect(statementOfAccount.opening.amount).toBe("100.00");
    expect(
      statementOfAccount.entries.map(({ on, kind, reference, amount, balance }: Answer) =>
        [on.slice(5), kind, reference, amount.amount, balance.amount].join(" "),
      ),
    ).toEqual([
      "10-10 INVOICE INV-2026-00002 40.00 140.00",
      "10-12 CREDIT_NOTE CN-2026-00001 -15.00 125.00",
      "10-20 PAYMENT Part -60.00 65.00",
      "10-25 PAYMENT_REVERSAL No funds 60.00 125.00",
    ]);
    expect(statementOfAccount.closing.amount).toBe("125.00");
    expect(statementOfAccount.due).toMatchObject({ total: { amount: "140.00" }, days1To30: { amount: "100.00" } });
  });
});

describe("The roll-forward of a month", () => {
  test("opens with the closing before, and names what came and went", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Acme Ltd");
    const old = await world.issue(customerId, "100.00", { accountingOn: "2026-09-30" });
    await world.issue(customerId, "40.00", { accountingOn: "2026-10-10" });
    await world.issue(customerId, "-15.00", { accountingOn: "2026-10-12", corrects: old });
    await world.pay(customerId, "60.00", {
      receivedOn: "2026-10-20",
      allocations: [{ invoiceId: old, amount: "60.00" }],
    });
    await world.finance.done("writeOffInvoice", "invoice { id }", { invoiceId: old, as: "BAD_DEBT", reason: "Gone" });
    expect(figures((await rollForward(world, "2026-09")).rows[0])).toEqual([
      "0.00",
      "100.00",
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "100.00",
    ]);
    expect(figures((await rollForward(world, "2026-10")).rows[0])).toEqual([
      "100.00",
      "40.00",
      "15.00",
      "60.00",
      "0.00",
      "0.00",
      "0.00",
      "65.00",
    ]);
    expect(figures((await rollForward(world, "2026-11")).rows[0])).toEqual([
      "65.00",
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "40.00",
      "0.00",
      "25.00",
    ]);
    expect((await aging(world)).totals[0].net.amount).toBe("25.00");
  });

  test("shows the effect of rates on what is owed in another currency", async () => {
    const world = await receivableWorld(api);
    const customerId = await world.customer("Birch GmbH", "EUR");
    await world.issue(customerId, "100.00", { currency: "EUR", accountingOn: "2026-09-30" });
    expect(await rollForward(world, "2026-10")).toMatchObject({ inBase: null, currenciesWithoutRate: ["EUR"] });
    await world.finance.done("setReportingRates", "__typename", {
      rates: [
        { currency: "EUR", month: "2026-09", rate: "0.80", source: "Bank" },
        { currency: "EUR", month: "2026-10", rate: "0.90", source: "Bank" },
      ],
    });
    const { inBase } = await rollForward(world, "2026-10");
    expect(figures(inBase)).toEqual(["80.00", "0.00", "0.00", "0.00", "0.00", "0.00", "10.00", "90.00"]);
  });
});

/** A small generator of numbers that are always the same. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

test.each(Array.from({ length: Number(process.env["LAW_RUNS"] ?? 2) }, (_, index) => 2026 + index))(
  "Whatever happens, roll-forward, aging, balances and statement tie to the penny (history %i)",
  async (seed) => {
    const world = await receivableWorld(api, { now: "2026-09-01T09:00:00Z" });
    const roll = dice(seed);
    const customers = [await world.customer("Acme"), await world.customer("Birch")];
    const invoices: { id: string; customerId: string; gross: number }[] = [];
    const payments: string[] = [];
    const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
    for (let step = 0; step < 45; step += 1) {
      const day = `2026-${String(9 + Math.floor(step / 15)).padStart(2, "0")}-${String(1 + (step % 15) * 2).padStart(2, "0")}`;
      await world.setClock(`${day}T09:00:00Z`);
      const customerId = pick(customers);
      const mine = invoices.filter((each) => each.customerId === customerId);
      const kind = mine.length === 0 ? 0 : roll(9);
      const amount = () => `${roll(90) + 10}.${roll(10)}${roll(10)}`;
      if (kind <= 1) {
        const gross = amount();
        invoices.push({
          id: await world.issue(customerId, gross, { accountingOn: day, dueOn: day }),
          customerId,
          gross: Number(gross),
        });
      } else if (kind === 2) {
        const { id, gross } = pick(mine);
        const note = await world.issue(customerId, `-${(gross / 2).toFixed(2)}`, { accountingOn: day, corrects: id });
        await world.within(() =>
          inTransaction(async () =>
            applyIssuedCreditNotes([note], { now: new Date(`${day}T09:00:00Z`), today: plainDate(day) }),
          ),
        );
      } else if (kind <= 4) {
        payments.push(
          (
            await world.pay(customerId, amount(), {
              // Now and then somebody finds an old payment.
              receivedOn: roll(3) === 0 ? "2026-09-01" : day,
              allocateAutomatically: kind === 3,
            })
          ).id,
        );
      } else if (kind === 5 && payments.length > 0) {
        await world.finance.command("reversePayment", "payment { id }", {
          paymentId: pick(payments),
          kind: "BOUNCED",
          reason: "No funds",
        });
      } else if (kind === 6) {
        const { version: balanceVersion } = await world.balance(customerId);
        await world.finance.command("applyCustomerBalance", "invoice { id }", {
          invoiceId: pick(mine).id,
          balanceVersion,
        });
      } else if (kind === 7) {
        const refund = { customerId, currency: "GBP", amount: new Decimal(roll(30) + 1), reason: "Too much" };
        await world.within(() =>
          inTransaction(async () =>
            recordRefund(
              { ...refund, paidOn: plainDate(day), method: "bank_transfer", reference: null, creditNoteId: null },
              { now: new Date(`${day}T09:00:00Z`), today: plainDate(day), recordedBy: "Test" },
            ),
          ),
        );
      } else {
        await world.finance.command("writeOffInvoice", "invoice { id }", {
          invoiceId: pick(mine).id,
          as: "BAD_DEBT",
          reason: "Gone",
        });
      }
    }

    let opening = "0.00";
    for (const [month, last] of [
      ["2026-09", "2026-09-30"],
      ["2026-10", "2026-10-31"],
      ["2026-11", "2026-11-30"],
    ] as const) {
      const [row] = (await rollForward(world, month)).rows;
      const { totals } = await aging(world, last);
      expect(row.opening.amount).toBe(opening);
      expect(totals[0]?.net.amount ?? "0.00").toBe(row.closing.amount);
      opening = row.closing.amount;
      const closings = await Promise.all(
        customers.map(async (id) => {
          const { statementOfAccount } = await world.finance.data(
            `query ($id: ID!, $on: PlainDate!) { statementOfAccount(customerId: $id, currency: "GBP", from: $on, through: $on) { closing { amount } } }`,
            { id, on: last },
          );
          return Math.round(Number(statementOfAccount.closing.amount) * 100);
        }),
      );
      expect(closings.reduce((sum, each) => sum + each, 0)).toBe(Math.round(Number(opening) * 100));
    }
    const { rows } = await aging(world, "2026-11-30");
    for (const customerId of customers) {
      const name = customerId === customers[0] ? "Acme" : "Birch";
      const row = rows.nodes.find(({ customer }: Answer) => customer.legalName === name);
      expect(row?.balance.amount ?? "0.00").toBe((await world.balance(customerId)).amount);
    }
  },
);
