import { laterOf, type PlainDate } from "../../domain/calendar/plain-date";
import { currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { money, moneyText } from "../../domain/money/money";
import type { UnsettledInvoice } from "../../domain/receivable/allocate-payment";
import { balanceOf, type Draw, drawFunds } from "../../domain/receivable/draw-funds";
import { paymentStatusOf } from "../../domain/receivable/payment-status";
import { ok, type Result } from "../../domain/result";
import { conflict, invalid, notFound, type Refusal } from "../../platform/refusal";
import { holdMonths } from "../organization";
import { firstUnlockedOn } from "./first-unlocked-on";
import type { LedgerScope, NewSettlement, Settlement } from "./receivable";
import {
  type Account,
  accountKey,
  badDebts,
  type Document,
  fundsOf,
  insertSettlements,
  type LedgerFund,
  lockBalances,
  lockDocuments,
  type SettlementRow,
  saveSettled,
  settlementsInForce,
  usableCreditNotes,
} from "./settlement.store";

type Settled = Result<{ readonly settlementIds: readonly string[] }, Refusal>;

/**
 * Settles issued invoices: with payments and credit notes, out of what is left of them, or by giving the amount up. All
 * or nothing; refused where more would be settled than is due, or drawn than is left. Paths of refusals begin with the
 * place in the list. To be called within a transaction; locks invoices and credit notes in order of id, then balances.
 */
export async function settle(settlements: readonly NewSettlement[], scope: LedgerScope): Promise<Settled> {
  const drawn = settlements.filter(({ kind }) => kind === "balance").map(({ invoiceId }) => invoiceId);
  const ledger = await Ledger.lock(
    [
      ...settlements.flatMap((each) => [each.invoiceId, ...(each.kind === "credit_note" ? [each.creditNoteId] : [])]),
      ...(drawn.length > 0 ? await usableCreditNotes(drawn) : []),
    ],
    scope,
  );
  const drawsFunds = settlements.filter(({ kind }) => kind !== "write_off");
  await ledger.holdBalances(drawsFunds.flatMap(({ invoiceId }) => ledger.accountOf(invoiceId) ?? []));
  for (const [place, settlement] of settlements.entries()) {
    const refused = ledger.settle(settlement, [String(place)]);
    if (refused) return refused;
  }
  return ok({ settlementIds: await ledger.save() });
}

/**
 * Takes settlements back: invoices are due again, and payments and credit notes have left again what was drawn from them.
 * What was taken back before is refused, and what was paid back to the customer.
 */
export async function unsettle(
  settlementIds: readonly string[],
  { reason, on }: { readonly reason: string; readonly on?: PlainDate },
  scope: LedgerScope,
): Promise<Settled> {
  const seen = await settlementsInForce(settlementIds);
  const ledger = await Ledger.lock(seen.flatMap(documentsOf), scope);
  await ledger.holdBalances(seen.flatMap(({ invoiceId }) => (invoiceId && ledger.accountOf(invoiceId)) || []));
  // Read again under the locks: another one may have taken it back meanwhile.
  const inForce = new Map((await settlementsInForce(settlementIds)).map((each) => [each.id, each]));
  for (const [place, id] of settlementIds.entries()) {
    const settlement = inForce.get(id);
    if (!settlement) return notFound("settlement in force", id, [String(place)]);
    if (settlement.kind === "refund")
      return conflict("REFUND_PAID", "It was paid back to the customer.", [String(place)]);
    ledger.takeBack(settlement, { reason, on: on ?? scope.today });
  }
  return ok({ settlementIds: await ledger.save() });
}

const documentsOf = ({ invoiceId, creditNoteId }: Pick<Settlement, "invoiceId" | "creditNoteId">): string[] =>
  [invoiceId, creditNoteId].flatMap((id) => id ?? []);

type Refused = Extract<Settled, { ok: false }>;

/** Documents and balances that are locked, and what is about to be written about them. */
export class Ledger {
  private readonly rows: SettlementRow[] = [];
  private readonly settled: Map<string, Decimal>;
  private readonly touched = new Set<string>();
  private readonly funds = new Map<string, { readonly fund: LedgerFund; left: Decimal }>();
  private versions: ReadonlyMap<string, number> = new Map();

  private constructor(
    private readonly documents: ReadonlyMap<string, Document>,
    private readonly scope: LedgerScope,
    private readonly unlockedFrom: PlainDate | null,
  ) {
    this.settled = new Map([...documents.values()].map(({ id, settled }) => [id, new Decimal(settled)]));
  }

  static async lock(documentIds: readonly string[], scope: LedgerScope): Promise<Ledger> {
    const unlockedFrom = firstUnlockedOn(await holdMonths());
    return new Ledger(await lockDocuments(documentIds), scope, unlockedFrom);
  }

  /** After the documents: holds what is left of payments and credit notes. */
  async holdBalances(accounts: readonly Account[]): Promise<void> {
    if (accounts.length === 0) return;
    this.versions = await lockBalances(accounts);
    const funds = await fundsOf([...new Map(accounts.map((each) => [accountKey(each), each])).values()]);
    for (const fund of [...funds.values()].flat()) this.funds.set(fund.id, { fund, left: fund.left });
  }

  /** The version of a balance before this use of it; 0: it was never used. */
  balanceVersion(account: Account): number {
    return this.versions.get(accountKey(account)) ?? 0;
  }

  document(id: string): Document | null {
    return this.documents.get(id) ?? null;
  }

  accountOf(documentId: string): Account | null {
    const document = this.documents.get(documentId);
    return document ? { customerId: document.customerId, currency: document.currency } : null;
  }

  /** What is still due of an invoice, with what is about to be written. */
  due(invoice: Document): Decimal {
    return new Decimal(invoice.gross).minus(this.settled.get(invoice.id) ?? 0);
  }

  /** What is left of a payment or a credit note. */
  left(fundId: string): Decimal {
    return this.funds.get(fundId)?.left ?? ZERO;
  }

  balance(account: Account): Decimal {
    return balanceOf(this.fundsOf(account));
  }

  /** Of invoices that were seen before they were locked: what is still due now. */
  unsettled(seen: readonly UnsettledInvoice[]): UnsettledInvoice[] {
    return seen.flatMap((each) => {
      const invoice = this.documents.get(each.id);
      const due = invoice && invoice.status !== "voided" ? this.due(invoice) : ZERO;
      return due.gt(0) ? [{ ...each, due }] : [];
    });
  }

  /** Refuses an invoice that another customer owes, or in another currency; an unknown one is left to `settle`. */
  whyOthers(invoiceId: string, account: Account, path: readonly string[]): Refused | null {
    const invoice = this.documents.get(invoiceId);
    if (!invoice) return null;
    if (invoice.customerId !== account.customerId) {
      return conflict("OTHER_CUSTOMER", `${invoice.number ?? "It"} is owed by another customer.`, [
        ...path,
        "invoiceId",
      ]);
    }
    if (invoice.currency === account.currency) return null;
    const message = `${invoice.number ?? "It"} is in ${invoice.currency}: it is not paid in ${account.currency}. Record what the bank made of it in ${invoice.currency}.`;
    return conflict("OTHER_CURRENCY", message, [...path, "invoiceId"]);
  }

  settle(settlement: NewSettlement, path: readonly string[]): Refused | null {
    const invoice = this.documents.get(settlement.invoiceId);
    const refused = this.whyNot(settlement, invoice, path);
    if (refused || !invoice) return refused;
    const { amount } = settlement;
    if (settlement.kind === "write_off") {
      this.add(invoice, { kind: "write_off", amount, on: settlement.on, as: settlement.as, reason: settlement.reason });
      return null;
    }
    if (settlement.kind === "balance") {
      const draws = drawFunds(this.fundsOf(invoice), amount);
      if (draws === null) return notLeft("of the customer's balance", this.balance(invoice), invoice, path);
      for (const each of draws)
        this.add(invoice, { kind: "balance", amount: each.amount, on: settlement.on, fund: each.fund });
      return null;
    }
    const fundId = settlement.kind === "payment" ? settlement.paymentId : settlement.creditNoteId;
    const held = this.funds.get(fundId);
    if (!held || held.left.lt(amount)) {
      const thing = settlement.kind === "payment" ? "of the payment" : "of the credit note";
      return notLeft(thing, held?.left ?? ZERO, invoice, path);
    }
    this.add(invoice, { kind: settlement.kind, amount, on: settlement.on, fund: held.fund });
    return null;
  }

  /** What of a customer's payments and credit notes would be paid back, the oldest first; null: they do not hold so much. */
  drawsFor(account: Account, amount: Decimal, creditNoteId: string | null): Draw<LedgerFund>[] | null {
    return drawFunds(
      this.fundsOf(account).filter(({ id }) => creditNoteId === null || id === creditNoteId),
      amount,
    );
  }

  payBack(refundId: string, draws: readonly Draw<LedgerFund>[], effectiveOn: PlainDate): void {
    for (const { fund, amount } of draws) {
      this.write({ kind: "refund", invoiceId: null, refundId, amount, effectiveOn, fund });
    }
  }

  /** A payment that was used up holds nothing, until something of it is taken back. */
  expectFund(fund: Omit<LedgerFund, "left">): void {
    if (!this.funds.has(fund.id)) this.funds.set(fund.id, { fund: { ...fund, left: ZERO }, left: ZERO });
  }

  takeBack(settlement: Settlement, { reason, on }: { readonly reason: string; readonly on: PlainDate }): void {
    const { id, kind, invoiceId, refundId, paymentId, creditNoteId, writeOffAs, amount, effectiveOn } = settlement;
    this.rows.push({
      kind,
      invoiceId,
      refundId,
      paymentId,
      creditNoteId,
      writeOffAs,
      reason,
      amount: new Decimal(amount).negated().toFixed(),
      effectiveOn: this.effectiveOn(on, effectiveOn),
      reversesId: id,
    });
    if (invoiceId) this.move(invoiceId, new Decimal(amount).negated());
    if (creditNoteId) this.move(creditNoteId, new Decimal(amount));
    const held = this.funds.get(paymentId ?? creditNoteId ?? "");
    if (held) held.left = held.left.plus(amount);
  }

  async save(): Promise<string[]> {
    if (this.rows.length === 0) return [];
    const ids = await insertSettlements(this.rows, this.scope);
    const touched = [...this.touched].flatMap((id) => this.documents.get(id) ?? []);
    const badDebt = await badDebts(touched.map(({ id }) => id));
    await saveSettled(
      touched.map(({ id, gross }) => {
        const settled = this.settled.get(id) ?? ZERO;
        const paymentStatus = paymentStatusOf({ gross: new Decimal(gross), settled, badDebt: badDebt.get(id) ?? ZERO });
        return { id, settled: settled.toFixed(), paymentStatus };
      }),
      this.scope.now,
    );
    return ids;
  }

  private whyNot(settlement: NewSettlement, invoice: Document | undefined, path: readonly string[]): Refused | null {
    const { amount, invoiceId } = settlement;
    if (!invoice) return notFound("invoice", invoiceId, [...path, "invoiceId"]);
    if (invoice.documentKind !== "invoice") {
      const message = `${invoice.number ?? "It"} is a credit note: it is not paid, it pays.`;
      return conflict("CREDIT_NOTE_NOT_PAYABLE", message, [...path, "invoiceId"]);
    }
    if (invoice.number === null || invoice.status === "voided") {
      const message =
        invoice.number === null ? "It is a draft; only issued invoices are settled." : `${invoice.number} is void.`;
      return conflict("INVOICE_NOT_PAYABLE", message, [...path, "invoiceId"]);
    }
    const { minorUnits, code } = currency(invoice.currency);
    if (amount.lte(0)) return invalid("AMOUNT_OUT_OF_RANGE", "An amount is above zero.", [...path, "amount"]);
    if (amount.decimalPlaces() > minorUnits) {
      return invalid("AMOUNT_TOO_PRECISE", `${code} has ${minorUnits} decimals.`, [...path, "amount"]);
    }
    const due = this.due(invoice);
    if (amount.gt(due)) {
      const message = `${invoice.number} has ${inWords(due, invoice)} due; ${inWords(amount, invoice)} is more than that.`;
      return conflict("MORE_THAN_DUE", message, [...path, "amount"]);
    }
    return null;
  }

  private fundsOf({ customerId, currency }: Account): LedgerFund[] {
    return (
      [...this.funds.values()]
        .filter(({ fund, left }) => fund.customerId === customerId && fund.currency === currency && left.gt(0))
        // A credit note that was issued after the documents were locked is left to the next one.
        .filter(({ fund }) => "paymentId" in fund.source || this.documents.has(fund.id))
        .map(({ fund, left }) => ({ ...fund, left }))
    );
  }

  private add(
    invoice: Document,
    {
      on,
      as,
      reason,
      ...settlement
    }: {
      readonly kind: NewSettlement["kind"];
      readonly amount: Decimal;
      readonly on: PlainDate | undefined;
      readonly fund?: LedgerFund;
      readonly as?: SettlementRow["writeOffAs"];
      readonly reason?: string;
    },
  ): void {
    const since = laterOf(
      invoice.accountingOn as PlainDate,
      settlement.fund?.availableOn ?? (invoice.accountingOn as PlainDate),
    );
    const effectiveOn = this.effectiveOn(on ?? this.scope.today, since);
    this.write({
      ...settlement,
      invoiceId: invoice.id,
      refundId: null,
      effectiveOn,
      as: as ?? null,
      reason: reason ?? null,
    });
    this.move(invoice.id, settlement.amount);
  }

  private write({
    fund,
    amount,
    as = null,
    reason = null,
    ...row
  }: Pick<SettlementRow, "kind" | "invoiceId" | "refundId" | "effectiveOn"> & {
    readonly amount: Decimal;
    readonly fund?: LedgerFund;
    readonly as?: SettlementRow["writeOffAs"];
    readonly reason?: string | null;
  }): void {
    const paymentId = fund && "paymentId" in fund.source ? fund.id : null;
    const creditNoteId = fund && "creditNoteId" in fund.source ? fund.id : null;
    this.rows.push({
      ...row,
      paymentId,
      creditNoteId,
      amount: amount.toFixed(),
      writeOffAs: as,
      reason,
      reversesId: null,
    });
    if (creditNoteId) this.move(creditNoteId, amount.negated());
    const held = fund && this.funds.get(fund.id);
    if (held) held.left = held.left.minus(amount);
  }

  private move(documentId: string, amount: Decimal): void {
    this.settled.set(documentId, (this.settled.get(documentId) ?? ZERO).plus(amount));
    this.touched.add(documentId);
  }

  /** A locked month takes nothing more. */
  private effectiveOn(on: PlainDate, since: PlainDate): PlainDate {
    const natural = laterOf(on, since);
    return this.unlockedFrom === null ? natural : laterOf(natural, this.unlockedFrom);
  }
}

const inWords = (amount: Decimal, { currency: code }: Pick<Account, "currency">): string => {
  const text = moneyText(money(amount, currency(code)));
  return `${text} ${code}`;
};

const notLeft = (thing: string, left: Decimal, account: Account, path: readonly string[]): Refused =>
  conflict("MORE_THAN_LEFT", `Only ${inWords(left, account)} is left ${thing} in the invoice's currency.`, [
    ...path,
    "amount",
  ]);
