import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import { readDocument } from "./read-invoices";

/** The PDF of an issued invoice, for callers who may read it. */
export function documentRoute(app: FastifyInstance, inside: Inside): void {
  app.get(
    "/documents/:name",
    inside(async (context, request, reply) => {
      const { name } = request.params as { name: string };
      const document = /^[0-9a-f-]{36}\.pdf$/.test(name)
        ? await readDocument(context, name.slice(0, -".pdf".length))
        : null;
      if (!document) return reply.code(404).send({ message: "There is no such document." });
      return reply
        .header("content-type", "application/pdf")
        .header("content-disposition", `inline; filename="${document.fileName}"`)
        .header("cache-control", "private, max-age=31536000, immutable")
        .send(document.content);
    }),
  );
}
