import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput, notFound } from "../../platform/refusal";
import { type Contract, contractsById } from "../contract";
import { checkAmendmentTerms } from "./check-amendment-terms";
import { checkHead, checkOwner } from "./check-quote-head";
import { isIncompleteness } from "./check-quote-terms";
import { insertQuote, insertVersion, nextQuoteNumber } from "./quote.store";
import { insertQuoteEvent } from "./quote-event.store";
import { type AskedAmendment, type OfContract, readAskedAmendment } from "./read-asked-amendment";
import { externalIdTaken, inTerms, ownerOf } from "./start-quote";

export type NewAmendmentQuote = {
  readonly contractId: string;
  readonly terms: AskedAmendment;
  readonly expiresOn: PlainDate | null;
  /** null: whoever makes it */
  readonly ownerId: string | null;
  readonly externalId: string | null;
  readonly deal: string | null;
};

/** Starts a quote that changes a running contract: an upgrade, a renewal, an extension. */
export const createAmendmentQuote = command({
  name: "createAmendmentQuote",
  permission: "change_quotes",
  run: async (asked: NewAmendmentQuote, { caller, now, today, note }) => {
    const { contractId, expiresOn, externalId, deal } = asked;
    const contract = (await contractsById([contractId])).get(contractId);
    if (!contract) return notFound("contract", contractId, ["contractId"]);
    const problems = [...checkHead({ ...asked, prospect: null }, today), ...(await checkOwner(asked.ownerId))];
    const terms = readAskedAmendment(asked.terms, ofContract(contract));
    if (!terms.ok) return invalidInput([...problems, ...inTerms(terms.error)]);
    const checked = await checkAmendmentTerms(terms.value, contract);
    const wrong = checked.ok ? [] : checked.error.filter((problem) => !isIncompleteness(problem));
    const found = [...problems, ...inTerms(wrong)];
    if (found.length > 0) return invalidInput(found);

    const quoteId = newId();
    const number = await nextQuoteNumber();
    const ownerId = asked.ownerId ?? ownerOf(caller);
    const { customerId } = contract;
    const head = { customerId, prospect: null, contractId, expiresOn, externalId, deal, ownerId, priceBookId: null };
    if (!(await insertQuote({ ...head, id: quoteId, number, kind: "amendment" }, now))) {
      return externalIdTaken(externalId);
    }
    await insertVersion({ quoteId, ordinal: 1, terms: terms.value, createdBy: caller.actor.name }, now);
    const event = { quoteId, versionOrdinal: 1, kind: "created", actor: caller.actor.name, reason: null } as const;
    await insertQuoteEvent({ ...event, facts: {}, happenedAt: now });
    note({
      action: "quote.created",
      subjectType: "quote",
      subjectId: quoteId,
      after: { ...head, number, terms: terms.value },
    });
    return ok({ quoteId, warnings: checked.ok ? inTerms(checked.value.warnings) : [] });
  },
});

/** What terms take from the contract as it is now. */
export const ofContract = ({ name, currency, schedule }: Contract): OfContract => ({
  name,
  currency,
  contractRevision: schedule.revision,
});
