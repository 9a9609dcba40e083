import type { HostedFile } from "../../integrations/pages/send-page";
import { documentsByQuote, quoteDocumentContent } from "../quote";
import type { OpenedLink } from "./open-link";

export type QuoteFile = HostedFile;

/** What is closed in these ways is no longer shown to anybody with a link. */
const HIDDEN: ReadonlySet<OpenedLink["standing"]["kind"]> = new Set(["superseded", "voided", "withdrawn"]);

/** The offer's PDF, the very bytes that are signed. */
export const offerFileOf = (opened: OpenedLink): Promise<QuoteFile | null> => fileOf(opened, ["offer"]);

/** The signed document, once everybody has signed; of a signature on paper its scan. */
export const signedFileOf = (opened: OpenedLink): Promise<QuoteFile | null> =>
  opened.standing.kind === "signed" ? fileOf(opened, ["signed", "paper"]) : Promise.resolve(null);

async function fileOf({ signing, standing }: OpenedLink, kinds: readonly string[]): Promise<QuoteFile | null> {
  if (HIDDEN.has(standing.kind)) return null;
  const { quote, version } = signing;
  const documents = (await documentsByQuote([quote.id])).get(quote.id) ?? [];
  const wanted = documents.find(
    ({ kind, versionOrdinal }) => kinds.includes(kind) && versionOrdinal === version.ordinal,
  );
  const content = wanted && (await quoteDocumentContent(wanted.id));
  return wanted && content ? { fileName: wanted.fileName, contentType: wanted.contentType, content } : null;
}
