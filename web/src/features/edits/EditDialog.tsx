import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Column } from "@/features/sheet/api/getPreview";
import type { ColumnProfile } from "@/features/sheet/api/getProfile";
import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Failure } from "@/ui/Failure";

import { ACTION_NAMES, actionOf, formOf, type ActionName } from "./actions";
import { useApplyActions } from "./api/applyActions";
import styles from "./Edits.module.css";
import { EffectNote } from "./EffectNote";
import { Fields } from "./Fields";
import { initialValues, isComplete } from "./fields";

const GROUPS = ["columns", "cells", "rows", "shape"] as const;

interface Props {
  record: SheetRecord;
  columns: readonly Column[];
  profile: ReadonlyMap<string, ColumnProfile> | undefined;
  onStarted: (jobId: number) => void;
  onClose: () => void;
}

/** Choose an action, fill in its form, see what it would do, do it. */
export function EditDialog(props: Props) {
  const { t } = useTranslation();
  const [action, setAction] = useState<ActionName | null>(null);
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={action ? t(`action.${action}.name`) : t("edit.title")}
      about={action ? t(`action.${action}.about`) : t("edit.about")}
    >
      {action ? (
        <ActionFields {...props} action={action} onBack={() => setAction(null)} />
      ) : (
        <div className={styles.groups}>
          {GROUPS.map((group) => (
            <section key={group} aria-label={t(`edit.group.${group}`)}>
              <h3>{t(`edit.group.${group}`)}</h3>
              <ul>
                {ACTION_NAMES.filter((name) => formOf(name).group === group).map((name) => (
                  <li key={name}>
                    <Button kind="plain" onClick={() => setAction(name)}>
                      {t(`action.${name}.name`)}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Dialog>
  );
}

function ActionFields(props: Props & { action: ActionName; onBack: () => void }) {
  const { record, columns, profile, action, onBack, onStarted } = props;
  const { t } = useTranslation();
  const { fields } = formOf(action);
  const [values, setValues] = useState(() => initialValues(fields));
  const apply = useApplyActions(record.recordId);
  const complete = isComplete(fields, values);
  const submit = () =>
    apply.mutate(
      { edit: actionOf(action, values, columns), version: record.version },
      { onSuccess: ({ jobId }) => onStarted(jobId) },
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Fields
        fields={fields}
        values={values}
        columns={columns}
        root={values}
        onChange={setValues}
      />
      {complete && (
        <EffectNote
          action={action}
          values={values}
          columns={columns}
          profile={profile}
          record={record}
        />
      )}
      {apply.error && <Failure error={apply.error} />}
      <div className={styles.end}>
        <Button kind="plain" onClick={onBack}>
          {t("edit.back")}
        </Button>
        <Button kind="main" type="submit" disabled={!complete || apply.isPending}>
          {t(apply.isPending ? "edit.sending" : "edit.apply")}
        </Button>
      </div>
    </form>
  );
}
