import { useMemo, useState } from "react";
import { textOf } from "../model/edit";
import { refreshFilters, sortTable } from "../model/sort-and-filter";
import type { Table } from "../model/table";
import { useParts } from "./parts";

export interface FilterMenuProps {
  readonly table: Table;
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly onClose: () => void;
}

/** The menu behind the arrow of a table header. */
export function FilterMenu({ table, index, left, top, onClose }: FilterMenuProps) {
  const { workbook } = useParts();
  const column = table.columns[index];
  const texts = useMemo(() => distinctTexts(table, index), [table, index]);
  const current = column?.filter?.values;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(current ?? texts));
  const [search, setSearch] = useState("");
  if (!column) return null;
  const shown = texts.filter((text) => text.toLowerCase().includes(search.toLowerCase()));
  const isAll = shown.every((text) => chosen.has(text));

  const sort = (ascending: boolean) => {
    sortTable(workbook, table, [{ key: index, ascending }]);
    onClose();
  };
  const apply = (values: readonly string[] | null) => {
    column.filter = values === null ? null : { filterOn: "Values", values };
    refreshFilters(workbook, table.sheet);
    onClose();
  };
  const toggle = (wanted: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const text of wanted) {
      if (isChosen) next.add(text);
      else next.delete(text);
    }
    setChosen(next);
  };

  return (
    <div className="popup filter-menu" role="dialog" aria-label={`Filter ${column.name}`} style={{ left, top }}>
      <button type="button" className="menu-item" onClick={() => sort(true)}>
        Sort ascending
      </button>
      <button type="button" className="menu-item" onClick={() => sort(false)}>
        Sort descending
      </button>
      <hr />
      <button type="button" className="menu-item" disabled={!column.filter} onClick={() => apply(null)}>
        Clear filter from “{column.name}”
      </button>
      <input
        className="menu-search"
        placeholder="Search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="menu-values">
        <label>
          <input type="checkbox" checked={isAll} onChange={(event) => toggle(shown, event.target.checked)} />
          (Select all)
        </label>
        {shown.slice(0, 500).map((text) => (
          <label key={text}>
            <input
              type="checkbox"
              checked={chosen.has(text)}
              onChange={(event) => toggle([text], event.target.checked)}
            />
            {text === "" ? "(Blanks)" : text}
          </label>
        ))}
      </div>
      <div className="menu-buttons">
        <button
          type="button"
          className="primary"
          disabled={chosen.size === 0}
          onClick={() => apply(chosen.size === texts.length ? null : [...chosen])}
        >
          Apply
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </div>
  );
}

function distinctTexts(table: Table, index: number): string[] {
  const { dataArea, sheet } = table;
  const texts = new Set<string>();
  for (let row = dataArea.row; row < dataArea.row + dataArea.rowCount; row++)
    texts.add(textOf(sheet.cell(row, table.area.column + index)));
  return [...texts].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
