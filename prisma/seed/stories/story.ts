import type { AgingBucket } from "../../../server/domain/receivable/aging";
import type { RequestContext } from "../../../server/platform/request-context";
import type { CustomerPlan } from "../customer-plan";
import type { PlantedCatalog } from "../plant-catalog";
import type { PlantedCustomer } from "../plant-customer";

/** A customer of whom something is to be found, and what that is. */
export type Story = {
  readonly customer: CustomerPlan;
  readonly expectation: Expectation;
  /** What happens besides usage; before DRAFTED_AT the drafts know of it, after that they are stale. */
  readonly events?: readonly StoryEvent[];
};

export type StoryEvent = {
  readonly at: Date;
  readonly happen: (context: RequestContext, scene: Scene) => Promise<unknown>;
};
export type Scene = { readonly customer: PlantedCustomer; readonly catalog: PlantedCatalog };

/** Net amounts of the customer's bills, worked out by hand from the price list; the test holds the engine against them. */
export type Expectation = {
  readonly previous: string;
  /** After recalculation. */
  readonly current: string;
  readonly flags: readonly string[];
  /** Before recalculation, where that is something else. */
  readonly asDrafted?: { readonly current: string; readonly flags: readonly string[] };
  /** What moved the bill most, after recalculation; null: it is as it was. */
  readonly driver: string | null;
  /** Where only the tax is something else. */
  readonly tax?: { readonly asDrafted: string; readonly recalculated: string };
  readonly reason: string;
  readonly remedy: string;
  /** What is due of an invoice of the past, where that is a story. */
  readonly receivable?: ExpectedReceivable;
};

/** With tax, as of the morning of the month-end. */
export type ExpectedReceivable = {
  readonly month: string;
  readonly due: string;
  readonly bucket: AgingBucket;
  readonly remedy: string;
};
