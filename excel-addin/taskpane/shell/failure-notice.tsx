import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  type MessageBarIntent,
  makeStyles,
} from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import type { ReactNode } from "react";
import { texts } from "../../texts";
import type { Failure } from "../use-task";

const useStyles = makeStyles({
  bar: { width: "100%", boxSizing: "border-box", alignItems: "start" },
  body: { whiteSpace: "normal", overflowWrap: "anywhere" },
});

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly onRetry?: () => void;
  readonly onDismiss?: () => void;
}

/** What went wrong and what to do next; read out at once. */
export function FailureNotice({ failure, onRetry, onDismiss }: FailureNoticeProps) {
  return (
    <Notice
      intent="error"
      {...(onDismiss ? { onDismiss } : {})}
      actions={
        failure.isRetryable &&
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {texts.actions.retry}
          </Button>
        )
      }
    >
      {failure.message}
    </Notice>
  );
}

interface NoticeProps {
  readonly intent: MessageBarIntent;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

export function Notice({ intent, children, actions, onDismiss }: NoticeProps) {
  const styles = useStyles();
  return (
    <MessageBar
      className={styles.bar}
      intent={intent}
      layout="multiline"
      politeness={intent === "error" ? "assertive" : "polite"}
    >
      <MessageBarBody className={styles.body}>{children}</MessageBarBody>
      {(actions || onDismiss) && (
        <MessageBarActions
          {...(onDismiss
            ? {
                containerAction: (
                  <Button
                    appearance="transparent"
                    size="small"
                    icon={<DismissRegular />}
                    aria-label={texts.actions.dismiss}
                    onClick={onDismiss}
                  />
                ),
              }
            : {})}
        >
          {actions}
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
