import * as fc from "fast-check";
import { addDays, plainDate } from "../../server/domain/calendar/plain-date";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import {
  CLOSED_SETS,
  type Condition,
  type CustomFieldTest,
  type Tests,
  test,
} from "../../server/domain/view/condition";
import type { InvoiceFacts } from "../../server/domain/view/matches";

/** A small world of invoices, and filters that speak of nothing else, so that they often meet. */
const id = (kind: number, n: number) => `0192f000-000${kind}-7000-8000-00000000000${n}`;

export const FILTER_TODAY = plainDate("2026-11-03");

export const FILTER_CUSTOMERS = [
  {
    id: id(1, 0),
    name: "Acme Ltd",
    customFields: { region: "EMEA", seats: 10, tags: ["key account", "pilot", 7], since: "2026-01-15" },
  },
  { id: id(1, 1), name: "Beta GmbH", customFields: { region: "AMER", seats: "250", tags: [], active: true } },
  { id: id(1, 2), name: "Gamma acme", customFields: { region: null, seats: 10.5, since: "2026-11-03", tags: "pilot" } },
  { id: id(1, 3), name: "Delta", customFields: { since: "soon", seats: "many", region: { name: "EMEA" } } },
] as const;
export const FILTER_CONTRACTS = FILTER_CUSTOMERS.map((customer, n) => ({ id: id(2, n), customerId: customer.id }));
export const FILTER_PRODUCTS = [id(3, 0), id(3, 1)];
const NOBODY = id(9, 9);

const AMOUNTS = ["0", "10", "99.99", "100", "100.01", "1000", "-50"];
const MONTHS = ["2025-11", "2026-01", "2026-08", "2026-09", "2026-10", "2026-11"].map(plainMonth);
const DAYS = [
  "2025-12-31",
  "2026-01-01",
  "2026-10-01",
  "2026-10-31",
  "2026-11-02",
  "2026-11-03",
  "2026-11-04",
  "2026-12-05",
].map(plainDate);
const NUMBERS = ["CN-1", "INV-2026-00001", "INV-2026-00002", "INV-2026-00010", "INV-2027-00001", "inv-2026-00003"];
const STALE = ["usage", "tax", "price"];
const BLOCKERS = ["tax_rate_missing", "po_number_missing"];
const PO_NUMBERS = ["PO-1", "PO-12", "X"];

const oneOf = <const T>(values: readonly T[]) => fc.constantFrom(...values);
const some = <const T>(values: readonly T[]) => fc.uniqueArray(oneOf(values), { minLength: 1, maxLength: 3 });
const few = <const T>(values: readonly T[]) => fc.uniqueArray(oneOf(values), { maxLength: 2 });

const issuedStatuses = ["finalized", "sent", "voided"] as const;

/** Facts that the database would take as they are. */
const facts: fc.Arbitrary<InvoiceFacts> = fc
  .record({
    status: oneOf(CLOSED_SETS.status),
    kind: oneOf(["invoice", "invoice", "credit_note"] as const),
    customer: fc.nat(3),
    contracts: few([0, 1, 2, 3]),
    productIds: few(FILTER_PRODUCTS),
    currency: oneOf(["GBP", "EUR"] as const),
    billingMonth: oneOf(MONTHS),
    net: oneOf(AMOUNTS),
    settled: oneOf(["none", "half", "all"] as const),
    isWrittenOff: fc.boolean(),
    issuedOn: oneOf(DAYS),
    dueOn: oneOf(DAYS),
    serviceStartsOn: oneOf(DAYS),
    servedDays: fc.integer({ min: 1, max: 40 }),
    poNumber: fc.option(oneOf(PO_NUMBERS)),
    staleReasons: few(STALE),
    blockers: few(BLOCKERS),
    isOneOff: fc.boolean(),
    isDisputed: fc.boolean(),
    isPromised: fc.boolean(),
    isMailed: fc.boolean(),
    hasFailedMail: fc.boolean(),
    isFlagged: fc.boolean(),
    isSignedOff: fc.boolean(),
  })
  .map((given) => {
    const { status, kind, net, contracts, productIds, currency, billingMonth, poNumber, blockers } = given;
    const customer = FILTER_CUSTOMERS[given.customer] ?? FILTER_CUSTOMERS[0];
    const isIssued = (issuedStatuses as readonly string[]).includes(status);
    const gross = new Decimal(net).times("1.2");
    const isSettled = isIssued && status !== "voided" && !gross.isZero();
    const settled =
      !isSettled || given.settled === "none" ? new Decimal(0) : given.settled === "all" ? gross : gross.div(2);
    const isPaid = isSettled && given.settled === "all";
    return {
      status,
      paymentStatus: isPaid
        ? given.isWrittenOff
          ? "uncollectible"
          : "paid"
        : settled.isZero()
          ? "unpaid"
          : "partially_paid",
      documentKind: kind,
      origin: given.isOneOff && contracts.length === 0 ? "one_off" : "schedule",
      customerId: customer.id,
      customerName: customer.name,
      customFields: customer.customFields,
      contractIds: contracts.map((n) => FILTER_CONTRACTS[n]?.id ?? NOBODY),
      productIds,
      currency,
      billingMonth,
      netTotal: net,
      grossTotal: gross.toFixed(),
      settledTotal: settled.toFixed(),
      number: isIssued ? "" : null,
      issuedOn: isIssued ? given.issuedOn : null,
      dueOn: isIssued && kind === "invoice" ? given.dueOn : null,
      billsOn: FILTER_TODAY,
      serviceStartsOn: given.serviceStartsOn,
      serviceEndsBefore: addDays(given.serviceStartsOn, given.servedDays),
      poNumber,
      staleReasons: isIssued ? [] : given.staleReasons,
      blockers: isIssued ? [] : blockers,
      isDisputed: isIssued && given.isDisputed,
      isPromised: isIssued && given.isPromised,
      isSent: isIssued && (status === "sent" || given.isMailed),
      hasFailedMail: isIssued && given.hasFailedMail,
      isFlagged: given.isFlagged,
      isSignedOff: given.isSignedOff,
    } as const;
  });

/** A month's worth of invoices: each has a number of its own where it is issued, and a day of its own. */
export const invoiceFacts: fc.Arbitrary<InvoiceFacts[]> = fc
  .tuple(fc.array(facts, { minLength: 8, maxLength: 24 }), fc.shuffledSubarray(NUMBERS, { minLength: NUMBERS.length }))
  .map(([all, numbers]) =>
    all.map((each, index) => ({
      ...each,
      number: each.number === null ? null : (numbers[index] ?? `INV-2026-${10_000 + index}`),
      billsOn: addDays(plainDate("2026-10-20"), index),
    })),
  );

const bounds = <T>(value: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.option(value), fc.option(value))
    .filter(([from, through]) => from !== null || through !== null)
    .map(([from, through]) => ({ from, through }));

const dayTest: fc.Arbitrary<Tests["dueOn"]> = fc.oneof(
  bounds(oneOf(DAYS)).map((range) => ({ kind: "between" as const, ...range })),
  fc.record({
    kind: fc.constant("relative" as const),
    to: oneOf([
      "today",
      "this_month",
      "last_month",
      "year_to_date",
      "before_today",
      "after_today",
      "last_n_days",
      "next_n_days",
      "more_than_n_days_ago",
    ] as const),
    days: fc.integer({ min: 1, max: 40 }),
  }),
);

const monthTest: fc.Arbitrary<Tests["billingMonth"]> = fc.oneof(
  bounds(oneOf(MONTHS)).map((range) => ({ kind: "between" as const, ...range })),
  fc.record({
    kind: fc.constant("relative" as const),
    to: oneOf(["this_month", "last_month", "months_ago", "last_n_months", "year_to_date"] as const),
    months: fc.integer({ min: 1, max: 4 }),
  }),
);

const amountTest: fc.Arbitrary<Tests["net"]> = fc.record({
  from: fc.option(oneOf(AMOUNTS)),
  through: fc.option(oneOf(["120", ...AMOUNTS])),
  currency: fc.option(oneOf(["GBP", "EUR"] as const)),
});

const customFieldTest: fc.Arbitrary<CustomFieldTest> = fc.record({
  key: oneOf(["region", "seats", "tags", "since", "active", "nothing"]),
  exists: fc.option(fc.boolean()),
  in: fc.option(some(["EMEA", "AMER", "pilot", "key account", "10", "10.5", "7", "true", "2026-01-15"])),
  numberFrom: fc.option(oneOf(["7", "10", "10.5", "250"])),
  numberThrough: fc.option(oneOf(["10", "250.5"])),
  dayFrom: fc.option(oneOf(DAYS)),
  dayThrough: fc.option(oneOf(DAYS)),
});

const yesOrNo = fc.boolean();
const customers = some([...FILTER_CUSTOMERS.map((customer) => customer.id), NOBODY]);

/** One arbitrary for each field, so that none can be forgotten. */
const TESTS: { readonly [F in keyof Tests]: fc.Arbitrary<Tests[F]> } = {
  status: fc.uniqueArray(oneOf(CLOSED_SETS.status), { maxLength: 5 }),
  paymentStatus: some(CLOSED_SETS.paymentStatus),
  documentKind: some(CLOSED_SETS.documentKind),
  origin: some(CLOSED_SETS.origin),
  customerIds: customers,
  customerName: oneOf(["acme", "ACME", "beta g", "nobody", "a"]),
  customField: customFieldTest,
  contractIds: some([...FILTER_CONTRACTS.map((contract) => contract.id), NOBODY]),
  productIds: some([...FILTER_PRODUCTS, NOBODY]),
  currencies: some(["GBP", "EUR", "USD"]),
  billingMonth: monthTest,
  net: amountTest,
  gross: amountTest,
  due: amountTest,
  number: fc
    .record({
      prefix: fc.option(oneOf(["INV-", "INV-2026-0000", "inv", "CN-1"])),
      from: fc.option(oneOf(["INV-2026-00002", "INV-2026-00010"])),
      through: fc.option(oneOf(["INV-2026-00002", "INV-2027"])),
    })
    .filter(({ prefix, from, through }) => prefix !== null || from !== null || through !== null),
  issuedOn: dayTest,
  dueOn: dayTest,
  billsOn: dayTest,
  servedOn: dayTest,
  poNumber: fc.record({
    exists: fc.option(yesOrNo),
    equals: fc.option(oneOf(PO_NUMBERS)),
    prefix: fc.option(oneOf(["PO", "X"])),
  }),
  search: oneOf(["acme", "inv-2026", "CN", "00001", "nothing"]),
  isStale: yesOrNo,
  staleReasons: some(STALE),
  isBlocked: yesOrNo,
  blockers: some(BLOCKERS),
  isDisputed: yesOrNo,
  isPromised: yesOrNo,
  isSent: yesOrNo,
  hasFailedMail: yesOrNo,
  isOverdue: yesOrNo,
  flagged: yesOrNo,
  isSignedOff: yesOrNo,
};

const FIELDS = Object.keys(TESTS) as (keyof Tests)[];
export const STORED_FIELDS = FIELDS.filter((field) => field !== "flagged" && field !== "isSignedOff");

const leaf = (fields: readonly (keyof Tests)[]): fc.Arbitrary<Condition> =>
  oneOf(fields).chain((field) => TESTS[field].map((asked) => test(field, asked as never)));

/** Trees of tests of these fields, a few deep. */
export function conditions(fields: readonly (keyof Tests)[] = FIELDS): fc.Arbitrary<Condition> {
  const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: leaf(fields) },
      { weight: 2, arbitrary: fc.array(tie("tree"), { maxLength: 4 }).map((of) => ({ kind: "all" as const, of })) },
      { weight: 2, arbitrary: fc.array(tie("tree"), { maxLength: 3 }).map((of) => ({ kind: "any" as const, of })) },
      { weight: 1, arbitrary: tie("tree").map((of) => ({ kind: "not" as const, of })) },
    ),
  }));
  return tree;
}
