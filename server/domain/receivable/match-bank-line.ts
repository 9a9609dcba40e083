import { groupBy } from "../group-by";
import { type CurrencyCode, currency } from "../money/currency";
import { addUp, type Decimal, ZERO } from "../money/decimal";
import { type Allocation, byAge, oldestFirst, type UnsettledInvoice } from "./allocate-payment";
import { NumberIndex } from "./invoice-numbers";

export type OwedInvoice = UnsettledInvoice & { readonly customerId: string; readonly currency: CurrencyCode };

/** What is known of who pays. */
export type MatchFacts = {
  readonly invoices: readonly OwedInvoice[];
  /** the names of those who owe them */
  readonly names: ReadonlyMap<string, string>;
  /** customers that paid from an account before, by account */
  readonly payers: ReadonlyMap<string, readonly string[]>;
};

export type LineToMatch = {
  readonly amount: Decimal;
  readonly currency: string;
  readonly payerName: string;
  readonly payerAccount: string;
  readonly reference: string;
};

/** What a line may pay, how sure that is from 0 to 100, and why, in sentences. */
export type Suggestion = {
  readonly customerId: string;
  readonly allocations: readonly Allocation[];
  readonly score: number;
  readonly reasons: readonly string[];
};

const SUGGESTIONS_MAXIMUM = 3;
/** All sums of so many invoices are tried. */
const SUMMED_MAXIMUM = 12;

/**
 * Says what lines of a bank file may pay: the invoices whose numbers the reference names; else those of who is known to pay
 * from the account, or bears the name, by exact amount, sum of all, or sum of some; else whoever owes exactly the amount.
 * What is suggested never pays more than is due. Made once for a file; the best come first.
 */
export class BankLineMatcher {
  private readonly numbers: NumberIndex<OwedInvoice>;
  private readonly byCustomer: ReadonlyMap<string, readonly OwedInvoice[]>;
  private readonly byAmount: ReadonlyMap<string, readonly OwedInvoice[]>;
  private readonly byName: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly facts: MatchFacts) {
    this.numbers = new NumberIndex(facts.invoices);
    this.byCustomer = groupBy(facts.invoices, ownKey);
    this.byAmount = groupBy(facts.invoices, ({ due, currency }) => `${due.toFixed()} ${currency}`);
    const names = groupBy([...facts.names], ([, name]) => spelledName(name));
    this.byName = new Map([...names].map(([name, own]) => [name, own.map(([id]) => id)]));
  }

  suggestionsFor(line: LineToMatch): Suggestion[] {
    if (line.amount.lte(0)) return [];
    const found = [...this.byNumbers(line), ...this.byPayer(line), ...this.byExactAmount(line)];
    const best = new Map<string, Suggestion>();
    for (const each of found.toSorted((a, b) => b.score - a.score)) {
      const key = keyOf(each);
      if (!best.has(key)) best.set(key, each);
    }
    return [...best.values()].slice(0, SUGGESTIONS_MAXIMUM);
  }

  private byNumbers(line: LineToMatch): Suggestion[] {
    const named = this.numbers.namedIn(line.reference).filter(({ currency }) => currency === line.currency);
    return [...groupBy(named, ({ customerId }) => customerId)].map(([customerId, invoices]) => {
      const due = addUp(invoices.map((each) => each.due));
      const isKnown = this.payersOf(line).some((payer) => payer.customerId === customerId);
      const [{ currency: code }] = invoices as [OwedInvoice];
      const money = (amount: Decimal) => `${amount.toFixed(currency(code).minorUnits)} ${code}`;
      const reasons = [`The reference names ${inWords(invoices)}.`];
      const score = line.amount.equals(due) ? 100 : line.amount.lt(due) ? 75 : 70;
      if (line.amount.equals(due)) reasons.push("The amount is exactly what is due.");
      else if (line.amount.lt(due)) reasons.push(`${money(due.minus(line.amount))} less than is due.`);
      else reasons.push(`${money(line.amount.minus(due))} more than is due: it stays on the customer's balance.`);
      if (isKnown && score < 100) reasons.push("The payer is known to be this customer.");
      return {
        customerId,
        allocations: oldestFirst(line.amount, invoices),
        score: score < 100 && isKnown ? score + 5 : score,
        reasons,
      };
    });
  }

  private byPayer(line: LineToMatch): Suggestion[] {
    return this.payersOf(line).flatMap(({ customerId, reason, surety }) => {
      const invoices = this.byCustomer.get(ownKey({ customerId, currency: line.currency })) ?? [];
      const exact = invoices.filter(({ due }) => due.equals(line.amount)).toSorted(byAge);
      const suggest = (chosen: readonly OwedInvoice[], score: number, why: string): Suggestion => ({
        customerId,
        allocations: oldestFirst(line.amount, chosen),
        score: score + surety,
        reasons: [reason, why],
      });
      const [first, second] = exact;
      if (first && !second) return [suggest([first], 80, `Exactly the amount is due of ${first.number}.`)];
      if (first)
        return [
          suggest([first], 65, `Exactly the amount is due of ${exact.length} invoices; ${first.number} is the oldest.`),
        ];
      if (invoices.length === 0)
        return [
          {
            customerId,
            allocations: [],
            score: 20 + surety,
            reasons: [reason, "Nothing is due: it stays on the balance."],
          },
        ];
      const all = addUp(invoices.map(({ due }) => due));
      if (all.equals(line.amount))
        return [suggest(invoices, 75, `The amount is all that is due, of ${invoices.length} invoices.`)];
      const sums = sumsOf(invoices, line.amount);
      const [sum] = sums;
      if (sum && sums.length === 1) return [suggest(sum, 65, `The amount is the sum of ${inWords(sum)}.`)];
      return [suggest(invoices, 30, "No invoice or sum of invoices is of this amount: the oldest due first.")];
    });
  }

  private byExactAmount(line: LineToMatch): Suggestion[] {
    const exact = this.byAmount.get(`${line.amount.toFixed()} ${line.currency}`) ?? [];
    const many = exact.length > 1 ? `Exactly the amount is due of ${exact.length} invoices.` : null;
    return exact.slice(0, SUGGESTIONS_MAXIMUM).map((invoice) => ({
      customerId: invoice.customerId,
      allocations: [{ invoiceId: invoice.id, amount: line.amount }],
      score: many ? 20 : 50,
      reasons: [many ?? `Of ${invoice.number} alone exactly the amount is due.`],
    }));
  }

  /** Customers that the account or the name of the payer stands for, the surest first. */
  private payersOf({ payerAccount, payerName }: LineToMatch): { customerId: string; reason: string; surety: number }[] {
    const before = (payerAccount === "" ? undefined : this.facts.payers.get(payerAccount)) ?? [];
    const named = (payerName === "" ? undefined : this.byName.get(spelledName(payerName))) ?? [];
    const byAccount = before.map((customerId) => ({
      customerId,
      reason: `${this.facts.names.get(customerId) ?? "The customer"} paid from this account before.`,
      surety: before.length === 1 ? 10 : 0,
    }));
    const byName = named
      .filter((customerId) => !before.includes(customerId))
      .map((customerId) => ({
        customerId,
        reason: "The payer has the customer's name.",
        surety: named.length === 1 ? 0 : -10,
      }));
    return [...byAccount, ...byName];
  }
}

/** The same suggestion has the same key, whoever made it. */
export const keyOf = ({ customerId, allocations }: Pick<Suggestion, "customerId" | "allocations">): string =>
  [customerId, ...allocations.map(({ invoiceId, amount }) => `${invoiceId}=${amount.toFixed()}`).toSorted()].join(" ");

const ownKey = ({ customerId, currency }: { readonly customerId: string; readonly currency: string }): string =>
  `${customerId} ${currency}`;

const LEGAL_FORMS =
  /\b(ltd|limited|llc|llp|inc|incorporated|corp|corporation|co|company|plc|gmbh|ag|kg|ug|mbh|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|pty)\b/g;

/** "ACME, Ltd." and "Acme Limited" are one name. */
function spelledName(name: string): string {
  const bare = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ");
  const short = bare.replace(LEGAL_FORMS, " ").replace(/\s+/g, " ").trim();
  return short === "" ? bare.trim() : short;
}

function inWords(invoices: readonly OwedInvoice[]): string {
  const numbers = invoices.map(({ number }) => number);
  const last = numbers.at(-1) ?? "";
  return numbers.length < 2 ? last : `${numbers.slice(0, -1).join(", ")} and ${last}`;
}

/** Which of the oldest invoices add up to an amount; at most two ways, as one of several says nothing. */
function sumsOf(invoices: readonly OwedInvoice[], amount: Decimal): OwedInvoice[][] {
  const candidates = invoices.toSorted(byAge).slice(0, SUMMED_MAXIMUM);
  const found: OwedInvoice[][] = [];
  const visit = (from: number, chosen: readonly OwedInvoice[], left: Decimal): void => {
    if (found.length > 1) return;
    if (left.isZero() && chosen.length > 1) found.push([...chosen]);
    if (left.lte(ZERO)) return;
    for (let place = from; place < candidates.length; place += 1) {
      const next = candidates[place] as OwedInvoice;
      visit(place + 1, [...chosen, next], left.minus(next.due));
    }
  };
  visit(0, [], amount);
  return found;
}
