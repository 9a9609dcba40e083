import { readFileSync } from "node:fs";
import { inCheckout } from "./checkout.mjs";

/** Spellings that are not ours, and what the glossary says instead. Names are looked at word by word: lineItem is "line item". */
const wrong = [
  [/\bclients?\b/, "customer"],
  [/\btenants?\b/, "organization"],
  [/\borganisation/, "organization"],
  [/\bline items?\b/, "line"],
  [/\bpro[- ]?rata\b|\bpro-rat/, "proration, prorated"],
  [/\btrue up\b(?! *[_])|\btrueup\b/, "true-up"],
  [/\bin[- ]arrear\b|\barrears? billing\b|\bpostpaid\b/, "in arrears"],
  [/\bprepaid billing\b|\bin-advance\b/, "in advance"],
  [/\bbilling cycles?\b|\bbilling frequency\b|\bintervals?\b/, "cadence, period"],
  [/\bfinalis/, "finalized"],
  [/\brecognis/, "recognized"],
  [/\bcanceled\b|\bcancelation\b/, "cancelled, cancellation"],
  [/\bcatalogue\b/, "catalog"],
  [/\be-mails?\b/, "email"],
  [/\bcredit[- ]?memos?\b|\bcreditnotes?\b/, "credit note"],
  [/\bvoided? out\b/, "voided"],
  [/\bmeters?\b|\bmetre/, "usage metric"],
  [/\bbreakpoints?\b|\bslabs?\b/, "tier"],
  [/\bopen (invoice|period)s?\b/, "draft, in progress; the word open is not used"],
  [/\bpurchase order number\b/, "PO number"],
];

/** One spelling for each word of the glossary, in names and descriptions of the SDL alike. */
export async function checkGlossary() {
  const lines = readFileSync(inCheckout("schema", "schema.graphql"), "utf8").split("\n");
  const found = lines.flatMap((line, index) => {
    // TRUE_UP is how an enum has to write true-up.
    const words = line
      .replaceAll("TRUE_UP", "true-up")
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replaceAll("_", " ")
      .toLowerCase();
    return wrong
      .filter(([pattern]) => pattern.test(words))
      .map(([, right]) => `schema/schema.graphql:${index + 1}: ${line.trim()}  (we say: ${right})`);
  });
  return { ok: found.length === 0, output: found.join("\n") };
}
