import { vi } from "vitest";
import * as decimals from "../../../server/domain/money/decimal";
import { type Engine, loadEngine } from "./engine";

/** The parts of the engine that can be taken out. */
type Parts = {
  "calendar/format": typeof import("../../../server/domain/calendar/format");
  "calendar/period": typeof import("../../../server/domain/calendar/period");
  "contract/apply-amendments": typeof import("../../../server/domain/contract/apply-amendments");
  "invoice/bound-lines": typeof import("../../../server/domain/invoice/bound-lines");
  "invoice/charge-lines": typeof import("../../../server/domain/invoice/charge-lines");
  "invoice/compare-with-bound": typeof import("../../../server/domain/invoice/compare-with-bound");
  "invoice/make-line": typeof import("../../../server/domain/invoice/make-line");
  "invoice/plan-segments": typeof import("../../../server/domain/invoice/plan-segments");
  "invoice/propose-invoices": typeof import("../../../server/domain/invoice/propose-invoices");
  "invoice/reconcile": typeof import("../../../server/domain/invoice/reconcile");
  "invoice/share-discounts": typeof import("../../../server/domain/invoice/share-discounts");
  "money/allocate": typeof import("../../../server/domain/money/allocate");
  "money/money": typeof import("../../../server/domain/money/money");
  "money/running-total": typeof import("../../../server/domain/money/running-total");
  "pricing/discount": typeof import("../../../server/domain/pricing/discount");
  "pricing/free-trial": typeof import("../../../server/domain/pricing/free-trial");
  "pricing/prorate": typeof import("../../../server/domain/pricing/prorate");
  "pricing/rate-matrix": typeof import("../../../server/domain/pricing/rate-matrix");
  "pricing/rate-percentage": typeof import("../../../server/domain/pricing/rate-percentage");
  "pricing/seats": typeof import("../../../server/domain/pricing/seats");
  "pricing/tiers": typeof import("../../../server/domain/pricing/tiers");
};
type PartName = keyof Parts;

export type Replacement = { readonly part: PartName; readonly wrap: (real: object) => object };

/** Functions of a part, wrapped around the real ones. */
export function replace<P extends PartName>(part: P, wrap: (real: Parts[P]) => Partial<Parts[P]>): Replacement {
  return { part, wrap: (real) => wrap(real as Parts[P]) };
}

/** The engine loaded anew with the part replaced, so that all that is built on the part is built on the replacement. */
export async function loadEngineWith({ part, wrap }: Replacement): Promise<Engine> {
  const path = `../../../server/domain/${part}`;
  // One Decimal for all engines, or equal numbers would not be equal.
  vi.doMock("../../../server/domain/money/decimal", () => decimals);
  vi.doMock(path, async (original) => {
    const real = await original<object>();
    return { ...real, ...wrap(real) };
  });
  vi.resetModules();
  try {
    return await loadEngine();
  } finally {
    vi.doUnmock(path);
    vi.resetModules();
  }
}
