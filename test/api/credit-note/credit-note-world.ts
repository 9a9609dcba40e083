import type { Answer } from "../../testkit/api";
import { type CreditWorld, linesInShort } from "../credit/credit-world";
import type { LateWorld } from "../invoice/late-usage-world";

const AMOUNTS = "net { amount } tax { amount } gross { amount } quantity";

/** What finance does to credit an invoice, and reads of it. */
export function crediting({ finance }: Pick<CreditWorld, "finance">) {
  const terms = { effect: "FINAL", category: "GOODWILL", reason: "Sorry for the outage" };
  return {
    /** The draft, with its lines. */
    async credit(invoiceId: string, lines?: readonly object[], more: object = {}): Promise<Answer> {
      const input = { ...terms, invoiceId, ...(lines && { lines }), ...more };
      return (await finance.done("createCreditNote", `creditNote { ${NOTE} }`, input)).creditNote;
    },
    /** The answer, also where it is a refusal. */
    async tryToCredit(invoiceId: string, lines?: readonly object[], more: object = {}): Promise<Answer> {
      const input = { ...terms, idempotencyKey: crypto.randomUUID(), invoiceId, ...(lines && { lines }), ...more };
      const { createCreditNote } = await finance.data(
        `mutation ($input: CreateCreditNoteInput!) { createCreditNote(input: $input) { __typename
           ... on CreateCreditNoteSuccess { creditNote { ${NOTE} } }
           ... on UserError { code message path } ... on InvalidInput { problems { code message path } }
           ... on AboveCreditable { left { lineId description left { ${AMOUNTS} } } } } }`,
        { input },
      );
      return createCreditNote;
    },
    async invoice(id: string): Promise<Answer> {
      const { invoice } = await finance.data(
        `query ($id: ID!) { invoice(id: $id) { ${NOTE}
           creditNotes { id number status gross { amount } } creditedTotal { ${AMOUNTS} } remainingCreditable { ${AMOUNTS} } } }`,
        { id },
      );
      return invoice;
    },
  };
}

const NOTE = `id number status version documentKind creditEffect creditCategory creditReason creditServiceTiming corrects { id number }
  isStale staleReasons net { amount } tax { amount } gross { amount } exchangeRate { rate net { amount } tax { amount } } paymentStatus
  lines { id kind description quantity unitPrice correctsLineId explanationText net { amount } tax { amount }
    credited { ${AMOUNTS} } remainingCreditable { ${AMOUNTS} } }`;

/** The lines of the invoice that was issued first, without those of credits. */
export async function firstInvoice(world: LateWorld): Promise<Answer> {
  const { id } = await world.find("INVOICE", "FINALIZED");
  return crediting(world).invoice(id);
}

export const inShort = (note: Answer): string[] => linesInShort(note);
export const totals = ({ net, tax, gross }: Answer): string => `${net.amount} + ${tax.amount} = ${gross.amount}`;
