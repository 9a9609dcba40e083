import type { FastifyInstance } from "fastify";
import { readDeliveryStatus } from "../../integrations/email/read-delivery-status";
import { type Clock, organizationTime } from "../../platform/clock";
import { runAs } from "../../platform/database/transaction";
import { parseLinkToken } from "../../platform/link-token";
import { loadOrganization } from "../organization";
import { isBounceSecret } from "./delivery-settings.store";
import { recordNotification } from "./record-bounce";

/** A notification has the mail that came back in it, with its attachments. */
const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Where a mail server, or the rule of a mailbox, posts the mails that say what could not be delivered. The address has
 * the organization and its secret in it. What is no such mail is taken and ignored, so that it is not posted again.
 */
export const bounceRoute =
  ({ clock }: { readonly clock: Clock }) =>
  (app: FastifyInstance): void => {
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
        done(null, body),
      );
      scope.post<{ Params: { token: string } }>("/webhooks/mail-bounces/:token", async (request, reply) => {
        const parsed = parseLinkToken(request.params.token);
        const unknown = () => reply.code(404).send({ message: "There is nothing at this address." });
        if (!parsed) return unknown();
        return runAs(parsed.organizationId, async () => {
          if (!(await isBounceSecret(parsed.hash))) return unknown();
          const { body } = request;
          const notification = readDeliveryStatus(Buffer.isBuffer(body) ? body.toString("utf8") : "");
          if (!notification) return reply.send({ recorded: 0, message: "This is no delivery status notification." });
          const { now } = organizationTime(clock, await loadOrganization());
          return reply.send({ recorded: await recordNotification(notification, now) });
        });
      });
    });
  };
