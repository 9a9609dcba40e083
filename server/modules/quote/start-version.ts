import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CellEdit, ChangedCell } from "../../domain/quote/edit";
import { isExpired } from "../../domain/quote/quote-life";
import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { invalid, type Problem, type Refusal } from "../../platform/refusal";
import { type EditedQuoteCells, editQuoteCells } from "./edit-quote-cells";
import { notASale } from "./lock-for-edit";
import type { LockedQuote } from "./lock-version";
import type { Quote, QuoteVersion } from "./quote";
import { insertVersion, saveQuote, supersedeVersion } from "./quote.store";
import type { QuoteEditConflict } from "./quote-edit-conflict";
import { insertQuoteEvent } from "./quote-event.store";
import { saveEditedTerms } from "./save-edited-terms";
import { statusAfterAct } from "./status-after-act";

export type VersionToStart = {
  /** Made on the cells of the version that is followed. */
  readonly edits: readonly CellEdit[];
  /** The last day on which the new version can be signed; null: as before. */
  readonly expiresOn: PlainDate | null;
  /** Why, in the words of whoever starts it. */
  readonly note: string | null;
};

export type StartedVersion = LockedQuote & {
  readonly changed: readonly ChangedCell[];
  readonly undo: readonly CellEdit[];
  /** What keeps it from being submitted, and what may yet be a slip; known where it was edited. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

/**
 * Lets a draft follow the version of a locked quote that was sent, signed, declined or expired, and supersedes that. What
 * becomes of its signatures is the caller's to do, in the same transaction.
 */
export async function startVersion(
  { quote, version }: LockedQuote,
  { edits, expiresOn, note: reason }: VersionToStart,
  scope: Pick<CommandScope, "caller" | "now" | "today" | "note">,
): Promise<Result<StartedVersion, Refusal | QuoteEditConflict>> {
  const { caller, now, today, note } = scope;
  const status = statusAfterAct(quote, "start_version", today);
  if (!status.ok) return status;
  const expiry = expiryOf(quote, expiresOn, today);
  if (!expiry.ok) return expiry;
  const edited = await editedTerms(quote, version, edits, now);
  if (!edited.ok) return edited;

  const actor = caller.actor.name;
  await supersedeVersion(version, now);
  const ordinal = version.ordinal + 1;
  const started = await insertVersion({ quoteId: quote.id, ordinal, terms: version.terms, createdBy: actor }, now);
  const head = { ...quote, status: status.value, currentVersion: ordinal, expiresOn: expiry.value, statusReason: null };
  const saved = await saveQuote(head, now);
  const event = { quoteId: quote.id, versionOrdinal: ordinal, kind: "version_started", actor, reason } as const;
  const facts = { follows: version.ordinal, status: quote.status };
  await insertQuoteEvent({ ...event, facts, happenedAt: now });
  note({
    action: "quote.version_started",
    subjectType: "quote",
    subjectId: quote.id,
    before: { version: version.ordinal, status: quote.status, expiresOn: quote.expiresOn },
    after: { version: ordinal, status: saved.status, expiresOn: saved.expiresOn },
  });
  const locked = { quote: saved, version: started };
  if (edited.value === null) return ok({ ...locked, changed: [], undo: [], problems: [], warnings: [] });
  const { terms, changed, undo, problems, warnings } = edited.value;
  const current = await saveEditedTerms(locked, { terms, edits: edited.value.edits, note: reason }, scope);
  return ok({ ...current, changed, undo, problems, warnings });
}

/** An offer that is over needs another last day, or its successor would be over as well. */
function expiryOf(quote: Quote, asked: PlainDate | null, today: PlainDate): Result<PlainDate | null, Refusal> {
  if (asked !== null && asked < today) {
    return invalid("EXPIRED_ALREADY", `${asked} is over. Send today or a later day.`, ["expiresOn"]);
  }
  if (asked === null && isExpired(quote, today) && quote.expiresOn !== null) {
    const message = `${quote.number} expired on ${formatDay(quote.expiresOn)}. Say until when its new version can be signed: send expiresOn.`;
    return invalid("EXPIRY_NEEDED", message, ["expiresOn"]);
  }
  return ok(asked ?? quote.expiresOn);
}

async function editedTerms(
  quote: Quote,
  version: QuoteVersion,
  edits: readonly CellEdit[],
  now: Date,
): Promise<Result<EditedQuoteCells | null, Refusal | QuoteEditConflict>> {
  if (edits.length === 0) return ok(null);
  const { terms } = version;
  return terms.kind === "sale" ? editQuoteCells({ quote, version, terms }, edits, now) : notASale(quote);
}
