import type { Cadence } from "../../server/domain/calendar/cadence";
import type { Amendment, AmendmentChange, UnusedTime } from "../../server/domain/contract/amendment";
import { applyAmendments } from "../../server/domain/contract/apply-amendments";
import { chargeRuns } from "../../server/domain/contract/charge-runs";
import type { Contract, ContractDiscount, DiscountScope } from "../../server/domain/contract/contract";
import { percent } from "../../server/domain/money/percent";
import { charge, day, decimal } from "./billing-world";

type Terms = { readonly unusedTime?: UnusedTime; readonly id?: string };

export function amendment(
  effectiveOn: string,
  changes: AmendmentChange | AmendmentChange[],
  terms: Terms = {},
): Amendment {
  const { unusedTime = "credit", id = "a1" } = terms;
  return { id, effectiveOn: day(effectiveOn), unusedTime, changes: Array.isArray(changes) ? changes : [changes] };
}

export const amended = (base: Contract, ...amendments: Amendment[]): Contract => {
  const result = applyAmendments(base, amendments);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export const refusals = (base: Contract, ...amendments: Amendment[]): string[] => {
  const result = applyAmendments(base, amendments);
  return result.ok ? [] : result.error.map(({ code, path }) => `${code} ${path.join(".")}`);
};

/** "a 2026-01-01–2026-04-01 ×1 100", as the engine bills it. */
export const billed = ({ phases }: Contract, lineageId?: string): string[] =>
  chargeRuns(phases)
    .filter((run) => lineageId === undefined || run.charge.lineageId === lineageId)
    .map(({ charge: { lineageId: lineage, quantity, price, cadence }, startsOn, endsBefore }) => {
      const days = cadence === "one_time" ? startsOn : `${startsOn}–${endsBefore ?? ""}`;
      return `${lineage} ${days} ×${quantity.toFixed()}${price.model === "flat" ? ` ${price.fee.toFixed()}` : ""}`;
    });

export const idsBilled = ({ phases }: Contract): string[] =>
  phases.flatMap(({ charges }) => charges.map(({ id }) => id));

export const flat = (fee: number) => ({ model: "flat", fee: decimal(fee) }) as const;
export const quantity = (lineageId: string, value: number, endsBefore?: string): AmendmentChange => ({
  kind: "change_quantity",
  lineageId,
  quantity: decimal(value),
  ...(endsBefore === undefined ? {} : { endsBefore: day(endsBefore) }),
});
export const price = (lineageId: string, fee: number): AmendmentChange => ({
  kind: "change_price",
  lineageId,
  price: flat(fee),
});
export const add = (lineageId: string, endsBefore: string | null = null): AmendmentChange => ({
  kind: "add_charge",
  charge: charge(lineageId),
  endsBefore: endsBefore === null ? null : day(endsBefore),
});
export const remove = (lineageId: string): AmendmentChange => ({ kind: "remove_charge", lineageId });
export const extend = (endsBefore: string | null): AmendmentChange => ({
  kind: "extend",
  endsBefore: endsBefore === null ? null : day(endsBefore),
});
export const cancelAt = (at: "date" | "period_end" = "date"): AmendmentChange => ({ kind: "cancel", at });
export const resume: AmendmentChange = { kind: "resume" };

const always = { position: "after_minimum", startsOn: null, endsBefore: null } as const;

/** So much off whole invoices, per full period of the cadence. */
export const fixedDiscount = (id: string, amount: string, cadence: Cadence): ContractDiscount => ({
  kind: "fixed",
  amount: decimal(amount),
  cadence,
  id,
  description: id,
  scope: { kind: "invoice" },
  ...always,
});

/** Ten percent off whole invoices as long as the contract, unless said otherwise. */
export function contractDiscount(
  id: string,
  scope: DiscountScope = { kind: "invoice" },
  terms: Partial<Pick<ContractDiscount, "startsOn" | "endsBefore">> = {},
): ContractDiscount {
  return {
    kind: "percent",
    percent: percent("10"),
    id,
    description: id,
    scope,
    ...always,
    ...terms,
  };
}
