import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf, aliasOf } from "../company-names";
import { type ChildPlan, singlePhase } from "../customer-plan";
import { type Steady, steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Longacre Group plc";
const alias = aliasOf(name);
const startsOn = plainDate("2024-09-01");

const child = (legalName: string): ChildPlan => ({
  name: legalName,
  alias: aliasOf(legalName),
  address: addressOf(legalName, "GB"),
});
const foods = child("Longacre Foods Ltd");
const freight = child("Longacre Freight Ltd");
const homes = child("Longacre Homes Ltd");

const habit = (of: string, september: number, october: number): Steady => ({
  metric: "invoices",
  alias: of,
  typical: september,
  months: { "2026-09": september, "2026-10": october },
});

/**
 * 3,000 + 9,000 + 4,000 + 2,000 = 18,000 invoices: 2,400 + 10,000 × 0.40 + 8,000 × 0.30 = 8,800; then 18,600: 8,980. Each
 * company alone would never have reached the second tier.
 */
export const parentWithChildren: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Key account",
    children: [foods, freight, homes],
    contract: {
      name: "Enterprise for the group, 36 months",
      startsOn,
      endsBefore: plainDate("2027-09-01"),
      phases: singlePhase(startsOn, [{ price: "platform-enterprise" }, { price: "invoice-volume" }]),
      rollsUpUsage: true,
    },
    usage: steadyUsage(
      habit(alias, 3_000, 3_000),
      habit(foods.alias, 9_000, 9_300),
      habit(freight.alias, 4_000, 4_200),
      habit(homes.alias, 2_000, 2_100),
    ),
  },
  expectation: {
    previous: "8800.00",
    current: "8980.00",
    flags: [],
    driver: "VOLUME",
    reason: "The volume of three companies counts with that of their parent: 18,600 invoices reach its second tier.",
    remedy: "None.",
  },
};
