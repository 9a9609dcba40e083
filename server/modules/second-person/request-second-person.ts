import { parseCurrency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { customersById } from "../customer";
import { type Invoice, invoicesById } from "../invoice";
import { type ControlledKind, KIND_WORDS, type SecondPersonRequest } from "./second-person";
import { insertRequest, lockRequest, saveDecision } from "./second-person.store";

type Asked = {
  readonly kind: ControlledKind;
  readonly subjectId: string;
  readonly currency: string;
  readonly amount: Decimal;
  readonly reason: string;
};

/** Asks a second person to let something be done that is above a limit. */
export const requestSecondPerson = command({
  name: "requestSecondPerson",
  permission: "run_billing",
  run: async ({ kind, subjectId, currency, amount, reason }: Asked, { caller, now, note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 1_000, "reason");
    const code = parseCurrency(currency);
    if (!code.ok) problems.report("CURRENCY_UNKNOWN", `"${currency}" is not an ISO 4217 currency code.`, "currency");
    if (amount.lte(0) || amount.decimalPlaces() > 4 || amount.gte("1e15"))
      problems.report("AMOUNT_OUT_OF_RANGE", "Send an amount above 0, with at most four decimal places.", "amount");
    if (!problems.isEmpty || !code.ok) return invalidInput(problems.found);
    const refused = await subjectRefused(kind, subjectId, code.value.code);
    if (refused) return refused;
    const id = newId();
    const request = {
      id,
      kind,
      subjectId: subjectId.toLowerCase(),
      currency: code.value.code,
      amount: amount.toFixed(),
      reason,
      requestedBy: caller.actor.name,
      requesterId: caller.actor.id,
    };
    if (!(await insertRequest({ ...request, requestedAt: now })))
      return conflict("REQUESTED_ALREADY", "Somebody asks for the same already; it waits for a decision.", [
        "subjectId",
      ]);
    note({ action: "second_person.requested", subjectType: "second_person_request", subjectId: id, after: request });
    return ok({ requestId: id });
  },
});

type Refused = Extract<Result<never, Refusal>, { readonly ok: false }>;

/** What each kind is about; a refund is a credit note's, or a customer's. */
async function subjectRefused(kind: ControlledKind, subjectId: string, currency: string): Promise<Refused | null> {
  const id = subjectId.toLowerCase();
  const invoice = isId(id) ? (await invoicesById([id])).get(id) : undefined;
  if (invoice && isSubject(kind, invoice)) {
    return invoice.currency === currency
      ? null
      : conflict("OTHER_CURRENCY", `It is in ${invoice.currency}; ask for an amount in that.`, ["currency"]);
  }
  if (kind === "refund" && isId(id) && (await customersById([id])).has(id)) return null;
  return notFound(SUBJECT_WORDS[kind], subjectId, ["subjectId"]);
}

const SUBJECT_WORDS: { readonly [K in ControlledKind]: string } = {
  manual_change: "draft",
  credit_note: "draft credit note",
  refund: "customer",
  write_off: "issued invoice",
};

function isSubject(kind: ControlledKind, { documentKind, number }: Invoice): boolean {
  switch (kind) {
    case "manual_change":
      return documentKind === "invoice" && number === null;
    case "credit_note":
      return documentKind === "credit_note" && number === null;
    case "refund":
      return documentKind === "credit_note" && number !== null;
    case "write_off":
      return documentKind === "invoice" && number !== null;
  }
}

type Decision = { readonly requestId: string; readonly isApproved: boolean; readonly note: string | null };

/** Another person than who asked lets it be done, or does not. */
export const decideSecondPerson = command({
  name: "decideSecondPerson",
  permission: "run_billing",
  run: async ({ requestId, isApproved, note: text }: Decision, { caller, now, note }) => {
    const pending = await pendingRequest(requestId);
    if (!pending.ok) return pending;
    const { actor } = caller;
    if (actor.id === pending.value.requesterId) {
      return conflict("OWN_REQUEST", "Whoever asks does not decide. Another person of finance has to.", ["requestId"]);
    }
    const state = isApproved ? "approved" : "rejected";
    await saveDecision(pending.value.id, { state, by: actor.name, deciderId: actor.id, at: now, note: text });
    note({
      action: `second_person.${state}`,
      subjectType: "second_person_request",
      subjectId: pending.value.id,
      after: { state, note: text },
    });
    return ok({ requestId: pending.value.id });
  },
});

/** Takes a request back; whoever asked, or anybody else of finance. */
export const withdrawSecondPersonRequest = command({
  name: "withdrawSecondPersonRequest",
  permission: "run_billing",
  run: async ({ requestId }: { readonly requestId: string }, { caller, now, note }) => {
    const pending = await pendingRequest(requestId);
    if (!pending.ok) return pending;
    const { id } = pending.value;
    const { actor } = caller;
    await saveDecision(id, { state: "withdrawn", by: actor.name, deciderId: actor.id, at: now, note: null });
    note({ action: "second_person.withdrawn", subjectType: "second_person_request", subjectId: id });
    return ok({ requestId: id });
  },
});

async function pendingRequest(requestId: string): Promise<Result<SecondPersonRequest, Refusal>> {
  const request = isId(requestId) ? await lockRequest(requestId.toLowerCase()) : null;
  if (!request) return notFound("request", requestId, ["requestId"]);
  if (request.state !== "pending") {
    return conflict(
      "DECIDED_ALREADY",
      `${KIND_WORDS[request.kind]}: it was ${request.state} by ${request.decidedBy}.`,
      ["requestId"],
    );
  }
  return ok(request);
}
