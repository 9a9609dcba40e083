import { GraphQLError } from "graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { monthOf, type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import { blocking, type Check, type JudgedFinding, judge } from "../../domain/close/checklist";
import { groupBy } from "../../domain/group-by";
import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money, moneyText, sum } from "../../domain/money/money";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import type { CloseChecklist, ClosingWaiver, MonthClose } from "./close";
import { closesById, listCloses, standingCloses, unattributedUsageLimit, waiversById, waiversOf } from "./close.store";
import { evidenceByClose } from "./evidence.store";
import { draftsNotIssued, staleDrafts } from "./find-drafts";
import { missingNumbers } from "./find-missing-numbers";
import { overridesUnconfirmed } from "./find-overrides";
import { requestsPending } from "./find-pending-requests";
import { usageOfNobody } from "./find-unattributed-usage";
import { sendsFailed, syncsFailed } from "./find-undelivered";
import { variancesUnsigned } from "./find-variances";
import { unissuedDrafts } from "./findings.store";

export async function readChecklist(context: RequestContext, month: PlainMonth): Promise<CloseChecklist> {
  context.require("read");
  const close = (await standingCloses()).find((each) => each.month === month) ?? null;
  return { month, close, checks: close ? close.checklist : await checksOf(month, context.caller.today) };
}

export async function readCloses(context: RequestContext, month: PlainMonth | null): Promise<MonthClose[]> {
  context.require("read");
  return listCloses(month);
}

export const readWaivers = (month: PlainMonth): Promise<ClosingWaiver[]> => waiversOf(month);

export const closeMade = (context: RequestContext, id: string): Promise<MonthClose> => context.mustLoad(closesById, id);

export async function evidenceOf(context: RequestContext, monthCloseId: string) {
  const evidence = await context.load(evidenceByClose, monthCloseId);
  return evidence && { ...evidence, url: `/evidence/${monthCloseId}.zip` };
}

export const waiverMade = (context: RequestContext, id: string): Promise<ClosingWaiver> =>
  context.mustLoad(waiversById, id);

/** Whether closing would be refused for nothing that is known now. */
export async function canClose({ caller }: RequestContext, { month, close, checks }: CloseChecklist): Promise<boolean> {
  const { lockedThrough } = await loadOrganization();
  const isInTurn = lockedThrough === null || month === shiftMonth(lockedThrough, 1);
  return close === null && isInTurn && month < monthOf(caller.today) && blocking(checks).length === 0;
}

const FINDINGS_MAXIMUM = 1_000;

export function findingsShown(findings: readonly JudgedFinding[], first: number): readonly JudgedFinding[] {
  if (first >= 1 && first <= FINDINGS_MAXIMUM) return findings.slice(0, first);
  throw new GraphQLError(`first must be from 1 to ${FINDINGS_MAXIMUM}, not ${first}.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

/** What is left, by currency, in alphabetical order. */
export function amountsOf(
  findings: readonly JudgedFinding[],
): { readonly currency: string; readonly amount: string }[] {
  const left = findings.flatMap(({ amount, currency: code, isWaived }) =>
    amount !== null && code !== null && !isWaived ? [money(amount, currency(code))] : [],
  );
  return [...groupBy(left, (amount) => amount.currency.code)]
    .map(([code, amounts]) => ({ currency: code, amount: moneyText(sum(amounts, currency(code))) }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** What a month is looked at for, as it stands now. A number of statements that does not grow with findings. */
export async function checksOf(month: PlainMonth, today: PlainDate): Promise<readonly Check[]> {
  const waivers = await waiversOf(month);
  const drafts = await unissuedDrafts(month);
  const tolerance = new Decimal(await unattributedUsageLimit());
  return [
    judge("stale_drafts", staleDrafts(drafts), { waivers }),
    judge("usage_unattributed", await usageOfNobody(month), { waivers, tolerance }),
    judge("overrides_unconfirmed", await overridesUnconfirmed(), { waivers }),
    judge("variances_unsigned", await variancesUnsigned(month, today), { waivers }),
    judge("second_person_pending", await requestsPending(), { waivers }),
    judge("drafts_not_issued", draftsNotIssued(drafts), { waivers }),
    judge("sends_failed", await sendsFailed(month), { waivers }),
    judge("syncs_failed", await syncsFailed(month), { waivers }),
    judge("numbers_missing", await missingNumbers(month), { waivers }),
  ];
}
