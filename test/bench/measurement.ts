/** One measurement beside its limit, both taken in the same run. */
export type Measurement = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limitName: string;
  readonly limit: number;
  /** value ÷ limit; for times less is better, for rates more */
  readonly ratio: number;
  readonly goal: number;
  readonly holds: boolean;
};

/** `isSmoke` measures just enough to see that it runs. */
export type Bench = (options: { readonly isSmoke: boolean }) => Promise<Measurement[]>;

/** The middle one; of an even number the later of the two in the middle. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
