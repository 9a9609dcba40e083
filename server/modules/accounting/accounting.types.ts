import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, MoneyType, PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { OrganizationModeEnum } from "../organization";
import type { LedgerPaymentState, LedgerState, XeroConnectionState } from "./accounting";

export const AccountingFileFormatEnum = { XERO: "xero", QUICKBOOKS: "quickbooks", NETSUITE: "netsuite" } as const;
registerEnumType(AccountingFileFormatEnum, {
  name: "AccountingFileFormat",
  description: "Whose columns a file export has.",
});

export const AccountingFileKindEnum = { DOCUMENTS: "documents", JOURNALS: "journals" } as const;
registerEnumType(AccountingFileKindEnum, {
  name: "AccountingFileKind",
  description: "What a file of an export holds.",
  valuesConfig: {
    DOCUMENTS: { description: "Invoices and credit notes, a row for each line; credit notes below zero." },
    JOURNALS: {
      description: "The same as double entry in the base currency: every document's debits are its credits.",
    },
  },
});

export const LedgerStateEnum = {
  QUEUED: "queued",
  SYNCED: "synced",
  FAILED: "failed",
  VOID_QUEUED: "void_queued",
  VOID_FAILED: "void_failed",
  VOIDED: "voided",
} as const;
registerEnumType(LedgerStateEnum, {
  name: "AccountingState",
  description: "Where an issued document stands on its way into the books.",
  valuesConfig: {
    QUEUED: { description: "Waits, or is tried again; it goes by itself." },
    SYNCED: { description: "In the books, once." },
    FAILED: { description: "Refused; somebody has to mend what the message says, and then syncInvoices." },
    VOID_QUEUED: { description: "Void here; its copy is going to be." },
    VOID_FAILED: { description: "Void here; its copy could not be voided." },
    VOIDED: { description: "Void on both sides, or never there." },
  },
});

export const LedgerPaymentStateEnum = {
  RECORDED: "recorded",
  REFUSED: "refused",
  REVERSED: "reversed",
  IGNORED: "ignored",
} as const;
registerEnumType(LedgerPaymentStateEnum, {
  name: "AccountingPaymentState",
  description: "What became here of a payment of the books.",
  valuesConfig: {
    REFUSED: { description: "Could not be recorded; it is tried again each time the books are read." },
    IGNORED: { description: "Not taken over, as Billgrid is the master of payments, or it was deleted before." },
  },
});

export const XeroConnectionStateEnum = {
  CHOOSING_ORGANIZATION: "choosing_tenant",
  CONNECTED: "connected",
  NEEDS_RECONNECT: "needs_reconnect",
  DISCONNECTED: "disconnected",
} as const;
registerEnumType(XeroConnectionStateEnum, {
  name: "XeroConnectionState",
  description: "Whether the books at Xero can be reached.",
  valuesConfig: {
    CHOOSING_ORGANIZATION: {
      description: "Allowed for several organizations of Xero: choose one with chooseXeroOrganization.",
    },
    NEEDS_RECONNECT: { description: "No longer allowed. What is issued waits; connectXero goes on with it." },
  },
});

export const LedgerSubjectEnum = {
  PRODUCT: "product",
  TAX_CODE: "tax_code",
  SETTINGS: "settings",
  CURRENCY: "currency",
  CONNECTION: "connection",
  INVOICE: "invoice",
} as const;
registerEnumType(LedgerSubjectEnum, {
  name: "AccountingSubject",
  description: "What something that keeps documents from the ledger is about.",
});

@ObjectType("AccountingTaxCode", { description: "What a tax code is called in the ledger.", simpleResolvers: true })
export class AccountingTaxCodeType {
  @Field(() => String, { description: "Ours, as of the catalog." }) taxCode!: string;
  @Field(() => String, { description: "The ledger's, such as OUTPUT2 of Xero." }) taxType!: string;
  @Field(() => String, { nullable: true, description: "null: that of the settings." }) taxAccount!: string | null;
}

@ObjectType("AccountingTracking", { description: "An option of a tracking category.", simpleResolvers: true })
export class AccountingTrackingType {
  @Field(() => ID, { nullable: true, description: "null: for all products without one of their own." })
  productId!: string | null;
  @Field(() => String, { description: "As it is called in the ledger." }) category!: string;
  @Field(() => String, { description: "As it is called in the ledger." }) option!: string;
}

@ObjectType("AccountingSettings", {
  description: "What stands for what in the ledger. Products have ledger accounts of their own.",
  simpleResolvers: true,
})
export class AccountingSettingsType {
  @Field(() => String, { nullable: true, description: "Credited for products without a ledger account." })
  revenueAccount!: string | null;
  @Field(() => String, { nullable: true, description: "Debited with what customers owe, in journals." })
  receivableAccount!: string | null;
  @Field(() => String, { nullable: true, description: "Credited with tax, in journals." }) taxAccount!: string | null;
  @Field(() => [AccountingTaxCodeType], { description: "By tax code." }) taxCodes!: AccountingTaxCodeType[];
  @Field(() => [AccountingTrackingType], { description: "At most two categories." })
  tracking!: AccountingTrackingType[];
  @Field(() => Int, { description: "Rises with each change of the accounts; 0 where none was ever set." })
  version!: number;
}

@ObjectType("AccountingReadinessProblem", {
  description: "Something to map or to set right before documents can go to the ledger.",
  simpleResolvers: true,
})
export class AccountingReadinessProblemType {
  @Field(() => String, { description: "For programs." }) code!: string;
  @Field(() => String, { description: "For people: what is missing, and how to set it." }) message!: string;
  @Field(() => LedgerSubjectEnum, { description: "What it is about." }) subjectType!: string;
  @Field(() => String, { description: "A product's id, a tax code, a currency, an account." }) subject!: string;
  @Field(() => Int, { description: "How many documents wait for it." }) documents!: number;
}

@ObjectType("AccountingReadiness", {
  description: "Whether documents can go to the ledger: to Xero where that is connected, else into files.",
  simpleResolvers: true,
})
export class AccountingReadinessType {
  @Field(() => Int, { description: "Of the selection." }) documents!: number;
  @Field(() => Int, { description: "That nothing keeps back." }) ready!: number;
  @Field(() => [AccountingReadinessProblemType], { description: "Each thing once, the most frequent first." })
  problems!: AccountingReadinessProblemType[];
}

@ObjectType("XeroOrganization", { description: "An organization at Xero: one set of books.", simpleResolvers: true })
export class XeroOrganizationType {
  @Field(() => ID, { description: "Xero's." }) id!: string;
  @Field(() => String, { description: "As Xero calls it." }) name!: string;
}

@ObjectType("XeroConnection", { description: "The books at Xero of this organization." })
export class XeroConnectionType {
  @Field(() => XeroConnectionStateEnum, { simple: true, description: "Whether they can be reached." })
  state!: XeroConnectionState;
  @Field(() => String, { simple: true, nullable: true, description: "For people: what is wrong, and what to do." })
  message!: string | null;
  @Field(() => String, { name: "organizationName", nullable: true, description: "As Xero calls them." })
  tenantName!: string | null;
  @Field(() => [XeroOrganizationType], { name: "organizations", description: "Among which to choose." })
  tenants!: XeroOrganizationType[];
  @Field(() => DateTimeScalar, { simple: true, nullable: true, description: "When it was connected." })
  connectedAt!: Date | null;
  @Field(() => String, { simple: true, nullable: true, description: "Who allowed it." }) connectedBy!: string | null;
  @Field(() => DateTimeScalar, {
    simple: true,
    nullable: true,
    description: "When payments and states were last read.",
  })
  pulledAt!: Date | null;
}

@ObjectType("AccountingSync", { description: "What is on its way into the books.", simpleResolvers: true })
export class AccountingSyncType {
  @Field(() => OrganizationModeEnum, { description: "Nothing leaves a sandbox." }) mode!: string;
  @Field(() => XeroConnectionType, { nullable: true, description: "null: never connected." })
  connection!: XeroConnectionType | null;
  @Field(() => Int, { description: "Documents in line." }) queued!: number;
  @Field(() => Int, { description: "Documents whose copies are going to be voided." }) voidQueued!: number;
  @Field(() => Int, { description: "Documents in the books." }) synced!: number;
  @Field(() => Int, { description: "Documents that somebody has to look at." }) failed!: number;
  @Field(() => Int, { description: "Documents that are void on both sides." }) voided!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When all that waits should be through, at the pace that Xero allows; null: nothing waits.",
  })
  expectedDoneAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Xero asked us not to call before." })
  pausedUntil!: Date | null;
  @Field(() => Int, { description: "Calls made in the last minute." }) callsLastMinute!: number;
  @Field(() => Int, { description: "Calls that Xero allows in a minute." }) callsPerMinute!: number;
  @Field(() => Int, { description: "Calls made in the last 24 hours." }) callsLastDay!: number;
  @Field(() => Int, { description: "Calls that Xero allows in 24 hours." }) callsPerDay!: number;
}

@ObjectType("AccountingPayment", { description: "A payment in the books, and what became of it here." })
export class AccountingPaymentType {
  @Field(() => ID, { simple: true, description: "The ledger's." }) externalId!: string;
  @Field(() => PlainDateScalar, { simple: true, description: "The day in the books." }) paidOn!: PlainDate;
  @Field(() => String, { simple: true, nullable: true, description: "As in the books." }) reference!: string | null;
  @Field(() => LedgerPaymentStateEnum, { simple: true, description: "What became of it." }) state!: LedgerPaymentState;
  @Field(() => String, { simple: true, nullable: true, description: "Why it was not recorded." }) message!:
    | string
    | null;
}

@ObjectType("InvoiceAccounting", { description: "An issued document's copy in the books." })
export class InvoiceAccountingType {
  @Field(() => LedgerStateEnum, { simple: true, description: "Where it stands." }) state!: LedgerState;
  @Field(() => ID, { simple: true, nullable: true, description: "The ledger's; null until it is there." })
  externalId!: string | null;
  @Field(() => String, { simple: true, nullable: true, description: "For programs: why it waits or failed." })
  code!: string | null;
  @Field(() => String, {
    simple: true,
    nullable: true,
    description: "For people: why it waits or failed, and what to do.",
  })
  message!: string | null;
  @Field(() => DateTimeScalar, { simple: true, description: "When it got in line." }) queuedAt!: Date;
  @Field(() => DateTimeScalar, { simple: true, nullable: true, description: "When it got into the books." })
  syncedAt!: Date | null;
}
export const InvoiceAccountingConnection = connectionOf("InvoiceAccounting", () => InvoiceAccountingType);

@ObjectType("AccountingExportFile", { description: "A file of an export.", simpleResolvers: true })
export class AccountingExportFileType {
  @Field(() => AccountingFileKindEnum, { description: "What it holds." }) kind!: string;
  @Field(() => String, { description: "As it is saved." }) fileName!: string;
  @Field(() => String, { description: "Of its bytes, in hex." }) sha256!: string;
  @Field(() => String, { description: "Path on this server, read with the same authorization." }) url!: string;
}

@ObjectType("AccountingExport", { description: "Documents as files for another program; kept as they were made." })
export class AccountingExportType {
  @Field(() => ID, { simple: true, description: "Stable for ever." }) id!: string;
  @Field(() => AccountingFileFormatEnum, { simple: true, description: "Whose columns." }) format!: string;
  @Field(() => PlainMonthScalar, {
    simple: true,
    nullable: true,
    description: "By accountingOn; null: documents were named.",
  })
  month!: PlainMonth | null;
  @Field(() => Boolean, {
    simple: true,
    description:
      "It holds documents that an earlier export of the format held: take care that they are not booked twice.",
  })
  isRepeat!: boolean;
  @Field(() => Int, { simple: true, description: "How many it holds." }) documents!: number;
  @Field(() => String, { simple: true, description: "Who asked for it." }) createdBy!: string;
  @Field(() => DateTimeScalar, { simple: true, description: "When." }) createdAt!: Date;
}
export const AccountingExportConnection = connectionOf("AccountingExport", () => AccountingExportType);

@ObjectType("AccountingExportTotal", {
  description: "Of one currency; credit notes below zero.",
  simpleResolvers: true,
})
export class AccountingExportTotalType {
  @Field(() => MoneyType, { description: "Before tax." }) net!: MoneyType;
  @Field(() => MoneyType, { description: "The tax." }) tax!: MoneyType;
  @Field(() => MoneyType, { description: "With tax." }) gross!: MoneyType;
}

@ObjectType("LatestAccountingExport", {
  description: "With which export a document was handed over last.",
  simpleResolvers: true,
})
export class LatestAccountingExportType {
  @Field(() => ID, { description: "Of the export." }) exportId!: string;
  @Field(() => DateTimeScalar, { description: "When." }) exportedAt!: Date;
}

@ObjectType("LedgerDifference", { description: "What is not the same on both sides.", simpleResolvers: true })
export class LedgerDifferenceType {
  @Field(() => String, { description: "For programs." }) code!: string;
  @Field(() => String, { description: "For people: both sides, and what to do." }) message!: string;
}

@ObjectType("ReconciledDocument", { description: "A document that is not the same in the books." })
export class ReconciledDocumentType {
  @Field(() => String, { simple: true, description: "Of the document." }) number!: string;
  @Field(() => [LedgerDifferenceType], { simple: true, description: "What differs." })
  differences!: LedgerDifferenceType[];
}

@ObjectType("AccountingReconciliation", {
  description: "The documents posted in a month, against their copies as they were last read.",
  simpleResolvers: true,
})
export class AccountingReconciliationType {
  @Field(() => PlainMonthScalar, { description: "By accountingOn." }) month!: PlainMonth;
  @Field(() => Int, { description: "Compared." }) documents!: number;
  @Field(() => Int, { description: "Whose number, state and amounts are the same on both sides." }) matching!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the books were last read." }) readAt!: Date | null;
  @Field(() => [ReconciledDocumentType], { description: "The others." }) differing!: ReconciledDocumentType[];
}

@ObjectType({ description: "The accounts are set." })
export class SetAccountingSettingsSuccess {
  version!: number;
}
export const SetAccountingSettingsResult = resultUnion(
  "SetAccountingSettingsResult",
  () => SetAccountingSettingsSuccess,
);

@ObjectType({ description: "The tax code is mapped." })
export class SetTaxCodeMappingSuccess {
  taxCode!: string;
}
export const SetTaxCodeMappingResult = resultUnion("SetTaxCodeMappingResult", () => SetTaxCodeMappingSuccess);

@ObjectType({ description: "The option is set." })
export class SetTrackingOptionSuccess {
  category!: string;
}
export const SetTrackingOptionResult = resultUnion("SetTrackingOptionResult", () => SetTrackingOptionSuccess);

@ObjectType({ description: "The files are kept." })
export class ExportAccountingSuccess {
  exportId!: string;
}
export const ExportAccountingResult = resultUnion("ExportAccountingResult", () => ExportAccountingSuccess);

@ObjectType({ description: "Somebody has to allow it at Xero.", simpleResolvers: true })
export class ConnectXeroSuccess {
  @Field(() => String, { description: "Where: open it in a browser, signed in at Xero." }) authorizationUrl!: string;
  @Field(() => DateTimeScalar, { description: "It is good once, until then." }) expiresAt!: Date;
}
export const ConnectXeroResult = resultUnion("ConnectXeroResult", () => ConnectXeroSuccess);

@ObjectType({ description: "The books are chosen." })
export class ChooseXeroOrganizationSuccess {
  xeroOrganizationId!: string;
}
export const ChooseXeroOrganizationResult = resultUnion(
  "ChooseXeroOrganizationResult",
  () => ChooseXeroOrganizationSuccess,
);

@ObjectType({ description: "The tokens are forgotten; what is in the books stays there." })
export class DisconnectXeroSuccess {
  organizationId!: string;
}
export const DisconnectXeroResult = resultUnion("DisconnectXeroResult", () => DisconnectXeroSuccess);

@ObjectType({ description: "Documents of the customer go to this contact." })
export class LinkXeroContactSuccess {
  customerId!: string;
}
export const LinkXeroContactResult = resultUnion("LinkXeroContactResult", () => LinkXeroContactSuccess);

@ObjectType({ description: "The books are going to be read." })
export class PullAccountingSuccess {
  organizationId!: string;
}
export const PullAccountingResult = resultUnion("PullAccountingResult", () => PullAccountingSuccess);
