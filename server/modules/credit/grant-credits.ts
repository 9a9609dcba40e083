import { addDays, type PlainDate } from "../../domain/calendar/plain-date";
import type { CreditKind } from "../../domain/invoice/prepaid-credits";
import { type Currency, type CurrencyCode, currency, parseCurrency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { lockSchedulesOfCustomer, markDraftsStale } from "../../platform/draft-staleness.store";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, notFound } from "../../platform/refusal";
import { productsById } from "../catalog";
import { customersById } from "../customer";
import { GRACE_DAYS, type GrantTerms } from "./credit";
import { insertCreditEntries } from "./credit-entry.store";
import { insertCreditGrant, lookForLapsedInAnHour } from "./credit-grant.store";

export type NewRollover = {
  readonly percent: Decimal | null;
  readonly maximumAmount: Decimal | null;
  readonly months: number;
};

export type NewCreditGrant = {
  readonly customerId: string;
  readonly kind: CreditKind;
  readonly name: string;
  readonly amount: Decimal;
  /** null: the customer's */
  readonly currency: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly graceDays: number | null;
  readonly priority: number;
  /** null: all */
  readonly productIds: readonly string[] | null;
  readonly rollover: NewRollover | null;
  readonly note: string | null;
};

const LONGEST_GRACE_DAYS = 366;
const LONGEST_ROLLOVER_MONTHS = 120;
const PRODUCTS_MAXIMUM = 100;
const PRIORITY_MAXIMUM = 1_000;
/** Fifteen digits before the point, as amounts are kept. */
const AMOUNT_LIMIT = "1e15";

/** Gives credits to a customer. Drafts that serve its days could draw on them, and become stale. */
export const grantCredits = command({
  name: "grantCredits",
  permission: "run_billing",
  run: async (input: NewCreditGrant, { now, today, note }) => {
    const customer = (await customersById([input.customerId])).get(input.customerId);
    if (!customer) return notFound("customer", input.customerId, ["customerId"]);
    const parsed = parseCurrency(input.currency ?? customer.currency);
    const problems = await checkGrant(input, parsed.ok ? parsed.value : null);
    if (!problems.isEmpty || !parsed.ok) return invalidInput(problems.found);

    const id = newId();
    const grant = termsOf(input, parsed.value.code);
    // Who calculates for the customer meanwhile has committed before, or waits and finds the grant.
    await lockSchedulesOfCustomer(grant.customerId);
    await insertCreditGrant({ ...grant, id, rolledOverFromId: null }, now);
    const { amount, startsOn, endsBefore } = grant;
    const granted = { kind: "granted", effectiveOn: today, invoiceId: null, billingKey: null } as const;
    await insertCreditEntries([{ ...granted, grantId: id, amount }], now);
    if (grant.lapsesOn !== null) await lookForLapsedInAnHour();
    const staleInvoices = await markDraftsStale({
      customerIds: [grant.customerId],
      from: startsOn,
      before: endsBefore,
      reason: "credits",
      now,
    });
    note({ action: "credit_grant.granted", subjectType: "credit_grant", subjectId: id, after: grant });
    return ok({ creditGrantId: id, staleInvoices });
  },
});

function termsOf(input: NewCreditGrant, code: CurrencyCode): GrantTerms {
  const { amount, graceDays, productIds, rollover, currency: _, ...rest } = input;
  const amountText = (value: Decimal) => value.toFixed(currency(code).minorUnits);
  return {
    ...rest,
    currency: code,
    amount: amountText(amount),
    lapsesOn: input.endsBefore && addDays(input.endsBefore, graceDays ?? GRACE_DAYS),
    productIds: productIds ?? [],
    rollover: rollover && {
      percent: rollover.percent?.toFixed() ?? null,
      maximumAmount: rollover.maximumAmount && amountText(rollover.maximumAmount),
      months: rollover.months,
    },
  };
}

async function checkGrant(input: NewCreditGrant, money: Currency | null): Promise<InputProblems> {
  const problems = new InputProblems();
  problems.checkText(input.name, "The name", 100, "name");
  problems.checkOptionalText(input.note, "The note", 500, "note");
  if (!money) {
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${input.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "currency",
    );
  }
  checkAmount(input.amount, money, problems, "amount");
  if (input.endsBefore !== null && input.endsBefore <= input.startsOn) {
    problems.report(
      "PERIOD_WITHOUT_DAYS",
      `No day lies from ${input.startsOn} to before ${input.endsBefore}.`,
      "endsBefore",
    );
  }
  checkRange(input.priority, 0, PRIORITY_MAXIMUM, "PRIORITY_OUT_OF_RANGE", "A priority", problems, "priority");
  if (input.graceDays !== null) {
    if (input.endsBefore === null) {
      problems.report("GRACE_WITHOUT_END", "A grant that does not end needs no days after its end.", "graceDays");
    }
    checkRange(
      input.graceDays,
      0,
      LONGEST_GRACE_DAYS,
      "GRACE_OUT_OF_RANGE",
      "Days after the end",
      problems,
      "graceDays",
    );
  }
  checkRollover(input, money, problems);
  await checkProducts(input.productIds, problems);
  return problems;
}

function checkAmount(amount: Decimal, money: Currency | null, problems: InputProblems, ...path: string[]): void {
  if (amount.lte(0) || amount.gte(AMOUNT_LIMIT)) {
    problems.report("AMOUNT_OUT_OF_RANGE", `An amount of credits is above zero and below ${AMOUNT_LIMIT}.`, ...path);
  } else if (money && amount.decimalPlaces() > money.minorUnits) {
    problems.report("AMOUNT_TOO_PRECISE", `${money.code} has ${money.minorUnits} decimals.`, ...path);
  }
}

function checkRange(
  value: number,
  least: number,
  most: number,
  code: string,
  name: string,
  problems: InputProblems,
  ...path: string[]
): void {
  if (value < least || value > most) {
    problems.report(code, `${name}: from ${least} to ${most}, not ${value}.`, ...path);
  }
}

function checkRollover(
  { rollover, endsBefore }: NewCreditGrant,
  money: Currency | null,
  problems: InputProblems,
): void {
  if (rollover === null) return;
  const { percent, maximumAmount, months } = rollover;
  if (endsBefore === null) {
    problems.report("ROLLOVER_WITHOUT_END", "What does not end does not roll over.", "rollover");
  }
  if (percent === null && maximumAmount === null) {
    problems.report("ROLLOVER_WITHOUT_LIMIT", "Say how much rolls over: a percent, an amount or both.", "rollover");
  }
  if (percent !== null && (percent.lte(0) || percent.gt(100) || percent.decimalPlaces() > 4)) {
    const message = `From above 0 to 100 percent with at most four decimals, not ${percent.toFixed()}.`;
    problems.report("PERCENT_OUT_OF_RANGE", message, "rollover", "percent");
  }
  if (maximumAmount !== null) checkAmount(maximumAmount, money, problems, "rollover", "maximumAmount");
  const path = ["rollover", "months"];
  checkRange(months, 1, LONGEST_ROLLOVER_MONTHS, "MONTHS_OUT_OF_RANGE", "Months", problems, ...path);
}

async function checkProducts(productIds: readonly string[] | null, problems: InputProblems): Promise<void> {
  if (productIds === null) return;
  if (productIds.length === 0 || productIds.length > PRODUCTS_MAXIMUM) {
    const message = `Name 1 to ${PRODUCTS_MAXIMUM} products, or leave them out for all.`;
    problems.report("PRODUCTS_OUT_OF_RANGE", message, "productIds");
    return;
  }
  const known = await productsById(productIds.filter(isId));
  productIds.forEach((id, index) => {
    if (!known.has(id)) {
      problems.report("PRODUCT_NOT_FOUND", `There is no product ${id}.`, "productIds", String(index));
    }
  });
}
