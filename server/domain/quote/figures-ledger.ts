import type { Period } from "../calendar/period";
import type { Line, ProposedInvoice } from "../invoice/line";
import { allocate } from "../money/allocate";
import type { Currency } from "../money/currency";
import { addUp, Decimal, ZERO } from "../money/decimal";
import { money } from "../money/money";
import { type PartServed, partsServed, type TermPart } from "./figures-term";

/** What an amount is for: a line of the quote, or something over several of them. */
export type Subject = string;

export type Amounts = { readonly list: Decimal; readonly net: Decimal };
export const NOTHING: Amounts = { list: ZERO, net: ZERO };

/** What is written under a subject in one part of the term. */
type Entry = { readonly list: Decimal[]; readonly net: Decimal[] };

/** Finds the line of a phase that bills a lineage; null: the phase has none. */
export type SubjectOf = (lineageId: string, phase: number) => Subject | null;

/**
 * The engine's lines, each written down once under its subject and the parts of the term that it serves: whatever is
 * added up from the entries adds up to the same total, to the minor unit.
 */
export class FiguresLedger {
  /** By subject, then in the order of the parts. */
  private readonly entries = new Map<Subject, (Entry | undefined)[]>();
  private readonly served = new Map<Period, readonly PartServed[]>();
  private readonly once: Decimal[] = [];

  constructor(
    private readonly parts: readonly TermPart[],
    private readonly subjectOf: SubjectOf,
    private readonly currency: Currency,
  ) {}

  /** Of the net lines, what falls due once. */
  get oneTime(): Decimal {
    return addUp(this.once);
  }

  write(side: keyof Amounts, invoices: readonly ProposedInvoice[]): void {
    for (const { lines } of invoices) {
      for (const line of lines) {
        if (side === "net" && line.isOneTime) this.once.push(line.net.amount);
        this.writeLine(side, line);
      }
    }
  }

  /** What a line has less for discounts over several lines stands under the discounts. */
  private writeLine(side: keyof Amounts, line: Line): void {
    const { shares, net, kind } = line;
    const isOfShares = kind === "discount" && shares.length > 0;
    const own = isOfShares ? ZERO : shares.reduce((rest, { share }) => rest.plus(share), net.amount);
    if (!own.isZero()) this.spread(side, line, own, line.boundId);
    for (const { discount, share } of shares) this.spread(side, line, share.negated(), discount.id);
  }

  /** Over the parts that a line serves, by their days. */
  private spread(side: keyof Amounts, line: Line, amount: Decimal, overLines: Subject | null): void {
    const parts = this.partsOf(line);
    const amounts = parts.length === 1 ? null : this.byDays(amount, parts);
    for (const [place, { index, phase }] of parts.entries()) {
      const subject = overLines ?? this.subjectOf(line.lineageId ?? "", phase);
      if (subject === null) throw new Error(`nothing to write "${line.description}" under`);
      this.entryOf(subject, index)[side].push(amounts ? (amounts[place] ?? ZERO) : amount);
    }
  }

  private entryOf(subject: Subject, part: number): Entry {
    const entries = this.entries.get(subject) ?? [];
    if (entries.length === 0) this.entries.set(subject, entries);
    const known = entries[part];
    if (known) return known;
    const entry = { list: [], net: [] };
    entries[part] = entry;
    return entry;
  }

  /** A phase that does not bill the lineage serves nothing of it, though it may lie between two that do. */
  private partsOf({ servicePeriod, lineageId }: Line): readonly PartServed[] {
    let parts = this.served.get(servicePeriod);
    if (!parts) {
      parts = partsServed(this.parts, servicePeriod);
      this.served.set(servicePeriod, parts);
    }
    if (parts.length === 1 || lineageId === null) return parts;
    return parts.filter(({ phase }) => this.subjectOf(lineageId, phase) !== null);
  }

  private byDays(amount: Decimal, parts: readonly PartServed[]): readonly Decimal[] {
    const shares = allocate(
      money(amount, this.currency),
      parts.map(({ days }) => new Decimal(days)),
    );
    if (!shares.ok) throw new Error("service without days");
    return shares.value.map((share) => share.amount);
  }

  /** What has been written so far. */
  addUp(): LedgerTotals {
    const totals = new Map<Subject, readonly Amounts[]>();
    for (const [subject, entries] of this.entries) {
      totals.set(
        subject,
        this.parts.map((_, part) => totalOf(entries[part])),
      );
    }
    return new LedgerTotals(this.parts, totals);
  }
}

/** What each subject comes to in each part of the term, in the order of the parts. */
export class LedgerTotals {
  constructor(
    private readonly parts: readonly TermPart[],
    private readonly totals: ReadonlyMap<Subject, readonly Amounts[]>,
  ) {}

  bySubject(): ReadonlyMap<Subject, Amounts> {
    return new Map([...this.totals].map(([subject, amounts]) => [subject, sumOf(amounts)]));
  }

  /** By the place of a phase, or of a year. */
  byPart(of: "phase" | "year"): ReadonlyMap<number, Amounts> {
    const sums = new Map<number, Amounts>();
    this.parts.forEach((part, index) => {
      const ofPart = [...this.totals.values()].map((amounts) => amounts[index]);
      sums.set(part[of], sumOf([sums.get(part[of]), ...ofPart]));
    });
    return sums;
  }
}

const totalOf = (entry: Entry | undefined): Amounts =>
  entry ? { list: addUp(entry.list), net: addUp(entry.net) } : NOTHING;

export function sumOf(amounts: Iterable<Amounts | undefined>): Amounts {
  const given = [...amounts].filter((each) => each !== undefined);
  return { list: addUp(given.map(({ list }) => list)), net: addUp(given.map(({ net }) => net)) };
}
