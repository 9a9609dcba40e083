import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import { readDocument } from "./read-invoices";

const NAME = /^([0-9a-f-]{36})(?:\.(?:(void)|amended-([1-9]\d{0,8})))?\.pdf$/;

/** The PDFs of an issued invoice, for callers who may read it: as issued, each amended copy, and marked void. */
export function documentRoute(app: FastifyInstance, inside: Inside): void {
  app.get(
    "/documents/:name",
    inside(async (context, request, reply) => {
      const { name } = request.params as { name: string };
      const [, invoiceId, isVoid, amendment] = NAME.exec(name) ?? [];
      const rendition = isVoid ? "void" : amendment ? "amended" : "issued";
      const document = invoiceId
        ? await readDocument(context, { invoiceId, rendition, amendment: Number(amendment ?? 0) })
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
