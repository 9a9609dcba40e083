import { Button, Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { ChevronLeftRegular } from "@fluentui/react-icons/svg/chevron-left";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { addMonths, monthInWords } from "../../sheets/calendar-text";
import { texts } from "../../texts";
import { usePaneEnvironment } from "../pane-environment";

const MONTHS_BACK = 36;

const useStyles = makeStyles({
  row: { display: "flex", gap: tokens.spacingHorizontalXS },
  select: { flex: 1, minWidth: 0 },
});

interface MonthPickerProps {
  readonly month: string;
  /** The month that runs now: the last one offered. */
  readonly currentMonth: string;
  readonly onChange: (month: string) => void;
}

export function MonthPicker({ month, currentMonth, onChange }: MonthPickerProps) {
  const styles = useStyles();
  const { locale } = usePaneEnvironment();
  const offered = Array.from({ length: MONTHS_BACK + 1 }, (_, back) => addMonths(currentMonth, -back));
  const first = offered.at(-1) ?? currentMonth;
  return (
    <Field label={texts.views.month}>
      {(field) => (
        <div className={styles.row}>
          <Button
            icon={<ChevronLeftRegular />}
            aria-label={texts.views.previousMonth}
            disabledFocusable={month <= first}
            onClick={() => onChange(addMonths(month, -1))}
          />
          <Select {...field} className={styles.select} value={month} onChange={(_, { value }) => onChange(value)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {monthInWords(one, locale)}
              </option>
            ))}
          </Select>
          <Button
            icon={<ChevronRightRegular />}
            aria-label={texts.views.nextMonth}
            disabledFocusable={month >= currentMonth}
            onClick={() => onChange(addMonths(month, 1))}
          />
        </div>
      )}
    </Field>
  );
}
