import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { conflict, invalidInput } from "../../platform/refusal";
import { checkProduct } from "./check-product";
import type { ProductTerms } from "./product";
import { insertProduct } from "./product.store";

export const createProduct = command({
  name: "createProduct",
  permission: "change_catalog",
  run: async (terms: ProductTerms, { now, note }) => {
    const problems = checkProduct(terms);
    if (problems.length > 0) return invalidInput(problems);
    const id = newId();
    if (!(await insertProduct({ id, ...terms }, now))) return productCodeTaken(terms);
    note({ action: "product.created", subjectType: "product", subjectId: id, after: terms });
    return ok({ productId: id });
  },
});

export const productCodeTaken = ({ code }: ProductTerms) =>
  conflict("CODE_TAKEN", `There is another product with the code "${code}".`, ["code"]);
