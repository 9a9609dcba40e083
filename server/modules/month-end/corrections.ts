import type { DocumentKind, InvoiceStatus } from "../invoice";

/** How a document stands to another one of its month: both are one contract's, and of the same days. */
export type Correction = {
  /** `credited` by a credit note; a note that `credits`; an invoice that `replaces` one that was credited */
  readonly kind: "credited" | "credits" | "replaces";
  /** of the other document; null while that is a draft */
  readonly number: string | null;
};

type Corrected = {
  readonly id: string;
  readonly status: InvoiceStatus;
  readonly documentKind: DocumentKind;
  readonly number: string | null;
  readonly correctsInvoiceId: string | null;
  readonly reissuesInvoiceId: string | null;
  readonly creditEffect: "reissue" | "correction" | "final" | null;
};

/** The documents of a month, each with how it stands to another. What is credited in the end is said first. */
export function withCorrections<D extends Corrected>(
  documents: readonly D[],
): (D & { readonly correction: Correction | null })[] {
  // A part of an invoice that is credited leaves the rest of it standing.
  const isWhole = ({ creditEffect }: D) => creditEffect === "reissue";
  const links = documents.filter(
    (document) => (document.correctsInvoiceId && isWhole(document)) || document.reissuesInvoiceId,
  );
  if (links.length === 0) return documents.map((document) => ({ ...document, correction: null }));
  const numbers = new Map(documents.map(({ id, number }) => [id, number]));
  const notes = new Map(
    links.flatMap((note): [string, D][] =>
      note.correctsInvoiceId && isWhole(note) && note.status !== "voided" ? [[note.correctsInvoiceId, note]] : [],
    ),
  );
  return documents.map((document) => {
    const { id, correctsInvoiceId, reissuesInvoiceId } = document;
    const numberOf = (other: string) => numbers.get(other) ?? null;
    const note = notes.get(id);
    const isCredit = correctsInvoiceId !== null && (isWhole(document) || notes.has(correctsInvoiceId));
    const correction: Correction | null = note
      ? { kind: "credited", number: note.number }
      : isCredit
        ? { kind: "credits", number: numberOf(correctsInvoiceId) }
        : reissuesInvoiceId
          ? { kind: "replaces", number: numberOf(reissuesInvoiceId) }
          : null;
    return { ...document, correction };
  });
}

/** Without the invoices that were credited in full, and the credit notes that did: together they come to nothing. */
export function withoutOffsets<D extends Corrected>(documents: readonly D[]): D[] {
  const ids = new Set(documents.map(({ id }) => id));
  const credited = new Set(
    documents.flatMap(({ creditEffect, correctsInvoiceId: id }) =>
      creditEffect === "reissue" && id !== null && ids.has(id) ? [id] : [],
    ),
  );
  return credited.size === 0
    ? [...documents]
    : documents.filter(({ id, correctsInvoiceId }) => !credited.has(id) && !credited.has(correctsInvoiceId ?? ""));
}
