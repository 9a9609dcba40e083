const LINK_DAYS = 400;
const DAY_MILLISECONDS = 86_400_000;

/** So long a link leads to its invoice: past the accounts of the year in which it was sent. */
export const linkExpiryFrom = (now: Date): Date => new Date(now.getTime() + LINK_DAYS * DAY_MILLISECONDS);
