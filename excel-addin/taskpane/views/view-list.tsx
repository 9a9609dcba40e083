import { Badge, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { useId } from "react";
import type { SavedView } from "../../api/invoices";
import { monthInWords } from "../../sheets/calendar-text";
import { texts } from "../../texts";
import { TotalsTable } from "../compare/totals-table";
import { usePaneEnvironment } from "../pane-environment";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, border: 0, margin: 0, padding: 0 },
  card: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    padding: "10px 12px",
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-within": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
  chosen: {
    boxShadow: `inset 0 0 0 2px ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  // Invisible over the whole card: all of it can be clicked, though only the name is the label.
  radio: { position: "absolute", inset: 0, width: "100%", height: "100%", margin: 0, opacity: 0, cursor: "pointer" },
  line: {
    display: "flex",
    alignItems: "start",
    gap: tokens.spacingHorizontalS,
  },
  name: { flex: 1, minWidth: 0, overflowWrap: "anywhere" },
  mark: { color: tokens.colorBrandForeground1, fontSize: "20px", flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: "anywhere" },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "4px 8px",
    fontVariantNumeric: "tabular-nums",
    marginTop: tokens.spacingVerticalXXS,
  },
  totals: { marginTop: tokens.spacingVerticalS },
});

interface ViewListProps {
  readonly views: readonly SavedView[];
  readonly month: string;
  readonly chosenId: string | null;
  readonly isPulled: (viewId: string) => boolean;
  readonly onChoose: (viewId: string) => void;
}

/** The saved views as one choice: arrow keys move it, and the chosen one shows its totals. */
export function ViewList({ views, month, chosenId, isPulled, onChoose }: ViewListProps) {
  const styles = useStyles();
  const { locale } = usePaneEnvironment();
  const group = useId();
  return (
    <fieldset className={styles.list} aria-label={texts.views.list}>
      {views.map((view) => {
        const isChosen = view.id === chosenId;
        const isEmpty = view.summary.count === 0;
        return (
          <div key={view.id} className={mergeClasses(styles.card, isChosen && styles.chosen)}>
            <label className={styles.line}>
              <input
                className={styles.radio}
                type="radio"
                name={group}
                checked={isChosen}
                onChange={() => onChoose(view.id)}
                aria-describedby={`${group}-${view.id}`}
              />
              <Text weight="semibold" className={styles.name}>
                {view.name}
              </Text>
              {isChosen && <CheckmarkCircleFilled className={styles.mark} aria-hidden="true" />}
            </label>
            <div id={`${group}-${view.id}`}>
              <Text size={200} className={styles.quiet}>
                {view.filterText}
              </Text>
              <div className={styles.facts}>
                <Text size={200}>
                  {isEmpty ? texts.views.empty(monthInWords(month, locale)) : texts.views.invoices(view.summary.count)}
                </Text>
                {view.summary.staleCount > 0 && (
                  <Badge appearance="tint" color="warning" shape="rounded">
                    {texts.views.stale(view.summary.staleCount)}
                  </Badge>
                )}
                {isPulled(view.id) && (
                  <Badge appearance="tint" color="brand" shape="rounded">
                    {texts.views.inWorkbook}
                  </Badge>
                )}
                {!view.isShared && (
                  <Badge appearance="tint" color="subtle" shape="rounded">
                    {texts.views.private}
                  </Badge>
                )}
              </div>
            </div>
            {isChosen && view.summary.totals.length > 0 && (
              <div className={styles.totals}>
                <TotalsTable caption={texts.compare.totals} totals={view.summary.totals} />
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
