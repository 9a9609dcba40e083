import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Finding } from "../../domain/close/checklist";
import { moneyText, sum } from "../../domain/money/money";
import { estimatedValues } from "../catalog";
import { unattributedUsage } from "../usage";

/** Usage of the month under aliases of nobody, each with its estimated value in the base currency. */
export async function usageOfNobody(month: PlainMonth): Promise<Finding[]> {
  const { rows } = await unattributedUsage(month);
  const valueOf = await estimatedValues(rows.flatMap(({ metrics }) => metrics));
  return rows.map(({ alias, eventCount, metrics, similarAliases }) => {
    const values = metrics.map(valueOf);
    const known = values.flatMap((value) => value ?? []);
    const [first] = known;
    const value = first && known.length === values.length ? sum(known, first.currency) : null;
    const like = similarAliases.length > 0 ? ` It looks like ${similarAliases.join(", ")}.` : "";
    return {
      subjectId: alias,
      subject: alias,
      problem:
        eventCount === 1
          ? `One event came under an alias of nobody; nobody is billed for it.${like}`
          : `${eventCount} events came under an alias of nobody; nobody is billed for them.${like}`,
      remedy: "Map the alias to a customer and recalculate; or let it pass, with a reason.",
      amount: value && moneyText(value),
      currency: value && value.currency.code,
    };
  });
}
