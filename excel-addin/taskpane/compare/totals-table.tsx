import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { signOf } from "../../sheets/decimal-text";
import { amountInWords } from "../../sheets/invoice-sheet";
import { texts } from "../../texts";
import { usePaneEnvironment } from "../pane-environment";

const useStyles = makeStyles({
  table: {
    width: "100%",
    borderCollapse: "collapse",
    fontVariantNumeric: "tabular-nums",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  caption: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  head: {
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
    textAlign: "right",
    padding: "0 0 2px 8px",
  },
  first: { textAlign: "left", paddingLeft: 0 },
  cell: { textAlign: "right", padding: "3px 0 3px 8px", whiteSpace: "nowrap" },
  currency: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  current: { fontWeight: tokens.fontWeightSemibold },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  changeRow: { color: tokens.colorNeutralForeground2 },
  up: { color: tokens.colorStatusSuccessForeground1 },
  down: { color: tokens.colorStatusDangerForeground1 },
  changeCell: { paddingTop: 0, paddingBottom: "5px" },
});

export interface CurrencyTotal {
  readonly currency: string;
  readonly previous: string;
  readonly current: string;
  readonly change?: string;
  readonly changePercent?: string | null;
}

/** Previous and current by currency; with a change on a line of its own, for amounts are long and panes are narrow. */
export function TotalsTable({ caption, totals }: { caption: string; totals: readonly CurrencyTotal[] }) {
  const styles = useStyles();
  const { locale } = usePaneEnvironment();
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.head, styles.first)}>
            {texts.compare.currency}
          </th>
          <th scope="col" className={styles.head}>
            {texts.compare.previous}
          </th>
          <th scope="col" className={styles.head}>
            {texts.compare.current}
          </th>
        </tr>
      </thead>
      {totals.map((total) => (
        <tbody key={total.currency}>
          <tr className={styles.row}>
            <th scope="row" className={mergeClasses(styles.cell, styles.first, styles.currency)}>
              {total.currency}
            </th>
            <td className={styles.cell}>{amountInWords(total.previous, locale)}</td>
            <td className={mergeClasses(styles.cell, styles.current)}>{amountInWords(total.current, locale)}</td>
          </tr>
          {total.change !== undefined && (
            <tr className={styles.changeRow}>
              <td className={mergeClasses(styles.cell, styles.first, styles.changeCell)}>{texts.compare.change}</td>
              <td
                colSpan={2}
                className={mergeClasses(
                  styles.cell,
                  styles.changeCell,
                  signOf(total.change) > 0 && styles.up,
                  signOf(total.change) < 0 && styles.down,
                )}
              >
                {changeInWords(total.change, total.changePercent ?? null, locale)}
              </td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}

const ARROWS = { [-1]: "▼ ", [0]: "", [1]: "▲ " } as const;

/** "▲ +1,234.00 (+4.2 %)" */
export function changeInWords(change: string, percent: string | null, locale: string): string {
  const amount = `${ARROWS[signOf(change)]}${amountInWords(change, locale, "exceptZero")}`;
  if (percent === null) return amount;
  const ratio = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
  return `${amount} (${ratio.format(`${percent}e-2` as Intl.StringNumericLiteral)})`;
}
