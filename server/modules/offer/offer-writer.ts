import { lastDayOf, type OpenPeriod, type Period } from "../../domain/calendar/period";
import { addDays, addMonths, daysBetween, type PlainDate, partsOf } from "../../domain/calendar/plain-date";
import { monthOf, monthsBetween } from "../../domain/calendar/plain-month";
import type { Currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money, roundToMinorUnit } from "../../domain/money/money";
import { formatMoney, formatPercent } from "../../integrations/pdf/format-amount";
import { formatDay, formatPeriod } from "../../integrations/pdf/format-day";
import type { OfferLocale } from "../../integrations/pdf/offer-document";
import { type OfferWords, offerWords } from "../../integrations/pdf/offer-words";

/** Languages that offers are written in; whatever else a customer reads, English is what both sides understand. */
export const localeOf = (_language: string): OfferLocale => "en-GB";

/** Writes figures, days and spans as a reader of the language does, in one currency. */
export class OfferWriter {
  readonly words: OfferWords;

  constructor(
    locale: OfferLocale,
    readonly currency: Currency,
  ) {
    this.words = offerWords[locale];
  }

  /** With all its digits: "£0.0125", "£15.00". */
  price(amount: Decimal | string): string {
    return formatMoney(new Decimal(amount).toFixed(), this.currency, this.words);
  }

  /** Rounded to the minor unit: "£1,234.50". */
  amount(amount: Decimal): string {
    return this.price(roundToMinorUnit(money(amount, this.currency)).amount);
  }

  count(quantity: Decimal | string): string {
    const [whole = "", fraction] = new Decimal(quantity).toFixed().split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, this.words.groupSeparator);
    return fraction === undefined ? grouped : grouped + this.words.decimalSeparator + fraction;
  }

  percent(percent: Decimal | string): string {
    return formatPercent(new Decimal(percent).toFixed(), this.words);
  }

  day(day: PlainDate): string {
    return formatDay(day, this.words);
  }

  /** Of days that end before this one. */
  lastDay(endsBefore: PlainDate): string {
    return this.day(addDays(endsBefore, -1));
  }

  /** "1 January – 31 December 2027", "1 July 2027 – 30 June 2028", "from 1 January 2027 until further notice" */
  span({ startsOn, endsBefore }: OpenPeriod): string {
    if (endsBefore === null) return this.words.fromOnwards(this.day(startsOn));
    const last = lastDayOf({ startsOn, endsBefore });
    if (last <= startsOn) return this.day(startsOn);
    const isSameYear = partsOf(startsOn).year === partsOf(last).year;
    const first = this.day(startsOn);
    return this.words.span(isSameYear ? first.replace(/ \d{4}$/, "") : first, this.day(last));
  }

  /** "1 Jan – 31 Dec 2027" */
  shortSpan(period: Period): string {
    return formatPeriod(period, this.words);
  }

  /** "12 months", "1 month and 15 days" */
  length({ startsOn, endsBefore }: Period): string {
    const most = monthsBetween(monthOf(startsOn), monthOf(endsBefore));
    const months = addMonths(startsOn, most) <= endsBefore ? most : most - 1;
    return this.words.monthsAndDays(months, daysBetween(addMonths(startsOn, months), endsBefore));
  }

  spanWithLength({ startsOn, endsBefore }: OpenPeriod): string {
    const span = this.span({ startsOn, endsBefore });
    return endsBefore === null || endsBefore <= startsOn
      ? span
      : this.words.withLength(span, this.length({ startsOn, endsBefore }));
  }
}
