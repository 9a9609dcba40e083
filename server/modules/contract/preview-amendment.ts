import { formatDay } from "../../domain/calendar/format";
import { addMonths, earlierOf, type PlainDate } from "../../domain/calendar/plain-date";
import { compareContracts } from "../../domain/contract/describe-change";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { billedLines } from "../invoice";
import { loadAmendable } from "./amendable";
import { contractsById } from "./contract.store";
import { billedTwiceInWords, usageBilledTwice } from "./metered-twice.store";
import type { NewAmendment } from "./new-amendment";
import { LONGEST_PREVIEW_MONTHS } from "./preview-contract";
import { type AmendmentPreview, proposeAmended } from "./propose-amended";
import { acceptAmendment } from "./record-amendment";

const refused = (problems: readonly Problem[]): AmendmentPreview => ({
  comparison: null,
  before: null,
  after: null,
  difference: null,
  problems,
});

type Asked = { readonly contractId: string; readonly amendment: NewAmendment; readonly throughOn: PlainDate | null };

/** What an amendment would change, and what billing would propose by it, with usage and seats as they are. Saves nothing. */
export async function previewAmendment(
  context: RequestContext,
  { contractId, amendment, throughOn }: Asked,
): Promise<AmendmentPreview> {
  const { today } = context.require("read");
  const head = (await contractsById([contractId])).get(contractId);
  if (!head) {
    const message = `There is no contract ${contractId}.`;
    return refused([{ code: "CONTRACT_NOT_FOUND", message, path: ["contractId"] }]);
  }
  const through = throughOn ?? today;
  const latest = addMonths(head.startsOn > today ? head.startsOn : today, LONGEST_PREVIEW_MONTHS);
  if (through > latest) {
    const message = `A preview reaches ten years ahead at the most. Send ${formatDay(latest)} or an earlier day.`;
    return refused([{ code: "PREVIEW_TOO_LONG", message, path: ["throughOn"] }]);
  }
  const accepted = await acceptAmendment(await loadAmendable(head), amendment);
  if (!accepted.ok) return refused(accepted.error);

  const { before, after } = accepted.value;
  const twice = head.schedule.status === "draft" ? [] : await usageBilledTwice(head, after.contract);
  if (twice.length > 0) {
    return refused([{ code: "USAGE_BILLED_TWICE", message: billedTwiceInWords(twice), path: ["changes"] }]);
  }
  const from = earlierOf(before.startsOn, through);
  const billed = (await billedLines([{ contractId: head.id, from }])).get(head.id) ?? [];
  const proposed = await proposeAmended({ before, after: after.contract }, { billed, from, through });
  return { ...proposed, comparison: compareContracts(before, after.contract), problems: [] };
}
