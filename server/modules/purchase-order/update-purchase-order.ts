import { formatDay } from "../../domain/calendar/format";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { checkPurchaseOrderTerms } from "./check-purchase-order";
import { type PurchaseOrder, type PurchaseOrderChanges, purchaseOrderKey } from "./purchase-order";
import {
  lockPurchaseOrder,
  markDraftsOfOrdersStale,
  purchaseOrdersNamed,
  updatePurchaseOrderRow,
} from "./purchase-order.store";

export type PurchaseOrderChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly [Field in keyof PurchaseOrderChanges]?: PurchaseOrderChanges[Field] | null | undefined };
};

/** Below what is used a limit may go: nothing more is issued against it then. */
export const updatePurchaseOrder = command({
  name: "updatePurchaseOrder",
  permission: "change_customers",
  run: async ({ id, version, changes }: PurchaseOrderChange, { now, note }) => {
    const sent = sentFields(changes);
    const problems = new InputProblems();
    problems.checkNotNull(sent, ["number"]);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const before = isId(id) ? await lockPurchaseOrder(id) : null;
    if (!before) return notFound("purchase order", id);
    if (before.version !== version) return staleVersion("purchase order", before.version);
    const after: PurchaseOrder = { ...before, ...(sent as Partial<PurchaseOrderChanges>) };
    const found = checkPurchaseOrderTerms(after);
    if (!found.isEmpty) return invalidInput(found.found);
    if (after.number !== before.number && (await purchaseOrdersNamed([after])).has(purchaseOrderKey(after))) {
      return conflict(
        "PURCHASE_ORDER_EXISTS",
        `The customer has a purchase order ${after.number} already. Change that one.`,
        ["number"],
      );
    }

    await updatePurchaseOrderRow(after, now);
    const staleInvoices = await markDraftsOfOrdersStale([before, after], now);
    note({
      action: "purchase_order.updated",
      subjectType: "purchase_order",
      subjectId: id,
      before: termsOf(before),
      after: termsOf(after),
    });
    return ok({ purchaseOrderId: id, staleInvoices });
  },
});

const termsOf = ({ number, amountLimit, startsOn, endsBefore, note }: PurchaseOrder) => ({
  number,
  amountLimit: amountLimit?.toFixed() ?? null,
  startsOn: startsOn && formatDay(startsOn),
  endsBefore: endsBefore && formatDay(endsBefore),
  note,
});
