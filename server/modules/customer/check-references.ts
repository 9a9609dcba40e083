import { invalid, notFound, type Refusal } from "../../platform/refusal";
import { membersById } from "../access";
import type { CustomerTerms } from "./customer";
import { customersById, isSameOrAbove } from "./customer.store";

/** What keeps a customer from naming its parent or its owner; null: nothing. What it named before is not looked at again. */
export async function checkReferences(
  id: string | null,
  { parentCustomerId: parentId, ownerId }: CustomerTerms,
  before: CustomerTerms | null,
): Promise<{ readonly ok: false; readonly error: Refusal } | null> {
  if (parentId !== null && parentId !== before?.parentCustomerId) {
    if (!(await customersById([parentId])).has(parentId)) return notFound("customer", parentId, ["parentCustomerId"]);
    if (id !== null && (await isSameOrAbove(id, parentId))) {
      return invalid("PARENT_IN_CIRCLE", "The parent is the customer itself or one of its own children.", [
        "parentCustomerId",
      ]);
    }
  }
  if (ownerId !== null && ownerId !== before?.ownerId && !(await membersById([ownerId])).get(ownerId)?.isActive) {
    return invalid("OWNER_NOT_FOUND", `There is no member ${ownerId} who may sign in. Choose one of members.`, [
      "ownerId",
    ]);
  }
  return null;
}
