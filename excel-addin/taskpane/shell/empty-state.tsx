import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { DocumentSearchRegular } from "@fluentui/react-icons/svg/document-search";

const useStyles = makeStyles({
  empty: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalXS,
    padding: "32px 16px",
    textAlign: "center",
  },
  icon: { fontSize: "32px", color: tokens.colorNeutralForeground4 },
  hint: { color: tokens.colorNeutralForeground3 },
});

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, hint }: { title: string; hint: string }) {
  const styles = useStyles();
  return (
    <div className={styles.empty} role="status">
      <DocumentSearchRegular className={styles.icon} aria-hidden="true" />
      <Text weight="semibold">{title}</Text>
      <Text size={200} className={styles.hint}>
        {hint}
      </Text>
    </div>
  );
}
