import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useState } from "react";
import type { GridInvoice } from "../../sheets/grid-invoice";
import { flagsInWords } from "../../sheets/invoice-sheet";
import { texts } from "../../texts";
import { usePaneEnvironment } from "../pane-environment";
import { changeInWords } from "./totals-table";

const useStyles = makeStyles({
  list: { listStyle: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column" },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  row: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    width: "100%",
    minWidth: 0,
    padding: "8px 4px",
    fontWeight: tokens.fontWeightRegular,
    textAlign: "left",
    justifyContent: "start",
  },
  words: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column" },
  customer: { overflowWrap: "anywhere" },
  flags: { color: tokens.colorStatusWarningForeground3 },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: "anywhere" },
  numbers: { fontVariantNumeric: "tabular-nums" },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
});

const SHOWN_AT_FIRST = 5;

interface ReviewListProps {
  readonly invoices: readonly GridInvoice[];
  readonly onShow: (invoice: GridInvoice) => void;
}

/** The flagged rows with the server's reason; choosing one selects it in the sheet. */
export function ReviewList({ invoices, onShow }: ReviewListProps) {
  const styles = useStyles();
  const { locale } = usePaneEnvironment();
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? invoices : invoices.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ul className={styles.list}>
        {shown.map((invoice) => (
          <li key={invoice.rowId} className={styles.item}>
            <Button
              className={styles.row}
              appearance="transparent"
              onClick={() => onShow(invoice)}
              title={texts.compare.showInSheet(invoice.customer ?? "")}
            >
              <span className={styles.words}>
                <Text weight="semibold" className={styles.customer}>
                  {invoice.customer ?? invoice.number}
                </Text>
                <Text size={200} className={styles.flags}>
                  {flagsInWords(invoice.flags)}
                </Text>
                {invoice.change !== null && (
                  <Text size={200} className={styles.numbers}>
                    {invoice.currency} {changeInWords(invoice.change, null, locale)}
                  </Text>
                )}
                {invoice.reason && (
                  <Text size={200} className={styles.quiet}>
                    {invoice.reason}
                  </Text>
                )}
              </span>
              <ChevronRightRegular className={styles.chevron} aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      {!isAll && invoices.length > SHOWN_AT_FIRST && (
        <Button appearance="subtle" size="small" onClick={() => setIsAll(true)}>
          {texts.compare.showMore(invoices.length - SHOWN_AT_FIRST)}
        </Button>
      )}
    </>
  );
}
