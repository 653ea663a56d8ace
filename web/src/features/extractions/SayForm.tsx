import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { SelectField, TextField } from "@/ui/Field";

import type { Found, Value } from "./api/getTexts";
import type { TemplateField } from "./api/listExtractions";
import type { Resolution } from "./api/resolve";
import styles from "./Fields.module.css";
import type { Picked } from "./TextPaper";
import { valueIn } from "./values";

const FOUND = ["found", "absent", "missing"] as const;

interface Props {
  field: TemplateField;
  value: Value;
  picked: Picked | null;
  onSay: (resolution: Omit<Resolution, "number">) => void;
  busy: boolean;
}

/** Say something else than both models, with the words that are marked in the text. */
export function SayForm({ field, value: known, picked, onSay, busy }: Props) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Found>(picked ? "found" : (known.found ?? "found"));
  const [value, setValue] = useState(() =>
    picked ? valueIn(picked.words, field) : (known.value ?? ""),
  );
  const usable = found !== "found" || value.trim() !== "";
  return (
    <form
      className={styles.say}
      onSubmit={(event) => {
        event.preventDefault();
        const stated = found === "found";
        onSay({
          field: field.name,
          found,
          value: stated ? value.trim() : null,
          span: picked && found !== "missing" ? { start: picked.start, end: picked.end } : null,
        });
      }}
    >
      <SelectField
        label={t("extraction.say")}
        value={found}
        choices={FOUND.map((each) => ({ value: each, label: t(`extraction.says.${each}`) }))}
        onChange={(event) => setFound(event.target.value as Found)}
      />
      {found === "found" && <ValueField field={field} value={value} onChange={setValue} />}
      <p className={styles.words}>
        {picked ? t("extraction.words", { words: picked.words }) : t("extraction.noWords")}
      </p>
      <Button type="submit" disabled={!usable || busy}>
        {t("extraction.save")}
      </Button>
    </form>
  );
}

interface ValueProps {
  field: TemplateField;
  value: string;
  onChange: (value: string) => void;
}

function ValueField({ field, value, onChange }: ValueProps) {
  const { t } = useTranslation();
  const label = t("extraction.value");
  if (field.type === "boolean" || field.type === "choice") {
    const choices =
      field.type === "choice"
        ? (field.choices ?? []).map((each) => ({ value: each, label: each }))
        : (["true", "false"] as const).map((each) => ({
            value: each,
            label: t(`extraction.boolean.${each}`),
          }));
    return (
      <SelectField
        label={label}
        value={value}
        choices={[{ value: "", label: t("extraction.choose") }, ...choices]}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <TextField
      label={field.unit ? `${label} (${field.unit})` : label}
      type={field.type === "date" ? "date" : "text"}
      inputMode={field.type === "number" ? "decimal" : undefined}
      pattern={field.type === "number" ? "[-+]?[0-9]+(\\.[0-9]+)?" : undefined}
      title={field.type === "number" ? t("extraction.numberForm") : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
