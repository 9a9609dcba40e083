import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import type { Refusal } from "../../platform/refusal";
import { aliasesByCustomer, type CustomerAlias, mapAlias } from "../customer";
import { atPlace } from "./at-place";
import type { AliasAsked } from "./execution";

/** Gives the customer the aliases of its usage. One that it has on all of the days stays as it is. */
export async function mapAliases(
  customerId: string,
  aliases: readonly AliasAsked[],
  scope: Pick<CommandScope, "now" | "note">,
): Promise<Result<null, Refusal>> {
  if (aliases.length === 0) return ok(null);
  const own = (await aliasesByCustomer([customerId])).get(customerId) ?? [];
  for (const [index, asked] of aliases.entries()) {
    if (own.some((alias) => holdsFor(alias, asked))) continue;
    const mapped = atPlace(["aliases", String(index)], await mapAlias({ customerId, ...asked }, scope));
    if (!mapped.ok) return mapped;
  }
  return ok(null);
}

const holdsFor = (own: CustomerAlias, asked: AliasAsked): boolean =>
  own.alias === asked.alias &&
  (own.startsOn === null || (asked.startsOn !== null && own.startsOn <= asked.startsOn)) &&
  isNotBefore(own.endsBefore, asked.endsBefore);

/** null: no end */
const isNotBefore = (end: PlainDate | null, other: PlainDate | null): boolean =>
  end === null || (other !== null && other <= end);
