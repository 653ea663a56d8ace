import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";

import type { FieldAnswer, Value } from "./api/getTexts";
import type { TemplateField } from "./api/listExtractions";
import type { Resolution } from "./api/resolve";
import styles from "./Fields.module.css";
import { SayForm } from "./SayForm";
import type { Picked } from "./TextPaper";
import { resolutionOf, said } from "./values";

interface Props {
  field: TemplateField;
  value: Value;
  open: boolean;
  onOpen: (open: boolean) => void;
  picked: Picked | null;
  onSay: (resolution: Omit<Resolution, "number">) => void;
  busy: boolean;
}

/** A field: what counts, what each model says where they differ, and a person's own word. */
export function FieldCard(props: Props) {
  const { field, value, open, onOpen, onSay, busy } = props;
  const { t } = useTranslation();
  const facts = [
    t(`extraction.types.${field.type}`),
    field.unit,
    field.required && t("extraction.requiredShort"),
  ];
  const differ = value.agreement !== "agreed";
  return (
    <li className={styles.card} data-open={open || undefined}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        <span className={styles.name}>
          <strong>{field.name}</strong> <small>{facts.filter(Boolean).join(" · ")}</small>
        </span>
        <Counts field={field} value={value} />
      </button>
      {(differ || open) && (
        <ul className={styles.answers}>
          {(["a", "b"] as const).map((model) => (
            <Answer
              key={model}
              model={model}
              answer={value[model]}
              field={field}
              busy={busy}
              {...(open && { onUse: onSay })}
            />
          ))}
        </ul>
      )}
      {open && field.description && <p className={styles.about}>{field.description}</p>}
      {open && <SayForm key={props.picked?.start} {...props} />}
    </li>
  );
}

function Counts({ field, value }: Pick<Props, "field" | "value">) {
  const { t } = useTranslation();
  if (value.found === null)
    return (
      <span className={styles.conflict}>
        <span aria-hidden>◐</span> {t(`extraction.agreement.${value.agreement}`)}
      </span>
    );
  const word = said(value.found, value.value, field, t);
  return (
    <span className={styles.counts}>
      <span className={value.found === "found" ? styles.value : styles.nothing}>{word}</span>
      <small>
        {value.resolvedBy === null
          ? value.toCheck && <span className={styles.conflict}>{t("extraction.missingOne")}</span>
          : t("extraction.saidBy", { who: value.resolvedBy })}
      </small>
    </span>
  );
}

interface AnswerProps extends Pick<Props, "field" | "busy"> {
  model: "a" | "b";
  answer: FieldAnswer | null;
  onUse?: Props["onSay"];
}

function Answer({ model, answer, field, busy, onUse }: AnswerProps) {
  const { t } = useTranslation();
  const name = model.toUpperCase();
  return (
    <li>
      <span title={t("screening.model", { name })}>{name}</span>
      <span className={answer?.found === "found" ? "" : styles.nothing}>
        {answer === null
          ? t("extraction.agreement.unanswered")
          : (answer.fault ?? said(answer.found, answer.value, field, t))}
      </span>
      {onUse && answer && !answer.fault && (
        <Button
          kind="plain"
          disabled={busy}
          aria-keyshortcuts={name}
          aria-label={`${t("extraction.use")} ${name}: ${field.name}`}
          onClick={() => onUse(resolutionOf(answer))}
        >
          {t("extraction.use")} <kbd>{name}</kbd>
        </Button>
      )}
    </li>
  );
}
