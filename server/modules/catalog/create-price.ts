import { formatDay } from "../../domain/calendar/format";
import type { CurrencyCode } from "../../domain/money/currency";
import { termsFromPrice } from "../../domain/pricing/price-terms";
import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { metricsById } from "../usage";
import { readCadence } from "./asked-cadence";
import { cadenceAsked, checkNewPrice, priceWarnings } from "./check-new-price";
import { type NewPrice, readPriceTerms } from "./new-price";
import { insertPrice, lockLineage } from "./price.store";
import { productsById } from "./product.store";

export const createPrice = command({
  name: "createPrice",
  permission: "change_catalog",
  run: async (asked: NewPrice, { now, note }) => {
    const { productId, metricId, name, currency, timing, proration, taxInclusive = false, effectiveOn } = asked;
    if (!(await productsById([productId])).has(productId)) return notFound("product", productId, ["productId"]);
    const metric = metricId === null ? null : ((await metricsById([metricId])).get(metricId) ?? null);
    if (metricId !== null && !metric) return notFound("usage metric", metricId, ["metricId"]);

    const [read, cadence] = [readPriceTerms(asked), readCadence(cadenceAsked(asked))];
    const problems = checkNewPrice(asked, read, metric);
    if (!read.ok || !cadence.ok || problems.length > 0) return invalidInput(problems);
    const id = newId();
    const lineage = await followLineage(asked);
    if (!lineage.ok) return lineage;

    const { price } = read.value;
    const kept = {
      productId,
      lineageId: lineage.value ?? id,
      name,
      currency: currency as CurrencyCode,
      cadence: cadence.value,
      timing,
      proration,
      taxInclusive,
      metricId,
      effectiveOn,
    };
    await insertPrice({ ...kept, id, price, contractId: null }, now);
    const after = { ...kept, model: price.model, terms: termsFromPrice(price) };
    note({ action: "price.created", subjectType: "price", subjectId: id, after });
    return ok({ priceId: id, warnings: priceWarnings(read.value) });
  },
});

/** A further version belongs to the same product and comes into effect after the ones before it. */
async function followLineage({
  lineageId,
  productId,
  currency,
  effectiveOn,
}: NewPrice): Promise<Result<string | null, Refusal>> {
  if (lineageId === null) return ok(null);
  const latest = isId(lineageId) ? await lockLineage(lineageId) : [];
  const [one] = latest;
  if (!one) return notFound("price lineage", lineageId, ["lineageId"]);
  if (one.productId !== productId) {
    return conflict(
      "LINEAGE_OF_ANOTHER_PRODUCT",
      "The lineage belongs to another product. Leave lineageId out for a new one.",
      ["lineageId"],
    );
  }
  const before = latest.find((price) => price.currency === currency);
  if (before && before.effectiveOn >= effectiveOn) {
    const since = formatDay(before.effectiveOn);
    return conflict(
      "NOT_LATER_THAN_BEFORE",
      `The lineage has a version effective from ${since}; the next one starts later.`,
      ["effectiveOn"],
    );
  }
  return ok(lineageId);
}
