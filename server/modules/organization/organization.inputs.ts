import { Field, InputType, Int } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { DateTimeScalar, DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import type { TaxRounding } from "./organization";
import { TaxRoundingEnum } from "./organization.types";

@InputType()
export class VarianceThresholdsInput {
  @Field(() => DecimalScalar) amount!: Decimal;
  @Field(() => PercentScalar) percent!: Decimal;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateOrganizationInput {
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true }) legalName?: string | null;
  @Field(() => [String], { nullable: true, description: "Up to ten." }) addressLines?: string[] | null;
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." }) country?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) taxNumber?: string | null;
  @Field(() => [String], { nullable: true, description: "Up to ten lines." }) bankDetails?: string[] | null;
  @Field(() => String, { nullable: true, description: "IANA name; fixed once usage was recorded." })
  timeZone?: string | null;
  @Field(() => TaxRoundingEnum, { nullable: true }) taxRounding?: TaxRounding | null;
  @Field(() => PaymentTermsInput, { nullable: true }) paymentTerms?: PaymentTermsInput | null;
  @Field(() => String, { nullable: true, description: "Such as #1f5f4a." }) brandColor?: string | null;
  @Field(() => String, { nullable: true, description: "Such as Billing <billing@example.com>." })
  mailFrom?: string | null;
  @Field(() => VarianceThresholdsInput, { nullable: true }) varianceThresholds?: VarianceThresholdsInput | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class SetTestClockInput {
  @Field(() => DateTimeScalar, { description: "The instant at which the clock stands from now on." }) now!: Date;
  @Field(() => String) idempotencyKey!: string;
}
