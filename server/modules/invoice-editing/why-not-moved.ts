import { conflict } from "../../platform/refusal";
import type { Invoice } from "../invoice";

/** Drafts alone are merged and split; null: it is one. */
export function whyNotMoved({ status, documentKind, reissuesInvoiceId }: Invoice, path: readonly string[]) {
  if (status === "in_progress") {
    return conflict("IN_PROGRESS", "Its service still runs. Merge or split it when it has become a draft.", path);
  }
  if (documentKind === "credit_note") {
    return conflict("CREDIT_NOTE", "A credit note takes one invoice back, and stays by itself.", path);
  }
  if (reissuesInvoiceId !== null) {
    return conflict("REISSUE", "It replaces an invoice that was credited, and stays by itself.", path);
  }
  return null;
}
