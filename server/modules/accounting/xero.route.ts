import type { FastifyInstance, FastifyRequest } from "fastify";
import { readXeroWebhook } from "../../integrations/xero/read-webhook";
import type { Clock } from "../../platform/clock";
import type { Logger } from "../../platform/logger";
import { CALLBACK_PATH, completeXero } from "./connect-xero";
import { receiveXeroEvents } from "./receive-events";
import { findXero } from "./xero";

const BODY_LIMIT_BYTES = 1024 * 1024;
/** Xero's codes are shorter. */
const LONGEST_PARAMETER = 4_000;

/** Where Xero sends people back after they allowed the connection, and where it posts its news. */
export const xeroRoute =
  ({
    clock,
    publicUrl,
    logger,
  }: {
    readonly clock: Clock;
    readonly publicUrl: () => string;
    readonly logger: Logger;
  }) =>
  (app: FastifyInstance): void => {
    app.get(CALLBACK_PATH, async (request, reply) => {
      const { code, state, error } = request.query as Readonly<Record<string, unknown>>;
      const isCode = isText(code) && isText(state);
      const came = isCode
        ? await completeXero({ code, state }, { clock, publicUrl: publicUrl() })
        : {
            isFine: false,
            words: error
              ? "Xero was not allowed. Ask for another link with connectXero."
              : "This is no answer of Xero.",
          };
      return reply
        .code(came.isFine ? 200 : 400)
        .header("content-type", "text/plain; charset=utf-8")
        .header("cache-control", "no-store")
        .header("referrer-policy", "no-referrer")
        .send(`${came.words}\n`);
    });

    // A scope of its own: the signature covers the very bytes, which are read as such here and nowhere else.
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      const parseAs = { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES } as const;
      scope.addContentTypeParser("*", parseAs, async (_request: FastifyRequest, body: Buffer) => body);
      scope.post("/webhooks/xero", { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
        const key = findXero()?.webhookKey;
        if (!key) return reply.code(404).send({ message: "Webhooks of Xero are not set up here." });
        const signature = request.headers["x-xero-signature"];
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const read = readXeroWebhook(body, typeof signature === "string" ? signature : undefined, key);
        if (read.kind === "forged") {
          logger.warn({ ip: request.ip }, "a webhook that Xero did not sign was refused");
          return reply.code(401).send();
        }
        if (read.kind === "unreadable") return reply.code(400).send();
        await receiveXeroEvents(clock, read.events);
        return reply.code(200).send();
      });
    });
  };

const isText = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= LONGEST_PARAMETER;
