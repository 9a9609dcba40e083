import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Condition } from "../../../server/domain/view/condition";
import { type InvoiceFacts, matches } from "../../../server/domain/view/matches";
import { countInvoices, pageOfInvoices } from "../../../server/modules/view/invoice-list.store";
import { NEWEST_FIRST, type OrderStep, type SortKey } from "../../../server/modules/view/invoice-order";
import { runAs } from "../../../server/platform/database/tenant-pool";
import { useDatabase } from "../../../server/platform/database/transaction";
import { createBenchOrganization } from "../../bench/invoice-world";
import { createTestDatabase, type TestDatabase } from "../../testkit/database";
import { conditions, FILTER_TODAY, invoiceFacts, STORED_FIELDS } from "../../testkit/filter-world";
import { writeFilterWorld, writeInvoices } from "./filter-world";

const { LAW_RUNS } = process.env;
const SAMPLE = LAW_RUNS === undefined ? { numRuns: 400, seed: 2026 } : { numRuns: Number(LAW_RUNS) };
const today = FILTER_TODAY;

let database: TestDatabase;
let organizationId: string;
let facts: ReadonlyMap<string, InvoiceFacts>;

beforeAll(async () => {
  database = await createTestDatabase();
  useDatabase(database.pool);
  organizationId = await createBenchOrganization();
  await writeFilterWorld(organizationId);
  const [few] = fc.sample(invoiceFacts, { numRuns: 1, seed: 2026 }) as [InvoiceFacts[]];
  const more = fc.sample(invoiceFacts, { numRuns: 12, seed: 2027 }).flat();
  // Numbers are unique over all of them, and a contract has one draft a day.
  const all = [...few, ...more].map((each, index) => ({
    ...each,
    number: each.number === null || index < few.length ? each.number : `INV-2026-${20_000 + index}`,
    billsOn: new Date(Date.UTC(2026, 8, 20 + (index % 80))).toISOString().slice(0, 10) as InvoiceFacts["billsOn"],
  }));
  facts = await writeInvoices(organizationId, all.filter(isFirstOfItsDay));
});
afterAll(() => database.drop());

function isFirstOfItsDay(one: InvoiceFacts, index: number, all: readonly InvoiceFacts[]): boolean {
  const key = ({ billsOn, contractIds }: InvoiceFacts) => `${billsOn} ${contractIds.join()}`;
  return all.findIndex((other) => key(other) === key(one)) === index;
}

const selected = (condition: Condition, order: readonly OrderStep[] = NEWEST_FIRST): Promise<string[]> =>
  runAs(organizationId, async () => {
    const rows = await pageOfInvoices({ condition, today }, { order, limit: 1_000, after: null });
    return rows.map(({ id }) => id);
  });

const wanted = (condition: Condition): string[] =>
  [...facts].flatMap(([id, each]) => (matches(condition, each, today) ? [id] : [])).sort();

describe("SQL and the filter itself", () => {
  test("see the same world", async () => {
    expect(facts.size).toBeGreaterThan(100);
    expect((await selected({ kind: "all", of: [] })).sort()).toEqual([...facts.keys()].sort());
  });

  test.each(STORED_FIELDS)("agree on %s, asked and not", async (field) => {
    await fc.assert(
      fc.asyncProperty(conditions([field]), async (condition) => {
        expect((await selected(condition)).sort()).toEqual(wanted(condition));
      }),
      { ...SAMPLE, numRuns: Math.ceil(SAMPLE.numRuns / 10) },
    );
  });

  test("agree on what filters select", async () => {
    await fc.assert(
      fc.asyncProperty(conditions(STORED_FIELDS), async (condition) => {
        expect((await selected(condition)).sort()).toEqual(wanted(condition));
      }),
      SAMPLE,
    );
  });

  test("agree on how many, for many filters at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(conditions(STORED_FIELDS), { maxLength: 5 }), async (many) => {
        const counted = await runAs(organizationId, async () => await countInvoices(many, today));
        expect(counted.map(({ count, isCapped }) => ({ count, isCapped }))).toEqual(
          many.map((condition) => ({ count: wanted(condition).length, isCapped: false })),
        );
      }),
      { ...SAMPLE, numRuns: Math.ceil(SAMPLE.numRuns / 10) },
    );
  });
});

const KEYS: readonly SortKey[] = [
  "customer",
  "number",
  "status",
  "paymentStatus",
  "currency",
  "kind",
  "billingMonth",
  "contract",
  "billsOn",
  "servicePeriod",
  "issuedOn",
  "dueOn",
  "poNumber",
  "net",
  "tax",
  "gross",
  "due",
];
const orders: fc.Arbitrary<OrderStep[]> = fc.uniqueArray(
  fc.record({ by: fc.constantFrom(...KEYS), direction: fc.constantFrom("ascending", "descending") }),
  { selector: ({ by }) => by, minLength: 1, maxLength: 3 },
);

describe("Pages", () => {
  test("hold each invoice once, in the order of the whole", async () => {
    await fc.assert(
      fc.asyncProperty(
        orders,
        conditions(STORED_FIELDS),
        fc.integer({ min: 3, max: 40 }),
        async (order, condition, limit) => {
          const whole = await selected(condition, order);
          const paged = await runAs(organizationId, async () => {
            const ids: string[] = [];
            for (let after: readonly (string | null)[] | null = null; ; ) {
              const rows = await pageOfInvoices({ condition, today }, { order, limit, after });
              ids.push(...rows.map(({ id }) => id));
              const last = rows.at(-1);
              if (rows.length < limit || !last) return ids;
              after = last.position;
            }
          });
          expect(paged).toEqual(whole);
        },
      ),
      { ...SAMPLE, numRuns: Math.ceil(SAMPLE.numRuns / 4) },
    );
  });

  test.each(["ascending", "descending"] as const)("put what is empty last, %s", async (direction) => {
    const ids = await selected({ kind: "all", of: [] }, [{ by: "dueOn", direction }]);
    const days = ids.map((id) => facts.get(id)?.dueOn ?? null);
    const there = days.filter((day) => day !== null);
    expect(there.length).toBeGreaterThan(10);
    expect(days.slice(0, there.length)).toEqual(
      direction === "ascending" ? there.toSorted() : there.toSorted().reverse(),
    );
  });
});
