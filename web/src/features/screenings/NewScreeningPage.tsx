import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";

import { useDocumentTitle } from "@/lib/useDocumentTitle";
import page from "@/ui/Page.module.css";

import type { Wanted } from "./api/startScreening";
import { CriteriaFields } from "./CriteriaFields";
import { criteriaFrom, isTable, NOTHING, refused, type Written } from "./form";
import { MappingFields } from "./MappingFields";
import { ReferencesFile } from "./ReferencesFile";
import { RuleField } from "./RuleField";
import { SendBar } from "./SendBar";
import { useSending } from "./useSending";

/** Choose a file of references, say what is looked for, start. */
export default function NewScreeningPage() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [file, setFile] = useState<File | null>(null);
  const [written, setWritten] = useState<Written>(NOTHING);
  const [rule, setRule] = useState<Wanted["rule"]>("both");
  const [mapping, setMapping] = useState<Record<string, string>>({});
  // Repeated, it starts nothing twice; with anything changed, it is another start.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const key = useMemo(() => crypto.randomUUID(), [file, written, rule, mapping]);
  const sending = useSending((recordId, jobId) =>
    go(`/screenings/${recordId}?jobId=${jobId}`, { replace: true }),
  );
  useDocumentTitle(t("screening.new"));
  const criteria = criteriaFrom(written);
  const usable = file !== null && refused(file) === null && criteria !== null;
  const submit = () => {
    if (!usable) return;
    sending.send({ file, criteria, rule, mapping: isTable(file) ? mapping : {}, key });
  };
  return (
    <div className={`${page.centred} ${page.narrow}`}>
      <h1>{t("screening.new")}</h1>
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ReferencesFile file={file} onFile={setFile} />
        {file && isTable(file) && <MappingFields mapping={mapping} onChange={setMapping} />}
        <CriteriaFields written={written} onChange={setWritten} />
        <RuleField rule={rule} onChange={setRule} />
        <SendBar
          file={file}
          sending={sending}
          usable={usable}
          needed={file && !criteria ? t("screening.form.needed") : null}
        />
      </form>
    </div>
  );
}
