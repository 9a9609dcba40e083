export { remindCustomers } from "./remind-customers";
export { remindPerformer } from "./remind-performer";
export { remindersByInvoice } from "./reminder.store";
