import { addMonths, type PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import { termsFromPrice } from "../../domain/pricing/price-terms";
import type {
  CustomPrice,
  LineDiscount,
  QuoteBound,
  QuoteDiscount,
  QuoteDiscountScope,
  QuoteLine,
  QuoteRampStep,
  SaleTerms,
} from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { type CadenceAsked, type CustomTerms, readCadence, readOptionalCadence, readPriceTerms } from "../catalog";
import type {
  MoneyAsked,
  NewBound,
  NewCharge,
  NewContract,
  NewContractDiscount,
  NewDiscount,
  NewDiscountScope,
  NewRampStep,
} from "../contract";

/** The terms of a sale as they are asked for: without ids, nothing looked up. */
export type AskedTerms = Omit<NewContract, "customerId" | "number" | "billedThroughOn" | "phases"> & {
  /** In the place of endsBefore. */
  readonly termMonths: number | null;
  readonly notes: string | null;
  readonly phases: readonly AskedPhase[];
};

export type AskedPhase = {
  readonly name: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly lines: readonly NewCharge[];
};

type Path = readonly string[];

/**
 * Gives what was asked for its ids, and writes it as terms of a quote: the amounts in the one currency, custom prices as
 * they are stored. What cannot be written so is refused with its place; what it names is checked elsewhere.
 */
export function readAskedTerms(asked: AskedTerms, currency: string): Result<SaleTerms, Problem[]> {
  const reading = new TermsReading(currency);
  const terms = reading.terms(asked);
  const { found } = reading.problems;
  return found.length > 0 ? fail(found) : ok(terms);
}

/** The day after the last of a term, however it is said. */
export function readTermEnd(
  { startsOn, endsBefore, termMonths }: Pick<AskedTerms, "startsOn" | "endsBefore" | "termMonths">,
  problems: InputProblems,
): PlainDate | null {
  if (termMonths === null) return endsBefore;
  if (endsBefore !== null) {
    const message = "The end is said twice: send endsBefore or termMonths, not both.";
    problems.report("END_SAID_TWICE", message, "termMonths");
  }
  if (!(termMonths >= 1 && termMonths <= 120)) {
    problems.report("TERM_OUT_OF_RANGE", `A term has 1 to 120 months, not ${termMonths}.`, "termMonths");
  }
  return addMonths(startsOn, Math.min(Math.max(termMonths, 1), 120));
}

/** What becomes of parts of terms, with the problems on the way; each part can be read by itself. */
export class TermsReading {
  readonly problems = new InputProblems();
  private readonly keyedDiscounts = new Map<string, string>();
  private readonly keyedBounds = new Map<string, string>();

  constructor(private readonly currency: string) {}

  terms(asked: AskedTerms): SaleTerms {
    const { minimums, maximums, discounts, phases, renewal, termMonths: _, ...rest } = asked;
    return {
      ...rest,
      kind: "sale",
      currency: this.currency,
      endsBefore: readTermEnd(asked, this.problems),
      renewal: renewal && { ...renewal, upliftPercent: textOf(renewal.upliftPercent) },
      minimums: minimums.map((bound, index) => this.bound(bound, ["minimums", String(index)])),
      maximums: maximums.map((bound, index) => this.bound(bound, ["maximums", String(index)])),
      discounts: discounts.map((discount, index) => this.discount(discount, ["discounts", String(index)])),
      phases: phases.map((phase, index) => ({
        ...phase,
        id: newId(),
        lines: phase.lines.map((line, place) => this.line(line, ["phases", String(index), "lines", String(place)])),
      })),
    };
  }

  line(asked: NewCharge, path: Path): QuoteLine {
    return {
      id: newId(),
      priceId: asked.priceId,
      customPrice: this.customPrice(asked.customTerms, path),
      quantity: textOf(asked.quantity),
      description: asked.description,
      discounts: asked.discounts.map((discount, index) =>
        this.lineDiscount(discount, [...path, "discounts", String(index)]),
      ),
      trial: asked.trial && { ...asked.trial, percentOff: asked.trial.percentOff.toFixed() },
      ramp: asked.ramp.map((step, index) => this.rampStep(step, [...path, "ramp", String(index)])),
    };
  }

  rampStep(asked: NewRampStep, path: Path): QuoteRampStep {
    const { customTerms, quantity, ...step } = asked;
    return { ...step, id: newId(), quantity: textOf(quantity), customPrice: this.customPrice(customTerms, path) };
  }

  customPrice(asked: CustomTerms | null, path: Path): CustomPrice | null {
    if (asked === null) return null;
    const { cadence: name, cadenceMonths: months, timing } = asked;
    const [read, cadence] = [readPriceTerms(asked), readOptionalCadence({ cadence: name, months })];
    const place = [...path, "customTerms"];
    if (!cadence.ok) this.problems.report(cadence.error.code, cadence.error.message, ...place, "cadenceMonths");
    if (!read.ok) this.problems.report(read.error.code, read.error.message, ...place, ...read.error.path);
    if (!read.ok || !cadence.ok) return null;
    return {
      model: read.value.price.model,
      terms: termsFromPrice(read.value.price),
      ...(cadence.value && { cadence: cadence.value }),
      ...(timing && { timing }),
    };
  }

  lineDiscount(asked: NewDiscount, path: Path): LineDiscount {
    const { key, amount, percent, ...rest } = asked;
    const id = (key !== null && this.keyedDiscounts.get(key)) || newId();
    if (key !== null) this.keyedDiscounts.set(key, id);
    return { ...rest, id, percent: textOf(percent), amount: this.amount(amount, path) };
  }

  bound(asked: NewBound, path: Path): QuoteBound {
    const { key, amount, cadence, cadenceMonths, ...rest } = asked;
    const id = newId();
    if (key !== null) {
      if (this.keyedBounds.has(key)) {
        const message = `Another minimum or maximum has the key "${key}" already. Use each once.`;
        this.problems.report("KEY_TWICE", message, ...path, "key");
      }
      this.keyedBounds.set(key, id);
    }
    const read = cadence === "term" ? cadence : this.cadence({ cadence, months: cadenceMonths }, path);
    return {
      ...rest,
      id,
      amount: this.amount(amount, path) ?? "0",
      cadence: read === null || read === "one_time" ? "monthly" : read,
    };
  }

  discount(asked: NewContractDiscount, path: Path): QuoteDiscount {
    const { amount, percent, cadence, cadenceMonths, scope, ...rest } = asked;
    return {
      ...rest,
      id: newId(),
      percent: textOf(percent),
      amount: this.amount(amount, path),
      cadence: cadence === null ? null : this.cadence({ cadence, months: cadenceMonths }, path),
      scope: this.scope(scope, [...path, "scope"]),
    };
  }

  private scope({ invoice, group, commitment }: NewDiscountScope, path: Path): QuoteDiscountScope {
    if ([invoice, group !== null, commitment !== null].filter(Boolean).length > 1) {
      const message = "A discount has one scope: the invoice, a group of prices, or a commitment. Send one of them.";
      this.problems.report("NOT_ONE_SCOPE", message, ...path);
    }
    if (group) return { kind: "group", lineageIds: group.lineageIds };
    if (!commitment) return { kind: "invoice" };
    const boundId = commitment.boundId ?? (commitment.key === null ? undefined : this.keyedBounds.get(commitment.key));
    if (boundId === undefined) {
      const message = "It is for a commitment that the quote does not have. Name a minimum by its key or its id.";
      this.problems.report("COMMITMENT_UNKNOWN", message, ...path, "commitment");
    }
    return { kind: "commitment", boundId: boundId ?? "" };
  }

  private cadence(asked: CadenceAsked, path: Path) {
    const read = readCadence(asked);
    if (read.ok) return read.value;
    this.problems.report(read.error.code, read.error.message, ...path, "cadenceMonths");
    return null;
  }

  private amount(asked: MoneyAsked | null, path: Path): string | null {
    if (asked !== null && asked.currency !== this.currency) {
      const message = `The amount is in ${asked.currency}, the quote in ${this.currency}. Send it in ${this.currency}.`;
      this.problems.report("CURRENCY_MISMATCH", message, ...path, "amount", "currency");
    }
    return asked && asked.amount.toFixed();
  }
}

const textOf = (value: Decimal | null): string | null => value && value.toFixed();
