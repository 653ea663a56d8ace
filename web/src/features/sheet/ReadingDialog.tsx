import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Failure } from "@/ui/Failure";
import { SelectField, TextField } from "@/ui/Field";

import edits from "../edits/Edits.module.css";
import { useReadAgain, type ParseOptions } from "./api/readAgain";

const ENCODINGS = ["utf-8", "gb18030", "utf-16", "latin-1", "big5", "shift_jis"];

interface Props {
  record: SheetRecord;
  onClose: () => void;
}

/** How the file was read, and how it should be read instead. */
export function ReadingDialog({ record, onClose }: Props) {
  const { t } = useTranslation();
  const { source } = record;
  const again = useReadAgain(record.recordId);
  const [sheet, setSheet] = useState(source?.sheet ?? "");
  const [header, setHeader] = useState(source?.headerRows.join(", ") ?? "");
  const [encoding, setEncoding] = useState(source?.encoding ?? "");
  const [delimiter, setDelimiter] = useState(source?.delimiter ?? "");
  if (!source) return null;
  const text = source.format === "csv";
  const submit = () => {
    const options: ParseOptions = {
      // What is not said is found anew: a sheet that was chosen before would be left again.
      ...(!text && { sheet }),
      ...(sheet === source.sheet && { headerRow: rowsOf(header) }),
      ...(text && encoding && { encoding }),
      ...(text && delimiter && { delimiter }),
    };
    again.mutate(options, { onSuccess: onClose });
  };
  return (
    <Dialog open onClose={onClose} title={t("reading.title")} about={t("reading.about")}>
      <form
        className={edits.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {source.sheets.length > 1 && (
          <SelectField
            label={t("reading.sheet")}
            value={sheet}
            choices={source.sheets.map((each) => ({ value: each, label: each }))}
            onChange={(event) => setSheet(event.target.value)}
          />
        )}
        {sheet === source.sheet && (
          <TextField
            label={t("reading.header")}
            hint={t("reading.headerHint")}
            value={header}
            pattern="[0-9, ]*"
            onChange={(event) => setHeader(event.target.value)}
          />
        )}
        {text && (
          <>
            <SelectField
              label={t("reading.encoding")}
              value={encoding}
              choices={[...new Set([encoding, ...ENCODINGS])].map((each) => ({
                value: each,
                label: each.toUpperCase(),
              }))}
              onChange={(event) => setEncoding(event.target.value)}
            />
            <TextField
              label={t("reading.delimiter")}
              value={delimiter}
              maxLength={1}
              onChange={(event) => setDelimiter(event.target.value)}
            />
          </>
        )}
        {again.error && <Failure error={again.error} />}
        <div className={edits.end}>
          <span />
          <Button kind="main" type="submit" disabled={again.isPending}>
            {t("reading.again")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** One row, several, or 0 for a sheet without a header. */
function rowsOf(typed: string): number | number[] {
  const rows = typed
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(Number);
  return rows.length > 1 ? rows : (rows[0] ?? 0);
}
