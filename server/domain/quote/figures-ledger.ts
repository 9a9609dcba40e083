import type { Period } from "../calendar/period";
import type { Line, ProposedInvoice } from "../invoice/line";
import { allocate } from "../money/allocate";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { money } from "../money/money";
import { type PartServed, partsServed, type TermPart } from "./figures-term";

/** What an amount is for: a line of the quote, or something over several of them. */
export type Subject = string;

export type Amounts = { readonly list: Decimal; readonly net: Decimal };
export const NOTHING: Amounts = { list: ZERO, net: ZERO };

/** What a subject comes to in one part of the term. */
type Entry = { list: Decimal; net: Decimal };

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
  private once = ZERO;

  constructor(
    private readonly parts: readonly TermPart[],
    private readonly subjectOf: SubjectOf,
    private readonly currency: Currency,
  ) {}

  /** Of the net lines, what falls due once. */
  get oneTime(): Decimal {
    return this.once;
  }

  write(side: keyof Amounts, invoices: readonly ProposedInvoice[]): void {
    for (const { lines } of invoices) {
      for (const line of lines) {
        if (side === "net" && line.isOneTime) this.once = this.once.plus(line.net.amount);
        this.writeLine(side, line);
      }
    }
  }

  /** What a line has less for discounts over several lines stands under the discounts. */
  private writeLine(side: keyof Amounts, line: Line): void {
    const own = line.shares.reduce((rest, { share }) => rest.plus(share), line.net.amount);
    if (!own.isZero()) this.spread(side, line, own, line.boundId);
    for (const { discount, share } of line.shares) this.spread(side, line, ZERO.minus(share), discount.id);
  }

  /** Over the parts that a line serves, by their days. */
  private spread(side: keyof Amounts, line: Line, amount: Decimal, overLines: Subject | null): void {
    const parts = this.partsOf(line);
    const amounts = parts.length === 1 ? [amount] : this.byDays(amount, parts);
    parts.forEach(({ index, phase }, place) => {
      const subject = overLines ?? this.subjectOf(line.lineageId ?? "", phase);
      if (subject === null) throw new Error(`nothing to write "${line.description}" under`);
      const entry = this.entryOf(subject, index);
      entry[side] = entry[side].plus(amounts[place] ?? ZERO);
    });
  }

  private entryOf(subject: Subject, part: number): Entry {
    const entries = this.entries.get(subject) ?? [];
    if (entries.length === 0) this.entries.set(subject, entries);
    const known = entries[part];
    if (known) return known;
    const entry = { list: ZERO, net: ZERO };
    entries[part] = entry;
    return entry;
  }

  /** A phase that does not bill the lineage serves nothing of it, though it may lie between two that do. */
  private partsOf({ servicePeriod, lineageId }: Line): readonly PartServed[] {
    const parts = this.served.get(servicePeriod) ?? partsServed(this.parts, servicePeriod);
    this.served.set(servicePeriod, parts);
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

  bySubject(): ReadonlyMap<Subject, Amounts> {
    return new Map([...this.entries].map(([subject, entries]) => [subject, sumOf(entries)]));
  }

  /** By the place of a phase, or of a year. */
  byPart(of: "phase" | "year"): ReadonlyMap<number, Amounts> {
    const sums = new Map<number, Amounts>();
    this.parts.forEach((part, index) => {
      const entries = [...this.entries.values()].map((own) => own[index]);
      sums.set(part[of], sumOf([sums.get(part[of]), ...entries]));
    });
    return sums;
  }
}

export function sumOf(amounts: Iterable<Amounts | undefined>): Amounts {
  let { list, net } = NOTHING;
  for (const each of amounts) {
    if (each === undefined) continue;
    list = list.plus(each.list);
    net = net.plus(each.net);
  }
  return { list, net };
}
