import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import { isId } from "../../platform/ids";
import { findEvidence } from "./evidence.store";

/** What a month was closed on, for callers who may read it. */
export function evidenceRoute(app: FastifyInstance, inside: Inside): void {
  app.get(
    "/evidence/:name",
    inside(async (context, request, reply) => {
      context.require("read");
      const { name } = request.params as { name: string };
      const [, id] = /^([0-9a-f-]{36})\.zip$/.exec(name) ?? [];
      const file = id && isId(id) ? await findEvidence(id) : null;
      if (!file) return reply.code(404).send({ message: "There is no such file." });
      return reply
        .header("content-type", "application/zip")
        .header("content-disposition", `attachment; filename="${file.fileName}"`)
        .header("cache-control", "private, max-age=31536000, immutable")
        .header("x-content-type-options", "nosniff")
        .send(file.content);
    }),
  );
}
