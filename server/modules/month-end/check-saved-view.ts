import { parseCurrency } from "../../domain/money/currency";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { notFound, type Problem, type Refusal } from "../../platform/refusal";
import { contractsById } from "../contract";
import { customersById } from "../customer";
import { COLUMN_KEYS, isColumn } from "./grid-column";
import type { ViewFilter, ViewTerms } from "./saved-view";

const LIST_MAXIMUM = 1_000;

/** What is wrong with a view, all at once. */
export function checkSavedView({ name, filter, columns, sort }: ViewTerms): Problem[] {
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
  checkFilter(filter, problems);
  return problems.found;
}

function checkColumns(
  keys: readonly string[],
  problems: InputProblems,
  pathOf: (index: number) => readonly string[],
): void {
  keys.forEach((key, index) => {
    if (!isColumn(key)) {
      problems.report(
        "COLUMN_UNKNOWN",
        `There is no column "${key}". There are: ${COLUMN_KEYS.join(", ")}.`,
        ...pathOf(index),
      );
    } else if (keys.indexOf(key) < index) {
      problems.report("COLUMN_TWICE", `The column ${key} is named twice.`, ...pathOf(index));
    }
  });
}

function checkFilter({ customerIds, contractIds, currencies, search }: ViewFilter, problems: InputProblems): void {
  problems.checkOptionalText(search, "The search", 200, "filter", "search");
  for (const [field, ids] of Object.entries({ customerIds, contractIds })) {
    if ((ids ?? []).length > LIST_MAXIMUM) {
      problems.report(
        "TOO_MANY_IDS",
        `${field} has ${ids?.length} ids; the limit is ${LIST_MAXIMUM}.`,
        "filter",
        field,
      );
    }
  }
  currencies?.forEach((code, index) => {
    if (parseCurrency(code).ok) return;
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${code}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "filter",
      "currencies",
      String(index),
    );
  });
}

/** The first customer or contract that the filter names and that does not exist. */
export async function unknownSubject({
  customerIds,
  contractIds,
}: ViewFilter): Promise<{ ok: false; error: Refusal } | null> {
  const customers = await customersById(customerIds ?? []);
  const contracts = await contractsById(contractIds ?? []);
  const missing = (ids: readonly string[] | null, known: ReadonlyMap<string, unknown>) =>
    (ids ?? []).findIndex((id) => !isId(id) || !known.has(id.toLowerCase()));
  const customer = missing(customerIds, customers);
  if (customer >= 0)
    return notFound("customer", customerIds?.[customer] ?? "", ["filter", "customerIds", String(customer)]);
  const contract = missing(contractIds, contracts);
  if (contract >= 0)
    return notFound("contract", contractIds?.[contract] ?? "", ["filter", "contractIds", String(contract)]);
  return null;
}
