import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { ArrowDownRegular } from "@fluentui/react-icons/svg/arrow-down";
import { ArrowUpRegular } from "@fluentui/react-icons/svg/arrow-up";
import { SubtractRegular } from "@fluentui/react-icons/svg/subtract";
import type { ComponentType } from "react";
import type { Comparison } from "../../sheets/comparison";
import { texts } from "../../texts";

const useStyles = makeStyles({
  strip: {
    display: "grid",
    gridTemplateColumns: "repeat(4, 1fr)",
    margin: 0,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    padding: "10px 4px",
  },
  tile: {
    display: "flex",
    flexDirection: "column-reverse",
    alignItems: "center",
    minWidth: 0,
    "& + &": { borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  divided: { borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  count: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  label: {
    display: "flex",
    alignItems: "center",
    gap: "2px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  up: { color: tokens.colorStatusSuccessForeground1 },
  down: { color: tokens.colorStatusDangerForeground1 },
  attention: { color: tokens.colorStatusWarningForeground3 },
});

/** How many rows went which way. An icon and a word say what the colour says. */
export function CompareStrip({ comparison, locale }: { comparison: Comparison; locale: string }) {
  const styles = useStyles();
  const tiles: { label: string; count: number; Icon: ComponentType; colour: string | undefined }[] = [
    { label: texts.compare.up, count: comparison.up, Icon: ArrowUpRegular, colour: styles.up },
    { label: texts.compare.down, count: comparison.down, Icon: ArrowDownRegular, colour: styles.down },
    { label: texts.compare.new, count: comparison.isNew, Icon: AddRegular, colour: undefined },
    { label: texts.compare.missing, count: comparison.missing, Icon: SubtractRegular, colour: styles.attention },
  ];
  return (
    <dl className={styles.strip}>
      {tiles.map(({ label, count, Icon, colour }, place) => (
        <div key={label} className={mergeClasses(styles.tile, place > 0 && styles.divided)}>
          <dt className={mergeClasses(styles.label, count > 0 && colour)}>
            <Icon />
            {label}
          </dt>
          <dd className={styles.count}>{count.toLocaleString(locale)}</dd>
        </div>
      ))}
    </dl>
  );
}
