import type { FastifyInstance } from "fastify";
import type { Inside } from "../../platform/http";
import type { RequestContext } from "../../platform/request-context";
import { fileTypeOf, fileUploadRoute, safeFileName } from "../offer";
import { quotesById } from "../quote";
import { insertPaperScan } from "./paper-scan.store";

/** Takes the scan of a signature on paper, as it is: the mutation recordPaperSignature files it by the id that comes back. */
export const paperScanRoute = (app: FastifyInstance, inside: Inside): void =>
  fileUploadRoute(app, inside, {
    path: "/quotes/:quoteId/paper-scans",
    tooLarge: "SCAN_TOO_LARGE",
    take: async ({ context, quoteId, fileName, content, reply }) => {
      const taken = await takeScan(context, quoteId, fileName, content);
      return "scanId" in taken ? reply.code(201).send(taken) : reply.code(taken.status).send(taken.refusal);
    },
  });

type Taken =
  | { readonly scanId: string }
  | { readonly status: number; readonly refusal: { code: string; message: string; path: readonly string[] } };

async function takeScan(
  context: RequestContext,
  quoteId: string,
  name: string | null,
  content: Buffer,
): Promise<Taken> {
  const caller = context.require("change_quotes");
  const quote = await context.load(quotesById, quoteId);
  if (!quote) {
    const message = `There is no quote ${quoteId}.`;
    return { status: 404, refusal: { code: "QUOTE_NOT_FOUND", message, path: ["quoteId"] } };
  }
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
