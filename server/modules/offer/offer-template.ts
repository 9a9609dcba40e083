/** What every offer of an organization begins and ends with, beside its brand colour. */
export type OfferTemplate = {
  /** Before the terms. */
  readonly introduction: string | null;
  /** After everything but the signatures: terms and conditions, whatever else. */
  readonly closing: string | null;
  /** PNG or JPEG; null: the name and its initial */
  readonly logo: Buffer | null;
  /** 0: nothing was set yet */
  readonly version: number;
  readonly updatedAt: Date | null;
};

export const NO_TEMPLATE: OfferTemplate = {
  introduction: null,
  closing: null,
  logo: null,
  version: 0,
  updatedAt: null,
};
