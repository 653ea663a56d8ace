import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";

import { useDocumentTitle } from "@/lib/useDocumentTitle";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";
import page from "@/ui/Page.module.css";

import { useStartExtraction } from "./api/startExtraction";
import { SourceFields, type Source } from "./SourceFields";
import { newField, templateFrom, textsFrom } from "./template";
import { TemplateEditor } from "./TemplateEditor";

/** Say where the texts are and what is wanted of each, start. */
export default function NewExtractionPage() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const [source, setSource] = useState<Source>({
    of: search.has("sheet") ? "sheet" : "texts",
    sheetId: search.get("sheet") ?? "",
    column: search.get("column") ?? "",
    pasted: "",
  });
  const [fields, setFields] = useState(() => [newField()]);
  // Repeated, it starts nothing twice; with anything changed, it is another start.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const key = useMemo(() => crypto.randomUUID(), [source, fields]);
  const start = useStartExtraction();
  useDocumentTitle(t("extraction.new"));
  const template = templateFrom(fields);
  const from = wantedFrom(source);
  const submit = () => {
    if (!template || !from) return;
    start.mutate(
      { wanted: { template, ...from }, key },
      {
        onSuccess: ({ recordId, jobId }) =>
          go(`/extractions/${recordId}?jobId=${jobId}`, { replace: true }),
      },
    );
  };
  return (
    <div className={`${page.centred} ${page.narrow}`}>
      <h1>{t("extraction.new")}</h1>
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SourceFields source={source} onChange={setSource} />
        <TemplateEditor fields={fields} onChange={setFields} />
        {start.error && <Failure error={start.error} />}
        <div className={page.send}>
          <Button kind="main" type="submit" disabled={!template || !from || start.isPending}>
            {t(start.isPending ? "edit.sending" : "extraction.start")}
          </Button>
          {from && !template && <p className={page.quiet}>{t("extraction.needed")}</p>}
        </div>
      </form>
    </div>
  );
}

function wantedFrom({ of, sheetId, column, pasted }: Source) {
  if (of === "sheet") return sheetId && column ? { sheetId, column } : null;
  const texts = textsFrom(pasted);
  return texts.length > 0 ? { texts } : null;
}
