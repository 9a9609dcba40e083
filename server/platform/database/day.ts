import { type PlainDate, plainDate } from "../../domain/calendar/plain-date";

/** Prisma carries a day as the Date of its midnight in UTC; the domain as "2026-10-31". */
export const dayFrom = (date: Date): PlainDate => plainDate(date.toISOString().slice(0, 10));
export const dayOrNullFrom = (date: Date | null): PlainDate | null => date && dayFrom(date);
export const dayTo = (day: PlainDate): Date => new Date(`${day}T00:00:00Z`);
export const dayOrNullTo = (day: PlainDate | null): Date | null => day && dayTo(day);
