import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { FileFormatName } from "../../integrations/file-export/file-format";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import { AccountingFileFormatEnum } from "./accounting.types";

@InputType({ description: "Exactly one of both." })
export class DocumentSelectionInput {
  @Field(() => PlainMonthScalar, { nullable: true, description: "Issued documents whose accountingOn lies in it." })
  month?: PlainMonth | null;
  @Field(() => [ID], { nullable: true, description: "Issued documents; drafts and void ones are left out." })
  invoiceIds?: string[] | null;
}

export const toSelection = ({ month = null, invoiceIds = null }: DocumentSelectionInput) => ({ month, invoiceIds });

@InputType({ description: "What is left out stays as it is." })
export class SetAccountingSettingsInput {
  @Field(() => Int, { description: "The version that the change was made on; 0 at first." }) version!: number;
  @Field(() => String, { nullable: true, description: "Credited for products without a ledger account; null: none." })
  revenueAccount?: string | null;
  @Field(() => String, { nullable: true, description: "Debited in journals; null: none." })
  receivableAccount?: string | null;
  @Field(() => String, { nullable: true, description: "Credited with tax in journals; null: none." })
  taxAccount?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class SetTaxCodeMappingInput {
  @Field(() => String, { description: "Ours, as of the catalog." }) taxCode!: string;
  @Field(() => String, { nullable: true, description: "The ledger's, such as OUTPUT2; null takes the mapping away." })
  taxType?: string | null;
  @Field(() => String, { nullable: true, description: "For journals; null: that of the settings." })
  taxAccount?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class SetTrackingOptionInput {
  @Field(() => ID, { nullable: true, description: "null: for all products without one of their own." })
  productId?: string | null;
  @Field(() => String, { description: "As it is called in the ledger; at most two." }) category!: string;
  @Field(() => String, { nullable: true, description: "As it is called in the ledger; null takes it away." })
  option?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ExportAccountingInput {
  @Field(() => DocumentSelectionInput, { description: "What to export." }) selection!: DocumentSelectionInput;
  @Field(() => AccountingFileFormatEnum, { description: "For which program." }) format!: FileFormatName;
  @Field(() => Boolean, {
    nullable: true,
    description: "Also what an export of this format held before, which is left out otherwise; default false.",
  })
  isRepeat?: boolean | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ConnectXeroInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ChooseXeroOrganizationInput {
  @Field(() => ID, { description: "One of xeroConnection.organizations." }) xeroOrganizationId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class DisconnectXeroInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class LinkXeroContactInput {
  @Field(() => ID, { description: "Ours." }) customerId!: string;
  @Field(() => ID, { description: "Xero's, a UUID." }) contactId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class PullAccountingInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
