import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import { isId } from "../../platform/ids";
import { findExportFile } from "./export.store";

/** The files of accounting exports, for callers who may read them. */
export function accountingExportRoute(app: FastifyInstance, inside: Inside): void {
  app.get(
    "/accounting-exports/:id/:name",
    inside(async (context, request, reply) => {
      context.require("read");
      const { id, name } = request.params as { id: string; name: string };
      const kind = /^(documents|journals)\.csv$/.exec(name)?.[1];
      const file = kind && isId(id) ? await findExportFile(id, kind) : null;
      if (!file) return reply.code(404).send({ message: "There is no such file." });
      return reply
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="${file.fileName}"`)
        .header("cache-control", "private, max-age=31536000, immutable")
        .header("x-content-type-options", "nosniff")
        .send(file.content);
    }),
  );
}
