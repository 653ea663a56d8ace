import { useTranslation } from "react-i18next";

import { TextField } from "@/ui/Field";
import page from "@/ui/Page.module.css";

import styles from "./Screenings.module.css";

const FIELDS = [
  "title",
  "abstract",
  "authors",
  "year",
  "journal",
  "doi",
  "pmid",
  "keywords",
  "url",
] as const;

interface Props {
  mapping: Readonly<Record<string, string>>;
  onChange: (mapping: Record<string, string>) => void;
}

/** Which column of a table holds what, where its name does not tell. */
export function MappingFields({ mapping, onChange }: Props) {
  const { t } = useTranslation();
  const set = (field: string, column: string) => {
    const others = Object.entries(mapping).filter(([name]) => name !== field);
    onChange(Object.fromEntries(column.trim() ? [...others, [field, column]] : others));
  };
  return (
    <details className={styles.mapping}>
      <summary>{t("screening.form.columns")}</summary>
      <p className={page.quiet}>{t("screening.form.columnsAbout")}</p>
      <div className={styles.columns}>
        {FIELDS.map((field) => (
          <TextField
            key={field}
            label={t(`screening.field.${field}`)}
            value={mapping[field] ?? ""}
            onChange={(event) => set(field, event.target.value)}
          />
        ))}
      </div>
    </details>
  );
}
