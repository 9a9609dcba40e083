import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { resultUnion } from "../../platform/graphql/errors";
import { PaymentTermsType } from "../../platform/graphql/payment-terms";
import { DateTimeScalar, DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import type { NegativeDrafts, OrganizationMode, PaymentsMaster, TaxRounding } from "./organization";

export const OrganizationModeEnum = { LIVE: "live", SANDBOX: "sandbox" } as const;
registerEnumType(OrganizationModeEnum, {
  name: "OrganizationMode",
  description: "Whether an organization is for real.",
  valuesConfig: { SANDBOX: { description: "Has a test clock; no mail and no synchronization leaves it." } },
});

export const TaxRoundingEnum = { PER_LINE: "per_line", PER_RATE: "per_rate" } as const;
registerEnumType(TaxRoundingEnum, {
  name: "TaxRounding",
  description: "Where tax is rounded.",
  valuesConfig: {
    PER_LINE: { description: "On each line." },
    PER_RATE: { description: "Once for each rate of an invoice, then split over its lines." },
  },
});

export const NegativeDraftsEnum = { CARRY_FORWARD: "carry_forward", CREDIT_NOTE: "credit_note" } as const;
registerEnumType(NegativeDraftsEnum, {
  name: "NegativeDrafts",
  description: "What becomes of a draft whose total is below zero; it is never issued as an invoice.",
  valuesConfig: {
    CARRY_FORWARD: { description: "It waits, and is taken off the customer's next draft that covers it." },
    CREDIT_NOTE: {
      description:
        "It waits for a credit note over the lines that it corrects; once that is issued, a recalculation removes it.",
    },
  },
});

export const PaymentsMasterEnum = { BILLGRID: "billgrid", XERO: "xero" } as const;
registerEnumType(PaymentsMasterEnum, {
  name: "PaymentsMaster",
  description: "Where payments are recorded; the other one reads them.",
  valuesConfig: {
    XERO: { description: "Payments, refunds and write-offs come from there; recording them here is refused." },
  },
});

@ObjectType("VarianceThresholds", {
  description: "A change against the baseline is flagged when it exceeds both.",
  simpleResolvers: true,
})
export class VarianceThresholdsType {
  @Field(() => DecimalScalar, { description: "In the currency of the invoice." }) amount!: Decimal;
  @Field(() => PercentScalar, { description: 'Of the baseline: "20" means 20 %.' }) percent!: Decimal;
}

@ObjectType("Organization", { description: "The seller: one legal entity.", simpleResolvers: true })
export class OrganizationType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "As printed on invoices." }) legalName!: string;
  @Field(() => [String], { description: "As printed on invoices." }) addressLines!: readonly string[];
  @Field(() => String, { description: "ISO 3166-1 alpha-2." }) country!: string;
  @Field(() => String, { nullable: true, description: "VAT or other tax number, as printed on invoices." })
  taxNumber!: string | null;
  @Field(() => [String], { description: "As printed on invoices." }) bankDetails!: readonly string[];
  @Field(() => String, { description: "ISO 4217 code; reports are added up in it." }) baseCurrency!: CurrencyCode;
  @Field(() => String, { description: "IANA name, such as Europe/London. An event falls on a day in it." })
  timeZone!: string;
  @Field(() => OrganizationModeEnum, { description: "Whether it is for real." }) mode!: OrganizationMode;
  @Field(() => TaxRoundingEnum, { description: "Where tax is rounded." }) taxRounding!: TaxRounding;
  @Field(() => PaymentTermsType, { description: "For customers and contracts without terms of their own." })
  paymentTerms!: PaymentTermsType;
  @Field(() => String, { description: "The colour of documents, such as #1f5f4a." }) brandColor!: string;
  @Field(() => String, { description: "The sender of mails." }) mailFrom!: string;
  @Field(() => VarianceThresholdsType, { description: "What month-end flags." })
  varianceThresholds!: VarianceThresholdsType;
  @Field(() => PaymentsMasterEnum, { description: "Where payments are recorded." }) paymentsMaster!: PaymentsMaster;
  @Field(() => DecimalScalar, {
    description: "As much of an invoice may be given up without being a bad debt, in its currency.",
  })
  smallDifference!: Decimal;
  @Field(() => String, { description: 'How the numbers of invoices begin, such as "INV-"; the year follows.' })
  invoicePrefix!: string;
  @Field(() => String, { description: 'How the numbers of credit notes begin, such as "CN-"; the year follows.' })
  creditNotePrefix!: string;
  @Field(() => Boolean, {
    description:
      "Whether PO number and memo of what is issued may be changed on copies, which say that they are amended.",
  })
  allowsAmendedCopies!: boolean;
  @Field(() => NegativeDraftsEnum, { description: "What becomes of a draft whose total is below zero." })
  negativeDrafts!: NegativeDrafts;
  @Field(() => Int, { description: "Rises with each change; send it back with an update." }) version!: number;
  @Field(() => DateTimeScalar, { description: "When it was made." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}

@ObjectType({ description: "The organization was changed." })
export class UpdateOrganizationSuccess {
  organizationId!: string;
}
export const UpdateOrganizationResult = resultUnion("UpdateOrganizationResult", () => UpdateOrganizationSuccess);

@ObjectType({ description: "The sandbox's clock stands at the instant." })
export class SetTestClockSuccess {
  organizationId!: string;
}
export const SetTestClockResult = resultUnion("SetTestClockResult", () => SetTestClockSuccess);
