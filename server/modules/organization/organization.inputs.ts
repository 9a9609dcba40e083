import { Field, InputType, Int } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { DateTimeScalar, DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import type { NegativeDrafts, PaymentsMaster, TaxRounding } from "./organization";
import { NegativeDraftsEnum, PaymentsMasterEnum, TaxRoundingEnum } from "./organization.types";

@InputType({ description: "A change is flagged when it exceeds both." })
export class VarianceThresholdsInput {
  @Field(() => DecimalScalar, { description: "In the currency of the invoice, 0 or more." }) amount!: Decimal;
  @Field(() => PercentScalar, { description: 'Of the baseline: "20" means 20 %.' }) percent!: Decimal;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateOrganizationInput {
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true, description: "As printed on invoices." }) legalName?: string | null;
  @Field(() => [String], { nullable: true, description: "Up to ten." }) addressLines?: string[] | null;
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." }) country?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) taxNumber?: string | null;
  @Field(() => [String], { nullable: true, description: "Up to ten lines." }) bankDetails?: string[] | null;
  @Field(() => String, { nullable: true, description: "IANA name; fixed once usage was recorded." })
  timeZone?: string | null;
  @Field(() => TaxRoundingEnum, { nullable: true, description: "Drafts become stale by it." })
  taxRounding?: TaxRounding | null;
  @Field(() => PaymentTermsInput, {
    nullable: true,
    description: "For customers and contracts without terms of their own.",
  })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => String, { nullable: true, description: "Such as #1f5f4a." }) brandColor?: string | null;
  @Field(() => String, { nullable: true, description: "Such as Billing <billing@example.com>." })
  mailFrom?: string | null;
  @Field(() => VarianceThresholdsInput, { nullable: true, description: "What month-end flags." })
  varianceThresholds?: VarianceThresholdsInput | null;
  @Field(() => String, {
    nullable: true,
    description: "Up to 12 letters, digits and / . _ -. Each prefix counts by itself, from 1 in each year.",
  })
  invoicePrefix?: string | null;
  @Field(() => String, { nullable: true, description: "Never one that invoices had." }) creditNotePrefix?:
    | string
    | null;
  @Field(() => Boolean, { nullable: true, description: "Copies that say that they are amended, beside the original." })
  allowsAmendedCopies?: boolean | null;
  @Field(() => NegativeDraftsEnum, { nullable: true }) negativeDrafts?: NegativeDrafts | null;
  @Field(() => PaymentsMasterEnum, { nullable: true, description: "Where payments are recorded from now on." })
  paymentsMaster?: PaymentsMaster | null;
  @Field(() => DecimalScalar, { nullable: true, description: "0 to below 100,000, in the currency of the invoice." })
  smallDifference?: Decimal | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Where a sandbox's clock is to stand." })
export class SetTestClockInput {
  @Field(() => DateTimeScalar, { description: "The instant at which the clock stands from now on." }) now!: Date;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
