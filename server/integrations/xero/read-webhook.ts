import { createHmac, timingSafeEqual } from "node:crypto";

/** News of one record, in no order that could be relied on: a hint to look. */
export type XeroEvent = {
  readonly tenantId: string;
  readonly resourceId: string;
  readonly category: string;
  readonly type: string;
  readonly happenedAt: Date;
};

export type ReadWebhook =
  | { readonly kind: "events"; readonly events: readonly XeroEvent[] }
  /** Not by who knows the key. */
  | { readonly kind: "forged" }
  | { readonly kind: "unreadable" };

/**
 * Reads what was posted, after its signature: base64 of HMAC-SHA256 of the very bytes under the webhook's key. No events at
 * all is Xero asking whether we check signatures, and is answered like any others.
 */
export function readXeroWebhook(body: Buffer, signature: string | undefined, key: string): ReadWebhook {
  const expected = createHmac("sha256", key).update(body).digest();
  const given = Buffer.from(signature ?? "", "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: "forged" };
  try {
    const { events } = JSON.parse(body.toString("utf8")) as { events?: unknown };
    if (!Array.isArray(events)) return { kind: "unreadable" };
    return { kind: "events", events: events.map(eventOf) };
  } catch {
    return { kind: "unreadable" };
  }
}

function eventOf(value: unknown): XeroEvent {
  const event = value as Readonly<Record<string, unknown>>;
  const text = (name: string): string => {
    const found = event[name];
    if (typeof found !== "string" || found === "") throw new Error(`an event without ${name}`);
    return found;
  };
  // Xero's own instants are in UTC and do not say so.
  const said = text("eventDateUtc");
  const happenedAt = new Date(/Z|[+-]\d{2}:?\d{2}$/.test(said) ? said : `${said}Z`);
  if (Number.isNaN(happenedAt.getTime())) throw new Error("an event without a time");
  return {
    tenantId: text("tenantId"),
    resourceId: text("resourceId"),
    category: text("eventCategory"),
    type: text("eventType"),
    happenedAt,
  };
}
