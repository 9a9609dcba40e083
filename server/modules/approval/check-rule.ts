import { parseCurrency } from "../../domain/money/currency";
import type { ApprovalCondition } from "../../domain/quote/approval-rule";
import { unreachable } from "../../domain/unreachable";
import { isAllowed } from "../../platform/access";
import type { InputProblems } from "../../platform/input-problems";
import { membersById } from "../access";
import type { AskedApprover, AskedCondition } from "./approval-rule.inputs";

const APPROVERS_MAXIMUM = 10;
const DAYS_MAXIMUM = 36_500;

export function checkName(name: string, problems: InputProblems): void {
  problems.checkText(name, "The name", 100, "name");
}

export function checkPosition(position: number, problems: InputProblems): void {
  if (position >= 0 && position <= 10_000) return;
  problems.report("POSITION_OUT_OF_RANGE", `A position is 0 to 10000, not ${position}.`, "position");
}

export function checkCondition(asked: AskedCondition, problems: InputProblems): void {
  const [condition] = asked;
  if (!condition || asked.length > 1) {
    const message = `A rule has one condition, not ${asked.length}. For several, make several rules.`;
    problems.report("NOT_ONE_CONDITION", message, "condition");
    return;
  }
  checkLimits(condition, problems);
}

function checkLimits(condition: ApprovalCondition, problems: InputProblems): void {
  switch (condition.kind) {
    case "discount": {
      const { overPercent } = condition;
      if (overPercent.gte(0) && overPercent.lt(100)) return;
      const message = `A discount can be over 0 to 99 %, not over ${overPercent.toFixed()} %.`;
      return problems.report("PERCENT_OUT_OF_RANGE", message, "condition", "discountOver", "percent");
    }
    case "term":
      return checkCount(condition.overMonths, 1_200, "months", "termOverMonths", problems);
    case "payment_terms":
      return checkCount(condition.overDays, 400, "days", "paymentOverDays", problems);
    case "trial":
      return checkCount(condition.overDays, DAYS_MAXIMUM, "days", "trialOverDays", problems);
    case "total": {
      const { overAmount, currency } = condition;
      const path = ["condition", "totalOver"];
      if (overAmount.lt(0) || overAmount.gte("1e15")) {
        const message = `A total is compared with 0 or more, of at most 15 digits; not with ${overAmount.toFixed()}.`;
        problems.report("AMOUNT_OUT_OF_RANGE", message, ...path, "amount");
      }
      return currency === null ? undefined : checkCurrency(currency, [...path, "currency"], problems);
    }
    case "currency":
      checkAny(condition.otherThan, "currencyOtherThan", problems);
      return condition.otherThan.forEach((code, index) => {
        checkCurrency(code, ["condition", "currencyOtherThan", String(index)], problems);
      });
    case "late_usage":
      return checkAny(condition.policies, "lateUsage", problems);
    case "no_end":
    case "custom_prices":
    case "notes":
    case "renewal":
    case "uplift_waived":
    case "guard_rails":
      return;
    default:
      return unreachable(condition);
  }
}

function checkCount(count: number, maximum: number, unit: string, field: string, problems: InputProblems): void {
  if (count >= 0 && count <= maximum) return;
  problems.report("COUNT_OUT_OF_RANGE", `Send 0 to ${maximum} ${unit}, not ${count}.`, "condition", field);
}

function checkCurrency(code: string, path: readonly string[], problems: InputProblems): void {
  if (parseCurrency(code).ok) return;
  problems.report("CURRENCY_UNKNOWN", `"${code}" is not an ISO 4217 currency code. Send one such as "EUR".`, ...path);
}

function checkAny(list: readonly unknown[], field: string, problems: InputProblems): void {
  if (list.length === 0) problems.report("LIST_EMPTY", "Name at least one.", "condition", field);
}

export async function checkApprovers(approvers: readonly AskedApprover[], problems: InputProblems): Promise<void> {
  if (approvers.length === 0) problems.report("APPROVERS_MISSING", "A rule asks somebody.", "approvers");
  if (approvers.length > APPROVERS_MAXIMUM) {
    const message = `A rule asks at most ${APPROVERS_MAXIMUM}, not ${approvers.length}.`;
    problems.report("TOO_MANY_APPROVERS", message, "approvers");
  }
  const members = await membersById(approvers.flatMap(({ memberId }) => memberId ?? []));
  approvers.forEach(({ role, memberId }, index) => {
    const path = ["approvers", String(index)];
    if ((role === null) === (memberId === null)) {
      problems.report("ROLE_OR_MEMBER", "An approver is a role or a member. Send exactly one of them.", ...path);
    } else if (role !== null && !isAllowed(role, "approve_quotes")) {
      const message = `The role ${role.toUpperCase()} may not approve quotes.`;
      problems.report("ROLE_MAY_NOT_APPROVE", message, ...path, "role");
    } else if (memberId !== null) {
      const member = members.get(memberId);
      if (!member?.isActive) {
        problems.report("MEMBER_NOT_FOUND", `There is no member ${memberId}.`, ...path, "memberId");
      } else if (!isAllowed(member.role, "approve_quotes")) {
        const message = `${member.name} may not approve quotes: the role is ${member.role.toUpperCase()}.`;
        problems.report("ROLE_MAY_NOT_APPROVE", message, ...path, "memberId");
      }
      const isTwice = approvers.slice(0, index).some((earlier) => earlier.memberId === memberId);
      if (isTwice)
        problems.report("MEMBER_TWICE", "Nobody approves twice. Name each member once.", ...path, "memberId");
    }
  });
}
