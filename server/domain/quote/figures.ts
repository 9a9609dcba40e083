import type { Period } from "../calendar/period";
import type { Contract } from "../contract/contract";
import type { ProposedInvoice } from "../invoice/line";
import { planSegments } from "../invoice/plan-segments";
import { proposeInvoices } from "../invoice/propose-invoices";
import type { Readings } from "../invoice/readings";
import type { SegmentPlan } from "../invoice/segment";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { type Amounts, FiguresLedger, NOTHING, type Subject, sumOf } from "./figures-ledger";
import { atListPrices, type ListedTermsOf } from "./figures-list";
import { endedWith, monthsOf, termLookedAt, termParts, yearsOf } from "./figures-term";
import { nothingUsed, recurringSteps } from "./monthly-recurring";
import type { OverLinesFigures, PhaseFigures, PriceFigures, QuoteFigures } from "./quote-figures";

/** Terms as the engine bills them, beside the names that people know them by. */
export type QuoteToPrice = {
  /** With trials and ramps in phases of their own; free of problems. */
  readonly contract: Contract;
  readonly listedTermsOf: ListedTermsOf;
  /** As they were agreed, before trials and ramps. */
  readonly phases: readonly PhaseToPrice[];
  /** Of the contract's minimums, maximums and discounts, by the id that the contract has for each. */
  readonly termsIdOf: (id: string) => string;
};

export type PhaseToPrice = Omit<Period, "endsBefore"> & {
  readonly id: string;
  readonly name: string;
  readonly endsBefore: Period["endsBefore"] | null;
  readonly lines: readonly LineToPrice[];
};

export type LineToPrice = {
  readonly id: string;
  readonly lineageId: string;
  readonly description: string;
  readonly isMetered: boolean;
};

/** Answers a plan with what is supposed to be used. */
export type Assumed = (plan: SegmentPlan) => Readings;

const INVOICES_SHOWN = 12;

/** All figures of a quote; see QuoteFigures. `assumed` null: no usage, and the contracted seats. */
export function figuresOf(quote: QuoteToPrice, assumed: Assumed | null = null): QuoteFigures {
  const { contract } = quote;
  const { currency } = contract;
  const term = termLookedAt(contract);
  const ended = endedWith(contract, term);
  const phases = quote.phases.map((phase) => ({ ...phase, endsBefore: phase.endsBefore ?? term.endsBefore }));
  const years = yearsOf(term);
  const ledger = new FiguresLedger(termParts(phases, years), subjectsOf(phases), currency);
  const committed = writeCommitted(ledger, { net: ended, list: atListPrices(ended, quote.listedTermsOf) }, term);

  const totals = ledger.addUp();
  const bySubject = totals.bySubject();
  const byPhase = totals.byPart("phase");
  const byYear = totals.byPart("year");
  const total = priced(sumOf(bySubject.values()));
  const termMonths = monthsOf(term);
  const used = assumed && billUsed(ended, term, assumed);
  const isOpen = contract.endsBefore === null;
  return {
    currency,
    term,
    hasEnd: !isOpen,
    termMonths,
    total,
    oneTime: ledger.oneTime,
    annualContractValue: perYear(total.net.minus(ledger.oneTime), termMonths, currency),
    phases: phases.map((phase, index) => phaseFigures(ended, phase, byPhase.get(index))),
    years: years.map((period, index) => ({ ordinal: index + 1, period, ...priced(byYear.get(index)) })),
    lines: phases.flatMap(({ id: phaseId, lines }) =>
      lines.map(({ id: lineId, description, isMetered }) => ({
        lineId,
        phaseId,
        description,
        isMetered,
        ...priced(bySubject.get(lineId)),
      })),
    ),
    overLines: overLinesOf(quote, bySubject),
    withUsage: used && { usage: used.total.minus(total.net), total: used.total },
    invoices: isOpen ? firstInvoices(bill(contract, term, assumed ?? nothingUsed)) : (used ?? committed).invoices,
  };
}

type FirstInvoices = QuoteFigures["invoices"];

/** Writes both sides, one after the other: of the many lines of a long term the first invoices alone are kept. */
function writeCommitted(
  ledger: FiguresLedger,
  { net, list }: { readonly net: Contract; readonly list: Contract },
  term: Period,
): { readonly invoices: FirstInvoices } {
  if (list !== net) ledger.write("list", bill(list, term, nothingUsed));
  const invoices = bill(net, term, nothingUsed);
  ledger.write("net", invoices);
  if (list === net) ledger.write("list", invoices);
  return { invoices: firstInvoices(invoices) };
}

type Used = { readonly total: Decimal; readonly invoices: FirstInvoices };

function billUsed(contract: Contract, term: Period, assumed: Assumed): Used {
  const invoices = bill(contract, term, assumed);
  const total = invoices.reduce((sum, { net }) => sum.plus(net.amount), ZERO);
  return { total, invoices: firstInvoices(invoices) };
}

/** What falls due in the days that are looked at; in arrears, the day after the last has its part. */
function bill(contract: Contract, { startsOn, endsBefore }: Period, answer: Assumed): readonly ProposedInvoice[] {
  const plan = planSegments(contract, { from: startsOn, through: endsBefore });
  return proposeInvoices({ contract, plan, billed: [], ...answer(plan) }).invoices;
}

function subjectsOf(phases: readonly PhaseToPrice[]): (lineageId: string, phase: number) => Subject | null {
  const byPhase = phases.map(({ lines }) => new Map(lines.map(({ id, lineageId }) => [lineageId, id])));
  return (lineageId, phase) => byPhase[phase]?.get(lineageId) ?? null;
}

const PERCENT_DECIMALS = 2;

function priced({ list, net }: Amounts = NOTHING): PriceFigures {
  const discount = list.minus(net);
  const discountPercent = list.isZero() ? null : discount.times(100).div(list).toDecimalPlaces(PERCENT_DECIMALS);
  return { list, discount, net, discountPercent };
}

const perYear = (amount: Decimal, months: Decimal, currency: Currency): Decimal =>
  roundToMinorUnit(money(amount.times(12).div(months), currency)).amount;

function phaseFigures(
  contract: Contract,
  { id, name, startsOn, endsBefore }: PhaseToPrice & Period,
  amounts: Amounts | undefined,
): PhaseFigures {
  const period = { startsOn, endsBefore };
  const steps = recurringSteps(contract, period);
  const { monthlyRecurring, annualRecurring } = steps.at(-1) ?? { monthlyRecurring: ZERO, annualRecurring: ZERO };
  return { phaseId: id, name, period, ...priced(amounts), monthlyRecurring, annualRecurring, steps };
}

function overLinesOf(
  { contract, termsIdOf }: QuoteToPrice,
  bySubject: ReadonlyMap<Subject, Amounts>,
): OverLinesFigures[] {
  const figuresOfKind =
    (kind: OverLinesFigures["kind"]) =>
    ({ id, description }: { readonly id: string; readonly description: string }): OverLinesFigures => ({
      kind,
      id: termsIdOf(id),
      description,
      ...priced(bySubject.get(id)),
    });
  return [
    ...contract.minimums.map(figuresOfKind("minimum")),
    ...contract.maximums.map(figuresOfKind("maximum")),
    ...contract.discounts.map(figuresOfKind("discount")),
  ];
}

const firstInvoices = (invoices: readonly ProposedInvoice[]): FirstInvoices =>
  invoices.slice(0, INVOICES_SHOWN).map(({ billsOn, billingMonth, net, lines }) => ({
    billsOn,
    billingMonth,
    net: net.amount,
    lineCount: lines.length,
    lines,
  }));
