import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { linesByInvoice } from "../../../server/modules/invoice";
import { setLineOverride } from "../../../server/modules/invoice-editing/set-line-override";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { invoiceOfMonth } from "../history.store";
import { MONTH_TO_CLOSE } from "../timeline";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Hartwell Ceramics Ltd";
const alias = "hartwell-ceramics";
const startsOn = plainDate("2025-03-01");
const metric = "invoices";

/**
 * 900 + 5,000 × 0.40 = 2,900; drafted 900 + 4,200 × 0.40 = 2,580, set to 900 + 1,500 = 2,400; then 400 invoices more came:
 * without the override 900 + 4,600 × 0.40 = 2,740.
 */
export const overrideBaseMoved: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-03-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: (month, random) => {
      if (month !== "2026-10")
        return steadyUsage({ metric, alias, typical: 5_000, months: { "2026-09": 5_000 } })(month, random);
      const cut = plainDate("2026-10-29");
      return [
        { metric, alias, from: plainDate("2026-10-01"), endsBefore: cut, quantity: 4_200 },
        {
          metric,
          alias,
          from: cut,
          endsBefore: plainDate("2026-11-01"),
          quantity: 400,
          delivery: { name: "late-file", at: new Date("2026-11-03T08:30:00Z") },
        },
      ];
    },
  },
  events: [
    {
      at: new Date("2026-11-03T07:50:00Z"),
      happen: async (context, { customer, catalog }) => {
        const draft = await invoiceOfMonth(customer.customerId, MONTH_TO_CLOSE);
        if (!draft) throw new Error(`${name} has no draft`);
        const lines = (await linesByInvoice([draft.id])).get(draft.id) ?? [];
        const volume = lines.find(({ productId }) => productId === catalog.productId("invoices"));
        await carryOut(setLineOverride, context, {
          lineId: volume?.id ?? "",
          version: draft.version,
          amount: new Decimal(1_500),
          reason: "Agreed with Hartwell after the outage of 14 October.",
        });
      },
    },
  ],
  expectation: {
    previous: "2900.00",
    current: "2400.00",
    flags: ["UNCONFIRMED_OVERRIDE"],
    asDrafted: { current: "2400.00", flags: ["STALE"] },
    driver: "MANUAL",
    reason:
      "Invoice volume was set to 1,500.00 in the place of 1,680.00; with the last days' file it comes to 1,840.00.",
    remedy: "Recalculate, then confirm the override, or remove it.",
  },
};
