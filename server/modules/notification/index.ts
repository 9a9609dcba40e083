export { mailNotification } from "./mail-notification";
export { NOTIFICATION_CHANNEL } from "./notification.store";
export { notifyQuoteEvent } from "./notify-quote-event";
