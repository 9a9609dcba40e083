import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "../../platform/clock";
import type { Logger } from "../../platform/logger";
import { findDropboxSign } from "./dropbox-sign";
import { receiveProviderEvent } from "./dropbox-sign-receive";

/** An event with its request is a few thousand bytes. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** By these words Dropbox Sign knows that an event has arrived; else it posts it again, for days. */
const RECEIVED = "Hello API Event Received";

/** Where Dropbox Sign posts its events: a form with one field, `json`. */
export const dropboxSignRoute =
  ({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }) =>
  (app: FastifyInstance): void => {
    // A scope of its own: forms are bytes here, and nowhere else.
    app.register(async (scope) => {
      const parseAs = { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES } as const;
      scope.addContentTypeParser(
        "multipart/form-data",
        parseAs,
        async (_request: FastifyRequest, body: Buffer) => body,
      );
      scope.post("/webhooks/dropbox-sign", { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
        const provider = findDropboxSign();
        if (!provider) return reply.code(404).send({ message: "Dropbox Sign is not set up here." });
        const read = provider.readEvent((await fieldOf(request, "json")) ?? "");
        if (read.kind === "forged") {
          logger.warn({ ip: request.ip }, "an event that Dropbox Sign did not sign was refused");
          return reply.code(401).send({ message: "The event's hash is not right." });
        }
        if (read.kind === "unreadable") return reply.code(400).send({ message: "This is no event." });
        await receiveProviderEvent(clock, read.event);
        return reply.type("text/plain").send(RECEIVED);
      });
    });
  };

/** A text of a form; null: there is none, or it is no form. */
async function fieldOf({ body, headers }: FastifyRequest, name: string): Promise<string | null> {
  if (!Buffer.isBuffer(body)) return null;
  try {
    const type = headers["content-type"] ?? "";
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const value = form.get(name);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
