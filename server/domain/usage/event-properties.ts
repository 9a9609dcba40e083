/** What an event says of itself, as it came in JSON. */
export type EventProperties = { readonly [name: string]: unknown };

/** A property's own value; undefined where the event lacks it, whatever every object may have by that name. */
export function propertyOf(properties: EventProperties, name: string): unknown {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/**
 * A value by which events can be told apart, as text: 3 and "3" are the same, and so are true and "true". null for what
 * is missing, nested, or a number that JSON cannot carry exactly.
 */
export function plainText(value: unknown): string | null {
  const isPlain = typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
  return isPlain ? String(value) : null;
}
