import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { listSavedViews, type SavedView } from "../../api/invoices";
import { texts } from "../../texts";
import { OperationPanel } from "../commands/operation-panel";
import { useMonthEnd } from "../month-end/month-end";
import { isInWorkbook } from "../month-end/pulled-sheet";
import { usePaneEnvironment } from "../pane-environment";
import { useSession, useViewer } from "../session/session";
import { EmptyState } from "../shell/empty-state";
import { FailureNotice } from "../shell/failure-notice";
import { ScreenLayout, Section } from "../shell/screen-layout";
import { Waiting } from "../shell/waiting";
import { useTask } from "../use-task";
import { MonthPicker } from "./month-picker";
import { ViewList } from "./view-list";

const useStyles = makeStyles({
  skeleton: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  skeletonCard: { height: "76px", borderRadius: tokens.borderRadiusLarge },
});

/** Where a month-end begins: which month, which view, how many invoices, how much. */
export function ViewsScreen() {
  const styles = useStyles();
  const { preferences } = usePaneEnvironment();
  const { client } = useSession();
  const viewer = useViewer();
  const { month, setMonth, pulled, commands, open, show } = useMonthEnd();
  const [views, setViews] = useState<readonly SavedView[] | null>(null);
  const [chosenId, setChosenId] = useState(() => preferences.read("viewId"));

  const load = useTask(async (signal, ofMonth: string) => {
    setViews(await listSavedViews(client, ofMonth, { signal }));
  });
  const { start } = load;
  useEffect(() => {
    setViews(null);
    void start(month);
  }, [start, month]);

  const chosen = views?.find((view) => view.id === chosenId) ?? views?.[0] ?? null;
  const hasRows = chosen !== null && (chosen.summary.count > 0 || chosen.summary.totals.length > 0);
  const isPulled = (viewId: string) => isInWorkbook(pulled.connectedTables, viewId, month);
  const isOpen = chosen !== null && pulled.sheet?.view.viewId === chosen.id && pulled.sheet.view.month === month;

  const pull = () => {
    if (chosen) void open({ viewId: chosen.id, viewName: chosen.name, month });
  };

  return (
    <ScreenLayout
      title={texts.views.title}
      footer={
        <>
          <OperationPanel />
          {isOpen && (
            <Button appearance="secondary" onClick={() => show({ name: "SHEET" })}>
              {texts.views.openPulled}
            </Button>
          )}
          {views?.length !== 0 && (
            <Button appearance="primary" size="large" disabled={!hasRows || commands.isBusy} onClick={pull}>
              {pullLabel(chosen, { hasRows, isPulled: chosen !== null && isPulled(chosen.id) })}
            </Button>
          )}
        </>
      }
    >
      <MonthPicker month={month} currentMonth={viewer.organization.today.slice(0, 7)} onChange={setMonth} />
      <Section title={texts.views.title} isMain>
        {load.failure && <FailureNotice failure={load.failure} onRetry={load.retry} />}
        {load.isSlow && <Waiting label={texts.views.loading} onCancel={load.cancel} />}
        {load.isRunning && views === null && (
          <Skeleton className={styles.skeleton} aria-label={texts.views.loading}>
            {[0, 1, 2].map((place) => (
              <SkeletonItem key={place} className={styles.skeletonCard} />
            ))}
          </Skeleton>
        )}
        {views?.length === 0 && <EmptyState title={texts.views.none} hint={texts.views.noneHint} />}
        {views && views.length > 0 && (
          <ViewList
            views={views}
            month={month}
            chosenId={chosen?.id ?? null}
            isPulled={isPulled}
            onChoose={setChosenId}
          />
        )}
      </Section>
    </ScreenLayout>
  );
}

function pullLabel(chosen: SavedView | null, { hasRows, isPulled }: { hasRows: boolean; isPulled: boolean }): string {
  if (chosen === null) return texts.views.pullAny;
  if (!hasRows) return texts.views.pullNone;
  return (isPulled ? texts.views.pullAgain : texts.views.pull)(chosen.summary.count);
}
