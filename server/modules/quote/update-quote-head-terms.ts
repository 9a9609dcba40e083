import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import { parseCurrency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok } from "../../domain/result";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { type EditedOn, editTerms, type Place } from "./edit-terms";
import { readTermEnd } from "./read-asked-terms";

/** What is left out stays; null takes away what the quote can do without. */
export type QuoteHeadTerms = EditedOn & {
  readonly changes: {
    readonly name?: string | null | undefined;
    readonly currency?: string | null | undefined;
    readonly startsOn?: PlainDate | null | undefined;
    readonly endsBefore?: PlainDate | null | undefined;
    readonly termMonths?: number | null | undefined;
    readonly anchorOn?: PlainDate | null | undefined;
    readonly firstPeriod?: FirstPeriod | null | undefined;
    readonly paymentTerms?: PaymentTerms | null | undefined;
    readonly poNumber?: string | null | undefined;
    readonly renewal?: AskedRenewal | null | undefined;
    readonly rollsUpUsage?: boolean | null | undefined;
    readonly lateUsage?: LateUsagePolicy | null | undefined;
    readonly notes?: string | null | undefined;
  };
};
type AskedRenewal = {
  readonly months: number;
  readonly noticeDays: number;
  readonly upliftPercent: Decimal | null;
};

const NEVER_NULL = ["name", "currency", "startsOn", "termMonths", "firstPeriod", "rollsUpUsage", "lateUsage"];

const FIELDS = [
  "name",
  "currency",
  "startsOn",
  "endsBefore",
  "anchorOn",
  "paymentTerms",
  "poNumber",
  "renewal",
  "notes",
];
const PLACES: readonly Place[] = FIELDS.map((field) => ({ inTerms: [field], inInput: [field] }));

export const updateQuoteHeadTerms = editTerms({
  name: "updateQuoteHeadTerms",
  edit: (terms, { changes }: QuoteHeadTerms) => {
    const sent = sentFields(changes);
    const problems = new InputProblems();
    problems.checkNotNull(sent, NEVER_NULL);
    if (typeof sent.currency === "string" && !parseCurrency(sent.currency).ok) {
      const message = `"${sent.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`;
      problems.report("CURRENCY_UNKNOWN", message, "currency");
    }
    if (!problems.isEmpty) return invalidInput(problems.found);

    const { termMonths, endsBefore, renewal, ...rest } = sent;
    const head = { ...terms, ...rest } as SaleTerms;
    const end = readTermEnd(
      { startsOn: head.startsOn, endsBefore: endsBefore ?? null, termMonths: termMonths ?? null },
      problems,
    );
    if (!problems.isEmpty) return invalidInput(problems.found);
    const isEndSent = termMonths !== undefined || endsBefore !== undefined;
    const changed: SaleTerms = {
      ...head,
      endsBefore: isEndSent ? end : terms.endsBefore,
      ...(renewal !== undefined && {
        renewal: renewal && { ...renewal, upliftPercent: renewal.upliftPercent?.toFixed() ?? null },
      }),
    };
    return ok({ terms: withPhasesAtEnds(terms, changed), places: PLACES });
  },
});

/** A phase that began or ended with the term still does. */
function withPhasesAtEnds(before: SaleTerms, after: SaleTerms): SaleTerms {
  const last = after.phases.length - 1;
  return {
    ...after,
    phases: after.phases.map((phase, index) => ({
      ...phase,
      startsOn: index === 0 && phase.startsOn === before.startsOn ? after.startsOn : phase.startsOn,
      endsBefore:
        index === last && phase.endsBefore !== null && phase.endsBefore === before.endsBefore
          ? after.endsBefore
          : phase.endsBefore,
    })),
  };
}
