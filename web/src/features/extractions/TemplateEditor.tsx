import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { SelectField } from "@/ui/Field";
import page from "@/ui/Page.module.css";

import { useExtractions } from "./api/listExtractions";
import { namesOf } from "./ExtractionTable";
import { FieldEditor } from "./FieldEditor";
import styles from "./Template.module.css";
import { newField, typedFrom, type Typed } from "./template";

interface Props {
  fields: readonly Typed[];
  onChange: (fields: Typed[]) => void;
}

/** The fields that are wanted of each text. */
export function TemplateEditor({ fields, onChange }: Props) {
  const { t } = useTranslation();
  const change = (next: Typed) =>
    onChange(fields.map((each) => (each.key === next.key ? next : each)));
  return (
    <fieldset className={page.fields}>
      <legend>{t("extraction.fields")}</legend>
      <p className={page.quiet}>{t("extraction.fieldsAbout")}</p>
      <Earlier onChange={onChange} />
      <ol className={styles.fields}>
        {fields.map((field, index) => (
          <li key={field.key}>
            <FieldEditor
              field={field}
              number={index + 1}
              onChange={change}
              {...(fields.length > 1 && {
                onRemove: () => onChange(fields.filter(({ key }) => key !== field.key)),
              })}
            />
          </li>
        ))}
      </ol>
      <Button className={styles.add ?? ""} onClick={() => onChange([...fields, newField()])}>
        + {t("extraction.addField")}
      </Button>
    </fieldset>
  );
}

/** What was wanted before is often wanted again. */
function Earlier({ onChange }: Pick<Props, "onChange">) {
  const { t } = useTranslation();
  const { data } = useExtractions();
  const known = data?.pages.flatMap(({ records }) => records) ?? [];
  const templates = new Map(known.map((record) => [JSON.stringify(record.template), record]));
  if (templates.size === 0) return null;
  return (
    <SelectField
      label={t("extraction.earlier")}
      value=""
      choices={[
        { value: "", label: t("extraction.noEarlier") },
        ...[...templates.values()].map((record) => ({
          value: record.recordId,
          label: namesOf(record),
        })),
      ]}
      onChange={(event) => {
        const found = known.find(({ recordId }) => recordId === event.target.value);
        if (found) onChange(typedFrom(found.template));
      }}
    />
  );
}
