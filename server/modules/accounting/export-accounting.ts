import { formatMonth } from "../../domain/calendar/format";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import { createFileExport, type ExportedFile } from "../../integrations/file-export/file-export";
import type { FileFormatName } from "../../integrations/file-export/file-format";
import type { LedgerDocument } from "../../integrations/xero/accounting-ledger";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { conflict, invalid, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import type { ExportTotal, PreparedDocument } from "./accounting";
import { documentIdsAmong, documentIdsOfMonth, exportedBefore, insertExport, lockExports } from "./export.store";
import { problemsForFile } from "./ledger-problems";
import { loadLedgerDocuments } from "./load-ledger-documents";

/** Exactly one of both. */
export type DocumentSelection = { readonly month: PlainMonth | null; readonly invoiceIds: readonly string[] | null };

const DOCUMENTS_MOST = 20_000;
const BATCH = 500;

/**
 * Writes documents and their journals to files of another program's format, and keeps them with their hashes. What an
 * export of the format held before is left out, unless it is asked for again; then the export says so.
 */
export const exportAccounting = command({
  name: "exportAccounting",
  permission: "run_billing",
  run: async (
    {
      selection,
      format,
      isRepeat,
    }: { readonly selection: DocumentSelection; readonly format: FileFormatName; readonly isRepeat: boolean },
    { caller, now, note },
  ) => {
    const selected = await documentsSelected(selection);
    if (!selected.ok) return selected;
    const { month } = selection;
    const words = month === null ? "The selection" : formatMonth(month);
    if (selected.value.length === 0)
      return conflict("NOTHING_SELECTED", `${words} has no issued document.`, ["selection"]);
    await lockExports();
    const before = await exportedBefore(selected.value, format);
    const ids = isRepeat ? selected.value : selected.value.filter((id) => !before.has(id));
    if (ids.length === 0) {
      const count = before.size === 1 ? "The one document was" : `All ${before.size} documents were`;
      const message = `${count} exported before in this format. Send isRepeat to have them again; then take care that they are not booked twice.`;
      return conflict("ALREADY_EXPORTED", message, ["selection"]);
    }
    const prepared = await prepareInBatches(ids);
    const unmapped = unmappedIn(prepared);
    if (unmapped.length > 0) return invalidInput(unmapped);

    const documents = prepared.map(({ document }) => document);
    const id = newId();
    const repeats = ids.some((each) => before.has(each));
    const { country } = await loadOrganization();
    const name = `billgrid-${month ?? "selection"}${repeats ? "-again" : ""}`;
    const keep = (files: readonly ExportedFile[]) =>
      insertExport(
        {
          id,
          format,
          month,
          isRepeat: repeats,
          documents: ids.length,
          totals: totalsOf(documents),
          createdBy: caller.actor.name,
          createdAt: now,
          invoiceIds: ids,
        },
        files,
      );
    await createFileExport({ format, country, name, keep }).post(documents, id);
    note({
      action: "accounting.exported",
      subjectType: "accounting_export",
      subjectId: id,
      after: { format, month, documents: ids.length, isRepeat: repeats },
    });
    return ok({ exportId: id });
  },
});

/** The issued documents of a month, or those named, in the order of issue. */
export async function documentsSelected({
  month,
  invoiceIds,
}: DocumentSelection): Promise<Result<readonly string[], Refusal>> {
  if ((month === null) === (invoiceIds === null)) {
    return invalid("SELECTION_AMBIGUOUS", "Select either by month or by invoiceIds.", ["selection"]);
  }
  const ids =
    month === null ? await documentIdsAmong((invoiceIds ?? []).filter(isId)) : await documentIdsOfMonth(month);
  if (ids.length > DOCUMENTS_MOST) {
    const message = `The selection has ${ids.length} documents; an export takes ${DOCUMENTS_MOST}. Select fewer.`;
    return invalid("TOO_MANY_DOCUMENTS", message, ["selection"]);
  }
  return ok(ids);
}

/** In the order given, some at a time: lines with their explanations are large. */
export async function prepareInBatches(ids: readonly string[]): Promise<PreparedDocument[]> {
  const prepared: PreparedDocument[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    const found = await loadLedgerDocuments(some);
    prepared.push(...some.flatMap((id) => found.get(id) ?? []));
  }
  return prepared;
}

/** Each thing to map once, however many documents need it. */
function unmappedIn(prepared: readonly PreparedDocument[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const { code, message, subject } of prepared.flatMap(problemsForFile)) {
    found.set(`${code} ${subject}`, { code, message, path: ["selection"] });
  }
  return [...found.values()];
}

function totalsOf(documents: readonly LedgerDocument[]): ExportTotal[] {
  const sums = new Map<CurrencyCode, { net: Decimal; tax: Decimal; gross: Decimal }>();
  for (const { currency: code, net, tax, gross } of documents) {
    const sum = sums.get(code) ?? { net: new Decimal(0), tax: new Decimal(0), gross: new Decimal(0) };
    sums.set(code, { net: sum.net.plus(net), tax: sum.tax.plus(tax), gross: sum.gross.plus(gross) });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { net, tax, gross }]) => {
      const { minorUnits } = currency(code);
      const text = (amount: Decimal) => amount.toFixed(minorUnits);
      return { currency: code, net: text(net), tax: text(tax), gross: text(gross) };
    });
}
