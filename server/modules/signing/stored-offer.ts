import type { OfferDocument } from "../../integrations/pdf/offer-document";

/** What an offer shows, as JSON. */
export type StoredOffer = Omit<OfferDocument, "createdAt" | "seller"> & {
  readonly createdAt: string;
  readonly seller: Omit<OfferDocument["seller"], "logo"> & {
    readonly logo: { readonly contentType: "image/png" | "image/jpeg"; readonly base64: string } | null;
  };
};

export function storedOffer({ seller, createdAt, ...document }: OfferDocument): StoredOffer {
  const { logo } = seller;
  const stored = logo && { contentType: logo.contentType, base64: logo.content.toString("base64") };
  return { ...document, createdAt: createdAt.toISOString(), seller: { ...seller, logo: stored } };
}

export function readOffer({ seller, createdAt, ...document }: StoredOffer): OfferDocument {
  const { logo } = seller;
  const read = logo && { contentType: logo.contentType, content: Buffer.from(logo.base64, "base64") };
  return { ...document, createdAt: new Date(createdAt), seller: { ...seller, logo: read } };
}
