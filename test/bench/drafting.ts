import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { plainDate } from "../../server/domain/calendar/plain-date";
import type { Charge, Contract } from "../../server/domain/contract/contract";
import { planSegments } from "../../server/domain/invoice/plan-segments";
import { proposeInvoices } from "../../server/domain/invoice/propose-invoices";
import type { Readings } from "../../server/domain/invoice/readings";
import { currency } from "../../server/domain/money/currency";
import { Decimal } from "../../server/domain/money/decimal";
import { percent } from "../../server/domain/money/percent";
import { type Measurement, median } from "./measurement";

const decimal = (value: string | number) => new Decimal(value);
const JANUARY = plainDate("2026-01-01");
const NOVEMBER = plainDate("2026-11-01");
const LINES = 5;

/** What the issue of a month is given at most, on one core: 10,000 invoices of 5 lines, explained. */
const LIMIT_SECONDS_PER_INVOICE = 1.5 / 10_000;

/**
 * Drafting in memory: planning, rating, rounding and explaining a month of contracts, with their usage sums given. And
 * what it leaves behind in memory from the first tenth of them to the last.
 */
export function measureDrafting({ invoices = 10_000, rounds = 5 } = {}): Measurement[] {
  const contracts = Array.from({ length: invoices }, (_, index) => contractOf(index));
  const collect = garbageCollector();
  const draft = (from: number, through: number) => {
    const lines = contracts.slice(from, through).reduce((total, contract) => total + draftOne(contract), 0);
    if (lines !== (through - from) * LINES) throw new Error(`${lines} lines of ${through - from} invoices`);
  };
  const tenth = Math.ceil(invoices / 10);
  draft(0, tenth);
  const heapBefore = collect();
  const durations = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    draft(0, invoices);
    return (performance.now() - startedAt) / 1000;
  });
  const heapAfter = collect();
  const seconds = median(durations);

  const limit = LIMIT_SECONDS_PER_INVOICE * invoices;
  const growth = heapAfter / heapBefore;
  return [
    {
      name: "draft-invoices-of-five-lines",
      value: seconds,
      unit: `s for ${invoices}`,
      limitName: "1.5 s for 10,000",
      limit,
      ratio: seconds / limit,
      goal: 1,
      holds: seconds <= limit,
    },
    {
      name: "draft-invoices-memory",
      value: heapAfter / 2 ** 20,
      unit: "MiB kept after the last",
      limitName: "kept after the first tenth",
      limit: heapBefore / 2 ** 20,
      ratio: growth,
      goal: 1.1,
      holds: growth <= 1.1,
    },
  ];
}

function draftOne(contract: Contract): number {
  const plan = planSegments(contract, { from: NOVEMBER, through: NOVEMBER });
  const readings: Readings = {
    usage: plan.usageWanted.map(({ metricId, period }) => ({
      metricId,
      period,
      quantity: decimal(metricId === "calls" ? 150_000 : 730),
      events: decimal(1_000),
    })),
    seats: [],
  };
  const { invoices } = proposeInvoices({ contract, plan, ...readings, billed: [] });
  // Lines are explained when the explanation is read, as storing them does.
  return invoices.reduce((total, { lines }) => total + lines.filter(({ explanation }) => explanation).length, 0);
}

/** Platform fee, support, seats, graduated calls with a discount, storage with included units: monthly, in one go. */
function contractOf(index: number): Contract {
  const charge = (lineageId: string, terms: Partial<Charge>): Charge => ({
    id: `${index}-${lineageId}`,
    lineageId,
    productId: lineageId,
    description: lineageId,
    price: { model: "flat", fee: decimal(400) },
    quantity: decimal(1),
    metricId: null,
    cadence: "monthly",
    timing: "in_arrears",
    proration: "by_days",
    discounts: [],
    isFreeTrial: false,
    ...terms,
  });
  const tiers = [
    { upTo: decimal(10_000), unitPrice: decimal("0.001") },
    { upTo: decimal(100_000), unitPrice: decimal("0.0008") },
    { upTo: null, unitPrice: decimal("0.0005") },
  ];
  const welcome = {
    id: "welcome",
    description: "Welcome",
    kind: "percent",
    percent: percent("10"),
    endsBefore: null,
    position: "before_minimum",
  } as const;
  return {
    id: `${index}`,
    currency: currency("EUR"),
    startsOn: JANUARY,
    endsBefore: null,
    anchorOn: JANUARY,
    firstPeriod: "anchor",
    phases: [
      {
        id: "phase",
        startsOn: JANUARY,
        endsBefore: null,
        charges: [
          charge("platform", { timing: "in_advance" }),
          charge("support", { price: { model: "flat", fee: decimal("99.90") }, timing: "in_advance" }),
          charge("licences", { price: { model: "per_unit", unitPrice: decimal(30) }, quantity: decimal(12) }),
          charge("calls", { price: { model: "graduated", tiers }, metricId: "calls", discounts: [welcome] }),
          charge("storage", {
            price: { model: "per_unit", unitPrice: decimal("0.12"), includedUnits: decimal(100) },
            metricId: "storage",
          }),
        ],
      },
    ],
    minimums: [],
    maximums: [],
    discounts: [],
    billedThrough: null,
    lateUsage: "next_invoice",
  };
}

/** Collects, and tells how much is kept. */
function garbageCollector(): () => number {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  return () => {
    gc();
    return process.memoryUsage().heapUsed;
  };
}
