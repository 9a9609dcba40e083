import { period } from "../../server/domain/calendar/period";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import type { Price, Tier } from "../../server/domain/pricing/price";
import billing from "../golden/billing.json";

/** A price as the worked figures write it: model and enums in capitals, decimals as text. */
export type GoldenPrice = {
  readonly model: string;
  readonly tiers?: readonly { upTo: string | null; unitPrice: string; flatFee?: string }[];
  readonly feeAtZero?: boolean;
  readonly proration?: string;
} & { readonly [field: string]: unknown };

export const decimal = (value: string | number): Decimal => new Decimal(value);

/** Reads a price of the worked figures; fields that no model has are refused, so that no figure is half read. */
export function readPrice(golden: GoldenPrice): Price {
  const { model, tiers = [], feeAtZero, proration, timing: _timing, ...decimals } = golden;
  const terms = Object.fromEntries(
    Object.entries(decimals).map(([field, value]) => {
      if (typeof value !== "string") throw new Error(`not decimal text: ${field}`);
      return [field, decimal(value)];
    }),
  ) as Record<string, Decimal>;
  const readTiers: Tier[] = tiers.map((tier) => ({
    upTo: tier.upTo === null ? null : decimal(tier.upTo),
    unitPrice: decimal(tier.unitPrice),
    flatFee: decimal(tier.flatFee ?? "0"),
  }));
  switch (model) {
    case "GRADUATED":
    case "VOLUME":
      return {
        model: model === "GRADUATED" ? "graduated" : "volume",
        tiers: readTiers,
        ...(feeAtZero === undefined ? {} : { feeAtZero }),
        ...terms,
      };
    case "SEAT":
      return {
        model: "seat",
        perSeat: { model: "per_unit", unitPrice: terms.unitPrice ?? decimal("0") },
        strategy: (proration ?? "").toLowerCase() as "use_maximum",
      };
    default:
      return { model: model.toLowerCase(), ...terms } as unknown as Price;
  }
}

export const billingCaseIds: readonly string[] = billing.cases.map(({ id }) => id);

/** A worked example by its id, in the shape that its test reads. */
export function billingCase<Shape>(id: string): Shape {
  const found = billing.cases.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no such worked example: ${id}`);
  return found as unknown as Shape;
}

export const readPeriod = ([startsOn, endsBefore]: readonly string[]) =>
  period(plainDate(startsOn ?? ""), plainDate(endsBefore ?? ""));
