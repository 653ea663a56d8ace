import { useTranslation } from "react-i18next";

import { AreaField } from "@/ui/Field";
import page from "@/ui/Page.module.css";

import { PICOS } from "./criteria";
import type { Written } from "./form";
import styles from "./Screenings.module.css";

interface Props {
  written: Written;
  onChange: (written: Written) => void;
}

/** PICOS, and statements beyond it. */
export function CriteriaFields({ written, onChange }: Props) {
  const { t } = useTranslation();
  const set = (name: keyof Written) => ({
    value: written[name],
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...written, [name]: event.target.value }),
  });
  return (
    <fieldset className={page.fields}>
      <legend>{t("screening.form.criteria")}</legend>
      <p className={page.quiet}>{t("screening.form.criteriaAbout")}</p>
      <div className={styles.picos}>
        {PICOS.map((part) => (
          <AreaField
            key={part}
            label={t(`screening.picos.${part}`)}
            rows={2}
            maxLength={2000}
            placeholder={t(`screening.picosHint.${part}`)}
            {...set(part)}
          />
        ))}
      </div>
      <div className={page.pair}>
        <AreaField
          label={t("screening.form.include")}
          hint={t("screening.form.includeAbout")}
          rows={3}
          {...set("include")}
        />
        <AreaField
          label={t("screening.form.exclude")}
          hint={t("screening.form.excludeAbout")}
          rows={3}
          {...set("exclude")}
        />
      </div>
    </fieldset>
  );
}
