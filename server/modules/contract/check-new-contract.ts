import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import { checkContract } from "../../domain/contract/check-contract";
import { checkRenewalRule, type RenewalRule } from "../../domain/contract/renewal";
import type { Decimal } from "../../domain/money/decimal";
import { type Percent, percentWarnings } from "../../domain/money/percent";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import {
  type Check,
  checkBound,
  checkCharge,
  checkContractDiscount,
  checkKeys,
  checkPercent,
  checkTaxInclusive,
  NAME_LENGTH,
} from "./check-terms";
import { toInputProblem, toPlanProblem, toRenewalProblem } from "./contract-problems";
import { currencyOf, type DraftedContract, type Named } from "./draft-contract";
import { type NewContract, renewalRuleOf } from "./new-contract";

export { NAME_LENGTH } from "./check-terms";
export const PO_NUMBER_LENGTH = 100;
export const NUMBER_LENGTH = 50;

/** Everything that is wrong with a new contract, all at once: what it names, what it says, and how it would be billed. */
export function checkNewContract(input: NewContract, named: Named, draft: DraftedContract): Problem[] {
  const currency = currencyOf(input, named.customer);
  const check: Check = { named, currency, problems: new InputProblems(), contractId: null };
  checkHead(input, check);
  input.phases.forEach((phase, index) => {
    const path = ["phases", String(index)];
    check.problems.checkOptionalText(phase.name, `The name of phase ${index + 1}`, NAME_LENGTH, ...path, "name");
    phase.charges.forEach((charge, place) =>
      checkCharge(charge, phase.startsOn, [...path, "charges", String(place)], check),
    );
  });
  input.minimums.forEach((minimum, index) => checkBound(minimum, ["minimums", String(index)], check));
  input.maximums.forEach((maximum, index) => checkBound(maximum, ["maximums", String(index)], check));
  checkKeys(boundsOf(input), check);
  input.discounts.forEach((discount, index) => checkContractDiscount(discount, ["discounts", String(index)], check));
  checkTaxInclusive(pricesNamed(input, named), null, check);
  return [
    ...check.problems.found,
    ...checkContract(draft.asAsked).map(toInputProblem),
    ...draft.planProblems.map(toPlanProblem),
    ...checkRenewal(renewalRuleOf(input.renewal)),
  ];
}

function checkHead(input: NewContract, check: Check): void {
  const { named, currency, problems } = check;
  if (!named.customer) problems.report("CUSTOMER_NOT_FOUND", `There is no customer ${input.customerId}.`, "customerId");
  if (!currency && input.currency !== null) {
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${input.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "currency",
    );
  }
  problems.checkText(input.name, "The name", NAME_LENGTH, "name");
  problems.checkOptionalText(input.number, "The number", NUMBER_LENGTH, "number");
  problems.checkOptionalText(input.poNumber, "The PO number", PO_NUMBER_LENGTH, "poNumber");
  checkPaymentTerms(input.paymentTerms, problems);
}

export function checkPaymentTerms(terms: PaymentTerms | null, problems: InputProblems): void {
  if (terms && (terms.days < 0 || terms.days > 365)) {
    const message = `Payment terms are 0 to 365 days, not ${terms.days}.`;
    problems.report("PAYMENT_DAYS_OUT_OF_RANGE", message, "paymentTerms", "days");
  }
}

/** What is wrong with a renewal rule, at its place in the input. */
export function checkRenewal(rule: RenewalRule): Problem[] {
  const problems = new InputProblems();
  if (rule.kind === "automatic" && rule.upliftPercent) {
    checkPercent(rule.upliftPercent, "An uplift", ["renewal", "upliftPercent"], problems);
  }
  return [...problems.found, ...checkRenewalRule(rule).map(toRenewalProblem)];
}

const boundsOf = ({ minimums, maximums }: NewContract) => [
  ...minimums.map(({ key }, index) => ({ key, path: ["minimums", String(index)] })),
  ...maximums.map(({ key }, index) => ({ key, path: ["maximums", String(index)] })),
];

/** The prices of charges and of the steps of their ramps, each with its place. */
function pricesNamed({ phases }: NewContract, { prices }: Named) {
  const places = phases.flatMap(({ charges }, phase) =>
    charges.flatMap(({ priceId, ramp }, charge) => {
      const path = ["phases", phase, "charges", charge].map(String);
      const steps = ramp.map((step, index) => ({ priceId: step.priceId, path: [...path, "ramp", String(index)] }));
      return [{ priceId, path }, ...steps];
    }),
  );
  return places.flatMap(({ priceId, path }) => {
    const price = priceId === null ? undefined : prices.get(priceId);
    return price ? [{ price, path }] : [];
  });
}

type Warned = { readonly percent: Decimal | null; readonly path: readonly (string | number)[] };

/** What is taken as it is and may yet be a slip. */
export function warningsOf({ phases, discounts, renewal }: NewContract): Problem[] {
  const ofCharges = phases.flatMap((phase, index) =>
    phase.charges.flatMap(({ discounts: own, trial }, place): Warned[] => {
      const path = ["phases", index, "charges", place];
      return [
        ...own.map(({ percent }, rank) => ({ percent, path: [...path, "discounts", rank, "percent"] })),
        { percent: trial?.percentOff ?? null, path: [...path, "trial", "percentOff"] },
      ];
    }),
  );
  return percentsBelowOne([
    ...ofCharges,
    ...discounts.map(({ percent }, index) => ({ percent, path: ["discounts", index, "percent"] })),
    { percent: renewal?.upliftPercent ?? null, path: ["renewal", "upliftPercent"] },
  ]);
}

export function percentsBelowOne(percents: readonly Warned[]): Problem[] {
  return percents.flatMap(({ percent, path }) => {
    if (!percent) return [];
    return percentWarnings(percent as Percent).map((code) => {
      const [given, meant] = [percent.toFixed(), percent.times(100).toFixed()];
      return {
        code,
        message: `"${given}" means ${given} %. If you meant ${meant} %, send "${meant}".`,
        path: path.map(String),
      };
    });
  });
}
