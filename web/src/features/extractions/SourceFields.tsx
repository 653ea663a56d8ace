import { useTranslation } from "react-i18next";

import { useRecords } from "@/features/tasks/api/listRecords";
import { AreaField, RadioField, SelectField } from "@/ui/Field";
import page from "@/ui/Page.module.css";

import { textsFrom } from "./template";

export interface Source {
  of: "texts" | "sheet";
  sheetId: string;
  column: string;
  pasted: string;
}

interface Props {
  source: Source;
  onChange: (source: Source) => void;
}

const KINDS = ["texts", "sheet"] as const;

/** Where the texts are: pasted, or in a column of a sheet. */
export function SourceFields({ source, onChange }: Props) {
  const { t } = useTranslation();
  const texts = textsFrom(source.pasted).length;
  return (
    <fieldset className={page.fields}>
      <legend>{t("extraction.from")}</legend>
      <div className={page.pair}>
        {KINDS.map((each) => (
          <RadioField
            key={each}
            name="source"
            label={t(`extraction.of.${each}`)}
            checked={source.of === each}
            onChange={() => onChange({ ...source, of: each })}
          />
        ))}
      </div>
      {source.of === "texts" ? (
        <AreaField
          label={t("extraction.texts")}
          hint={
            texts > 0 ? t("extraction.textsKnown", { count: texts }) : t("extraction.textsAbout")
          }
          rows={8}
          value={source.pasted}
          onChange={(event) => onChange({ ...source, pasted: event.target.value })}
        />
      ) : (
        <OfSheet source={source} onChange={onChange} />
      )}
    </fieldset>
  );
}

function OfSheet({ source, onChange }: Props) {
  const { t } = useTranslation();
  const { data } = useRecords();
  const sheets = data?.pages.flatMap(({ records }) => records.filter(({ columns }) => columns));
  const columns = sheets?.find(({ recordId }) => recordId === source.sheetId)?.columns ?? [];
  const texts = columns.filter(({ type }) => type === "text" || type === "category");
  return (
    <div className={page.pair}>
      <SelectField
        label={t("extraction.sheet")}
        value={source.sheetId}
        choices={[
          { value: "", label: t("edit.chooseRecord") },
          ...(sheets ?? []).map(({ recordId, fileName }) => ({ value: recordId, label: fileName })),
        ]}
        onChange={(event) => onChange({ ...source, sheetId: event.target.value, column: "" })}
      />
      <SelectField
        label={t("extraction.columnOf")}
        value={source.column}
        disabled={columns.length === 0}
        choices={[
          { value: "", label: t("edit.chooseColumn") },
          ...texts.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(event) => onChange({ ...source, column: event.target.value })}
      />
    </div>
  );
}
