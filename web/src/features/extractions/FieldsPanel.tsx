import { useTranslation } from "react-i18next";

import { useKeys } from "@/lib/useKeys";
import { Failure } from "@/ui/Failure";

import type { ExtractedText, FieldAnswer } from "./api/getTexts";
import type { Extraction } from "./api/listExtractions";
import { useResolve, type Resolution } from "./api/resolve";
import { FieldCard } from "./FieldCard";
import { resolutionOf } from "./values";
import styles from "./Fields.module.css";
import type { Picked } from "./TextPaper";
import type { Reader } from "./useReader";

interface Props {
  record: Extraction;
  text: ExtractedText;
  reader: Reader;
  picked: Picked | null;
}

/** What was found of each field, and how a person has the last word. */
export function FieldsPanel({ record, text, reader, picked }: Props) {
  const { t } = useTranslation();
  const resolve = useResolve(record.recordId);
  const say = (resolution: Omit<Resolution, "number">) =>
    resolve.mutate(
      { number: text.number, ...resolution },
      {
        onSuccess: ({ values }) =>
          reader.look(values.find(({ toCheck }) => toCheck)?.field ?? resolution.field),
      },
    );
  const takeOver = (model: "a" | "b") => {
    const value = text.values.find(({ field }) => field === reader.field);
    const answer: FieldAnswer | null | undefined = value?.[model];
    if (answer && !answer.fault) say(resolutionOf(answer));
  };
  useKeys({ a: () => takeOver("a"), b: () => takeOver("b") });
  return (
    <aside className={styles.panel} aria-label={t("extraction.fields")}>
      {resolve.error && <Failure error={resolve.error} />}
      <ul>
        {text.values.map((value) => {
          const field = record.template.find(({ name }) => name === value.field);
          return (
            field && (
              <FieldCard
                key={value.field}
                field={field}
                value={value}
                open={reader.field === value.field}
                onOpen={(open) => reader.look(open ? value.field : null)}
                picked={picked}
                onSay={say}
                busy={resolve.isPending}
              />
            )
          );
        })}
      </ul>
    </aside>
  );
}
