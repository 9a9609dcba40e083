import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons/svg/more-horizontal";
import { useState } from "react";
import { loadInvoiceGrid } from "../../api/invoices";
import { changedSince, invoiceIdsOf, type SheetCommand, selectForCommand } from "../../sheets/command-selection";
import { toGridInvoices } from "../../sheets/grid-invoice";
import { texts } from "../../texts";
import { useMonthEnd } from "../month-end/month-end";
import type { PulledSheet } from "../month-end/pulled-sheet";
import { useSession, useViewer } from "../session/session";
import { FailureNotice } from "../shell/failure-notice";
import { Waiting } from "../shell/waiting";
import { useTask } from "../use-task";
import { type Confirmation, ConfirmDialog } from "./confirm-dialog";

const useStyles = makeStyles({
  scope: { display: "flex", alignItems: "center", justifyContent: "space-between", margin: "-4px -8px 0" },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
  wide: { flexGrow: 1, minWidth: 0, whiteSpace: "nowrap", paddingLeft: "8px", paddingRight: "8px" },
  quiet: { color: tokens.colorNeutralForeground3 },
});

type ConfirmedCommand = Confirmation["selection"]["command"];

const MAY_CHANGE: ReadonlySet<string> = new Set(["ADMIN", "FINANCE"]);

/** Recalculate, finalize, send: for all rows or for the selected ones. */
export function CommandBar({ sheet }: { sheet: PulledSheet }) {
  const styles = useStyles();
  const viewer = useViewer();
  const { client } = useSession();
  const { pulled, commands } = useMonthEnd();
  const [isSelectedOnly, setIsSelectedOnly] = useState(false);
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);

  // A missing bill is a row of the sheet, but nothing that a command could work on.
  const invoiceRowIds = new Set(sheet.invoices.filter((one) => one.invoiceId !== null).map((one) => one.rowId));
  const selectedRowIds = pulled.selectedRowIds.filter((rowId) => invoiceRowIds.has(rowId));
  const isSelection = isSelectedOnly && selectedRowIds.length > 0;
  const rowIds = isSelection ? selectedRowIds : null;
  const select = (command: SheetCommand) => selectForCommand(command, sheet.invoices, rowIds);
  const drafts = select("RECALCULATE");
  const toSend = select("SEND");
  const isBusy = commands.isBusy || pulled.task.isRunning;

  const prepare = useTask(async (signal, command: ConfirmedCommand) => {
    // Asked again at the last moment: somebody else may have sent half of it since the pull.
    const latest = toGridInvoices(await loadInvoiceGrid(client, sheet.view, { signal }));
    const selection = selectForCommand(command, latest, rowIds);
    const pulledBefore = selectForCommand(command, sheet.invoices, rowIds).invoices;
    const { changed, gone } = changedSince(pulledBefore, latest);
    setConfirmation({
      selection: { ...selection, command },
      changedSincePull: changed,
      gone,
      idempotencyKey: crypto.randomUUID(),
    });
  });

  const recalculate = () => {
    const selection = { invoiceIds: invoiceIdsOf(drafts.invoices) };
    void commands.run.start({
      command: "RECALCULATE",
      view: sheet.view,
      selection,
      idempotencyKey: crypto.randomUUID(),
    });
  };

  const confirm = ({ selection, idempotencyKey }: Confirmation) => {
    setConfirmation(null);
    const invoiceIds = invoiceIdsOf(selection.invoices);
    void commands.run.start({
      command: selection.command,
      view: sheet.view,
      selection: { invoiceIds },
      idempotencyKey,
    });
  };

  if (!MAY_CHANGE.has(viewer.role)) {
    return (
      <Text size={200} className={styles.quiet}>
        {texts.commands.readOnly}
      </Text>
    );
  }
  if (isBusy) return null;

  const hasWork = drafts.invoices.length + toSend.invoices.length > 0;
  const isStale = drafts.stale > 0;
  const sendsOnly = drafts.invoices.length === 0;
  return (
    <>
      {prepare.failure && (
        <FailureNotice failure={prepare.failure} onRetry={prepare.retry} onDismiss={prepare.dismiss} />
      )}
      {prepare.isSlow && <Waiting label={texts.commands.checking} onCancel={prepare.cancel} />}
      <div className={styles.scope}>
        <RadioGroup
          layout="horizontal"
          aria-label={texts.scope.label}
          value={isSelection ? "selected" : "all"}
          onChange={(_, { value }) => setIsSelectedOnly(value === "selected")}
        >
          <Radio value="all" label={texts.scope.all(invoiceRowIds.size)} />
          <Radio
            value="selected"
            label={texts.scope.selected(selectedRowIds.length)}
            disabled={selectedRowIds.length === 0}
          />
        </RadioGroup>
        {hasWork && !sendsOnly && (
          <Menu positioning="above-end">
            <MenuTrigger disableButtonEnhancement>
              <Button appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={texts.commands.more} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem onClick={() => void prepare.start("FINALIZE")}>{texts.commands.finalize}</MenuItem>
                <MenuItem disabled={toSend.invoices.length === 0} onClick={() => void prepare.start("SEND")}>
                  {texts.commands.sendFinalized}
                </MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        )}
      </div>
      {hasWork ? (
        <div className={styles.buttons}>
          {drafts.invoices.length > 0 && (
            <Button className={styles.wide} appearance={isStale ? "primary" : "secondary"} onClick={recalculate}>
              {texts.commands.recalculate}
            </Button>
          )}
          <Button
            className={styles.wide}
            appearance={isStale ? "secondary" : "primary"}
            disabledFocusable={prepare.isRunning}
            onClick={() => void prepare.start(sendsOnly ? "SEND" : "FINALIZE_AND_SEND")}
          >
            {sendsOnly ? texts.commands.send : texts.commands.finalizeAndSend}
          </Button>
        </div>
      ) : (
        <Text size={200} className={styles.quiet}>
          {texts.commands.nothingToDo}
        </Text>
      )}
      <ConfirmDialog confirmation={confirmation} onConfirm={confirm} onClose={() => setConfirmation(null)} />
    </>
  );
}
