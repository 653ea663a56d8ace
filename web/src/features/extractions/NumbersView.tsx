import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import { useSummary } from "./api/getSummary";
import type { Extraction } from "./api/listExtractions";
import styles from "./Numbers.module.css";

const COLUMNS = [
  "agreed",
  "absent",
  "missing",
  "conflict",
  "unanswered",
  "resolved",
  "toCheck",
] as const;

/** For each field, in how many texts the models agree on what, and how many are to be checked. */
export function NumbersView({ record }: { record: Extraction }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useSummary(record.recordId);
  if (!data)
    return error ? (
      <div className={styles.page}>
        <Failure error={error} onRetry={() => void refetch()} />
      </div>
    ) : (
      <Message title={t("app.loading")} />
    );
  return (
    <div className={styles.page}>
      <table className={styles.table}>
        <caption>
          {t("extraction.numbersAbout", {
            count: data.textsToCheck,
            shown: count(data.textsToCheck),
            texts: count(data.texts ?? 0),
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("extraction.fields")}</th>
            {COLUMNS.map((each) => (
              <th key={each} scope="col">
                {t(`extraction.counted.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.fields.map((counts) => (
            <tr key={counts.field}>
              <th scope="row">{counts.field}</th>
              {COLUMNS.map((each) => (
                <td key={each} data-label={t(`extraction.counted.${each}`)}>
                  {count(counts[each])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {record.models && (
        <p className={styles.quiet}>
          {t("screening.models")}: {record.models.join(", ")}
        </p>
      )}
    </div>
  );
}
