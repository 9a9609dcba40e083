import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { checkProduct } from "./check-product";
import { productCodeTaken } from "./create-product";
import type { Product, ProductTerms } from "./product";
import { customersBilled, productsById, updateProductRow } from "./product.store";

/** A field that is left out stays; one that is null is taken away where the product can do without it. */
export type ProductChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly [Field in keyof ProductTerms]?: ProductTerms[Field] | null | undefined };
};

export const updateProduct = command({
  name: "updateProduct",
  permission: "change_catalog",
  run: async ({ id, version, changes }: ProductChange, { now, note }) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull(sent, ["code", "name", "taxCode"]);
    if (!nulls.isEmpty) return invalidInput(nulls.found);

    const product = (await productsById([id])).get(id);
    if (!product) return notFound("product", id);
    if (product.version !== version) return staleVersion("product", product.version);
    const before = termsOf(product);
    const after: ProductTerms = { ...before, ...(sent as Partial<ProductTerms>) };
    const problems = checkProduct(after);
    if (problems.length > 0) return invalidInput(problems);

    const outcome = await updateProductRow({ id, version, terms: after }, now);
    if (outcome === "code_taken") return productCodeTaken(after);
    if (outcome === "stale") return staleVersion("product", (await productsById([id])).get(id)?.version ?? version);
    if (after.taxCode !== before.taxCode) {
      const customerIds = await customersBilled({ productId: id });
      await markDraftsStale({ customerIds, from: null, before: null, reason: "tax", now });
    }
    note({ action: "product.updated", subjectType: "product", subjectId: id, before, after });
    return ok({ productId: id });
  },
});

function termsOf(product: Product): ProductTerms {
  const { id: _, version: _v, createdAt: _c, updatedAt: _u, ...terms } = product;
  return terms;
}
