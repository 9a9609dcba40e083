import { Decimal } from "../../domain/money/decimal";
import { conflict } from "../../platform/refusal";
import { limitGiving } from "../credit-note";
import { type HoldBack, type Invoice, invoicesById } from "../invoice";
import { failed } from "../operation";
import { limitWriteOffs } from "../receivable";
import { type Controlled, heldBack, heldBackOnce } from "./control";
import { manualChanges } from "./second-person.store";

/** Drafts that wait for a second person: credit notes, and scheduled invoices that people changed by hand. */
export const holdBackControlled: HoldBack = async (invoiceIds) => {
  const held = await heldBack(await controlledIn(invoiceIds));
  return new Map([...held].map(([id, words]) => [id, failed(SECOND_PERSON_NEEDED, words)]));
};

/** What of these drafts may need a second person. */
export async function controlledIn(invoiceIds: readonly string[]): Promise<readonly Controlled[]> {
  const invoices = await invoicesById(invoiceIds);
  const changes = await manualChanges(invoiceIds);
  return [...invoices.values()].flatMap((invoice): Controlled[] => {
    const kind = invoice.documentKind === "credit_note" ? "credit_note" : "manual_change";
    const amount = kind === "credit_note" ? givenBy(invoice) : changes.get(invoice.id);
    return amount === undefined
      ? []
      : [{ kind, subjectId: invoice.id, currency: invoice.currency, amount: new Decimal(amount) }];
  });
}

/** Credit notes that the engine makes to bill an invoice again give nothing away. */
const givenBy = ({ creditEffect, grossTotal }: Invoice): string | undefined =>
  creditEffect === "reissue" ? undefined : new Decimal(grossTotal).abs().toFixed();

const SECOND_PERSON_NEEDED = "SECOND_PERSON_NEEDED";

/** Hands in, once for this process, that refunds and write-offs above a limit wait for a second person. */
export function watchControls(): void {
  limitGiving(async ({ kind, amount, currency, customerId, invoiceId }, { now }) => {
    // The draft of a credit note may be made; it is held back when it is to be issued.
    if (kind === "credit_note") return null;
    const words = await heldBackOnce({ kind, subjectId: invoiceId ?? customerId, currency, amount }, now);
    return words === null ? null : conflict(SECOND_PERSON_NEEDED, words);
  });
  limitWriteOffs(async ({ invoiceId, currency, amount }, { now }) => {
    const words = await heldBackOnce({ kind: "write_off", subjectId: invoiceId, currency, amount }, now);
    return words === null ? null : conflict(SECOND_PERSON_NEEDED, words, ["invoiceId"]);
  });
}
