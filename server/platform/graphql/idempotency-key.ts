/** The description of every command's `idempotencyKey`. */
export const IDEMPOTENCY_KEY =
  "Of your own, new for each command: sent again with the same input it gets the first answer; with another input it is refused.";
