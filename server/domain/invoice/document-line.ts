import type { Money } from "../money/money";
import type { Line } from "./line";

/** A line as it goes on a document, with whose it is and what people decided about it. */
export type DocumentLine = {
  readonly line: Line;
  /** The contract that it bills; null: people wrote it. */
  readonly contractId: string | null;
  /** Why people wrote it, or set its amount; null on what the engine made alone. */
  readonly reason: string | null;
  /** What the engine came to, where people set another amount. */
  readonly engineAmount: Money | null;
  /** Of what people wrote: another tax code than its product's. */
  readonly taxCode: string | null;
};

export const engineLine = (line: Line, contractId: string): DocumentLine => ({
  line,
  contractId,
  reason: null,
  engineAmount: null,
  taxCode: null,
});
