import type { Decimal } from "../../domain/money/decimal";
import type { QuoteLine } from "../../domain/quote/quote-terms";
import { ok } from "../../domain/result";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import type { CustomTerms } from "../catalog";
import type { NewRampStep, NewTrial } from "../contract";
import { type EditedOn, editTerms } from "./edit-terms";
import { findLine, placeOfLine, withLine } from "./find-in-terms";
import { TermsReading } from "./read-asked-terms";

/** What is left out stays; null takes away what the line can do without. */
export type QuoteLineChange = EditedOn & {
  readonly lineId: string;
  readonly changes: {
    /** Another price brings its own terms, unless custom ones are sent with it. */
    readonly priceId?: string | null | undefined;
    readonly customTerms?: CustomTerms | null | undefined;
    readonly quantity?: Decimal | null | undefined;
    readonly description?: string | null | undefined;
    readonly trial?: NewTrial | null | undefined;
    readonly ramp?: readonly NewRampStep[] | null | undefined;
  };
};

export const updateQuoteLine = editTerms({
  name: "updateQuoteLine",
  edit: (terms, { lineId, changes }: QuoteLineChange) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull(sent, ["priceId", "ramp"]);
    if (!nulls.isEmpty) return invalidInput(nulls.found);
    const found = findLine(terms, lineId);
    if (!found.ok) return found;
    const { line } = found.value;
    const reading = new TermsReading(terms.currency);
    const changed = changedLine(line, sent, reading);
    if (!reading.problems.isEmpty) return invalidInput(reading.problems.found);
    return ok({
      terms: withLine(terms, found.value, changed),
      places: [{ inTerms: placeOfLine(found.value), inInput: [] }],
    });
  },
});

function changedLine(line: QuoteLine, sent: QuoteLineChange["changes"], reading: TermsReading): QuoteLine {
  const { priceId, customTerms, quantity, description, trial, ramp } = sent;
  const isOtherPrice = typeof priceId === "string" && priceId !== line.priceId;
  return {
    ...line,
    ...(isOtherPrice && { priceId, customPrice: null }),
    ...(customTerms !== undefined && { customPrice: reading.customPrice(customTerms, []) }),
    ...(quantity !== undefined && { quantity: quantity && quantity.toFixed() }),
    ...(description !== undefined && { description }),
    ...(trial !== undefined && { trial: trial && { ...trial, percentOff: trial.percentOff.toFixed() } }),
    ...(ramp && { ramp: ramp.map((step, index) => reading.rampStep(step, ["ramp", String(index)])) }),
  };
}
