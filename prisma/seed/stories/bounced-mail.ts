import { plainDate } from "../../../server/domain/calendar/plain-date";
import { recordMailBounce } from "../../../server/modules/delivery/record-bounce";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { invoiceOfMonth } from "../history.store";
import { plantMail } from "../plant-mail";
import { MONTH_BEFORE } from "../timeline";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Blauwasser Studios GmbH";
const alias = "blauwasser-studios";
const startsOn = plainDate("2025-06-01");

/** 1,050 + 3,000 × 0.45 = 2,400; then 1,050 + 3,100 × 0.45 = 2,445. */
export const bouncedMail: Story = {
  customer: {
    name,
    alias,
    currency: "EUR",
    address: addressOf(name, "DE"),
    segment: "Small business",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-06-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 3_000, months: { "2026-09": 3_000, "2026-10": 3_100 } }),
    unpaidMonths: [MONTH_BEFORE],
  },
  events: [
    {
      at: new Date("2026-10-01T09:40:00Z"),
      happen: async (context, { customer }) => {
        const invoice = await invoiceOfMonth(customer.customerId, MONTH_BEFORE);
        if (!invoice) return;
        const { deliveryId, email } = await plantMail(customer, invoice, new Date("2026-10-01T09:30:00Z"));
        await carryOut(recordMailBounce, context, {
          email,
          isPermanent: true,
          statusCode: "5.1.1",
          detail: BOUNCED.detail,
          deliveryId,
        });
      },
    },
  ],
  expectation: {
    previous: "2400.00",
    current: "2445.00",
    flags: [],
    driver: "VOLUME",
    reason:
      "The mail with September's invoice bounced: the mailbox of the accounts department does not exist any more.",
    remedy: "None.",
    receivable: {
      month: MONTH_BEFORE,
      due: "2400.00",
      bucket: "days1To30",
      remedy: "None but the new address: nobody has seen the invoice.",
    },
  },
};

export const BOUNCED = {
  customer: name,
  month: MONTH_BEFORE as string,
  email: "payables.blauwasser-studios@example.com",
  detail: "The mailbox does not exist.",
  remedy: "Correct the contact and send September's invoice again; October's would go to the same address.",
};
