import { GraphQLError } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { DateTimeScalar, MoneyType, PlainMonthScalar, toMoney } from "../../platform/graphql/scalars";
import { sentFields } from "../../platform/input-problems";
import type { RequestContext } from "../../platform/request-context";
import { CustomerType } from "../customer";
import { type Invoice, InvoiceType, invoicesById } from "../invoice";
import type { AccountingExport, LedgerEntry, LedgerPayment, LedgerState } from "./accounting";
import {
  ChooseXeroOrganizationInput,
  ConnectXeroInput,
  DisconnectXeroInput,
  DocumentSelectionInput,
  ExportAccountingInput,
  LinkXeroContactInput,
  PullAccountingInput,
  SetAccountingSettingsInput,
  SetTaxCodeMappingInput,
  SetTrackingOptionInput,
  toSelection,
} from "./accounting.inputs";
import {
  AccountingExportConnection,
  AccountingExportFileType,
  AccountingExportTotalType,
  AccountingExportType,
  AccountingPaymentType,
  AccountingReadinessType,
  AccountingReconciliationType,
  AccountingSettingsType,
  AccountingSyncType,
  ChooseXeroOrganizationResult,
  ChooseXeroOrganizationSuccess,
  ConnectXeroResult,
  DisconnectXeroResult,
  DisconnectXeroSuccess,
  ExportAccountingResult,
  ExportAccountingSuccess,
  InvoiceAccountingConnection,
  InvoiceAccountingType,
  LatestAccountingExportType,
  LedgerStateEnum,
  LinkXeroContactResult,
  LinkXeroContactSuccess,
  PullAccountingResult,
  PullAccountingSuccess,
  ReconciledDocumentType,
  SetAccountingSettingsResult,
  SetAccountingSettingsSuccess,
  SetTaxCodeMappingResult,
  SetTaxCodeMappingSuccess,
  SetTrackingOptionResult,
  SetTrackingOptionSuccess,
  XeroConnectionType,
} from "./accounting.types";
import { chooseXeroOrganization, connectXero, disconnectXero } from "./connect-xero";
import { exportAccounting } from "./export-accounting";
import { linkXeroContact, pullAccounting } from "./link-contact";
import {
  contactIdOf,
  copyOf,
  exportOf,
  filesOf,
  latestExportOf,
  paymentsInBooks,
  readAccountingSettings,
  readExports,
  readLedgerEntries,
  readReadiness,
  readReconciliation,
  readSync,
  readXeroConnection,
} from "./read-accounting";
import type { ReconciledDocument } from "./reconcile";
import { setAccountingSettings, setTaxCodeMapping, setTrackingOption } from "./set-mapping";

@Resolver()
export class AccountingResolver {
  @Query(() => AccountingSettingsType, { description: "What stands for what in the ledger." })
  accountingSettings(@Ctx() context: RequestContext) {
    return readAccountingSettings(context);
  }

  @Query(() => AccountingReadinessType, {
    description: "What keeps documents from the ledger, before any is sent.",
  })
  async accountingReadiness(
    @Arg("selection", () => DocumentSelectionInput) selection: DocumentSelectionInput,
    @Ctx() context: RequestContext,
  ) {
    const readiness = await readReadiness(context, toSelection(selection));
    if (!readiness.ok) throw new GraphQLError(readiness.error.message, { extensions: { code: "BAD_USER_INPUT" } });
    return readiness.value;
  }

  @Query(() => AccountingSyncType, { description: "What is on its way into the books, and when it should be there." })
  accountingSync(@Ctx() context: RequestContext) {
    return readSync(context);
  }

  @Query(() => InvoiceAccountingConnection, { description: "Documents in these states, in the order of their ids." })
  accountingDocuments(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("states", () => [LedgerStateEnum]) states: LedgerState[],
    @Ctx() context: RequestContext,
  ) {
    return readLedgerEntries(context, args, states);
  }

  @Query(() => AccountingReconciliationType, {
    description: "Number, state and amounts of a month's documents on both sides, with what differs in words.",
  })
  accountingReconciliation(@Arg("month", () => PlainMonthScalar) month: PlainMonth, @Ctx() context: RequestContext) {
    return readReconciliation(context, month);
  }

  @Query(() => AccountingExportConnection, { description: "The newest first." })
  accountingExports(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return readExports(context, args);
  }

  @Query(() => XeroConnectionType, { nullable: true, description: "null: never connected." })
  xeroConnection(@Ctx() context: RequestContext) {
    return readXeroConnection(context);
  }

  @Mutation(() => SetAccountingSettingsResult, { description: "Sets ledger accounts for what has none of its own." })
  async setAccountingSettings(
    @Arg("input", () => SetAccountingSettingsInput) input: SetAccountingSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    const { version, idempotencyKey, ...changes } = input;
    const change = { version, changes: sentFields(changes), idempotencyKey };
    return toUnion("SetAccountingSettingsSuccess", await setAccountingSettings(context, change));
  }

  @Mutation(() => SetTaxCodeMappingResult, { description: "Says what a tax code is called in the ledger." })
  async setTaxCodeMapping(
    @Arg("input", () => SetTaxCodeMappingInput) input: SetTaxCodeMappingInput,
    @Ctx() context: RequestContext,
  ) {
    const { taxType = null, taxAccount = null, ...rest } = input;
    return toUnion("SetTaxCodeMappingSuccess", await setTaxCodeMapping(context, { ...rest, taxType, taxAccount }));
  }

  @Mutation(() => SetTrackingOptionResult, { description: "Sets the option of a tracking category." })
  async setTrackingOption(
    @Arg("input", () => SetTrackingOptionInput) input: SetTrackingOptionInput,
    @Ctx() context: RequestContext,
  ) {
    const { productId = null, option = null, ...rest } = input;
    return toUnion("SetTrackingOptionSuccess", await setTrackingOption(context, { ...rest, productId, option }));
  }

  @Mutation(() => ExportAccountingResult, {
    description: "Writes documents and journals to files of another program's format, and keeps them.",
  })
  async exportAccounting(
    @Arg("input", () => ExportAccountingInput) input: ExportAccountingInput,
    @Ctx() context: RequestContext,
  ) {
    const { selection, isRepeat, ...rest } = input;
    const asked = { ...rest, selection: toSelection(selection), isRepeat: isRepeat ?? false };
    return toUnion("ExportAccountingSuccess", await exportAccounting(context, asked));
  }

  @Mutation(() => ConnectXeroResult, { description: "Begins to connect the books at Xero. For administrators." })
  async connectXero(@Arg("input", () => ConnectXeroInput) input: ConnectXeroInput, @Ctx() context: RequestContext) {
    return toUnion("ConnectXeroSuccess", await connectXero(context, input));
  }

  @Mutation(() => ChooseXeroOrganizationResult, {
    description: "Chooses the books, where several were allowed. For administrators.",
  })
  async chooseXeroOrganization(
    @Arg("input", () => ChooseXeroOrganizationInput) input: ChooseXeroOrganizationInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ChooseXeroOrganizationSuccess", await chooseXeroOrganization(context, input));
  }

  @Mutation(() => DisconnectXeroResult, { description: "Forgets the connection, and tells Xero. For administrators." })
  async disconnectXero(
    @Arg("input", () => DisconnectXeroInput) input: DisconnectXeroInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DisconnectXeroSuccess", await disconnectXero(context, input));
  }

  @Mutation(() => LinkXeroContactResult, { description: "Says which contact of Xero a customer is." })
  async linkXeroContact(
    @Arg("input", () => LinkXeroContactInput) input: LinkXeroContactInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("LinkXeroContactSuccess", await linkXeroContact(context, input));
  }

  @Mutation(() => PullAccountingResult, { description: "Reads payments and states from the books now." })
  async pullAccounting(
    @Arg("input", () => PullAccountingInput) input: PullAccountingInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("PullAccountingSuccess", await pullAccounting(context, input));
  }
}

@Resolver(() => InvoiceType)
export class InvoiceAccountingOfInvoiceResolver {
  @FieldResolver(() => InvoiceAccountingType, {
    nullable: true,
    description: "Its copy in the books; null: it is neither there nor on its way.",
  })
  accounting(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return copyOf(context, id);
  }

  @FieldResolver(() => LatestAccountingExportType, {
    nullable: true,
    description: "With which file export it was handed over last; null: with none.",
  })
  accountingExport(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return latestExportOf(context, id);
  }
}

type Copy = Pick<LedgerEntry, "invoiceId" | "remoteStatus" | "remoteTotal" | "remoteDue" | "remoteCurrency">;

@Resolver(() => InvoiceAccountingType)
export class InvoiceAccountingResolver {
  @FieldResolver(() => InvoiceType, { description: "The document." })
  invoice(@Root() { invoiceId }: Copy, @Ctx() context: RequestContext) {
    return context.mustLoad(invoicesById, invoiceId);
  }

  @FieldResolver(() => String, { nullable: true, description: "How it stands in the books, as last read." })
  status(@Root() { remoteStatus }: Copy) {
    return remoteStatus?.toUpperCase() ?? null;
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "Its total in the books, as last read." })
  total(@Root() { remoteTotal, remoteCurrency }: Copy) {
    return remoteTotal && remoteCurrency && toMoney(remoteTotal, remoteCurrency as CurrencyCode);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "What is due of it in the books, as last read." })
  due(@Root() { remoteDue, remoteCurrency }: Copy) {
    return remoteDue && remoteCurrency && toMoney(remoteDue, remoteCurrency as CurrencyCode);
  }

  @FieldResolver(() => [AccountingPaymentType], { description: "Payments in the books." })
  payments(@Root() { invoiceId }: Copy, @Ctx() context: RequestContext) {
    return paymentsInBooks(context, invoiceId);
  }
}

@Resolver(() => AccountingPaymentType)
export class AccountingPaymentResolver {
  @FieldResolver(() => MoneyType, { description: "As in the books." })
  amount(@Root() { amount, currency: code }: LedgerPayment) {
    return toMoney(amount, code as CurrencyCode);
  }
}

@Resolver(() => AccountingExportType)
export class AccountingExportResolver {
  @FieldResolver(() => [AccountingExportFileType], { description: "Documents and journals." })
  files(@Root() { id }: AccountingExport, @Ctx() context: RequestContext) {
    return filesOf(context, id);
  }

  @FieldResolver(() => [AccountingExportTotalType], {
    description: "By currency: the sums of its documents, to the cent.",
  })
  totals(@Root() { totals }: AccountingExport) {
    return totals.map(({ currency: given, net, tax, gross }) => {
      const code = given as CurrencyCode;
      return { net: toMoney(net, code), tax: toMoney(tax, code), gross: toMoney(gross, code) };
    });
  }
}

@Resolver(() => ReconciledDocumentType)
export class ReconciledDocumentResolver {
  @FieldResolver(() => InvoiceType, { description: "Ours." })
  invoice(@Root() { invoiceId }: ReconciledDocument, @Ctx() context: RequestContext) {
    return context.mustLoad(invoicesById, invoiceId);
  }

  @FieldResolver(() => InvoiceAccountingType, { nullable: true, description: "Theirs, as last read." })
  accounting(@Root() { entry }: ReconciledDocument) {
    return entry;
  }
}

@Resolver(() => XeroConnectionType)
export class XeroConnectionResolver {
  @FieldResolver(() => DateTimeScalar, { nullable: true, description: "When accounts, tax types and locks were read." })
  factsReadAt(@Root() { factsReadAt }: { readonly factsReadAt: Date | null }) {
    return factsReadAt;
  }

  @FieldResolver(() => String, { nullable: true, description: "The last day on which Xero takes nothing any more." })
  lockedThrough(@Root() { facts }: { readonly facts: { readonly lockedThrough: string | null } | null }) {
    return facts?.lockedThrough ?? null;
  }
}

@Resolver(() => CustomerType)
export class XeroContactOfCustomerResolver {
  @FieldResolver(() => ID, { nullable: true, description: "The contact at Xero; null until it is found or made." })
  xeroContactId(@Root() { id }: { readonly id: string }, @Ctx() context: RequestContext) {
    return contactIdOf(context, id);
  }
}

@Resolver(() => SetAccountingSettingsSuccess)
export class SetAccountingSettingsSuccessResolver {
  @FieldResolver(() => AccountingSettingsType, { description: "As they are now." })
  settings(@Ctx() context: RequestContext) {
    return readAccountingSettings(context);
  }
}

@Resolver(() => SetTaxCodeMappingSuccess)
export class SetTaxCodeMappingSuccessResolver {
  @FieldResolver(() => AccountingSettingsType, { description: "As they are now." })
  settings(@Ctx() context: RequestContext) {
    return readAccountingSettings(context);
  }
}

@Resolver(() => SetTrackingOptionSuccess)
export class SetTrackingOptionSuccessResolver {
  @FieldResolver(() => AccountingSettingsType, { description: "As they are now." })
  settings(@Ctx() context: RequestContext) {
    return readAccountingSettings(context);
  }
}

@Resolver(() => ExportAccountingSuccess)
export class ExportAccountingSuccessResolver {
  @FieldResolver(() => AccountingExportType, { description: "The export." })
  export(@Root() { exportId }: ExportAccountingSuccess, @Ctx() context: RequestContext) {
    return exportOf(context, exportId);
  }
}

@Resolver(() => ChooseXeroOrganizationSuccess)
export class ChooseXeroOrganizationSuccessResolver {
  @FieldResolver(() => XeroConnectionType, { description: "As it is now." })
  connection(@Ctx() context: RequestContext) {
    return readXeroConnection(context);
  }
}

@Resolver(() => DisconnectXeroSuccess)
export class DisconnectXeroSuccessResolver {
  @FieldResolver(() => XeroConnectionType, { description: "As it is now." })
  connection(@Ctx() context: RequestContext) {
    return readXeroConnection(context);
  }
}

@Resolver(() => LinkXeroContactSuccess)
export class LinkXeroContactSuccessResolver {
  @FieldResolver(() => ID, { description: "The customer's id." })
  linkedCustomerId(@Root() { customerId }: LinkXeroContactSuccess) {
    return customerId;
  }
}

@Resolver(() => PullAccountingSuccess)
export class PullAccountingSuccessResolver {
  @FieldResolver(() => AccountingSyncType, { description: "As it is now." })
  sync(@Ctx() context: RequestContext) {
    return readSync(context);
  }
}
