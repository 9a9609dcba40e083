import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { setTaxRate } from "../../../server/modules/catalog/set-tax-rate";
import { carryOut } from "../carry-out";
import { LIBRARY, type PriceKey } from "../catalog";
import { addressOf, aliasOf } from "../company-names";
import { type CustomerPlan, singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story, StoryEvent } from "./story";

const startsOn = plainDate("2025-03-01");

function reader(
  name: string,
  platform: PriceKey,
  volume: { readonly september: number; readonly october: number },
): CustomerPlan {
  const alias = aliasOf(name);
  return {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "With compliance library, 24 months",
      startsOn,
      endsBefore: plainDate("2027-03-01"),
      phases: singlePhase(startsOn, [
        { price: platform },
        { price: "compliance-library" },
        { price: "invoice-volume" },
      ]),
    },
    usage: steadyUsage({
      metric: "invoices",
      alias,
      typical: volume.september,
      months: { "2026-09": volume.september, "2026-10": volume.october },
    }),
  };
}

/** The library is software now, no longer a publication. */
const rateIsSet: StoryEvent = {
  at: new Date("2026-11-03T08:05:00Z"),
  happen: (context) =>
    carryOut(setTaxRate, context, {
      code: LIBRARY,
      name: "VAT 20 %",
      jurisdiction: "GB",
      percent: new Decimal(20),
      category: "standard",
      exemptionText: null,
      validFrom: plainDate("2026-11-01"),
    }),
};

const reason = "The compliance library bears 20 % VAT from 1 November; the draft was taxed before that was entered.";
const remedy = "Recalculate: 30.00 more tax, the same net.";
const stale = ["STALE"];

/** 900 + 150 + 6,000 × 0.40 = 3,450; then 6,100: 3,490. Tax 20 % of 3,340, then also of 150. */
export const taxAfterDrafts: Story = {
  customer: reader("Bramblewood Pharma Ltd", "platform-business", { september: 6_000, october: 6_100 }),
  events: [rateIsSet],
  expectation: {
    previous: "3450.00",
    current: "3490.00",
    flags: [],
    asDrafted: { current: "3490.00", flags: stale },
    tax: { asDrafted: "668.00", recalculated: "698.00" },
    driver: "VOLUME",
    reason,
    remedy,
  },
};

/** 400 + 150 + 3,500 × 0.40 = 1,950; then 3,400: 1,910. Tax 20 % of 1,760, then also of 150. */
export const taxAfterDraftsToo: Story = {
  customer: reader("Thornbury Legal LLP", "platform-team", { september: 3_500, october: 3_400 }),
  expectation: {
    previous: "1950.00",
    current: "1910.00",
    flags: [],
    asDrafted: { current: "1910.00", flags: stale },
    tax: { asDrafted: "352.00", recalculated: "382.00" },
    driver: "VOLUME",
    reason,
    remedy,
  },
};
