import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { invalid, notFound } from "../../platform/refusal";
import { insertQuoteDocument, lockQuote, sha256Of } from "../quote";
import { fileTypeOf, safeFileName } from "./file-type";
import { FILE_BYTES_MOST, FILE_TOO_LARGE } from "./file-upload";

/** The same bytes under the same name are the same command. */
export type AttachedFile = { readonly quoteId: string; readonly fileName: string; readonly content: Buffer };

type Attachment = Omit<AttachedFile, "content"> & { readonly sha256: string; readonly bytes: () => Buffer };

/** Keeps a file with the current version of a quote for good: a scan, a drawing, whatever belongs to the deal. */
export const attachQuoteDocument = command({
  name: "attachQuoteDocument",
  permission: "change_quotes",
  run: async ({ quoteId, fileName, bytes }: Attachment, { caller, now, note }) => {
    const content = bytes();
    if (content.length === 0)
      return invalid("FILE_EMPTY", "The file is empty. Send its bytes as the body.", ["content"]);
    if (content.length > FILE_BYTES_MOST) return invalid("FILE_TOO_LARGE", FILE_TOO_LARGE, ["content"]);
    const type = fileTypeOf(content);
    if (!type) return invalid("FILE_TYPE_UNKNOWN", UNKNOWN_TYPE, ["content"]);
    const quote = await lockQuote(quoteId);
    if (!quote) return notFound("quote", quoteId, ["quoteId"]);
    const document = await insertQuoteDocument(
      {
        quoteId,
        versionOrdinal: quote.currentVersion,
        kind: "attachment",
        fileName: safeFileName(fileName, type),
        contentType: type.contentType,
        content,
        createdBy: caller.actor.name,
      },
      now,
    );
    const { sha256, size, versionOrdinal } = document;
    note({
      action: "quote.document_attached",
      subjectType: "quote",
      subjectId: quoteId,
      after: {
        documentId: document.id,
        fileName: document.fileName,
        contentType: type.contentType,
        versionOrdinal,
        size,
        sha256,
      },
    });
    return ok({ documentId: document.id });
  },
});

/** What is hashed for idempotency is the file's own hash, not its bytes. */
export const attachmentOf = ({ quoteId, fileName, content }: AttachedFile): Attachment => ({
  quoteId,
  fileName,
  sha256: sha256Of(content),
  bytes: () => content,
});

const UNKNOWN_TYPE = "An attachment is a PDF, a PNG or a JPEG. This file is none of them, whatever it is called.";
