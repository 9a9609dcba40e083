import { formatDay } from "../../domain/calendar/format";
import { addDays } from "../../domain/calendar/plain-date";
import { ok, type Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import type { AliasDays } from "./customer";
import { customersById } from "./customer.store";
import { findAliasOn, insertAlias } from "./customer-alias.store";

export type AliasMapping = AliasDays & { readonly customerId: string; readonly alias: string };

/** Gives an alias to a customer, with the usage that was recorded under it. Takes it from nobody. */
export const mapCustomerAlias = command({
  name: "mapCustomerAlias",
  permission: "change_customers",
  run: mapAlias,
});

/** Maps an alias in the transaction that goes on: refused, it leaves nothing. */
export async function mapAlias(
  { customerId, alias, startsOn, endsBefore }: AliasMapping,
  { now, note }: Pick<CommandScope, "now" | "note">,
): Promise<Result<{ readonly customerId: string; readonly staleInvoices: number }, Refusal>> {
  const problems = new InputProblems();
  problems.checkText(alias, "The alias", 200, "alias");
  if (startsOn !== null && endsBefore !== null && startsOn >= endsBefore) {
    problems.report("PERIOD_WITHOUT_DAYS", `No day lies from ${startsOn} to before ${endsBefore}.`, "endsBefore");
  }
  if (!problems.isEmpty) return invalidInput(problems.found);
  if (!(await customersById([customerId])).has(customerId)) return notFound("customer", customerId, ["customerId"]);

  const mapped = { id: newId(), customerId, alias, startsOn, endsBefore };
  const owner =
    (await findAliasOn(alias, mapped)) ?? ((await insertAlias(mapped, now)) ? null : await findAliasOn(alias, mapped));
  if (owner) {
    return conflict(
      "ALIAS_TAKEN",
      `"${alias}" belongs to ${owner.legalName} ${inWords(owner)} (alias ${owner.id}). End that first, or choose other days.`,
      ["alias"],
    );
  }
  note({ action: "customer_alias.mapped", subjectType: "customer", subjectId: customerId, after: mapped });
  const staleInvoices = await markDraftsStale({
    customerIds: [customerId],
    from: startsOn,
    before: endsBefore,
    reason: "alias",
    now,
  });
  return ok({ customerId, staleInvoices });
}

function inWords({ startsOn, endsBefore }: AliasDays): string {
  const from = startsOn && `from ${formatDay(startsOn)}`;
  const until = endsBefore && `until ${formatDay(addDays(endsBefore, -1))}`;
  return [from, until].filter(Boolean).join(" ") || "on all days";
}
