import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { PlainDate } from "../../server/domain/calendar/plain-date";
import { cellsOf } from "../../server/domain/quote/cells";
import { termMonthsOf } from "../../server/domain/quote/cells-of-head";
import type { CellEdit, EditedCells } from "../../server/domain/quote/edit";
import { applyEdits } from "../../server/domain/quote/edit-cells";
import { moveTerms } from "../../server/domain/quote/move-terms";
import type { SaleTerms } from "../../server/domain/quote/quote-terms";
import { anySale, edit, type Sale, someDay, someEdits } from "./quote-cells-world";

// What a new seed finds must not stop an unrelated change; more runs dig.
const LAW_RUNS = process.env["LAW_RUNS"];
const sample = (numRuns: number) => (LAW_RUNS === undefined ? { numRuns, seed: 2026 } : { numRuns: Number(LAW_RUNS) });
const RUNS = sample(100);
const PATIENT = { timeout: 60_000 };

/** A quote with edits of it that go together. */
const editedSale = (most?: number) =>
  anySale
    .chain((sale) => someEdits(sale, most).map((edits) => ({ sale, edits })))
    .filter(({ sale, edits }) => applyEdits(sale.terms, sale.prices, edits).ok);

const apply = ({ terms, prices }: Sale, edits: readonly CellEdit[]): EditedCells => {
  const result = applyEdits(terms, prices, edits);
  if (!result.ok) throw new Error(JSON.stringify(result.error, null, 1));
  return result.value;
};
const shown = ({ terms, prices }: Sale) => new Map(cellsOf(terms, prices).map(({ path, value }) => [path, value]));

test("edits made on what the cells show are taken, but for those that contradict each other", PATIENT, () => {
  fc.assert(
    fc.property(
      anySale.chain((sale) => someEdits(sale).map((edits) => ({ sale, edits }))),
      ({ sale, edits }) => {
        const result = applyEdits(sale.terms, sale.prices, edits);
        if (result.ok) {
          const now = shown({ ...sale, terms: result.value.terms });
          // An emptied price is the listed one, and nothing off no discount.
          const plain = edits.filter(({ path, value }) => value !== null && !path.endsWith("discountPercent"));
          expect(plain.map(({ path }) => [path, now.get(path)])).toEqual(plain.map(({ path, value }) => [path, value]));
        } else {
          expect(result.error.conflicts).toEqual([]);
          for (const { code, cell } of result.error.problems) {
            expect(["CELLS_CONTRADICT", "VALUE_MISSING"]).toContain(code);
            expect(cell?.path).toMatch(CONTRADICTABLE);
          }
        }
      },
    ),
    RUNS,
  );
});
/** What is there as a whole or not at all, what a discount was taken away with, and a price of a model that is not listed. */
const CONTRADICTABLE = /^paymentTerms|^renewal|\.trial\.|\.discounts\.|\.price|\.cadence$/;

test("edits that were taken once are nothing to do the second time", PATIENT, () => {
  fc.assert(
    fc.property(editedSale(), ({ sale, edits }) => {
      const once = apply(sale, edits);
      const twice = apply({ ...sale, terms: once.terms }, edits.filter(isStillThere({ ...sale, terms: once.terms })));
      expect(twice.terms).toEqual(once.terms);
      expect(twice.changed).toEqual([]);
    }),
    RUNS,
  );
});
const isStillThere = (sale: Sale) => {
  const now = shown(sale);
  return ({ path }: CellEdit) => now.has(path);
};

test("the order of edits does not matter", PATIENT, () => {
  fc.assert(
    fc.property(
      editedSale().chain(({ sale, edits }) =>
        fc.shuffledSubarray(edits, { minLength: edits.length }).map((shuffled) => ({ sale, edits, shuffled })),
      ),
      ({ sale, edits, shuffled }) => {
        expect(apply(sale, shuffled).terms).toEqual(apply(sale, edits).terms);
      },
    ),
    RUNS,
  );
});

test("edits of two people on cells that do not hang together come to the same, whoever is first", PATIENT, () => {
  fc.assert(
    fc.property(editedSale(2), ({ sale, edits }) => {
      const [mine, theirs] = edits;
      if (edits.length > 2 || !mine || !theirs || groupOf(mine) === groupOf(theirs)) return;
      const [first, second] = [
        [mine, theirs],
        [theirs, mine],
      ].map((order) => order.reduce((terms, each) => apply({ ...sale, terms }, [each]).terms, sale.terms));
      expect(first).toEqual(second);
    }),
    sample(200),
  );
});
/** The term with its phases, a line with all that is in it, and so on. */
const groupOf = ({ path }: CellEdit): string => {
  if (/lines/.test(path)) return path.split(".").slice(0, 4).join(".");
  return /startsOn|endsBefore|termMonths/.test(path) && !/^(min|max|disc)/.test(path)
    ? "term"
    : (path.split(".")[0] ?? "");
};

test("the edits that undo lead back to the very terms", PATIENT, () => {
  fc.assert(
    fc.property(editedSale(), ({ sale, edits }) => {
      const { terms, undo } = apply(sale, edits);
      expect(apply({ ...sale, terms }, undo).terms).toEqual(sale.terms);
    }),
    sample(200),
  );
});

test("one conflict keeps everything else from happening as well", PATIENT, () => {
  fc.assert(
    fc.property(
      editedSale().filter(({ sale, edits }) => apply(sale, edits).changed.length > 0),
      ({ sale, edits }) => {
        const changes = new Map(apply(sale, edits).changed.map((cell) => [cell.path, cell]));
        // A discount that gets an end in the same edits is shown by another cell afterwards.
        const target = edits.find(({ path }) => changes.has(path) && !path.endsWith("discountPercent"));
        if (!target) return;
        const stale = edits.map((each) => (each === target ? { ...each, base: "something else" } : each));
        const result = applyEdits(sale.terms, sale.prices, stale);
        expect(result.ok).toBe(false);
        if (!result.ok) {
          const { before, after } = changes.get(target.path) ?? {};
          expect(result.error.conflicts).toEqual([
            { path: target.path, base: "something else", mine: after, theirs: before, isGone: false },
          ]);
        }
      },
    ),
    RUNS,
  );
});

test("every cell set to what it shows leaves the terms as they are", PATIENT, () => {
  fc.assert(
    fc.property(anySale, (sale) => {
      const edits = cellsOf(sale.terms, sale.prices)
        .filter(({ shows }) => shows === null)
        .map(({ path, value }) => edit(path, value, value));
      expect(apply(sale, edits)).toEqual({ terms: sale.terms, changed: [], undo: [] });
    }),
    RUNS,
  );
});

test("no two cells have the same path", PATIENT, () => {
  fc.assert(
    fc.property(anySale, ({ terms, prices }) => {
      const paths = cellsOf(terms, prices).map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
    }),
    RUNS,
  );
});

test("terms keep their months and the order of their days wherever they move", PATIENT, () => {
  fc.assert(
    fc.property(anySale, someDay, ({ terms }, startsOn) => {
      const moved = moveTerms(terms, startsOn);
      if (!moved.ok) throw new Error("not moved");
      if (termMonthsOf(terms) !== null) expect(termMonthsOf(moved.value)).toBe(termMonthsOf(terms));
      const daysOf = (each: SaleTerms) => each.phases.map((phase) => phase.startsOn);
      const [[a, b], [movedA, movedB]] = [daysOf(terms), daysOf(moved.value)] as [Days, Days];
      if (a < b) expect(movedA <= movedB).toBe(true);
      expect(a === terms.startsOn ? movedA : startsOn).toBe(startsOn);
    }),
    RUNS,
  );
});
type Days = [PlainDate, PlainDate];
