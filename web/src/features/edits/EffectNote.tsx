import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { previewOptions, rowsIn, type Column } from "@/features/sheet/api/getPreview";
import type { ColumnProfile } from "@/features/sheet/api/getProfile";
import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { count } from "@/lib/format";

import type { ActionName } from "./actions";
import styles from "./Edits.module.css";
import { asReadFilters, effectOf } from "./effect";
import type { Values } from "./fields";

interface Props {
  action: ActionName;
  values: Values;
  columns: readonly Column[];
  profile: ReadonlyMap<string, ColumnProfile> | undefined;
  record: SheetRecord;
}

/** What an action would do, before it is done. */
export function EffectNote({ action, values, columns, profile, record }: Props) {
  const { t } = useTranslation();
  const { gone, come, cells } = effectOf(action, values, columns, profile);
  return (
    <div className={styles.effect} role="status">
      {gone.map((name) => (
        <p key={name} className={styles.gone}>
          <span aria-label={t("edit.gone")}>−</span> <s>{name}</s>
        </p>
      ))}
      {come.map((name) => (
        <p key={name}>
          <span aria-label={t("edit.come")}>+</span> {name}
        </p>
      ))}
      {cells !== null && <p>{t("edit.cells", { count: cells, cells: count(cells) })}</p>}
      {action === "filter" && <Kept values={values} record={record} />}
    </div>
  );
}

function Kept({ values, record }: Pick<Props, "values" | "record">) {
  const { t } = useTranslation();
  const filters = asReadFilters(values);
  const { data } = useQuery({
    ...previewOptions(record, { sort: [], filters: filters ?? [] }, 0),
    enabled: filters !== null,
    retry: false,
  });
  if (!data || filters === null) return null;
  const rows = values["keep"] ? rowsIn(data) : data.totalRows - rowsIn(data);
  return <p>{t("edit.kept", { rows: count(rows), of: count(data.totalRows) })}</p>;
}
