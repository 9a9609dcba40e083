import {
  ChangeReminderSettingsSuccessResolver,
  InvoiceReminderResolver,
  NotRemindedResolver,
  PlannedReminderInvoiceResolver,
  PlannedReminderResolver,
  ReminderSettingsResolver,
  ReminderStopOfCustomerResolver,
  RemindersOfInvoiceResolver,
  StopRemindersSuccessResolver,
} from "./reminder.resolver";

export const resolvers = [
  ReminderSettingsResolver,
  PlannedReminderResolver,
  PlannedReminderInvoiceResolver,
  NotRemindedResolver,
  RemindersOfInvoiceResolver,
  ReminderStopOfCustomerResolver,
  InvoiceReminderResolver,
  ChangeReminderSettingsSuccessResolver,
  StopRemindersSuccessResolver,
] as const;
