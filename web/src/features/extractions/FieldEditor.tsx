import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { CheckField, SelectField, TextField } from "@/ui/Field";

import styles from "./Template.module.css";
import { TYPES, type Typed } from "./template";

interface Props {
  field: Typed;
  number: number;
  onChange: (field: Typed) => void;
  onRemove?: () => void;
}

/** One field of the template. */
export function FieldEditor({ field, number, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const set = (name: "name" | "description" | "labels" | "unit" | "choices") => ({
    value: field[name],
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...field, [name]: event.target.value }),
  });
  return (
    <div className={styles.field} role="group" aria-label={t("extraction.field", { number })}>
      <div className={styles.main}>
        <TextField label={t("extraction.name")} maxLength={100} {...set("name")} />
        <SelectField
          label={t("extraction.type")}
          value={field.type}
          choices={TYPES.map((each) => ({ value: each, label: t(`extraction.types.${each}`) }))}
          onChange={(event) => onChange({ ...field, type: event.target.value as Typed["type"] })}
        />
        {field.type === "number" && (
          <TextField label={t("extraction.unit")} maxLength={50} {...set("unit")} />
        )}
        {onRemove && (
          <Button kind="plain" aria-label={t("edit.removeItem", { number })} onClick={onRemove}>
            ✕
          </Button>
        )}
      </div>
      {field.type === "choice" && (
        <TextField label={t("extraction.choices")} hint={t("edit.commas")} {...set("choices")} />
      )}
      <div className={styles.more}>
        <TextField
          label={t("extraction.labels")}
          hint={t("edit.commas")}
          placeholder={t("extraction.labelsHint")}
          {...set("labels")}
        />
        <TextField label={t("extraction.description")} maxLength={1000} {...set("description")} />
      </div>
      <CheckField
        label={t("extraction.required")}
        checked={field.required}
        onChange={(event) => onChange({ ...field, required: event.target.checked })}
      />
    </div>
  );
}
