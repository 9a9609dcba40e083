import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import type { RequestContext } from "../../platform/request-context";
import { fileTypeOf, safeFileName } from "../offer";
import { quotesById } from "../quote";
import { insertPaperScan } from "./paper-scan.store";

export const SCAN_BYTES_MOST = 10 * 1024 * 1024;

/** Takes the scan of a signature on paper, as it is: the mutation recordPaperSignature files it by the id that comes back. */
export function paperScanRoute(app: FastifyInstance, inside: Inside): void {
  app.register(async (scans) => {
    scans.removeAllContentTypeParsers();
    scans.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: SCAN_BYTES_MOST }, (_request, body, done) =>
      done(null, body),
    );
    scans.addHook("onRequest", async (request, reply) => {
      // Nobody without an account has ten megabytes read.
      if (!request.headers.authorization) await reply.code(401).send({ message: "Sign in, or send an API key." });
    });
    scans.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      if (error.statusCode !== 413) throw error;
      const message = `A scan has at most ${SCAN_BYTES_MOST / 1024 / 1024} MB. Scan it in grey or with fewer dots per inch.`;
      return reply.code(413).send({ code: "SCAN_TOO_LARGE", message, path: ["content"] });
    });
    scans.post(
      "/quotes/:quoteId/paper-scans",
      inside(async (context, request, reply) => {
        const { quoteId } = request.params as { quoteId: string };
        const { fileName } = request.query as { fileName?: string };
        const taken = await takeScan(context, quoteId, fileName ?? null, request.body);
        return "scanId" in taken ? reply.code(201).send(taken) : reply.code(taken.status).send(taken.refusal);
      }),
    );
  });
}

type Taken =
  | { readonly scanId: string }
  | { readonly status: number; readonly refusal: { code: string; message: string; path: readonly string[] } };

async function takeScan(context: RequestContext, quoteId: string, name: string | null, body: unknown): Promise<Taken> {
  const caller = context.require("change_quotes");
  const quote = await context.load(quotesById, quoteId);
  if (!quote) {
    const message = `There is no quote ${quoteId}.`;
    return { status: 404, refusal: { code: "QUOTE_NOT_FOUND", message, path: ["quoteId"] } };
  }
  const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const type = fileTypeOf(content);
  if (!type) {
    const message = "A scan is a PDF, a PNG or a JPEG. This file is none of them, whatever it is called.";
    return { status: 415, refusal: { code: "SCAN_TYPE_UNKNOWN", message, path: ["content"] } };
  }
  const fileName = safeFileName(name ?? `${quote.number} signed on paper`, type);
  const { contentType } = type;
  const scan = { quoteId, fileName, contentType, content, createdBy: caller.actor.name };
  const { id } = await insertPaperScan(scan);
  return { scanId: id };
}
