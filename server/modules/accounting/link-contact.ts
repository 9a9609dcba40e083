import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { conflict, invalid, notFound } from "../../platform/refusal";
import { customersById } from "../customer";
import { contactsByCustomerId, saveContact } from "./ledger.store";
import { NOT_CONNECTED } from "./xero";
import { enqueueLedger, findConnection } from "./xero-connection.store";

/** Says which contact of Xero a customer is; what was sent before stays where it is. */
export const linkXeroContact = command({
  name: "linkXeroContact",
  permission: "run_billing",
  run: async (
    { customerId, contactId }: { readonly customerId: string; readonly contactId: string },
    { now, note },
  ) => {
    if (!isId(customerId) || !(await customersById([customerId])).has(customerId)) {
      return notFound("customer", customerId, ["customerId"]);
    }
    if (!isId(contactId)) {
      return invalid("CONTACT_ID_MALFORMED", `"${contactId}" is not the id of a contact of Xero, a UUID.`, [
        "contactId",
      ]);
    }
    const before = (await contactsByCustomerId([customerId])).get(customerId) ?? null;
    await saveContact(customerId, contactId, "person", now);
    note({
      action: "accounting.contact_linked",
      subjectType: "customer",
      subjectId: customerId,
      before: before && { contactId: before.externalId },
      after: { contactId },
    });
    return ok({ customerId });
  },
});

/** Reads the books soon, instead of within the hour. */
export const pullAccounting = command({
  name: "pullAccounting",
  permission: "run_billing",
  mayChangeNothing: true,
  run: async (_input: object, { caller }) => {
    if ((await findConnection())?.state !== "connected") return conflict("NOT_CONNECTED", NOT_CONNECTED);
    await enqueueLedger("pull_ledger");
    return ok({ organizationId: caller.organizationId });
  },
});
