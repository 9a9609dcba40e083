import { createHash } from "node:crypto";
import { currency } from "../../domain/money/currency";
import type { AccountingLedger, LedgerDocument, Posted } from "../xero/accounting-ledger";
import { toCsv } from "./csv";
import { dayTextOf, type FileFormatName, fileFormats } from "./file-format";
import { journalOf } from "./journal";

export type ExportedFile = {
  readonly kind: "documents" | "journals";
  readonly fileName: string;
  readonly content: Buffer;
  /** of the content, in hex */
  readonly sha256: string;
};

/**
 * The ledger of who has none that answers: documents and their journals as files that an accounting program reads. All
 * documents of one `post` share the files, in the order given, whatever their kinds; the same documents make the same bytes.
 */
export function createFileExport({
  format,
  country,
  name,
  keep,
}: {
  readonly format: FileFormatName;
  /** the seller's, by which days are written */
  readonly country: string;
  /** the files' names begin so, such as "billgrid-2026-10" */
  readonly name: string;
  readonly keep: (files: readonly ExportedFile[]) => Promise<void>;
}): AccountingLedger {
  const { documents: documentSheet, journals: journalSheet } = fileFormats[format](dayTextOf(country));
  const file = (kind: ExportedFile["kind"], text: string): ExportedFile => {
    const content = Buffer.from(text, "utf8");
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { kind, fileName: `${name}-${format}-${kind}.csv`, content, sha256 };
  };
  return {
    async post(documents) {
      const lines = documents.flatMap((document) => {
        const { minorUnits } = currency(document.currency);
        return document.lines.map((line) => ({ cells: documentSheet.cells({ document, line }), decimals: minorUnits }));
      });
      const postings = documents.map(journalOf).flatMap((journal) => {
        const { minorUnits } = currency(journal.document.baseCurrency);
        return journal.postings.map((posting) => ({
          cells: journalSheet.cells({ journal, posting }),
          decimals: minorUnits,
        }));
      });
      await keep([
        file("documents", toCsv(documentSheet.columns, lines)),
        file("journals", toCsv(journalSheet.columns, postings)),
      ]);
      return { outcome: "done", value: documents.map(posted) };
    },
  };
}

const posted = ({ id, kind, number, currency: code, gross }: LedgerDocument): Posted => ({
  outcome: "done",
  value: {
    externalId: id,
    kind,
    number,
    status: "authorised",
    currency: code,
    total: gross.abs(),
    due: gross.abs(),
    updatedAt: null,
  },
});
