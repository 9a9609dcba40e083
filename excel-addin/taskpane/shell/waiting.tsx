import { Button, makeStyles, ProgressBar, Text, tokens, useAnnounce } from "@fluentui/react-components";
import { useEffect } from "react";
import { texts } from "../../texts";

const useStyles = makeStyles({
  waiting: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  line: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: tokens.spacingHorizontalS },
  detail: { color: tokens.colorNeutralForeground3 },
  numbers: { fontVariantNumeric: "tabular-nums" },
});

interface WaitingProps {
  readonly label: string;
  /** Read out instead of the label, where the label counts. */
  readonly announcement?: string;
  readonly detail?: string | null;
  /** From 0 to 1; left out if nobody knows. */
  readonly ratio?: number;
  readonly onCancel?: (() => void) | undefined;
  readonly isCancelDisabled?: boolean;
}

/** What is going on, how far it is, and how to stop it. Read out once, not with every step. */
export function Waiting({ label, announcement, detail, ratio, onCancel, isCancelDisabled = false }: WaitingProps) {
  const styles = useStyles();
  const { announce } = useAnnounce();
  useEffect(() => announce(announcement ?? label), [announce, announcement, label]);
  return (
    <div className={styles.waiting}>
      <div className={styles.line}>
        <Text weight="semibold">{label}</Text>
        {onCancel && (
          <Button size="small" appearance="secondary" disabledFocusable={isCancelDisabled} onClick={onCancel}>
            {texts.actions.cancel}
          </Button>
        )}
      </div>
      <ProgressBar aria-label={label} thickness="large" {...(ratio === undefined ? {} : { value: ratio })} />
      {detail && (
        <Text size={200} className={`${styles.detail} ${styles.numbers}`}>
          {detail}
        </Text>
      )}
    </div>
  );
}
