import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import type { Allocation } from "../../domain/receivable/allocate-payment";
import { BankLineMatcher, keyOf, type Suggestion } from "../../domain/receivable/match-bank-line";
import { ok, type Result } from "../../domain/result";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalid, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { hashOf } from "./bank-file.store";
import type { BankLine } from "./bank-line";
import { bankLinesById, decideBankLine, lockBankLines, owedInvoices, payersByAccount } from "./bank-line.store";
import { paymentCommand } from "./payment-command";
import type { LedgerScope } from "./receivable";
import { receivePayment } from "./receive-payment";
import { lockDocuments } from "./settlement.store";

/** A suggestion with an id that stays the same as long as it says the same. */
export type LineSuggestion = Suggestion & { readonly id: string; readonly amount: Decimal; readonly line: BankLine };

/** A batch: what lines that are to be matched may pay, by line, the surest first. */
export async function suggestionsByLine(
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LineSuggestion[]>> {
  const lines = [...(await bankLinesById(lineIds)).values()].filter(({ status }) => status === "to_match");
  if (lines.length === 0) return new Map();
  const invoices = await owedInvoices([...new Set(lines.map(({ currency }) => currency))]);
  const accounts = [...new Set(lines.map(({ payerAccount }) => payerAccount).filter((account) => account !== ""))];
  const payers = await payersByAccount(accounts);
  const matcher = new BankLineMatcher({
    invoices,
    names: new Map([...invoices, ...payers].map(({ customerId, customerName }) => [customerId, customerName])),
    payers: new Map(
      [...groupBy(payers, ({ payerAccount }) => payerAccount)].map(([account, own]) => [
        account,
        own.map(({ customerId }) => customerId),
      ]),
    ),
  });
  return new Map(
    lines.map((line) => {
      const amount = new Decimal(line.amount);
      const found = matcher.suggestionsFor({ ...line, amount });
      return [line.id, found.map((each) => ({ ...each, line, amount, id: hashOf(keyOf(each)).slice(0, 24) }))];
    }),
  );
}

type Accepted = { readonly bankLineId: string; readonly suggestionId: string };
const LINES_AT_ONCE = 500;

/** Records what was suggested of lines as payments, all or nothing. A suggestion that is another one by now is refused. */
export const acceptBankLines = paymentCommand({
  name: "acceptBankLines",
  run: async ({ lines: accepted }: { readonly lines: readonly Accepted[] }, { scope, note }) => {
    const ids = accepted.map(({ bankLineId }) => bankLineId);
    if (ids.length === 0 || ids.length > LINES_AT_ONCE) {
      return invalid("LINES_OUT_OF_RANGE", `Accept 1 to ${LINES_AT_ONCE} lines at once.`, ["lines"]);
    }
    const held = await holdToMatch(ids, (place) => ["lines", String(place), "bankLineId"]);
    if (!held.ok) return held;
    const suggestions = await suggestionsByLine(ids);
    const chosen: { readonly place: number; readonly line: BankLine; readonly suggestion: LineSuggestion }[] = [];
    for (const [place, { bankLineId, suggestionId }] of accepted.entries()) {
      const suggestion = suggestions.get(bankLineId)?.find(({ id }) => id === suggestionId);
      if (!suggestion) {
        const message = "What it would pay has changed. Read its suggestions again.";
        return conflict("SUGGESTION_STALE", message, ["lines", String(place), "suggestionId"]);
      }
      chosen.push({ place, line: suggestion.line, suggestion });
    }
    await lockDocuments(chosen.flatMap(({ suggestion }) => suggestion.allocations.map(({ invoiceId }) => invoiceId)));
    const inOrder = chosen.toSorted((a, b) => (a.suggestion.customerId < b.suggestion.customerId ? -1 : 1));
    for (const { place, line, suggestion } of inOrder) {
      const recorded = await record(line, suggestion, suggestion.reasons.join(" "), scope);
      if (!recorded.ok) {
        return { ...recorded, error: { ...recorded.error, path: ["lines", String(place), ...recorded.error.path] } };
      }
      const { customerId, allocations, score } = suggestion;
      note({
        action: "bank_line.accepted",
        subjectType: "bank_line",
        subjectId: line.id,
        after: { paymentId: recorded.value.paymentId, customerId, allocations, score },
      });
    }
    return ok({ bankLineIds: ids });
  },
});

/** Says by hand what a line pays. */
export const assignBankLine = paymentCommand({
  name: "assignBankLine",
  run: async (
    {
      bankLineId,
      customerId,
      allocations,
    }: {
      readonly bankLineId: string;
      readonly customerId: string;
      readonly allocations: readonly Allocation[];
    },
    { scope, note },
  ) => {
    const held = await holdToMatch([bankLineId], () => ["bankLineId"]);
    if (!held.ok) return held;
    const line = held.value.get(bankLineId) as BankLine;
    const recorded = await record(line, { customerId, allocations }, "Assigned by hand.", scope);
    if (!recorded.ok) return recorded;
    const { paymentId } = recorded.value;
    const after = { paymentId, customerId, allocations };
    note({ action: "bank_line.assigned", subjectType: "bank_line", subjectId: bankLineId, after });
    return ok({ bankLineId });
  },
});

/** A line that is nothing that customers owe, such as interest. */
export const ignoreBankLine = paymentCommand({
  name: "ignoreBankLine",
  run: async ({ bankLineId, reason }: { readonly bankLineId: string; readonly reason: string }, { scope, note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 500, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const held = await holdToMatch([bankLineId], () => ["bankLineId"]);
    if (!held.ok) return held;
    await decideBankLine({ id: bankLineId, status: "ignored", paymentId: null, because: reason }, scope);
    note({ action: "bank_line.ignored", subjectType: "bank_line", subjectId: bankLineId, after: { reason } });
    return ok({ bankLineId });
  },
});

/** A line that was ignored is to be matched after all. */
export const restoreBankLine = paymentCommand({
  name: "restoreBankLine",
  run: async ({ bankLineId }: { readonly bankLineId: string }, { scope, note }) => {
    const line = (await lockBankLines([bankLineId])).get(bankLineId);
    if (!line) return notFound("bank line", bankLineId, ["bankLineId"]);
    if (line.status !== "ignored") return conflict("BANK_LINE_NOT_IGNORED", "It is not ignored.", ["bankLineId"]);
    await decideBankLine({ id: bankLineId, status: "to_match", paymentId: null, because: null }, scope);
    const before = { reason: line.decidedBecause };
    note({ action: "bank_line.restored", subjectType: "bank_line", subjectId: bankLineId, before });
    return ok({ bankLineId });
  },
});

async function holdToMatch(
  ids: readonly string[],
  pathOf: (place: number) => readonly string[],
): Promise<Result<ReadonlyMap<string, BankLine>, Refusal>> {
  const lines = await lockBankLines(ids);
  for (const [place, id] of ids.entries()) {
    const line = isId(id) ? lines.get(id) : undefined;
    if (!line) return notFound("bank line", id, pathOf(place));
    if (line.status === "to_match" && ids.indexOf(id) === place) continue;
    const why = line.status === "to_match" ? "It is in the list twice." : DECIDED[line.status];
    return conflict("BANK_LINE_DECIDED", why, pathOf(place));
  }
  return ok(lines);
}

const DECIDED = {
  recorded: "It is recorded as a payment already.",
  ignored: "It is ignored; restore it first.",
  outgoing: "This money went out; only what came in is a payment.",
} as const;

async function record(
  line: BankLine,
  { customerId, allocations }: Pick<Suggestion, "customerId" | "allocations">,
  because: string,
  scope: LedgerScope,
): Promise<Result<{ readonly paymentId: string }, Refusal>> {
  const received = await receivePayment(
    {
      customerId,
      allocations,
      amount: new Decimal(line.amount),
      currency: line.currency,
      receivedOn: line.bookedOn,
      method: "bank_transfer",
      reference: line.reference || null,
      payerName: line.payerName || null,
      payerAccount: line.payerAccount || null,
      note: null,
    },
    scope,
    { source: "bank_file", externalId: null },
  );
  if (!received.ok) return received;
  const { paymentId } = received.value;
  await decideBankLine({ id: line.id, status: "recorded", paymentId, because }, scope);
  return ok({ paymentId });
}
