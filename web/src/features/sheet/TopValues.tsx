import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";

import type { ColumnProfile } from "./api/getProfile";
import { textOf } from "./cells";
import styles from "./ColumnPanel.module.css";
import { filterOf } from "./filters";
import type { ViewControl } from "./useView";

const SHOWN = 10;

/** The values that occur most; one of them shows its rows. */
export function TopValues({ profile, control }: { profile: ColumnProfile; control: ViewControl }) {
  const { t } = useTranslation();
  const highest = profile.top[0]?.count ?? 1;
  return (
    <section className={styles.section}>
      <h3>{t("panel.top")}</h3>
      <ul className={styles.top}>
        {profile.top.slice(0, SHOWN).map((each) => (
          <li key={textOf(each.value)}>
            <button
              type="button"
              title={t("panel.showRows")}
              onClick={() => control.addFilter(filterOf(profile.name, "eq", textOf(each.value)))}
            >
              <span>{textOf(each.value)}</span>
              <span>{count(each.count)}</span>
              <span
                className={styles.share}
                style={{ width: `${(each.count / highest) * 100}%` }}
                aria-hidden
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
