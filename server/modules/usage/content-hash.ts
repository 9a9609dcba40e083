import { createHash } from "node:crypto";
import type { NewUsageEvent } from "./usage-event";

/** The same content has the same hash, in whatever order its properties arrived and with whatever offset its time. */
export function contentHash({ alias, type, timestamp, properties }: NewUsageEvent): Buffer {
  const content = JSON.stringify([alias, type, timestamp.toISOString(), canonical(properties)]);
  return createHash("sha256").update(content).digest();
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, inner]) => [name, canonical(inner)]);
}
