import { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";
import { type ApprovalFacts, canonical, type DiscountFact } from "./approval-facts";
import {
  type ApprovalCondition,
  type ApprovalRule,
  type Approver,
  amountInWords,
  countInWords,
  LATE_USAGE,
  percentInWords,
} from "./approval-rule";

/**
 * What exactly is approved: never the whole quote. An approval counts for the same `key` on the same `basis` as long as
 * no degree goes further than it went then.
 */
export type ApprovalSubject = {
  /** What it is about, such as the discount of a line. */
  readonly key: string;
  /** On what it was given, canonically: for whom, and such as the price of the line. */
  readonly basis: string;
  /** How far it goes, as decimal text: less is milder. None: it is so, or it is not. */
  readonly degrees: readonly string[];
  /** Why the rule asks: "Discount 22 % on “Seats” is over 15 %". */
  readonly reason: string;
};

/** One approver to ask, for what one rule applies to. */
export type NeededApproval = Pick<ApprovalRule, "allowsOwn"> & {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly approver: Approver;
  /** How many approvers of the same rule before this one are the same: where a role is asked twice, two people are. */
  readonly turn: number;
  /** At least one. */
  readonly subjects: readonly ApprovalSubject[];
};

/** Whom the rules ask for a quote with these facts, one after the other; nobody: it is approved as it is. */
export function neededApprovals(rules: readonly ApprovalRule[], facts: ApprovalFacts): NeededApproval[] {
  return [...rules].sort(inOrder).flatMap(({ id, name, condition, approvers, allowsOwn }) => {
    const subjects = subjectsOf(condition, facts).map((subject) => ({
      ...subject,
      basis: canonical({ party: facts.party, basis: subject.basis }),
    }));
    if (subjects.length === 0) return [];
    return approvers.map((approver, index) => ({
      ruleId: id,
      ruleName: name,
      approver,
      turn: approvers.slice(0, index).filter((earlier) => isSameApprover(earlier, approver)).length,
      allowsOwn,
      subjects,
    }));
  });
}

const inOrder = (a: ApprovalRule, b: ApprovalRule): number =>
  a.position - b.position || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

export const isSameApprover = (a: Approver, b: Approver): boolean =>
  a.kind === "role" ? b.kind === "role" && a.role === b.role : b.kind === "member" && a.memberId === b.memberId;

/** What in the quote a condition holds for; nothing: the rule does not apply. */
function subjectsOf(condition: ApprovalCondition, facts: ApprovalFacts): ApprovalSubject[] {
  switch (condition.kind) {
    case "discount":
      return facts.discounts
        .filter(
          ({ of, percent }) => (condition.of === "either" || condition.of === of) && percent.gt(condition.overPercent),
        )
        .map((discount) => discountSubject(discount, condition.overPercent));
    case "term": {
      const months = facts.term?.months ?? null;
      if (months === null || months.lte(condition.overMonths)) return [];
      const reason = `Term of ${monthsInWords(months)} is over ${countInWords(condition.overMonths, "month")}`;
      return [{ key: "term", basis: "", degrees: [months.toFixed()], reason }];
    }
    case "no_end":
      return facts.term && facts.term.months === null ? [plain("no_end", "", "Term has no end")] : [];
    case "total":
      return totalSubjects(condition, facts);
    case "currency":
      return condition.otherThan.includes(facts.currency)
        ? []
        : [plain("currency", facts.currency, `Currency is ${facts.currency}, not ${condition.otherThan.join(" or ")}`)];
    case "payment_terms": {
      const days = facts.paymentDays;
      if (days === null || days <= condition.overDays) return [];
      const reason = `Payment after ${countInWords(days, "day")} is over ${countInWords(condition.overDays, "day")}`;
      return [{ key: "payment_terms", basis: "", degrees: [String(days)], reason }];
    }
    case "custom_prices":
      return facts.customPrices.map(({ id, name, basis }) =>
        plain(`custom_price:${id}`, basis, `Price of its own on “${name}”`),
      );
    case "notes":
      return facts.notes === null ? [] : [plain("notes", facts.notes, "Notes of its own")];
    case "renewal":
      return renewalSubjects(condition.is, facts);
    case "uplift_waived": {
      const rule = facts.renewal?.rule;
      const isWaived = rule && (rule.upliftPercent === null || new Decimal(rule.upliftPercent).isZero());
      return isWaived ? [plain("uplift_waived", "", "Renews at the same prices")] : [];
    }
    case "trial":
      return facts.trials
        .filter(({ days }) => days > condition.overDays)
        .map(({ id, name, basis, days, percentOff }) => ({
          key: `trial:${id}`,
          basis,
          degrees: [String(days), percentOff.toFixed()],
          reason: `Trial of ${countInWords(days, "day")} on “${name}” is over ${countInWords(condition.overDays, "day")}`,
        }));
    case "late_usage": {
      const policy = facts.lateUsage;
      if (policy === null || !condition.policies.includes(policy)) return [];
      return [plain("late_usage", policy, `Late usage is ${LATE_USAGE[policy]}`)];
    }
    case "guard_rails":
      return facts.guardRails.map(({ id, basis, degree, reason }) => ({
        key: `guard_rail:${id}`,
        basis,
        degrees: degree === null ? [] : [degree.toFixed()],
        reason,
      }));
    default:
      return unreachable(condition);
  }
}

const plain = (key: string, basis: string, reason: string): ApprovalSubject => ({ key, basis, degrees: [], reason });

function discountSubject({ id, name, basis, percent }: DiscountFact, over: Decimal): ApprovalSubject {
  const of = name === "" ? "" : ` on “${name}”`;
  return {
    key: `discount:${id}`,
    basis,
    degrees: [percent.toFixed()],
    reason: `Discount ${percentInWords(percent)}${of} is over ${percentInWords(over)}`,
  };
}

/** What is approved is the total in the quote's own currency: rates that move ask for nobody's approval again. */
function totalSubjects(
  { overAmount, currency }: Extract<ApprovalCondition, { kind: "total" }>,
  facts: ApprovalFacts,
): ApprovalSubject[] {
  const { total } = facts;
  if (total === null || (currency !== null && currency !== facts.currency)) return [];
  const isOwn = currency !== null || facts.currency === facts.baseCurrency;
  const compared = isOwn ? total.amount : total.inBase;
  const limit = `${amountInWords(overAmount)} ${currency ?? facts.baseCurrency}`;
  const own = `${amountInWords(total.amount)} ${facts.currency}`;
  const subject = { key: "total", basis: facts.currency, degrees: [total.amount.toFixed()] };
  if (compared === null) {
    // Nobody can say that it is below the limit.
    return [{ ...subject, reason: `Total of ${own} cannot be compared with ${limit}: there is no exchange rate` }];
  }
  return compared.gt(overAmount) ? [{ ...subject, reason: `Total of ${own} is over ${limit}` }] : [];
}

function renewalSubjects(is: "present" | "absent", { renewal }: ApprovalFacts): ApprovalSubject[] {
  if (renewal === null || (renewal.rule !== null) !== (is === "present")) return [];
  const { rule } = renewal;
  if (rule === null) return [plain("renewal:absent", "", "Does not renew by itself")];
  const months = countInWords(rule.months, "month");
  const basis = `${rule.months} months, ${rule.noticeDays} days, ${rule.upliftPercent ?? 0} %`;
  return [plain("renewal:present", basis, `Renews by itself for ${months}`)];
}

const monthsInWords = (months: Decimal): string =>
  months.isInteger() ? countInWords(months, "month") : `${months.toDecimalPlaces(1).toFixed()} months`;
