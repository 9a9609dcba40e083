import { formatDay } from "../../domain/calendar/format";
import { dueOn, type PaymentTerms } from "../../domain/calendar/payment-terms";
import { addDays, type PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { accountingOn } from "../../domain/invoice/billing-month";
import type { ExchangeRate, ExchangeRateMissing } from "../../domain/invoice/exchange";
import { originalKeyOf } from "../../domain/invoice/segment";
import { chooseTax, type TaxRate } from "../../domain/invoice/tax";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import { lockSchedules, rememberCorrected } from "../../platform/draft-staleness.store";
import { taxRates } from "../catalog";
import { contractsById } from "../contract";
import { CreditsInUse, type CreditUse } from "../credit";
import { type Customer, type CustomerContact, contactsByCustomer, customersById } from "../customer";
import { failed, type ItemOutcome, skipped, succeeded } from "../operation";
import { holdMonths, loadOrganization, type Organization } from "../organization";
import { type InvoiceOnOrder, OrdersInUse, returnToOrders } from "../purchase-order";
import { type CorrectedContract, contractsCorrectedBy } from "./credited.store";
import { type DocumentRates, documentRates, fxOf } from "./document-exchange";
import { type Blocker, billedCustomerId, type Invoice, type InvoiceLine, type Parties } from "./invoice";
import { creditGrantsOfInvoices, invoicesById, linesByInvoice, lockInvoicesToIssue } from "./invoice.store";
import { type Issue, issueInvoices, keepFresh, markOverridesBilled } from "./issue.store";
import { OriginalsInCredit } from "./originals-in-credit";
import { opposite, originalIdOf } from "./rebill";
import { creditNotesByInvoice } from "./rebill.store";
import { SeriesInUse, seriesOf } from "./series";

type Scope = { readonly today: PlainDate; readonly now: Date };

/** Drafts that may not be issued yet, and why: such as those to which a second person has to agree. They are locked. */
export type HoldBack = (ids: readonly string[], scope: Scope) => Promise<ReadonlyMap<string, ItemOutcome>>;
const NOTHING_HELD: HoldBack = async () => new Map();

type Facts = {
  readonly organization: Organization;
  /** the last month that is closed, which no other one is until this transaction ends */
  readonly lockedThrough: PlainMonth | null;
  readonly rates: readonly TaxRate[];
  readonly customers: ReadonlyMap<string, Customer>;
  readonly contacts: ReadonlyMap<string, readonly CustomerContact[]>;
  readonly terms: ReadonlyMap<string, { readonly paymentTerms: PaymentTerms | null }>;
  readonly lines: ReadonlyMap<string, readonly InvoiceLine[]>;
  /** What credit notes correct, and what is issued again. */
  readonly originals: ReadonlyMap<string, Invoice>;
};

/**
 * Issues drafts: takes the next numbers of the series under its lock and freezes content, parties, days and the exchange
 * rate, and uses the credits that they draw. Numbers go in the order of the ids given, credit notes before invoices, so
 * that what is issued again finds its original credited. A draft that is stale, blocked, whose tax would differ on the day
 * of issue, or whose credits are no longer there, is left as it is, and says why.
 */
export async function finalizeInvoices(
  ids: readonly string[],
  scope: Scope,
  holdBack: HoldBack = NOTHING_HELD,
): Promise<ItemOutcome[]> {
  const corrected = await contractsCorrectedBy(ids);
  if (corrected.length > 0) await lockSchedules(corrected.map(({ contractId }) => contractId));
  const grantIds = await creditGrantsOfInvoices(ids);
  const credits = await CreditsInUse.take(grantIds);
  const locked = await lockInvoicesToIssue(ids);
  const held = await holdBack(ids, scope);
  const facts = await loadFacts([...locked.values()]);
  const asked = ids.flatMap((id) => (held.has(id) ? [] : (locked.get(id) ?? [])));
  const notes = asked.filter(({ documentKind }) => documentKind === "credit_note");
  const invoices = asked.filter(({ documentKind }) => documentKind === "invoice");

  const fresh = [...locked.values()].filter(({ staleSince }) => staleSince === null).map(({ id }) => id);
  const issuedNotes =
    notes.length > 0 ? await issueCreditNotes(notes, { facts, fresh, credits, scope }) : NOTHING_ISSUED;
  const creditsNow = issuedNotes.hasReturned ? await CreditsInUse.take(grantIds) : credits;
  const outcomes = new Map([
    ...held,
    ...issuedNotes.outcomes,
    ...(await issueOthers(invoices, { facts, credits: creditsNow, scope })),
  ]);
  const isIssued = ({ noteIds }: CorrectedContract) => noteIds.some((id) => outcomes.get(id)?.status === "succeeded");
  await rememberCorrected(corrected.filter(isIssued), scope.now);
  return ids.map((id) => outcomes.get(id) ?? failed("INVOICE_NOT_FOUND", "This draft no longer exists."));
}

type Outcomes = ReadonlyMap<string, ItemOutcome>;
type IssuedNotes = { readonly outcomes: Outcomes; readonly hasReturned: boolean };
const NOTHING_ISSUED: IssuedNotes = { outcomes: new Map(), hasReturned: false };

/**
 * A credit note takes back what stands on it, credits included, and never more than is left of the original; whether that
 * may be negative is not asked.
 */
async function issueCreditNotes(notes: readonly Invoice[], toIssue: NotesToIssue): Promise<IssuedNotes> {
  const { facts, fresh, credits, scope } = toIssue;
  const numbers = await SeriesInUse.take(seriesOf("credit_note", facts.organization), scope.today);
  const originals = await OriginalsInCredit.load([...facts.originals.keys()]);
  const issues: Issue[] = [];
  const outcomes = new Map<string, ItemOutcome>();
  let hasReturned = false;
  for (const note of notes) {
    const original = facts.originals.get(note.correctsInvoiceId as string) as Invoice;
    const lines = facts.lines.get(note.id) ?? [];
    const uses = creditUses(lines);
    const refusal = whyNot(note, facts, numbers.issuedOn) ?? originals.problemOf(note, lines, original);
    if (refusal || !credits.use(original.id, uses)) {
      outcomes.set(note.id, refusal ?? failed("CREDITS_CHANGED", CREDITS_NOT_RETURNABLE));
      continue;
    }
    hasReturned ||= uses.length > 0;
    const rate = rateOfOriginal(original, facts);
    const fx = rate && originals.fxOf(note, rate, original);
    const number = numbers.next();
    issues.push({ ...issueOf(note, number, numbers.issuedOn, facts), fx });
    originals.take(note, lines, original, fx);
    outcomes.set(note.id, succeeded("FINALIZED", `Issued as ${number}, over ${original.number}.`));
  }
  if (hasReturned) {
    await credits.record({ now: scope.now, on: numbers.issuedOn });
    await keepFresh(fresh);
  }
  if (issues.length > 0) {
    await issueInvoices(issues, scope.now);
    await returnToOrders(
      notes.filter(({ id }) => issues.some((issue) => issue.id === id)).flatMap(asReturn),
      scope.now,
    );
  }
  await numbers.save();
  return { outcomes, hasReturned };
}

type NotesToIssue = {
  readonly facts: Facts;
  readonly fresh: readonly string[];
  readonly credits: CreditsInUse;
  readonly scope: Scope;
};

const asReturn = ({ id, correctsInvoiceId, netTotal }: Invoice) =>
  correctsInvoiceId === null
    ? []
    : [{ invoiceId: id, kind: "credited" as const, originalId: correctsInvoiceId, net: opposite(netTotal) }];

async function issueOthers(
  invoices: readonly Invoice[],
  { facts, credits, scope }: { readonly facts: Facts; readonly credits: CreditsInUse; readonly scope: Scope },
): Promise<Outcomes> {
  const orders = await OrdersInUse.take(invoices.flatMap((invoice) => onOrder(invoice) ?? []));
  const numbers = await SeriesInUse.take(seriesOf("invoice", facts.organization), scope.today);
  const { issuedOn } = numbers;
  const rateOf = await documentRates(
    invoices.map(({ currency }) => currency),
    { baseCurrency: facts.organization.baseCurrency, taxPointOn: issuedOn },
  );
  const replaced = invoices.flatMap(({ reissuesInvoiceId }) => reissuesInvoiceId ?? []);
  const notes = replaced.length > 0 ? await creditNotesByInvoice(replaced) : new Map<string, Invoice>();

  const issues: Issue[] = [];
  const outcomes = invoices.map((invoice): [string, ItemOutcome] => {
    const { id, reissuesInvoiceId } = invoice;
    const refusal = whyNot(invoice, facts, issuedOn);
    if (refusal) return [id, refusal];
    const original = reissuesInvoiceId === null ? null : (facts.originals.get(reissuesInvoiceId) as Invoice);
    if (original && !notes.get(original.id)?.number) {
      return [
        id,
        failed("CREDIT_NOTE_FIRST", `It replaces ${original.number}: finalize the credit note over that first.`),
      ];
    }
    const rate = rateFor(invoice, original, facts, rateOf);
    if (!rate.ok) return [id, failed(rate.error.code, rateMissing(rate.error))];
    const order = onOrder(invoice);
    const orderProblem = order && orders.problemOf(order, issuedOn);
    if (orderProblem) return [id, failed(orderProblem.toUpperCase(), BLOCKED[orderProblem])];
    if (!credits.use(id, creditUses(facts.lines.get(id) ?? []))) {
      return [id, failed("CREDITS_CHANGED", "The credits that it draws on are no longer there. Recalculate it first.")];
    }
    if (order) orders.use(order);
    const number = numbers.next();
    issues.push({ ...issueOf(invoice, number, issuedOn, facts), fx: rate.value && fxOf(invoice, rate.value) });
    return [id, succeeded("FINALIZED", `Issued as ${number}.`)];
  });
  if (issues.length > 0) {
    await issueInvoices(issues, scope.now);
    await credits.record({ now: scope.now, on: issuedOn });
    await orders.record(scope.now);
    await markOverridesBilled(
      issues.map(({ id }) => id),
      scope.now,
    );
    await numbers.save();
  }
  return new Map(outcomes);
}

function onOrder(invoice: Invoice): InvoiceOnOrder | null {
  const { id: invoiceId, poNumber: number, currency, netTotal } = invoice;
  return number === null ? null : { invoiceId, customerId: billedCustomerId(invoice), number, currency, netTotal };
}

const CREDITS_NOT_RETURNABLE =
  "What prepaid credits paid of the invoice has come back in part, or was given back and used since. Recalculate it first, or change a credit note of your own.";

async function loadFacts(invoices: readonly Invoice[]): Promise<Facts> {
  const customerIds = [...new Set(invoices.map(billedCustomerId))];
  const lines = await linesByInvoice(invoices.map(({ id }) => id));
  const contractIds = [...lines.values()].flat().flatMap(({ contractId }) => contractId ?? []);
  const originalIds = invoices.flatMap((invoice) => originalIdOf(invoice) ?? []);
  return {
    lockedThrough: await holdMonths(),
    organization: await loadOrganization(),
    rates: await taxRates(),
    customers: await customersById(customerIds),
    contacts: await contactsByCustomer(customerIds),
    terms: await contractsById([...new Set(contractIds)]),
    lines,
    originals: originalIds.length > 0 ? await invoicesById([...new Set(originalIds)]) : new Map(),
  };
}

const BLOCKED: { readonly [B in Blocker]: string } = {
  tax_rate_missing: "A line has a tax code without a rate on this day. Set the rate, then recalculate.",
  buyer_tax_id_missing: "Reverse charge needs the customer's tax id. Enter it, then recalculate.",
  po_number_missing: "The customer requires a PO number. Enter it on the contract, then recalculate.",
  negative_total:
    "The total is negative. It is taken off the next draft that covers it, where the organization carries forward; or credit the lines that it corrects, then recalculate.",
  exchange_rate_missing: "There is no exchange rate to the base currency. Set the rate, then recalculate.",
  po_expired:
    "The purchase order that it names does not hold on this day. Name another one, or extend it, then recalculate.",
  po_exceeded:
    "The purchase order that it names does not cover the net. Name another one, or raise its limit, then recalculate.",
};

function whyNot(invoice: Invoice, facts: Facts, issuedOn: PlainDate): ItemOutcome | null {
  if (invoice.status === "in_progress") {
    return skipped(
      "IN_PROGRESS",
      `Its service runs until ${formatDay(addDays(invoice.serviceEndsBefore, -1))}; it is a draft after that.`,
    );
  }
  if (invoice.status !== "draft") return skipped("NOT_A_DRAFT", `Already issued as ${invoice.number}.`);
  if (invoice.staleSince) return failed("STALE", "Something it was calculated from has changed. Recalculate it first.");
  const [blocker] = invoice.blockers;
  if (blocker) return failed(blocker.toUpperCase(), BLOCKED[blocker]);
  if (!isTaxStillRight(invoice, facts, issuedOn))
    return failed("TAX_CHANGED", "Another tax rate holds on the day of issue. Recalculate it first.");
  return null;
}

/**
 * The draft was taxed for the day of its calculation; the day of issue may be another one. What is credited, and issued
 * again, is taxed as it was.
 */
function isTaxStillRight(invoice: Invoice, { customers, rates, lines }: Facts, taxPointOn: PlainDate): boolean {
  if (originalIdOf(invoice) !== null) return true;
  const { taxStatus, taxId } = customers.get(billedCustomerId(invoice)) as Customer;
  return (lines.get(invoice.id) ?? []).every((line) => {
    if (isOfEarlierSupply(line)) return true;
    const chosen = chooseTax({ rates, code: line.taxCode, taxPointOn, status: taxStatus, buyerTaxId: taxId });
    return chosen.ok && chosen.value.percent.equals(line.taxPercent);
  });
}

/** An adjustment, and what credits pay of it, is taxed as the supply that it corrects, whatever the rate is now. */
function isOfEarlierSupply({ billingKey, explanation: { credit } }: InvoiceLine): boolean {
  const key = credit?.lineKey ?? billingKey;
  return originalKeyOf(key) !== key;
}

/** What the lines of credits give back, and then draw. */
function creditUses(lines: readonly InvoiceLine[]): CreditUse[] {
  const uses = lines.flatMap(({ creditGrantId, netAmount, explanation: { credit } }): CreditUse[] =>
    creditGrantId && credit
      ? [{ grantId: creditGrantId, billingKey: credit.lineKey, amount: ZERO.minus(netAmount) }]
      : [],
  );
  return [...uses.filter(({ amount }) => amount.lt(0)), ...uses.filter(({ amount }) => amount.gt(0))];
}

/** What is issued again counts at the rate of the original, like its credit note. */
function rateFor(
  { currency }: Invoice,
  original: Invoice | null,
  facts: Facts,
  rateOf: DocumentRates,
): Result<ExchangeRate | null, ExchangeRateMissing> {
  const fixed = original && rateOfOriginal(original, facts);
  return fixed ? ok(fixed) : rateOf(currency);
}

function rateOfOriginal(
  { currency, fxRate, fxRateOn, fxSource }: Invoice,
  { organization }: Facts,
): ExchangeRate | null {
  if (fxRate === null || fxRateOn === null || fxSource === null) return null;
  return { from: currency, to: organization.baseCurrency, on: fxRateOn, rate: new Decimal(fxRate), source: fxSource };
}

const rateMissing = ({ from, to, on, latestOn }: ExchangeRateMissing): string =>
  `There is no rate from ${from} to ${to} for ${formatDay(on)}${
    latestOn ? `; the latest is of ${formatDay(latestOn)}, which is too old` : ""
  }. Set the rate, then finalize again.`;

function issueOf(invoice: Invoice, number: string, issuedOn: PlainDate, facts: Facts): Omit<Issue, "fx"> {
  const customer = facts.customers.get(billedCustomerId(invoice)) as Customer;
  const contacts = facts.contacts.get(customer.id) ?? [];
  const lines = (facts.lines.get(invoice.id) ?? []).map((line) => ({
    ...line,
    servicePeriod: { startsOn: line.serviceStartsOn, endsBefore: line.serviceEndsBefore },
  }));
  const original = facts.originals.get(originalIdOf(invoice) ?? "");
  return {
    id: invoice.id,
    number,
    issuedOn,
    taxPointOn: original?.taxPointOn ?? issuedOn,
    accountingOn: accountingOn(lines, issuedOn, facts.lockedThrough),
    dueOn: invoice.documentKind === "credit_note" ? null : dueOn(issuedOn, termsOf(invoice, customer, facts)),
    parties: partiesOf(facts.organization, customer, contacts),
  };
}

/** The terms of the first contract that it bills bind; else the customer's, else the organization's. */
function termsOf({ id }: Invoice, customer: Customer, { terms, organization, lines }: Facts): PaymentTerms {
  const contractId = lines.get(id)?.find((line) => line.contractId !== null)?.contractId;
  return terms.get(contractId ?? "")?.paymentTerms ?? customer.paymentTerms ?? organization.paymentTerms;
}

function partiesOf(seller: Organization, customer: Customer, contacts: readonly CustomerContact[]): Parties {
  return {
    seller: {
      legalName: seller.legalName,
      addressLines: seller.addressLines,
      country: seller.country,
      taxNumber: seller.taxNumber,
      bankDetails: seller.bankDetails,
      brandColor: seller.brandColor,
      mailFrom: seller.mailFrom,
    },
    customer: {
      legalName: customer.legalName,
      addressLines: customer.addressLines,
      country: customer.country,
      taxId: customer.taxId,
      contactName: contacts[0]?.name ?? null,
      language: customer.language,
    },
  };
}
