/**
 * Every word that the add-in says, in one place. Sentences that the server writes (refusals, reasons, filters) are shown as
 * they come and are not repeated here.
 */

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

const invoices = (n: number) => count(n, "invoice");

export const texts = {
  product: "Billgrid",

  failures: {
    offline: "Billgrid cannot be reached. Check the network, then try again. Nothing in the sheet was changed.",
    timeout: "Billgrid did not answer in time. Try again; nothing is done twice.",
    cancelled: "Cancelled.",
    expired: "Your session has ended. Sign in again to go on.",
    forbidden: "Your role does not allow this. Ask an administrator of your organization.",
    throttled: "Too many requests at once. Wait a minute, then try again.",
    malformed:
      "The answer was not understood. If this happens again, ask your administrator whether the address is right.",
    server: (message: string) => `Something went wrong in Billgrid. ${message}`,
    invoiceGone: "This invoice no longer exists. Refresh the sheet.",
    operationGone: "This operation no longer exists.",
    unexpected: "Something unexpected happened in this pane. Try again; if it stays, close and reopen the pane.",
  },

  actions: {
    retry: "Try again",
    cancel: "Cancel",
    dismiss: "Dismiss",
    back: "Back to the views",
  },

  signIn: {
    title: "Sign in",
    subtitle: "Pull invoices into this workbook, compare them with last month, and send them.",
    email: "Email",
    password: "Password",
    organization: "Organization",
    chooseOrganization: "You belong to several organizations. Choose one.",
    submit: "Sign in",
    submitting: "Signing in",
    emailMissing: "Enter your email address.",
    passwordMissing: "Enter your password.",
    privacy: "You stay signed in until this pane is closed.",
    expiredTitle: "Your session has ended",
    expired: (name: string) => `Sign in again as ${name} to go on where you were. Nothing is lost.`,
    signOutInstead: "Sign out instead",
  },

  header: {
    account: (name: string, initials: string) => `${initials}: account of ${name}`,
    sandbox: "Sandbox",
    sandboxHint: "Nothing leaves a sandbox: mails go to an outbox folder.",
    signOut: "Sign out",
    roles: {
      ADMIN: "Administrator",
      FINANCE: "Finance",
      SALES: "Sales",
      ANALYST: "Analyst",
      INTEGRATION: "Integration",
    },
  },

  views: {
    title: "Saved views",
    month: "Billing month",
    previousMonth: "Previous month",
    nextMonth: "Next month",
    loading: "Loading the saved views",
    none: "No saved views yet",
    noneHint: "Saved views are made in Billgrid and appear here.",
    list: "Saved views of the month",
    invoices,
    stale: (n: number) => `${n.toLocaleString("en")} stale`,
    empty: (month: string) => `No invoices in ${month} for this view`,
    private: "Private",
    inWorkbook: "In this workbook",
    pull: (n: number) => `Pull ${invoices(n)}`,
    pullAgain: (n: number) => `Refresh ${invoices(n)}`,
    openPulled: "Open what is in the sheet",
    pullAny: "Pull",
    pullNone: "Nothing to pull",
  },

  pull: {
    loading: "Asking Billgrid",
    writingAnnounced: "Writing into the sheet",
    writing: (done: string, total: string) => `Writing row ${done} of ${total}`,
    keptRows: (n: number) =>
      `${count(n, "row")} left this view but ${n === 1 ? "stays" : "stay"} in the sheet, without figures, because something is typed beside ${n === 1 ? "it" : "them"}.`,
    doesNotTie:
      "Figures changed while they were pulled, so the rows do not add up to Billgrid's totals. Refresh to get both from one moment.",
    slow: "Still working. Large views take a little longer.",
  },

  compare: {
    comparedWith: (baseline: string) => `Compared with ${baseline}`,
    notCompared: "Without comparison",
    up: "Up",
    down: "Down",
    new: "New",
    missing: "Missing",
    unchanged: (n: number) => `${n.toLocaleString("en")} unchanged`,
    totals: "Totals by currency, net",
    currency: "Currency",
    previous: "Previous",
    current: "Current",
    change: "Change",
    toReview: (n: number) => `${n.toLocaleString("en")} to review`,
    nothingToReview: "Nothing is flagged.",
    showInSheet: (customer: string) => `Show ${customer} in the sheet`,
    showMore: (n: number) => `Show ${n.toLocaleString("en")} more`,
    rowGone: "This row is no longer in the sheet. Refresh to bring it back.",
  },

  sheet: {
    pulledAt: (when: string) => `Pulled ${when}`,
    refresh: "Refresh from Billgrid",
    show: "Show the sheet",
    gone: "The table is no longer in this workbook. Refresh to write it again.",
    empty: (month: string) => `No invoices in ${month} for this view`,
    emptyHint: "The sheet has its columns and no rows. Choose another month, or refresh after the next billing run.",
  },

  scope: {
    label: "Apply to",
    all: (n: number) => `All ${n.toLocaleString("en")}`,
    selected: (n: number) => `Selected (${n.toLocaleString("en")})`,
  },

  commands: {
    recalculate: "Recalculate",
    finalizeAndSend: "Finalize and send…",
    finalize: "Finalize only…",
    send: "Send…",
    sendFinalized: "Send finalized…",
    more: "More commands",
    readOnly: "Your role can look at invoices, not change them.",
    nothingToDo: "Everything here is sent.",
    checking: "Checking the latest figures",
    running: {
      RECALCULATE: "Recalculating",
      FINALIZE: "Finalizing",
      SEND: "Sending",
      DRAFT: "Drafting",
      VOID: "Voiding",
      SYNC: "Passing on to accounting",
      REMIND: "Reminding",
    },
    starting: "Asking Billgrid to start",
    queued: "Waiting to start",
    cancelling: "Stopping after the current invoice",
    progress: (done: number, total: number) => `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`,
    step: (step: number, steps: number) => `Step ${step} of ${steps}`,
    by: (name: string) => `Started by ${name}`,
    goesOn: "You can close this pane: it goes on in Billgrid.",
    interrupted: "Billgrid does not answer right now. The operation goes on there; asking again.",
    done: {
      RECALCULATE: (n: number) => `${invoices(n)} recalculated`,
      FINALIZE: (n: number) => `${invoices(n)} finalized`,
      SEND: (n: number) => `${invoices(n)} sent`,
      DRAFT: (n: number) => `${invoices(n)} drafted`,
      VOID: (n: number) => `${invoices(n)} voided`,
      SYNC: (n: number) => `${invoices(n)} passed on to accounting`,
      REMIND: (n: number) => `${invoices(n)} reminded of`,
    },
    failed: (n: number) => `${n.toLocaleString("en")} failed`,
    skipped: (n: number) => `${n.toLocaleString("en")} skipped`,
    unchanged: (n: number) => `${n.toLocaleString("en")} unchanged`,
    cancelled: (n: number) => `${n.toLocaleString("en")} not started, because it was cancelled`,
    failures: "What failed",
    skips: "What was skipped",
    unnamed: "Invoice",
    resultsInSheet: "The Result column of the sheet says what became of each.",
    openView: (view: string) => `Open ${view}`,
    andMore: (n: number) => `and ${n.toLocaleString("en")} more; the Result column has them all.`,
    refreshing: "Bringing the sheet up to date",
    sendNotStarted: (n: number) =>
      `${invoices(n)} ${n === 1 ? "was" : "were"} finalized while the pane was closed. Sending was not started.`,
  },

  confirm: {
    FINALIZE_AND_SEND: (n: number) => `Finalize and send ${invoices(n)}?`,
    FINALIZE: (n: number) => `Finalize ${invoices(n)}?`,
    SEND: (n: number) => `Send ${invoices(n)}?`,
    consequence: {
      FINALIZE_AND_SEND:
        "Drafts get their number and can no longer be edited. Then every invoice is mailed to its billing contact.",
      FINALIZE: "Drafts get their number and can no longer be edited. Nothing is mailed yet.",
      SEND: "Every invoice is mailed to its billing contact. Nothing is mailed twice.",
    },
    action: {
      FINALIZE_AND_SEND: (n: number) => `Finalize and send ${n.toLocaleString("en")}`,
      FINALIZE: (n: number) => `Finalize ${n.toLocaleString("en")}`,
      SEND: (n: number) => `Send ${n.toLocaleString("en")}`,
    },
    totals: "Totals by currency",
    currency: "Currency",
    invoices: "Invoices",
    net: "Net",
    gross: "Gross",
    stale: (n: number) =>
      `${n === 1 ? "1 is stale and is" : `${n.toLocaleString("en")} are stale and are`} not finalized until recalculated.`,
    flagged: (n: number) => `${n === 1 ? "1 is" : `${n.toLocaleString("en")} are`} flagged for review.`,
    changedSincePull: (n: number) =>
      `${invoices(n)} changed since you pulled. The figures here are the latest; the sheet is refreshed afterwards.`,
    gone: (n: number) => `${invoices(n)} of the sheet ${n === 1 ? "is" : "are"} no longer in this view and left out.`,
    leftOut: {
      SENT: (n: number) => `${invoices(n)} already sent: left out.`,
      VOIDED: (n: number) => `${invoices(n)} voided: left out.`,
      DRAFT: (n: number) => `${count(n, "draft")} not finalized: left out.`,
      FINALIZED: (n: number) => `${invoices(n)} already finalized: left out.`,
      MISSING: (n: number) => `${count(n, "row")} without an invoice this month: left out.`,
    },
    nothing: "There is nothing to do for these rows.",
    sandbox: "This is a sandbox: mails go to an outbox folder, not to customers.",
  },

  invoice: {
    open: "Lines and explanation",
    title: "Invoice",
    back: "Back to the comparison",
    loading: "Loading the invoice",
    servicePeriod: "Service period",
    due: "Due",
    purchaseOrder: "PO number",
    lines: "Lines",
    noLines: "This invoice has no lines.",
    how: "How this amount came about",
    net: "Net",
    tax: "Tax",
    gross: "Gross",
    mail: {
      QUEUED: "Mail is waiting to go out",
      SENT: (to: string) => `Mailed to ${to}`,
      FAILED: (error: string) => `Mail failed: ${error}`,
    },
  },

  status: { DRAFT: "Draft", FINALIZED: "Finalized", SENT: "Sent", VOIDED: "Voided", IN_PROGRESS: "In progress" },

  flags: {
    FIRST_BILL: "First bill",
    MISSING_BILL: "Missing bill",
    ZERO_BILL: "Zero bill",
    SPIKE: "Spike",
    DROP: "Drop",
    TAX_RATE_MISSING: "Tax rate missing",
    BUYER_TAX_ID_MISSING: "Tax id missing",
    PO_NUMBER_MISSING: "PO number missing",
    NEGATIVE_TOTAL: "Negative total",
    EXCHANGE_RATE_MISSING: "Exchange rate missing",
    STALE: "Stale",
  },

  /** Words in the cells of the sheet. */
  cells: {
    title: (view: string) => view,
    comparison: (month: string, baseline: string) => `${month} compared with ${baseline}`,
    pulled: (when: string, who: string) => `Pulled ${when} by ${who}`,
    filter: (filter: string) => `Filter: ${filter}`,
    total: (currency: string, invoiceCount: number, current: string) =>
      `${currency}: ${invoices(invoiceCount)}, net ${current}`,
    totalBefore: (previous: string, change: string) => `, previous ${previous}, change ${change}`,
    sandbox: "Sandbox: these figures are for trying out.",
    version: "Version",
    result: "Result",
    done: {
      RECALCULATE: "Recalculated",
      FINALIZE: "Finalized",
      SEND: "Sent",
      DRAFT: "Drafted",
      VOID: "Voided",
      SYNC: "Passed on to accounting",
      REMIND: "Reminded of",
    },
    failed: (message: string) => `Failed: ${message}`,
    skipped: (message: string) => `Skipped: ${message}`,
    skippedWithoutReason: "Skipped",
    failedWithoutReason: "Failed",
    notStarted: "Not started: cancelled",
  },

  outsideExcel: {
    title: "Open this in Excel",
    text: "This page is the Billgrid pane. It works inside Excel, from the Home tab.",
    tooOld: "This version of Excel is too old for Billgrid. Update Microsoft 365, then open the pane again.",
  },
} as const;
