import { useTranslation } from "react-i18next";

import { RadioField } from "@/ui/Field";
import page from "@/ui/Page.module.css";

import type { Wanted } from "./api/startScreening";

const RULES = ["both", "or"] as const;

interface Props {
  rule: Wanted["rule"];
  onChange: (rule: Wanted["rule"]) => void;
}

/** What becomes of a record that the models differ on. */
export function RuleField({ rule, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={page.fields}>
      <legend>{t("screening.form.rule")}</legend>
      <div className={page.pair}>
        {RULES.map((each) => (
          <RadioField
            key={each}
            name="rule"
            label={t(`screening.form.${each}`)}
            hint={t(`screening.form.${each}About`)}
            checked={rule === each}
            onChange={() => onChange(each)}
          />
        ))}
      </div>
    </fieldset>
  );
}
