import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from "@fluentui/react-components";
import { InfoRegular } from "@fluentui/react-icons/svg/info";
import { WarningFilled } from "@fluentui/react-icons/svg/warning";
import type { ReactNode } from "react";
import type { CommandSelection, SelectionTotal } from "../../sheets/command-selection";
import { amountInWords } from "../../sheets/invoice-sheet";
import { texts } from "../../texts";
import { usePaneEnvironment } from "../pane-environment";
import { useViewer } from "../session/session";

const useStyles = makeStyles({
  surface: { width: "calc(100vw - 24px)", maxWidth: "440px", padding: tokens.spacingHorizontalL },
  title: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  table: { width: "100%", borderCollapse: "collapse", fontVariantNumeric: "tabular-nums" },
  head: {
    textAlign: "right",
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    padding: "0 0 2px 8px",
  },
  cell: {
    textAlign: "right",
    whiteSpace: "nowrap",
    padding: "4px 0 4px 8px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  first: { textAlign: "left", paddingLeft: 0 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "6px" },
  point: { display: "flex", gap: tokens.spacingHorizontalS, fontSize: tokens.fontSizeBase300 },
  icon: { flexShrink: 0, fontSize: "18px", marginTop: "1px" },
  warning: { color: tokens.colorStatusWarningForeground3 },
  quiet: { color: tokens.colorNeutralForeground3 },
  actions: { flexWrap: "wrap" },
});

/** What is about to be confirmed: chosen from figures that were just asked for, not from what the sheet shows. */
export interface Confirmation {
  readonly selection: CommandSelection & { readonly command: "FINALIZE" | "SEND" | "FINALIZE_AND_SEND" };
  readonly changedSincePull: number;
  readonly gone: number;
  readonly idempotencyKey: string;
}

interface ConfirmDialogProps {
  readonly confirmation: Confirmation | null;
  readonly onConfirm: (confirmation: Confirmation) => void;
  readonly onClose: () => void;
}

/** Count, totals and warnings before anything leaves the house. */
export function ConfirmDialog({ confirmation, onConfirm, onClose }: ConfirmDialogProps) {
  const styles = useStyles();
  return (
    <Dialog open={confirmation !== null} onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        {confirmation && (
          <DialogBody>
            <DialogTitle className={styles.title}>
              {texts.confirm[confirmation.selection.command](confirmation.selection.invoices.length)}
            </DialogTitle>
            <DialogContent className={styles.content}>
              <Text>{texts.confirm.consequence[confirmation.selection.command]}</Text>
              {confirmation.selection.totals.length > 0 && <Totals totals={confirmation.selection.totals} />}
              <Points confirmation={confirmation} />
            </DialogContent>
            <DialogActions className={styles.actions} position="end">
              <Button appearance="secondary" onClick={onClose}>
                {texts.actions.cancel}
              </Button>
              <Button
                appearance="primary"
                disabled={confirmation.selection.invoices.length === 0}
                onClick={() => onConfirm(confirmation)}
              >
                {texts.confirm.action[confirmation.selection.command](confirmation.selection.invoices.length)}
              </Button>
            </DialogActions>
          </DialogBody>
        )}
      </DialogSurface>
    </Dialog>
  );
}

function Totals({ totals }: { totals: readonly SelectionTotal[] }) {
  const styles = useStyles();
  const { locale } = usePaneEnvironment();
  const { confirm } = texts;
  return (
    <table className={styles.table} aria-label={confirm.totals}>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.head, styles.first)}>
            {confirm.invoices}
          </th>
          <th scope="col" className={styles.head}>
            {confirm.net}
          </th>
          <th scope="col" className={styles.head}>
            {confirm.gross}
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ currency, count, net, gross }) => (
          <tr key={currency}>
            <th scope="row" className={mergeClasses(styles.cell, styles.first)}>
              {count.toLocaleString(locale)} × {currency}
            </th>
            <td className={styles.cell}>{amountInWords(net, locale)}</td>
            <td className={mergeClasses(styles.cell, styles.strong)}>{amountInWords(gross, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Points({ confirmation }: { confirmation: Confirmation }) {
  const styles = useStyles();
  const viewer = useViewer();
  const { selection, changedSincePull, gone } = confirmation;
  const { confirm } = texts;
  const leftOut: Readonly<Record<string, (n: number) => string>> = confirm.leftOut;
  const warnings = [
    ...(selection.invoices.length === 0 ? [confirm.nothing] : []),
    ...(selection.stale > 0 ? [confirm.stale(selection.stale)] : []),
    ...(selection.flagged > 0 ? [confirm.flagged(selection.flagged)] : []),
    ...(changedSincePull > 0 ? [confirm.changedSincePull(changedSincePull)] : []),
    ...(gone > 0 ? [confirm.gone(gone)] : []),
  ];
  const facts = [
    ...Object.entries(selection.leftOut).flatMap(([status, count]) => leftOut[status]?.(count) ?? []),
    ...(viewer.organization.mode === "SANDBOX" && selection.command !== "FINALIZE" ? [confirm.sandbox] : []),
  ];
  return (
    <ul className={styles.list}>
      {warnings.map((warning) => (
        <Point key={warning} icon={<WarningFilled className={mergeClasses(styles.icon, styles.warning)} />}>
          {warning}
        </Point>
      ))}
      {facts.map((fact) => (
        <Point key={fact} icon={<InfoRegular className={mergeClasses(styles.icon, styles.quiet)} />}>
          {fact}
        </Point>
      ))}
    </ul>
  );
}

function Point({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  const styles = useStyles();
  return (
    <li className={styles.point}>
      {icon}
      <span>{children}</span>
    </li>
  );
}
