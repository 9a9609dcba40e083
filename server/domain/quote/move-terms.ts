import { addDays, addMonths, daysBetween, earlierOf, type PlainDate, partsOf } from "../calendar/plain-date";
import { monthOf, monthsBetween } from "../calendar/plain-month";
import { fail, ok, type Result } from "../result";
import type { SaleTerms } from "./quote-terms";

/**
 * The same terms from another first day. Every day lies as many months and days after the start as before, so that the
 * term and its phases keep their lengths; a day that its month does not have is the last of that month. An anchor of its
 * own keeps its day of the month, which is what it is there for. Refused: days beyond the calendar.
 */
export function moveTerms(
  terms: SaleTerms,
  startsOn: PlainDate,
): Result<SaleTerms, { readonly code: "BEYOND_CALENDAR" }> {
  if (!isWithinCalendar(terms, startsOn)) return fail({ code: "BEYOND_CALENDAR" });
  const moved = (day: PlainDate) => movedDay(day, terms.startsOn, startsOn);
  const movedOrNone = (day: PlainDate | null) => day && moved(day);
  const held = <Part extends { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null }>(
    part: Part,
  ) => ({
    ...part,
    startsOn: movedOrNone(part.startsOn),
    endsBefore: movedOrNone(part.endsBefore),
  });
  return ok({
    ...terms,
    startsOn,
    endsBefore: movedOrNone(terms.endsBefore),
    anchorOn: terms.anchorOn && movedAnchor(terms.anchorOn, terms.startsOn, startsOn),
    phases: terms.phases.map((phase) => ({
      ...phase,
      startsOn: moved(phase.startsOn),
      endsBefore: movedOrNone(phase.endsBefore),
      lines: phase.lines.map((line) => ({
        ...line,
        discounts: line.discounts.map((discount) => ({ ...discount, endsBefore: movedOrNone(discount.endsBefore) })),
        ramp: line.ramp.map((step) => ({ ...step, startsOn: movedOrNone(step.startsOn) })),
      })),
    })),
    minimums: terms.minimums.map(held),
    maximums: terms.maximums.map(held),
    discounts: terms.discounts.map(held),
  });
}

function movedDay(day: PlainDate, from: PlainDate, to: PlainDate): PlainDate {
  const months = wholeMonths(from, day);
  const days = daysBetween(addMonths(from, months), day);
  // A shorter month holds its days back, or they would overtake those of the next.
  const last = addDays(addMonths(to, months + 1), -1);
  return earlierOf(addDays(addMonths(to, months), days), last);
}

function movedAnchor(anchorOn: PlainDate, from: PlainDate, to: PlainDate): PlainDate {
  return anchorOn === from ? to : addMonths(anchorOn, monthsBetween(monthOf(from), monthOf(to)));
}

/** The most months that, counted from a day, do not lead beyond another; negative backwards. */
function wholeMonths(from: PlainDate, to: PlainDate): number {
  const months = monthsBetween(monthOf(from), monthOf(to));
  return addMonths(from, months) > to ? months - 1 : months;
}

/** Whether no day of the terms would leave the years that days are written in, with a year to spare. */
function isWithinCalendar(terms: SaleTerms, startsOn: PlainDate): boolean {
  const years = daysOf(terms).map((day) => partsOf(day).year + partsOf(startsOn).year - partsOf(terms.startsOn).year);
  return years.every((year) => year > 1001 && year < 9998);
}

const daysOf = ({ startsOn, endsBefore, anchorOn, phases, minimums, maximums, discounts }: SaleTerms): PlainDate[] =>
  [
    startsOn,
    endsBefore,
    anchorOn,
    ...phases.flatMap((phase) => [
      phase.startsOn,
      phase.endsBefore,
      ...phase.lines.flatMap((line) => [
        ...line.discounts.map((discount) => discount.endsBefore),
        ...line.ramp.map((step) => step.startsOn),
      ]),
    ]),
    ...[...minimums, ...maximums, ...discounts].flatMap((part) => [part.startsOn, part.endsBefore]),
  ].filter((day) => day !== null);
