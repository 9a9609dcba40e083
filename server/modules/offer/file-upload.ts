import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Inside } from "../../platform/http";
import type { RequestContext } from "../../platform/request-context";

export const FILE_BYTES_MOST = 10 * 1024 * 1024;
export const FILE_TOO_LARGE = `A file has at most ${FILE_BYTES_MOST / 1024 / 1024} MB. Scan it in grey, or with fewer dots per inch.`;

/** Of whom, for what, and what came: the body as it is, whatever type it is declared to be. */
export type Upload = {
  readonly context: RequestContext;
  readonly quoteId: string;
  readonly fileName: string | null;
  readonly content: Buffer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

type FileUpload = {
  /** With :quoteId in it. */
  readonly path: string;
  /** The code of the refusal of a file that is too large. */
  readonly tooLarge: string;
  readonly take: (upload: Upload) => Promise<unknown>;
};

/** A route that takes a file for a quote, from those who may change quotes: of nobody else ten megabytes are read. */
export function fileUploadRoute(app: FastifyInstance, inside: Inside, { path, tooLarge, take }: FileUpload): void {
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: FILE_BYTES_MOST }, (_request, body, done) =>
      done(null, body),
    );
    uploads.addHook(
      "onRequest",
      inside(async (context) => void context.require("change_quotes")),
    );
    uploads.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      if (error.statusCode !== 413) throw error;
      return reply.code(413).send({ code: tooLarge, message: FILE_TOO_LARGE, path: ["content"] });
    });
    uploads.post(
      path,
      inside((context, request, reply) => {
        const { quoteId } = request.params as { quoteId: string };
        const { fileName } = request.query as { fileName?: unknown };
        return take({
          context,
          quoteId,
          fileName: typeof fileName === "string" ? fileName : null,
          content: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          request,
          reply,
        });
      }),
    );
  });
}
