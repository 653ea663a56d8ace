import { useTranslation } from "react-i18next";

import type { Column } from "@/features/sheet/api/getPreview";
import { useRecords } from "@/features/tasks/api/listRecords";
import { Button } from "@/ui/Button";
import { CheckField, SelectField, TextField } from "@/ui/Field";

import { ColumnsField } from "./ColumnsField";
import styles from "./Edits.module.css";
import { initialValues, type Field, type Values } from "./fields";

interface Props {
  fields: readonly Field[];
  values: Values;
  columns: readonly Column[];
  /** The values of the whole form, of which `values` may be an item of a list. */
  root: Values;
  onChange: (values: Values) => void;
}

export function Fields({ fields, values, onChange, ...rest }: Props) {
  return fields
    .filter(({ when }) => !when || when(values))
    .map((field) => (
      <OneField
        key={field.name}
        field={field}
        value={values[field.name]}
        onChange={(value) => onChange({ ...values, [field.name]: value })}
        {...rest}
      />
    ));
}

interface OneProps extends Pick<Props, "columns" | "root"> {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
}

function OneField(props: OneProps) {
  const { field, value, onChange } = props;
  const { t } = useTranslation();
  const words = t(`field.${field.words ?? field.name}`, { defaultValue: field.name });
  const label = field.optional ? t("edit.optional", { field: words }) : words;
  switch (field.kind) {
    case "list":
      return <ListField {...props} field={field} label={label} />;
    case "column":
    case "columns":
      return <OfColumns {...props} field={field} label={label} />;
    case "record":
      return <RecordField label={label} value={String(value)} onChange={onChange} />;
    case "check":
      return (
        <CheckField
          label={label}
          checked={Boolean(value)}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case "choice":
      return (
        <SelectField
          label={label}
          value={String(value)}
          choices={field.choices.map((each) => ({
            value: each,
            label: t(`choice.${field.words ?? field.name}.${each}`, { defaultValue: each }),
          }))}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "names":
      return (
        <TextField
          label={label}
          hint={t("edit.commas")}
          defaultValue={(value as string[] | string).toString()}
          onChange={(event) => onChange(listed(event.target.value))}
        />
      );
    default:
      return (
        <TextField
          label={label}
          hint={field.kind === "long" ? t("edit.expression") : undefined}
          inputMode={field.kind === "number" ? "numeric" : undefined}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

interface Labelled {
  label: string;
}

function ListField({ field, value, onChange, label, ...rest }: OneProps & Labelled) {
  const { t } = useTranslation();
  if (field.kind !== "list") return null;
  const items = value as Values[];
  const change = (index: number, item: Values) =>
    onChange(items.map((each, position) => (position === index ? item : each)));
  return (
    <fieldset className={styles.list}>
      <legend>{label}</legend>
      {items.map((item, index) => (
        // Items have no identity but their place.
        <div key={index} className={styles.item}>
          <Fields
            {...rest}
            fields={field.items}
            values={item}
            onChange={(next) => change(index, next)}
          />
          {items.length > 1 && (
            <Button
              kind="plain"
              aria-label={t("edit.removeItem", { number: index + 1 })}
              onClick={() => onChange(items.filter((_, position) => position !== index))}
            >
              ✕
            </Button>
          )}
        </div>
      ))}
      <Button kind="plain" onClick={() => onChange([...items, initialValues(field.items)])}>
        + {t("edit.addItem")}
      </Button>
    </fieldset>
  );
}

function OfColumns({ field, value, onChange, columns, root, label }: OneProps & Labelled) {
  const { t } = useTranslation();
  const others = useOtherColumns(root);
  if (field.kind !== "column" && field.kind !== "columns") return null;
  const { types } = field;
  const offered = (field.other ? others : columns).filter(
    ({ type }) => !types || types.includes(type),
  );
  if (field.kind === "columns")
    return (
      <ColumnsField
        label={label}
        columns={offered}
        chosen={value as string[]}
        onChange={onChange}
      />
    );
  return (
    <SelectField
      label={label}
      value={String(value)}
      choices={[
        { value: "", label: t("edit.chooseColumn") },
        ...offered.map(({ name }) => ({ value: name, label: name })),
      ]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function RecordField({
  label,
  value,
  onChange,
}: Labelled & { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const records = useReadyRecords();
  return (
    <SelectField
      label={label}
      value={value}
      choices={[
        { value: "", label: t("edit.chooseRecord") },
        ...records.map(({ recordId, fileName }) => ({ value: recordId, label: fileName })),
      ]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function useReadyRecords() {
  const { data } = useRecords();
  return data?.pages.flatMap((page) => page.records.filter((record) => record.columns)) ?? [];
}

function useOtherColumns(root: Values): readonly Column[] {
  const records = useReadyRecords();
  return records.find(({ recordId }) => recordId === root["record"])?.columns ?? [];
}

function listed(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((each) => each.trim())
    .filter(Boolean);
}
