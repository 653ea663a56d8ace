import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { SelectField, TextField } from "@/ui/Field";

import type { Column } from "./api/getPreview";
import styles from "./ColumnPanel.module.css";
import { filterOf, opsFor, takesValue, type Op } from "./filters";

interface Props {
  column: Column;
  onFilter: (filter: string) => void;
}

export function FilterForm({ column, onFilter }: Props) {
  const { t } = useTranslation();
  const ops = opsFor(column);
  const [op, setOp] = useState<Op>(ops.includes("contains") ? "contains" : "eq");
  const [value, setValue] = useState("");
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(filterOf(column.name, op, value));
        setValue("");
      }}
    >
      <SelectField
        label={t("panel.filter")}
        value={op}
        choices={ops.map((each) => ({ value: each, label: t(`op.${each}`) }))}
        onChange={(event) => setOp(event.target.value as Op)}
      />
      {takesValue(op) && (
        <TextField
          label={t("panel.value")}
          required
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
      <Button type="submit">{t("panel.apply")}</Button>
    </form>
  );
}
