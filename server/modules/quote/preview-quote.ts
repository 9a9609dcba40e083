import type { CellEdit } from "../../domain/quote/edit";
import type { QuoteFigures } from "../../domain/quote/quote-figures";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem, Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { type AssumedQuoteUsage, checkAssumed } from "./assumed-quote-usage";
import { type CheckedTerms, checkQuoteTerms } from "./check-quote-terms";
import { inTerms } from "./create-quote";
import { editQuoteCells } from "./edit-quote-cells";
import { AMENDMENT_WITHOUT_FIGURES, checkBillable, figuresOfChecked } from "./figures-of-terms";
import { loadParty, type Party } from "./party";
import type { QuoteVersion } from "./quote";
import { quotesById, versionsByQuote } from "./quote.store";
import type { QuoteEditConflict } from "./quote-edit-conflict";
import { type AskedTerms, readAskedTerms } from "./read-asked-terms";
import { checkedSale } from "./read-quote-problems";

/** Of a saved quote, or of terms that are not saved. */
export type PreviewedTerms =
  | {
      readonly kind: "saved";
      readonly quoteId: string;
      /** null: the current version */
      readonly ordinal: number | null;
      /** Made on it before it is priced, and not saved. */
      readonly edits: readonly CellEdit[];
    }
  | (Party & { readonly kind: "asked"; readonly terms: AskedTerms });

export type PreviewAsked = {
  /** null: neither or both were asked for */
  readonly of: PreviewedTerms | null;
  /** null: no usage, and the contracted seats */
  readonly assumed: AssumedQuoteUsage | null;
};

export type QuotePreview = {
  readonly figures: QuoteFigures | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

/** What a quote comes to, by the engine that will bill it, or what keeps it from being billed. Saves nothing. */
export async function previewQuote(context: RequestContext, { of, assumed }: PreviewAsked): Promise<QuotePreview> {
  const { now } = context.require("read");
  if (of === null) return refused([QUOTE_OR_TERMS]);
  const loaded = await (of.kind === "saved" ? loadSaved(of, now) : readAsked(of, now));
  if (!loaded.ok) return refused(loaded.error);
  const checked = loaded.value;
  const problems = [...inTerms(checkBillable(checked)), ...(assumed ? checkAssumed(assumed, checked) : [])];
  const warnings = inTerms(checked.warnings);
  return problems.length > 0
    ? { figures: null, problems, warnings }
    : { figures: figuresOfChecked(checked, assumed ?? undefined), problems, warnings };
}

const refused = (problems: readonly Problem[]): QuotePreview => ({ figures: null, problems, warnings: [] });

const QUOTE_OR_TERMS: Problem = {
  code: "QUOTE_OR_TERMS",
  message: "A preview is of a saved quote or of terms. Send exactly one of quoteId and terms.",
  path: ["quoteId"],
};

type Previewed = Result<CheckedTerms, readonly Problem[]>;

async function loadSaved(
  { quoteId, ordinal, edits }: PreviewedTerms & { kind: "saved" },
  now: Date,
): Promise<Previewed> {
  const quote = (await quotesById([quoteId])).get(quoteId);
  if (!quote) return fail([{ code: "QUOTE_NOT_FOUND", message: `There is no quote ${quoteId}.`, path: ["quoteId"] }]);
  const versions = (await versionsByQuote([quoteId])).get(quoteId) ?? [];
  const version = versions.find((each) => each.ordinal === (ordinal ?? quote.currentVersion));
  if (!version) {
    const message = `The quote has no version ${ordinal}. It has 1 to ${quote.currentVersion}.`;
    return fail([{ code: "QUOTE_VERSION_NOT_FOUND", message, path: ["versionOrdinal"] }]);
  }
  const { terms } = version;
  if (terms.kind === "amendment") return fail([AMENDMENT_WITHOUT_FIGURES]);
  if (edits.length > 0) {
    const edited = await editQuoteCells({ quote, version, terms }, edits, now);
    return edited.ok ? ok(edited.value.checked) : fail(problemsOfEdits(edited.error, edits));
  }
  const party = await loadParty(quote, terms.currency, now);
  return party.ok ? ok(await checkQuoteTerms(terms, party.value.customer)) : party;
}

/** What keeps edits from being made, each at its edit. */
function problemsOfEdits(refusal: Refusal | QuoteEditConflict, edits: readonly CellEdit[]): readonly Problem[] {
  if (refusal.kind === "InvalidInput") return refusal.problems;
  if (refusal.kind !== "QuoteEditConflict") return [refusal];
  return refusal.conflicts.map(({ path, theirs, isGone, changedBy }) => {
    const who = changedBy ? ` by ${changedBy}` : "";
    const message = isGone
      ? `What the cell belonged to was removed${who}.`
      : `The cell was changed${who} in the meantime, to ${theirs === null ? "nothing" : `"${theirs}"`}.`;
    const index = edits.findIndex((edit) => edit.path === path);
    return { code: "CELL_CHANGED", message, path: ["edits", String(index), "base"] };
  });
}

async function readAsked(
  { terms: asked, ...party }: PreviewedTerms & { kind: "asked" },
  now: Date,
): Promise<Previewed> {
  const loaded = await loadParty(party, asked.currency, now);
  if (!loaded.ok) return loaded;
  const { customer, currency } = loaded.value;
  const terms = readAskedTerms(asked, currency);
  return terms.ok ? ok(await checkQuoteTerms(terms.value, customer)) : fail(inTerms(terms.error));
}

/**
 * What a version comes to without usage; null where its terms cannot be billed. Read by loaders, so that the figures of
 * many quotes take as many statements as those of one.
 */
export async function findFigures(context: RequestContext, version: QuoteVersion): Promise<QuoteFigures | null> {
  context.require("read");
  const { terms } = version;
  if (terms.kind === "amendment") return null;
  const { checked } = await checkedSale(context, version, terms);
  return checkBillable(checked).length > 0 ? null : figuresOfChecked(checked);
}
