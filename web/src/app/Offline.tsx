import { useTranslation } from "react-i18next";

import { useOnline } from "@/lib/useOnline";

import styles from "./App.module.css";

/** Says so while there is no network; the grid row is there in any case. */
export function Offline() {
  const { t } = useTranslation();
  const online = useOnline();
  return <div role="status">{!online && <p className={styles.offline}>{t("app.offline")}</p>}</div>;
}
