import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Column } from "@/features/sheet/api/getPreview";
import { CheckField, TextField } from "@/ui/Field";

import styles from "./Edits.module.css";

const FEW = 12;

interface Props {
  label: string;
  columns: readonly Column[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Choose columns; they are kept in the order in which they were chosen. */
export function ColumnsField({ label, columns, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <fieldset className={styles.columns}>
      <legend>
        {label}
        {chosen.length > 0 && ` · ${chosen.length}`}
      </legend>
      {columns.length > FEW && (
        <TextField
          label={t("picker.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className={styles.choices}>
        {found.map(({ name }) => (
          <CheckField
            key={name}
            label={name}
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, name] : chosen.filter((each) => each !== name),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
