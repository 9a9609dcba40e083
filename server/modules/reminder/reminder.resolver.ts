import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { DecimalScalar, MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { type Customer, CustomerType, customersById } from "../customer";
import { DeliveryType, deliveriesById } from "../delivery";
import { type Invoice, InvoiceType, invoicesById } from "../invoice";
import { changeReminderSettings, resumeReminders, stopReminders } from "./change-reminders";
import type { CustomerToRemind, InvoiceToRemind, ReminderPlan } from "./plan-reminders";
import {
  loadStop,
  previewReminders,
  readReminderSettings,
  readReminderStops,
  remindersOf,
  stopOfCustomer,
  stopOfInvoice,
} from "./read-reminders";
import type { ReminderItem, ReminderSettings } from "./reminder";
import { ChangeReminderSettingsInput, ResumeRemindersInput, StopRemindersInput } from "./reminder.inputs";
import {
  ChangeReminderSettingsResult,
  ChangeReminderSettingsSuccess,
  InvoiceReminderType,
  NoReminderCodeEnum,
  NotRemindedType,
  PlannedReminderInvoiceType,
  PlannedReminderType,
  ReminderPreviewType,
  ReminderSettingsType,
  ReminderStopType,
  ResumeRemindersResult,
  StopRemindersResult,
  StopRemindersSuccess,
} from "./reminder.types";

@Resolver(() => ReminderSettingsType)
export class ReminderSettingsResolver {
  @Query(() => ReminderSettingsType, { description: "When customers are reminded of what is overdue." })
  reminderSettings(@Ctx() context: RequestContext) {
    return readReminderSettings(context);
  }

  @Query(() => [ReminderStopType], { description: "What is stopped now: of invoices, of customers, and all." })
  reminderStops(@Ctx() context: RequestContext) {
    return readReminderStops(context);
  }

  @Query(() => ReminderPreviewType, { description: "Who would be reminded today of what, and who not and why." })
  previewReminders(
    @Arg("customerIds", () => [ID], { nullable: true, description: "null: all." }) customerIds: string[] | null,
    @Ctx() context: RequestContext,
  ) {
    return previewReminders(context, customerIds ?? null);
  }

  @FieldResolver(() => DecimalScalar)
  tolerance(@Root() { tolerance }: ReminderSettings) {
    return tolerance.toFixed();
  }

  @Mutation(() => ChangeReminderSettingsResult, { description: "Changes levels, schedule and tolerance." })
  async changeReminderSettings(
    @Arg("input", () => ChangeReminderSettingsInput) input: ChangeReminderSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ChangeReminderSettingsSuccess", await changeReminderSettings(context, { ...input }));
  }

  @Mutation(() => StopRemindersResult, {
    description: "Nobody is reminded from now on: of one invoice, of what a customer owes, or at all.",
  })
  async stopReminders(
    @Arg("input", () => StopRemindersInput) input: StopRemindersInput,
    @Ctx() context: RequestContext,
  ) {
    const { customerId = null, invoiceId = null } = input;
    return toUnion("StopRemindersSuccess", await stopReminders(context, { ...input, customerId, invoiceId }));
  }

  @Mutation(() => ResumeRemindersResult, { description: "Ends a stop." })
  async resumeReminders(
    @Arg("input", () => ResumeRemindersInput) input: ResumeRemindersInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ResumeRemindersSuccess", await resumeReminders(context, { ...input }));
  }
}

@Resolver(() => PlannedReminderType)
export class PlannedReminderResolver {
  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: CustomerToRemind, @Ctx() context: RequestContext) {
    return context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => [String], { description: "Addresses, those whom it addresses first." })
  recipients(@Root() { recipients }: CustomerToRemind) {
    return recipients.filter(({ status }) => status === "pending").map(({ email }) => email);
  }

  @FieldResolver(() => [PlannedReminderInvoiceType], { description: "The oldest first." })
  invoices(@Root() { invoices }: CustomerToRemind) {
    return invoices.map((each) => ({ ...each, due: toMoney(each.invoice.due, each.invoice.currency) }));
  }
}

@Resolver(() => PlannedReminderInvoiceType)
export class PlannedReminderInvoiceResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() { invoice }: InvoiceToRemind, @Ctx() context: RequestContext) {
    return context.mustLoad(invoicesById, invoice.id);
  }
}

type NotReminded = ReminderPlan["excluded"][number];

@Resolver(() => NotRemindedType)
export class NotRemindedResolver {
  @FieldResolver(() => NoReminderCodeEnum)
  reason(@Root() { code }: NotReminded) {
    return code;
  }

  @FieldResolver(() => InvoiceType)
  invoice(@Root() { invoice }: NotReminded, @Ctx() context: RequestContext) {
    return context.mustLoad(invoicesById, invoice.id);
  }

  @FieldResolver(() => MoneyType, { description: "What is due of it." })
  due(@Root() { invoice }: NotReminded) {
    return toMoney(invoice.due, invoice.currency);
  }
}

@Resolver(() => InvoiceType)
export class RemindersOfInvoiceResolver {
  @FieldResolver(() => [InvoiceReminderType], { description: "Of this invoice, the first first." })
  async reminders(@Root() { id, currency }: Invoice, @Ctx() context: RequestContext) {
    return (await remindersOf(context, id)).map((item) => ({ ...item, currency }));
  }

  @FieldResolver(() => ReminderStopType, { nullable: true, description: "Of this invoice; null: nobody stopped them." })
  reminderStop(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return stopOfInvoice(context, id);
  }
}

@Resolver(() => CustomerType)
export class ReminderStopOfCustomerResolver {
  @FieldResolver(() => ReminderStopType, {
    nullable: true,
    description: "Of what this customer owes; null: nobody stopped them.",
  })
  reminderStop(@Root() { id }: Customer, @Ctx() context: RequestContext) {
    return stopOfCustomer(context, id);
  }
}

type ItemOfInvoice = ReminderItem & Pick<Invoice, "currency">;

@Resolver(() => InvoiceReminderType)
export class InvoiceReminderResolver {
  @FieldResolver(() => MoneyType, { description: "What was due of it then." })
  due(@Root() { dueAmount, currency }: ItemOfInvoice) {
    return toMoney(dueAmount, currency);
  }

  @FieldResolver(() => DeliveryType, { description: "The mail, which may tell of other invoices, too." })
  delivery(@Root() { deliveryId }: ItemOfInvoice, @Ctx() context: RequestContext) {
    return context.mustLoad(deliveriesById, deliveryId);
  }
}

@Resolver(() => ChangeReminderSettingsSuccess)
export class ChangeReminderSettingsSuccessResolver {
  @FieldResolver(() => ReminderSettingsType)
  settings(@Ctx() context: RequestContext) {
    return readReminderSettings(context);
  }
}

@Resolver(() => StopRemindersSuccess)
export class StopRemindersSuccessResolver {
  @FieldResolver(() => ReminderStopType)
  stop(@Root() { stopId }: { readonly stopId: string }, @Ctx() context: RequestContext) {
    return loadStop(context, stopId);
  }
}
