import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, notFound } from "../../platform/refusal";
import type { SeatChange } from "./contract";
import { lockContract } from "./contract.store";
import { putSeats, seatLineages } from "./seats.store";

export const recordSeats = command({
  name: "recordSeats",
  permission: "record_usage",
  run: async (change: SeatChange, { now, note }) => {
    const { contractId, lineageId, effectiveOn, seats } = change;
    const contract = isId(contractId) ? await lockContract(contractId) : null;
    if (!contract) return notFound("contract", contractId, ["contractId"]);

    const problems = new InputProblems();
    if (seats < 0) problems.report("SEATS_NEGATIVE", `There cannot be ${seats} seats. Send 0 or more.`, "seats");
    if (!isInTerm(effectiveOn, contract)) {
      const term = contract.endsBefore ? `to before ${formatDay(contract.endsBefore)}` : "until further notice";
      problems.report(
        "DAY_OUTSIDE_TERM",
        `${formatDay(effectiveOn)} is no day of the contract, which runs from ${formatDay(contract.startsOn)} ${term}.`,
        "effectiveOn",
      );
    }
    if (!(await seatLineages(contractId)).includes(lineageId)) {
      problems.report(
        "SEAT_LINEAGE_UNKNOWN",
        `The contract ${contract.number} has no seat price of the lineage ${lineageId}.`,
        "lineageId",
      );
    }
    if (!problems.isEmpty) return invalidInput(problems.found);

    const earlier = await putSeats(change, now);
    // A strategy may bill the highest seats so far, so a change reaches beyond the next one.
    const staleInvoices =
      earlier === seats
        ? 0
        : await markDraftsStale({
            customerIds: [contract.customerId],
            from: effectiveOn,
            before: null,
            reason: "contract",
            now,
          });
    const before = earlier === null ? null : { ...change, seats: earlier };
    note({ action: "contract.seats_recorded", subjectType: "contract", subjectId: contractId, before, after: change });
    return ok({ contractId, staleInvoices });
  },
});

const isInTerm = (
  day: PlainDate,
  term: { readonly startsOn: PlainDate; readonly endsBefore: PlainDate | null },
): boolean => term.startsOn <= day && (term.endsBefore === null || day < term.endsBefore);
