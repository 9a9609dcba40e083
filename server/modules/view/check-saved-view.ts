import { type Condition, testsOf } from "../../domain/view/condition";
import { isViewColumn, VIEW_COLUMNS } from "../../domain/view/view-columns";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { notFound, type Problem, type Refusal } from "../../platform/refusal";
import { productsById } from "../catalog";
import { contractsById } from "../contract";
import { customersById } from "../customer";
import type { ViewTerms } from "./saved-view";

const SORT_MAXIMUM = 5;

/** What is wrong with a view, all at once; its filter was checked when it was read. */
export function checkSavedView(terms: Omit<ViewTerms, "filter">): Problem[] {
  const { name, isShared, sharedWithRoles, columns, sort, thresholdAmount, thresholdPercent } = terms;
  const problems = new InputProblems();
  problems.checkText(name, "The name", 100, "name");
  if (columns.length === 0) {
    problems.report(
      "COLUMNS_MISSING",
      "A view shows at least one column. Leave columns out for the usual ones.",
      "columns",
    );
  }
  checkColumns(columns, problems, (index) => ["columns", String(index)]);
  checkColumns(
    sort.map(({ column }) => column),
    problems,
    (index) => ["sort", String(index), "column"],
  );
  if (sort.length > SORT_MAXIMUM)
    problems.report("TOO_MANY_SORT_KEYS", `A view sorts by up to ${SORT_MAXIMUM} columns, not ${sort.length}.`, "sort");
  if (!isShared && sharedWithRoles.length > 0)
    problems.report(
      "ROLES_WITHOUT_SHARING",
      "sharedWithRoles says who sees a shared view. Set isShared too, or leave the roles out.",
      "sharedWithRoles",
    );
  for (const [field, value] of Object.entries({ thresholdAmount, thresholdPercent })) {
    if (value?.isNegative()) problems.report("THRESHOLD_NEGATIVE", `${field} must not be below zero.`, field);
  }
  return problems.found;
}

function checkColumns(
  keys: readonly string[],
  problems: InputProblems,
  pathOf: (index: number) => readonly string[],
): void {
  keys.forEach((key, index) => {
    if (!isViewColumn(key)) {
      problems.report(
        "COLUMN_UNKNOWN",
        `There is no column "${key}". There are: ${VIEW_COLUMNS.join(", ")}.`,
        ...pathOf(index),
      );
    } else if (keys.indexOf(key) < index) {
      problems.report("COLUMN_TWICE", `The column ${key} is named twice.`, ...pathOf(index));
    }
  });
}

/** The first customer, contract or product that the filter names and that does not exist. */
export async function unknownSubject(filter: Condition): Promise<{ ok: false; error: Refusal } | null> {
  const named = (field: "customerIds" | "contractIds" | "productIds") =>
    testsOf(filter).flatMap((asked) => (asked.field === field ? asked.test : []));
  const [customerIds, contractIds, productIds] = [named("customerIds"), named("contractIds"), named("productIds")];
  const subjects = [
    { thing: "customer", field: "customerIds", ids: customerIds, known: await known(customersById, customerIds) },
    { thing: "contract", field: "contractIds", ids: contractIds, known: await known(contractsById, contractIds) },
    { thing: "product", field: "productIds", ids: productIds, known: await known(productsById, productIds) },
  ];
  for (const { thing, field, ids, known } of subjects) {
    const place = ids.findIndex((id) => !known.has(id));
    if (place >= 0) return notFound(thing, ids[place] ?? "", ["filter", field, String(place)]);
  }
  return null;
}

type ById = (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>;
const known = async (byId: ById, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>> =>
  ids.length === 0 ? new Map() : byId(ids.filter(isId));
