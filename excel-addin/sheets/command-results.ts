import type { Operation, OperationItem } from "../api/operations";
import { texts } from "../texts";
import type { GridInvoice } from "./grid-invoice";

/** What an operation did, in the words of the Result column, by row id. Rows it did not touch are not in it. */
export function resultsByRow(
  kind: Operation["kind"],
  items: readonly OperationItem[],
  invoices: readonly GridInvoice[],
): Map<string, string> {
  const rowByInvoice = new Map(invoices.map((invoice) => [invoice.invoiceId, invoice.rowId]));
  const results = new Map<string, string>();
  for (const item of items) {
    const rowId = rowByInvoice.get(item.subjectId);
    if (rowId !== undefined) results.set(rowId, resultInWords(kind, item));
  }
  return results;
}

export function resultInWords(kind: Operation["kind"], item: OperationItem): string {
  switch (item.status) {
    case "SUCCEEDED":
      return item.message ?? texts.cells.done[kind];
    case "FAILED":
      return item.message ? texts.cells.failed(item.message) : texts.cells.failedWithoutReason;
    case "SKIPPED":
      if (isUnchanged(item)) return item.message ?? texts.cells.done[kind];
      return item.message ? texts.cells.skipped(item.message) : texts.cells.skippedWithoutReason;
    case "PENDING":
      return texts.cells.notStarted;
  }
}

/** The server skips what is as it should be. That is a good end, unlike everything else that it skips. */
export function isUnchanged({ status, code }: OperationItem): boolean {
  return status === "SKIPPED" && code === "UNCHANGED";
}
