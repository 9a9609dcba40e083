import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Badge,
  Button,
  makeStyles,
  mergeClasses,
  Skeleton,
  SkeletonItem,
  Text,
  Tooltip,
  tokens,
} from "@fluentui/react-components";
import { ArrowLeftRegular } from "@fluentui/react-icons/svg/arrow-left";
import { useEffect, useState } from "react";
import { type InvoiceDetail, loadInvoice } from "../../api/invoices";
import { dayInWords } from "../../sheets/calendar-text";
import { amountInWords, statusInWords } from "../../sheets/invoice-sheet";
import { texts } from "../../texts";
import { OperationPanel } from "../commands/operation-panel";
import { useMonthEnd } from "../month-end/month-end";
import { usePaneEnvironment } from "../pane-environment";
import { useSession } from "../session/session";
import { FailureNotice, Notice } from "../shell/failure-notice";
import { ScreenLayout, Section } from "../shell/screen-layout";
import { useTask } from "../use-task";

const useStyles = makeStyles({
  top: { display: "flex", alignItems: "start", gap: tokens.spacingHorizontalXS, margin: "-4px -8px 0" },
  names: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column", gap: "2px", paddingTop: "4px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  badges: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, alignItems: "center" },
  quiet: { color: tokens.colorNeutralForeground3 },
  facts: { display: "grid", gridTemplateColumns: "auto 1fr", gap: "4px 16px", margin: 0 },
  fact: { margin: 0, textAlign: "right", fontVariantNumeric: "tabular-nums", overflowWrap: "anywhere" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  line: { display: "flex", width: "100%", gap: tokens.spacingHorizontalS, alignItems: "baseline", textAlign: "left" },
  description: { flex: 1, minWidth: 0, overflowWrap: "anywhere" },
  amount: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  accordion: { margin: "0 -8px" },
  how: {
    margin: "0 0 8px",
    paddingLeft: "18px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  skeleton: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** One invoice from the inside: every line, and how its amount came about. */
export function InvoiceScreen({ invoiceId }: { invoiceId: string }) {
  const styles = useStyles();
  const { client } = useSession();
  const { show } = useMonthEnd();
  const [invoice, setInvoice] = useState<InvoiceDetail | null>(null);
  const load = useTask(async (signal, id: string) => setInvoice(await loadInvoice(client, id, { signal })));
  const { start } = load;
  useEffect(() => {
    setInvoice(null);
    void start(invoiceId);
  }, [start, invoiceId]);

  return (
    <ScreenLayout title={texts.invoice.title} footer={<OperationPanel />}>
      <div className={styles.top}>
        <Tooltip content={texts.invoice.back} relationship="label">
          <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => show({ name: "SHEET" })} />
        </Tooltip>
        <div className={styles.names}>
          <h1 className={styles.title}>{invoice?.customer.legalName ?? texts.invoice.title}</h1>
          {invoice && (
            <div className={styles.badges}>
              {invoice.number && (
                <Text size={200} className={styles.quiet}>
                  {invoice.number}
                </Text>
              )}
              <Badge appearance="tint" shape="rounded" color={invoice.status === "SENT" ? "success" : "informative"}>
                {statusInWords(invoice.status)}
              </Badge>
              {invoice.isStale && (
                <Badge appearance="tint" shape="rounded" color="warning">
                  {texts.flags.STALE}
                </Badge>
              )}
            </div>
          )}
        </div>
      </div>
      {load.failure && <FailureNotice failure={load.failure} onRetry={load.retry} />}
      {load.isRunning && (
        <Skeleton className={styles.skeleton} aria-label={texts.invoice.loading}>
          <SkeletonItem size={64} />
          <SkeletonItem size={32} />
          <SkeletonItem size={32} />
        </Skeleton>
      )}
      {invoice && <InvoiceFacts invoice={invoice} />}
    </ScreenLayout>
  );
}

function InvoiceFacts({ invoice }: { invoice: InvoiceDetail }) {
  const styles = useStyles();
  const { locale } = usePaneEnvironment();
  const { servicePeriod, dueOn, poNumber, net, tax, gross, deliveries } = invoice;
  const mail = deliveries.filter(({ purpose }) => purpose !== "TEST").at(-1);
  const amount = (money: { readonly amount: string }) => amountInWords(money.amount, locale);
  const facts: [string, string, boolean?][] = [
    ...(servicePeriod ? [[texts.invoice.servicePeriod, periodInWords(servicePeriod, locale)] as [string, string]] : []),
    ...(dueOn ? [[texts.invoice.due, dayInWords(dueOn, locale)] as [string, string]] : []),
    ...(poNumber ? [[texts.invoice.purchaseOrder, poNumber] as [string, string]] : []),
    [texts.invoice.net, amount(net)],
    [texts.invoice.tax, amount(tax)],
    [texts.invoice.gross, `${gross.currency} ${amount(gross)}`, true],
  ];
  return (
    <>
      {(mail?.status === "FAILED" || mail?.status === "UNCERTAIN") && (
        <Notice intent="error">{texts.invoice.mail.FAILED(mail.failure ?? "")}</Notice>
      )}
      {(mail?.status === "QUEUED" || mail?.status === "SENDING" || mail?.status === "DEFERRED") && (
        <Notice intent="info">{texts.invoice.mail.QUEUED}</Notice>
      )}
      {mail?.status === "SENT" && (
        <Notice intent="success">
          {texts.invoice.mail.SENT(
            mail.recipients
              .filter(({ status }) => status === "ACCEPTED")
              .map(({ email }) => email)
              .join(", "),
          )}
        </Notice>
      )}
      <dl className={styles.facts}>
        {facts.map(([term, fact, isStrong]) => (
          <Fact key={term} term={term} fact={fact} isStrong={isStrong ?? false} />
        ))}
      </dl>
      <Section title={texts.invoice.lines}>
        {invoice.lines.length === 0 && <Text className={styles.quiet}>{texts.invoice.noLines}</Text>}
        <Accordion collapsible multiple className={styles.accordion}>
          {invoice.lines.map((line) => (
            <AccordionItem key={line.id} value={line.id} disabled={line.explanationText.length === 0}>
              <AccordionHeader size="small" expandIconPosition="end">
                <span className={styles.line}>
                  <span className={styles.description}>
                    {line.description}
                    {line.servicePeriod && (
                      <Text size={200} block className={styles.quiet}>
                        {periodInWords(line.servicePeriod, locale)}
                      </Text>
                    )}
                  </span>
                  <span className={styles.amount}>{amount(line.net)}</span>
                </span>
              </AccordionHeader>
              <AccordionPanel>
                <ul className={styles.how} aria-label={texts.invoice.how}>
                  {line.explanationText.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </AccordionPanel>
            </AccordionItem>
          ))}
        </Accordion>
      </Section>
    </>
  );
}

function Fact({ term, fact, isStrong }: { term: string; fact: string; isStrong: boolean }) {
  const styles = useStyles();
  return (
    <>
      <dt className={isStrong ? styles.strong : styles.quiet}>{term}</dt>
      <dd className={mergeClasses(styles.fact, isStrong && styles.strong)}>{fact}</dd>
    </>
  );
}

function periodInWords({ startsOn, lastDay }: { startsOn: string; lastDay: string }, locale: string): string {
  return `${dayInWords(startsOn, locale)} – ${dayInWords(lastDay, locale)}`;
}
