import { addDays, type PlainDate } from "../../server/domain/calendar/plain-date";
import { firstDayOf, monthOf } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import type { NewBound, NewCharge, NewContract } from "../../server/modules/contract/new-contract";
import type { DemoCurrency } from "./catalog";
import type { ChargePlan, ContractPlan, CustomerPlan, DiscountPlan, MinimumPlan } from "./customer-plan";
import type { PlantedCatalog } from "./plant-catalog";

/** A week before it begins; what was signed long ago came in with the cut-over. */
export const signedOn = ({ startsOn }: ContractPlan, openedOn: PlainDate): PlainDate =>
  addDays(startsOn < openedOn ? openedOn : startsOn, -7);

/** A contract from before `openedOn` was billed by another system until then: that is its cut-over. */
export function newContractOf(
  { currency, contract }: CustomerPlan,
  customerId: string,
  catalog: PlantedCatalog,
  openedOn: PlainDate,
): NewContract {
  const { name, startsOn, endsBefore, anchorOn, poNumber, phases, minimum, rollsUpUsage = false } = contract;
  return {
    customerId,
    name,
    number: null,
    currency,
    startsOn,
    endsBefore,
    anchorOn: anchorOn ?? firstDayOf(monthOf(startsOn)),
    firstPeriod: "anchor",
    poNumber: poNumber ?? null,
    paymentTerms: null,
    billedThroughOn: startsOn < openedOn ? addDays(openedOn, -1) : null,
    phases: phases.map((phase) => ({
      name: phase.name ?? null,
      startsOn: phase.startsOn,
      endsBefore: null,
      charges: phase.charges.map((charge) => newCharge(charge, currency, catalog)),
    })),
    minimums: minimum ? [newMinimum(minimum, currency, catalog)] : [],
    maximums: [],
    discounts: [],
    rollsUpUsage,
    lateUsage: "next_invoice",
    renewal: null,
  };
}

const newCharge = (
  { price, quantity, discounts = [] }: ChargePlan,
  currency: DemoCurrency,
  catalog: PlantedCatalog,
): NewCharge => ({
  priceId: catalog.priceId(price, currency),
  customTerms: null,
  quantity: quantity === undefined ? null : new Decimal(quantity),
  description: null,
  discounts: discounts.map(newDiscount),
  trial: null,
  ramp: [],
});

const newDiscount = ({ description, percent, endsBefore }: DiscountPlan) => ({
  key: description,
  description,
  percent: new Decimal(percent),
  amount: null,
  endsBefore: endsBefore ?? null,
  position: "before_minimum" as const,
});

const newMinimum = (
  { description, amount, covers, product }: MinimumPlan,
  currency: DemoCurrency,
  catalog: PlantedCatalog,
): NewBound => ({
  key: null,
  description,
  amount: { amount: new Decimal(amount), currency },
  cadence: "monthly",
  cadenceMonths: null,
  startsOn: null,
  endsBefore: null,
  proration: "by_days",
  lineageIds: covers.map((price) => catalog.lineageId(price)),
  productId: catalog.productId(product),
});
