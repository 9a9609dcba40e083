import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { type Collection, findCollection, saveDispute, savePromise } from "./collection.store";

/** The customer says that an invoice is not right: it is not reminded of, and stands apart in aging. */
export const disputeInvoice = command({
  name: "disputeInvoice",
  permission: "record_payments",
  run: async ({ invoiceId, reason }: { readonly invoiceId: string; readonly reason: string }, { now, note }) => {
    const held = await holdDue(invoiceId, [reason, "reason"]);
    if (!held.ok) return held;
    const { number, disputedAt, disputeReason } = held.value;
    if (disputedAt !== null) {
      return conflict("DISPUTED_BEFORE", `${number} is disputed already: ${disputeReason}`, ["invoiceId"]);
    }
    await saveDispute(invoiceId, reason, now);
    note({ action: "invoice.disputed", subjectType: "invoice", subjectId: invoiceId, after: { reason } });
    return ok({ invoiceId });
  },
});

/** The dispute is over; the resolution says how. */
export const resolveDispute = command({
  name: "resolveDispute",
  permission: "record_payments",
  run: async (
    { invoiceId, resolution }: { readonly invoiceId: string; readonly resolution: string },
    { now, note },
  ) => {
    const held = await hold(invoiceId, [resolution, "resolution"]);
    if (!held.ok) return held;
    const { number, disputedAt, disputeReason } = held.value;
    if (disputedAt === null) return conflict("NOT_DISPUTED", `${number ?? "It"} is not disputed.`, ["invoiceId"]);
    await saveDispute(invoiceId, null, now);
    note({
      action: "invoice.dispute_resolved",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: { disputedAt, reason: disputeReason },
      after: { resolution },
    });
    return ok({ invoiceId });
  },
});

/** The customer promised to pay by a day: it is not reminded of before. Without a day the promise is taken off. */
export const recordPromise = command({
  name: "recordPromise",
  permission: "record_payments",
  mayChangeNothing: true,
  run: async (
    { invoiceId, promisedOn }: { readonly invoiceId: string; readonly promisedOn: PlainDate | null },
    { now, today, note },
  ) => {
    const held = await holdDue(invoiceId);
    if (!held.ok) return held;
    if (promisedOn !== null && promisedOn < today) {
      const problems = new InputProblems();
      problems.report(
        "DAY_IN_PAST",
        `${formatDay(promisedOn)} is over; a promise is for today or later.`,
        "promisedOn",
      );
      return invalidInput(problems.found);
    }
    const before = held.value.promisedOn;
    if (before === promisedOn) return ok({ invoiceId });
    await savePromise(invoiceId, promisedOn, now);
    note({
      action: "invoice.promised",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: { promisedOn: before },
      after: { promisedOn },
    });
    return ok({ invoiceId });
  },
});

async function hold(
  invoiceId: string,
  text?: readonly [text: string, path: string],
): Promise<Result<Collection, Refusal>> {
  const problems = new InputProblems();
  if (text) problems.checkText(text[0], `The ${text[1]}`, 500, text[1]);
  if (!problems.isEmpty) return invalidInput(problems.found);
  const invoice = isId(invoiceId) ? await findCollection(invoiceId) : null;
  return invoice ? ok(invoice) : notFound("invoice", invoiceId, ["invoiceId"]);
}

async function holdDue(...given: Parameters<typeof hold>): Promise<Result<Collection, Refusal>> {
  const held = await hold(...given);
  if (held.ok && !held.value.isDue) {
    return conflict("NOTHING_DUE", `Nothing is due of ${held.value.number ?? "a draft"}.`, ["invoiceId"]);
  }
  return held;
}
