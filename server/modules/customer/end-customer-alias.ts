import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { isId } from "../../platform/ids";
import { conflict, notFound } from "../../platform/refusal";
import { deleteAlias, lockAlias, saveAliasEnd } from "./customer-alias.store";

/** Frees an alias from a day on, so that it can be given to another customer. */
export const endCustomerAlias = command({
  name: "endCustomerAlias",
  permission: "change_customers",
  run: async (
    { aliasId, endsBefore }: { readonly aliasId: string; readonly endsBefore: PlainDate | null },
    { now, note },
  ) => {
    const alias = isId(aliasId) ? await lockAlias(aliasId) : null;
    if (!alias) return notFound("customer alias", aliasId, ["aliasId"]);
    if (endsBefore !== null && alias.endsBefore !== null && endsBefore >= alias.endsBefore) {
      return conflict("ALIAS_ENDED", `"${alias.alias}" ends before ${alias.endsBefore} already.`, ["endsBefore"]);
    }

    const isKept = endsBefore !== null && (alias.startsOn === null || endsBefore > alias.startsOn);
    if (isKept) await saveAliasEnd(aliasId, endsBefore);
    else await deleteAlias(aliasId);
    const { customerId } = alias;
    note({
      action: "customer_alias.ended",
      subjectType: "customer",
      subjectId: customerId,
      before: alias,
      after: isKept ? { ...alias, endsBefore } : null,
    });
    const from = isKept ? endsBefore : alias.startsOn;
    const staleInvoices = await markDraftsStale({
      customerIds: [customerId],
      from,
      before: alias.endsBefore,
      reason: "alias",
      now,
    });
    return ok({ customerId, staleInvoices });
  },
});
