import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { ErrorCircleFilled } from "@fluentui/react-icons/svg/error-circle";
import { useEffect, useRef } from "react";
import type { OperationItem } from "../../api/operations";
import { isUnchanged } from "../../sheets/command-results";
import { texts } from "../../texts";
import { useMonthEnd } from "../month-end/month-end";
import { useViewer } from "../session/session";
import { FailureNotice, Notice } from "../shell/failure-notice";
import { takeFocus } from "../shell/take-focus";
import { Waiting } from "../shell/waiting";
import type { CommandOutcome, CommandProgress } from "./command-plan";

const useStyles = makeStyles({
  outcome: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, outlineStyle: "none" },
  line: { display: "flex", alignItems: "start", gap: tokens.spacingHorizontalS },
  words: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column" },
  icon: { fontSize: "20px", flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground3 },
  bad: { color: tokens.colorStatusDangerForeground3 },
  quiet: { color: tokens.colorNeutralForeground3 },
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    maxHeight: "180px",
    overflowY: "auto",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  item: {
    display: "flex",
    flexDirection: "column",
    padding: "6px 10px",
    overflowWrap: "anywhere",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ":last-child": { borderBottomStyle: "none" },
  },
});

/** What runs on the server and what became of it; the same on every screen. */
export function OperationPanel() {
  const { commands, open } = useMonthEnd();
  const { run, resume, cancel, progress, isRefreshing, outcomes, unsent, dismiss } = commands;
  const failure = run.failure ?? resume.failure ?? cancel.failure;
  const isOver = progress === null && !isRefreshing && !run.isRunning && !resume.isRunning;
  return (
    <>
      {failure && (
        <FailureNotice
          failure={failure}
          onRetry={run.failure ? run.retry : resume.failure ? resume.retry : cancel.retry}
          onDismiss={() => {
            run.dismiss();
            resume.dismiss();
            cancel.dismiss();
          }}
        />
      )}
      {progress && <ProgressOfOperation progress={progress} />}
      {run.isRunning && !progress && !isRefreshing && <Waiting label={texts.commands.starting} />}
      {isRefreshing && <Waiting label={texts.commands.refreshing} />}
      {isOver && outcomes.length > 0 && <Outcomes outcomes={outcomes} onDismiss={dismiss} />}
      {isOver && unsent && (
        <Notice
          intent="warning"
          actions={
            <Button size="small" onClick={() => void open(unsent.view)}>
              {texts.commands.openView(unsent.view.viewName)}
            </Button>
          }
        >
          {texts.commands.sendNotStarted(unsent.count)}
        </Notice>
      )}
    </>
  );
}

function ProgressOfOperation({ progress }: { progress: CommandProgress }) {
  const { commands } = useMonthEnd();
  const viewer = useViewer();
  const { operation, step, steps, isInterrupted } = progress;
  const isCancelling = commands.cancel.isRunning || operation.status === "CANCELLED";
  const label = isCancelling
    ? texts.commands.cancelling
    : operation.status === "QUEUED"
      ? texts.commands.queued
      : texts.commands.running[operation.kind];
  const detail = [
    texts.commands.progress(operation.done, operation.total),
    ...(operation.failed > 0 ? [texts.commands.failed(operation.failed)] : []),
    ...(steps > 1 ? [texts.commands.step(step + 1, steps)] : []),
    ...(operation.requestedBy === viewer.name ? [] : [texts.commands.by(operation.requestedBy)]),
  ].join(" · ");
  return (
    <>
      <Waiting
        label={label}
        detail={`${detail}. ${texts.commands.goesOn}`}
        {...(operation.total > 0 ? { ratio: operation.done / operation.total } : {})}
        onCancel={() => void commands.cancel.start(operation)}
        isCancelDisabled={isCancelling}
      />
      {isInterrupted && <Notice intent="warning">{texts.commands.interrupted}</Notice>}
    </>
  );
}

function Outcomes({ outcomes, onDismiss }: { outcomes: readonly CommandOutcome[]; onDismiss: () => void }) {
  const styles = useStyles();
  const panel = useRef<HTMLElement>(null);
  // The button that had the focus is gone or changed; the result is where to go on reading.
  useEffect(() => takeFocus(panel.current), []);
  const failed = itemsOf(outcomes, "FAILED");
  // What finalizing skips in "finalize and send" is finalized already, and sending says what became of it.
  const skipped = itemsOf(outcomes.slice(-1), "SKIPPED").filter((item) => !isUnchanged(item));
  const unchanged = itemsOf(outcomes, "SKIPPED").filter(isUnchanged).length;
  const notStarted = itemsOf(outcomes, "PENDING").length;
  const isGood = failed.length === 0 && notStarted === 0;
  const Icon = isGood ? CheckmarkCircleFilled : ErrorCircleFilled;
  return (
    <section ref={panel} tabIndex={-1} className={styles.outcome} role="status">
      <div className={styles.line}>
        <Icon className={mergeClasses(styles.icon, isGood ? styles.good : styles.bad)} aria-hidden="true" />
        <div className={styles.words}>
          <Text weight="semibold">{outcomes.map(inWords).join(", ")}</Text>
          <Text size={200} className={styles.quiet}>
            {[
              ...(unchanged > 0 ? [texts.commands.unchanged(unchanged)] : []),
              ...(failed.length > 0 ? [texts.commands.failed(failed.length)] : []),
              ...(skipped.length > 0 ? [texts.commands.skipped(skipped.length)] : []),
              ...(notStarted > 0 ? [texts.commands.cancelled(notStarted)] : []),
              texts.commands.resultsInSheet,
            ].join(" · ")}
          </Text>
        </div>
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label={texts.actions.dismiss}
          onClick={onDismiss}
        />
      </div>
      {failed.length > 0 && <Items title={texts.commands.failures} items={failed} />}
      {failed.length === 0 && skipped.length > 0 && <Items title={texts.commands.skips} items={skipped} />}
    </section>
  );
}

const MOST_ITEMS = 50;

function Items({ title, items }: { title: string; items: readonly OperationItem[] }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable with the keyboard.
    <ul className={styles.list} aria-label={title} tabIndex={0}>
      {items.slice(0, MOST_ITEMS).map((item) => (
        <li key={item.ordinal} className={styles.item}>
          <Text size={200} weight="semibold">
            {[item.invoice?.number, item.invoice?.customer.legalName].filter(Boolean).join(" · ") ||
              texts.commands.unnamed}
          </Text>
          <Text size={200}>{item.message}</Text>
        </li>
      ))}
      {items.length > MOST_ITEMS && (
        <li className={styles.item}>
          <Text size={200}>{texts.commands.andMore(items.length - MOST_ITEMS)}</Text>
        </li>
      )}
    </ul>
  );
}

/** "39 invoices recalculated": with those that needed no change. */
function inWords({ operation, items }: CommandOutcome): string {
  return texts.commands.done[operation.kind](operation.succeeded + items.filter(isUnchanged).length);
}

function itemsOf(outcomes: readonly CommandOutcome[], status: OperationItem["status"]): OperationItem[] {
  return outcomes.flatMap(({ items }) => items.filter((item) => item.status === status));
}
