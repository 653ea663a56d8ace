import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { TaskProgress } from "@/features/tasks/TaskProgress";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { bytes } from "@/lib/format";
import { Button } from "@/ui/Button";
import drop from "@/ui/DropArea.module.css";
import { Failure, useSentence } from "@/ui/Failure";
import { Progress } from "@/ui/Progress";

import { kindOf, MAX_BYTES, MAX_INLINE_BYTES } from "./kinds";
import { cancelUpload, pauseUpload, resumeWith, sendUpload } from "./queue";
import styles from "./UploadArea.module.css";
import { removeUpload, type Upload } from "./uploads";

/** A file before, during and after its way. */
export function UploadRow({ upload }: { upload: Upload }) {
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <Name upload={upload} />
        <Actions upload={upload} />
      </div>
      <Way upload={upload} />
    </li>
  );
}

function Name({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const kind = kindOf(upload.name);
  const told = [
    kind ? t(`upload.kind.${kind}`) : t("upload.unknownKind"),
    bytes(upload.size),
    upload.size > MAX_INLINE_BYTES && t("upload.inChunks"),
  ];
  return (
    <p className={styles.name}>
      {upload.recordId ? (
        <Link href={`/sheets/${upload.recordId}`}>{upload.name}</Link>
      ) : (
        <strong>{upload.name}</strong>
      )}
      <small>{told.filter(Boolean).join(" · ")}</small>
    </p>
  );
}

function Actions({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const { id, state, session } = upload;
  const again = state === "failed" || state === "paused";
  return (
    <div className={styles.actions}>
      {state === "sending" && session && (
        <Button onClick={() => pauseUpload(id)}>{t("upload.pause")}</Button>
      )}
      {again && (
        <Button onClick={() => sendUpload(id)}>
          {t(state === "paused" ? "upload.resume" : "upload.again")}
        </Button>
      )}
      {state === "asked" && <AskForFile upload={upload} />}
      {state === "started" ? (
        <Button kind="plain" onClick={() => removeUpload(id)}>
          {t("upload.hide")}
        </Button>
      ) : (
        <Button kind="plain" onClick={() => void cancelUpload(id)}>
          {t(state === "chosen" ? "upload.remove" : "upload.cancel")}
        </Button>
      )}
    </div>
  );
}

function AskForFile({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{t("upload.chooseAgain")}</Button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) resumeWith(upload.id, file);
        }}
      />
    </>
  );
}

function Way({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { state, sent, size, error, attempt } = upload;
  switch (state) {
    case "chosen":
      return <Refused upload={upload} />;
    case "started":
      return <Work upload={upload} />;
    case "failed":
      return <Failure error={error} />;
    case "asked":
      return <p className={styles.quiet}>{t("upload.askedAbout", { name: upload.name })}</p>;
    default:
      return (
        <div className={styles.way}>
          <Progress label={t("upload.progress")} value={size ? (sent / size) * 100 : null} />
          <p className={styles.quiet}>
            {t(`upload.state.${state === "sending" && sent === size ? "arrived" : state}`)} ·{" "}
            {t("upload.sent", { sent: bytes(sent), size: bytes(size) })}
            {error && ` · ${t("upload.repeats", { attempt })} ${sentence(error)}`}
          </p>
        </div>
      );
  }
}

function Refused({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  if (upload.size === 0) return <p className={drop.refused}>✕ {t("upload.empty")}</p>;
  if (upload.size > MAX_BYTES)
    return <p className={drop.refused}>✕ {t("upload.tooLarge", { limit: bytes(MAX_BYTES) })}</p>;
  if (!kindOf(upload.name)) return <p className={drop.refused}>✕ {t("upload.noSheet")}</p>;
  return null;
}

function Work({ upload }: { upload: Upload }) {
  const { data, error } = useTaskStatus({
    recordId: upload.recordId ?? "",
    jobId: upload.jobId ?? undefined,
  });
  if (data) return <TaskProgress status={data} />;
  return error ? <Failure error={error} /> : null;
}
