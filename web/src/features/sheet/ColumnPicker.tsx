import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { CheckField, TextField } from "@/ui/Field";

import buttons from "@/ui/Button.module.css";

import styles from "./ColumnPicker.module.css";
import type { SheetTable } from "./useSheetTable";

/** Choose the columns that the grid shows. */
export function ColumnPicker({ table }: { table: SheetTable }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const columns = table.getAllLeafColumns();
  const shown = columns.filter((column) => column.getIsVisible()).length;
  const found = columns.filter(({ id }) => id.toLowerCase().includes(search.toLowerCase()));
  return (
    <Popover.Root>
      <Popover.Trigger className={`${buttons.button} ${buttons.edged}`}>
        {shown === columns.length
          ? t("picker.all", { count: columns.length })
          : t("picker.some", { shown, count: columns.length })}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className={styles.place}>
          <Popover.Popup className={styles.popup}>
            <Popover.Title className="visually-hidden">{t("picker.title")}</Popover.Title>
            <TextField
              label={t("picker.search")}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
            <div className={styles.list}>
              {found.map((column) => (
                <CheckField
                  key={column.id}
                  label={column.id}
                  checked={column.getIsVisible()}
                  disabled={column.getIsVisible() && shown === 1}
                  onChange={(event) => column.toggleVisibility(event.target.checked)}
                />
              ))}
            </div>
            <div className={styles.end}>
              <button
                type="button"
                className={`${buttons.button} ${buttons.plain}`}
                onClick={() => table.resetColumnVisibility(true)}
              >
                {t("picker.showAll")}
              </button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
