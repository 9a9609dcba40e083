import { createHmac, timingSafeEqual } from "node:crypto";
import { REFERENCE, textsOf } from "./metadata";
import type { ReadEvent } from "./signature-provider";
import { field } from "./undone";

/**
 * Reads an event and checks its hash: HMAC-SHA256 of event_time and event_type under the API key. The hash does not
 * cover the rest, and two events of a kind in one second share it: what an event says is a hint, and its hash no name.
 */
export function readDropboxSignEvent(json: string, apiKey: string): ReadEvent {
  let message: unknown;
  try {
    message = JSON.parse(json);
  } catch {
    return { kind: "unreadable" };
  }
  const event = field(message, "event");
  const [time, type, hash] = ["event_time", "event_type", "event_hash"].map((name) => field(event, name));
  if (!isText(time) || !isText(type) || !isText(hash)) return { kind: "unreadable" };
  if (!isHashOf(`${time}${type}`, hash, apiKey)) return { kind: "forged" };
  const at = new Date(Number(time) * 1000);
  if (Number.isNaN(at.getTime())) return { kind: "unreadable" };

  const request = field(message, "signature_request");
  const requestId = field(request, "signature_request_id");
  const about = field(event, "event_metadata");
  const [signatureId, said] = [field(about, "related_signature_id"), field(about, "event_message")];
  const metadata = textsOf(field(request, "metadata"));
  return {
    kind: "event",
    event: {
      hash,
      type,
      at,
      requestId: isText(requestId) ? requestId : null,
      signatureId: isText(signatureId) ? signatureId : null,
      message: isText(said) ? said : null,
      reference: metadata[REFERENCE] ?? null,
      metadata,
    },
  };
}

function isHashOf(text: string, hash: string, apiKey: string): boolean {
  const expected = createHmac("sha256", apiKey).update(text).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(hash) ? hash : "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
