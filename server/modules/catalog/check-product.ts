import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { ProductTerms } from "./product";

/** What is wrong with a product, all at once. */
export function checkProduct(terms: ProductTerms): Problem[] {
  const problems = new InputProblems();
  problems.checkText(terms.code, "The code", 100, "code");
  problems.checkText(terms.name, "The name", 200, "name");
  problems.checkOptionalText(terms.unit, "The unit", 50, "unit");
  problems.checkText(terms.taxCode, "The tax code", 50, "taxCode");
  problems.checkOptionalText(terms.ledgerAccount, "The ledger account", 50, "ledgerAccount");
  problems.checkOptionalText(terms.description, "The description", 1_000, "description");
  return problems.found;
}
