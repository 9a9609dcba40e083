import { formatDay } from "../../domain/calendar/format";
import type { Finding } from "../../domain/close/checklist";
import { currency as currencyOf } from "../../domain/money/currency";
import { money, moneyText } from "../../domain/money/money";
import type { UnissuedDraft } from "./findings.store";

/** Drafts whose inputs changed since they were calculated. */
export const staleDrafts = (drafts: readonly UnissuedDraft[]): Finding[] =>
  drafts
    .filter(({ staleReasons }) => staleReasons.length > 0)
    .map((draft) => ({
      ...ofDraft(draft),
      problem: `Changed since it was calculated: ${draft.staleReasons.map(inWords).join(", ")}.`,
      remedy: "Recalculate it.",
    }));

/** Drafts that are still to be issued, with what blocks them. */
export const draftsNotIssued = (drafts: readonly UnissuedDraft[]): Finding[] =>
  drafts.map((draft) => ({
    ...ofDraft(draft),
    problem:
      draft.blockers.length > 0 ? `Cannot be issued: ${draft.blockers.map(inWords).join(", ")}.` : "Not finalized.",
    remedy:
      draft.blockers.length > 0
        ? "Mend what blocks it, recalculate and finalize it; or leave it for a later month, with a reason."
        : "Finalize it; or leave it for a later month, with a reason.",
  }));

const ofDraft = ({ id, customerName, documentKind, billsOn, netTotal, currency }: UnissuedDraft) => ({
  subjectId: id,
  subject: `${customerName}, ${documentKind === "invoice" ? "draft" : "draft credit note"} of ${formatDay(billsOn)}`,
  amount: moneyText(money(netTotal, currencyOf(currency))),
  currency,
});

/** "po_number_missing": "PO number missing" */
const inWords = (name: string): string => name.replaceAll("_", " ").replace(/^po\b/, "PO");
