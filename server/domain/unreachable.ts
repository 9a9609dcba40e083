/** The end of an exhaustive switch: a union member that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
