import { type Condition, EVERYTHING } from "./condition";
import { readFilter } from "./read-filter";

/** A filter as the database keeps it. The version rises when its form changes; what was kept before stays readable. */
export type StoredFilter = { readonly version: 2; readonly where: Condition };

/** The first form: flat, and only what narrows. */
type FirstForm = {
  readonly statuses?: readonly string[];
  readonly customerIds?: readonly string[];
  readonly contractIds?: readonly string[];
  readonly currencies?: readonly string[];
  readonly isStale?: boolean;
  readonly flagged?: boolean;
  readonly search?: string;
};

export const storedFilter = (where: Condition): StoredFilter => ({ version: 2, where });

/** Reads what storedFilter or a release before it wrote. A form of a later release is a bug: it throws. */
export function readStoredFilter(stored: unknown): Condition {
  const kept = (stored ?? {}) as Partial<StoredFilter>;
  if (kept.version === undefined) return readFirstForm(stored as FirstForm);
  if (kept.version !== 2) throw new Error(`a filter of version ${kept.version} is not known here`);
  return kept.where ?? EVERYTHING;
}

function readFirstForm({ statuses, ...rest }: FirstForm): Condition {
  return readFilter({ status: statuses as readonly never[] | undefined, ...rest }).condition;
}
