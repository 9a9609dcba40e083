import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import type { Refusal } from "../../platform/refusal";
import { attachmentOf, attachQuoteDocument } from "./attach-quote-document";
import { fileUploadRoute } from "./file-upload";
import { draftOfVersion, quoteFile } from "./read-quote-files";

const STATUS_OF: Readonly<Record<Refusal["kind"], number>> = {
  InvalidInput: 422,
  NotFound: 404,
  StaleVersion: 409,
  Conflict: 409,
  IdempotencyKeyReused: 409,
};

/** The files of quotes: those that are kept, the offer of a draft as it would be now, and new ones to attach. */
export function quoteFilesRoute(app: FastifyInstance, inside: Inside): void {
  app.get(
    "/quotes/documents/:id",
    inside(async (context, request, reply) => {
      const { id } = request.params as { id: string };
      const file = await quoteFile(context, id);
      if (!file) return reply.code(404).send({ message: "There is no such document." });
      return reply
        .header("content-type", file.contentType)
        .header("content-disposition", `inline; filename="${file.fileName}"`)
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "private, max-age=31536000, immutable")
        .send(file.content);
    }),
  );

  app.get(
    "/quotes/previews/:name",
    inside(async (context, request, reply) => {
      const { name } = request.params as { name: string };
      const id = /^([0-9a-f-]{36})\.pdf$/.exec(name)?.[1];
      const draft = id === undefined ? null : await draftOfVersion(context, id);
      if (!draft) return reply.code(404).send({ message: "There is no such version." });
      return reply
        .header("content-type", "application/pdf")
        .header("content-disposition", `inline; filename="${draft.fileName}"`)
        .header("cache-control", "private, no-store")
        .send(draft.content);
    }),
  );

  fileUploadRoute(app, inside, {
    path: "/quotes/:quoteId/documents",
    tooLarge: "FILE_TOO_LARGE",
    take: async ({ context, quoteId, fileName, content, request, reply }) => {
      const idempotencyKey = request.headers["idempotency-key"];
      if (typeof idempotencyKey !== "string" || idempotencyKey === "") {
        const message = "Send a key of your own in the header Idempotency-Key, new for each file.";
        return reply.code(422).send({ code: "IDEMPOTENCY_KEY_MISSING", message, path: ["idempotencyKey"] });
      }
      const attached = await attachQuoteDocument(context, {
        ...attachmentOf({ quoteId, fileName: fileName ?? "attachment", content }),
        idempotencyKey,
      });
      if (attached.ok)
        return reply.code(201).send({ ...attached.value, url: `/quotes/documents/${attached.value.documentId}` });
      const { kind, code, message, path } = attached.error;
      return reply.code(STATUS_OF[kind]).send({ code, message, path });
    },
  });
}
