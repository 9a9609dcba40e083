import { addMonths, type PlainDate, partsOf } from "../calendar/plain-date";
import { monthOf, monthsBetween } from "../calendar/plain-month";
import { type Field, field, oneOf, oneOfOrNone, optional, required, TEN_YEARS, wholeFrom } from "./cell";
import { numberOf, numberText } from "./cell-number";
import type { QuotePhase, QuoteRenewal, SaleTerms } from "./quote-terms";

/** The whole months of a term; null: it has no end, or a part of a month. */
export function termMonthsOf({ startsOn, endsBefore }: Pick<SaleTerms, "startsOn" | "endsBefore">): number | null {
  if (endsBefore === null) return null;
  const months = monthsBetween(monthOf(startsOn), monthOf(endsBefore));
  return months > 0 && addMonths(startsOn, months) === endsBefore ? months : null;
}

/** Beyond the year 9999 there are no days. */
const endsInCalendar = ({ startsOn }: Pick<SaleTerms, "startsOn">): boolean =>
  partsOf(startsOn).year + TEN_YEARS.months / 12 < 9999;

/** The cells of the terms as a whole. The months of the term come after its start, from which they are counted. */
export function fieldsOfHead(terms: SaleTerms): Field<SaleTerms>[] {
  return [
    field({
      name: "name",
      title: "Name",
      format: required("text"),
      value: terms.name,
      write: (old, name) => ({ ...old, name: name ?? "" }),
    }),
    field({
      name: "startsOn",
      title: "Start",
      format: required("day"),
      value: terms.startsOn,
      write: (old, day) => ({ ...old, startsOn: day as PlainDate }),
    }),
    field({
      name: "termMonths",
      title: "Term, months",
      format: wholeFrom(1, TEN_YEARS.months),
      value: numberText(termMonthsOf(terms)),
      shows: "endsBefore",
      write: (old, text) => {
        const months = numberOf(text);
        if (months === null) return { ...old, endsBefore: null };
        return endsInCalendar(old) ? { ...old, endsBefore: addMonths(old.startsOn, months) } : old;
      },
    }),
    field({
      name: "endsBefore",
      title: "Ends before",
      format: optional("day"),
      value: terms.endsBefore,
      write: (old, day) => ({ ...old, endsBefore: day as PlainDate | null }),
    }),
    field({
      name: "anchorOn",
      title: "Periods begin on the day of",
      format: optional("day"),
      value: terms.anchorOn,
      standard: terms.startsOn,
      write: (old, day) => ({ ...old, anchorOn: day as PlainDate | null }),
    }),
    field({
      name: "firstPeriod",
      title: "First full period",
      format: oneOf(["anchor", "calendar"]),
      value: terms.firstPeriod,
      write: (old, rule) => ({ ...old, firstPeriod: rule as SaleTerms["firstPeriod"] }),
    }),
    field({
      name: "poNumber",
      title: "PO number",
      format: optional("text"),
      value: terms.poNumber,
      write: (old, poNumber) => ({ ...old, poNumber }),
    }),
    ...fieldsOfPaymentTerms(terms),
    ...fieldsOfRenewal(terms),
    field({
      name: "lateUsage",
      title: "Late usage",
      format: oneOf(["next_invoice", "credit_and_rebill", "ignore_with_report"]),
      value: terms.lateUsage,
      write: (old, policy) => ({ ...old, lateUsage: policy as SaleTerms["lateUsage"] }),
    }),
    field({
      name: "rollsUpUsage",
      title: "Usage of children counts",
      format: oneOf(["true", "false"]),
      value: String(terms.rollsUpUsage),
      write: (old, text) => ({ ...old, rollsUpUsage: text === "true" }),
    }),
    field({
      name: "notes",
      title: "Notes",
      format: optional("text"),
      value: terms.notes === "" ? null : terms.notes,
      write: (old, notes) => ({ ...old, notes }),
    }),
  ];
}

// ── What exists as a whole or not at all. Stand-ins hold it while its cells are written one by one; settleHead takes
//    them away where what makes it whole was not written. ──────────────────────────────────────────────────────────────

type OwnPaymentTerms = NonNullable<SaleTerms["paymentTerms"]>;
const NO_PAYMENT_TERMS: OwnPaymentTerms = { kind: "net_days", days: -1 };
const NO_RENEWAL: QuoteRenewal = { months: 0, noticeDays: 0, upliftPercent: null };

/** Payment terms have days; without them the kind says nothing. */
function fieldsOfPaymentTerms({ paymentTerms }: SaleTerms): Field<SaleTerms>[] {
  return [
    field({
      name: "paymentTerms.kind",
      title: "Payment terms",
      format: oneOfOrNone(["net_days", "end_of_month"]),
      value: paymentTerms?.kind ?? null,
      write: (old, kind) => ({
        ...old,
        paymentTerms:
          kind === null
            ? NO_PAYMENT_TERMS
            : { ...(old.paymentTerms ?? NO_PAYMENT_TERMS), kind: kind as OwnPaymentTerms["kind"] },
      }),
    }),
    field({
      name: "paymentTerms.days",
      title: "Payment terms, days",
      format: wholeFrom(0, 365),
      value: numberText(paymentTerms?.days ?? null),
      write: (old, days) => ({
        ...old,
        paymentTerms: { ...(old.paymentTerms ?? NO_PAYMENT_TERMS), days: numberOf(days) ?? NO_PAYMENT_TERMS.days },
      }),
    }),
  ];
}

/** A renewal has months; without them the contract ends with its term. */
function fieldsOfRenewal({ renewal }: SaleTerms): Field<SaleTerms>[] {
  const write =
    (change: (old: QuoteRenewal, text: string | null) => QuoteRenewal): Field<SaleTerms>["write"] =>
    (old, text) => ({ ...old, renewal: change(old.renewal ?? NO_RENEWAL, text) });
  return [
    field({
      name: "renewal.months",
      title: "Renews for months",
      format: wholeFrom(1, TEN_YEARS.months),
      value: numberText(renewal?.months ?? null),
      write: write((old, months) => ({ ...old, months: numberOf(months) ?? NO_RENEWAL.months })),
    }),
    field({
      name: "renewal.noticeDays",
      title: "Notice, days",
      format: wholeFrom(0, 366),
      value: numberText(renewal?.noticeDays ?? null),
      write: write((old, days) => ({ ...old, noticeDays: numberOf(days) ?? NO_RENEWAL.noticeDays })),
    }),
    field({
      name: "renewal.upliftPercent",
      title: "Uplift at renewal",
      format: optional("percent"),
      value: renewal?.upliftPercent ?? null,
      write: write((old, upliftPercent) => ({ ...old, upliftPercent })),
    }),
  ];
}

export function settleHead(terms: SaleTerms): SaleTerms {
  const { paymentTerms, renewal } = terms;
  return {
    ...terms,
    paymentTerms: paymentTerms && paymentTerms.days < 0 ? null : paymentTerms,
    renewal: renewal && renewal.months < 1 ? null : renewal,
  };
}

/** The cells of a phase itself; its lines have their own. */
export function fieldsOfPhase(phase: QuotePhase, standardName: string): Field<QuotePhase>[] {
  return [
    field({
      name: "name",
      title: "Name",
      format: optional("text"),
      value: phase.name,
      standard: standardName,
      write: (old, name) => ({ ...old, name }),
    }),
    field({
      name: "startsOn",
      title: "Start",
      format: required("day"),
      value: phase.startsOn,
      write: (old, day) => ({ ...old, startsOn: day as PlainDate }),
    }),
    field({
      name: "endsBefore",
      title: "Ends before",
      format: optional("day"),
      value: phase.endsBefore,
      write: (old, day) => ({ ...old, endsBefore: day as PlainDate | null }),
    }),
  ];
}
