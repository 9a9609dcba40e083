import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { toMoney } from "../../platform/graphql/scalars";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import type { LateAdjustment } from "./late-adjustment";
import {
  type LateAdjustmentFilter,
  lateAdjustmentsByContract,
  listLateAdjustments,
  totalLateAdjustments,
} from "./late-adjustment.store";

export async function readLateAdjustments(context: RequestContext, args: PageArgs, filter: LateAdjustmentFilter) {
  context.require("read");
  const page = toPage(args, ["id"]);
  const couldExist = [filter.contractId, filter.customerId].every((id) => id === null || isId(id));
  const [rows, totals] = couldExist
    ? await Promise.all([listLateAdjustments(filter, page), totalLateAdjustments(filter)])
    : [[], []];
  return {
    ...toConnection(page, rows, ({ id }) => [id]),
    totals: totals.map(({ amount, currency, ...total }) => ({ ...total, amount: toMoney(amount, currency) })),
  };
}

export async function lateAdjustmentsOf(
  context: RequestContext,
  { id }: { readonly id: string },
): Promise<readonly LateAdjustment[]> {
  return (await context.load(lateAdjustmentsByContract, id)) ?? [];
}
