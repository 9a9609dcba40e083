import { invalid, notFound, type Refusal } from "../../platform/refusal";
import { membersById } from "../access";
import type { CustomerTerms } from "./customer";
import { customersBilledTo, customersById, isSameOrAbove } from "./customer.store";

/** What keeps a customer from naming its parent, who is billed for it, or its owner; null: nothing. What it named before is not looked at again. */
export async function checkReferences(
  id: string | null,
  { parentCustomerId: parentId, billToCustomerId: billToId, ownerId }: CustomerTerms,
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
  if (billToId !== null && billToId !== before?.billToCustomerId) {
    const refusal = await checkBillTo(id, billToId);
    if (refusal) return refusal;
  }
  if (ownerId !== null && ownerId !== before?.ownerId && !(await membersById([ownerId])).get(ownerId)?.isActive) {
    return invalid("OWNER_NOT_FOUND", `There is no member ${ownerId} who may sign in. Choose one of members.`, [
      "ownerId",
    ]);
  }
  return null;
}

/** One step alone: who is billed for others pays its own bills, so that it is always plain who has to pay. */
async function checkBillTo(
  id: string | null,
  billToId: string,
): Promise<{ readonly ok: false; readonly error: Refusal } | null> {
  const path = ["billToCustomerId"];
  const billTo = (await customersById([billToId])).get(billToId);
  if (!billTo) return notFound("customer", billToId, path);
  if (billToId === id)
    return invalid("BILLED_TO_ITSELF", "Leave billToCustomerId out where the customer pays its own bills.", path);
  if (billTo.billToCustomerId !== null) {
    const message = `${billTo.legalName} does not pay its own bills. Name the customer who pays them.`;
    return invalid("BILLED_TO_ANOTHER", message, path);
  }
  const others = id === null ? [] : await customersBilledTo(id);
  if (others.length > 0) {
    const whom = others.length === 1 ? "another customer" : `${others.length} other customers`;
    return invalid("BILLED_FOR_OTHERS", `It is billed for ${whom}, so that it has to pay its own bills.`, path);
  }
  return null;
}
