import { plainDate } from "../../../server/domain/calendar/plain-date";
import type { PlainMonth } from "../../../server/domain/calendar/plain-month";
import { addressOf } from "../company-names";
import type { CustomerPlan, UsageRun } from "../customer-plan";
import { singlePhase } from "../customer-plan";
import { type Steady, steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const SENT_AT = new Date("2026-10-12T06:30:00Z");

/** The last three days of September came when September was billed. */
const withLateSeptember = (habit: Steady, quantity: number): CustomerPlan["usage"] => {
  const usual = steadyUsage(habit);
  const late: UsageRun = {
    metric: habit.metric,
    alias: habit.alias,
    from: plainDate("2026-09-28"),
    endsBefore: plainDate("2026-10-01"),
    quantity,
    delivery: { name: "late-file", at: SENT_AT },
  };
  return (month: PlainMonth, random) => [...usual(month, random), ...(month === "2026-09" ? [late] : [])];
};

const lindenhof = "Lindenhof Maschinenbau GmbH";
const startsOn = plainDate("2025-04-01");

/** 1,050 + 7,000 × 0.45 = 4,200; then 1,050 + 7,200 × 0.45 = 4,290 and 1,200 × 0.45 = 540 for September. */
export const lateUsage: Story = {
  customer: {
    name: lindenhof,
    alias: "lindenhof",
    currency: "EUR",
    address: addressOf(lindenhof, "DE"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-04-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: withLateSeptember(
      { metric: "invoices", alias: "lindenhof", typical: 7_100, months: { "2026-09": 7_000, "2026-10": 7_200 } },
      1_200,
    ),
  },
  expectation: {
    previous: "4200.00",
    current: "4830.00",
    flags: [],
    driver: "TIMING",
    reason: "1,200 invoices of September came after it was billed: an adjustment of 540.00, which is timing.",
    remedy: "None.",
  },
};

const wren = "Wren & Sparrow Hotels Ltd";

/**
 * 400 + 4,000 × 0.40 + true-up 400 = 2,400; then 400 + 5,100 × 0.40 = 2,440. 500 late invoices of September, 200.00,
 * lower its true-up by as much.
 */
export const lateUsageUnderMinimum: Story = {
  customer: {
    name: wren,
    alias: "wren-sparrow",
    currency: "GBP",
    address: addressOf(wren, "GB"),
    segment: "Small business",
    contract: {
      name: "Team with committed volume, 24 months",
      startsOn,
      endsBefore: plainDate("2027-04-01"),
      phases: singlePhase(startsOn, [{ price: "platform-team" }, { price: "invoice-volume" }]),
      minimum: {
        description: "Committed invoice volume",
        amount: "2000.00",
        covers: ["invoice-volume"],
        product: "invoices",
      },
    },
    usage: withLateSeptember(
      { metric: "invoices", alias: "wren-sparrow", typical: 5_100, months: { "2026-09": 4_000, "2026-10": 5_100 } },
      500,
    ),
  },
  expectation: {
    previous: "2400.00",
    current: "2440.00",
    flags: [],
    driver: "VOLUME",
    reason: "500 invoices of September came after it was billed: 200.00 more volume, 200.00 less true-up.",
    remedy: "None.",
  },
};
