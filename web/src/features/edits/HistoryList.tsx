import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { count, moment } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";

import { useApplyActions } from "./api/applyActions";
import type { Version } from "./api/getHistory";
import { useRecipe } from "./api/getRecipe";
import { ACTION_NAMES, type ActionName } from "./actions";
import styles from "./Edits.module.css";
import { readRecipe, saveRecipe } from "./recipeFile";

interface Props {
  record: SheetRecord;
  versions: readonly Version[];
  onStarted: (jobId: number) => void;
}

/** The versions of a record, newest first, and its recipe. */
export function HistoryList({ record, versions, onStarted }: Props) {
  return (
    <div className={styles.form}>
      <RecipeButtons record={record} onStarted={onStarted} />
      <ol className={styles.versions} reversed>
        {[...versions].reverse().map((version) => (
          <VersionRow key={version.version} version={version} />
        ))}
      </ol>
    </div>
  );
}

function VersionRow({ version }: { version: Version }) {
  const { t } = useTranslation();
  const done = version.actions?.map((action) => describe(action, t)) ?? [t("edit.uploaded")];
  return (
    <li aria-current={version.current ? "step" : undefined}>
      <span className={styles.number}>{version.version}</span>
      <div>
        {done.map((text, index) => (
          <p key={index}>{text}</p>
        ))}
        <small>
          {[
            moment(version.createdAt),
            t("tasks.rowsAndColumns", {
              rows: count(version.totalRows),
              columns: count(version.totalCols),
            }),
            version.current && t("edit.current"),
            !version.kept && t("edit.letGo"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </div>
    </li>
  );
}

function RecipeButtons({ record, onStarted }: Pick<Props, "record" | "onStarted">) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const recipe = useRecipe(record.recordId);
  const apply = useApplyActions(record.recordId);
  const [unreadable, setUnreadable] = useState(false);
  const save = () =>
    recipe.mutate(undefined, { onSuccess: (found) => saveRecipe(record.fileName, found.recipe) });
  const run = async (file: File) => {
    const edit = await readRecipe(file);
    setUnreadable(edit === null);
    if (edit)
      apply.mutate(
        { edit, version: record.version },
        { onSuccess: ({ jobId }) => onStarted(jobId) },
      );
  };
  const error = recipe.error ?? apply.error;
  return (
    <div className={styles.recipe}>
      <Button onClick={save} disabled={recipe.isPending || record.version === 1}>
        {t("edit.saveRecipe")}
      </Button>
      <Button onClick={() => input.current?.click()} disabled={apply.isPending}>
        {t("edit.applyRecipe")}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        data-testid="recipe"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void run(file);
          event.target.value = "";
        }}
      />
      {unreadable && <Failure error={t("edit.noRecipe")} />}
      {error && <Failure error={error} />}
    </div>
  );
}

function describe(
  action: Record<string, unknown>,
  t: ReturnType<typeof useTranslation>["t"],
): string {
  const name = ACTION_NAMES.find((each) => each === action["action"]) as ActionName | undefined;
  const word = name ? t(`action.${name}.name`) : String(action["action"]);
  const what = action["columns"] ?? action["column"] ?? action["into"];
  const columns = Array.isArray(what)
    ? what.join(", ")
    : typeof what === "object" && what !== null
      ? Object.entries(what)
          .map(([from, to]) => `${from} → ${String(to)}`)
          .join(", ")
      : String(what ?? "");
  return columns ? `${word}: ${columns}` : word;
}
