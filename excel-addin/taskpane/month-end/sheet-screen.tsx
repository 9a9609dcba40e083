import { Badge, Button, makeStyles, Text, Tooltip, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular } from "@fluentui/react-icons/svg/arrow-left";
import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { TableRegular } from "@fluentui/react-icons/svg/table";
import { useState } from "react";
import { instantInWords, monthInWords } from "../../sheets/calendar-text";
import { compareRows } from "../../sheets/comparison";
import { type GridInvoice, isFlagged } from "../../sheets/grid-invoice";
import { texts } from "../../texts";
import { CommandBar } from "../commands/command-bar";
import { OperationPanel } from "../commands/operation-panel";
import { CompareStrip } from "../compare/compare-strip";
import { ReviewList } from "../compare/review-list";
import { TotalsTable } from "../compare/totals-table";
import { usePaneEnvironment } from "../pane-environment";
import { useViewer } from "../session/session";
import { EmptyState } from "../shell/empty-state";
import { FailureNotice, Notice } from "../shell/failure-notice";
import { ScreenLayout, Section } from "../shell/screen-layout";
import { Waiting } from "../shell/waiting";
import { useTask } from "../use-task";
import { useMonthEnd } from "./month-end";
import type { ChosenView, PulledSheet } from "./pulled-sheet";

const useStyles = makeStyles({
  top: { display: "flex", alignItems: "start", gap: tokens.spacingHorizontalXS, margin: "-4px -8px 0" },
  names: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column", paddingTop: "4px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: "2",
    overflow: "hidden",
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  selected: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    justifyContent: "space-between",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  customer: { minWidth: 0, overflowWrap: "anywhere" },
  badges: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
});

/** The pulled view: what changed, what to look at, what to do next. */
export function SheetScreen() {
  const { pulled, show } = useMonthEnd();
  const { sheet, target, stage, task } = pulled;
  // While another view is on its way, what is shown must not be taken for it.
  const isOther = target !== null && (sheet?.view.viewId !== target.viewId || sheet.view.month !== target.month);
  const shown = isOther ? null : sheet;
  return (
    <ScreenLayout
      title={(target ?? sheet?.view)?.viewName ?? texts.views.title}
      footer={
        <>
          <OperationPanel />
          {shown && shown.invoices.length > 0 && <CommandBar key={shown.tableKey} sheet={shown} />}
        </>
      }
    >
      <SheetTitle view={target ?? sheet?.view ?? null} sheet={shown} />
      {task.failure && <FailureNotice failure={task.failure} onRetry={task.retry} onDismiss={task.dismiss} />}
      {task.isRunning && stage?.kind === "LOADING" && (
        <Waiting
          label={texts.pull.loading}
          detail={task.isSlow ? texts.pull.slow : null}
          onCancel={() => {
            task.cancel();
            if (!shown) show({ name: "VIEWS" });
          }}
        />
      )}
      {task.isRunning && stage?.kind === "WRITING" && <Writing done={stage.done} total={stage.total} />}
      {shown && <SheetFacts sheet={shown} />}
    </ScreenLayout>
  );
}

function Writing({ done, total }: { done: number; total: number }) {
  const { locale } = usePaneEnvironment();
  return (
    <Waiting
      announcement={texts.pull.writingAnnounced}
      label={texts.pull.writing(done.toLocaleString(locale), total.toLocaleString(locale))}
      {...(total > 0 && done > 0 ? { ratio: done / total } : {})}
    />
  );
}

function SheetTitle({ view, sheet }: { view: ChosenView | null; sheet: PulledSheet | null }) {
  const styles = useStyles();
  const { locale, workbook } = usePaneEnvironment();
  const viewer = useViewer();
  const { pulled, commands, show, setMonth } = useMonthEnd();
  const [isGone, setIsGone] = useState(false);
  const back = () => {
    if (view) setMonth(view.month);
    show({ name: "VIEWS" });
  };
  const activate = useTask(async () => {
    if (sheet) setIsGone(!(await workbook.show(sheet.tableKey)));
  });
  return (
    <>
      <div className={styles.top}>
        <Tooltip content={texts.actions.back} relationship="label">
          <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={back} />
        </Tooltip>
        <div className={styles.names}>
          {view && (
            <>
              <h1 className={styles.title} title={view.viewName}>
                {view.viewName}
              </h1>
              <Text size={200}>{monthInWords(view.month, locale)}</Text>
              {sheet && (
                <Text size={200} className={styles.quiet}>
                  {texts.sheet.pulledAt(
                    instantInWords(sheet.grid.pulledAt, { locale, timeZone: viewer.organization.timeZone }),
                  )}
                </Text>
              )}
            </>
          )}
        </div>
        {sheet && (
          <>
            <Tooltip content={texts.sheet.show} relationship="label">
              <Button appearance="subtle" icon={<TableRegular />} onClick={() => void activate.start()} />
            </Tooltip>
            <Tooltip content={texts.sheet.refresh} relationship="label">
              <Button
                appearance="subtle"
                icon={<ArrowSyncRegular />}
                disabledFocusable={pulled.task.isRunning || commands.isBusy}
                onClick={() => void pulled.task.start(sheet.view)}
              />
            </Tooltip>
          </>
        )}
      </div>
      {isGone && (
        <Notice intent="info" onDismiss={() => setIsGone(false)}>
          {texts.sheet.gone}
        </Notice>
      )}
      {activate.failure && <FailureNotice failure={activate.failure} onRetry={activate.retry} />}
    </>
  );
}

function SheetFacts({ sheet }: { sheet: PulledSheet }) {
  const styles = useStyles();
  const { locale, workbook } = usePaneEnvironment();
  const { pulled } = useMonthEnd();
  const [isRowGone, setIsRowGone] = useState(false);
  const { grid, invoices } = sheet;
  const comparison = compareRows(invoices);
  const flagged = invoices.filter(isFlagged);
  const showRow = useTask(async (_signal, invoice: GridInvoice) => {
    setIsRowGone(!(await workbook.show(sheet.tableKey, invoice.rowId)));
  });

  if (invoices.length === 0) {
    return (
      <EmptyState title={texts.sheet.empty(monthInWords(sheet.view.month, locale))} hint={texts.sheet.emptyHint} />
    );
  }
  return (
    <>
      {!sheet.tiesToTotals && <Notice intent="warning">{texts.pull.doesNotTie}</Notice>}
      {sheet.keptRows > 0 && <Notice intent="info">{texts.pull.keptRows(sheet.keptRows)}</Notice>}
      <SelectedInvoice invoices={invoices} selectedRowIds={pulled.selectedRowIds} />
      <Section
        title={
          grid.baselineMonth === null
            ? texts.compare.notCompared
            : texts.compare.comparedWith(monthInWords(grid.baselineMonth, locale))
        }
      >
        {grid.baselineMonth !== null && <CompareStrip comparison={comparison} locale={locale} />}
        <div className={styles.badges}>
          {comparison.stale > 0 && (
            <Badge appearance="tint" color="warning" shape="rounded">
              {texts.views.stale(comparison.stale)}
            </Badge>
          )}
          {comparison.unchanged > 0 && (
            <Badge appearance="tint" color="subtle" shape="rounded">
              {texts.compare.unchanged(comparison.unchanged)}
            </Badge>
          )}
        </div>
        <TotalsTable caption={texts.compare.totals} totals={grid.totals} />
      </Section>
      <Section title={flagged.length > 0 ? texts.compare.toReview(flagged.length) : texts.compare.nothingToReview}>
        {isRowGone && (
          <Notice intent="info" onDismiss={() => setIsRowGone(false)}>
            {texts.compare.rowGone}
          </Notice>
        )}
        {showRow.failure && <FailureNotice failure={showRow.failure} onRetry={showRow.retry} />}
        <ReviewList invoices={flagged} onShow={(invoice) => void showRow.start(invoice)} />
      </Section>
    </>
  );
}

/** One row selected in the sheet: the way to its lines. */
function SelectedInvoice({
  invoices,
  selectedRowIds,
}: {
  invoices: readonly GridInvoice[];
  selectedRowIds: readonly string[];
}) {
  const styles = useStyles();
  const { show } = useMonthEnd();
  const [rowId] = selectedRowIds;
  if (selectedRowIds.length !== 1) return null;
  const invoice = invoices.find((one) => one.rowId === rowId);
  const invoiceId = invoice?.invoiceId;
  if (!invoice || !invoiceId) return null;
  return (
    <div className={styles.selected}>
      <Text size={200} weight="semibold" className={styles.customer}>
        {invoice.customer}
      </Text>
      <Button size="small" onClick={() => show({ name: "INVOICE", invoiceId })}>
        {texts.invoice.open}
      </Button>
    </div>
  );
}
