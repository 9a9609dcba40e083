/** What is sold. */
export type ProductTerms = {
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  /** what one unit is called, such as "API call" */
  readonly unit: string | null;
  readonly taxCode: string;
  readonly ledgerAccount: string | null;
};

export type Product = ProductTerms & {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
