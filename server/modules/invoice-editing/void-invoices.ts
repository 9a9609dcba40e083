import type { PlainDate } from "../../domain/calendar/plain-date";
import { monthOf, type PlainMonth } from "../../domain/calendar/plain-month";
import { Decimal } from "../../domain/money/decimal";
import { type Clock, organizationTime } from "../../platform/clock";
import { lockSchedules } from "../../platform/draft-staleness.store";
import { CreditsInUse, returnCredits } from "../credit";
import { contractsOfInvoices, creditGrantsOfInvoices, type Invoice, lockInvoices, type OnIssued } from "../invoice";
import { failed, type ItemOutcome, type Performers, skipped, succeeded } from "../operation";
import { holdMonths, loadOrganization } from "../organization";
import { returnToOrders } from "../purchase-order";
import { billAgain, releaseOverrides, saveVoided, type VoidFacts, voidFacts } from "./void.store";

type Scope = { readonly today: PlainDate; readonly now: Date };

/** Withdraws issued invoices that nobody has seen. `onVoided`: what other modules do with them, in the same transaction. */
export function voidPerformer({
  clock,
  onVoided = [],
}: {
  readonly clock: Clock;
  readonly onVoided?: readonly OnIssued[];
}): Pick<Performers, "void"> {
  return {
    void: {
      batchSize: 50,
      reach: "database",
      subjectType: "invoice",
      perform: async (invoiceIds, { parameters }) => {
        const organization = await loadOrganization();
        const scope = organizationTime(clock, organization);
        const lockedThrough = await holdMonths();
        const reason = parameters["reason"] ?? "";
        const outcomes = await voidInvoices(invoiceIds, { ...scope, reason, lockedThrough });
        const voided = invoiceIds.filter((_, index) => outcomes[index]?.status === "succeeded");
        if (voided.length > 0) for (const tell of onVoided) await tell(voided, scope);
        return outcomes;
      },
    },
  };
}

/**
 * Number, content and PDF stay, and say that they are void. Credits and purchase orders get back what it took, and the
 * engine bills its lines again where they are still owed.
 */
export async function voidInvoices(
  ids: readonly string[],
  { reason, lockedThrough, ...scope }: Scope & { readonly reason: string; readonly lockedThrough: PlainMonth | null },
): Promise<ItemOutcome[]> {
  const contracts = await contractsOfInvoices(ids);
  await lockSchedules([...new Set([...contracts.values()].flat())].sort());
  await CreditsInUse.take(await creditGrantsOfInvoices(ids));
  const invoices = await lockInvoices(ids);
  const facts = await voidFacts(ids);

  const outcomes = new Map<string, ItemOutcome>();
  const voided: Invoice[] = [];
  for (const [id, invoice] of invoices) {
    const refusal = whyNot(invoice, facts.get(id) as VoidFacts, lockedThrough);
    const returned = refusal ? null : await returnCredits(id, scope);
    if (refusal || !returned?.ok) {
      outcomes.set(id, refusal ?? failed("CREDITS_CHANGED", CREDITS_CHANGED));
      continue;
    }
    voided.push(invoice);
    outcomes.set(id, succeeded("VOIDED", `${invoice.number} is void.`));
  }
  const voidedIds = voided.map(({ id }) => id);
  if (voided.length > 0) {
    await saveVoided(voidedIds, { reason, now: scope.now });
    await releaseOverrides(voidedIds);
    await returnToOrders(
      voidedIds.map((id) => ({ invoiceId: id, kind: "voided", originalId: id, net: null })),
      scope.now,
    );
    await billAgain(voidedIds, scope.now);
  }
  return ids.map((id) => outcomes.get(id) ?? failed("INVOICE_NOT_FOUND", "This invoice no longer exists."));
}

const CREDITS_CHANGED =
  "What prepaid credits paid of it has come back in part, or what it gave back was used since. Issue a credit note instead.";

/** Why an invoice is not voided, and what to do instead (decision "Void"); null: it is. */
function whyNot(invoice: Invoice, facts: VoidFacts, lockedThrough: PlainMonth | null): ItemOutcome | null {
  const { number, status, documentKind, accountingOn } = invoice;
  if (status === "voided") return skipped("ALREADY_VOIDED", `${number} is void already.`);
  if (number === null || accountingOn === null) {
    return skipped("NOT_ISSUED", "It is not issued: delete the draft instead.");
  }
  if (documentKind === "credit_note") {
    return failed("CREDIT_NOTE", "A credit note is not voided. Bill what it took back with another invoice instead.");
  }
  if (status === "sent") return failed("ALREADY_SENT", "It was sent. Issue a credit note instead.");
  if (invoice.viewedAt !== null)
    return failed("ALREADY_VIEWED", "The customer has seen it. Issue a credit note instead.");
  if (facts.isMailed) {
    return failed("MAIL_UNDER_WAY", "A mail with it is on its way, or may have arrived. Issue a credit note instead.");
  }
  if (!new Decimal(invoice.settledTotal).isZero() || invoice.paymentStatus !== "unpaid") {
    return failed("SETTLED", "Something of it is paid or settled. Issue a credit note instead.");
  }
  if (facts.isCredited) return failed("CREDITED", "Something of it is credited. Credit the rest instead.");
  if (facts.hasCreditDraft) {
    return failed("CREDIT_NOTE_DRAFTED", "A credit note over it is drafted. Finalize that, or delete it first.");
  }
  if (lockedThrough !== null && monthOf(accountingOn) <= lockedThrough) {
    const message = `${monthOf(accountingOn)}, in which it is posted, is closed. Issue a credit note instead.`;
    return failed("MONTH_LOCKED", message);
  }
  return null;
}
