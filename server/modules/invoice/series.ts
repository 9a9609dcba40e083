import { laterOf, type PlainDate, partsOf } from "../../domain/calendar/plain-date";
import { formatNumber, type NumberSeries } from "../../domain/invoice/numbering";
import type { DocumentRules } from "../organization";
import type { DocumentKind } from "./invoice";
import { lockSeries, type Series, type SeriesState, saveSeries } from "./series.store";

/** Invoices and credit notes are numbered each by themselves, with prefixes of their own, beginning anew each year. */
export function seriesOf(kind: DocumentKind, { invoicePrefix, creditNotePrefix }: Prefixes): Series & NumberSeries {
  return { kind, prefix: kind === "invoice" ? invoicePrefix : creditNotePrefix, isYearly: true, digits: 5 };
}

type Prefixes = Pick<DocumentRules, "invoicePrefix" | "creditNotePrefix">;

/** A series under its lock: whoever issues next waits until the numbers are written back, or nothing was issued. */
export class SeriesInUse {
  private taken = 0;

  private constructor(
    private readonly series: Series & NumberSeries,
    private readonly state: SeriesState,
    private readonly today: PlainDate,
    /** Today, but never before the previous number's day. */
    readonly issuedOn: PlainDate,
  ) {}

  static async take(series: Series & NumberSeries, today: PlainDate): Promise<SeriesInUse> {
    const state = await lockSeries(series, today);
    return new SeriesInUse(series, state, today, state.lastIssuedOn ? laterOf(today, state.lastIssuedOn) : today);
  }

  next(): string {
    const counter = this.state.nextCounter + this.taken;
    this.taken += 1;
    return formatNumber(this.series, { year: partsOf(this.issuedOn).year, counter });
  }

  async save(): Promise<void> {
    if (this.taken === 0) return;
    const { nextCounter } = this.state;
    await saveSeries(this.series, this.today, { nextCounter: nextCounter + this.taken, lastIssuedOn: this.issuedOn });
  }
}
